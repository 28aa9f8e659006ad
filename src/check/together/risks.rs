//! リスク対策: what the 基礎項目評価書 says of a risk in Ⅳ, and what 重点 or 全項目評価書 says of it in Ⅲ.

use super::{Pair, differ};
use crate::assessment::Value;
use crate::check::Brief;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Slot, fold};

/// Answers of one scale in both documents.
const ANSWERS: [&str; 9] = [
    "risk-obtain",
    "risk-linkage",
    "risk-unauthorised",
    "risk-outsourcing",
    "risk-provision",
    "risk-network-obtain",
    "risk-network-provide",
    "risk-leak",
    "training",
];

/// Boxes that tick a risk away, with the risk.
const AWAY: [(&str, &str); 4] = [
    ("outsourcing-none", "risk-outsourcing"),
    ("provision-none", "risk-provision"),
    ("no-obtain", "risk-network-obtain"),
    ("no-provide", "risk-network-provide"),
];

pub(super) fn compare(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    for role in ANSWERS {
        found.extend(answer(*pair, role));
    }
    for (flag, risk) in AWAY {
        found.extend(ticked_away(*pair, flag, risk));
    }
    found.extend(audits(*pair));
}

/// The answer to a risk; of several files the worst. The options stand from the best to the worst.
fn worst<'b>(brief: &'b Brief, role: &str) -> Option<(Slot, &'b str)> {
    let answers = brief.places_of(role).into_iter().filter_map(|slot| Some((slot, brief.choice_in(slot)?)));
    answers.min_by_key(|(slot, label)| {
        let options = brief.form.options(brief.form.node(slot.node));
        std::cmp::Reverse(options.iter().position(|o| o.label == *label))
    })
}

fn answer(pair: Pair<'_>, role: &str) -> Option<Diagnostic> {
    let (stale, other) = pair.stale_first();
    let ((at, here), (beside, there)) = (worst(stale, role)?, worst(other, role)?);
    if fold(here) == fold(there) {
        return None;
    }
    let title = other.form_name();
    let message = format!("「{here}」とありますが、{title}では同じ対策を「{there}」としています");
    let several = pair.higher.places_of(role).len() > 1;
    let note = if several && other.kind() == pair.higher.kind() {
        format!("最も低い答えは、ここの「{there}」です")
    } else {
        format!("ここでは「{there}」と書かれています")
    };
    let finding = stale.finding(Code::RISK_DIFFERS, at, message).help(
        "一つの対策の評価は一つです。複数の特定個人情報ファイルがあるときは、最も低いものに合わせてください。",
    );
    Some(other.also(finding, beside, note))
}

/// Whether a part of リスク対策 does not apply: ticked away in every file, and nowhere answered. None where the document does not
/// agree with itself, which other rules say.
fn is_away(brief: &Brief, flag: &str, risk: &str) -> Option<bool> {
    let flags = brief.places_of(flag);
    let ticks: Vec<_> = flags.iter().map(|slot| brief.flag(*slot)).collect::<Option<_>>()?;
    let is_answered = brief.places_of(risk).iter().any(|slot| brief.choice_in(*slot).is_some());
    if ticks.is_empty() || !agrees_with_facts(brief, flag, &flags) {
        return None;
    }
    match (ticks.iter().all(|ticked| *ticked), is_answered) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

/// Whether the boxes say the same as the items about 委託, 提供・移転 and 情報連携.
fn agrees_with_facts(brief: &Brief, flag: &str, flags: &[Slot]) -> bool {
    let ticked = |slot: &Slot| brief.flag(*slot).unwrap_or_default();
    match flag {
        "outsourcing-none" => flags.iter().all(|slot| {
            let fact = brief.beside("outsourcing", *slot).and_then(|at| brief.choice_in(at));
            fact.is_none_or(|fact| (fact == "委託しない") == ticked(slot))
        }),
        "provision-none" => flags.iter().all(|slot| {
            let fact = brief.beside("provision", *slot);
            // What goes out through 情報提供ネットワークシステム alone is not meant by the box.
            let is_transferred = fact.and_then(|at| brief.ticked(at, "transfer")).unwrap_or_default();
            let is_none = fact.and_then(|at| brief.ticked(at, "none")).unwrap_or_default();
            if ticked(slot) { !is_transferred } else { !is_none }
        }),
        _ => network_agrees(brief),
    }
}

/// Whether Ⅰ「情報連携」 and the two 「接続しない」 of a document agree (FORM-08 and FORM-09 say so where they do not).
pub(super) fn network_agrees(brief: &Brief) -> bool {
    let all = |role: &str, state: bool| {
        let slots = brief.places_of(role);
        slots.iter().all(|slot| brief.flag(*slot) == Some(state)) && !slots.is_empty()
    };
    match brief.choice("network-use") {
        Some("実施しない") => all("no-obtain", true) && all("no-provide", true),
        Some("実施する") => !(all("no-obtain", true) && all("no-provide", true)),
        _ => true,
    }
}

fn ticked_away(pair: Pair<'_>, flag: &str, risk: &str) -> Option<Diagnostic> {
    let (stale, other) = pair.stale_first();
    let (here, there) = (is_away(stale, flag, risk)?, is_away(other, flag, risk)?);
    if here == there {
        return None;
    }
    // The box where it is ticked, and what is answered where it is not.
    let place = |brief: &Brief, away: bool| {
        let slots = brief.places_of(if away { flag } else { risk });
        slots.into_iter().find(|slot| away || brief.choice_in(*slot).is_some())
    };
    let (at, beside) = (place(stale, here)?, place(other, there)?);
    let label = stale.label(stale.sole(flag)?);
    let title = other.form_name();
    let (message, note) = if here {
        (
            format!("「{label}」とありますが、{title}ではこの対策に答えています"),
            "ここでは対策に答えています".to_owned(),
        )
    } else {
        (
            format!("この対策に答えていますが、{title}では「{label}」としています"),
            format!("ここに「{label}」とあります"),
        )
    };
    let finding = stale
        .finding(Code::RISK_DIFFERS, at, message)
        .help("実際の取扱いを確かめ、二つの評価書をそろえてください。");
    Some(other.also(finding, beside, note))
}

/// The kinds of 監査 that are ticked, where both forms ask for them.
fn audits(pair: Pair<'_>) -> Option<Diagnostic> {
    let kinds = |brief: &Brief| match brief.get(brief.sole("audit-kinds")?)? {
        Value::Checks(ticks) if !ticks.is_empty() => {
            Some(ticks.iter().map(|t| t.label.as_str()).collect::<Vec<_>>().join("、"))
        }
        _ => None,
    };
    let (base, higher) = (kinds(pair.base)?, kinds(pair.higher)?);
    if base == higher {
        return None;
    }
    let said = [(pair.base.kind(), base), (pair.higher.kind(), higher)];
    let finding = differ(pair, Code::RISK_DIFFERS, "audit-kinds", &said)?;
    Some(finding.help("実際に行っている監査を確かめ、二つの評価書をそろえてください。"))
}
