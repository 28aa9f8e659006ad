//! Filled-in forms by chance: they keep the rules of the form, as nearly all published documents do.

use kohyo::assessment::{Answers, Change, ItemRef, Judgement, Tick, Value};
use kohyo::form::{Entries, Form, Kind, Literal, Need, Node, Slot, When};
use kohyo::wareki::CivilDate;

use super::dice::Dice;
use super::prose::{self, Quotes};

/// A known document: texts are plain lines, not Markdown.
pub(crate) struct Document {
    pub(crate) form: &'static Form,
    pub(crate) answers: Answers,
    pub(crate) changes: Vec<Change>,
}

pub(crate) fn document(form: &'static Form, seed: u64, files: u16, quotes: Quotes) -> Document {
    let mut dice = Dice::new(seed);
    let town = prose::town(&mut dice);
    let answers = answers(&mut dice, form, town, files, quotes);
    let changes = changes(&mut dice, form, town, quotes);
    Document { form, answers, changes }
}

fn answers(dice: &mut Dice, form: &'static Form, town: &str, files: u16, quotes: Quotes) -> Answers {
    let mut answers = Answers::new(form);
    let per_file: Vec<&Node> = form.nodes().iter().filter(|n| n.is_per_file()).collect();
    let files = if per_file.is_empty() { 1 } else { files };
    for node in per_file {
        answers.set_count(node, Entries::NONE, files);
    }
    for node in
        form.nodes().iter().filter(|n| n.repeat.is_some() && !n.is_per_file() && !form.is_change_part(n))
    {
        for file in 1..=files {
            let around = Entries::NONE.enter(file).truncate(form.repeat_depth(node.ix) - 1);
            let least = node.repeat.as_ref().map_or(0, |r| usize::from(r.min));
            let count = if dice.percent(30) { least } else { least + dice.roll(4) };
            set_entries(&mut answers, form, node, around, u16::try_from(count).unwrap_or(0));
        }
    }
    let mut places = Vec::new();
    answers.walk(|placed| {
        places.push(placed);
        true
    });
    for placed in places.into_iter().filter(|p| p.node.is_item()) {
        if answers.get(placed.slot).is_some() {
            continue;
        }
        let wanted = match form.need(placed.slot, &answers) {
            Need::Required | Need::Undecided => dice.percent(97),
            Need::Optional => dice.percent(55),
            Need::Blank(_) => false,
        };
        if let Some(value) = value(dice, form, placed.node, town, quotes).filter(|_| wanted) {
            answers.set(placed.slot, value);
        }
    }
    file_names(&mut answers, form, files);
    answers
}

/// The entries of a repeat, with the count, the choice or the box that must agree with them.
fn set_entries(answers: &mut Answers, form: &'static Form, node: &Node, around: Entries, count: u16) {
    answers.set_count(node, around, count);
    let item = node.repeat.as_ref().and_then(|r| r.count_item.as_deref()).and_then(|id| form.by_id(id));
    if let Some(item) = item.filter(|_| count > 0) {
        answers.set(form.sibling_slot(item.ix, around), Value::Count(u32::from(count)));
    }
    let Some(When::Item { item, is, checked, .. }) = &node.when else { return };
    let Some(owner) = form.by_id(item) else { return };
    let slot = form.sibling_slot(owner.ix, around);
    if let Some(Literal::Text(label)) = is {
        let other = form.options(owner).iter().find(|o| o.label != *label).map_or(label, |o| &o.label);
        answers.set(slot, Value::Choice(if count > 0 { label } else { other }.clone()));
    }
    let Some(key) = checked else { return };
    let mut ticks = match answers.get(slot) {
        Some(Value::Checks(ticks)) => ticks.clone(),
        _ => Vec::new(),
    };
    if let Some(found) = form.boxes(owner).iter().find(|b| b.key == *key).filter(|_| count > 0) {
        ticks.retain(|t| form.boxes(owner).iter().any(|b| b.label == t.label && !b.exclusive));
        ticks.push(Tick { label: found.label.clone(), text: None });
    } else if ticks.is_empty() {
        let alone = form.boxes(owner).iter().find(|b| b.exclusive);
        ticks.extend(alone.map(|b| Tick { label: b.label.clone(), text: None }));
    }
    answers.set(slot, Value::Checks(ticks));
}

/// The list of files and the names in the sections per file agree.
fn file_names(answers: &mut Answers, form: &'static Form, files: u16) {
    let names: Vec<String> = (1..=files)
        .map(|n| {
            if n == 1 {
                "予防接種ファイル".to_owned()
            } else {
                format!("接種記録照会ファイル（その{n}）")
            }
        })
        .collect();
    for section in form.sections().filter(|s| s.is_per_file()) {
        let list = section.repeat.as_ref().and_then(|r| r.keyed_by.as_deref()).and_then(|id| form.by_id(id));
        if let Some(list) = list {
            answers.set(Slot::plain(list.ix), Value::Text(names.join("\n")));
        }
        let name = form.children(section).find(|c| c.label.contains("ファイル名"));
        for (file, text) in (1..=files).zip(&names) {
            if let Some(name) = name {
                answers.set(
                    Slot { node: name.ix, entries: Entries::NONE.enter(file) },
                    Value::Text(text.clone()),
                );
            }
        }
    }
}

fn value(dice: &mut Dice, form: &Form, node: &Node, town: &str, quotes: Quotes) -> Option<Value> {
    if let Some(fixed) = &node.fixed_text {
        return Some(Value::Text(fixed.clone()));
    }
    Some(match node.kind {
        Kind::Date => Value::Date(date(dice, node.month_allowed)),
        Kind::Choice => Value::Choice(form.options(node)[dice.roll(form.options(node).len())].label.clone()),
        Kind::Checks => Value::Checks(ticks(dice, form, node)),
        Kind::Flag => Value::Flag(dice.percent(25)),
        Kind::Text => Value::Text(prose::answer(dice, form, node, town, quotes).join("\n")),
        _ => return None,
    })
}

fn date(dice: &mut Dice, month_allowed: bool) -> CivilDate {
    let year = 2014 + i16::try_from(dice.roll(11)).unwrap();
    let (month, day) = (1 + u8::try_from(dice.roll(12)).unwrap(), 1 + u8::try_from(dice.roll(28)).unwrap());
    if month_allowed && dice.percent(30) {
        return CivilDate::from_ym(year, month).unwrap();
    }
    CivilDate::from_ymd(year, month, day).unwrap()
}

fn ticks(dice: &mut Dice, form: &Form, node: &Node) -> Vec<Tick> {
    let mut ticks = Vec::new();
    for b in form.boxes(node).iter().filter(|b| !b.exclusive && b.count.is_none()) {
        if dice.percent(40) {
            let text = (b.text && dice.percent(90)).then(|| prose::aside(dice));
            ticks.push(Tick { label: b.label.clone(), text });
        }
    }
    ticks
}

fn changes(dice: &mut Dice, form: &'static Form, town: &str, quotes: Quotes) -> Vec<Change> {
    let items: Vec<&Node> =
        form.nodes().iter().filter(|n| n.is_item() && !form.is_change_part(n) && n.depth > 0).collect();
    let mut date = date(dice, false);
    let style = dice.roll(3);
    (0..4 + dice.roll(14))
        .map(|_| {
            if dice.percent(25) {
                date = CivilDate::from_ymd(date.year() + 1, 1 + u8::try_from(dice.roll(12)).unwrap(), 15)
                    .unwrap();
            }
            let node = items[dice.roll(items.len())];
            let (before, after) = texts(dice, form, node, town, quotes);
            Change {
                date: Some(date),
                date_text: date.wareki(),
                item: ItemRef { text: reference(form, node, style), slot: None },
                before,
                after,
                timing: if dice.percent(85) { "事後" } else { "事前" }.to_owned(),
                explanation: dice
                    .pick(&[
                        "組織改正",
                        "文言の修正",
                        "重要な変更に当たらない（委託先の変更であるため）",
                        "法改正に伴う修正",
                        "様式の変更のため",
                    ])
                    .to_owned(),
                judgement: Judgement::default(),
            }
        })
        .collect()
}

fn texts(dice: &mut Dice, form: &Form, node: &Node, town: &str, quotes: Quotes) -> (String, String) {
    if let Some(options) = Some(form.options(node)).filter(|o| o.len() > 1) {
        return (options[0].label.clone(), options[1].label.clone());
    }
    let mut after = prose::answer(dice, form, node, town, quotes);
    if form.is_not_applicable(&after.concat()) {
        after = vec!["接種の記録を確かめる。".to_owned()];
    }
    match dice.roll(6) {
        0 | 1 => {
            (dice.pick(&["右記を追加", "（記載なし）", "－", "右の内容を追記"]).to_owned(), after.join("\n"))
        }
        2 => (after.join("\n"), dice.pick(&["（削除）", "項目を削除", "－"]).to_owned()),
        _ => {
            // Most rows change a word or add a line.
            let mut before = after.clone();
            let at = dice.roll(before.len());
            before[at] = before[at].replace('の', "ノ").replace("課", "室");
            if dice.percent(40) && before.len() > 1 {
                before.pop();
            }
            if before == after {
                before.push("（略）".to_owned());
            }
            (before.join("\n"), after.join("\n"))
        }
    }
}

/// How the table of changes names an item.
fn reference(form: &Form, node: &Node, style: usize) -> String {
    let line = form.ancestry(node.ix);
    let step = |n: &Node| n.heading().replace("{n}", "1");
    match style {
        0 => line.iter().filter(|n| !n.synthetic_label).map(|n| step(n)).collect::<Vec<_>>().join(" "),
        1 => {
            let number = line.get(1).and_then(|n| n.mark.clone()).unwrap_or_default();
            let section = line[0].mark.clone().unwrap_or_default();
            if line.len() < 3 { step(node) } else { format!("{section}-{number} {}", step(node)) }
        }
        _ => {
            let mut text: String =
                line.iter().filter_map(|n| n.mark.clone()).collect::<String>().replace("{n}", "1");
            text = text.replace("（別添1）", "（別添１）");
            if node.mark.is_none() { format!("{text}　{}", node.label) } else { text + &node.label }
        }
    }
}
