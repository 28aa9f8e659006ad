//! 再実施: a 重点 or 全項目評価書 that is done again stands on a 基礎項目評価書 that is done again.

use super::Pair;
use crate::assessment::Occasion;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::wareki::CivilDate;

/// A 基礎項目評価書 of the same round is published before the other by no more than this: hearings take months.
const ONE_ROUND: i32 = 365;

pub(super) fn compare(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(older_base(*pair));
}

fn older_base(pair: Pair<'_>) -> Option<Diagnostic> {
    let Pair { base, higher, .. } = pair;
    let (old, new) = (base.date("published")?, higher.date("published")?);
    let at = base.sole("published")?;
    let conducted = higher.date("basic-date").filter(|date| !new.is_before(*date));
    let is_again = higher.administration.occasion == Some(Occasion::Again);
    let is_of_this_round = conducted.is_some_and(|date| !old.is_before(date))
        && old.days_until(new).is_some_and(|days| days <= ONE_ROUND);
    let title = higher.form_name();
    if is_again && old.is_before(new) && !is_of_this_round {
        let message = format!(
            "{title}は{}に再実施していますが、基礎項目評価書の公表日は{}です",
            new.wareki(),
            old.wareki()
        );
        let finding = base.finding(Code::BASE_NOT_REDONE, at, message).help(
            "再実施では、しきい値判断からやり直します。基礎項目評価書も改めて作り、公表日を新しくしてください。",
        );
        let finding = higher.also_occasion(finding, "ここに実施区分「再実施」とあります");
        let finding = higher.also(finding, higher.sole("published")?, format!("{title}の公表日"));
        return Some(match conducted.and(higher.sole("basic-date")) {
            Some(date) => higher.also(finding, date, "基礎項目評価の実施日"),
            None => finding,
        });
    }
    let conducted = conducted.filter(|date| old.is_before(*date) && counted_before(pair, old))?;
    let message = format!(
        "{title}には基礎項目評価を{}に実施したとありますが、この基礎項目評価書の公表日は{}です",
        conducted.wareki(),
        old.wareki()
    );
    let finding = base
        .finding(Code::BASE_NOT_REDONE, at, message)
        .weighing(Severity::Warning)
        .help("実施した基礎項目評価の評価書を公表し、公表日を改めてください。実施日が違うときは、そちらを直してください。");
    Some(higher.also(finding, higher.sole("basic-date")?, "基礎項目評価の実施日"))
}

/// Whether 公表日 of the 基礎項目評価書 agrees with the days on which people were counted: else it is itself a slip (THR-11).
fn counted_before(pair: Pair<'_>, published: CivilDate) -> bool {
    let days = ["population-as-of", "handlers-as-of"].map(|role| pair.base.date(role));
    days.iter().flatten().all(|day| !published.is_before(*day))
}
