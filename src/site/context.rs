//! What pages need to know about the site and the municipality around them, prepared once.

use serde::Serialize;

use crate::assessment::{Logo, Municipality, NamedLink, SiteSettings};
use crate::codes::MunicipalityCode;
use crate::markdown;

/// The site around every page.
#[derive(Debug, Clone, Serialize)]
pub struct SiteContext {
    /// Title of the site.
    pub title: String,
    /// Address under which it is published, with a final slash.
    pub base_url: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Where to ask about the site, HTML.
    pub contact: Option<String>,
    /// What the page on accessibility says in addition, HTML. Only that page needs it.
    #[serde(skip)]
    pub accessibility: Option<String>,
    /// It shows documents before their 公表日: every page says so, and asks search engines to stay away.
    pub drafts: bool,
    /// The picture in the header.
    pub logo: Option<LogoContext>,
    /// Links in the header.
    pub header_links: Vec<LinkContext>,
    /// Links in the footer.
    pub footer_links: Vec<LinkContext>,
    /// The terms under which the data may be used: the address of a licence, or its name.
    pub license: Option<String>,
}

/// The picture in the header; its file is an asset of the theme.
#[derive(Debug, Clone, Serialize)]
pub struct LogoContext {
    /// Its name among the assets.
    pub path: String,
    /// What it says to those who cannot see it.
    pub alt: String,
}

impl From<&Logo> for LogoContext {
    fn from(logo: &Logo) -> Self {
        Self { path: logo.asset(), alt: logo.alternative.clone() }
    }
}

/// A link around every page.
#[derive(Debug, Clone, Serialize)]
pub struct LinkContext {
    /// What it is called.
    pub label: String,
    /// Where it leads.
    pub url: String,
}

impl From<&NamedLink> for LinkContext {
    fn from(link: &NamedLink) -> Self {
        Self { label: link.label.clone(), url: link.url.clone() }
    }
}

impl SiteContext {
    /// Prepares the settings for pages.
    pub fn new(settings: &SiteSettings) -> Self {
        Self {
            title: settings.title.clone(),
            base_url: settings.base_url.clone(),
            publisher: settings.publisher.clone(),
            contact: settings.contact.as_deref().map(contact_html),
            accessibility: settings.accessibility.as_deref().map(contact_html),
            drafts: false,
            logo: settings.look.logo.as_ref().map(LogoContext::from),
            header_links: settings.look.header_links.iter().map(LinkContext::from).collect(),
            footer_links: settings.look.footer_links.iter().map(LinkContext::from).collect(),
            license: settings.license.clone(),
        }
    }
}

/// The municipality around its pages.
#[derive(Debug, Clone, Serialize)]
pub struct MunicipalityContext {
    /// 全国地方公共団体コード, which is its directory on the site.
    #[serde(serialize_with = "code_text")]
    pub code: MunicipalityCode,
    /// Name.
    pub name: String,
    /// Reading in hiragana.
    pub kana: Option<String>,
    /// 都道府県.
    pub prefecture: String,
    /// 評価実施機関.
    pub authorities: Vec<String>,
    /// Address of its own site.
    pub website: Option<String>,
    /// Where to ask, HTML.
    pub inquiry: Option<String>,
}

impl MunicipalityContext {
    /// Prepares a municipality for pages.
    pub fn new(municipality: &Municipality) -> Self {
        Self {
            code: municipality.code.clone(),
            name: municipality.name.clone(),
            kana: municipality.kana.clone(),
            prefecture: municipality.prefecture.clone(),
            authorities: municipality.authorities.clone(),
            website: municipality.website.clone(),
            inquiry: municipality.inquiry.as_deref().map(contact_html),
        }
    }
}

/// Text of a settings file; it belongs to no form and so refers to no items.
fn contact_html(text: &str) -> String {
    let options = markdown::Options { heading_base: 3, footnote_prefix: "inquiry-", resolve_link: &|_| None };
    markdown::to_html_without_images(text, &options)
}

fn code_text<S: serde::Serializer>(code: &MunicipalityCode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(code.as_str())
}
