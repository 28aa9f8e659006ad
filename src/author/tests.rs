use proptest::prelude::*;

use super::tree::{Entry, Tree, file_of_map};
use super::*;
use crate::assessment::{
    AgencyKind, Answers, Change, Colors, Decision, Figure, ItemRef, Judgement, Logo, Look, Municipality,
    NamedLink, SiteSettings, Tick, Value,
};
use crate::check::{self, Surroundings};
use crate::codes::MunicipalityCode;
use crate::color::Color;
use crate::form::{Entries, Form, Kind, Node, Slot};
use crate::read::{AssessmentSource, Data, SourceFile, Yaml, parse};
use crate::wareki::CivilDate;

/// An answer for every item of a form, with `number` in its text, in two entries of every repeat.
fn filled(form: &'static Form) -> Answers {
    let mut answers = Answers::new(form);
    for node in form.nodes().iter().filter(|node| node.is_item() && !form.is_change_part(node)) {
        let depth = form.repeat_depth(node.ix);
        let places = (0..2_u16.pow(u32::try_from(depth).unwrap()))
            .map(|at| (0..depth).fold(Entries::NONE, |entries, level| entries.enter(1 + (at >> level) % 2)));
        for entries in places {
            answers.set(Slot { node: node.ix, entries }, sample(form, node));
        }
    }
    answers
}

fn sample(form: &Form, node: &Node) -> Value {
    match node.kind {
        Kind::Date => Value::Date(CivilDate::from_ymd(2023, 11, 14).unwrap()),
        Kind::Choice => Value::Choice(form.options(node)[0].label.clone()),
        Kind::Checks => {
            let boxes = form.boxes(node).iter().filter(|b| !b.exclusive);
            let tick = |b: &crate::form::CheckBox| Tick {
                label: b.label.clone(),
                text: b.text.then(|| "電子: 申請 #1".to_owned()),
            };
            Value::Checks(boxes.map(tick).collect())
        }
        Kind::Count => Value::Count(2),
        Kind::Flag => Value::Flag(node.ix.position().is_multiple_of(2)),
        Kind::Figure => Value::Figures(vec![Figure {
            file: "figures/flow.svg".to_owned(),
            alternative: "住民から窓口へ\n窓口から台帳へ".to_owned(),
            caption: Some("図1".to_owned()),
        }]),
        _ => Value::Text(format!("{}の説明。\n\n1. 一つ目\n2. 二つ目", node.label)),
    }
}

fn read(answers: &Answers, changes: Option<&str>) -> check::Checked {
    let source = AssessmentSource {
        dir: "15-a".to_owned(),
        number: "15".to_owned(),
        form: SourceFile::new("assessment.yaml", assessment_yaml(answers)),
        prose: Vec::new(),
        changes: changes.map(|text| SourceFile::new("changes.yaml", text)),
        attachments: vec!["figures/flow.svg".to_owned()],
    };
    check::assessment(&source, Surroundings::unknown())
}

#[track_caller]
fn check_identity(answers: &Answers) {
    let checked = read(answers, None);
    let unreadable: Vec<_> = checked.diagnostics.iter().filter(|d| d.code.id().starts_with("YAML")).collect();
    assert!(unreadable.is_empty(), "{unreadable:#?}\n{}", assessment_yaml(answers));
    let again = checked.assessment.unwrap().answers;
    let written: Vec<_> = answers.values().map(|(slot, value)| (answers.path(slot), value)).collect();
    // What the form prints in a cell is there without being written.
    let is_printed =
        |slot: Slot| answers.get(slot).is_none() && answers.form().node(slot.node).fixed_text.is_some();
    let values = again.values().filter(|(slot, _)| !is_printed(*slot));
    let read: Vec<_> = values.map(|(slot, value)| (again.path(slot), value)).collect();
    assert_eq!(read, written);
    for node in answers.form().nodes().iter().filter(|n| n.repeat.is_some()) {
        let around = answers.form().repeat_depth(node.ix) - 1;
        for file in 1..=if around > 0 { answers.files() } else { 1 } {
            let entries = if around > 0 { Entries::NONE.enter(file) } else { Entries::NONE };
            assert_eq!(again.count(node, entries), answers.count(node, entries), "{}", node.id);
        }
    }
}

#[test]
fn a_full_form_of_every_edition_reads_back() {
    for form in Form::all() {
        check_identity(&filled(form));
    }
}

#[test]
fn every_key_names_its_node() {
    for form in Form::all() {
        for node in form.nodes() {
            let key = assessment::key(node);
            assert_eq!(form.by_key(node.parent, &key).map(|n| &n.id), Some(&node.id), "{key}");
        }
    }
}

fn set(answers: &mut Answers, path: &str, value: Value) {
    let slot = answers.form().slot(path).unwrap();
    answers.set(slot, value);
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn small() -> Answers {
    let mut answers = Answers::new(Form::with_id("zenkomoku-h30-05").unwrap());
    let tick =
        |label: &str, text: Option<&str>| Tick { label: label.to_owned(), text: text.map(str::to_owned) };
    set(&mut answers, "cover.number", text("15"));
    set(&mut answers, "cover.name", text("公園利用に関する事務 全項目評価書"));
    set(&mut answers, "cover.publication-date", Value::Date(CivilDate::from_ymd(2023, 11, 14).unwrap()));
    set(&mut answers, "i.1.content", text("次の事務を行う。\n\n1. 受付\n  2. 台帳"));
    set(&mut answers, "i.2.system[1].name", text("台帳: 管理"));
    let connections = vec![tick("庁内連携システム", None), tick("その他", Some("電子申請"))];
    set(&mut answers, "i.2.system[1].connections", Value::Checks(connections));
    set(&mut answers, "i.2.system[3].connections", Value::Checks(Vec::new()));
    set(&mut answers, "app1.remarks", text("図のとおり"));
    set(&mut answers, "ii[2].2.field-count", Value::Choice("10項目未満".to_owned()));
    set(&mut answers, "ii[2].2.field-count.main-fields", Value::Checks(vec![tick("個人番号", None)]));
    set(&mut answers, "ii[2].3.usage", text("抽出する。"));
    set(&mut answers, "ii[2].4.outsourcing", Value::Choice("委託する".to_owned()));
    set(&mut answers, "ii[2].4.outsourcing.count", Value::Count(1));
    set(&mut answers, "ii[2].4.contract[1].name", text("入力"));
    set(&mut answers, "iii[2].2.risk1.adequacy", Value::Unfit("十分".to_owned()));
    answers
}

#[test]
fn the_file_reads_like_the_form() {
    let expected = "\
様式: 全項目評価書
版: 平成30年5月
評価書番号: \"15\"
評価書名: 公園利用に関する事務 全項目評価書
公表日: 令和5年11月14日

基本情報:
  特定個人情報ファイルを取り扱う事務:
    事務の内容: |
      次の事務を行う。

      1. 受付
        2. 台帳

  特定個人情報ファイルを取り扱う事務において使用するシステム:
    - システムの名称: \"台帳: 管理\"
      他のシステムとの接続:
        - 庁内連携システム
        - その他: 電子申請

    - {}

    - 他のシステムとの接続: []

（別添1）事務の内容:
  （備考）: 図のとおり

特定個人情報ファイル:
  - {}

  - 特定個人情報ファイルの概要:
      基本情報:
        記録される項目:
          選択: 10項目未満
          主な記録項目:
            - 個人番号

      特定個人情報の入手・使用:
        使用方法: 抽出する。

      特定個人情報ファイルの取扱いの委託:
        委託の有無:
          選択: 委託する
          件数: 1

        委託事項:
          - 委託事項の名称: 入力

    特定個人情報ファイルの取扱いプロセスにおけるリスク対策:
      特定個人情報の入手（情報提供ネットワークシステムを通じた入手を除く。）:
        リスク1：目的外の入手が行われるリスク:
          リスクへの対策は十分か: 十分
";
    assert_eq!(assessment_yaml(&small()), expected);
    check_identity(&small());
}

fn change(item: &str, slot: Option<Slot>, date: Option<CivilDate>) -> Change {
    Change {
        date,
        date_text: "平成30年13月".to_owned(),
        item: ItemRef { text: item.to_owned(), slot },
        before: String::new(),
        after: "新しい記載\n二行目".to_owned(),
        timing: "事後".to_owned(),
        explanation: "-".to_owned(),
        judgement: Judgement::default(),
    }
}

#[test]
fn changes_have_the_official_columns() {
    let form = Form::with_id("kiso-h31-01").unwrap();
    let node = form.nodes().iter().find(|n| n.is_item() && n.depth > 1).unwrap();
    let changes = [
        change("Ⅰ.1.①", Some(Slot::plain(node.ix)), CivilDate::from_ymd(2019, 5, 1)),
        change("どこか", None, None),
    ];
    let after =
        "  変更後の記載: |\n    新しい記載\n    二行目\n  提出時期: 事後\n  提出時期に係る説明: \"-\"\n";
    assert_eq!(
        changes_yaml(&changes, form, true),
        format!(
            "- 変更日: 令和元年5月1日\n  項目: Ⅰ.1.①\n  id: {}\n{after}\n- 変更日: 平成30年13月\n  項目: どこか\n{after}",
            node.id
        )
    );
    assert!(!changes_yaml(&changes, form, false).contains("id:"));
    assert_eq!(changes_yaml(&[], form, true), "[]\n");
    let again = read(&Answers::new(form), Some(&changes_yaml(&changes[..1], form, true)));
    let mut expected = changes[0].clone();
    expected.date_text = "令和元年5月1日".to_owned();
    assert_eq!(again.assessment.unwrap().changes, [expected]);
}

#[test]
fn what_was_decided_about_a_change_stands_behind_its_columns() {
    let form = Form::with_id("zenkomoku-h30-05").unwrap();
    let mut row = change("Ⅱ.6.① 保管場所", form.slot("ii.6.place"), CivilDate::from_ymd(2025, 3, 14));
    row.date_text = "令和7年3月14日".to_owned();
    row.judgement = Judgement {
        decision: Some(Decision::Neutral),
        effective: CivilDate::from_ymd(2025, 4, 1),
        correction: Some("庁舎の名前の誤記".to_owned()),
    };
    let yaml = changes_yaml(std::slice::from_ref(&row), form, false);
    let end = "\n  重要な変更の判断: リスクを相当程度変動させない変更\n  取扱いの変更日: 令和7年4月1日\n  訂正の理由: 庁舎の名前の誤記\n";
    assert!(yaml.ends_with(end), "{yaml}");
    let again = read(&Answers::new(form), Some(&yaml));
    assert_eq!(again.assessment.unwrap().changes, [row]);
}

#[test]
fn a_change_of_a_later_file_names_the_file() {
    let form = Form::with_id("zenkomoku-h30-05").unwrap();
    let changes = ["ii.3.usage", "ii[2].3.usage"].map(|path| change(path, form.slot(path), None));
    let yaml = changes_yaml(&changes, form, true);
    assert!(yaml.contains("id: ii[1].3.usage\n") && yaml.contains("id: ii[2].3.usage\n"), "{yaml}");
    assert!(changes_yaml(&changes[..1], form, true).contains("id: ii.3.usage\n"));
}

#[test]
fn settings_read_back() {
    let municipality = Municipality {
        dir: "019984-example".to_owned(),
        code: MunicipalityCode::parse("019984").unwrap(),
        name: "みほん市".to_owned(),
        kana: Some("みほんし".to_owned()),
        prefecture: "北海道".to_owned(),
        authorities: vec!["みほん市長".to_owned(), "みほん市教育委員会".to_owned()],
        website: Some("https://www.city.example.jp/".to_owned()),
        inquiry: Some("総務課\n電話: 0123".to_owned()),
        agency_kind: AgencyKind::Administrative,
        gov_agency: false,
    };
    let yaml = municipality_yaml(&municipality);
    assert!(yaml.starts_with("code: \"019984\"\nname: みほん市\n"), "{yaml}");
    let (again, found) =
        check::municipality(&SourceFile::new("m.yaml", yaml.clone()), "019984-example", "019984");
    assert_eq!((municipality_yaml(&again), found), (yaml, Vec::new()));

    let site = SiteSettings {
        title: "みほん市の評価書".to_owned(),
        base_url: Some("https://www.city.example.jp/pia/".to_owned()),
        publisher: None,
        contact: Some("総務課".to_owned()),
        accessibility: Some("読み上げの窓口があります。".to_owned()),
        theme: "_theme".to_owned(),
        look: Look {
            light: Colors {
                accent: Color::parse("#0a6b3f"),
                link: Color::parse("#00118f"),
                ..Colors::default()
            },
            dark: Colors { visited: Color::parse("#ffccff"), ..Colors::default() },
            logo: Some(Logo { file: "logo.svg".to_owned(), alternative: "みほん市: 市章".to_owned() }),
            header_links: vec![NamedLink {
                label: "市のホームページ".to_owned(),
                url: "https://www.city.example.jp/".to_owned(),
            }],
            footer_links: Vec::new(),
        },
        as_of: None,
        license: Some("CC BY 4.0".to_owned()),
    };
    let yaml = site_yaml(&site);
    let (again, found) = check::site(&SourceFile::new("site.yaml", yaml.clone()));
    assert_eq!((site_yaml(&again.unwrap()), found), (yaml, Vec::new()));
}

/// Texts that are something else to YAML, and pieces that make them up.
fn nasty() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\t",
        "\r",
        "\r\n",
        "- ",
        "-",
        ": ",
        ":",
        " #",
        "#",
        "\"",
        "'",
        "\\",
        "|",
        ">",
        "&a",
        "*a",
        "!t",
        "%",
        "@",
        "`",
        "{",
        "}",
        "[",
        "]",
        ",",
        "?",
        "? ",
        "---",
        "...",
        "~",
        "null",
        "Null",
        "true",
        "No",
        "1",
        "0x1F",
        "1_000",
        "1e3",
        ".5",
        "12:30:45",
        "2023-11-14",
        "=",
        "<<",
        "\u{2028}",
        "\u{2029}",
        "\u{85}",
        "\u{FEFF}",
        "\u{0}",
        "\u{7}",
        "\u{1B}",
        "\u{7F}",
        "\u{9F}",
        "\u{A0}",
        "\u{3000}",
        "\u{200B}",
        "あ",
        "漢字",
        "：",
        "😀",
        "𠮷",
        "か\u{3099}",
        "a",
        "\u{FFFE}",
    ];
    let piece = prop_oneof![
        6 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => "[あ-ん。、]{70,90}"
    ];
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}

/// A text as a reader of the content gets it, by the rule of the module: without the line break of a block.
fn as_read(scalar: &str) -> &str {
    scalar.strip_suffix('\n').unwrap_or(scalar)
}

fn ours(yaml: &Yaml, into: &mut Vec<String>) {
    match &yaml.data {
        Data::Null => panic!("a text became nothing"),
        Data::Scalar(text) => into.push(as_read(text).to_owned()),
        Data::List(items) => items.iter().for_each(|item| ours(item, into)),
        Data::Map(entries) => {
            for (key, value) in entries {
                into.push(key.text.clone());
                ours(value, into);
            }
        }
    }
}

fn theirs(yaml: &serde_yaml::Value, into: &mut Vec<String>) {
    match yaml {
        serde_yaml::Value::String(text) => into.push(as_read(text).to_owned()),
        serde_yaml::Value::Sequence(items) => items.iter().for_each(|item| theirs(item, into)),
        serde_yaml::Value::Mapping(entries) => {
            for (key, value) in entries {
                into.push(key.as_str().unwrap().to_owned());
                theirs(value, into);
            }
        }
        other => panic!("a text became {other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_reads_back_with_two_parsers(texts in prop::collection::vec(nasty(), 5)) {
        let [a, b, c, d, e] = texts.as_slice() else { unreachable!() };
        // Keys are labels: one line, and short of the 1,024 bytes that YAML allows.
        let key: String = format!("k{}", d.replace('\n', " ")).chars().take(200).collect();
        let list = Tree::List {
            items: vec![
                Tree::Text(a.clone()),
                Tree::Map(vec![Entry::text(key.clone(), b), Entry::text("z", a)]),
                Tree::Text(e.clone()),
            ],
            is_apart: true,
        };
        let entries = [Entry::text("あ", c), Entry::new("い", list), Entry::text("う", d)];
        let expected = ["あ", c, "い", a, &key, b, "z", a, e, "う", d].map(str::to_owned);
        let yaml = file_of_map(&entries);

        let (root, found) = parse(&SourceFile::new("t.yaml", yaml.clone()));
        prop_assert!(found.is_empty(), "{:?}\n{}", found, yaml);
        let mut read = Vec::new();
        ours(&root.unwrap(), &mut read);
        prop_assert_eq!(&read[..], &expected[..], "{}", yaml);

        let mut read = Vec::new();
        theirs(&serde_yaml::from_str(&yaml).unwrap(), &mut read);
        prop_assert_eq!(&read[..], &expected[..], "{}", yaml);
    }
}
