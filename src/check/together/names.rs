//! Names in texts, for comparing: what two documents call the same thing.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::form::fold;

/// A pattern of this file.
///
/// # Panics
/// Never in a tested build: the patterns are part of the program and the tests use each.
fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|e| panic!("{pattern}: {e}"))
}

/// What is not part of a name at its beginning: bullets and numbers.
static LEAD: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^(?:[-*・○●]|[①-⑳]|[(]?\d{1,2}[).]|\d{1,2}[ 　]+)[ 　]*"));

/// The names in a text, one in a line or with 「、」 between them, folded.
pub(super) fn listed(text: &str) -> Vec<String> {
    split(text, &['\n', '、', '，', ',', '､', '；', ';'])
}

/// The same, where 「及び」 and the like divide names as well.
pub(super) fn joined(text: &str) -> Vec<String> {
    let text =
        ["及び", "並びに", "又は", "および"].iter().fold(text.to_owned(), |t, word| t.replace(word, "\n"));
    split(&text, &['\n', '、', '，', ',', '､', '；', ';', '・', '／', '/'])
}

fn split(text: &str, at: &[char]) -> Vec<String> {
    let bare = |part: &str| {
        let part = part.trim();
        let part = LEAD.replace(part, "");
        fold(&part).trim_end_matches('.').to_owned()
    };
    text.split(at).map(bare).filter(|name| !name.is_empty()).collect()
}

/// Whether two folded names can mean the same: one is in the other, or is its abbreviation (住基ネット).
pub(super) fn can_be_one(one: &str, other: &str) -> bool {
    let (short, long) =
        if one.chars().count() <= other.chars().count() { (one, other) } else { (other, one) };
    is_abbreviation(short, long)
        || is_abbreviation(&without_notes(short), long)
        || is_abbreviation(&without_notes(long), short)
}

/// Whether all characters of a name stand in the other one, in their order.
fn is_abbreviation(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    !short.is_empty() && short.chars().all(|c| rest.any(|other| other == c))
}

/// A name without what stands in parentheses.
fn without_notes(name: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for c in name.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// The names that have no counterpart among others.
pub(super) fn unmatched<'n>(names: &'n [String], others: &[String]) -> Vec<&'n String> {
    names.iter().filter(|name| !others.iter().any(|other| can_be_one(name, other))).collect()
}

/// Telephone numbers, digits only.
pub(super) fn telephones(text: &str) -> BTreeSet<String> {
    static NUMBER: LazyLock<Regex> =
        LazyLock::new(|| regex(r"0\d{1,4}[-()]{1,2}\d{1,4}[-()]{1,2}\d{3,4}|(?:^|\D)0\d{9,10}(?:$|\D)"));
    let digits = |found: regex::Match<'_>| found.as_str().chars().filter(char::is_ascii_digit).collect();
    NUMBER.find_iter(&fold(text)).map(digits).collect()
}

/// Parts of an organisation, by their own name: 市政情報課 of みほん市総務部市政情報課.
pub(super) fn offices(text: &str) -> Vec<String> {
    static OFFICE: LazyLock<Regex> = LazyLock::new(|| {
        regex(r"[\p{Han}\p{Katakana}\p{Hiragana}ー・]*?(?:課|室|係|センター|担当|支所|事務所|事務局)")
    });
    OFFICE.find_iter(&fold(text)).map(|found| own_name(found.as_str()).to_owned()).collect()
}

/// The last part of an organisation's name.
fn own_name(name: &str) -> &str {
    if let Some((_, own)) = name.rsplit_once('部') {
        return own;
    }
    // 市 in 市民課 and 市政情報課 belongs to the name itself.
    let is_end = |(at, c): &(usize, char)| {
        let rest = &name[at + c.len_utf8()..];
        matches!(c, '市' | '区' | '町' | '村')
            && *at > 0
            && !rest.starts_with(['民', '政', '税', '営', '街', '場'])
    };
    name.char_indices().find(is_end).map_or(name, |(at, c)| &name[at + c.len_utf8()..])
}

/// What a text cites: 項 of the 別表, 号 of 第19条, 項 of 第9条. Only these are compared: the words around them differ without meaning.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Citations {
    /// 「…の項」 of a table.
    pub(super) rows: BTreeSet<String>,
    /// 第19条第…号.
    pub(super) article_19: BTreeSet<String>,
    /// 第9条第…項.
    pub(super) article_9: BTreeSet<String>,
}

impl Citations {
    /// What a text cites.
    pub(super) fn of(text: &str) -> Self {
        static ROWS: LazyLock<Regex> = LazyLock::new(|| {
            regex(r"((?:\d{1,3}(?:の\d+)?(?:の項)?(?:、|,|・|及び|並びに))*\d{1,3}(?:の\d+)?)の項")
        });
        static ROW: LazyLock<Regex> = LazyLock::new(|| regex(r"\d+(?:の\d+)?"));
        static NINETEEN: LazyLock<Regex> = LazyLock::new(|| regex(r"(?:^|\D)19条第?(\d+)号"));
        static NINE: LazyLock<Regex> = LazyLock::new(|| regex(r"(?:^|\D)9条第?(\d+)項"));
        let text = fold(text);
        let all = |regex: &LazyLock<Regex>| -> Vec<String> {
            regex.captures_iter(&text).map(|c| c[1].to_owned()).collect()
        };
        let numbers =
            |list: String| -> Vec<String> { ROW.find_iter(&list).map(|m| m.as_str().to_owned()).collect() };
        Self {
            rows: all(&ROWS).into_iter().flat_map(numbers).collect(),
            article_19: all(&NINETEEN).into_iter().collect(),
            article_9: all(&NINE).into_iter().collect(),
        }
    }

    /// What the two cite differently, in words, where neither cites a part of what the other cites.
    pub(super) fn differ(&self, other: &Self) -> Option<(String, String)> {
        let clash = |one: &BTreeSet<String>, other: &BTreeSet<String>| {
            !one.is_empty() && !other.is_empty() && !one.is_subset(other) && !other.is_subset(one)
        };
        let words = |before: &str, set: &BTreeSet<String>, than: &BTreeSet<String>, after: &str| {
            let own: Vec<_> = set.difference(than).take(5).map(String::as_str).collect();
            format!("{before}{}{after}", own.join("、"))
        };
        let kinds = [
            (&self.rows, &other.rows, "", "の項"),
            (&self.article_19, &other.article_19, "第19条第", "号"),
            (&self.article_9, &other.article_9, "第9条第", "項"),
        ];
        let (one, theirs, before, after) = kinds.into_iter().find(|(one, theirs, ..)| clash(one, theirs))?;
        Some((words(before, one, theirs, after), words(before, theirs, one, after)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_whatever_stands_between_them() {
        let names = ["個人住民税課税ファイル", "収納・滞納ファイル"];
        assert_eq!(listed("個人住民税課税ファイル、収納・滞納ファイル。"), names);
        assert_eq!(listed("1. 個人住民税課税ファイル\n２　収納・滞納ファイル"), names);
        assert_eq!(listed("・個人住民税課税 ファイル\n(2)収納・滞納ファイル"), names);
        assert_eq!(joined("財務部市民税課及び財務部収納課"), ["財務部市民税課", "財務部収納課"]);
    }

    #[test]
    fn abbreviations_are_the_same_name() {
        for (one, other) in [
            ("住基ネット", "住民基本台帳ネットワークシステム"),
            ("中間サーバ", "中間サーバー"),
            ("個人住民税システム(標準準拠システム)", "個人住民税システム"),
            ("eLTAX", "地方税ポータルシステム(eLTAX)"),
            ("介護保険課", "福祉部介護保険課"),
        ] {
            assert!(can_be_one(one, other) && can_be_one(other, one), "{one} {other}");
        }
        assert!(!can_be_one("介護保険課", "障害福祉課"));
        assert!(!can_be_one("介護保険システム", "国保情報集約システム"));
    }

    #[test]
    fn telephone_numbers_and_offices() {
        let text = "みほん市総務部市政情報課\n〒000-0000 中央一丁目1番\n電話 ０００－００００－００２０";
        assert_eq!(telephones(text).into_iter().collect::<Vec<_>>(), ["00000000020"]);
        assert_eq!(telephones("電話0123456789（直通）").len(), 1);
        assert_eq!(offices("みほん市総務部市政情報課"), ["市政情報課"]);
        assert_eq!(offices("みほん市介護保険課 電話"), ["介護保険課"]);
        assert!(offices("市役所").is_empty());
    }

    #[test]
    fn only_what_is_cited_counts() {
        let cites = |text: &str| Citations::of(text);
        let long = cites(
            "行政手続における…法律（平成25年法律第27号。以下「番号法」という。）第9条第1項及び別表の24の項",
        );
        assert_eq!(long, cites("番号法第９条第１項 別表２４の項"));
        assert_eq!(long.differ(&cites("番号法 別表の8、24、100の項")), None, "a part of it");
        let other = long.differ(&cites("番号法第9条第1項及び別表の44の項"));
        assert_eq!(other, Some(("24の項".to_owned(), "44の項".to_owned())));
        let old = cites("番号法第19条第7号").differ(&cites("番号法第19条第8号"));
        assert_eq!(old, Some(("第19条第7号".to_owned(), "第19条第8号".to_owned())));
        assert_eq!(cites("別表の8の2、9及び10の項").rows.len(), 3);
    }
}
