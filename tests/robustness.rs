//! Whatever stands in an authored file: the check ends, names what is wrong, and never panics.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where something is wrong")]

use std::path::Path;

use kohyo::check::{self, Surroundings};
use kohyo::diagnostic::{self, Diagnostic};
use kohyo::read::{AssessmentSource, SourceFile};
use proptest::prelude::*;

const KISO: &str = "8-kaigo-kiso";
const FULL: &str = "8-kaigo";

fn base(file: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/base/019984-mihon");
    kohyo::fs::read(&folder.join(file)).unwrap()
}

/// The parts of one assessment as bytes.
struct Parts {
    form: Vec<u8>,
    changes: Vec<u8>,
    prose: Vec<u8>,
}

impl Parts {
    fn of(assessment: &str) -> Self {
        let prose = if assessment == FULL { base("8-kaigo/tsukaikata.md") } else { Vec::new() };
        Self {
            form: base(&format!("{assessment}/assessment.yaml")),
            changes: base(&format!("{assessment}/changes.yaml")),
            prose,
        }
    }

    /// Checks the parts and shows every finding in every format.
    fn check(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut decode = |name: &str, bytes: &[u8]| match SourceFile::decode(name, bytes) {
            Ok(file) => Some(file),
            Err(diagnostic) => {
                found.push(*diagnostic);
                None
            }
        };
        let form = decode("assessment.yaml", &self.form);
        let changes = decode("changes.yaml", &self.changes);
        let prose = decode("tsukaikata.md", &self.prose).into_iter().collect();
        if let Some(form) = form {
            let (dir, number) = ("8-kaigo".to_owned(), "8".to_owned());
            let attachments = vec!["figures/nagare.svg".to_owned()];
            let source = AssessmentSource { dir, number, form, prose, changes, attachments };
            found.extend(check::assessment(&source, Surroundings::unknown()).diagnostics);
        }
        show(&found);
        found
    }
}

fn show(found: &[Diagnostic]) {
    for diagnostic in found {
        assert!(!diagnostic.message.is_empty());
        assert!(!diagnostic::human(diagnostic, true).is_empty());
        assert!(diagnostic::short(diagnostic).lines().count() == 1, "{}", diagnostic::short(diagnostic));
    }
    assert!(diagnostic::json(found).ends_with("]\n"));
}

fn check_settings(bytes: &[u8]) -> Vec<Diagnostic> {
    let found = match SourceFile::decode("municipality.yaml", bytes) {
        Ok(file) => {
            let (_, mut found) = check::municipality(&file, "019984-mihon", "019984");
            found.extend(check::site(&file).1);
            found
        }
        Err(diagnostic) => vec![*diagnostic],
    };
    show(&found);
    found
}

/// Signs that mean something to YAML, to Markdown or to a form, between ordinary text.
fn yaml_like() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("様式: 基礎項目評価書\n".to_owned()),
        Just("関連情報:\n".to_owned()),
        Just("  事務の名称: ".to_owned()),
        Just("特定個人情報ファイル:\n  - ".to_owned()),
        Just("変更日: 令和7年3月14日\n".to_owned()),
        Just("# Ⅱ.3.⑧ 使用方法\n".to_owned()),
        Just("[[Ⅱ.3.⑧]]".to_owned()),
        "[-:|>&*!%@{}\\[\\]\"'#?, \n\t\u{3000}：｜－]{1,6}",
        "\\PC{1,8}",
        Just("\r\n".to_owned()),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

#[derive(Debug, Clone)]
enum Mutation {
    Delete(usize),
    Double(usize),
    Swap(usize, usize),
    Insert(usize, String),
    Cut(usize),
    Indent(usize, usize),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let line = 0..400_usize;
    prop_oneof![
        line.clone().prop_map(Mutation::Delete),
        line.clone().prop_map(Mutation::Double),
        (line.clone(), line.clone()).prop_map(|(a, b)| Mutation::Swap(a, b)),
        (line.clone(), "\\PC{1,5}").prop_map(|(at, text)| Mutation::Insert(at, text)),
        (line.clone(), "[-:|>&*!%@{}\\[\\]\"'#?,\t\u{3000}：]{1,3}")
            .prop_map(|(at, text)| Mutation::Insert(at, text)),
        line.clone().prop_map(Mutation::Cut),
        (line, 0..7_usize).prop_map(|(at, blanks)| Mutation::Indent(at, blanks)),
    ]
}

fn mutate(bytes: &[u8], mutations: &[Mutation]) -> Vec<u8> {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for mutation in mutations {
        let count = lines.len();
        if count == 0 {
            break;
        }
        match mutation {
            Mutation::Delete(at) => drop(lines.remove(at % count)),
            Mutation::Double(at) => lines.insert(at % count, lines[at % count].clone()),
            Mutation::Swap(a, b) => lines.swap(a % count, b % count),
            Mutation::Insert(at, text) => {
                let line = &mut lines[at % count];
                let middle = line.char_indices().map(|(i, _)| i).nth(at % 7).unwrap_or(line.len());
                line.insert_str(middle, text);
            }
            Mutation::Cut(at) => {
                let line = &mut lines[at % count];
                let middle = line.char_indices().map(|(i, _)| i).nth(at % 11).unwrap_or(line.len());
                line.truncate(middle);
            }
            Mutation::Indent(at, blanks) => {
                let line = &mut lines[at % count];
                *line = format!("{}{}", " ".repeat(*blanks), line.trim_start());
            }
        }
    }
    lines.join("\n").into_bytes()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_an_authored_file(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        Parts { form: bytes.clone(), ..Parts::of(KISO) }.check();
        Parts { changes: bytes.clone(), ..Parts::of(KISO) }.check();
        Parts { prose: bytes.clone(), ..Parts::of(KISO) }.check();
        check_settings(&bytes);
    }

    #[test]
    fn any_signs_are_an_authored_file(text in yaml_like()) {
        let bytes = text.into_bytes();
        Parts { form: bytes.clone(), ..Parts::of(KISO) }.check();
        Parts { form: [b"\xE6\xA7\x98\xE5\xBC\x8F: zenkomoku\n".to_vec(), bytes.clone()].concat(), ..Parts::of(FULL) }.check();
        Parts { changes: bytes.clone(), ..Parts::of(KISO) }.check();
        Parts { prose: bytes.clone(), ..Parts::of(FULL) }.check();
        check_settings(&bytes);
    }

    #[test]
    fn a_damaged_document_is_checked(mutations in proptest::collection::vec(mutation(), 1..12)) {
        for assessment in [KISO, FULL] {
            let whole = Parts::of(assessment);
            Parts { form: mutate(&whole.form, &mutations), ..Parts::of(assessment) }.check();
            Parts {
                changes: mutate(&whole.changes, &mutations),
                prose: mutate(&whole.prose, &mutations),
                ..whole
            }
            .check();
        }
        check_settings(&mutate(&base("municipality.yaml"), &mutations));
    }
}

/// A line of the base document that is gone is never taken for nothing: either the document still says the same, or
/// something is found.
#[test]
fn every_line_that_is_gone_leaves_the_check_alive() {
    let whole = Parts::of(KISO);
    let lines = String::from_utf8(whole.form.clone()).unwrap().lines().count();
    for line in 0..lines {
        let form = mutate(&whole.form, &[Mutation::Delete(line)]);
        Parts { form, ..Parts::of(KISO) }.check();
    }
}

/// So many lines one after the other.
fn numbered(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect::<Vec<_>>().concat()
}

#[test]
fn hostile_files_end_in_a_finding() {
    let laughs = numbered(40, |n| match n.checked_sub(1) {
        Some(before) => format!("a{n}: &a{n} [*a{before}, *a{before}]\n"),
        None => "a0: &a0 [x, x]\n".to_owned(),
    });
    let hostile = [
        ("nested flow lists", "[".repeat(300_000)),
        ("nested flow mappings", "{a: ".repeat(300_000)),
        ("nested block lists", "- ".repeat(300_000)),
        ("nested block mappings", numbered(2000, |n| format!("{}a:\n", " ".repeat(n)))),
        ("aliases of aliases", laughs),
        ("merge keys", "a: &a {b: c}\nd: {<<: *a}\n".repeat(2000)),
        ("quotes", "\"".repeat(1_000_000)),
        ("single quotes", "'".repeat(1_000_001)),
        ("an open quote", format!("a: \"{}", "x\n ".repeat(300_000))),
        ("dashes", "-".repeat(1_000_000)),
        ("dashes and line ends", "-\n".repeat(500_000)),
        ("colons", ":".repeat(1_000_000)),
        ("question marks", "? ".repeat(300_000)),
        ("exclamation marks", "!".repeat(1_000_000)),
        ("one long line", "あ".repeat(1_000_000)),
        ("many keys", numbered(200_001, |n| format!("k{n}: v\n"))),
        ("one key many times", "様式: 基礎項目評価書\n".repeat(20_000)),
        (
            "many unknown keys",
            format!("様式: 全項目評価書\n{}", numbered(15_000, |n| format!("項目{n}: x\n"))),
        ),
        (
            "a long value for a choice",
            format!(
                "様式: 基礎項目評価書\n関連情報: {{情報提供ネットワークシステムによる情報連携: {{実施の有無: {}}}}}\n",
                "実施".repeat(300_000)
            ),
        ),
        ("a long key", format!("様式: 基礎項目評価書\n\"{}\": x\n", "公表".repeat(500))),
        (
            "many findings on one line",
            format!("{{様式: 基礎項目評価書, {}}}", "評価書名: x, ".repeat(15_000)),
        ),
        ("control signs in a value", "様式: \"\\e[31m\\a\\b\\n\\r\\0 \"\n".to_owned()),
        ("comments", "# x\n".repeat(500_000)),
        ("tabs", "\t".repeat(1_000_000)),
        ("zeros", "\0".repeat(1_000_000)),
        ("documents", "---\n".repeat(300_000)),
        ("directives", "%a b\n".repeat(300_000)),
        ("carriage returns", "\r".repeat(1_000_000)),
        ("combining marks", format!("様式: あ{}\n", "\u{3099}".repeat(300_000))),
    ];
    for (name, text) in hostile {
        let bytes = text.into_bytes();
        let found = Parts { form: bytes.clone(), ..Parts::of(KISO) }.check();
        assert!(!found.is_empty(), "{name} as an assessment");
        assert!(!check_settings(&bytes).is_empty(), "{name} as settings");
        Parts { changes: bytes.clone(), ..Parts::of(KISO) }.check();
        Parts { prose: bytes, ..Parts::of(KISO) }.check();
    }
}

/// Headings without end, or links without end, in a Markdown file.
#[test]
fn hostile_markdown_ends() {
    for text in [
        "# Ⅱ.3.⑧ 使用方法\n".repeat(300),
        "# \n".repeat(100_000),
        format!("# Ⅱ.6.③ 消去方法\n\n{}", "[[".repeat(100_000)),
        format!("# Ⅱ.6.③ 消去方法\n\n{}", "[[Ⅱ.3.⑧]]".repeat(300)),
        format!("# {}\n", "Ⅱ.3.⑧ ".repeat(5_000)),
        format!("# Ⅱ.6.③ 消去方法\n\n{}", "> ".repeat(20_000)),
        format!("# Ⅱ.6.③ 消去方法\n\n{}", "*".repeat(100_000)),
    ] {
        Parts { prose: text.into_bytes(), ..Parts::of(FULL) }.check();
    }
}
