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

/// The law's own numbers in a text about a legal basis. Only these are compared: the words around them differ without meaning.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Citations {
    /// 「…の項」 of a table.
    rows: BTreeSet<String>,
    /// 番号法第9条第…項.
    uses: BTreeSet<String>,
    /// 番号法第19条第7号, 第8号 and 第9号, on which 情報連携 has rested: 7号 became 8号, and 8号 became 9号.
    exchanges: BTreeSet<String>,
    /// Every number, in whatever way it is written.
    numbers: BTreeSet<String>,
}

impl Citations {
    /// What a text cites.
    pub(super) fn of(text: &str) -> Self {
        static ROWS: LazyLock<Regex> = LazyLock::new(|| {
            regex(r"((?:\d{1,3}(?:の\d+)?(?:の項)?(?:、|,|・|及び|並びに) ?)*\d{1,3}(?:の\d+)?)の項")
        });
        static NUMBER: LazyLock<Regex> = LazyLock::new(|| regex(r"\d+(?:の\d+)?"));
        static USE: LazyLock<Regex> =
            LazyLock::new(|| regex(r"(?:番号法|番号利用法|法律|という\.\)) ?第?9条第?(\d+)項"));
        static EXCHANGE: LazyLock<Regex> =
            LazyLock::new(|| regex(r"(?:番号法|番号利用法|法律|という\.\)) ?第?19条第?([789])号"));
        // 「別表第2の17の項」 is 17の項, and a number in the margin is none of its text.
        static TABLE: LazyLock<Regex> = LazyLock::new(|| regex(r"別表(?:第[12一二])?の? ?"));
        let text = text.split_whitespace().map(fold).collect::<Vec<_>>().join(" ");
        let text = TABLE.replace_all(&text, " ");
        let all = |regex: &Regex| regex.captures_iter(&text).map(|c| c[1].to_owned()).collect::<Vec<_>>();
        let numbers = |text: &str| NUMBER.find_iter(text).map(|m| m.as_str().to_owned()).collect::<Vec<_>>();
        Self {
            rows: all(&ROWS).iter().flat_map(|list| numbers(list)).collect(),
            uses: all(&USE).into_iter().collect(),
            exchanges: all(&EXCHANGE).into_iter().collect(),
            numbers: numbers(&text).into_iter().collect(),
        }
    }

    /// What the two cite differently, in words: each something that the other does not have.
    pub(super) fn differ(&self, other: &Self) -> Option<(String, String)> {
        let words = |before: &str, own: &[&String], after: &str| {
            let own: Vec<_> = own.iter().take(5).map(|n| n.as_str()).collect();
            format!("{before}{}{after}", own.join("、"))
        };
        let kinds = [
            (&self.rows, &other.rows, &self.numbers, &other.numbers, "", "の項"),
            (&self.exchanges, &other.exchanges, &self.exchanges, &other.exchanges, "第19条第", "号"),
            (&self.uses, &other.uses, &self.uses, &other.uses, "第9条第", "項"),
        ];
        kinds.into_iter().find_map(|(one, theirs, all, all_theirs, before, after)| {
            let own: Vec<_> = one.difference(all_theirs).collect();
            let others: Vec<_> = theirs.difference(all).collect();
            let is_clash = !own.is_empty() && !others.is_empty();
            is_clash.then(|| (words(before, &own, after), words(before, &others, after)))
        })
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
        assert_eq!(long.differ(&cites("番号法第９条第１項 別表２４の項")), None);
        assert_eq!(long.differ(&cites("番号法 別表の8、24、100の項")), None, "a part of it");
        let other = long.differ(&cites("番号法第9条第1項及び別表の44の項"));
        assert_eq!(other, Some(("24の項".to_owned(), "44の項".to_owned())));
        let old = cites("番号法第19条第7号").differ(&cites("番号法第19条第8号"));
        assert_eq!(old, Some(("第19条第7号".to_owned(), "第19条第8号".to_owned())));
        assert_eq!(cites("別表の8の2、9及び10の項").rows.len(), 3);
        let loose = cites("番号法第19条第８号　別表第二項番第16の2、16の3、17の項及び115の２、第19条第6号");
        assert_eq!(loose.differ(&cites("番号法第19条第8号 別表第二 16の2の項、115の2の項")), None);
        let table =
            cites("番号法別表第2の16の2の項、17の項 18の項").differ(&cites("別表第二の17、18、19の項"));
        assert_eq!(table, Some(("16の2の項".to_owned(), "19の項".to_owned())));
        assert_eq!(cites("番号法第9条第1項").differ(&cites("予防接種法第9条第2項")), None, "another law");
    }
}
