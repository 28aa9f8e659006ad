use super::*;
use crate::assessment::sample::assessment;

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn choice(label: &str) -> Value {
    Value::Choice(label.to_owned())
}

fn checks(ticks: &[(&str, Option<&str>)]) -> Value {
    let tick = |(label, text): &(&str, Option<&str>)| Tick {
        label: (*label).to_owned(),
        text: text.map(str::to_owned),
    };
    Value::Checks(ticks.iter().map(tick).collect())
}

/// What a file needs to have a flow, with the index of the file.
fn file(n: u16, department: &str) -> Vec<(String, Value)> {
    let at = |item: &str| format!("ii[{n}].{item}");
    vec![
        (at("1"), text(&format!("見本ファイル{n}"))),
        (at("3.source"), checks(&[("本人又は本人の代理人", None), ("その他", Some("- 甲課\n- 乙課"))])),
        (at("3.method"), checks(&[("紙", None), ("専用線", None), ("その他", Some("窓口の端末"))])),
        (at("3.user.department"), text(department)),
    ]
}

fn of(values: &[(String, Value)]) -> Vec<(&str, Value)> {
    values.iter().map(|(path, value)| (path.as_str(), value.clone())).collect()
}

#[test]
fn a_flow_has_what_the_structured_items_say() {
    let mut values = file(1, "見本課");
    let more = [
        ("cover.agency", text("みほん市長")),
        ("i.2.system[1].name", text("見本システム")),
        ("i.2.system[2].name", text("―")),
        ("ii[1].4.outsourcing", choice("委託する")),
        ("ii[1].4.contract[1].name", text("保守")),
        ("ii[1].4.contract[1].contractor", text("株式会社みほん")),
        ("ii[1].4.contract[1].handover-method", checks(&[("紙", None)])),
        ("ii[1].4.contract[1].resub.use", choice("再委託する")),
        ("ii[1].4.contract[2].name", text("印刷")),
        ("ii[1].4.contract[2].resub.use", choice("再委託しない")),
        ("ii[1].5.recipient[1].name", text("国の機関")),
        ("ii[1].5.recipient[1].method", Value::Unfit("伝書鳩".to_owned())),
    ];
    values.extend(more.map(|(path, value)| (path.to_owned(), value)));
    let assessment = assessment("zenkomoku-h30-05", &of(&values));
    let [flow] = flows(&assessment).try_into().unwrap();

    assert_eq!(flow.agency.as_deref(), Some("みほん市長"));
    assert_eq!(flow.files[0].name.as_ref().map(|name| name.text.as_ref()), Some("見本ファイル1"));
    let sources: Vec<_> = flow.inflow.sources.iter().map(|s| (s.label, s.text.as_deref())).collect();
    assert_eq!(sources, [("本人又は本人の代理人", None), ("その他", Some("甲課、乙課"))]);
    let carriers: Vec<_> = flow.inflow.travel.ways.iter().map(|way| way.carrier).collect();
    assert_eq!(carriers, [Carrier::Hand, Carrier::Line, Carrier::Other]);
    assert_eq!(flow.systems.iter().map(|s| s.text.as_ref()).collect::<Vec<_>>(), ["見本システム"]);

    let [contractors, recipients, transferees] = &flow.outflows;
    let again: Vec<_> = contractors.parties.iter().map(|p| p.again.as_ref().unwrap().is_done).collect();
    assert_eq!(again, [true, false]);
    assert!(contractors.parties[1].name.is_none(), "nobody is named");
    // What is no option of the form is still said.
    let way = &recipients.parties[0].travel.ways[0];
    assert_eq!((way.label, way.carrier), ("伝書鳩", Carrier::Other));
    assert!(transferees.parties.is_empty() && transferees.none.is_none());
}

#[test]
fn files_with_the_same_flow_have_one() {
    let values = [file(1, "甲課"), file(2, "乙課"), file(3, "甲課")].concat();
    let assessment = assessment("zenkomoku-h30-05", &of(&values));
    let files = |flow: &Flow<'_>| flow.files.iter().map(|file| file.number).collect::<Vec<_>>();
    assert_eq!(flows(&assessment).iter().map(files).collect::<Vec<_>>(), [vec![1, 3], vec![2]]);
}

#[test]
fn that_nothing_goes_anywhere_is_said_in_the_words_of_the_form() {
    let mut values = file(1, "甲課");
    values.push(("ii[1].4.outsourcing".to_owned(), choice("委託しない")));
    values.push(("ii[1].5.provision".to_owned(), checks(&[("行っていない", None)])));
    let assessment = assessment("juten-h30-05", &of(&values));
    let flow = &flows(&assessment)[0];
    let none: Vec<_> = flow.outflows.iter().map(|o| o.none.as_ref().map(|fact| fact.text.as_ref())).collect();
    assert_eq!(none, [Some("委託しない"), Some("行っていない"), Some("行っていない")]);
}

#[test]
fn a_form_without_these_items_has_no_flow() {
    for form in ["kiso-r06-10", "kiso-h31-01"] {
        let assessment =
            assessment(form, &[("i.1.systems", text("見本システム")), ("i.2", text("見本ファイル"))]);
        assert!(flows(&assessment).is_empty(), "{form}");
    }
    assert!(flows(&assessment("zenkomoku-h30-05", &[])).is_empty());
}

/// A box that is not known to be sent or carried is drawn as その他, so each edition has to name all of its others.
#[test]
fn every_edition_says_what_carries_its_means() {
    for form in Form::all() {
        let carriers = &form.head.carriers;
        let roles = ["obtain-method", "handover-method", "recipient-method", "transferee-method"];
        let nodes = roles.iter().filter_map(|role| form.role(role));
        let boxes: Vec<_> = nodes.flat_map(|node| form.boxes(node)).filter(|b| !b.text).collect();
        for key in boxes.iter().map(|b| &b.key) {
            assert!(carriers.line.contains(key) != carriers.hand.contains(key), "{}: {key}", form.head.id);
        }
        for key in carriers.line.iter().chain(&carriers.hand) {
            assert!(boxes.iter().any(|b| b.key == *key), "{}: no box {key}", form.head.id);
        }
    }
}

#[test]
fn lines_of_a_text_become_one() {
    assert_eq!(one_line("甲課\n乙課"), "甲課、乙課");
    assert_eq!(one_line("- 甲課\n- 乙課、\n\n・丙課"), "甲課、乙課、丙課");
    let full = "とても長い行は、紙の幅でいっぱいになって途中で折り返されたと考えられ";
    assert_eq!(one_line(&format!("{full}\nる。")), format!("{full}る。"));
    assert_eq!(one_line(" \n"), "");
}

#[test]
fn prose_has_no_markup() {
    for (typed, shown) in [
        ("甲課\n乙課", "甲課、乙課"),
        ("- 甲課\n- **乙課**、\n\n・丙課", "甲課、乙課、丙課"),
        ("**株式会社みほん**", "株式会社みほん"),
        ("[見本課](https://example.jp/)の`窓口`", "見本課の窓口"),
        ("&lt;既にある台帳&gt;", "<既にある台帳>"),
        ("1. 甲課\n2. 乙課", "1. 甲課、2. 乙課"),
        (" \n", ""),
    ] {
        assert_eq!(plain_line(typed), shown);
    }
    let full = "とても長い行は、紙の幅でいっぱいになって途中で折り返されたと考えられ";
    assert_eq!(plain_line(&format!("{full}\nる。")), format!("{full}る。"));
    assert_eq!(plain_line(&format!("- {full}\n- 乙課")), format!("{full}、乙課"));
}

#[test]
fn a_flow_shows_what_a_page_shows() {
    let mut values = file(1, "**見本課**");
    values.push(("cover.agency".to_owned(), text("**みほん市長**")));
    values.push(("ii[1].4.contract[1].contractor".to_owned(), text("**株式会社みほん**")));
    let assessment = assessment("zenkomoku-h30-05", &of(&values));
    let flow = &flows(&assessment)[0];
    assert_eq!(flow.agency.as_deref(), Some("みほん市長"));
    assert_eq!(flow.department.as_ref().map(|fact| fact.text.as_ref()), Some("見本課"));
    let contractor = flow.outflows[0].parties[0].name.as_ref();
    assert_eq!(contractor.map(|fact| fact.text.as_ref()), Some("株式会社みほん"));
}
