//! Whether it was decided of each change of an item with ※ if it is a 重要な変更 (CHG-04).

use super::Against;
use crate::check::changes::Column;
use crate::check::judgement::DECISION;
use crate::check::rules::rows::{Class, HOW_TO_DECIDE, Told};
use crate::diagnostic::{Code, Diagnostic};

pub(super) fn check(against: &Against<'_>, found: &mut Vec<Diagnostic>) {
    for told in against.new_rows() {
        let is_decided = !matches!(told.verdict(), Class::Unclear | Class::Reassessment);
        // A decision that is blank or misspelt has its own finding.
        if is_decided || told.row.has_key(DECISION) || !may_be_important(against, told) {
            continue;
        }
        found.push(undecided(against, told));
    }
}

/// Whether the row tells of a change that is a 重要な変更 unless somebody decided otherwise.
fn may_be_important(against: &Against<'_>, told: Told<'_>) -> bool {
    against.told_of(told.row.number).any(|difference| difference.important && difference.needs_row())
}

fn undecided(against: &Against<'_>, told: Told<'_>) -> Diagnostic {
    let name = told
        .row
        .change
        .item
        .slot
        .map_or_else(|| told.row.change.item.text.clone(), |slot| against.name(slot));
    let message = format!(
        "重要な変更の対象（※）の項目「{name}」を変えていますが、重要な変更に当たるかどうかの判断が残っていません"
    );
    against
        .context
        .at_row(Code::UNDECIDED, told.row, Column::Explanation, message)
        .help(HOW_TO_DECIDE)
        .help("「提出時期に係る説明」に、重要な変更に当たる（当たらない）理由をはっきり書いても構いません。")
}
