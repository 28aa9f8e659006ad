//! 意見募集: a hearing that is going on or coming, for the pages of the document.

use super::settings::{Field, Holds, Reader, is_one_of};
use super::values::wrong_type;
use crate::assessment::{Consultation, Destination};
use crate::diagnostic::{Code, Diagnostic};
use crate::read::{Data, SourceFile, Span, Yaml};

/// The key of `assessment.yaml`.
pub(crate) const KEY: &str = "意見募集";

const FROM: &str = "開始日";
const TO: &str = "終了日";
const DESTINATION: &str = "宛先";
const NOTE: &str = "説明";

const fn field(name: &'static str, holds: Holds, about: &'static str) -> Field {
    Field { name, aliases: &[], holds, about }
}

pub(crate) const FIELDS: [Field; 4] = [
    field(FROM, Holds::Date, "意見を受け付ける最初の日。"),
    field(TO, Holds::Date, "意見を受け付ける最後の日。"),
    field(
        DESTINATION,
        Holds::Text,
        "意見の送り先。電子メールのアドレス、又は入力フォームの URL（{項目} と書いたところに、「Ⅱ.3.⑧」「表紙.評価書番号」のような項目の番号が入る）。",
    ),
    field(NOTE, Holds::Text, "案を見られる場所、ほかの出し方など、住民に知らせること。書かなくてもよい。"),
];

/// Whether a text is the key of 意見募集 or one of those below it.
pub(super) fn knows_key(text: &str) -> bool {
    text == KEY || is_one_of(&FIELDS, text)
}

/// Reads 意見募集. One that does not say from when, until when or where to is not announced.
pub(super) fn read(file: &SourceFile, key: Span, value: &Yaml) -> (Option<Consultation>, Vec<Diagnostic>) {
    let entries = match &value.data {
        Data::Map(entries) => entries.clone(),
        Data::Null => return (None, Vec::new()),
        Data::Scalar(_) | Data::List(_) => {
            let names = FIELDS.map(|field| field.name).join("、");
            let message = wrong_type("「項目: 値」の組", value);
            let diagnostic = here(file, Code::WRONG_TYPE, value.span, message)
                .help(format!("この下に書ける項目: {names}"));
            return (None, vec![diagnostic]);
        }
    };
    let mut reader = Reader::of(file, entries, KEY, &FIELDS);
    let (from, to) = (reader.date(FROM), reader.date(TO));
    let written = reader.text(DESTINATION);
    let note = reader.text(NOTE);
    let spans = [FROM, TO, DESTINATION].map(|name| reader.span(name));
    // A value that cannot be read, and a mistyped key, have findings of their own.
    let lacking = [FROM, TO, DESTINATION].map(|name| reader.lacks(name));
    let mut found = reader.diagnostics;
    found.extend(missing(file, key, lacking));
    let destination = written.as_deref().and_then(Destination::parse);
    if let Some(text) = written.filter(|_| destination.is_none()) {
        let message = format!("「{text}」は、電子メールのアドレスでも URL でもありません");
        let help = "「iken@city.example.lg.jp」のような半角のアドレスか、https:// で始まる URL を一つだけ書いてください。";
        found.push(here(file, Code::OPINIONS_ADDRESS, spans[2].unwrap_or(key), message).help(help));
    }
    let (Some(from), Some(to)) = (from, to) else { return (None, found) };
    if to < from {
        let message = format!("意見募集の終了日（{}）が開始日（{}）より前です", to.wareki(), from.wareki());
        let diagnostic = here(file, Code::OPINIONS_PERIOD, spans[1].unwrap_or(key), message)
            .help("日付を確かめてください。終了日も受け付ける日に入ります。");
        found.push(match spans[0] {
            Some(span) => diagnostic.related(file.path.clone(), file.place(span), "開始日"),
            None => diagnostic,
        });
        return (None, found);
    }
    (destination.map(|destination| Consultation { from, to, destination, note }), found)
}

/// What a hearing must say and this one does not.
fn missing(file: &SourceFile, key: Span, lacking: [bool; 3]) -> Option<Diagnostic> {
    let names = [FROM, TO, DESTINATION].into_iter().zip(lacking);
    let missing: Vec<_> = names.filter(|(_, lacks)| *lacks).map(|(name, _)| format!("「{name}」")).collect();
    if missing.is_empty() {
        return None;
    }
    let message = format!("意見募集に{}が書かれていません", missing.concat());
    let help = "いつからいつまで、どこへ送ればよいかがそろうまで、意見の募集はページに表示されません。";
    Some(here(file, Code::OPINIONS_INCOMPLETE, key, message).help(help))
}

fn here(file: &SourceFile, code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, file.path.clone(), message).at(file.place(span))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(yaml: &str) -> Vec<(String, String)> {
        let file = SourceFile::new("assessment.yaml", yaml);
        let root = crate::read::parse(&file).0.unwrap();
        let Data::Map(entries) = &root.data else { panic!("{root:?}") };
        let (key, value) = &entries[0];
        let found = read(&file, key.span, value).1.into_iter();
        found.map(|found| (found.code.id().to_owned(), found.message)).collect()
    }

    #[test]
    fn another_fault_hides_no_missing_day() {
        let found = codes("意見募集:\n  開始日: 令和8年12月\n  宛先: iken@city.example.jp\n");
        let codes: Vec<_> = found.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!(codes, ["VAL-03", "HEAR-12"], "{found:?}");
        assert!(found[1].1.contains("「終了日」") && !found[1].1.contains("「開始日」"), "{found:?}");
    }

    #[test]
    fn a_mistyped_key_is_not_missing_as_well() {
        let found = codes(
            "意見募集:\n  開始日: 令和8年12月1日\n  終了曰: 令和8年12月28日\n  宛先: iken@city.example.jp\n",
        );
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, "KEY-02");
    }
}
