//! Names of municipalities where no 長 or 役所 stands behind them: before a department, and as the subject of 宣言.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

/// What ends like a municipality's name and means a kind of one, one's own, or something else.
const NO_NAMES: [&str; 43] = [
    "都市",
    "地区",
    "学区",
    "校区",
    "特区",
    "管区",
    "街区",
    "鉱区",
    "農村",
    "山村",
    "漁村",
    "市町村",
    "町村",
    "市町",
    "市区",
    "区市",
    "市村",
    "特別区",
    "行政区",
    "政令市",
    "指定市",
    "中核市",
    "特例市",
    "関係市",
    "構成市",
    "近隣市",
    "所在市",
    "居住市",
    "当該市",
    "本市",
    "当市",
    "各市",
    "他市",
    "同市",
    "両市",
    "全市",
    "自市",
    "元市",
    "先市",
    "地市",
    "隣市",
    "貴市",
    "県内市",
];

/// Whose names are looked for.
#[derive(Clone, Copy)]
pub(super) struct Own<'n> {
    /// The municipality.
    pub(super) name: &'n str,
    /// Whether it has wards.
    pub(super) is_designated: bool,
}

/// Whether a municipality is a designated city, whose wards bear its name or not. Its code is one of xx100, xx130, xx140 and xx150.
pub(super) fn is_designated(code: &str, name: &str) -> bool {
    let has_code = code.get(2..5).is_some_and(|rest| matches!(rest, "100" | "130" | "140" | "150"));
    has_code && name.ends_with('市')
}

/// The first name of another municipality before a department (札幌市総務局), or, in 宣言, before は and における.
pub(super) fn foreign<'t>(
    text: &'t str,
    own: Own<'_>,
    known: &[&str],
    is_declaration: bool,
) -> Option<(Range<usize>, &'t str)> {
    let before_department = names(department(), text).filter(move |(_, name, rest)| {
        // Within a city that has no wards by law, one may still be called 区; its offices are small.
        let may_be_own = own.name.ends_with('市') && name.ends_with('区');
        !may_be_own || (!own.is_designated && rest.ends_with(['部', '局']))
    });
    let as_subject = names(subject(), text)
        .filter(move |(_, name, _)| is_declaration && !(own.name.ends_with('市') && name.ends_with('区')));
    before_department
        .chain(as_subject)
        .filter(|(range, name, _)| is_name(name) && !is_known(text, range, name, own.name, known))
        .min_by_key(|(range, ..)| range.start)
        .map(|(range, name, _)| (range, name))
}

/// The names that an expression finds, with what follows them.
fn names<'t>(
    expression: &'static Regex,
    text: &'t str,
) -> impl Iterator<Item = (Range<usize>, &'t str, &'t str)> + 't {
    expression.captures_iter(text).filter_map(|captures| {
        let (name, rest) = (captures.get(1)?, captures.get(2)?);
        Some((name.range(), name.as_str(), rest.as_str()))
    })
}

fn is_name(name: &str) -> bool {
    let stem = name.trim_end_matches(['市', '区', '町', '村']);
    let is_kind = NO_NAMES.iter().any(|kind| name.ends_with(kind)) && !name.ends_with("京都市");
    // 総務部市民課 is no 総務部市.
    let is_office =
        name.contains(['局', '部', '課', '室', '係', '所', '庁', '各', '本', '当', '他', '全', '同']);
    let is_own_name = [
        "本庄", "本宮", "本巣", "日本", "山本", "松本", "熊本", "橋本", "坂本", "本別", "本山", "綾部",
        "宇部", "磯部", "田部", "三室", "御所", "所沢", "当別", "当麻",
    ]
    .iter()
    .any(|part| name.contains(part));
    !stem.is_empty() && !is_kind && (!is_office || is_own_name)
}

/// Whether a name is that of the agency or of one that belongs to it, alone or behind it.
fn is_known(text: &str, range: &Range<usize>, name: &str, own: &str, known: &[&str]) -> bool {
    let is_stop = |c: char| c.is_whitespace() || "、。，．「」『』（）()・：:〒".contains(c);
    let from = text[..range.start].rfind(is_stop).unwrap_or(0);
    let bare = name.rsplit_once(['道', '府', '県', '郡']).map_or(name, |(_, rest)| rest);
    let bare = bare.strip_prefix("東京都").unwrap_or(bare);
    let bare = if bare.chars().count() > 1 { bare } else { name };
    text[from..range.end].contains(own) || known.iter().any(|known| known.contains(bare))
}

fn department() -> &'static Regex {
    static DEPARTMENT: OnceLock<Regex> = OnceLock::new();
    let words = "総務|財務|財政|税務|福祉|保健|健康|企画|情報|市民|区民|町民|村民|住民|戸籍|環境|介護|国保|国民|保険|子ども|こども|デジタル|行政|政策|経営|建設|都市|生活|収納|課税|資産|人事|秘書|危機|防災|法務|文書|広報|契約|管財|会計|医療|障害|障がい|高齢|長寿|地域";
    expression(
        &DEPARTMENT,
        &format!("{NAME}((?:{words})[一-龠々ァ-ヺーぁ-ん]{{0,12}}?(?:局|部|課|室|係|センター))"),
    )
}

fn subject() -> &'static Regex {
    static SUBJECT: OnceLock<Regex> = OnceLock::new();
    expression(&SUBJECT, &format!("{NAME}(は|における|では|が)"))
}

/// A name at the beginning of a word. In hiragana (いわき市) only where no other word stands before it.
const NAME: &str = "(?:^|[^一-龠々ヶァ-ヺー])([一-龠々ヶァ-ヺー]{1,8}[市区町村]|いわき市|さいたま市|つくば市|つくばみらい市|ひたちなか市|みどり市|さくら市|うるま市|えびの市|つがる市|むつ市|みよし市|さぬき市|みやま市|うきは市|たつの市|あわら市|いなべ市|かほく市|にかほ市|かすみがうら市|いすみ市|あま市)";

/// # Panics
/// Never in a tested build: the expressions are part of the program.
fn expression(cell: &'static OnceLock<Regex>, text: &str) -> &'static Regex {
    cell.get_or_init(|| Regex::new(text).unwrap_or_else(|e| panic!("an expression of the program: {e}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn other(text: &'static str, name: &str) -> Option<&'static str> {
        foreign(text, Own { name, is_designated: false }, &[name, "北海道", "例示広域連合"], true)
            .map(|(_, name)| name)
    }

    #[test]
    fn names_before_a_department_or_in_the_declaration() {
        assert_eq!(other("札幌市総務局行政部", "みほん市"), Some("札幌市"));
        assert_eq!(other("請求先：いわき市財務部税務課", "みほん市"), Some("いわき市"));
        assert_eq!(other("北区保健福祉部", "みほん市"), Some("北区"));
        assert_eq!(other("福岡市における事務", "みほん市"), Some("福岡市"));
        assert_eq!(other("福岡市は、宣言する。", "みほん市"), Some("福岡市"));
        assert_eq!(other("京都市は、宣言する。", "みほん市"), Some("京都市"));
    }

    #[test]
    fn what_is_no_other_municipality() {
        for (text, own) in [
            ("みほん市総務課、みほん市は、みほん市における", "みほん市"),
            ("例示市中央区保健福祉課", "例示市"),
            ("中央区市民課", "例示市"),
            ("東京都例示区総務課", "例示区"),
            ("総務部市民課、財務部市民税課、まちづくり部都市政策課、市民生活部市民課", "みほん市"),
            ("市政情報室、市民部、地区福祉課、健康福祉局都市計画課", "みほん市"),
            (
                "政令市は、特別区は、当市は、本市は、各市は、他市は、都市は、指定都市における、市町村は",
                "みほん市",
            ),
            ("すべての市は、住所地の市区町村は、転出先の市は、我が市は", "みほん市"),
        ] {
            assert_eq!(other(text, own), None, "{text}");
        }
        let designated = Own { name: "例示市", is_designated: true };
        assert_eq!(foreign("北区保健福祉部", designated, &[], false), None);
        assert!(
            is_designated("431001", "熊本市")
                && !is_designated("131172", "北区")
                && !is_designated("072044", "いわき市")
        );
    }
}
