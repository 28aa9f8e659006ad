//! The JSON Schemas of authored files, judged by a validator of others: they are schemas, every good document is valid, every
//! spelling that the reader takes is valid, and what is wrong in its structure is not.

#![allow(clippy::unwrap_used, reason = "tests, in functions of their own")]

mod support;

use std::path::Path;

use jsonschema::Validator;
use kohyo::author::{NewAssessment, assessment_skeleton};
use kohyo::form::{Form, Kind, Node, fold, key_spellings};
use kohyo::read::{AssessmentSource, SourceFile};
use kohyo::schema::Subject;
use kohyo::{check, fs};
use serde_json::{Map, Value, json};

fn subjects() -> Vec<Subject> {
    let forms = Form::all().iter().map(Subject::Form);
    forms.chain([Subject::Municipality, Subject::Site, Subject::Changes]).collect()
}

fn validator(subject: Subject) -> Validator {
    jsonschema::draft202012::new(&subject.schema()).unwrap()
}

/// A file as others read it.
fn read(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

fn text_of(path: &Path) -> String {
    String::from_utf8(fs::read(path).unwrap()).unwrap()
}

fn complaints(validator: &Validator, document: &Value) -> Vec<String> {
    // To look for the reasons takes far longer than to look.
    if validator.is_valid(document) {
        return Vec::new();
    }
    validator.iter_errors(document).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

#[test]
fn every_schema_is_one() {
    for subject in subjects() {
        let schema = subject.schema();
        jsonschema::draft202012::meta::validate(&schema).unwrap();
        assert_eq!(schema["$id"], format!("urn:kohyo:schema:{}", subject.id()));
        assert_eq!(subject.text(), subject.text());
        assert!(subject.text().len() < 400_000, "{}: {}", subject.id(), subject.text().len());
    }
}

#[test]
fn subjects_have_the_names_of_the_forms() {
    for (name, id) in [
        ("全項目評価書", "zenkomoku-h30-05"),
        ("様式2", "kiso-r06-10"),
        ("kiso-h31-01", "kiso-h31-01"),
        ("juten", "juten-h30-05"),
        ("municipality.yaml", "municipality"),
        ("changes", "changes"),
    ] {
        assert_eq!(Subject::named(name).unwrap().id(), id);
    }
    assert!(Subject::named("評価書").is_none());
}

/// The subject of a content file by its name and its content.
fn subject_of(path: &Path, document: &Value) -> Option<Subject> {
    match path.file_name()?.to_str()? {
        "assessment.yaml" => {
            let editions = Form::named(document["様式"].as_str()?);
            let wanted = document["版"].as_str();
            editions.into_iter().find(|f| wanted.is_none_or(|w| f.head.edition == w)).map(Subject::Form)
        }
        name => Subject::named(name.strip_suffix(".yaml")?),
    }
}

#[test]
fn every_good_file_is_valid() {
    let mut seen = 0;
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    for root in [sample, support::base()] {
        for path in fs::files_below(&root).unwrap() {
            if path.extension().is_none_or(|e| e != "yaml") {
                continue;
            }
            let document = read(&text_of(&path));
            let subject = subject_of(&path, &document).unwrap();
            assert_eq!(complaints(&validator(subject), &document), [""; 0], "{}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}

/// A document with nothing but `value` under `key` at the place of a node.
fn document(form: &Form, node: &Node, key: &str, value: Value) -> Value {
    let mut at = node;
    let mut tree = Value::Object(Map::from_iter([(key.to_owned(), value)]));
    while let Some(parent) = at.parent.map(|ix| form.node(ix)) {
        if parent.id == "cover" {
            break;
        }
        if parent.repeat.is_some() {
            tree = json!([tree]);
        }
        tree = match parent.is_per_file() {
            true => json!([{ parent.label.clone(): tree[0] }]),
            false => json!({ parent.label.clone(): tree }),
        };
        at = parent;
    }
    if tree.is_array() {
        tree = json!({ form.files_key().unwrap(): tree });
    }
    if node.is_per_file() {
        tree = json!({ form.files_key().unwrap(): [tree] });
    }
    tree["様式"] = json!(form.head.short_title);
    tree["版"] = json!(form.head.edition);
    tree
}

/// The nodes that stand in `assessment.yaml`.
fn nodes(form: &Form) -> impl Iterator<Item = &Node> {
    form.nodes().iter().filter(|node| !form.is_change_part(node))
}

/// Spellings that the reader takes for the same key.
fn noisy(key: &str) -> Vec<String> {
    let wide = |c: char| match c {
        '!'..='~' => char::from_u32(u32::from(c) + 0xFEE0).unwrap(),
        c => c,
    };
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap(),
        c => c,
    };
    [
        key.to_owned(),
        key.chars().map(wide).collect(),
        key.chars().map(narrow).collect(),
        format!("{key}　※"),
        format!(" {key}"),
        key.replace('・', "･").replace('、', "，"),
    ]
    .into_iter()
    // A full-width comma is read as a Japanese one, so a number with it is another word.
    .filter(|spelt| fold(spelt) == fold(key))
    .collect()
}

#[test]
fn every_spelling_of_a_key_that_the_reader_takes_is_valid() {
    for form in Form::all() {
        let validator = validator(Subject::Form(form));
        for node in nodes(form) {
            for key in key_spellings(node).iter().flat_map(|key| noisy(key)) {
                let is_it = |n: &Node| n.ix == node.ix || n.label == node.label;
                // In another place the same words may name another item.
                let parent = node.parent.filter(|p| form.node(*p).id != "cover");
                assert!(form.by_key(parent, &key).is_some_and(is_it), "{key}");
                let document = document(form, node, &key, Value::Null);
                assert_eq!(complaints(&validator, &document), [""; 0], "{key}");
            }
        }
    }
}

#[test]
fn every_option_and_box_is_valid_in_every_spelling() {
    for form in Form::all() {
        let validator = validator(Subject::Form(form));
        let is_valid = |node: &Node, value: Value| {
            let document = document(form, node, &node.label, value);
            assert_eq!(complaints(&validator, &document), [""; 0], "{document}");
        };
        for node in nodes(form) {
            for (number, option) in form.options(node).iter().enumerate() {
                for text in noisy(&option.label).into_iter().chain(option.aliases.iter().cloned()) {
                    is_valid(node, json!(format!("{}）{text}。", number + 1)));
                    is_valid(node, json!(text));
                }
            }
            for found in form.boxes(node) {
                for text in noisy(&found.label) {
                    is_valid(node, json!([text]));
                }
                is_valid(node, json!([{ found.label.clone(): null }]));
                if found.text {
                    is_valid(node, json!([{ found.label.clone(): "別の課" }]));
                }
                if found.count.is_some() {
                    is_valid(node, json!([{ found.label.clone(): 3 }]));
                    is_valid(node, json!([{ found.label.clone(): "３件" }]));
                }
            }
            if node.kind == Kind::Flag {
                for word in ["はい", "いいえ", "○", "×", "該当", "ｙｅｓ"] {
                    is_valid(node, json!(word));
                }
                is_valid(node, json!(true));
            }
            if node.list {
                is_valid(node, json!("一つだけ"));
                is_valid(node, json!(["一つ", "二つ"]));
            }
            if node.kind == Kind::Count {
                is_valid(node, json!("1,000件"));
            }
        }
    }
}

#[test]
fn other_names_of_the_form_and_the_edition_are_valid() {
    for form in Form::all() {
        let validator = validator(Subject::Form(form));
        let head = &form.head;
        for style in [&head.short_title, &head.style, &head.title, &head.id, "　全項目"] {
            for edition in [&head.edition, &head.id, &head.edition_mark] {
                let is_named = Form::named(style).iter().any(|f| f.head.id == head.id);
                let document = json!({ "様式": style, "版": edition });
                assert_eq!(validator.is_valid(&document), is_named, "{document}");
            }
        }
        let newest = Form::named(form.kind())[0].head.id == head.id;
        assert_eq!(validator.is_valid(&json!({ "様式": head.short_title })), newest);
        assert!(!validator.is_valid(&json!({ "版": head.edition })));
        assert!(!validator.is_valid(&json!({ "様式": head.short_title, "版": "平成20年1月" })));
        assert!(!validator.is_valid(&json!({ "様式": "報告書", "版": head.edition })));
    }
}

/// What the check says about the structure of a document.
fn structural_codes(document: &Value) -> Vec<&'static str> {
    let source = AssessmentSource {
        dir: "1-a".to_owned(),
        number: "1".to_owned(),
        form: SourceFile::new("assessment.yaml", serde_yaml::to_string(document).unwrap()),
        prose: Vec::new(),
        changes: None,
        attachments: vec!["figures/a.svg".to_owned()],
    };
    let found = check::assessment(&source, check::Surroundings::unknown()).diagnostics;
    let is_structural = |code: &&str| ["KEY-", "VAL-", "REP-01", "FIG-"].iter().any(|c| code.starts_with(c));
    found.iter().map(|d| d.code.id()).filter(is_structural).collect()
}

/// Values of the wrong kind for an item, with what is wrong about them.
fn wrong_values(form: &Form, node: &Node) -> Vec<Value> {
    let boxes = form.boxes(node);
    let labels: Vec<_> = boxes.iter().map(|b| b.label.as_str()).collect();
    let mut wrong = match node.kind {
        Kind::Text if node.list => vec![json!([["一つ"]])],
        Kind::Text => vec![json!(["一つ"])],
        Kind::Date => vec![json!(["令和5年11月14日"]), json!({ "年": 5 })],
        Kind::Choice => vec![json!("どちらでもない"), json!([form.options(node)[0].label])],
        Kind::Count => vec![json!("二三件"), json!([2])],
        Kind::Flag => vec![json!("たぶん"), json!(["はい"])],
        Kind::Figure => vec![
            json!("figures/a.svg"),
            json!([{ "ファイル": "figures/a.svg", "代替テキスト": "図", "代替": "図" }]),
            json!([{ "ファイル": "figures/a.docx", "代替テキスト": "図" }]),
            json!([{ "ファイル": ["figures/a.svg"], "代替テキスト": "図" }]),
        ],
        Kind::Checks => vec![
            json!(labels[0]),
            json!(["どれでもない"]),
            json!([{ labels[0]: null, labels[1]: null }]),
            json!([[labels[0]]]),
            json!([labels[0], labels[0]]),
        ],
        Kind::Group => vec![json!("なし"), json!({ "見出しにない項目": null })],
        Kind::Repeat => vec![json!("なし"), json!(["なし"]), json!([{ "見出しにない項目": null }])],
        Kind::ItemRef => Vec::new(),
    };
    if let Some(plain) = boxes.iter().find(|b| !b.text && b.count.is_none()) {
        wrong.push(json!([{ plain.label.clone(): "書き添え" }]));
    }
    if let Some(alone) = boxes.iter().find(|b| b.exclusive) {
        wrong.push(json!([labels[0], alone.label]));
    }
    if let Some(max) = node.repeat.as_ref().and_then(|r| r.max) {
        wrong.push(Value::Array(vec![Value::Null; usize::from(max) + 1]));
    }
    if node.is_item() && !node.children.is_empty() {
        wrong.push(json!({ "見出しにない項目": null }));
    }
    wrong
}

#[test]
fn what_is_wrong_in_its_structure_is_invalid_as_the_check_says() {
    for form in Form::all() {
        let validator = validator(Subject::Form(form));
        for node in nodes(form) {
            for value in wrong_values(form, node) {
                let document = document(form, node, &node.label, value);
                assert!(!validator.is_valid(&document), "{}: {document}", node.id);
                assert!(!structural_codes(&document).is_empty(), "{}: {document}", node.id);
            }
        }
    }
}

#[test]
fn a_key_in_another_place_is_invalid() {
    for form in Form::all() {
        let validator = validator(Subject::Form(form));
        let skeleton = || {
            let new = NewAssessment { schema: "x.json", number: "1", title: "事務", agency: None };
            read(&assessment_skeleton(form, new))
        };
        assert_eq!(complaints(&validator, &skeleton()), [""; 0]);
        for node in nodes(form).filter(|n| form.by_key(None, &n.label).is_none()) {
            let mut document = skeleton();
            document[&node.label] = Value::Null;
            assert!(!validator.is_valid(&document), "{}", node.label);
        }
        // Sections of a file at the top, others in a file, changes anywhere.
        for section in form.sections().filter(|s| s.id != "cover") {
            let own_key = fold(&section.label);
            let mut document = skeleton();
            let place =
                match form.files_key().filter(|_| !section.is_per_file() && !form.is_change_part(section)) {
                    Some(files) => &mut document[files][0],
                    None if section.is_per_file() || form.is_change_part(section) => &mut document,
                    None => continue,
                };
            place[own_key] = Value::Null;
            assert!(!validator.is_valid(&document), "{}", section.label);
        }
    }
}

#[test]
fn settings_and_changes_are_described_as_well() {
    let is_valid = |subject: Subject, document: Value| validator(subject).is_valid(&document);
    let municipality = |key: &str, value: Value| {
        let mut fields = Map::new();
        fields.insert("name".to_owned(), json!("みほん市"));
        fields.insert(key.to_owned(), value);
        is_valid(Subject::Municipality, Value::Object(fields))
    };
    assert!(municipality("団体コード", json!("019984")));
    assert!(municipality("code", json!(19984)));
    assert!(!municipality("code", json!("01998")));
    assert!(municipality("authorities", json!("みほん市長")));
    assert!(!municipality("authorities", json!({ "名前": "みほん市長" })));
    assert!(municipality("agency_kind", json!("行政機関等")));
    assert!(!municipality("agency_kind", json!("市役所")));
    assert!(!municipality("website", json!("www.example.jp")));
    assert!(municipality("gov_agency", json!(false)));
    assert!(!municipality("gov_agency", json!("たぶん")));
    assert!(!municipality("names", Value::Null));
    assert!(is_valid(Subject::Site, json!({ "題名": "評価書", "as_of": "2026-11-21" })));
    assert!(!is_valid(Subject::Site, json!({ "title": ["評価書"] })));
    let row = |key: &str, value: Value| is_valid(Subject::Changes, json!([{ key: value }]));
    assert!(
        row("変更日", json!("令和5年11月14日")) && row("提出時期", json!("事前")) && row("id", json!("ii.1"))
    );
    assert!(!row("提出時期", json!("いつか")) && !row("変更", Value::Null));
    assert!(row("重要な変更の判断", json!("形式的な変更")) && !row("重要な変更の判断", json!("軽い変更")));
    assert!(
        row("取扱いの変更日", json!("令和5年11月14日")) && !row("取扱いの変更日", json!(["令和5年11月14日"]))
    );
    assert!(row("訂正の理由", json!("誤字")) && !row("訂正の理由", json!(["誤字"])));
    assert!(
        is_valid(Subject::Changes, Value::Null) && !is_valid(Subject::Changes, json!({ "変更日": null }))
    );
}

#[test]
fn administration_and_exceptions_are_described_as_well() {
    let form = &Form::all()[0];
    let validator = validator(Subject::Form(form));
    let is_valid = |key: &str, value: Value| {
        let document = json!({ "様式": form.head.short_title, key: value });
        let said = structural_codes(&document).is_empty();
        (validator.is_valid(&document), said)
    };
    let both = [
        ("管理情報", json!({ "実施区分": "再実施", "直近の見直し日": "令和5年11月14日" }), true),
        ("管理情報", json!({ "共同で実施する評価実施機関": ["みほん市教育委員会"] }), true),
        ("管理情報", Value::Null, true),
        ("管理情報", json!({ "実施区分": "変更" }), false),
        ("管理情報", json!({ "見直し": "令和5年11月14日" }), false),
        ("管理情報", json!(["再実施"]), false),
        (
            "意見募集",
            json!({ "開始日": "令和8年12月1日", "終了日": "2027-01-08", "宛先": "iken@example.jp", "説明": "案" }),
            true,
        ),
        ("意見募集", json!({ "期間": "12月" }), false),
        ("意見募集", json!("募集中"), false),
        (
            "検査の例外",
            json!([{ "コード": "FORM-05", "理由": "確かめた", "日付": "2026-04-01", "判断者": "課長" }]),
            true,
        ),
        ("検査の例外", json!([{ "検査": "FORM-05", "訳": "確かめた" }]), false),
        ("検査の例外", json!("FORM-05"), false),
    ];
    for (key, value, expected) in both {
        assert_eq!(is_valid(key, value.clone()), (expected, expected), "{key}: {value}");
    }
}

#[test]
fn the_command_writes_the_schema() {
    let sandbox = support::Sandbox::empty();
    let shown = sandbox.run(&["schema", "様式4"]);
    assert_eq!(shown.code, 0, "{}", shown.stderr);
    assert_eq!(shown.stdout, Subject::Form(&Form::all()[0]).text());
    let written = sandbox.run(&["schema", "kiso-h31-01", "--out", "a/b.json"]);
    assert_eq!((written.code, written.stdout.as_str()), (0, ""));
    assert_eq!(text_of(&sandbox.root().join("a/b.json")), Subject::named("kiso-h31-01").unwrap().text());
    let unknown = sandbox.run(&["schema", "様式9"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("使える名前: 全項目評価書、"), "{}", unknown.stderr);
}
