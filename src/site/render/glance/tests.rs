//! What residents are told, for forms of every edition.

use super::*;
use crate::assessment::Tick;
use crate::assessment::sample::assessment as document;
use crate::site::render::glance::fact::Said;

fn theme() -> Theme {
    Theme::load(&[]).unwrap()
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn choice(label: &str) -> Value {
    Value::Choice(label.to_owned())
}

/// The glance as JSON, as templates see it.
fn seen(assessment: &Assessment) -> serde_json::Value {
    serde_json::to_value(glance(&theme(), assessment)).unwrap()
}

fn question<'v>(seen: &'v serde_json::Value, key: &str) -> &'v serde_json::Value {
    seen["questions"].as_array().unwrap().iter().find(|q| q["key"] == key).unwrap_or_else(|| panic!("{key}"))
}

#[test]
fn contractors_terms_and_contacts_are_told() {
    let document = document(
        "zenkomoku-h30-05",
        &[
            ("ii.4.outsourcing", choice("委託する")),
            ("ii.4.contract[1].name", text("台帳の保守")),
            ("ii.4.contract[1].contractor", text("見本電算株式会社")),
            ("ii.4.contract[1].resub.use", choice("再委託しない")),
            ("ii.4.contract[2].contractor", text("見本電算株式会社")),
            ("ii.6.period.term", choice("5年")),
            ("ii.6.erasure", text("―")),
            ("v.2.contact", text("みほん市税務課\n\n電話 000-0000-0000")),
        ],
    );
    let seen = seen(&document);
    let contractors = &question(&seen, "contractors")["groups"][0];
    assert_eq!(contractors["facts"][0]["said"]["lines"][0], "委託する");
    let named = contractors["lists"][0]["shown"].as_array().unwrap();
    assert_eq!(named.len(), 2, "two contracts stay two, whoever has them: {named:?}");
    assert_eq!(named[0]["name"], "見本電算株式会社");
    assert_eq!(named[0]["places"][0]["name"], "委託事項1");
    assert_eq!(named[0]["places"][0]["href"], "#ii-4-contract1");
    assert_eq!(named[0]["about"][1]["said"]["lines"][0], "再委託しない");
    let retention = &question(&seen, "retention")["groups"][0]["facts"];
    assert_eq!(retention[0]["label"], "保管期間");
    assert_eq!(retention[0]["said"]["lines"][0], "5年");
    assert_eq!(retention[1]["said"]["is"], "not-applicable", "「―」 is read out as what it means");
    let contact = question(&seen, "contact");
    assert_eq!(contact["groups"][0]["facts"][0]["href"], "#v-2-contact");
    assert_eq!(contact["groups"][0]["facts"][0]["said"]["lines"][1], "電話 000-0000-0000");
    assert_eq!(contact["asks_municipality"], false);
}

#[test]
fn recipients_with_one_name_are_told_together_and_counted() {
    let mut values = vec![(
        "ii.5.provision",
        Value::Checks(vec![Tick { label: "提供を行っている".to_owned(), text: None }]),
    )];
    values.push(("ii.5.provision.provide-count", Value::Count(3)));
    values.push(("ii.5.recipient[1].name", text("市区町村長")));
    values.push(("ii.5.recipient[2].name", text("都道府県知事")));
    values.push(("ii.5.recipient[3].name", text("市区町村長")));
    let seen = seen(&document("zenkomoku-h30-05", &values));
    let group = &question(&seen, "recipients")["groups"][0];
    assert_eq!(group["facts"][1]["said"]["lines"][0], "提供を行っている（3件）");
    let list = &group["lists"][0];
    assert_eq!(list["count"], 3);
    let names: Vec<_> = list["shown"].as_array().unwrap().iter().map(|n| n["name"].clone()).collect();
    assert_eq!(names, ["市区町村長", "都道府県知事"]);
    assert_eq!(list["shown"][0]["places"][1]["href"], "#ii-5-recipient3");
    assert_eq!(group["lists"].as_array().unwrap().len(), 1, "nobody is told of where no entry is");
}

#[test]
fn files_are_told_apart() {
    let values = [
        ("ii[1].1", text("台帳")),
        ("ii[1].6.period.term", choice("5年")),
        ("ii[2].1", text("名簿")),
        ("ii[2].6.period.term", choice("20年以上")),
    ];
    let seen = seen(&document("zenkomoku-h30-05", &values));
    let groups = question(&seen, "retention")["groups"].as_array().unwrap();
    assert_eq!(groups.len(), 2);
    for (group, (name, anchor, term)) in
        groups.iter().zip([("台帳", "#ii1-6-period-term", "5年"), ("名簿", "#ii2-6-period-term", "20年以上")])
    {
        assert_eq!(group["file"]["name"], name);
        assert_eq!(group["facts"][0]["href"], anchor);
        assert_eq!(group["facts"][0]["of"], name);
        assert_eq!(group["facts"][0]["said"]["lines"][0], term);
    }
}

#[test]
fn ratings_are_counted_and_those_of_concern_named() {
    let values = [
        ("iii.2.risk1.adequacy", choice("十分である")),
        ("iii.3.risk2.adequacy", choice("課題が残されている")),
    ];
    let seen = seen(&document("zenkomoku-h30-05", &values));
    let fact = &question(&seen, "risks")["groups"][0]["facts"][0];
    assert_eq!(fact["said"]["lines"][0], "特に力を入れている：0項目");
    assert_eq!(fact["said"]["lines"][1], "十分である：1項目");
    assert_eq!(fact["said"]["lines"][2], "課題が残されている：1項目");
    assert!(fact["said"]["lines"][3].as_str().unwrap().starts_with("記載なし："));
    assert_eq!(fact["href"], "#iii");
    assert_eq!(fact["places"].as_array().unwrap().len(), 1);
    assert_eq!(fact["places"][0]["href"], "#iii-3-risk2-adequacy");
    assert!(fact["places"][0]["name"].as_str().unwrap().starts_with("リスク2："));
}

#[test]
fn every_edition_answers_what_it_asks_and_says_what_it_does_not_ask() {
    for form in Form::all() {
        let document = document(&form.head.id, &[]);
        let seen = seen(&document);
        let asked = seen["questions"].as_array().unwrap();
        let absent = seen["absent"].as_array().unwrap();
        assert_eq!(asked.len() + absent.len(), QUESTIONS.len());
        let is_short = form.kind() == "kiso";
        assert_eq!(absent.iter().any(|q| q == "どこから集めるか"), is_short, "{}", form.head.id);
        assert_eq!(absent.iter().any(|q| q == "いつまで保管するか"), form.kind() != "zenkomoku");
        assert_eq!(absent.iter().any(|q| q == "どこに保管するか"), is_short);
        for question in asked {
            assert!(!question["question"].as_str().unwrap().is_empty(), "{question}");
            assert!(!question["groups"].as_array().unwrap().is_empty(), "{}: {question}", form.head.id);
        }
        assert_eq!(question(&seen, "contact")["asks_municipality"], true);
        assert_eq!(question(&seen, "contractors")["has_no_names"], is_short);
    }
}

#[test]
fn the_roles_of_every_question_are_played() {
    let plays = |role: &str| Form::all().iter().any(|form| form.role(role).is_some());
    for asked in &QUESTIONS {
        for role in asked.items.iter().copied().flatten() {
            assert!(plays(role), "{role}");
        }
        for list in asked.lists {
            assert!(plays(list.entries) && plays(list.name) && list.about.iter().all(|role| plays(role)));
        }
    }
}

#[test]
fn requests_are_told_with_their_way_and_fee() {
    let told = |form: &str, values: &[(&str, Value)]| {
        let facts = question(&seen(&document(form, values)), "requests")["groups"][0]["facts"].clone();
        let facts = facts.as_array().unwrap().iter();
        facts.map(|fact| format!("{}:{}", fact["label"], fact["said"]["lines"][0])).collect::<Vec<_>>()
    };
    let office = ("v.1.office", text("みほん市総務課"));
    let method = ("v.1.method", text("請求書を窓口に出す。"));
    let free = told("zenkomoku-h30-05", &[office.clone(), method.clone(), ("v.1.fee", choice("無料"))]);
    assert_eq!(free.len(), 3, "no amount is missing: {free:?}");
    assert_eq!(free[1..], [r#""請求方法":"請求書を窓口に出す。""#, r#""手数料等":"無料""#]);
    let fee = [office, method, ("v.1.fee", choice("有料")), ("v.1.fee.detail", text("写し1枚10円"))];
    assert_eq!(told("zenkomoku-h30-05", &fee)[3], r#""手数料額、納付方法":"写し1枚10円""#);
    assert_eq!(told("juten-h30-05", &[]).len(), 2);
    assert_eq!(told("kiso-r06-10", &[]).len(), 1);
}

#[test]
fn the_place_of_storage_is_told() {
    for form in ["zenkomoku-h30-05", "juten-h30-05"] {
        let seen = seen(&document(form, &[("ii.6.place", text("鍵のかかる部屋に置く。"))]));
        let fact = &question(&seen, "storage")["groups"][0]["facts"][0];
        assert_eq!(fact["label"], "保管場所");
        assert_eq!(fact["said"]["lines"][0], "鍵のかかる部屋に置く。");
    }
}

#[test]
fn long_texts_are_cut_at_a_sentence() {
    let long = "台帳を作る。".repeat(40);
    let document = document("kiso-r06-10", &[("i.1.summary", text(&long)), ("iv.4.none", Value::Flag(true))]);
    let theme = theme();
    let scene = Scene::new(&theme, &document.answers);
    let said = scene.said(scene.form.slot("i.1.summary").unwrap());
    let Said::Lines { lines, is_cut } = said else { panic!("{said:?}") };
    assert!(is_cut && lines[0].ends_with("作る。") && lines[0].chars().count() <= 160);
    let none = scene.said(scene.form.slot("iv.4.none").unwrap());
    assert_eq!(none, Said::Lines { lines: vec!["委託しない".to_owned()], is_cut: false });
}
