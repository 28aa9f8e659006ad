//! `documents.csv`: one document a line, with what people sort and count documents by, and where its other data is.

use std::borrow::Cow;

use super::csv;
use super::keys::Explained;
use crate::assessment::{Assessment, Value};
use crate::form::{Form, Kind, Node, Slot};
use crate::history::title_of;
use crate::site::{MunicipalityContext, SiteContext};
use crate::wareki::CivilDate;

/// The columns before those of [`ITEM_COLUMNS`].
const FIRST: [Explained; 13] = [
    column("団体コード", "全国地方公共団体コード。検査数字を含む6桁の文字列（先頭の0を落とさない）"),
    column("自治体名", "自治体の名前"),
    column("都道府県", "都道府県の名前"),
    column("評価書番号", "評価書番号（文字列）"),
    column("評価書名", "評価書名。一行にしてある"),
    column(
        "評価書のフォルダ",
        "評価書のフォルダの名前。ほかのファイルと結び付けるときは、団体コードとこの列の二つを使う",
    ),
    column("様式", "様式と版の識別子（例: zenkomoku-h30-05）"),
    column("様式番号", "様式の番号（例: 様式4）"),
    column("評価書の種類", "基礎項目評価書、重点項目評価書、全項目評価書のどれか"),
    column("様式の版", "様式の版（例: 平成30年5月）"),
    column("公表日", "公表日（西暦、YYYY-MM-DD）。日付が読めないものは空"),
    column("公表日（和暦）", "公表日（和暦）。日付が読めないものは空"),
    column("公表された版の数", "このサイトに載っている版の数"),
];

/// A column that shows an item, which each edition has elsewhere.
struct ItemColumn {
    /// The role that the item plays in its edition.
    role: &'static str,
    /// A column of its own holds the code of the option.
    code: Option<Explained>,
    text: Explained,
}

/// Items that sum a document up. An edition without the item leaves the cell empty.
const ITEM_COLUMNS: [ItemColumn; 9] = [
    item("agency", column("評価実施機関", "評価実施機関名")),
    item("task-name", column("事務の名称", "特定個人情報ファイルを取り扱う事務の名称")),
    item("department", column("担当部署", "評価実施機関における担当部署")),
    item(
        "file-names",
        column(
            "特定個人情報ファイル名",
            "特定個人情報ファイル名。二つ以上のときは、値の中の改行で分かれている",
        ),
    ),
    coded(
        "population",
        column("対象人数コード", "対象人数の選択肢の番号（様式の順、1から。一覧は codes.csv）"),
        column("対象人数", "対象人数"),
    ),
    coded(
        "handlers",
        column("取扱者数コード", "取扱者数の選択肢の番号。基礎項目評価書のほかでは空"),
        column("取扱者数", "取扱者数（500人以上かどうか）。基礎項目評価書のほかでは空"),
    ),
    coded(
        "incident",
        column("重大事故コード", "過去の重大事故の選択肢の番号。基礎項目評価書のほかでは空"),
        column("重大事故", "過去に特定個人情報に関する重大事故が発生したか。基礎項目評価書のほかでは空"),
    ),
    coded(
        "threshold-result",
        column("しきい値判断結果コード", "しきい値判断の結果の選択肢の番号。基礎項目評価書のほかでは空"),
        column("しきい値判断結果", "しきい値判断の結果。基礎項目評価書のほかでは空"),
    ),
    coded(
        "network-use",
        column("情報連携コード", "情報提供ネットワークシステムによる情報連携の有無の選択肢の番号"),
        column("情報連携", "情報提供ネットワークシステムによる情報連携の有無"),
    ),
];

/// The columns after those of [`ITEM_COLUMNS`].
const LAST: [Explained; 9] = [
    column("特定個人情報ファイルの数", "特定個人情報ファイルの数。ファイルごとの章がない様式では空"),
    column("記載のある項目の数", "記載のある項目の数。項目のデータでこの評価書に現れる項目IDの数と同じ"),
    column("変更の件数", "変更箇所の行の数"),
    column("最後の変更日", "最も新しい変更日（西暦、YYYY-MM-DD）。変更がないものは空"),
    column(
        "URL",
        "評価書のアドレス。サイトのアドレスを設定していないときは、サイトの最初のページからの相対アドレス",
    ),
    column("assessment.json", "評価書のデータ（JSON）のアドレス"),
    column("items.csv", "項目のデータ（CSV）のアドレス"),
    column("changes.csv", "変更のデータ（CSV）のアドレス"),
    column("changes.json", "変更のデータ（JSON）のアドレス"),
];

const fn column(name: &'static str, about: &'static str) -> Explained {
    Explained { name, about }
}

const fn item(role: &'static str, text: Explained) -> ItemColumn {
    ItemColumn { role, code: None, text }
}

const fn coded(role: &'static str, code: Explained, text: Explained) -> ItemColumn {
    ItemColumn { role, code: Some(code), text }
}

/// The columns of `documents.csv` in their order.
pub fn document_columns() -> impl Iterator<Item = Explained> {
    let items = ITEM_COLUMNS.iter().flat_map(|item| item.code.into_iter().chain([item.text]));
    FIRST.into_iter().chain(items).chain(LAST)
}

/// What stands before the lines; the same in every file.
pub fn documents_head() -> Vec<u8> {
    csv::head(document_columns().map(|column| column.name))
}

/// The line of a document, of which so many versions are public.
pub fn document_record(
    site: &SiteContext,
    municipality: &MunicipalityContext,
    assessment: &Assessment,
    versions: usize,
) -> Vec<u8> {
    let head = &assessment.form().head;
    let published = assessment.published;
    let mut cells: Vec<Cow<'_, str>> = vec![
        municipality.code.as_str().into(),
        municipality.name.as_str().into(),
        municipality.prefecture.as_str().into(),
        assessment.number.as_str().into(),
        title_of(assessment).into(),
        assessment.dir.as_str().into(),
        head.id.as_str().into(),
        head.style.as_str().into(),
        head.short_title.as_str().into(),
        head.edition.as_str().into(),
        iso(published).into(),
        published.map(|date| date.wareki()).unwrap_or_default().into(),
        versions.to_string().into(),
    ];
    for column in &ITEM_COLUMNS {
        add_item(&mut cells, assessment, column);
    }
    cells.extend(last(site, municipality, assessment).map(Cow::from));
    csv::records([cells])
}

/// The cells of [`LAST`].
fn last(site: &SiteContext, municipality: &MunicipalityContext, assessment: &Assessment) -> [String; 9] {
    let form = assessment.form();
    let files = form.sections().any(Node::is_per_file).then(|| assessment.answers.files().to_string());
    let base = site.base_url.as_deref().unwrap_or_default();
    let address = |file: &str| format!("{base}{}/{}/{file}", municipality.code, assessment.dir);
    [
        files.unwrap_or_default(),
        super::assessment::filled(assessment).len().to_string(),
        assessment.changes.len().to_string(),
        iso(assessment.changes.iter().filter_map(|change| change.date).max()),
        address(""),
        address("assessment.json"),
        address("items.csv"),
        address("changes.csv"),
        address("changes.json"),
    ]
}

fn iso(date: Option<CivilDate>) -> String {
    date.map(|date| date.iso()).unwrap_or_default()
}

fn add_item<'a>(cells: &mut Vec<Cow<'a, str>>, assessment: &'a Assessment, column: &ItemColumn) {
    let form = assessment.form();
    let found = form.role(column.role).and_then(|node| {
        let value = assessment.answers.get(Slot::plain(node.ix))?;
        Some((node, value))
    });
    if column.code.is_some() {
        let code = found.and_then(|(node, value)| option_code(form, node, value));
        cells.push(code.unwrap_or_default().into());
    }
    cells.push(found.map_or(Cow::Borrowed(""), |(_, value)| text(value)));
}

/// The position of the option that was chosen, from 1: the number that the form prints before it.
pub(super) fn option_code(form: &Form, node: &Node, value: &Value) -> Option<String> {
    let Value::Choice(label) = value else { return None };
    debug_assert_eq!(node.kind, Kind::Choice);
    let at = form.options(node).iter().position(|option| option.label == *label)?;
    Some((at + 1).to_string())
}

/// An item in one cell.
fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Text(text) | Value::Choice(text) | Value::Unfit(text) => text.as_str().into(),
        Value::Date(date) => date.iso().into(),
        Value::Count(number) => number.to_string().into(),
        Value::Flag(state) => flag(*state).into(),
        // No item that sums a document up holds several things.
        Value::Checks(_) | Value::Figures(_) => Cow::Borrowed(""),
    }
}

/// A box that is ticked or not, as our files in CSV have it.
pub(super) fn flag(state: bool) -> &'static str {
    if state { "1" } else { "0" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::data::changes_csv::tests::{read, undone};
    use crate::site::tests::sample;

    /// The sample leaves every third item empty.
    #[test]
    fn every_edition_fills_the_columns() {
        let site = SiteContext::new(&sample::site());
        let municipality = MunicipalityContext::new(&sample::municipality());
        let heads: Vec<_> = document_columns().map(|column| column.name).collect();
        let unique: std::collections::BTreeSet<_> = heads.iter().collect();
        assert_eq!(unique.len(), heads.len(), "a head stands twice");
        for (number, form) in Form::all().iter().enumerate() {
            let assessment = sample::assessment(form, number, 3);
            let line = document_record(&site, &municipality, &assessment, 2);
            let records = read(std::str::from_utf8(&line).unwrap());
            let [record] = records.as_slice() else { panic!("{records:?}") };
            assert_eq!(record.len(), heads.len());
            let cell = |head: &str| undone(&record[heads.iter().position(|h| *h == head).unwrap()]);
            assert_eq!(cell("団体コード"), "019984");
            assert_eq!(cell("様式"), form.head.id);
            assert_eq!(cell("公表された版の数"), "2");
            assert_eq!(cell("変更の件数"), assessment.changes.len().to_string());
            let address = format!("https://example.jp/hyoka/019984/{}/", assessment.dir);
            assert_eq!(cell("URL"), address);
            assert_eq!(cell("items.csv"), format!("{address}items.csv"));
            for column in &ITEM_COLUMNS {
                let node = form.role(column.role);
                let value = node.and_then(|node| assessment.answers.get(Slot::plain(node.ix)));
                assert_eq!(cell(column.text.name), value.map(text).unwrap_or_default(), "{}", column.role);
                let (Some(code), Some(Value::Choice(label))) = (column.code, value) else { continue };
                let code: usize = cell(code.name).parse().unwrap();
                assert_eq!(form.options(node.unwrap())[code - 1].label, *label);
            }
        }
    }

    /// A role that no edition has would leave a column empty for ever, and a list does not fit a cell.
    #[test]
    fn every_column_shows_an_item() {
        for column in &ITEM_COLUMNS {
            let nodes: Vec<_> = Form::all().iter().filter_map(|form| form.role(column.role)).collect();
            assert!(!nodes.is_empty(), "{}", column.role);
            for node in nodes {
                assert_eq!(node.kind == Kind::Choice, column.code.is_some(), "{}", node.id);
                assert!(!matches!(node.kind, Kind::Checks | Kind::Figure | Kind::Group | Kind::Repeat));
            }
        }
    }
}
