//! Rows put into files of every manner. All texts are made up.

use proptest::prelude::*;

use super::stored::{Insertion, Stored};

fn row(before: usize, texts: [&str; 3]) -> Insertion {
    let keys = ["変更日", "項目", "変更後の記載"];
    Insertion { before, fields: keys.map(str::to_owned).into_iter().zip(texts.map(str::to_owned)).collect() }
}

/// One row before the row of this number.
fn at(before: usize) -> Vec<Insertion> {
    vec![row(before, ["令和8年4月1日", "Ⅱ.3.⑧ 使用方法", "一行目\n二行目"])]
}

fn with(text: &[u8], rows: &[Insertion]) -> String {
    let stored = Stored::read("changes.yaml", text).unwrap();
    String::from_utf8(stored.with(rows)).unwrap()
}

const ROW: &str =
    "- 変更日: 令和8年4月1日\n  項目: Ⅱ.3.⑧ 使用方法\n  変更後の記載: |\n    一行目\n    二行目\n";

#[test]
fn a_row_goes_behind_everything_there_is() {
    let cases = [
        // What there is, and what stands between it and the row.
        ("", ""),
        ("\u{FEFF}", ""),
        ("# 変更箇所\n", "\n"),
        ("# 変更箇所\n\n", ""),
        ("# 変更箇所", "\n\n"),
        ("---\n", "\n"),
        ("- 変更日: a\n  項目: b\n", "\n"),
        ("- 変更日: a\n  項目: b", "\n\n"),
        ("- 変更日: a\n  項目: b\n\n", ""),
        ("- 変更日: a\n\n# 追記\n- 変更日: b\n", "\n"),
        ("- 変更日: a\n- 変更日: b\n", ""),
        ("- 変更日: a\n- 変更日: b\n# おわり\n", ""),
        ("- 変更日: a\n  変更後の記載: |+\n    b\n\n", ""),
        ("- 変更日: a\n  変更後の記載: |\n    b\n    # 文章", "\n\n"),
        ("- {変更日: a, 項目: b}\n", "\n"),
        ("-\n  変更日: a\n", "\n"),
        ("- # 一件目\n  変更日: a\n", "\n"),
        ("- ? 変更日\n  : a\n", "\n"),
    ];
    for (text, between) in cases {
        let count = Stored::read("", text.as_bytes()).unwrap().items.len();
        assert_eq!(with(text.as_bytes(), &at(count)), format!("{text}{between}{ROW}"), "{text:?}");
    }
}

#[test]
fn line_ends_stay() {
    for end in ["\r\n", "\r", "\n"] {
        let text = "\u{FEFF}- 変更日: a\n  項目: b\n".replace('\n', end);
        let row = format!("\n{ROW}").replace('\n', end);
        assert_eq!(with(text.as_bytes(), &at(1)), format!("{text}{row}"), "{end:?}");
        let open = text.trim_end_matches(['\r', '\n']);
        assert_eq!(with(open.as_bytes(), &at(1)), format!("{open}{end}{row}"), "{end:?}");
    }
}

#[test]
fn a_row_is_laid_out_as_the_others() {
    let indented = format!("  {}", ROW.trim_end().replace('\n', "\n  ")) + "\n";
    let text = "  - 変更日: a\n  - 変更日: b\n";
    assert_eq!(with(text.as_bytes(), &at(2)), format!("{text}{indented}"));
    let text = "-   変更日: a\n    項目: b\n";
    let wide = ROW.replace("- ", "-   ").replace("\n  ", "\n    ");
    assert_eq!(with(text.as_bytes(), &at(1)), format!("{text}\n{wide}"));
}

#[test]
fn a_row_goes_between_others() {
    let text = "# 変更箇所\n- 変更日: a\n\n# 二件目\n- 変更日: b\n";
    assert_eq!(
        with(text.as_bytes(), &at(1)),
        format!("# 変更箇所\n- 変更日: a\n\n{ROW}\n# 二件目\n- 変更日: b\n")
    );
    assert_eq!(
        with(text.as_bytes(), &at(0)),
        format!("# 変更箇所\n\n{ROW}\n- 変更日: a\n\n# 二件目\n- 変更日: b\n")
    );
    let text = "- 変更日: a\n-\n  変更日: b\n";
    assert_eq!(with(text.as_bytes(), &at(1)), format!("- 変更日: a\n{ROW}-\n  変更日: b\n"));
    let both = [at(0), at(1), at(1), at(2)].concat();
    assert_eq!(with(text.as_bytes(), &both), format!("{ROW}- 変更日: a\n{ROW}{ROW}-\n  変更日: b\n{ROW}"));
}

#[test]
fn the_sign_that_ends_a_document_stays_at_the_end() {
    let text = "---\n- 変更日: a\n...\n# 以上\n";
    assert_eq!(with(text.as_bytes(), &at(1)), format!("---\n- 変更日: a\n\n{ROW}...\n# 以上\n"));
}

#[test]
fn what_says_that_there_are_no_rows_gives_way() {
    let cases = [
        ("[]\n", ROW.to_owned()),
        ("[]", ROW.to_owned()),
        ("# なし\r\n[ ]\r\n", format!("# なし\r\n\r\n{}", ROW.replace('\n', "\r\n"))),
        ("[] # まだない\n", format!(" # まだない\n\n{ROW}")),
        ("--- []\n", format!("--- \n\n{ROW}")),
        ("~\n", ROW.to_owned()),
        ("null\n# 以上\n", format!("# 以上\n\n{ROW}")),
    ];
    for (text, expected) in cases {
        assert_eq!(with(text.as_bytes(), &at(0)), expected, "{text:?}");
    }
}

#[test]
fn a_list_in_brackets_stays_one() {
    let new = |before| {
        with(before, &[row(Stored::read("", before).unwrap().items.len(), ["x", "y, z]", "一\n二"])])
    };
    let row = r#"{"変更日": "x", "項目": "y, z]", "変更後の記載": "一\n二"}"#;
    let cases = [
        ("[ # まだない\n]\n", format!("[{row} # まだない\n]\n")),
        ("[{変更日: a}]\n", format!("[{{変更日: a}}, {row}]\n")),
        ("[\r\n  {変更日: a}, # 一件目\r\n]\r\n", format!("[\r\n  {{変更日: a}}, {row}, # 一件目\r\n]\r\n")),
        ("\u{FEFF}[{変更日: あ}, 項目: い]", format!("\u{FEFF}[{{変更日: あ}}, 項目: い, {row}]")),
    ];
    for (text, expected) in cases {
        assert_eq!(new(text.as_bytes()), expected, "{text:?}");
        let after = Stored::read("", expected.as_bytes()).unwrap();
        assert_eq!(after.items.len(), Stored::read("", text.as_bytes()).unwrap().items.len() + 1, "{text:?}");
    }
    assert!(with(b"[{a: b}]", &at(0)).ends_with(", {a: b}]"));
}

#[test]
fn what_cannot_be_read_is_refused() {
    let (jis, _, _) = encoding_rs::SHIFT_JIS.encode("- 変更日: 令和8年4月1日\n");
    let cases: [(&[u8], &str); 7] = [
        (&jis, "FILE-02"),
        (b"\xFF\xFE-\0 \0a\0", "FILE-02"),
        ("- 変更日: \"a\n".as_bytes(), "YAML-01"),
        ("変更日: a\n".as_bytes(), "VAL-01"),
        ("- 変更日: a\n- b\n".as_bytes(), "VAL-01"),
        ("- 変更日: a\n---\n- 変更日: b\n".as_bytes(), "YAML-01"),
        ("- 変更日: &x a\n".as_bytes(), "YAML-03"),
    ];
    for (bytes, code) in cases {
        let found = Stored::read("changes.yaml", bytes).err().unwrap();
        assert_eq!(found.iter().map(|d| d.code.id()).collect::<Vec<_>>(), [code]);
    }
}

/// A file as a person may have written it: rows in one manner of indenting, comments and blank lines around them.
fn file() -> impl Strategy<Value = String> {
    let row = prop_oneof![
        Just("- 変更日: a\n#  項目: b\n"),
        Just("-\n#  変更日: a\n"),
        Just("- # 覚え\n#  項目: あ # 覚え\n"),
        Just("-   項目: b\n#    変更後の記載: |+\n#     一\n\n#     二\n\n\n"),
        Just("- 変更後の記載: |2-\n#      一\n#    # 文\n#  項目: b\n"),
        Just("- {変更日: a, 項目: [b, c]}\n"),
        Just("- 項目: \"あ\n\n#    い\"\n#  変更日:\n"),
        Just("- 項目: あ\n#    い\n"),
        Just("- 変更前の記載: >\n#   あ\n\n#   い\n\n"),
    ];
    let between =
        prop_oneof![4 => Just(""), 2 => Just("\n"), 1 => Just("# 覚え\n"), 1 => Just("\n# 覚え\n# 二行\n\n")];
    let end =
        prop_oneof![4 => Just(""), 1 => Just("...\n"), 1 => Just("...\n\n# 以上\n"), 1 => Just("# 以上")];
    let parts = prop::collection::vec((between, row), 0..5);
    let style = (any::<bool>(), prop_oneof![Just("\n"), Just("\r\n"), Just("\r")], 0..4_usize, any::<bool>());
    (parts, end, style).prop_map(|(parts, end, (mark, line_end, indent, is_open))| {
        let blanks = " ".repeat(indent);
        let indented = |row: &str| {
            let lines = row.split_inclusive('\n').map(|line| match line.strip_prefix('#') {
                Some(rest) => format!("{blanks}{rest}"),
                None if line == "\n" => line.to_owned(),
                None => format!("{blanks}{line}"),
            });
            lines.collect::<String>()
        };
        let rows = parts.iter().map(|(between, row)| format!("{between}{}", indented(row)));
        let mut text = rows.collect::<String>() + end;
        if is_open {
            text.truncate(text.trim_end().len());
        }
        format!("{}{}", if mark { "\u{FEFF}" } else { "" }, text.replace('\n', line_end))
    })
}

/// The texts of the rows, without the line breaks at their ends.
fn rows(text: &str) -> Vec<String> {
    let stored =
        Stored::read("changes.yaml", text.as_bytes()).unwrap_or_else(|found| panic!("{text:?}: {found:?}"));
    stored.items.iter().map(super::proof::tests::words).collect()
}

proptest! {
    /// Whatever a file looks like and wherever rows go: all of it is still there, and the rows stand where they were to stand.
    #[test]
    fn rows_go_in_and_everything_stays(
        text in file(),
        texts in prop::collection::vec("([あ: #\\-\\[\"'|]|\n){0,12}", 3),
        places in prop::collection::vec(0.0..=1.0_f64, 1..4),
    ) {
        let there = rows(&text);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "small")]
        let mut places: Vec<usize> = places.iter().map(|at| (at * there.len() as f64).round() as usize).collect();
        places.sort_unstable();
        let new = |at| row(at, [&texts[0], &texts[1], &texts[2]]);
        let insertions: Vec<_> = places.iter().map(|at| new(*at)).collect();
        let result = with(text.as_bytes(), &insertions);
        let mut expected = there.clone();
        for (nth, at) in places.iter().enumerate() {
            expected.insert(at + nth, super::proof::tests::fields(&insertions[nth].fields));
        }
        prop_assert_eq!(rows(&result), expected, "{:?}", result);
        let mut rest = result.chars();
        prop_assert!(text.chars().all(|c| rest.any(|other| other == c)), "{:?}", result);
        if places[0] == there.len() && !text.contains("...") {
            prop_assert!(result.starts_with(&text));
        }
    }

    /// Any file that is read at all takes rows, or the proof sees that it does not; nothing breaks.
    #[test]
    fn no_file_breaks_the_drafting(text in "\u{FEFF}?([-\\[\\]{}:,#|>? \t\"'a~あ]|- a: |\n|\r\n|\r|---|\\.\\.\\.){0,24}") {
        let Ok(stored) = Stored::read("changes.yaml", text.as_bytes()) else { return Ok(()) };
        for before in 0..=stored.items.len() {
            let result = stored.with(&at(before));
            prop_assert!(result.len() > text.trim_end().len());
            stored.as_written(before);
        }
    }
}
