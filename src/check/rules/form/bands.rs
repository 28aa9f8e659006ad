//! Bands of numbers of people: a part of a file cannot concern more people than the file.

use crate::check::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Entries, Slot};

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    for role in ["contract-subject-count", "recipient-subject-count", "transferee-subject-count"] {
        for part in context.places_of(role, Entries::NONE) {
            found.extend(compare(context, role, part));
        }
    }
}

fn compare(context: &Context<'_>, role: &str, part: Slot) -> Option<Diagnostic> {
    let whole = context.beside("subject-count", part)?;
    let (band, of_file) = (context.choice(part)?, context.choice(whole)?);
    let (rank, rank_of_file) = (rank(context, part)?, rank(context, whole)?);
    let same_list = context.form.node(part.node).option_set == context.form.node(whole.node).option_set;
    if !same_list || rank == rank_of_file {
        return None;
    }
    let scope = context.beside("contract-scope", part).filter(|_| role == "contract-subject-count");
    let covers_all = scope.filter(|s| context.choice(*s) == Some("特定個人情報ファイルの全体"));
    let diagnostic = if let Some(scope) = covers_all {
        let message = format!(
            "ファイルの全体を委託するのに、本人の数がファイルの「{of_file}」と違います（ここでは「{band}」）"
        );
        let diagnostic = context
            .at_value(Code::WHOLE_OUTSOURCED, part, message)
            .expected(of_file)
            .help("全体を委託するのなら、ファイルの「対象となる本人の数」と同じ区分を選んでください。一部なら、範囲を「特定個人情報ファイルの一部」に直してください。");
        context.with_item(diagnostic, scope, "ここでは全体と書かれています")
    } else if rank > rank_of_file {
        let message = format!(
            "本人の数「{band}」が、ファイルの「対象となる本人の数」の「{of_file}」より多くなっています"
        );
        context
            .at_value(Code::MORE_THAN_THE_FILE, part, message)
            .help("どちらの区分が正しいかを確かめて、直してください。")
    } else {
        return None;
    };
    Some(context.with_item(diagnostic, whole, format!("ファイルの本人の数は「{of_file}」です")))
}

/// The position of the chosen band in its list; the lists run from small to large.
fn rank(context: &Context<'_>, slot: Slot) -> Option<usize> {
    let chosen = context.choice(slot)?;
    context.form.options(context.form.node(slot.node)).iter().position(|o| o.label == chosen)
}
