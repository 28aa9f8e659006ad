//! What a drawing must hold for any document: nothing lies on anything else, and everything that is drawn is inside.

use std::borrow::Cow;
use std::sync::OnceLock;

use proptest::prelude::*;

use super::layout::{WIDTH, layout};
use super::measure::pixels;
use super::shapes::{Drawing, Frame, Label, Letters, Rect};
use super::svg;
use crate::flow::{
    Again, Carrier, Fact, FileName, Flow, Inflow, Kind, Outflow, Party, Source, Travel, Way, flows,
};
use crate::form::{Form, Slot};
use crate::site::theme::Theme;

fn theme() -> &'static Theme {
    static THEME: OnceLock<Theme> = OnceLock::new();
    THEME.get_or_init(|| Theme::load(&[]).unwrap())
}

/// Where a made-up fact stands does not matter to a drawing.
fn slot() -> Slot {
    Slot::plain(Form::all()[0].nodes()[0].ix)
}

fn fact(text: String) -> Fact<'static> {
    Fact { slot: slot(), text: Cow::Owned(text) }
}

/// Texts as people write them into forms: names, sentences, Latin words, brackets.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[一-丘ァ-ヶぁ-ん]{1,80}",
        "[一-丘ァ-ヶa-zA-Z（）、。ー・ ]{1,80}",
        "[A-Za-z0-9WM@%&<>\"' ]{0,79}W",
        "[（「]{1,10}[。、」）]{1,70}",
    ]
    .prop_filter("a fact says something", |text| !text.trim().is_empty())
}

fn travel() -> impl Strategy<Value = Travel<'static>> {
    let carrier = prop_oneof![Just(Carrier::Line), Just(Carrier::Hand), Just(Carrier::Other)];
    let label = prop_oneof![
        Just("紙"),
        Just("情報提供ネットワークシステム"),
        Just("電子記録媒体（フラッシュメモリを除く。）"),
        Just("その他")
    ];
    let way = (carrier, label, proptest::option::weighted(0.3, text()))
        .prop_map(|(carrier, label, text)| Way { carrier, label, text: text.map(Cow::Owned) });
    (any::<bool>(), proptest::collection::vec(way, 0..12))
        .prop_map(|(asks, ways)| Travel { slot: asks.then(slot), ways: if asks { ways } else { Vec::new() } })
}

/// Travels of few kinds, so that receivers share frames, or of many.
fn party() -> impl Strategy<Value = Party<'static>> {
    let usual = Travel {
        slot: Some(slot()),
        ways: vec![Way { carrier: Carrier::Line, label: "専用線", text: None }],
    };
    let travel = prop_oneof![2 => Just(usual), 1 => travel()];
    let name = prop_oneof![1 => Just("他の市区町村長".to_owned()), 3 => text()];
    let option = |weight| proptest::option::weighted(weight, text());
    (
        proptest::option::weighted(0.9, name),
        option(0.5),
        travel,
        proptest::option::weighted(0.4, any::<bool>()),
    )
        .prop_map(|(name, matter, travel, again)| Party {
            slot: slot(),
            number: 1,
            name: name.map(fact),
            matter: matter.map(fact),
            travel,
            again: again.map(|is_done| Again { fact: fact("再委託する".to_owned()), is_done }),
        })
}

fn outflow(kind: Kind) -> impl Strategy<Value = Outflow<'static>> {
    (proptest::collection::vec(party(), 0..61), proptest::option::of(text())).prop_map(
        move |(parties, none)| {
            let none = none.filter(|_| parties.is_empty()).map(fact);
            Outflow { kind, parties, none }
        },
    )
}

fn flow() -> impl Strategy<Value = Flow<'static>> {
    let source = proptest::option::of(text())
        .prop_map(|text| Source {
            label: "地方公共団体・地方独立行政法人", text: text.map(Cow::Owned)
        });
    let sources = proptest::collection::vec(source, 0..61);
    let inflow = (any::<bool>(), sources, travel()).prop_map(|(asks, sources, travel)| Inflow {
        slot: asks.then(slot),
        sources: if asks { sources } else { Vec::new() },
        travel,
    });
    let files = proptest::collection::vec(proptest::option::of(text()), 1..12);
    let facts = proptest::collection::vec(text().prop_map(fact), 0..61);
    let outflows = (outflow(Kind::Contractor), outflow(Kind::Recipient), outflow(Kind::Transferee));
    (files, inflow, proptest::option::of(text()), facts, outflows).prop_map(
        |(files, inflow, department, systems, outflows)| Flow {
            files: files.into_iter().map(|name| FileName { number: 1, name: name.map(fact) }).collect(),
            agency: Some("みほん市長".to_owned()),
            inflow,
            department: department.map(fact),
            systems,
            outflows: outflows.into(),
        },
    )
}

fn meets(one: Rect, other: Rect) -> bool {
    one.x < other.x + other.width
        && other.x < one.x + one.width
        && one.y < other.y + other.height
        && other.y < one.y + one.height
}

fn holds(outer: Rect, inner: Rect) -> bool {
    inner.x >= outer.x
        && inner.y >= outer.y
        && inner.x + inner.width <= outer.x + outer.width
        && inner.y + inner.height <= outer.y + outer.height
}

/// Whether a frame is another one or around it.
fn is_around(drawing: &Drawing, outer: usize, inner: Option<usize>) -> bool {
    inner.is_some_and(|inner| inner == outer || is_around(drawing, outer, drawing.frames[inner].inside))
}

/// Holds a drawing against everything that can go wrong in one.
fn check(drawing: &Drawing) -> Result<(), TestCaseError> {
    let whole = Rect { x: 0, y: 0, width: WIDTH, height: drawing.height };
    check_frames(drawing, whole)?;
    check_labels(drawing, whole)?;
    for channel in &drawing.channels {
        prop_assert!(channel.from + 30 < channel.to, "{channel:?} is too short for its arrow and dashes");
        // A line has the height of its arrow.
        let rect = Rect { x: channel.from, y: channel.y - 5, width: channel.to - channel.from, height: 10 };
        prop_assert!(holds(whole, rect), "{channel:?}");
        let touched: Vec<_> = drawing.frames.iter().filter(|frame| meets(frame.rect, rect)).collect();
        prop_assert!(touched.is_empty(), "{channel:?} runs through {touched:?}");
        let ends = |x: i32| {
            drawing.frames.iter().any(|f| {
                (f.rect.x == x || f.rect.x + f.rect.width == x)
                    && f.rect.y <= rect.y
                    && rect.y + rect.height <= f.rect.y + f.rect.height
            })
        };
        prop_assert!(ends(channel.from) && ends(channel.to), "{channel:?} hangs in the air");
        let label = drawing.labels.iter().find(|label| meets(label.rect, rect));
        prop_assert!(label.is_none(), "{channel:?} runs through {label:?}");
        let others = drawing.channels.iter().filter(|other| other.from == channel.from);
        prop_assert!(
            others.filter(|other| (other.y - channel.y).abs() < 10).count() == 1,
            "{channel:?} is covered"
        );
    }
    for rule in &drawing.rules {
        let rect = Rect { x: rule.x, y: rule.y, width: rule.width, height: 1 };
        prop_assert!(holds(drawing.frames[rule.inside].rect, rect), "{rule:?}");
        prop_assert!(drawing.labels.iter().all(|label| !meets(label.rect, rect)), "{rule:?}");
    }
    Ok(())
}

fn check_frames(drawing: &Drawing, whole: Rect) -> Result<(), TestCaseError> {
    for (at, frame) in drawing.frames.iter().enumerate() {
        let Frame { rect, inside, .. } = frame;
        prop_assert!(holds(whole, *rect), "{frame:?} is not in the drawing");
        if let Some(outer) = inside {
            prop_assert!(holds(drawing.frames[*outer].rect, *rect), "{frame:?} is not in its frame");
        }
        for (other_at, other) in drawing.frames.iter().enumerate().skip(at + 1) {
            let is_nested = is_around(drawing, at, other.inside) || is_around(drawing, other_at, *inside);
            prop_assert!(is_nested || !meets(*rect, other.rect), "{frame:?} lies on {other:?}");
        }
    }
    Ok(())
}

fn check_labels(drawing: &Drawing, whole: Rect) -> Result<(), TestCaseError> {
    for (at, label) in drawing.labels.iter().enumerate() {
        let Label { rect, letters, lines, inside } = label;
        prop_assert!(
            holds(inside.map_or(whole, |frame| drawing.frames[frame].rect), *rect),
            "{label:?} is outside"
        );
        prop_assert!(!lines.is_empty() && letters.size() >= 12);
        for line in lines {
            prop_assert!(pixels(line, letters.size()) <= rect.width, "{line} does not fit {rect:?}");
        }
        let room = i32::try_from(lines.len()).unwrap() * letters.line_height();
        prop_assert!(room <= rect.height && letters.line_height() > letters.size());
        let others = drawing.labels.iter().skip(at + 1).find(|other| meets(other.rect, *rect));
        prop_assert!(others.is_none(), "{label:?} lies on {others:?}");
        for (frame_at, frame) in drawing.frames.iter().enumerate() {
            let is_inside = is_around(drawing, frame_at, *inside);
            prop_assert!(is_inside || !meets(frame.rect, *rect), "{label:?} lies on {frame:?}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_lies_on_anything_else(flow in flow()) {
        let drawing = layout(theme(), &flow);
        check(&drawing)?;
        // However many there are, a drawing is a few screens high and its markup is small.
        prop_assert!(drawing.height < 6_000, "{} px", drawing.height);
        let size = svg::svg(&drawing, "flow").len();
        prop_assert!(size < 40_000, "{size} bytes");
    }
}

/// A flow with so many receivers, half of which get their information by the same means.
fn wide(receivers: u16) -> Flow<'static> {
    let travel = |at: u16| Travel {
        slot: Some(slot()),
        ways: vec![Way {
            carrier: Carrier::Other,
            label: "その他",
            text: (at % 2 == 1).then(|| Cow::Owned(format!("方法{at}"))),
        }],
    };
    let party = |at: u16| Party {
        slot: slot(),
        number: at,
        name: Some(fact(format!("見本機関{at}"))),
        matter: None,
        travel: travel(at),
        again: None,
    };
    let none = |kind| Outflow { kind, parties: Vec::new(), none: None };
    let parties = (1..=receivers).map(party).collect();
    Flow {
        files: vec![FileName { number: 1, name: Some(fact("見本ファイル".to_owned())) }],
        agency: Some("みほん市長".to_owned()),
        inflow: Inflow { slot: None, sources: Vec::new(), travel: Travel { slot: None, ways: Vec::new() } },
        department: None,
        systems: Vec::new(),
        outflows: [
            none(Kind::Contractor),
            Outflow { kind: Kind::Recipient, parties, none: None },
            none(Kind::Transferee),
        ],
    }
}

/// The lines of a drawing with these letters.
fn lines(drawing: &Drawing, letters: Letters) -> Vec<&str> {
    let labels = drawing.labels.iter().filter(|label| label.letters == letters);
    labels.flat_map(|label| label.lines.iter().map(String::as_str)).collect()
}

#[test]
fn what_is_not_drawn_is_counted() {
    let few = layout(theme(), &wide(4));
    assert!(!few.is_cut && few.channels.len() == 3);
    let many = layout(theme(), &wide(60));
    assert!(many.is_cut);
    // 30 with the same means: 5 rows and the rest. 30 with means of their own: 2 frames and the rest.
    assert_eq!(many.channels.len(), 4);
    assert!(lines(&many, Letters::Note).contains(&"ほか25件"));
    assert!(lines(&many, Letters::Note).contains(&"ほかの方法で28件"));
    let drawn = lines(&many, Letters::Strong).iter().filter(|line| line.starts_with("見本機関")).count();
    assert_eq!(drawn + 25 + 28, 60);
}

#[test]
fn receivers_of_one_name_and_means_are_one_row() {
    let mut flow = wide(6);
    for party in &mut flow.outflows[1].parties {
        party.name = Some(fact("他の市区町村長".to_owned()));
        party.travel.ways.clear();
    }
    let drawing = layout(theme(), &flow);
    let drawn = lines(&drawing, Letters::Strong);
    assert!(drawn.contains(&"他の市区町村長（6件）"), "{drawn:?}");
    assert_eq!(lines(&drawing, Letters::Way), ["方法の記載なし"]);
}

#[test]
fn a_fault_in_a_drawing_is_noticed() {
    let sound = || layout(theme(), &wide(9));
    assert!(check(&sound()).is_ok());
    let faults: [fn(&mut Drawing); 6] = [
        |drawing| drawing.labels[0].rect.y += 2_000,
        |drawing| drawing.labels[1].lines[0].push_str("さらに長く長く長く長く長く長く長く長く長く"),
        |drawing| drawing.frames[2].rect.height += 30,
        |drawing| drawing.channels[0].to += 20,
        |drawing| drawing.channels[0].y = 1,
        |drawing| drawing.height -= 20,
    ];
    for (at, fault) in faults.iter().enumerate() {
        let mut drawing = sound();
        fault(&mut drawing);
        assert!(check(&drawing).is_err(), "fault {at}");
    }
}

/// The published documents at hand, which are no part of the project.
#[test]
fn drawings_of_published_documents_are_sound() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(files) = crate::fs::files_below(&folder) else {
        eprintln!("SKIPPED: the published documents are not in {}", folder.display());
        return;
    };
    let mut drawn = 0;
    for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "txt")) {
        let text = crate::import::source_text(file).unwrap();
        let imported = crate::import::read(&file.to_string_lossy(), &text).unwrap();
        let assessment = assessment(imported.answers);
        for flow in flows(&assessment) {
            let drawing = layout(theme(), &flow);
            check(&drawing).unwrap();
            assert!(svg::svg(&drawing, "flow").len() < 30_000);
            drawn += 1;
        }
    }
    assert!(files.is_empty() || drawn >= 3, "{drawn} drawings");
}

fn assessment(answers: crate::assessment::Answers) -> crate::assessment::Assessment {
    let sample = crate::assessment::sample::assessment(&answers.form().head.id, &[]);
    crate::assessment::Assessment { answers, ..sample }
}
