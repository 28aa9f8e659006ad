//! Versions of documents on the real editions.

use proptest::prelude::*;

use super::DifferenceKind::{Changed, Cover, Gone, Moved, New, Notation};
use super::*;
use crate::assessment::{Figure, Tick, Value};
use crate::form::{Entries, Kind};

/// Answers by their instance paths.
pub(super) fn filled(form: &str, items: &[(&str, &str)]) -> Answers {
    let form = Form::with_id(form).unwrap();
    let mut answers = Answers::new(form);
    for (path, text) in items {
        answers.set(form.slot(path).unwrap_or_else(|| panic!("{path}")), Value::Text((*text).to_owned()));
    }
    answers
}

fn set(answers: &mut Answers, path: &str, value: Value) {
    answers.set(answers.form().slot(path).unwrap_or_else(|| panic!("{path}")), value);
}

fn between(before: &Answers, after: &Answers) -> Comparison {
    let figures = FigureDigests::new();
    let side = |answers| Side { answers, changes: &[], figures: &figures };
    compare(side(before), side(after))
}

/// Kind and paths of every difference, short.
fn told(before: &Answers, after: &Answers) -> Vec<(DifferenceKind, String, String)> {
    let path = |answers: &Answers, slot: Option<Slot>| {
        slot.map_or_else(|| "-".to_owned(), |slot| answers.path(slot))
    };
    let all = between(before, after).differences.into_iter();
    all.map(|d| (d.kind, path(before, d.before), path(after, d.after))).collect()
}

fn is(kind: DifferenceKind, before: &str, after: &str) -> (DifferenceKind, String, String) {
    (kind, before.to_owned(), after.to_owned())
}

const ZENKOMOKU: &str = "zenkomoku-h30-05";

/// A list of 委託事項 with these names and texts of their own.
fn contracts(names: &[&str]) -> Answers {
    let mut answers = filled(ZENKOMOKU, &[("i.1.name", "公園の利用に関する事務"), ("ii.3.usage", "受付")]);
    let form = answers.form();
    for (at, name) in names.iter().enumerate() {
        let path = |item: &str| form.slot(&format!("ii.4.contract[{}].{item}", at + 1)).unwrap();
        answers.set(path("name"), Value::Text((*name).to_owned()));
        let content = format!("{name}について、{}を行う。", name.repeat(3));
        answers.set(path("content"), Value::Text(content));
        answers.set(path("contractor"), Value::Text("株式会社みほん".to_owned()));
        answers.set(path("resub.use"), Value::Choice("再委託しない".to_owned()));
    }
    answers
}

#[test]
fn an_item_is_changed_written_first_or_emptied() {
    let before = filled(ZENKOMOKU, &[("i.1.content", "窓口で受ける。"), ("ii.3.usage", "通知を送る。")]);
    let after = filled(ZENKOMOKU, &[("i.1.content", "窓口で受けない。"), ("i.1.name", "公園の利用")]);
    let expected = [
        is(Changed, "i.1.name", "i.1.name"),
        is(Changed, "i.1.content", "i.1.content"),
        is(Changed, "ii.3.usage", "ii.3.usage"),
    ];
    assert_eq!(told(&before, &after), expected);
    let found = between(&before, &after).differences;
    assert_eq!((found[0].before_text.as_str(), found[0].after_text.as_str()), ("", "公園の利用"));
    assert!(found[1].important);
}

#[test]
fn the_cover_and_notation_need_no_row() {
    let before = filled(ZENKOMOKU, &[("cover.number", "1"), ("i.1.content", "１ 件を**受ける**。")]);
    let after = filled(ZENKOMOKU, &[("cover.number", "2"), ("i.1.content", "1件を受ける")]);
    let expected = [is(Cover, "cover.number", "cover.number"), is(Notation, "i.1.content", "i.1.content")];
    assert_eq!(told(&before, &after), expected);
    assert!(between(&before, &after).differences.iter().all(|d| !d.needs_row()));
}

#[test]
fn what_stands_behind_a_new_entry_is_not_changed() {
    let before = contracts(&["受付業務", "印刷業務"]);
    let after = contracts(&["受付業務", "巡回点検", "印刷業務"]);
    assert_eq!(told(&before, &after), [is(New, "-", "ii.4.contract[2]")]);
    assert_eq!(told(&after, &before), [is(Gone, "ii.4.contract[2]", "-")]);
    assert!(between(&before, &after).differences[0].important);
}

#[test]
fn an_entry_that_makes_room_for_another_is_gone() {
    let before = contracts(&["受付業務", "巡回点検", "印刷業務"]);
    let after = contracts(&["受付業務", "統計の作成", "印刷業務"]);
    let expected = [is(Gone, "ii.4.contract[2]", "-"), is(New, "-", "ii.4.contract[2]")];
    assert_eq!(told(&before, &after), expected);
}

#[test]
fn an_entry_with_another_name_and_the_same_content_is_changed() {
    let before = contracts(&["受付業務", "巡回点検"]);
    let mut after = before.clone();
    set(&mut after, "ii.4.contract[2].name", Value::Text("見回り".to_owned()));
    let name = "ii.4.contract[2].name";
    assert_eq!(told(&before, &after), [is(Changed, name, name)]);
}

#[test]
fn an_entry_that_moved_is_one_difference_and_what_changed_in_it_another() {
    let before = contracts(&["受付業務", "巡回点検", "印刷業務"]);
    let mut after = contracts(&["印刷業務", "受付業務", "巡回点検"]);
    assert_eq!(told(&before, &after), [is(Moved, "ii.4.contract[3]", "ii.4.contract[1]")]);
    set(&mut after, "ii.4.contract[1].contractor", Value::Text("合同会社べつのみほん".to_owned()));
    let expected = [
        is(Moved, "ii.4.contract[3]", "ii.4.contract[1]"),
        is(Changed, "ii.4.contract[3].contractor", "ii.4.contract[1].contractor"),
    ];
    assert_eq!(told(&before, &after), expected);
}

#[test]
fn what_is_gone_stands_where_it_stood() {
    let before = contracts(&["受付業務", "巡回点検", "印刷と封入", "統計の作成"]);
    let mut after = contracts(&["統計の作成", "受付業務", "電話の案内", "印刷と封入"]);
    set(&mut after, "ii.3.usage", Value::Text("案内".to_owned()));
    set(&mut after, "ii.6.place", Value::Text("書庫".to_owned()));
    let expected = [
        is(Changed, "ii.3.usage", "ii.3.usage"),
        is(Moved, "ii.4.contract[4]", "ii.4.contract[1]"),
        is(Gone, "ii.4.contract[2]", "-"),
        is(New, "-", "ii.4.contract[3]"),
        is(Changed, "ii.6.place", "ii.6.place"),
    ];
    assert_eq!(told(&before, &after), expected);
}

#[test]
fn an_empty_entry_is_nothing() {
    let before = contracts(&["受付業務"]);
    let mut after = before.clone();
    let list = after.form().by_id("ii.4.contract").unwrap();
    after.set_count(list, Entries::NONE.enter(1), 3);
    assert_eq!(told(&before, &after), []);
    assert_eq!(told(&after, &before), []);
}

#[test]
fn files_are_matched_once_for_both_sections() {
    let file = |n: usize, name: &str| {
        [
            (format!("ii[{n}].3.usage"), format!("{name}を用いて{name}の通知を作る。")),
            (format!("iii[{n}].2.risk2.measures"), format!("{name}は担当だけが見る。")),
        ]
    };
    let document = |names: &[&str]| {
        let list = names.join("\n");
        let mut answers = filled(ZENKOMOKU, &[("i.3", &list)]);
        for (at, name) in names.iter().enumerate() {
            for (path, text) in file(at + 1, name) {
                set(&mut answers, &path, Value::Text(text));
            }
        }
        answers
    };
    let before = document(&["公園ファイル", "温室の記録"]);
    let after = document(&["温室の記録"]);
    let expected = [is(Changed, "i.3", "i.3"), is(Gone, "ii[1]", "-"), is(Gone, "iii[1]", "-")];
    let found: Vec<_> = told(&before, &after);
    assert_eq!(found, expected);
    let swapped = document(&["温室の記録", "公園ファイル"]);
    let kinds: Vec<_> = told(&before, &swapped).into_iter().map(|(kind, ..)| kind).collect();
    assert_eq!(kinds, [Changed, Moved]);
}

#[test]
fn answers_are_compared_as_what_they_are() {
    let tick = |(label, text): &(&str, Option<&str>)| Tick {
        label: (*label).to_owned(),
        text: text.map(str::to_owned),
    };
    let checks = |ticks: &[(&str, Option<&str>)]| Value::Checks(ticks.iter().map(tick).collect());
    let cases = [
        (
            "i.1.population",
            Value::Unfit("３０万人以上".to_owned()),
            Value::Choice("30万人以上".to_owned()),
            Some(Notation),
        ),
        ("ii.4.outsourcing.count", Value::Count(2), Value::Count(3), Some(Changed)),
        (
            "i.2.system[1].connections",
            checks(&[("その他", Some("申請　サイト"))]),
            checks(&[("その他", Some("申請サイト"))]),
            Some(Notation),
        ),
        (
            "i.2.system[1].connections",
            checks(&[("その他", Some("申請")), ("宛名システム等", None)]),
            checks(&[("その他", Some("申請"))]),
            Some(Changed),
        ),
    ];
    for (path, old, new, expected) in cases {
        let mut before = filled(ZENKOMOKU, &[("i.2.system[1].name", "受付システム")]);
        let mut after = before.clone();
        set(&mut before, path, old);
        set(&mut after, path, new);
        let found = told(&before, &after).first().map(|(kind, ..)| *kind);
        assert_eq!(found, expected, "{path}");
    }
}

#[test]
fn a_box_that_is_not_ticked_is_no_answer() {
    let before = filled("kiso-r06-10", &[]);
    let mut after = before.clone();
    set(&mut after, "iv.4.none", Value::Flag(false));
    assert_eq!(told(&before, &after), []);
    set(&mut after, "iv.4.none", Value::Flag(true));
    assert_eq!(told(&before, &after), [is(Changed, "iv.4.none", "iv.4.none")]);
}

#[test]
fn an_image_may_change_under_its_name() {
    let figure = |file: &str| {
        Value::Figures(vec![Figure {
            file: file.to_owned(), alternative: "流れ".to_owned(), caption: None
        }])
    };
    let mut before = filled(ZENKOMOKU, &[]);
    set(&mut before, "app1.figure", figure("figures/a.svg"));
    let mut renamed = filled(ZENKOMOKU, &[]);
    set(&mut renamed, "app1.figure", figure("figures/b.svg"));
    let digests = |file: &str, digest| FigureDigests::from([(file.to_owned(), [digest; 32])]);
    let kinds = |after: &Answers, old: &FigureDigests, new: &FigureDigests| {
        let before = Side { answers: &before, changes: &[], figures: old };
        let found = compare(before, Side { answers: after, changes: &[], figures: new });
        found.differences.iter().map(|d| d.kind).collect::<Vec<_>>()
    };
    let (a, other_a, b) =
        (digests("figures/a.svg", 1), digests("figures/a.svg", 2), digests("figures/b.svg", 1));
    assert_eq!(kinds(&before, &a, &a), []);
    assert_eq!(kinds(&before, &a, &other_a), [Changed]);
    assert_eq!(kinds(&renamed, &a, &b), [Notation]);
}

#[test]
fn another_edition_numbers_its_items_anew() {
    let mut before = filled("kiso-h31-01", &[("i.1.summary", "受付")]);
    let mut after = filled("kiso-r06-10", &[("i.1.summary", "受付"), ("iv.8.basis", "二人で確かめる")]);
    let audit = || Value::Checks(vec![Tick { label: "自己点検".to_owned(), text: None }]);
    set(&mut before, "iv.8.audit", audit());
    set(&mut after, "iv.9.audit", audit());
    assert_eq!(told(&before, &after), [is(Changed, "-", "iv.8.basis")]);
    assert_eq!(told(&after, &before), [is(Changed, "iv.8.basis", "-")]);
}

/// A document with something in every item: two files, three entries in every list.
fn full(form: &'static Form) -> Answers {
    let mut answers = Answers::new(form);
    let mut fill = |node: &Node, entries: Entries| {
        let numbers: Vec<String> = entries.numbers().map(|n| NAMES[usize::from(n)].repeat(2)).collect();
        let value = match node.kind {
            Kind::Flag => Value::Flag(true),
            Kind::Count => Value::Count(3),
            Kind::Choice => Value::Choice(form.options(node)[0].label.clone()),
            _ => Value::Text(format!("{}のうち{}", numbers.join("の"), node.label)),
        };
        answers.set(Slot { node: node.ix, entries }, value);
    };
    for node in form.nodes().iter().filter(|n| n.is_item() && !form.is_change_part(n)) {
        let is_in_file = form.section_of(node.ix).is_per_file();
        let is_in_list = form.repeat_depth(node.ix) > usize::from(is_in_file);
        for file in 1..=if is_in_file { 2 } else { 1 } {
            let outer = if is_in_file { Entries::NONE.enter(file) } else { Entries::NONE };
            for entry in 1..=if is_in_list { 3 } else { 1 } {
                fill(node, if is_in_list { outer.enter(entry) } else { outer });
            }
        }
    }
    answers
}

#[test]
fn every_edition_equals_itself() {
    for form in Form::all() {
        let answers = full(form);
        let found = between(&answers, &answers);
        assert!(found.differences.is_empty());
        assert_eq!(found.unchanged, answers.values().count());
        let gone = between(&answers, &Answers::new(form));
        assert!(gone.differences.iter().all(|d| d.after.is_some() || d.kind == Gone), "{}", form.head.id);
        assert_eq!(gone.unchanged, 0);
    }
}

#[test]
fn many_long_entries_are_compared_at_once() {
    let document = |shift: usize| {
        let form = Form::with_id(ZENKOMOKU).unwrap();
        let mut answers = Answers::new(form);
        for entry in 0..400_usize {
            let letter = |at: usize| {
                char::from_u32(0x4E00 + u32::try_from((at + shift) * 37 % 9000).unwrap()).unwrap()
            };
            let text: String = (0..300).map(|at| letter(entry * 300 + at)).collect();
            for item in ["name", "content", "contractor"] {
                let path = format!("ii[1].4.contract[{}].{item}", entry + 1);
                answers.set(form.slot(&path).unwrap(), Value::Text(format!("{text}{item}")));
            }
        }
        answers
    };
    // The texts repeat after thirty entries. A shift by two: all but two are there in their order, under other numbers.
    let kinds: Vec<_> = told(&document(0), &document(600)).into_iter().map(|(kind, ..)| kind).collect();
    assert_eq!(kinds, [Gone, Gone, New, New]);
    // Nothing is as it was; that the work is bounded is what counts.
    assert!(!told(&document(0), &document(77)).is_empty());
}

/// Names that have little in common.
const NAMES: [&str; 9] = [
    "受付業務",
    "巡回点検",
    "印刷と封入",
    "統計の作成",
    "機器の保守",
    "電話の案内",
    "帳票の保管",
    "住所の照合",
    "廃棄の立会い",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn one_edit_anywhere_is_one_difference(
        edition in 0..4_usize,
        item in any::<prop::sample::Index>(),
        is_emptied in any::<bool>(),
    ) {
        let form = &Form::all()[edition];
        let before = full(form);
        let slots: Vec<Slot> = before.values().map(|(slot, _)| slot).collect();
        let slot = slots[item.index(slots.len())];
        let mut after = before.clone();
        let other = match before.get(slot) {
            Some(Value::Flag(_)) => Value::Flag(false),
            Some(Value::Text(text)) => Value::Text(format!("{text}ではない")),
            _ => Value::Count(9),
        };
        if is_emptied {
            after.remove(slot);
        } else {
            after.set(slot, other);
        }
        let kind = if is_cover(form, slot) { Cover } else { Changed };
        for (one, another) in [(&before, &after), (&after, &before)] {
            let found = between(one, another);
            prop_assert_eq!(found.differences.len(), 1);
            let difference = &found.differences[0];
            prop_assert_eq!((difference.kind, difference.before, difference.after), (kind, Some(slot), Some(slot)));
            prop_assert_eq!(difference.important, form.node(slot.node).important);
            prop_assert_eq!(found.unchanged, slots.len() - 1);
        }
    }

    #[test]
    fn one_entry_put_in_or_taken_out_is_one_difference(at in 0..8_usize, count in 0..8_usize) {
        let at = at.min(count);
        let old: Vec<_> = NAMES[..count].to_vec();
        let mut new = old.clone();
        new.insert(at, NAMES[8]);
        let (before, after) = (contracts(&old), contracts(&new));
        let entry = format!("ii.4.contract[{}]", at + 1);
        prop_assert_eq!(told(&before, &after), [is(New, "-", &entry)]);
        prop_assert_eq!(told(&after, &before), [is(Gone, &entry, "-")]);
    }

    #[test]
    fn another_order_moves_the_fewest(order in Just((0..8_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let before = contracts(&NAMES[..8]);
        let after = contracts(&order.iter().map(|at| NAMES[*at]).collect::<Vec<_>>());
        let found = told(&before, &after);
        prop_assert!(found.iter().all(|(kind, ..)| *kind == Moved), "{found:?}");
        // The longest run in order, by trying all of them.
        let longest = (0..256_usize)
            .filter(|kept| {
                let run: Vec<_> = (0..8).filter(|at| kept & (1 << at) != 0).map(|at| order[at]).collect();
                run.is_sorted()
            })
            .map(usize::count_ones)
            .max()
            .unwrap();
        prop_assert_eq!(found.len(), 8 - longest as usize);
        let back = told(&after, &before);
        prop_assert_eq!(back.len(), found.len());
    }

    #[test]
    fn one_edit_is_one_difference(entry in 1..8_usize, item in 0..3_usize, text in "[ぁ-ん]{3,20}") {
        let before = contracts(&NAMES[..8]);
        let path = format!("ii.4.contract[{entry}].{}", ["name", "content", "contractor"][item]);
        let mut after = before.clone();
        set(&mut after, &path, Value::Text(text));
        prop_assert_eq!(told(&before, &after), [is(Changed, &path, &path)]);
        prop_assert_eq!(told(&after, &before), [is(Changed, &path, &path)]);
    }

    #[test]
    fn both_ways_tell_the_same(
        old in proptest::sample::subsequence(NAMES.to_vec(), 0..9),
        new in proptest::sample::subsequence(NAMES.to_vec(), 0..9).prop_shuffle(),
    ) {
        let (before, after) = (contracts(&old), contracts(&new));
        let mut there: Vec<_> = told(&before, &after).into_iter().map(|(kind, ..)| match kind {
            New => Gone,
            Gone => New,
            kind => kind,
        } as u8).collect();
        let mut back: Vec<_> = told(&after, &before).into_iter().map(|(kind, ..)| kind as u8).collect();
        there.sort_unstable();
        back.sort_unstable();
        prop_assert_eq!(there, back);
    }
}
