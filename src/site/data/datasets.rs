//! The sets of data that a site publishes, in words for people and for the catalogue.

/// A set of data, in one file or in several formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatasetKind {
    /// Its name in the catalogue.
    pub id: &'static str,
    /// Its title, after the name of whose data it is.
    pub title: &'static str,
    /// What it holds.
    pub about: &'static str,
    /// Its files.
    pub files: &'static [&'static str],
}

/// The tables of a site and of a municipality.
pub const DATASETS: [DatasetKind; 4] = [
    DatasetKind {
        id: "documents",
        title: "特定個人情報保護評価書の一覧",
        about: "公表中の特定個人情報保護評価書を一行に一つずつ並べた表。様式、公表日、対象人数、しきい値判断の結果、変更の件数、アドレスなど。",
        files: &["documents.csv"],
    },
    DatasetKind {
        id: "items",
        title: "特定個人情報保護評価書の項目の記載",
        about: "公表中の特定個人情報保護評価書の全ての項目の記載を、一行に一つずつ並べた表（縦持ち）。",
        files: &["items.csv"],
    },
    DatasetKind {
        id: "changes",
        title: "特定個人情報保護評価書の変更箇所",
        about: "特定個人情報保護評価書の変更箇所（変更前と変更後の記載、提出時期とその説明）を、一行に一つずつ並べた表。",
        files: &["changes.csv", "changes.json"],
    },
    DatasetKind {
        id: "codes",
        title: "特定個人情報保護評価書の選択肢のコード",
        about: "ほかの表に出てくる選択肢のコードの一覧。様式の版ごと、項目ごと。",
        files: &["codes.csv"],
    },
];

/// `assessment.json` of every document.
pub(super) const ASSESSMENTS: DatasetKind = DatasetKind {
    id: "assessments",
    title: "特定個人情報保護評価書（評価書ごとの JSON）",
    about: "公表中の特定個人情報保護評価書の全ての項目の記載と変更箇所を、評価書ごとに一つのファイルにしたもの。",
    files: &[],
};

/// `versions.json` of the documents that have one.
pub(super) const VERSIONS: DatasetKind = DatasetKind {
    id: "versions",
    title: "特定個人情報保護評価書の公表された版の一覧",
    about: "特定個人情報保護評価書の公表された版と、書き換えられていないことを確かめるための値を、評価書ごとに一つのファイルにしたもの。",
    files: &[],
};

/// When documents are due. Its files are made after the catalogue, so that their sizes are not known.
pub(super) const DUE: DatasetKind = DatasetKind {
    id: "due",
    title: "特定個人情報保護評価書の見直しと再実施の時期",
    about: "公表中の特定個人情報保護評価書の見直し（1年ごと）と再実施（5年ごと）の時期の一覧と、その予定表。",
    files: &["due.json", "due.ics"],
};
