//! The columns 項目, 変更前の記載 and 変更後の記載 of a row by themselves.

use super::classify::Class;
use super::words::words;
use super::{Told, says_nothing};
use crate::check::Context;
use crate::check::changes::Column;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::form::{Kind, fold};
use crate::history::wordings;

pub(super) fn check(context: &Context<'_>, rows: &[Told<'_>], found: &mut Vec<Diagnostic>) {
    for told in rows {
        found.extend(no_change(context, *told));
        found.extend(item_points_above(context, *told));
    }
    purpose_without_validity(context, rows, found);
    beyond_the_form(context, rows, found);
}

/// A newest row about an entry that cannot be: older ones may speak of what is gone.
fn beyond_the_form(context: &Context<'_>, rows: &[Told<'_>], found: &mut Vec<Diagnostic>) {
    let newest = rows.iter().filter_map(|t| t.row.change.date).max();
    for told in rows.iter().filter(|t| newest.is_some() && t.row.change.date == newest && t.row.is_certain())
    {
        let change = told.row.change;
        let Some(slot) = change.item.slot else { continue };
        let ancestry = context.form.ancestry(slot.node);
        let repeats = ancestry.into_iter().filter(|node| node.repeat.is_some()).zip(slot.entries.numbers());
        let how = repeats.filter_map(|(node, number)| {
            let repeat = node.repeat.as_ref()?;
            if !node.is_per_file() {
                let most = repeat.max.filter(|most| number > *most)?;
                return Some(format!("様式に書ける{}は {most} までです", repeat.unit));
            }
            let files = context.answers.files();
            // The row itself may say that the file is gone.
            let is_beyond = number > files && told.meaning.after.is_some();
            is_beyond.then(|| format!("この評価書の特定個人情報ファイルは {files} 件です"))
        });
        let Some(how) = how.into_iter().next() else { continue };
        let message = format!("「{}」とありますが、{how}", change.item.text.trim());
        found.push(
            context
                .at_row(Code::UNRESOLVED_ITEM, told.row, Column::Item, message)
                .help("番号を確かめて直してください。"),
        );
    }
}

/// Before and after are both empty, or the same.
fn no_change(context: &Context<'_>, told: Told<'_>) -> Option<Diagnostic> {
    let change = told.row.change;
    if !told.row.is_readable() {
        return None;
    }
    let is_figure = change.item.slot.is_some_and(|slot| context.form.node(slot.node).kind == Kind::Figure);
    let how = "図のように文で示せないものは、何をどう変えたかを書いてください。";
    if says_nothing(context, &change.before) && says_nothing(context, &change.after) {
        let message = "変更前の記載も変更後の記載もありません";
        let help = if is_figure {
            how
        } else {
            "変更の前と後の記載を書いてください。項目を加えたのなら変更後だけ、なくしたのなら変更前だけを書きます。"
        };
        let diagnostic = context.at_row(Code::NO_CHANGE, told.row, Column::After, message).help(help);
        return Some(if is_figure { diagnostic.weighing(Severity::Warning) } else { diagnostic });
    }
    if fold(&change.before) != fold(&change.after) {
        return None;
    }
    let letters = |text: &str| text.split_whitespace().collect::<String>();
    let is_same = letters(&change.before) == letters(&change.after);
    // A change of the notation alone is a change where the explanation says so.
    if !is_same && told.verdict() == Class::NotImportant {
        return None;
    }
    let message = if is_same {
        "変更前の記載と変更後の記載が同じです"
    } else {
        "変更前の記載と変更後の記載の違いが、空白や全角・半角だけです"
    };
    let diagnostic = context
        .at_row(Code::NO_CHANGE, told.row, Column::After, message)
        .weighing(Severity::Warning)
        .help(if is_figure {
            how
        } else {
            "変わった所が分かるように書いてください。何も変えていなければ、この行を消してください。"
        });
    Some(context.with_row(diagnostic, told.row, Column::Before, "変更前の記載はここです"))
}

/// 項目 is 同上 or was shortened.
fn item_points_above(context: &Context<'_>, told: Told<'_>) -> Option<Diagnostic> {
    let text = told.row.change.item.text.trim();
    let folded = fold(text);
    let is_ditto = wordings().ditto.is_match(&folded);
    if !is_ditto && !words().shortened_item.is_match(&folded) {
        return None;
    }
    let message =
        format!("項目が「{text}」です。並べ替えや抜き出しをすると、どの項目のことか分からなくなります");
    let mut diagnostic = context
        .at_row(Code::ITEM_POINTS_ABOVE, told.row, Column::Item, message)
        .help("章・番号・項目名を省かずに書いてください（例: Ⅱ.3.⑧ 使用方法）。");
    if let Some(slot) = told.row.change.item.slot.filter(|_| is_ditto) {
        let name = context.form.name(slot, context.answers.files()).line();
        diagnostic = diagnostic.expected(format!("上の行と同じ「{name}」のことですか"));
    }
    Some(diagnostic)
}

/// A row changes 使用目的, but 変更の妥当性 is empty: once per file, at the item that must be written.
fn purpose_without_validity(context: &Context<'_>, rows: &[Told<'_>], found: &mut Vec<Diagnostic>) {
    let (Some(purpose), Some(_)) =
        (context.form.role("usage-purpose"), context.form.role("purpose-change-validity"))
    else {
        return;
    };
    for place in context.places_of_node(purpose, crate::form::Entries::NONE) {
        let changes = |t: &&Told<'_>| {
            let change = t.row.change;
            change.item.slot == Some(place)
                && t.row.is_certain()
                && t.verdict() != Class::NotImportant
                && !says_nothing(context, &change.before)
                && fold(&change.before) != fold(&change.after)
        };
        let Some(told) = rows.iter().filter(changes).max_by_key(|t| t.row.change.date) else { continue };
        let Some(validity) = context.beside("purpose-change-validity", place) else { continue };
        if context.is_filled(validity) {
            continue;
        }
        let message = "使用目的を変更していますが、変更の妥当性が書かれていません";
        let diagnostic = context
            .at_value(Code::PURPOSE_WITHOUT_VALIDITY, validity, message)
            .help("変更の前の使用目的と関連があると認められる範囲の変更であることを、「変更の妥当性」に書いてください。");
        found.push(context.with_row(diagnostic, told.row, Column::Item, "ここで使用目的を変更しています"));
    }
}
