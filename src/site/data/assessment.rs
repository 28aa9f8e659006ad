//! `assessment.json`: the public data of a document, for programs.
//!
//! The keys, their order and the instance paths are a public contract. Nothing is formatted for reading: dates are ISO,
//! texts are the authored Markdown.

use std::collections::BTreeSet;

use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::ser::PrettyFormatter;

use crate::assessment::{Assessment, Change, Figure, Tick, Value};
use crate::form::{Entries, Kind, NodeIx, Slot};

/// The text of `assessment.json`, with a final line break.
///
/// `code` and `municipality` are the code and the name of the 自治体; `change_url` gives the address of a change row by its
/// position in the document. Items are those that are filled in, in printed order; a flag is an item with an answer as
/// soon as anything of its section is filled in, because an empty box says no.
pub fn assessment_json(
    code: &str,
    municipality: &str,
    assessment: &Assessment,
    change_url: &dyn Fn(usize) -> String,
) -> String {
    let document = Document {
        code,
        municipality,
        form: &assessment.form().head.id,
        number: &assessment.number,
        title: &assessment.title,
        published: assessment.published.map(|date| date.iso()),
        items: Items { assessment, files: assessment.answers.files() },
        changes: Changes { assessment, url: change_url },
    };
    let mut out = Vec::new();
    let mut writer = serde_json::Serializer::with_formatter(&mut out, PrettyFormatter::with_indent(b" "));
    let written = document.serialize(&mut writer);
    // Neither memory nor a key that is a string can fail.
    debug_assert!(written.is_ok(), "{written:?}");
    out.push(b'\n');
    String::from_utf8(out).unwrap_or_default()
}

#[derive(Serialize)]
struct Document<'a> {
    code: &'a str,
    municipality: &'a str,
    form: &'a str,
    number: &'a str,
    title: &'a str,
    published: Option<String>,
    items: Items<'a>,
    changes: Changes<'a>,
}

struct Items<'a> {
    assessment: &'a Assessment,
    /// Number of 特定個人情報ファイル.
    files: u16,
}

impl Serialize for Items<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for (slot, value) in filled(self.assessment) {
            list.serialize_element(&Item { items: self, slot, value })?;
        }
        list.end()
    }
}

/// The items that are filled in, in printed order, file by file within a section.
pub fn filled(assessment: &Assessment) -> Vec<(Slot, &Value)> {
    let answers = &assessment.answers;
    let is_stated = |value: &&Value| !value.is_empty() || matches!(value, Value::Checks(_));
    let answered: BTreeSet<(NodeIx, Entries)> = answers
        .values()
        .filter(|(_, value)| is_stated(value))
        .map(|(slot, _)| section_of(assessment, slot))
        .collect();
    let mut items = Vec::new();
    answers.walk(|placed| {
        let slot = placed.slot;
        if placed.node.is_item() {
            let value = answers.get(slot).filter(is_stated);
            let is_unticked =
                placed.node.kind == Kind::Flag && answered.contains(&section_of(assessment, slot));
            items.extend(value.or(is_unticked.then_some(&Value::Flag(false))).map(|value| (slot, value)));
        }
        true
    });
    items
}

/// The section that a slot is in, and the file of the section.
fn section_of(assessment: &Assessment, slot: Slot) -> (NodeIx, Entries) {
    let section = assessment.form().section_of(slot.node);
    (section.ix, slot.entries.truncate(usize::from(section.repeat.is_some())))
}

struct Item<'a> {
    items: &'a Items<'a>,
    slot: Slot,
    value: &'a Value,
}

impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Items { assessment, files } = *self.items;
        let form = assessment.form();
        let node = form.node(self.slot.node);
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &form.path(self.slot, files))?;
        map.serialize_entry("ref", &form.reference(self.slot, files))?;
        map.serialize_entry("label", &node.label)?;
        map.serialize_entry("type", type_of(node.kind))?;
        match self.value {
            Value::Text(text) | Value::Choice(text) | Value::Unfit(text) => {
                map.serialize_entry("value", text)?;
            }
            Value::Date(date) => map.serialize_entry("value", &date.iso())?,
            Value::Count(number) => map.serialize_entry("value", number)?,
            Value::Flag(is_ticked) => map.serialize_entry("value", is_ticked)?,
            Value::Checks(ticks) => {
                map.serialize_entry("value", &ticks.iter().map(TickData::from).collect::<Vec<_>>())?;
            }
            Value::Figures(figures) => {
                map.serialize_entry("value", &figures.iter().map(FigureData::from).collect::<Vec<_>>())?;
            }
        }
        if matches!(self.value, Value::Unfit(_)) {
            map.serialize_entry("unfit", &true)?;
        }
        map.end()
    }
}

/// The name of a kind, as the data files of the forms have it.
pub(super) fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Group => "group",
        Kind::Repeat => "repeat",
        Kind::Text => "text",
        Kind::Date => "date",
        Kind::Choice => "choice",
        Kind::Checks => "checks",
        Kind::Count => "count",
        Kind::Flag => "flag",
        Kind::Figure => "figure",
        Kind::ItemRef => "item-ref",
    }
}

#[derive(Serialize)]
struct TickData<'a> {
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

impl<'a> From<&'a Tick> for TickData<'a> {
    fn from(tick: &'a Tick) -> Self {
        Self { label: &tick.label, text: tick.text.as_deref() }
    }
}

#[derive(Serialize)]
struct FigureData<'a> {
    file: &'a str,
    alternative: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<&'a str>,
}

impl<'a> From<&'a Figure> for FigureData<'a> {
    fn from(figure: &'a Figure) -> Self {
        Self { file: &figure.file, alternative: &figure.alternative, caption: figure.caption.as_deref() }
    }
}

struct Changes<'a> {
    assessment: &'a Assessment,
    url: &'a dyn Fn(usize) -> String,
}

impl Serialize for Changes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.assessment.changes.len()))?;
        for (at, change) in self.assessment.changes.iter().enumerate() {
            let Change { date, date_text: _, item, before, after, timing, explanation, judgement: _ } =
                change;
            list.serialize_element(&ChangeData {
                date: date.map(|date| date.iso()),
                item: &item.text,
                id: item.slot.map(|slot| self.assessment.answers.path(slot)),
                before,
                after,
                timing,
                explanation,
                url: (self.url)(at),
            })?;
        }
        list.end()
    }
}

#[derive(Serialize)]
struct ChangeData<'a> {
    date: Option<String>,
    item: &'a str,
    id: Option<String>,
    before: &'a str,
    after: &'a str,
    timing: &'a str,
    explanation: &'a str,
    url: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::{Administration, Answers, ItemRef};
    use crate::form::Form;
    use crate::wareki::CivilDate;

    fn sample() -> Assessment {
        let form = Form::with_id("zenkomoku-h30-05").unwrap();
        let mut answers = Answers::new(form);
        let mut set = |path: &str, value: Value| answers.set(form.slot(path).unwrap(), value);
        let tick =
            |label: &str, text: Option<&str>| Tick { label: label.to_owned(), text: text.map(str::to_owned) };
        set("cover.number", Value::Text("15".to_owned()));
        set("i.1.population", Value::Unfit("たくさん".to_owned()));
        set("i.2.system[2].connections", Value::Checks(Vec::new()));
        set(
            "i.2.system[1].connections",
            Value::Checks(vec![tick("その他", Some("申請\"a\"")), tick("宛名システム等", None)]),
        );
        let figure =
            Figure { file: "figures/a.svg".to_owned(), alternative: "流れ".to_owned(), caption: None };
        set("app1.figure", Value::Figures(vec![figure]));
        set("ii[1].2.start-date", Value::Date(CivilDate::from_ym(2015, 12).unwrap()));
        set("ii[1].4.outsourcing.count", Value::Count(2));
        set("ii[1].3.usage", Value::Text("  ".to_owned()));
        let change = Change {
            date: CivilDate::from_ymd(2021, 10, 27),
            date_text: "令和3年10月27日".to_owned(),
            item: ItemRef { text: "Ⅰ.1 ③".to_owned(), slot: form.slot("i.1.population") },
            before: String::new(),
            after: "後\n二行目".to_owned(),
            timing: "事後".to_owned(),
            explanation: "―".to_owned(),
            judgement: crate::assessment::Judgement::default(),
        };
        let unresolved =
            Change {
                date: None, item: ItemRef { text: "どこか".to_owned(), slot: None }, ..change.clone()
            };
        Assessment {
            dir: "15-a".to_owned(),
            number: "15".to_owned(),
            title: "公園利用".to_owned(),
            published: CivilDate::from_ymd(2023, 11, 14),
            answers,
            changes: vec![change, unresolved],
            administration: Administration::default(),
        }
    }

    fn json(assessment: &Assessment) -> String {
        assessment_json("011002", "みほん市", assessment, &|at| {
            format!("/011002/15-a/changes/#c{}", at + 1)
        })
    }

    #[test]
    fn keys_have_a_fixed_order() {
        let json = json(&sample());
        let compact: String = json.lines().map(|line| line.trim_start_matches(' ')).collect();
        let items = concat!(
            r#"{"id": "cover.number","ref": "表紙.評価書番号","label": "評価書番号","type": "text","value": "15"},"#,
            r#"{"id": "i.1.population","ref": "Ⅰ.1.③","label": "対象人数","type": "choice","value": "たくさん","unfit": true},"#,
            r#"{"id": "i.2.system[1].connections","ref": "Ⅰ.2.システム1.③","label": "他のシステムとの接続","type": "checks","#,
            r#""value": [{"label": "その他","text": "申請\"a\""},{"label": "宛名システム等"}]},"#,
            r#"{"id": "i.2.system[2].connections","ref": "Ⅰ.2.システム2.③","label": "他のシステムとの接続","type": "checks","value": []},"#,
            r#"{"id": "app1.figure","ref": "（別添1）.事務の内容（図）","label": "事務の内容（図）","type": "figure","#,
            r#""value": [{"file": "figures/a.svg","alternative": "流れ"}]},"#,
            r#"{"id": "ii.2.start-date","ref": "Ⅱ.2.⑤","label": "保有開始日","type": "date","value": "2015-12"},"#,
            r#"{"id": "ii.4.outsourcing.count","ref": "Ⅱ.4.委託の有無.（　）件","label": "（　）件","type": "count","value": 2}"#,
        );
        let changes = concat!(
            r#"{"date": "2021-10-27","item": "Ⅰ.1 ③","id": "i.1.population","before": "","after": "後\n二行目","#,
            r#""timing": "事後","explanation": "―","url": "/011002/15-a/changes/#c1"},"#,
            r#"{"date": null,"item": "どこか","id": null,"before": "","after": "後\n二行目","#,
            r#""timing": "事後","explanation": "―","url": "/011002/15-a/changes/#c2"}"#,
        );
        let head = concat!(
            r#"{"code": "011002","municipality": "みほん市","form": "zenkomoku-h30-05","#,
            r#""number": "15","title": "公園利用","published": "2023-11-14","#,
        );
        assert_eq!(compact, format!("{head}\"items\": [{items}],\"changes\": [{changes}]}}"));
        assert!(json.ends_with("}\n"));
    }

    /// What `/data/` explains is what there is.
    #[test]
    fn keys_and_types_are_documented() {
        use crate::site::data::{CHANGE_KEYS, DOCUMENT_KEYS, Explained, ITEM_KEYS, ITEM_TYPES};

        let names = |all: &'static [Explained]| all.iter().map(|key| key.name).collect::<Vec<_>>();
        let data: serde_json::Value = serde_json::from_str(&json(&sample())).unwrap();
        let keys = |value: &serde_json::Value| {
            value.as_object().unwrap().keys().map(String::as_str).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(keys(&data), names(&DOCUMENT_KEYS).join(" "));
        assert_eq!(keys(&data["changes"][0]), names(&CHANGE_KEYS).join(" "));
        // The population of the sample is unfit, so it has all keys.
        assert_eq!(keys(&data["items"][1]), names(&ITEM_KEYS).join(" "));
        let kinds: BTreeSet<_> = Form::all()
            .iter()
            .flat_map(|form| {
                let items = form.nodes().iter().filter(|node| node.is_item() && !form.is_change_part(node));
                items.map(|node| type_of(node.kind))
            })
            .collect();
        assert_eq!(kinds, names(&ITEM_TYPES).into_iter().collect::<BTreeSet<_>>());
    }

    #[test]
    fn boxes_of_a_section_with_answers_are_ticked_or_not() {
        for form in Form::all() {
            let flag = form.nodes().iter().find(|node| node.kind == Kind::Flag);
            let Some(flag) = flag else { continue };
            let section = form.section_of(flag.ix);
            let item = form
                .nodes()
                .iter()
                .find(|n| n.is_item() && n.kind != Kind::Flag && form.section_of(n.ix).ix == section.ix);
            let around = if section.repeat.is_some() { Entries::NONE.enter(2) } else { Entries::NONE };
            let mut assessment = Assessment { answers: Answers::new(form), ..sample() };
            assessment.changes.clear();
            assert_eq!(filled(&assessment), []);
            assessment
                .answers
                .set(Slot { node: item.unwrap().ix, entries: around }, Value::Text("甲".to_owned()));
            let unticked = (Slot { node: flag.ix, entries: around }, &Value::Flag(false));
            assert!(filled(&assessment).contains(&unticked), "{}", form.head.id);
            if section.repeat.is_some() {
                let other = (Slot { node: flag.ix, entries: Entries::NONE.enter(1) }, &Value::Flag(false));
                assert!(!filled(&assessment).contains(&other), "{}", form.head.id);
            }
        }
    }
}
