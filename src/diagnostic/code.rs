//! The catalogue of codes: stable ascii names, their usual weight and their titles.

use super::Severity;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $severity:ident, $title:literal;)*) => {
        /// The stable code of a kind of finding.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])* $name,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];

            /// The stable ascii name.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// The usual weight.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// What it is about, in a few words.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }
        }
    };
}

codes! {
    /// A file cannot be read.
    Unreadable = "FILE-01", Error, "ファイルを読めない";
    /// A file is not UTF-8.
    NotUtf8 = "FILE-02", Error, "文字コードが UTF-8 でない";
    /// A file that every assessment or municipality needs is missing.
    MissingFile = "FILE-03", Error, "必要なファイルがない";
    /// A directory name is not `番号-名前`.
    DirectoryName = "FILE-04", Error, "フォルダの名前が決まりに合わない";
    /// The file is not YAML.
    Syntax = "YAML-01", Error, "YAML として読めない";
    /// A file is nested too deep or too large.
    TooDeep = "YAML-02", Error, "入れ子や大きさが限度を超える";
    /// Anchors and aliases are not part of the format.
    Alias = "YAML-03", Error, "アンカー・エイリアスは使えない";
    /// A tab indents a line.
    Tab = "YAML-04", Error, "字下げにタブがある";
    /// A full-width colon or blank stands where YAML needs an ascii one.
    FullWidth = "YAML-05", Error, "全角の記号で区切られている";
    /// A key stands twice.
    DuplicateKey = "KEY-01", Error, "同じ項目が二度ある";
    /// A key that the form does not have.
    UnknownKey = "KEY-02", Error, "様式にない項目";
    /// A key that belongs elsewhere in the form.
    MisplacedKey = "KEY-03", Error, "項目の場所が違う";
    /// Another kind of value is needed.
    WrongType = "VAL-01", Error, "値の形が違う";
    /// A word that is no option.
    UnknownOption = "VAL-02", Error, "選択肢にない値";
    /// A date that cannot be.
    ImpossibleDate = "VAL-03", Error, "日付として読めない";
    /// A date written in a way that is read but not recommended.
    DateSpelling = "VAL-04", Warning, "日付の書き方";
    /// A box that must be ticked alone.
    ExclusiveBox = "VAL-05", Error, "同時に選べない選択肢";
    /// The same box twice.
    RepeatedBox = "VAL-06", Error, "同じ選択肢が二度ある";
    /// A required item is empty.
    Required = "REQ-01", Error, "必須の項目が空";
    /// An item is filled although its condition is not met.
    MustBeBlank = "REQ-02", Error, "条件に当たらない項目に記載がある";
    /// More entries than the form has room for.
    TooManyEntries = "REP-01", Error, "件数が様式の上限を超える";
    /// Fewer entries than the form needs.
    TooFewEntries = "REP-02", Error, "件数が足りない";
    /// A stated number differs from the number of entries.
    CountMismatch = "REP-03", Error, "件数と記載の数が違う";
    /// A figure has no text alternative.
    NoAlternative = "FIG-01", Error, "図に代替テキストがない";
    /// The image of a figure is not there.
    MissingImage = "FIG-02", Error, "図のファイルがない";
    /// The form or edition is not known.
    UnknownForm = "FORM-01", Error, "様式・版が分からない";
    /// A level-1 heading of a Markdown file names no item.
    UnknownHeading = "MD-01", Error, "見出しがどの項目か分からない";
    /// An item is written in two places.
    WrittenTwice = "MD-02", Error, "同じ項目が二か所に書かれている";
    /// A Markdown file gives a value to an item that is not text.
    NotText = "MD-03", Error, "文章でない項目を Markdown に書いている";
    /// A Markdown file has text before its first heading.
    TextBeforeHeading = "MD-04", Error, "最初の見出しより前に文章がある";
    /// A change row names no item of the form.
    UnresolvedItem = "CHG-R1", Warning, "変更箇所の項目が特定できない";
    /// An `id` of a change row names no item.
    UnknownId = "CHG-R2", Error, "変更箇所の id が様式にない";
    /// A reference in prose leads nowhere.
    UnresolvedLink = "REF-01", Warning, "本文の項目参照が特定できない";
    /// 全国地方公共団体コード is wrong.
    MunicipalityCode = "CODE-01", Error, "団体コードの誤り";
    /// The code in the directory name and in the file differ.
    CodeMismatch = "CODE-02", Error, "フォルダ名と団体コードが違う";
    /// 評価書番号 in the directory name and in the file differ.
    NumberMismatch = "CODE-03", Error, "フォルダ名と評価書番号が違う";
    /// A municipality or an assessment stands twice.
    Duplicate = "SITE-01", Error, "同じ URL になる";
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_are_unique_and_ascii() {
        let ids: BTreeSet<_> = Code::ALL.iter().map(|c| c.id()).collect();
        assert_eq!(ids.len(), Code::ALL.len());
        assert!(ids.iter().all(|id| id.is_ascii()));
    }
}
