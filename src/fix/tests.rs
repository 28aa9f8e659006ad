use proptest::prelude::*;

use super::*;
use crate::diagnostic::Place;

fn fix(line: usize, column: usize, from: &str, to: &str) -> Fix {
    Fix { line, column, from: from.to_owned(), to: to.to_owned() }
}

#[test]
fn only_kana_are_widened() {
    assert_eq!(widened("ﾌｧｲﾙのﾃﾞｰﾀ：Ａ神①｡"), "ファイルのデータ：Ａ神①。");
    assert_eq!(widened("﨑（全角）"), "﨑（全角）");
}

/// Whichever rule finds half-width kana: its suggestion is made where nothing else than the width changes.
#[test]
fn a_suggestion_that_only_widens_kana_is_certain() {
    let found = |suggestion: &str| {
        let place = Place {
            line: 2, column: 3, excerpt: "a:ﾌｧｲﾙ名".to_owned(), marked: 2..2 + "ﾌｧｲﾙ".len()
        };
        Diagnostic::new(Code::UNRESOLVED_LINK, "a.yaml", "x").at(place).suggest(suggestion)
    };
    assert_eq!(certain(&found("ファイル")), Some(fix(2, 3, "ﾌｧｲﾙ", "ファイル")));
    assert_eq!(certain(&found("フォルダ")), None);
    assert_eq!(certain(&found("ﾌｧｲﾙ")), None);
}

#[test]
fn a_correction_that_breaks_the_file_is_not_made() {
    let text = "様式: x\n版: y\n公表日: z\n".as_bytes();
    let fixes = vec![fix(1, 1, "様式", "[様式"), fix(3, 6, "z", "w")];
    let step = step(text, fixes, true);
    assert!(step.is_refused);
    assert_eq!(step.text, "様式: x\n版: y\n公表日: w\n".as_bytes());
    assert_eq!(step.done, [fix(3, 6, "z", "w")]);
}

#[test]
fn a_colon_of_a_text_is_no_colon_of_a_key() {
    let text = "様式：x\n  - 公表日：y\n受付：z\n".as_bytes();
    let is_meant = |line, column| known::is_meant(text, &fix(line, column, "：", ": "));
    assert!(is_meant(1, 3) && is_meant(2, 8));
    assert!(!is_meant(3, 3));
    assert!(known::is_meant(text, &fix(3, 1, "受付", "受け付け")));
}

proptest! {
    /// Whatever stands in a file: it is no harder to read afterwards, has as many lines, and a second run changes nothing.
    #[test]
    fn no_file_gets_worse(
        text in "(\u{FEFF})?((様式|版|公表日|あ|- |－ |－\u{3000}|  |\u{3000}|\t)?(：|: |:|:\u{3000}|｜|\\[|\")?(x|あ|：)?(\r\n|\n|\r)){0,8}"
    ) {
        let bytes = text.clone().into_bytes();
        let before = Health::of(&bytes, true);
        let once = settle(bytes, slips(text.as_bytes()), true);
        prop_assert!(!Health::of(&once.text, true).is_worse_than(&before));
        let count = |text: &[u8]| text.iter().filter(|b| matches!(b, b'\n' | b'\r')).count();
        prop_assert_eq!(count(&once.text), count(text.as_bytes()));
        let again = settle(once.text.clone(), slips(&once.text), true);
        prop_assert_eq!(again.text, once.text);
    }
}
