//! `codes.csv`: the list of codes that stand in the other files (機械可読ルール L3-02), one option a line, made from the forms.

use std::borrow::Cow;

use super::assessment::type_of;
use super::csv;
use super::keys::Explained;
use crate::form::{Form, Node};

/// The columns of `codes.csv` in their order.
pub const CODE_COLUMNS: [Explained; 7] = [
    column("様式", "様式と版の識別子（例: zenkomoku-h30-05）"),
    column("項目", "様式の項目の識別子から、何番目かを表す［ ］を除いたもの（例: ii.4.contract.scope）"),
    column("項目の番号", "様式の項目の番号"),
    column("項目名", "様式の項目名"),
    column("種類", "値の種類（choice か checks）"),
    column("コード", "選択肢のコード。choice では選択肢の番号（様式の順、1から）、checks では英字の符号"),
    column("選択肢", "選択肢"),
];

const fn column(name: &'static str, about: &'static str) -> Explained {
    Explained { name, about }
}

/// An option of an item of an edition.
pub(super) struct Coded {
    pub(super) form: &'static str,
    pub(super) item: &'static str,
    reference: String,
    name: &'static str,
    kind: &'static str,
    pub(super) code: Cow<'static, str>,
    pub(super) label: &'static str,
}

/// The options of all items of all editions.
pub(super) fn codes() -> impl Iterator<Item = Coded> {
    Form::all().iter().flat_map(|form| {
        let items = form.nodes().iter().filter(|node| node.is_item() && !form.is_change_part(node));
        items.flat_map(|node| codes_of(form, node))
    })
}

fn codes_of(form: &'static Form, node: &'static Node) -> impl Iterator<Item = Coded> {
    let numbered = form.options(node).iter().enumerate();
    let options = numbered.map(|(at, option)| (Cow::Owned((at + 1).to_string()), option.label.as_str()));
    let boxes = form.boxes(node).iter().map(|b| (Cow::Borrowed(b.key.as_str()), b.label.as_str()));
    options.chain(boxes).map(|(code, label)| Coded {
        form: &form.head.id,
        item: &node.id,
        reference: node.reference.replace("{n}", ""),
        name: &node.label,
        kind: type_of(node.kind),
        code,
        label,
    })
}

/// The whole file.
pub fn codes_csv() -> Vec<u8> {
    let head = csv::head(CODE_COLUMNS.iter().map(|column| column.name));
    let lines = codes().map(|code| -> [Cow<'static, str>; 7] {
        [
            code.form.into(),
            code.item.into(),
            code.reference.into(),
            code.name.into(),
            code.kind.into(),
            code.code,
            code.label.into(),
        ]
    });
    [head, csv::records(lines)].concat()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::site::data::changes_csv::tests::read;

    #[test]
    fn a_code_means_one_option_of_an_item() {
        let file = String::from_utf8(codes_csv()).unwrap();
        let records = read(file.strip_prefix('\u{feff}').unwrap());
        assert!(records.iter().all(|record| record.len() == CODE_COLUMNS.len()));
        let keys: BTreeSet<_> = records.iter().map(|r| (&r[0], &r[1], &r[5])).collect();
        assert_eq!(keys.len(), records.len(), "a code of an item stands twice");
        let labels: BTreeSet<_> = records.iter().map(|r| (&r[0], &r[1], &r[6])).collect();
        assert_eq!(labels.len(), records.len(), "an option of an item has two codes");
    }
}
