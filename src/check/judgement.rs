//! What was decided about a change: the keys of a row of `changes.yaml` for which the form has no column. Never published.

use std::collections::BTreeMap;

use super::settings::{Field, Holds, Reader, is_one_of};
use crate::assessment::{Decision, Judgement};
use crate::compare::is_blank;
use crate::diagnostic::Diagnostic;
use crate::form::fold;
use crate::read::{Key, SourceFile, Span, Yaml};

/// Whether the change is a 重要な変更, and if not, why.
pub(crate) const DECISION: &str = "重要な変更の判断";
/// The day from which the handling itself is another.
pub(crate) const EFFECTIVE: &str = "取扱いの変更日";
/// Why a row that is public already was corrected.
pub(crate) const CORRECTION: &str = "訂正の理由";

pub(crate) const FIELDS: [Field; 3] = [
    Field {
        name: DECISION,
        aliases: &[],
        holds: Holds::Words(decisions),
        about: "※の項目の変更が重要な変更に当たるかどうかの判断。公表されない。",
    },
    Field {
        name: EFFECTIVE,
        aliases: &[],
        holds: Holds::Date,
        about: "実際に取扱いを変えた（変える）日。公表されない。",
    },
    Field {
        name: CORRECTION,
        aliases: &[],
        holds: Holds::Text,
        about: "公表済みの変更箇所の書き誤りなどを訂正したときの理由。公表されない。",
    },
];

fn decisions() -> Vec<&'static str> {
    Decision::ALL.map(Decision::label).to_vec()
}

/// What stands under the keys of a row, and where.
pub(super) struct Judged {
    pub(super) judgement: Judgement,
    /// The values by key; the key where the value is empty.
    pub(super) spans: BTreeMap<&'static str, Span>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Whether a text is one of the keys.
pub(super) fn knows_key(text: &str) -> bool {
    is_one_of(&FIELDS, &fold(text))
}

/// The names of the keys.
pub(super) fn names() -> [&'static str; 3] {
    [DECISION, EFFECTIVE, CORRECTION]
}

/// Reads the keys of one row. `entries` are those that [`knows_key`] knows.
pub(super) fn read(file: &SourceFile, entries: Vec<(Key, Yaml)>) -> Judged {
    // What is still to be written is named as that, and not as a word that is no option.
    let (blank, entries): (Vec<_>, Vec<_>) =
        entries.into_iter().partition(|(_, value)| value.text().is_some_and(is_blank));
    let mut reader = Reader::of(file, entries, "変更箇所の一件", &FIELDS);
    let judgement = Judgement {
        decision: reader.one_of(DECISION, &decisions()).map(|at| Decision::ALL[at]),
        effective: reader.date(EFFECTIVE),
        correction: reader.text(CORRECTION),
    };
    let name_of = |key: &Key| names().into_iter().find(|name| *name == fold(&key.text));
    let of_blanks = blank.iter().filter_map(|(key, value)| Some((name_of(key)?, value.span)));
    let written = names().into_iter().filter_map(|name| Some((name, reader.span(name)?)));
    let spans = of_blanks.chain(written).collect();
    Judged { judgement, spans, diagnostics: reader.diagnostics }
}
