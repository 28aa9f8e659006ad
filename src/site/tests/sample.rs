//! A document of any edition, filled from the form itself.

use crate::assessment::{
    Administration, Answers, Assessment, Change, Figure, ItemRef, Look, Municipality, SiteSettings, Tick,
    Value, sample,
};
use crate::form::{Entries, Form, Kind, Node, Slot};
use crate::site::data::{DATASETS, FileFacts};
use crate::wareki::CivilDate;

pub(in crate::site) fn site() -> SiteSettings {
    SiteSettings {
        title: "見本の評価書 <b>公表</b>".to_owned(),
        base_url: Some("https://example.jp/hyoka/".to_owned()),
        publisher: Some("見本事務局".to_owned()),
        contact: Some("電話 000-0000-0000".to_owned()),
        accessibility: Some("窓口で **読み上げ** ます。".to_owned()),
        theme: "standard".to_owned(),
        look: Look::default(),
        as_of: None,
        license: None,
    }
}

pub(in crate::site) fn municipality() -> Municipality {
    Municipality {
        kana: Some("みほんし".to_owned()),
        authorities: vec!["みほん市長".to_owned()],
        website: Some("https://www.city.mihon.example.lg.jp/".to_owned()),
        inquiry: Some("みほん市総務課".to_owned()),
        ..sample::municipality()
    }
}

/// Two files, two entries of every repeat, a value in two of three items, and `rows` changes.
pub(in crate::site) fn assessment(form: &'static Form, number: usize, rows: usize) -> Assessment {
    let mut answers = Answers::new(form);
    for section in form.sections().filter(|s| s.id != form.head.change_section) {
        fill(&mut answers, form, section, Entries::NONE);
    }
    if let Some(item) = form.nodes().iter().find(|n| n.kind == Kind::Date && !form.is_change_part(n)) {
        answers.set(first_slot(form, item), Value::Unfit("平成35年13月".to_owned()));
    }
    let mut changes = changes(form, rows);
    changes.extend(twice(form));
    Assessment {
        dir: format!("{}-mihon-{}", number + 1, form.head.id),
        number: (number + 1).to_string(),
        title: format!("見本の事務 {}\"><i>", form.head.short_title),
        published: CivilDate::from_ymd(2024, 4, 1),
        answers,
        changes,
        administration: Administration::default(),
    }
}

fn fill(answers: &mut Answers, form: &'static Form, node: &Node, entries: Entries) {
    let inside: Vec<_> = match &node.repeat {
        None => vec![entries],
        Some(_) => (1..=2).map(|n| entries.enter(n)).collect(),
    };
    for entries in inside {
        let position = form.nodes().iter().position(|n| n.ix == node.ix).unwrap_or_default();
        if let Some(value) = value(form, node).filter(|_| position % 3 != 2) {
            answers.set(Slot { node: node.ix, entries }, value);
        }
        for child in form.children(node) {
            fill(answers, form, child, entries);
        }
    }
}

fn value(form: &Form, node: &Node) -> Option<Value> {
    let text = "本文 <b>太字</b> と一覧。\n\n- 一つ目\n- 二つ目[^1]\n\n# 見出し\n\n[^1]: 注の本文";
    match node.kind {
        Kind::Group | Kind::Repeat | Kind::ItemRef => None,
        Kind::Text if node.list => Some(Value::Text("見本<b>台帳\n見本名簿".to_owned())),
        Kind::Text => Some(Value::Text(text.to_owned())),
        Kind::Date => CivilDate::from_ymd(2024, 4, 1).map(Value::Date),
        Kind::Choice => form.options(node).first().map(|o| Value::Choice(o.label.clone())),
        Kind::Checks => {
            let ticks = form.boxes(node).iter().step_by(2);
            let tick = |label: &String| Tick { label: label.clone(), text: Some("\"><i>".to_owned()) };
            Some(Value::Checks(ticks.map(|b| tick(&b.label)).collect()))
        }
        Kind::Count => Some(Value::Count(2)),
        Kind::Flag => Some(Value::Flag(false)),
        Kind::Figure => Some(figures()),
    }
}

/// An image with a short text alternative, and one with a long one.
pub(in crate::site) fn figures() -> Value {
    Value::Figures(vec![
        Figure { file: "figures/a.svg".to_owned(), alternative: "流れ\"><i>".to_owned(), caption: None },
        Figure {
            file: "figures/b.svg".to_owned(),
            alternative: "長い説明。\n\n- 一\n- 二".to_owned(),
            caption: Some("図2".to_owned()),
        },
    ])
}

/// The slot of a node in the first entry of every repeat around it.
fn first_slot(form: &Form, node: &Node) -> Slot {
    let entries = (0..form.repeat_depth(node.ix)).fold(Entries::NONE, |entries, _| entries.enter(1));
    Slot { node: node.ix, entries }
}

/// An explanation that changes of all documents share.
pub(super) const CAUSE: &str = "見本照会システム（ＭＳＳ）の<b>利用終了に伴う削除";

/// Rows on items all over the form, some of them unclear, undated or about entries that are gone.
fn changes(form: &Form, rows: usize) -> Vec<Change> {
    let items: Vec<_> = form.nodes().iter().filter(|n| n.depth > 0).collect();
    (0..rows)
        .map(|row| {
            let node = items[row * 7 % items.len()];
            let slot = match row % 4 {
                0 => Some(first_slot(form, node)),
                1 => Some(Slot { node: node.ix, entries: Entries::NONE.enter(9) }),
                2 => Some(Slot::plain(node.ix)),
                _ => None,
            };
            let date = match row % 5 {
                0 => None,
                n => CivilDate::from_ymd(if n > 2 { 2023 } else { 2022 }, 6, 30),
            };
            let explanation = if row % 3 == 0 { CAUSE } else { "理由" };
            Change { explanation: explanation.to_owned(), ..change(date, slot) }
        })
        .collect()
}

/// Two changes of one item.
fn twice(form: &Form) -> Vec<Change> {
    let slot = form.nodes().iter().find(|n| n.is_item()).map(|n| first_slot(form, n));
    vec![
        change(CivilDate::from_ymd(2022, 4, 1), slot),
        Change { before: String::new(), ..change(CivilDate::from_ymd(2023, 4, 1), slot) },
    ]
}

fn change(date: Option<CivilDate>, slot: Option<Slot>) -> Change {
    Change {
        date,
        date_text: String::new(),
        item: ItemRef { text: "どこかの<b>項目".to_owned(), slot },
        before: "前の記載[^1]\n\n[^1]: 注".to_owned(),
        after: "後の <b>記載</b>\n\n# 見出し".to_owned(),
        timing: "事前".to_owned(),
        explanation: "理由".to_owned(),
        judgement: crate::assessment::Judgement::default(),
    }
}

/// The files of data of the whole site.
pub(in crate::site) fn files() -> Vec<FileFacts> {
    let names = DATASETS.iter().flat_map(|set| set.files);
    names.map(|name| FileFacts { name, rows: 1234, bytes: 56_789 }).collect()
}
