//! Signs and words that have no place in a Japanese text.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;
use unicode_normalization::UnicodeNormalization as _;

use super::Spot;
use crate::diagnostic::Code;
use crate::form::{Form, find_option};

const RETYPE: &str = "文字の読取りや変換の誤りとみられます。元の資料と見比べて書き直してください。";
const TAG: &str =
    "HTML の印は働かず、そのまま文字として公表されます。消すか、Markdown で書き直してください。";
const NARROW: &str = "半角のカタカナは読み上げや検索で誤りのもとになります。全角で書いてください。";
const OPTION: &str = "様式の選択肢の写しが文章に残っています。消してください。";

/// English words that stand in a Japanese sentence only by mistake. 「or」 and 「to」 are used on purpose.
const FUNCTION_WORDS: &str =
    "that|the|of|and|which|with|from|this|is|are|was|were|not|for|have|has|been|by|it";

/// What is wrong with the signs of a text, in its order for each kind.
pub(super) fn spots(text: &str) -> Vec<Spot> {
    let mut found = Vec::new();
    // All of it is beyond ascii or begins with one of these signs, so that most texts need one look only.
    if text.chars().any(is_suspicious) {
        found.extend(runs(text, is_stray, |run| Spot {
            code: Code::STRAY_SCRIPT,
            message: format!("日本語の文に使わない文字「{}」があります", &text[run.clone()]),
            bytes: run,
            help: RETYPE,
            suggestion: None,
        }));
        found.extend(runs(text, is_broken, |run| Spot {
            code: Code::RESIDUE,
            bytes: run,
            message: "読めなくなった文字（文字化け）があります".to_owned(),
            help: RETYPE,
            suggestion: None,
        }));
        found.extend(narrow_kana(text));
    }
    if text.bytes().any(|b| b.is_ascii_lowercase()) {
        found.extend(words(text));
    }
    if text.contains(['<', '&', '＜']) {
        found.extend(tags(text));
    }
    found
}

/// Letters of scripts that are not used in Japanese. Greek and accented Latin letters are (α, Ω, é), and so are all symbols.
fn is_stray(c: char) -> bool {
    matches!(u32::from(c),
        0x0400..=0x05FF      // Cyrillic, Armenian, Hebrew
        | 0x0600..=0x109F    // Arabic to Burmese, the scripts of India and Thailand among them
        | 0x10A0..=0x1CFF    // Georgian, Hangul letters, Ethiopic to Vedic
        | 0x2C00..=0x2DFF
        | 0x3130..=0x318F    // Hangul
        | 0xA000..=0xD7FF    // Yi to Hangul syllables
        | 0xFB1D..=0xFDFF    // Hebrew and Arabic forms
        | 0xFE70..=0xFEFE
        | 0xFFA0..=0xFFDC    // half-width Hangul
        | 0x10000..=0x16FFF  // scripts of antiquity; old forms of kana come after them
    )
}

/// U+FFFD and characters of private use, which every machine shows in its own way.
fn is_broken(c: char) -> bool {
    matches!(u32::from(c), 0xFFFD | 0xE000..=0xF8FF | 0xF0000..=0x0010_FFFF)
}

fn is_narrow(c: char) -> bool {
    ('\u{FF66}'..='\u{FF9F}').contains(&c)
}

fn is_suspicious(c: char) -> bool {
    is_stray(c) || is_broken(c) || is_narrow(c)
}

fn runs(text: &str, is: fn(char) -> bool, spot: impl Fn(Range<usize>) -> Spot) -> Vec<Spot> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(is).map(|s| at + s) {
        let end = text[start..].find(|c| !is(c)).map_or(text.len(), |length| start + length);
        found.push(spot(start..end));
        at = end;
    }
    found
}

/// A middle dot alone is no word; within one it is widened as well.
fn narrow_kana(text: &str) -> Vec<Spot> {
    runs(
        text,
        |c| is_narrow(c) || c == '･',
        |run| {
            let wide: String = text[run.clone()].nfkc().collect();
            Spot {
                code: Code::RESIDUE,
                message: format!("半角のカタカナ「{}」があります", &text[run.clone()]),
                bytes: run,
                help: NARROW,
                suggestion: Some(wide),
            }
        },
    )
    .into_iter()
    .filter(|spot| text[spot.bytes.clone()].contains(is_narrow))
    .collect()
}

fn words(text: &str) -> Vec<Spot> {
    static WORD: OnceLock<Regex> = OnceLock::new();
    let japanese = "[ぁ-ゖァ-ヺ一-龠々ー、。]";
    let word = expression(&WORD, || format!("{japanese}[ 　]?({FUNCTION_WORDS})[ 　]?{japanese}"));
    let meant = word.captures_iter(text).filter_map(|c| c.get(1));
    meant
        .map(|word| Spot {
            code: Code::STRAY_SCRIPT,
            bytes: word.range(),
            message: format!("日本語の文の途中に、英語の「{}」があります", word.as_str()),
            help: RETYPE,
            suggestion: None,
        })
        .collect()
}

/// Tags that hold text or fields. `<br>` breaks a line in a table cell, and `<https://…>` is a link.
fn tags(text: &str) -> Vec<Spot> {
    static TAG_OR_SIGN: OnceLock<Regex> = OnceLock::new();
    let expression = expression(&TAG_OR_SIGN, || {
        let names = "a|b|body|center|div|em|font|form|h[1-6]|hr|html|i|img|input|label|li|ol|option|p|s|script|select|small|span|strong|style|sub|sup|table|tbody|td|textarea|th|thead|tr|u|ul";
        format!(
            "(?i)</?(?:{names})(?:\\s[^<>\n]*)?/?>|&(?:lt|gt|amp|quot|nbsp|#[0-9]+|#x[0-9a-f]+);|[<＜〈]選択肢[>＞〉]"
        )
    });
    let spot = |found: regex::Match<'_>| {
        let is_option = found.as_str().contains("選択肢");
        Spot {
            code: Code::RESIDUE,
            bytes: found.range(),
            message: if is_option {
                format!("様式の「{}」が残っています", found.as_str())
            } else {
                format!("HTML の「{}」が残っています", found.as_str())
            },
            help: if is_option { OPTION } else { TAG },
            suggestion: None,
        }
    };
    expression.find_iter(text).map(spot).collect()
}

/// Lines that are an option of the form with its number: 「2) 十分である」.
pub(super) fn residue_of_options(form: &Form, text: &str) -> Vec<Spot> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let words = line.trim();
        let digits = words.len() - words.trim_start_matches(|c: char| is_digit(c)).len();
        let has_number = digits > 0 && words[digits..].starts_with([')', '）']);
        if has_number && form.option_sets().any(|(_, options)| find_option(options, words).is_some()) {
            found.push(Spot {
                code: Code::RESIDUE,
                bytes: start..start + words.len(),
                message: format!("様式の選択肢「{words}」が文章に残っています"),
                help: OPTION,
                suggestion: None,
            });
        }
    }
    found
}

/// 「別紙2」: where it stands, and its number.
pub(super) fn numbered_sheet(text: &str) -> Option<(Range<usize>, u32)> {
    let mut at = 0;
    while let Some(start) = text[at..].find("別紙").map(|s| at + s) {
        at = start + "別紙".len();
        let rest = &text[at..];
        let digits = rest.len() - rest.trim_start_matches(is_digit).len();
        let number: String = rest[..digits].nfkc().collect();
        if let Ok(number) = number.parse() {
            return Some((start..at + digits, number));
        }
    }
    None
}

/// 別紙「事務の流れ」: where it stands, and its name.
pub(super) fn named_sheet(text: &str) -> Option<(Range<usize>, &str)> {
    const SHEET: &str = "別紙";
    text.match_indices(SHEET).find_map(|(start, _)| {
        let rest = &text[start + SHEET.len()..];
        let inside = rest.trim_start_matches(['の', ' ', '　']).strip_prefix('「')?;
        let name = inside.split(['」', '\n']).next().filter(|name| !name.trim().is_empty())?;
        let end = text.len() - inside.len() + name.len();
        text[end..].starts_with('」').then(|| (start..end + '」'.len_utf8(), name))
    })
}

/// Whether the name of a file holds a number: `besshi-2.pdf`.
pub(super) fn has_number(name: &str, number: u32) -> bool {
    let is_other = |c: char| !c.is_ascii_digit();
    name.split(is_other).any(|part| part.parse() == Ok(number))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// # Panics
/// Never in a tested build: the expressions are part of the program.
fn expression(cell: &'static OnceLock<Regex>, text: impl FnOnce() -> String) -> &'static Regex {
    cell.get_or_init(|| Regex::new(&text()).unwrap_or_else(|e| panic!("an expression of the program: {e}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = spots(text).into_iter().map(|s| &text[s.bytes]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn scripts_that_are_not_used_in_japanese() {
        check("特定個人情報ที่不正確", &["ที่"]);
        check("漏えиの防止、한국어", &["и", "한국어"]);
        check("報 that 不正確", &["that"]);
        check("①Ⅲ α β Ω ㎡ № é ℃ ㈱ 〒 ※ → ✓ 😀 👍🏽 🇯🇵", &[]);
        check("𠮷野家、髙橋、ヴ、々、〇、ゟ", &[]);
        check("ID and パスワード or 窓口", &[]);
        check("窓口 or 郵送、PDF を添付", &[]);
    }

    #[test]
    fn remains_of_a_conversion() {
        check(
            "<b>届出</b>を<input type=\"text\">に&nbsp;書く",
            &["<b>", "</b>", "<input type=\"text\">", "&nbsp;"],
        );
        check("a<br>b <https://example.jp/> x < y & z ＜中間サーバー＞", &[]);
        check("壊\u{FFFD}れ\u{E000}た", &["\u{FFFD}", "\u{E000}"]);
        check("ｼｽﾃﾑ･ｻｰﾊﾞ", &["ｼｽﾃﾑ･ｻｰﾊﾞ"]);
        check("サーバー･プラットフォーム", &[]);
        check("＜選択肢＞", &["＜選択肢＞"]);
        let spots = spots("ｶﾞｲﾄﾞ");
        assert_eq!(spots[0].suggestion.as_deref(), Some("ガイド"));
    }

    #[test]
    fn options_of_the_form_that_were_copied() {
        let form = Form::with_id("zenkomoku-h30-05").unwrap();
        let residue = |text: &str| residue_of_options(form, text).len();
        assert_eq!(residue("2) 十分である\n1）特に力を入れている"), 2);
        assert_eq!(residue("1) 窓口で受け付ける\n2. 十分である\n十分である"), 0);
    }

    #[test]
    fn sheets_with_a_number() {
        assert_eq!(
            numbered_sheet("別紙のとおり。別紙２を参照"),
            Some(("別紙のとおり。".len().."別紙のとおり。別紙２".len(), 2))
        );
        assert_eq!(numbered_sheet("別紙のとおり"), None);
        assert_eq!(named_sheet("次の別紙「委託先一覧」のとおり").map(|(_, name)| name), Some("委託先一覧"));
        assert_eq!(named_sheet("別紙のとおり「委託」する。別紙「"), None);
        assert!(has_number("figures/besshi-02.pdf", 2) && !has_number("figures/besshi-12.pdf", 2));
    }
}
