//! New folders to be filled in: what is made, what is refused, and that the check of a new document asks for exactly what the
//! form requires.

#![allow(clippy::unwrap_used, reason = "tests, in functions of their own")]

mod support;

use std::collections::BTreeSet;

use kohyo::author::{NewAssessment, assessment_skeleton};
use kohyo::form::{Entries, Form, Kind, Literal, Node, Otherwise, Presence, Slot, When};
use kohyo::read::{AssessmentSource, SourceFile};
use kohyo::schema::Subject;
use kohyo::{check, fs};
use serde_json::Value;
use support::{Run, Sandbox};

const DIR: &str = "content/019984-mihon";

fn text_of(sandbox: &Sandbox, path: &str) -> String {
    String::from_utf8(fs::read(&sandbox.root().join(path)).unwrap()).unwrap()
}

/// A folder with a new municipality that has one 評価実施機関.
fn municipality() -> Sandbox {
    let sandbox = Sandbox::empty();
    let run = sandbox.run(&["new", "municipality", DIR, "--code", "019984", "--name", "みほん市"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let file = format!("{DIR}/municipality.yaml");
    let text = text_of(&sandbox, &file);
    let text = text.replace("# authorities:", "authorities:").replace("#   - みほん市長", "  - みほん市長");
    fs::write(&sandbox.root().join(file), text).unwrap();
    sandbox
}

fn assessment(sandbox: &Sandbox, dir: &str, form: &Form) -> Run {
    let (style, edition) = (form.head.short_title.as_str(), form.head.edition.as_str());
    sandbox.run(&["new", "assessment", dir, "--form", style, "--edition", edition, "--name", "接種: 事務"])
}

/// One finding: its code, its line, and reference and label of the item.
struct Found {
    code: String,
    file: String,
    line: usize,
    item: (String, String),
}

fn findings(sandbox: &Sandbox, dir: &str) -> Vec<Found> {
    let run = sandbox.run(&["check", dir, "--format", "json", "--as-of", "2026-11-21"]);
    let all: Vec<Value> = serde_json::from_str(&run.stdout).unwrap();
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let found = |d: &Value| Found {
        code: text(&d["code"]),
        file: text(&d["file"]),
        line: usize::try_from(d["line"].as_u64().unwrap_or_default()).unwrap(),
        item: (text(&d["ref"]), text(&d["label"])),
    };
    all.iter().map(found).collect()
}

/// Whether a finding says that a required item is empty: the general rule, or one that speaks in its place for some items.
fn says_empty(code: &str) -> bool {
    let stands_in = |rule: &kohyo::rules::Rule| rule.instead_of.iter().any(|general| general == "REQ-01");
    code == "REQ-01" || kohyo::rules::catalogue().find(code).is_some_and(stands_in)
}

/// Whether a condition holds in a form of a 地方公共団体 in which nothing is answered; none where an answer is missing.
fn holds(form: &Form, when: &When) -> Option<bool> {
    match when {
        When::Any { any } => {
            let all: Vec<_> = any.iter().map(|w| holds(form, w)).collect();
            if all.contains(&Some(true)) { Some(true) } else { (!all.contains(&None)).then_some(false) }
        }
        When::All { all } => {
            let all: Vec<_> = all.iter().map(|w| holds(form, w)).collect();
            if all.contains(&Some(false)) { Some(false) } else { (!all.contains(&None)).then_some(true) }
        }
        When::Context { is, .. } => {
            Some(*is == Literal::Text("地方公共団体等".to_owned()) || *is == Literal::Flag(false))
        }
        // A flag that is not ticked says no.
        When::Item { item, is, is_not, .. } if form.by_id(item)?.kind == Kind::Flag => {
            Some(*is == Some(Literal::Flag(false)) || *is_not == Some(Literal::Flag(true)))
        }
        When::Derived { .. } | When::Item { .. } => None,
    }
}

/// Whether an empty item must be filled in although nothing else is.
fn is_required(form: &Form, node: &Node) -> bool {
    let line = form.ancestry(node.ix);
    let conditions_hold = line.iter().zip(line.iter().skip(1)).all(|(above, below)| {
        let of_items = above.items_when.as_ref().filter(|_| below.kind != Kind::Flag);
        above
            .when
            .iter()
            .chain(of_items)
            .all(|w| holds(form, w) == Some(true) || above.otherwise == Otherwise::Any)
    });
    let is_there = line.iter().all(|n| n.repeat.as_ref().is_none_or(|r| r.min > 0 && n.when.is_none()));
    let own = match (node.presence, &node.when) {
        (Presence::Required, None) => true,
        (Presence::Required | Presence::Conditional, Some(when)) => holds(form, when) == Some(true),
        _ => false,
    };
    own && conditions_hold && is_there && node.fixed_text.is_none()
}

/// The items that a new document lacks, from the data of the form alone.
fn required(form: &Form) -> BTreeSet<(String, String)> {
    let is_known = |node: &Node| {
        ["number", "title", "agency"].iter().any(|role| form.role(role).is_some_and(|n| n.ix == node.ix))
    };
    let named = |node: &Node| {
        let depth = form.repeat_depth(node.ix);
        let entries = (0..depth).fold(Entries::NONE, |entries, _| entries.enter(1));
        (form.reference(Slot { node: node.ix, entries }, 1), node.label.clone())
    };
    let items = form.nodes().iter().filter(|n| n.is_item() && !form.is_change_part(n) && !is_known(n));
    items.filter(|n| n.kind != Kind::Flag && is_required(form, n)).map(named).collect()
}

#[test]
fn a_new_assessment_lacks_exactly_what_the_form_requires() {
    let sandbox = municipality();
    for (number, form) in Form::all().iter().enumerate() {
        let dir = format!("{DIR}/{number}-jimu");
        let run = assessment(&sandbox, &dir, form);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let found = findings(&sandbox, &dir);
        let text = text_of(&sandbox, &format!("{dir}/assessment.yaml"));
        let lines: Vec<_> = text.lines().collect();
        for one in &found {
            assert!(says_empty(&one.code), "{} {:?}", one.code, one.item);
            // The key of the item itself, empty or with its own value below.
            let line = lines[one.line - 1];
            assert!(line.ends_with(':') && line.contains(&one.item.1), "{:?}: {line}", one.item);
        }
        let items: BTreeSet<_> = found.iter().map(|one| one.item.clone()).collect();
        assert_eq!(items.len(), found.len(), "one finding per item");
        let different: Vec<_> = required(form).symmetric_difference(&items).cloned().collect();
        assert!(different.is_empty(), "{}: {different:?}", form.head.id);
        assert!(found.len() > 20, "{}", form.head.id);
    }
    // Nothing is wrong with the files around the documents.
    let around = findings(&sandbox, "content");
    assert!(around.iter().all(|one| one.file.ends_with("/assessment.yaml")));
    let build = sandbox.run(&["build", "--content", "content"]);
    assert_eq!(build.code, 1, "{}", build.stderr);
    assert!(!sandbox.root().join("public").exists());
}

#[test]
fn files_lead_editors_to_their_schemas() {
    let sandbox = municipality();
    let form = Form::with_id("kiso-h31-01").unwrap();
    assessment(&sandbox, &format!("{DIR}/15-yobosesshu"), form);
    for (file, subject) in [
        ("content/site.yaml", Subject::Site),
        ("content/019984-mihon/municipality.yaml", Subject::Municipality),
        ("content/019984-mihon/15-yobosesshu/assessment.yaml", Subject::Form(form)),
        ("content/019984-mihon/15-yobosesshu/changes.yaml", Subject::Changes),
    ] {
        let text = text_of(&sandbox, file);
        let path = text.lines().next().unwrap().strip_prefix("# yaml-language-server: $schema=").unwrap();
        let place = sandbox.root().join(file).parent().unwrap().join(path);
        let schema = String::from_utf8(fs::read(&place).unwrap()).unwrap();
        assert_eq!(schema, subject.text(), "{file}");
        let document: Value = serde_yaml::from_str(&text).unwrap();
        assert!(jsonschema::is_valid(&subject.schema(), &document), "{file}: {document}");
    }
    let text = text_of(&sandbox, "content/019984-mihon/15-yobosesshu/assessment.yaml");
    for line in ["評価書番号: \"15\"", "評価書名: \"接種: 事務\"", "評価実施機関名: みほん市長"]
    {
        assert!(text.lines().any(|l| l == line), "{line}");
    }
}

#[test]
fn the_next_steps_are_told() {
    let sandbox = municipality();
    let run = sandbox.run(&[
        "new",
        "assessment",
        "content/019984-mihon/15-a",
        "--form",
        "様式2",
        "--number",
        "15",
        "--name",
        "事務",
    ]);
    insta::assert_snapshot!(run.stdout);
}

fn refused(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let before = fs::files_below(sandbox.root()).unwrap();
    let run = sandbox.run(&[&["new"], arguments].concat());
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert_eq!(fs::files_below(sandbox.root()).unwrap(), before);
    run.stderr.trim_end().to_owned()
}

#[test]
fn a_municipality_is_refused_with_what_to_do() {
    let sandbox = municipality();
    let mut said = Vec::new();
    let refused = |dir: &str, more: &[&str]| refused(&sandbox, &[&["municipality", dir], more].concat());
    said.push(refused("content/mihon", &["--code", "019984"]));
    said.push(refused("content/019984-みほん", &[]));
    said.push(refused("content/019983-mihon", &[]));
    said.push(refused("content/011002-mihon", &["--code", "01100"]));
    said.push(refused("content/011002-mihon", &["--code", "019984"]));
    said.push(refused(DIR, &[]));
    said.push(refused("content/019984-other", &[]));
    said.push(refused("content/019984-mihon/011002-a", &[]));
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn an_assessment_is_refused_with_what_to_do() {
    let sandbox = municipality();
    fs::write(&sandbox.root().join("content/011002-none/memo.txt"), "").unwrap();
    let mut said = Vec::new();
    let refused = |dir: &str, form: &str, more: &[&str]| {
        refused(&sandbox, &[&["assessment", dir, "--form", form, "--name", "事務"], more].concat())
    };
    said.push(refused("content/15-a", "様式2", &[]));
    said.push(refused("content/011002-none/15-a", "様式2", &[]));
    said.push(refused("content/019984-mihon/yobosesshu", "様式2", &[]));
    said.push(refused("content/019984-mihon/15-予防接種", "様式2", &["--number", "15"]));
    said.push(refused("content/019984-mihon/15-a", "様式2", &["--number", "16"]));
    said.push(refused("content/019984-mihon/15-a", "様式9", &[]));
    said.push(refused("content/019984-mihon/15-a", "様式2", &["--edition", "令和5年1月"]));
    assert_eq!(assessment(&sandbox, "content/019984-mihon/15-a", &Form::all()[0]).code, 0);
    said.push(refused("content/019984-mihon/15-a", "様式2", &[]));
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn folders_may_be_named_from_within() {
    let sandbox = municipality();
    for (from, dir, made) in [
        (DIR, "15-a", "content/019984-mihon/15-a/assessment.yaml"),
        (DIR, "./16-a/", "content/019984-mihon/16-a/assessment.yaml"),
        ("content", "019984-mihon/17-a", "content/019984-mihon/17-a/assessment.yaml"),
    ] {
        let run = assert_cmd::Command::new(env!("CARGO_BIN_EXE_kohyo"))
            .current_dir(sandbox.root().join(from))
            .args(["new", "assessment", dir, "--form", "様式2", "--name", "事務"])
            .output()
            .unwrap();
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        assert!(sandbox.root().join(made).is_file(), "{made}");
    }
    assert!(sandbox.root().join("content/.schema/kiso-r06-10.json").is_file());
    let schemas = fs::files_below(sandbox.root()).unwrap();
    let stray = schemas.iter().filter(|p| p.extension().is_some_and(|e| e == "json"));
    assert!(stray.into_iter().all(|p| p.starts_with(sandbox.root().join("content/.schema"))));
}

/// A skeleton in which somebody has written behind every key, and made use of every example where `all`.
fn filled(form: &Form, all: bool) -> String {
    let new =
        NewAssessment { schema: "x.json", number: "1", title: "事務", agency: Some("みほん市長") };
    let skeleton = assessment_skeleton(form, new);
    let lines: Vec<_> =
        skeleton.lines().map(|line| if all { uncommented(form, line) } else { line.to_owned() }).collect();
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '-']).len();
    let mut out = String::new();
    let mut path: Vec<(usize, String)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        out.push_str(line);
        let key = line.trim_start_matches([' ', '-']).trim_end_matches(':');
        if line.trim_start().starts_with('#') || !line.ends_with(':') {
            out.push('\n');
            continue;
        }
        path.retain(|(outer, _)| *outer < indent(line));
        path.push((indent(line), key.trim_matches('"').to_owned()));
        let next = lines[at + 1..].iter().find(|l| !l.trim_start().starts_with('#') && !l.trim().is_empty());
        if next.is_some_and(|next| indent(next) > indent(line)) {
            out.push('\n');
            continue;
        }
        out.push_str(&value(form, &path, indent(line) + 2));
        out.push('\n');
    }
    out
}

/// An example without its comment sign; boxes that must be alone stay comments.
fn uncommented(form: &Form, line: &str) -> String {
    let Some((blanks, text)) = line.split_once("# ").filter(|(blanks, _)| blanks.trim().is_empty()) else {
        return line.to_owned();
    };
    let is_alone =
        form.check_sets().any(|(_, boxes)| boxes.iter().any(|b| b.exclusive && text.ends_with(&b.label)));
    let is_example =
        text.trim_start().starts_with("- ") || text.ends_with(':') || text.trim_start().starts_with("# ");
    if is_example && !is_alone { format!("{blanks}{text}") } else { line.to_owned() }
}

/// What somebody may write behind the key at the end of a path.
fn value(form: &Form, path: &[(usize, String)], indent: usize) -> String {
    let text = format!(" |\n{0}一行目\n\n{0}- 二行目: # これも文章", " ".repeat(indent));
    let mut parent = None;
    let mut node: Option<&Node> = None;
    for (_, key) in path.iter().filter(|(_, key)| Some(key.as_str()) != form.files_key()) {
        let only_repeat = node.and_then(|n| form.children(n).find(|c| c.kind == Kind::Repeat));
        let found = form.by_key(parent, key).or_else(|| form.by_key(only_repeat.map(|r| r.ix), key));
        let Some(found) = found else { break };
        (parent, node) = (Some(found.ix), Some(found));
    }
    let Some(node) = node else { return String::new() };
    let is_own = path.last().is_some_and(|(_, key)| {
        key == "選択" || key == "内容" || form.by_key(node.parent, key).is_some_and(|n| n.ix == node.ix)
    });
    match node.kind {
        _ if !is_own => String::new(),
        Kind::Choice => format!(" {}", form.options(node)[0].label),
        Kind::Date => " 令和5年11月14日".to_owned(),
        Kind::Count => " 1".to_owned(),
        Kind::Flag => " いいえ".to_owned(),
        Kind::Checks => format!("\n{}- {}", " ".repeat(indent), form.boxes(node)[0].label),
        Kind::Figure | Kind::Group | Kind::Repeat => String::new(),
        _ => text,
    }
}

#[test]
fn a_skeleton_that_is_written_into_has_no_faults_of_structure() {
    for form in Form::all() {
        for all in [false, true] {
            let text = filled(form, all);
            let source = AssessmentSource {
                dir: "1-a".to_owned(),
                number: "1".to_owned(),
                form: SourceFile::new("assessment.yaml", text.clone()),
                prose: Vec::new(),
                changes: None,
                attachments: vec!["figures/図の名前.svg".to_owned()],
            };
            let checked = check::assessment(&source, check::Surroundings::unknown());
            let is_structural =
                |code: &str| ["YAML-", "KEY-", "VAL-", "EDITION-"].iter().any(|c| code.starts_with(c));
            let found: Vec<_> = checked.diagnostics.iter().filter(|d| is_structural(d.code.id())).collect();
            assert!(found.is_empty(), "{}\n{found:#?}\n{text}", form.head.id);
            let answers = checked.assessment.unwrap().answers;
            // No comment was taken for text.
            let texts: Vec<_> =
                answers.values().map(|(_, v)| format!("{v:?}")).filter(|v| v.contains('#')).collect();
            assert!(texts.len() > 5);
            assert!(
                texts.iter().all(|t| t.contains("二行目: # これも文章") && t.matches('#').count() == 1),
                "{texts:#?}"
            );
            let document: Value = serde_yaml::from_str(&text).unwrap();
            assert!(jsonschema::is_valid(&Subject::Form(form).schema(), &document), "{}", form.head.id);
        }
    }
}
