//! How laws, articles and tables are written. All patterns begin where the reader stands.

use std::sync::OnceLock;

use regex::Regex;

use super::others::LAW_ON;
use super::{laws, names};

pub(super) struct Patterns {
    pub(super) ordinance: Regex,
    pub(super) other_law: Regex,
    pub(super) law_on: Regex,
    pub(super) same: Regex,
    pub(super) unknown: Regex,
    pub(super) hidden: Regex,
    pub(super) command: Regex,
    pub(super) bylaw: Regex,
    pub(super) article: Regex,
    pub(super) articles: Regex,
    pub(super) supplement: Regex,
    pub(super) paragraph: Regex,
    pub(super) no_provision: Regex,
    pub(super) rows: Regex,
    pub(super) number: Regex,
    pub(super) table: Regex,
    pub(super) entry: Regex,
    pub(super) thousands: Regex,
    pub(super) listed: Regex,
    pub(super) between: Regex,
    pub(super) aside: Regex,
}

pub(super) fn patterns() -> &'static Patterns {
    static PATTERNS: OnceLock<Patterns> = OnceLock::new();
    let regex = |pattern: &str| Regex::new(pattern).unwrap_or_else(|e| panic!("{pattern}: {e}"));
    PATTERNS.get_or_init(|| Patterns {
        ordinance: regex(r"^[^、.;:「」()\[\]【】\n0-9]{2,80}?条例(?:施行規則|施行細則)?"),
        other_law: regex(r"^[一-龥々ァ-ヶー・]{2,30}法(?:施行令|施行規則)?(?:\([^)]*\))?第\d"),
        law_on: regex(&format!(r"^[^、.;:「」()\[\]【】\n0-9]{{2,60}}?{LAW_ON}")),
        same: regex(r"^同(法|条例)(施行令|施行規則|施行細則)?"),
        unknown: regex(
            r"^(法律?|条例|規則|政令|省令|命令|細則|要綱|令)(?:\([^()]*\))?第?\d+(?:の\d+)*条",
        ),
        hidden: regex(r"[^方]法律?(?:施行令|施行規則)?(?:及び|並びに|ならびに|および|又は|または|その他)"),
        command: regex(&format!(
            r"^(?:(?:{})の?)?別表(第[一二])?(?:の主務省令|の?省令|主務省令)(?:で定める(?:事務(?:及び情報)?を定める)?(?:命令|省令))?",
            bango_names().join("|")
        )),
        bylaw: regex(r"^(?:施行令|施行規則|施行細則|等?の一部を改正する(?:等の)?法律)"),
        article: regex(
            r"^(附則)?(?:第(\d+(?:の\d+)*)|(\d+(?:の\d+)*))条((?:の\d+)*)(?:第?(\d+)項)?(?:第?(\d+)号((?:の\d+)*))?",
        ),
        articles: regex(r"^第\d+(?:の\d+)*(?:(?:、|,|・|及び|又は|並びに)\d+(?:の\d+)*)+条"),
        supplement: regex(r"^附則第(\d+)項"),
        paragraph: regex(r"^(?:第(\d+)項(?:第?(\d+)号((?:の\d+)*))?|第(\d+)号((?:の\d+)*))"),
        no_provision: regex(r"^(?:被保険者|様式|研修|通知|目)"),
        rows: regex(r"^の?表(?:中)?(?:の|中)?第?\d"),
        number: regex(r"\d+(?:の\d+)*"),
        table: regex(r"^別表(?:第[一二三])?"),
        entry: regex(r"^(?:第)?(\d+(?:の\d+)*)(?:の?項)?"),
        thousands: regex(r"^\d{1,3}(?:,\d{3})*,(?:0\d{2}|\d{3}(?:人|件|円|名|社|万|千|世帯|台|枚|通))"),
        listed: regex(
            r"^\)?(?:の?項|$|\n|(?:、|,|・|及び|並びに|ならびに|および|又は|または)(?:\n|第|項番|項)*\d)",
        ),
        between: regex(r"^(?:の項|項番|の|項|号|第|番|:|、|,|及び|並びに|ならびに|および|又は|または|・|\n|\s|【[^】]*】|\((?:項|項番)?|\))+"),
        aside: regex(r"^\([^()]*(?:\([^()]*\)[^()]*)*\)"),
    })
}

/// All names of 番号法 itself, the longest first.
fn bango_names() -> Vec<String> {
    let of = laws().iter().position(|law| law.id == "bango");
    names().iter().filter(|(_, at)| Some(*at) == of).map(|(name, _)| regex::escape(name)).collect()
}
