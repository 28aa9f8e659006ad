//! What to tell the officer who fills an item in: whether it is needed, when, and how it is written. Read in an editor (from
//! the JSON Schema) and in the comments of a new file.

use crate::form::{Contains, Form, Kind, Node, Otherwise, Presence, When};

/// Whether and when a node is to be filled in, by its own rule; none for a heading without one.
pub(crate) fn need(form: &Form, node: &Node) -> Option<String> {
    let condition = node.when.as_ref().map(|when| form.describe(when));
    let otherwise = match node.otherwise {
        Otherwise::Blank => "それ以外は空のままにする",
        Otherwise::Any => "それ以外は任意",
    };
    if let Some(repeat) = &node.repeat {
        return match condition {
            Some(condition) => Some(format!("{condition}に一件以上書く。{otherwise}。")),
            None if repeat.min > 0 => Some(format!("{} 件以上書く。", repeat.min)),
            None => Some("任意。".to_owned()),
        };
    }
    match (node.is_item(), node.presence, condition) {
        (false, _, condition) => condition.map(|condition| format!("{condition}だけ書く。")),
        (true, Presence::Optional, Some(condition)) => Some(format!("{condition}だけ書ける。")),
        (true, Presence::Optional, None) => Some("任意。".to_owned()),
        (true, _, Some(condition)) => Some(format!("{condition}に必ず書く。{otherwise}。")),
        (true, _, None) => Some("必須。".to_owned()),
    }
}

/// The conditions of the headings above a node, which hold for it as well.
pub(crate) fn conditions_above(form: &Form, node: &Node) -> Vec<String> {
    let line = form.ancestry(node.ix);
    let mut all = Vec::new();
    for (above, below) in line.iter().zip(line.iter().skip(1)) {
        let of_items = above.items_when.as_ref().filter(|_| below.kind != Kind::Flag);
        all.extend(above.when.iter().chain(of_items).map(|when| only(form, when)));
    }
    all
}

/// The condition of the items below a heading.
pub(crate) fn condition_below(form: &Form, node: &Node) -> Option<String> {
    node.items_when.as_ref().map(|when| only(form, when))
}

fn only(form: &Form, when: &When) -> String {
    format!("{}だけ書く。", form.describe(when))
}

/// How the value of a node is written; none where nothing need be said.
pub(crate) fn how(node: &Node) -> Option<&'static str> {
    Some(match node.kind {
        Kind::Choice => "次から一つを書く。",
        Kind::Checks => "当てはまるものを一つずつ「- 」で始めて書く。",
        Kind::Date if node.month_allowed => {
            "「令和5年11月14日」の形で書く。日が決まらなければ「令和5年11月」でもよい。"
        }
        Kind::Date => "「令和5年11月14日」の形で書く。",
        Kind::Count => "件数を数字で書く。",
        Kind::Flag => "当てはまるなら「はい」と書く。",
        Kind::Figure => "図ごとに「- ファイル: figures/図の名前.svg」と「代替テキスト: |」を書く。",
        Kind::Repeat => "一件ずつ「- 」で始めて書く。",
        Kind::Text if node.list => "一つずつ「- 」で始めて書く。",
        Kind::Text => match node.contains? {
            Contains::Dates => "日付を含めて書く。",
            Contains::Periods => "期間の初めの日と終わりの日を含めて書く。",
        },
        Kind::Group | Kind::ItemRef => return None,
    })
}

/// What else there is to know: ※, the most entries, what an empty cell means.
pub(crate) fn notes(form: &Form, node: &Node) -> Vec<String> {
    let mut all = Vec::new();
    if let Some(max) = node.repeat.as_ref().and_then(|r| r.max) {
        all.push(format!("{max} 件まで。"));
    }
    if let Some(counted) = node.must_equal_entries_of.as_ref().and_then(|id| form.by_id(id)) {
        all.push(format!("「{}」の件数と同じにする。", counted.label));
    }
    if let Some(text) = &node.fixed_text {
        all.push(format!("書かなければ、様式の印字「{text}」になる。"));
    }
    if let Some(suffix) = &node.label_suffix {
        all.push(suffix.clone());
    }
    if node.is_item() && node.important {
        all.push("重要な変更の対象（※）。".to_owned());
    }
    all
}
