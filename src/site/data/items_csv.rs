//! `items.csv`: one item a line, in long format (機械可読ルール L3-09); an item with several ticks or images has a line for each.

use std::borrow::Cow;

use super::assessment::{filled, type_of};
use super::csv;
use super::documents_csv::{flag, option_code};
use super::keys::Explained;
use crate::assessment::{Assessment, Figure, Tick, Value};
use crate::form::{Slot, anchor_of};
use crate::history::title_of;
use crate::site::{MunicipalityContext, SiteContext};

/// Number of columns.
const WIDTH: usize = 15;

/// The columns of `items.csv` in their order.
pub const ITEM_COLUMNS: [Explained; WIDTH] = [
    column("団体コード", "全国地方公共団体コード。検査数字を含む6桁の文字列（先頭の0を落とさない）"),
    column("自治体名", "自治体の名前"),
    column(
        "評価書のフォルダ",
        "評価書のフォルダの名前。評価書のほかのことは、団体コードとこの列で documents.csv から引ける",
    ),
    column("評価書名", "評価書名。一行にしてある"),
    column("様式", "様式と版の識別子（例: zenkomoku-h30-05）"),
    column(
        "項目ID",
        "様式の項目の識別子（例: ii.3.usage）。assessment.json の id、変更のデータの「項目ID」と同じ",
    ),
    column("項目の番号", "様式の項目の番号（例: Ⅱ.3.⑧）"),
    column("項目名", "様式の項目名"),
    column("種類", "値の種類（text、date、choice、checks、count、flag、figure）"),
    column("枝番", "一つの項目の中での順番（1から）。選んだものや図が二つ以上あるときに、一つを一行とする"),
    column(
        "コード",
        "選択肢のコード。choice では選択肢の番号、checks では選択肢の英字の符号（一覧は codes.csv）。ほかの種類では空",
    ),
    column(
        "値",
        "記載。text は文章（Markdown）、date は YYYY-MM-DD か YYYY-MM、choice と checks は選択肢、count は数、flag は 1 か 0、figure は図の内容を表す文章。一つも選んでいない checks は空の一行になる",
    ),
    column("添え書き", "checks では「その他」などのかっこの中に書かれた文字、figure では図のファイルの名前"),
    column("読めない値", "記載が様式の値として読めず、書かれたままの文字であるとき 1、ほかは 0"),
    column(
        "URL",
        "この項目のアドレス。サイトのアドレスを設定していないときは、サイトの最初のページからの相対アドレス",
    ),
];

const fn column(name: &'static str, about: &'static str) -> Explained {
    Explained { name, about }
}

/// What stands before the lines; the same in every file.
pub fn items_head() -> Vec<u8> {
    csv::head(ITEM_COLUMNS.iter().map(|column| column.name))
}

/// The whole file of a document.
pub fn items_csv(site: &SiteContext, municipality: &MunicipalityContext, assessment: &Assessment) -> Vec<u8> {
    let base = site.base_url.as_deref().unwrap_or_default();
    let document = Document {
        municipality,
        assessment,
        files: assessment.answers.files(),
        address: format!("{base}{}/{}/", municipality.code, assessment.dir),
    };
    let items = filled(assessment);
    let lines = items.iter().flat_map(|(slot, value)| document.lines(*slot, value));
    [items_head(), csv::records(lines)].concat()
}

struct Document<'a> {
    municipality: &'a MunicipalityContext,
    assessment: &'a Assessment,
    /// Number of 特定個人情報ファイル.
    files: u16,
    address: String,
}

/// What differs between the lines of an item.
#[derive(Default)]
struct Part<'a> {
    code: Cow<'a, str>,
    value: Cow<'a, str>,
    beside: &'a str,
}

impl<'a> Document<'a> {
    fn lines(&self, slot: Slot, value: &'a Value) -> Vec<[Cow<'a, str>; WIDTH]> {
        let form = self.assessment.form();
        let node = form.node(slot.node);
        let id = form.path(slot, self.files);
        let reference = form.reference(slot, self.files);
        let url = format!("{}#{}", self.address, anchor_of(&id));
        let parts = self.parts(slot, value);
        let lines = parts.into_iter().enumerate().map(|(at, part)| {
            [
                self.municipality.code.as_str().into(),
                self.municipality.name.as_str().into(),
                self.assessment.dir.as_str().into(),
                title_of(self.assessment).into(),
                form.head.id.as_str().into(),
                id.clone().into(),
                reference.clone().into(),
                node.label.as_str().into(),
                type_of(node.kind).into(),
                (at + 1).to_string().into(),
                part.code,
                part.value,
                part.beside.into(),
                flag(matches!(value, Value::Unfit(_))).into(),
                url.clone().into(),
            ]
        });
        lines.collect()
    }

    fn parts(&self, slot: Slot, value: &'a Value) -> Vec<Part<'a>> {
        let form = self.assessment.form();
        let node = form.node(slot.node);
        let one = |value: Cow<'a, str>| vec![Part { value, ..Part::default() }];
        match value {
            Value::Text(text) | Value::Unfit(text) => one(text.as_str().into()),
            Value::Date(date) => one(date.iso().into()),
            Value::Count(number) => one(number.to_string().into()),
            Value::Flag(state) => one(flag(*state).into()),
            Value::Choice(label) => {
                let code = option_code(form, node, value).unwrap_or_default().into();
                vec![Part { code, value: label.as_str().into(), beside: "" }]
            }
            // An item that was answered with no tick at all has a line, too.
            Value::Checks(ticks) if ticks.is_empty() => vec![Part::default()],
            Value::Checks(ticks) => ticks.iter().map(|tick| self.tick(slot, tick)).collect(),
            Value::Figures(figures) => figures.iter().map(figure).collect(),
        }
    }

    fn tick(&self, slot: Slot, tick: &'a Tick) -> Part<'a> {
        let form = self.assessment.form();
        let mut boxes = form.boxes(form.node(slot.node)).iter();
        let code = boxes.find(|b| b.label == tick.label).map(|b| b.key.as_str());
        Part {
            code: code.unwrap_or_default().into(),
            value: tick.label.as_str().into(),
            beside: tick.text.as_deref().unwrap_or_default(),
        }
    }
}

fn figure(figure: &Figure) -> Part<'_> {
    Part { code: "".into(), value: figure.alternative.as_str().into(), beside: &figure.file }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::form::Form;
    use crate::site::data::changes_csv::tests::{read, undone};
    use crate::site::tests::sample;

    fn records(assessment: &Assessment) -> Vec<Vec<String>> {
        let municipality = MunicipalityContext::new(&sample::municipality());
        let file = items_csv(&SiteContext::new(&sample::site()), &municipality, assessment);
        let mut records = read(std::str::from_utf8(&file).unwrap().strip_prefix('\u{feff}').unwrap());
        assert_eq!(records.remove(0), ITEM_COLUMNS.map(|column| column.name));
        records.into_iter().map(|record| record.iter().map(|cell| undone(cell)).collect()).collect()
    }

    fn at(name: &str) -> usize {
        ITEM_COLUMNS.iter().position(|column| column.name == name).unwrap()
    }

    /// Both files say the same of every document.
    #[test]
    fn lines_hold_what_assessment_json_holds() {
        for (number, form) in Form::all().iter().enumerate() {
            let assessment = sample::assessment(form, number, 1);
            let json =
                super::super::assessment_json("019984", "みほん市", &assessment, &|_| String::new());
            let json: serde_json::Value = serde_json::from_str(&json).unwrap();
            let mut lines = records(&assessment).into_iter().peekable();
            for item in json["items"].as_array().unwrap() {
                let mut own = Vec::new();
                while let Some(line) =
                    lines.next_if(|line| line[at("項目ID")] == item["id"].as_str().unwrap())
                {
                    assert_eq!(line[at("枝番")], (own.len() + 1).to_string());
                    assert_eq!(line[at("項目の番号")], item["ref"].as_str().unwrap());
                    assert_eq!(line[at("種類")], item["type"].as_str().unwrap());
                    own.push((line[at("値")].clone(), line[at("添え書き")].clone()));
                }
                assert_eq!(own, parts(&item["value"]), "{item}");
            }
            assert_eq!(lines.next(), None);
        }
    }

    fn parts(value: &serde_json::Value) -> Vec<(String, String)> {
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let part = |part: &serde_json::Value| match part["file"].as_str() {
            Some(file) => (text(&part["alternative"]), file.to_owned()),
            None => (text(&part["label"]), text(&part["text"])),
        };
        match value {
            serde_json::Value::Array(parts) if parts.is_empty() => vec![(String::new(), String::new())],
            serde_json::Value::Array(parts) => parts.iter().map(part).collect(),
            serde_json::Value::String(text) => vec![(text.clone(), String::new())],
            serde_json::Value::Bool(state) => vec![(u8::from(*state).to_string(), String::new())],
            other => vec![(other.to_string(), String::new())],
        }
    }

    #[test]
    fn every_option_has_its_code_and_every_line_its_item() {
        for (number, form) in Form::all().iter().enumerate() {
            let assessment = sample::assessment(form, number, 0);
            let codes: BTreeSet<_> = super::super::codes_csv::codes()
                .filter(|code| code.form == form.head.id)
                .map(|code| (code.item.to_owned(), code.code.into_owned(), code.label.to_owned()))
                .collect();
            for line in records(&assessment) {
                let is_coded = ["choice", "checks"].contains(&line[at("種類")].as_str());
                let has_code = is_coded && line[at("読めない値")] == "0" && !line[at("値")].is_empty();
                assert_eq!(!line[at("コード")].is_empty(), has_code, "{line:?}");
                let slot = form.slot(&line[at("項目ID")]).unwrap();
                let anchor = form.anchor(slot, assessment.answers.files());
                assert!(line[at("URL")].ends_with(&format!("/{}/#{anchor}", assessment.dir)), "{line:?}");
                let item = form.node(slot.node).id.clone();
                let code = (item, line[at("コード")].clone(), line[at("値")].clone());
                assert!(!has_code || codes.contains(&code), "{code:?} is not in codes.csv");
            }
        }
    }
}
