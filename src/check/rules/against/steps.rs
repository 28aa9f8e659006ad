//! What a 重要な変更 or a 再実施 asks for beside its row: publication beforehand, a new hearing and review, a new 基礎項目評価
//! (CHG-06, CHG-07, CHG-08, HEAR-11, REV-04, REV-06).

use super::Against;
use crate::assessment::Occasion;
use crate::check::administration::OCCASION;
use crate::check::changes::Column;
use crate::check::judgement::{DECISION, EFFECTIVE};
use crate::check::rules::rows::{Class, Told};
use crate::diagnostic::{Code, Diagnostic};
use crate::form::Slot;
use crate::wareki::{self, CivilDate};

/// 修正 is published soon after the change; there is no number in the law.
const SOON: i32 = 90;
/// How many rows a finding shows besides its own place.
const MOST_RELATED: usize = 3;

pub(super) fn check(against: &Against<'_>, found: &mut Vec<Diagnostic>) {
    // 基礎項目評価書 knows no 重要な変更.
    let knows_important = against.context.form.head.important_mark.is_some();
    let important: Vec<_> = against.important().filter(|_| knows_important).collect();
    for told in against.new_rows() {
        found.extend(handled_before_publication(against, told, &important));
        found.extend(late(against, told, &important));
    }
    if !important.is_empty() || against.is_done_again() {
        not_renewed(against, &important, found);
        found.extend(old_base(against, &important));
    }
    found.extend(important_revision(against, &important, found));
}

impl Against<'_> {
    /// Whether the version is a 再実施.
    fn is_done_again(&self) -> bool {
        self.occasion() == Some(Occasion::Again)
    }

    fn occasion(&self) -> Option<Occasion> {
        self.context.administered.facts.occasion
    }
}

/// A 重要な変更 that took effect before it was published (CHG-06).
fn handled_before_publication(
    against: &Against<'_>,
    told: Told<'_>,
    important: &[Told<'_>],
) -> Option<Diagnostic> {
    let context = against.context;
    let (effective, published) = (told.row.change.judgement.effective?, context.published()?);
    let is_important = important.iter().any(|other| other.row.number == told.row.number);
    if !is_important || published.is_before(effective) {
        return None;
    }
    let how = if effective == published { "と同じ日です" } else { "より前です" };
    let message =
        format!("重要な変更の{EFFECTIVE}（{}）が、公表日（{}）{how}", effective.wareki(), published.wareki());
    let diagnostic = context.at_judged(Code::HANDLED_BEFORE_PUBLICATION, told.row, EFFECTIVE, message).help(
        "重要な変更は、再実施した評価書を公表した後に行います。どちらの日付が正しいかを確かめてください。",
    );
    let diagnostic = with_source(against, diagnostic, told);
    Some(with_published(against, diagnostic))
}

/// A 修正 that was published long after the handling changed (REV-06).
fn late(against: &Against<'_>, told: Told<'_>, important: &[Told<'_>]) -> Option<Diagnostic> {
    let context = against.context;
    let (effective, published) = (told.row.change.judgement.effective?, context.published()?);
    let is_important = important.iter().any(|other| other.row.number == told.row.number);
    let is_revision = !matches!(against.occasion(), Some(Occasion::First | Occasion::Again));
    let days = effective.days_until(published)?;
    if is_important || !is_revision || days <= SOON {
        return None;
    }
    let message = format!(
        "{EFFECTIVE}（{}）から公表日（{}）まで、{days}日たっています",
        effective.wareki(),
        published.wareki()
    );
    let diagnostic = context
        .at_judged(Code::LATE_REVISION, told.row, EFFECTIVE, message)
        .help("修正は、変更の後に速やかに公表することになっています。日付を確かめ、遅れたのなら経緯を記録してください。");
    Some(with_published(against, diagnostic))
}

/// Something of the procedure that must be newer than the version before.
struct Step {
    name: &'static str,
    role: &'static str,
}

const STEPS: [Step; 2] = [
    Step { name: "意見聴取の終わり", role: "hearing-period" },
    Step { name: "第三者点検の実施日", role: "review-date" },
];

/// 全項目評価 done again, with the hearing or the review of the version before (CHG-07, HEAR-11).
fn not_renewed(against: &Against<'_>, important: &[Told<'_>], found: &mut Vec<Diagnostic>) {
    if against.context.kind() != "zenkomoku" {
        return;
    }
    let Some(published) = against.published_before() else { return };
    for step in STEPS {
        let Some((slot, newest)) = newest(against, step.role) else { continue };
        if !published.is_before(newest) {
            found.push(stale(against, important, &step, slot, newest, published));
        }
    }
}

fn stale(
    against: &Against<'_>,
    important: &[Told<'_>],
    step: &Step,
    slot: Slot,
    newest: CivilDate,
    published: CivilDate,
) -> Diagnostic {
    let (code, why) = match important {
        [] => (Code::HEARING_NOT_RENEWED, "再実施した版"),
        _ => (Code::NOT_HEARD_AGAIN, "重要な変更を含む版"),
    };
    let message = format!(
        "{why}ですが、{}（{}）が、前の版の公表日（{}）より後ではありません",
        step.name,
        newest.wareki(),
        published.wareki()
    );
    let diagnostic = against
        .context
        .at_value(code, slot, message)
        .help("評価をやり直すときは、意見の聴取と第三者点検も改めて行います。行ったのなら、その日付を書き足してください。");
    with_reasons(against, diagnostic, important)
}

/// The newest day that an item of the procedure tells of.
fn newest(against: &Against<'_>, role: &str) -> Option<(Slot, CivilDate)> {
    let context = against.context;
    let slot = context.sole(role).filter(|slot| !context.is_excused(*slot))?;
    let text = context.text(slot)?;
    let of_periods = wareki::periods(text).into_iter().flatten().map(|period| period.to).max();
    let single = || wareki::find_all(text).into_iter().map(|(_, day)| day.date).max();
    Some((slot, of_periods.or_else(single)?))
}

/// An evaluation done again on the 基礎項目評価 of the version before (CHG-08).
fn old_base(against: &Against<'_>, important: &[Told<'_>]) -> Option<Diagnostic> {
    let context = against.context;
    let slot = context.sole("basic-date")?;
    let (conducted, published) = (context.date(slot)?, against.published_before()?);
    if published.is_before(conducted) {
        return None;
    }
    let why = if important.is_empty() { "再実施した版" } else { "重要な変更を含む版" };
    let message = format!(
        "{why}ですが、基礎項目評価の実施日（{}）が、前の版の公表日（{}）より後ではありません",
        conducted.wareki(),
        published.wareki()
    );
    let diagnostic = context
        .at_value(Code::BASE_NOT_ASSESSED_AGAIN, slot, message)
        .help("再実施では、しきい値判断（基礎項目評価）からやり直します。やり直したのなら、その実施日に改めてください。");
    Some(with_reasons(against, diagnostic, important))
}

/// 修正 with a new row that is a 重要な変更, where the rule that knows this version alone saw none (REV-04).
fn important_revision(
    against: &Against<'_>,
    important: &[Told<'_>],
    found: &[Diagnostic],
) -> Option<Diagnostic> {
    let is_known = found.iter().any(|finding| finding.code == Code::IMPORTANT_REVISION);
    if important.is_empty() || is_known || against.occasion() != Some(Occasion::Revision) {
        return None;
    }
    let message = format!(
        "実施区分は「修正」ですが、{}から加わった変更箇所に重要な変更が {} 件あります",
        against.earlier.name,
        important.len()
    );
    let diagnostic = against.context.at_fact(Code::IMPORTANT_REVISION, OCCASION, message).help(
        "重要な変更を含む版は、修正ではなく再実施です。「再実施」に改めるか、変更箇所の判断と説明を確かめてください。",
    );
    Some(with_reasons(against, diagnostic, important))
}

/// Adds why the procedure has to be done again.
fn with_reasons(against: &Against<'_>, diagnostic: Diagnostic, important: &[Told<'_>]) -> Diagnostic {
    if important.is_empty() {
        return against.context.with_fact(diagnostic, OCCASION, "ここに実施区分「再実施」とあります");
    }
    important.iter().take(MOST_RELATED).fold(diagnostic, |d, told| with_source(against, d, *told))
}

/// Adds where a row says that it is a 重要な変更.
fn with_source(against: &Against<'_>, diagnostic: Diagnostic, told: Told<'_>) -> Diagnostic {
    debug_assert_eq!(told.verdict(), Class::Important);
    let note = "ここでは重要な変更とされています";
    if told.is_decided() {
        return against.context.with_judged(diagnostic, told.row, DECISION, note);
    }
    against.context.with_row(diagnostic, told.row, Column::Explanation, note)
}

fn with_published(against: &Against<'_>, diagnostic: Diagnostic) -> Diagnostic {
    match against.context.sole("published") {
        Some(slot) => against.context.with_item(diagnostic, slot, "公表日"),
        None => diagnostic,
    }
}
