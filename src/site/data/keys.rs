//! The keys of `assessment.json` and `versions.json`, as they are documented.

/// A key or a code with what it says, in Japanese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Explained {
    /// As it stands in the file.
    pub name: &'static str,
    /// What it says.
    pub about: &'static str,
}

/// The document itself.
pub const DOCUMENT_KEYS: [Explained; 8] = [
    key("code", "団体コード（文字列）"),
    key("municipality", "自治体の名前"),
    key("form", "様式と版の識別子"),
    key("number", "評価書番号（文字列）"),
    key("title", "評価書名。改行は空白にして一行にしてある"),
    key("published", "公表日（YYYY-MM-DD）。日付が読めないものは null"),
    key("items", "項目の配列。記載のある項目だけが、様式の順に並ぶ"),
    key("changes", "変更箇所の配列。変更箇所の表の順に並ぶ"),
];

/// An item of `items`.
pub const ITEM_KEYS: [Explained; 6] = [
    key("id", "項目の識別子（例: ii.3.usage）。変更の「項目ID」と同じ"),
    key("ref", "項目の番号（例: Ⅱ.3.⑧）"),
    key("label", "項目名"),
    key("type", "値の種類。下の「値の種類」のどれか"),
    key("value", "記載。形は値の種類によって違う"),
    key(
        "unfit",
        "true のときは、記載が様式の値として読めず、value は書かれたままの文字。読めたときは、このキーがない",
    ),
];

/// `type` of an item.
pub const ITEM_TYPES: [Explained; 7] = [
    key("text", "文章。value は文字列（Markdown）"),
    key("date", "日付。value は YYYY-MM-DD。年月だけを書いてよい項目では YYYY-MM のこともある"),
    key("choice", "一つを選ぶ項目。value は選んだ選択肢の文字列"),
    key(
        "checks",
        "いくつでも選べる項目。value は選んだものの配列で、それぞれに label（選択肢）と、書き添えた文字があれば text がある。一つも選んでいなければ空の配列",
    ),
    key("count", "件数。value は数"),
    key("flag", "印を付けるかどうかの項目。value は true か false"),
    key(
        "figure",
        "図。value は図の配列で、それぞれに file（評価書のフォルダからのファイルの名前）、alternative（図の内容を表す文章）と、説明があれば caption がある",
    ),
];

/// A change of `changes`.
pub const CHANGE_KEYS: [Explained; 8] = [
    key("date", "変更日（YYYY-MM-DD）。日付が読めないものは null"),
    key("item", "変更箇所の「項目」の欄に書かれた文字"),
    key("id", "項目の識別子。どの項目か決められないものは null"),
    key("before", "変更前の記載（Markdown）"),
    key("after", "変更後の記載（Markdown）"),
    key("timing", "提出時期の欄に書かれた文字"),
    key("explanation", "提出時期に係る説明の欄に書かれた文字（「同上」もそのまま）"),
    key("url", "この変更のアドレス。評価書のフォルダからの相対アドレス"),
];

/// A version of `versions` in `versions.json`.
pub const VERSION_KEYS: [Explained; 6] = [
    key("published", "公表日（YYYY-MM-DD）"),
    key("url", "この版のページ。評価書のフォルダからの相対アドレス"),
    key("json", "この版の assessment.json。評価書のフォルダからの相対アドレス"),
    key("sha256", "この版の assessment.json の SHA-256（十六進数）"),
    key("previous_sha256", "一つ前の版の sha256。最初の版では null"),
    key(
        "chain",
        "一つ前の版の chain とこの版の sha256 を、間に何も入れずにつないだ文字の SHA-256（十六進数）。最初の版では、この版の sha256 だけの SHA-256",
    ),
];

/// Something that is due, in `items` of `due.json`.
pub const DUE_KEYS: [Explained; 14] = [
    key(
        "kind",
        "期日の種類。review（1年ごとの見直し）、reassessment（5年ごとの再実施）、retention（公表を続ける期間の終わり）。公表日が来ていない版では publication（公表）、hearing-start と hearing-end（意見聴取の開始と終了）",
    ),
    key("code", "団体コード（文字列）"),
    key("municipality", "自治体の名前"),
    key("document", "評価書のフォルダの名前"),
    key("title", "評価書名"),
    key("date", "期日（YYYY-MM-DD）。もとになる日付の記録がないものは null"),
    key(
        "state",
        "as_of の日の状態。overdue（期限を過ぎている）、soon（近づいている）、later（先）、passed（過ぎた。することはない）、unknown（期日が分からない）",
    ),
    key(
        "basis",
        "何から数えたか。published（公表日）、reviewed（直近の見直し日）、conducted（直近の実施の公表日）、ended（事務の終了日）、planned（評価書に書かれた公表日）、hearing（意見聴取の期間）、missing（もとになる日付がない）",
    ),
    key(
        "since",
        "数え始めの日（YYYY-MM-DD）。公表日でないとき（サイトでは公表していない）と、数えたものでないときは null",
    ),
    key("explanation", "basis と since を文章で表したもの"),
    key("rule", "根拠"),
    key("effort", "true のものは、努めることが求められている（努力義務）"),
    key("uid", "カレンダー（due.ics）の UID と同じ識別子。期日のないものは null"),
    key("url", "評価書のアドレス。サイトのアドレスを設定していないときは null"),
];

const fn key(name: &'static str, about: &'static str) -> Explained {
    Explained { name, about }
}
