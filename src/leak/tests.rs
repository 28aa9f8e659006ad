use std::fmt::Write as _;

use super::*;
use crate::diagnostic::{Code, Diagnostic};

/// What is found: `!` for a number with the right check digit, `?` for another one.
fn found(text: &str) -> String {
    let mut out = String::new();
    for f in find(text.as_bytes()) {
        let _ = write!(out, "{}{} ", if f.passes { '!' } else { '?' }, &text[f.bytes]);
    }
    out.trim_end().to_owned()
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(found(text), expected, "{text}");
}

#[test]
fn numbers_in_one_piece() {
    check("個人番号は123456789018です", "!123456789018");
    check("１２３４５６７８９０１８", "!１２３４５６７８９０１８");
    check("No.123456789018, No123456789018, 番号:123456789018", "!123456789018 !123456789018 !123456789018");
    check("15,123456789018,4", "!123456789018");
    check("090 123456789018 090", "!123456789018");
    check("123456789012", "?123456789012");
}

#[test]
fn numbers_in_groups() {
    check("1234-5678-9018", "!1234-5678-9018");
    check("１２３４　５６７８　９０１８", "!１２３４　５６７８　９０１８");
    for sign in ["‐", "―", "−", "－", "ー", "・", "･", "\u{a0}", " - ", "\u{200b}", "&nbsp;"] {
        let number = ["1234", "5678", "9018"].join(sign);
        check(&number, &format!("!{number}"));
    }
    check("123 456 789 018", "!123 456 789 018");
    check("123456-789018", "!123456-789018");
    check("1 2 3 4 5 6 7 8 9 0 1 8", "!1 2 3 4 5 6 7 8 9 0 1 8");
    check("15 1234-5678-9018", "!1234-5678-9018");
    check("1234-5678 9018", "!1234-5678 9018");
    check("&a123456789018 と *a123456789018", "!123456789018 !123456789018");
    for unseen in [
        '\u{200b}',
        '\u{200e}',
        '\u{202a}',
        '\u{feff}',
        '\u{fe0f}',
        '\u{34f}',
        '\u{2062}',
        '\u{180e}',
        '\u{e0020}',
    ] {
        check(&format!("12{unseen}3456789018"), &format!("!12{unseen}3456789018"));
    }
    check("090-0000-0000 1234 5678 9018", "!1234 5678 9018");
    check("1234-5678-9012", "?1234-5678-9012");
    check("123 456 789 012", "");
}

#[test]
fn other_numbers() {
    for text in [
        // 法人番号 and other longer numbers, in groups as well
        "1234567890182",
        "1-2345-6789-0182",
        "1 2345 6789 0182",
        // telephone, dates, moments, years, amounts
        "000-0000-0000",
        "+81-90-1234-5678",
        "2023-11-14",
        "202404010930",
        "https://www.city.mihon.example.jp/202404010199.html",
        "2013 2014 2015",
        "202404-202503",
        "100 200 300 400",
        "123,456,789,018",
        // parts of something longer
        "0.123456789018",
        "{\"x\":.123456789018}",
        "123456789018.5",
        "d41d8cd98f00b204e98a123456789018",
        "1234-5678-9018-0000",
        "550e8400-e29b-41d4-a716-123456789018",
        "urn:uuid:550e840a-1234-5678-9018-a46655440000",
        // The end of the first part with the two after it, and the beginning of the last with the two before it.
        "urn:uuid:550e1234-5678-9018-a716-446655440000",
        "urn:uuid:550e8400-e29b-1234-5678-9018bb440000",
        "1234\n5678\n9018",
        "192.168.100.200",
    ] {
        check(text, "");
    }
}

#[test]
fn what_only_looks_like_a_uuid_hides_nothing() {
    check("550e1234-5678-9018", "!1234-5678-9018");
    check("x550e1234-5678-9018-a716-446655440000", "!1234-5678-9018 ?446655440000");
}

#[test]
fn drawings_are_no_numbers_but_their_words_are() {
    check("<path d=\"M1234 5678 9018\"/>", "");
    check("<svg><polyline points='123 456 789 018'/>", "");
    check("<img alt=\"1234 5678 9018\">", "!1234 5678 9018");
    check("<text x=\"1\">1234 5678 9018</text>", "!1234 5678 9018");
    check("<path d=\"M123456789018\"/>", "!123456789018");
}

#[test]
fn any_bytes_are_looked_through() {
    let mut bytes = vec![0xFF, 0xEF, 0xBC, b'1', 0x00];
    bytes.extend(b"\xFE123456789018\xEF");
    assert_eq!(line_of_leak(&bytes), Some(1));
    let padded = format!("{}\n{}123456789018", "あ1い２".repeat(100), "字".repeat(77));
    assert_eq!(line_of_leak(padded.as_bytes()), Some(2));
    assert_eq!(line_of_leak(b"123456789012"), None);
}

#[test]
fn hidden_digits_keep_their_room() {
    let mut text = "番号 1234-5678-9018 と１２３４５６７８９０１８と12".to_owned();
    let length = text.len();
    mask(&mut text);
    assert_eq!(text, "番号 ****-****-**** と＊＊＊＊＊＊＊＊＊＊＊＊と12");
    assert_eq!(text.len(), length);
}

#[test]
fn a_number_that_is_cut_off_is_hidden_as_well() {
    let mut text = format!("…56789018{}12345678", "あ".repeat(200));
    mask_excerpt(&mut text);
    assert!(text.starts_with("…********あ") && text.ends_with("あ********"), "{text}");
    let message = format!("「{}123456789018{}」は選択肢にありません", "あ".repeat(30), "あ".repeat(400));
    let shown = Diagnostic::new(Code::UNKNOWN_OPTION, "a.yaml", message).message;
    assert!(shown.contains("**********…") && !shown.contains('1'), "{shown}");
}
