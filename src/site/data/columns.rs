//! The columns of the files of changes, as they are documented.

/// A column of `changes.csv`, a key of `changes.json`, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Column {
    /// The head in `changes.csv`; none where it is only in `changes.json`.
    pub head: Option<&'static str>,
    /// The key in `changes.json`; none where it is only in `changes.csv`.
    pub key: Option<&'static str>,
    /// What it says, in Japanese.
    pub about: &'static str,
}

/// The codes of 提出時期 in the order of the form's options.
pub const TIMING_CODES: [&str; 2] = ["before", "after"];

/// All columns in their order, which is the same in both files.
pub const COLUMNS: [Column; 28] = [
    both("団体コード", "code", "全国地方公共団体コード。検査数字を含む6桁の文字列（先頭の0を落とさない）"),
    both("自治体名", "municipality", "自治体の名前"),
    json("document", "評価書のフォルダの名前。評価書のアドレスは「団体コード/この名前/」"),
    both("評価書番号", "number", "評価書番号（文字列）"),
    both("評価書名", "title", "評価書名"),
    both("様式", "form", "様式と版の識別子（例: zenkomoku-h30-05 は全項目評価書 平成30年5月）"),
    both("変更日", "date", "変更日（西暦、YYYY-MM-DD。日付が読めないものは空または null）"),
    csv("変更日（和暦）", "変更日（和暦）。日付が読めないものは書かれたまま"),
    json("date_text", "変更日の欄に書かれた文字"),
    both(
        "通し番号",
        "ordinal",
        "同じ変更日の中での順番（1から）。公表した行を消したり、並べ替えたり、変更日を直したり、途中に足したりしないかぎり変わらない",
    ),
    both("項目ID", "id", "様式の項目の識別子（例: ii.3.usage）。どの項目か決められないものは空または null"),
    both("項目の番号", "ref", "様式の項目の番号（例: Ⅱ.3.⑧）"),
    both("項目名", "label", "様式の項目名。番号だけで分かるものは空"),
    both("項目（記載のまま）", "item", "変更箇所の「項目」の欄に書かれた文字"),
    both("章", "section", "項目がある章の見出し"),
    both("種別コード", "kind", "変更の種別のコード"),
    csv("種別", "変更の種別"),
    both("変更前の記載", "before", "変更前の記載（Markdown。見出しや箇条書きを記号で表した文字）"),
    both("変更後の記載", "after", "変更後の記載（Markdown。見出しや箇条書きを記号で表した文字）"),
    both("提出時期コード", "timing_code", "提出時期のコード。様式の選択肢にないものは空または null"),
    both("提出時期", "timing", "提出時期の欄に書かれた文字"),
    json("explanation", "提出時期に係る説明の欄に書かれた文字（「同上」もそのまま）"),
    both(
        "提出時期に係る説明",
        "explanation_resolved",
        "提出時期に係る説明。「同上」は指している説明に置き換えてある。指している説明が決まらない「同上」はそのまま",
    ),
    both(
        "※の項目",
        "important",
        "様式で※が付いた項目（重要な変更の対象）かどうか。CSV では 1 と 0、JSON では true と false",
    ),
    both(
        "移動の相手",
        "counterpart",
        "記載が別の項目へ移った、または別の項目から移ってきたとき、その相手の変更のアドレス",
    ),
    both(
        "URL",
        "url",
        "この変更のアドレス。サイトのアドレスを設定していないときは、サイトの最初のページからの相対アドレス",
    ),
    csv("評価書のフォルダ", "評価書のフォルダの名前。JSON の document と同じ"),
    both(
        "評価書の公表日",
        "published",
        "評価書の公表日（西暦、YYYY-MM-DD。日付が読めないものは空または null）",
    ),
];

const fn both(head: &'static str, key: &'static str, about: &'static str) -> Column {
    Column { head: Some(head), key: Some(key), about }
}

const fn csv(head: &'static str, about: &'static str) -> Column {
    Column { head: Some(head), key: None, about }
}

const fn json(key: &'static str, about: &'static str) -> Column {
    Column { head: None, key: Some(key), about }
}
