//! Who publishes: `municipality.yaml` and `site.yaml` as data.

use super::look::Look;
use crate::codes::MunicipalityCode;
use crate::wareki::CivilDate;

/// 自治体, from `municipality.yaml`.
#[derive(Debug, Clone)]
pub struct Municipality {
    /// Name of its directory, e.g. `011002-example`.
    pub dir: String,
    /// 全国地方公共団体コード.
    pub code: MunicipalityCode,
    /// Name, e.g. みほん市.
    pub name: String,
    /// Reading in hiragana.
    pub kana: Option<String>,
    /// 都道府県.
    pub prefecture: String,
    /// 評価実施機関.
    pub authorities: Vec<String>,
    /// Address of its own site.
    pub website: Option<String>,
    /// Where to ask, Markdown.
    pub inquiry: Option<String>,
    /// 行政機関等 or 地方公共団体等.
    pub agency_kind: AgencyKind,
    /// Whether it is a 政府機関, for which the 政府統一基準群 are binding (様式4 Ⅲ.7 リスク1①).
    pub gov_agency: bool,
}

/// The kind of body, which decides whether the 委員会 approves (行政機関等) or a third party reviews (評価規則第7条第4項).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AgencyKind {
    /// 地方公共団体等.
    #[default]
    Local,
    /// 行政機関等.
    Administrative,
}

impl AgencyKind {
    /// The name that the forms use.
    pub fn label(self) -> &'static str {
        match self {
            Self::Local => "地方公共団体等",
            Self::Administrative => "行政機関等",
        }
    }
}

/// The site as a whole, from `site.yaml`.
#[derive(Debug, Clone, Default)]
pub struct SiteSettings {
    /// Title of the site.
    pub title: String,
    /// Address under which it is published, with a final slash.
    pub base_url: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Where to ask about the site, Markdown.
    pub contact: Option<String>,
    /// What the page on accessibility says in addition, Markdown.
    pub accessibility: Option<String>,
    /// The theme: `standard`, or a folder relative to the content folder.
    pub theme: String,
    /// How the site looks, as far as the theme leaves that to the city.
    pub look: Look,
    /// 基準日: the day as of which the site is checked and published, for samples and archives; none = the day of the build.
    pub as_of: Option<CivilDate>,
    /// The terms under which the data may be used: the address of a licence, or its name.
    pub license: Option<String>,
}
