//! Facts that stand in the 基礎項目評価書 and again in 重点 or 全項目評価書: names, places, and what the law is.
//!
//! The two are written by people, years apart, so only what cannot be two ways of saying the same thing is a finding.

use std::collections::BTreeSet;

use super::names::{Citations, can_be_one, joined, listed, offices, telephones, unmatched};
use super::risks::network_agrees;
use super::{Pair, differ};
use crate::check::Brief;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Slot, fold};

const HELP: &str = "同じ事務の評価書です。どちらが今の事実かを確かめ、そろえてください。";
/// How many names a message lists.
const LISTED: usize = 5;

pub(super) fn compare(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    let pair = *pair;
    let all = [
        text(pair, "task-name", same_text),
        if pair.has_known_agencies { text(pair, "agency", same_text) } else { None },
        systems(pair),
        files(pair),
        network(pair),
        text(pair, "department", |one, other| !are_replaced(&joined(one), &joined(other))),
        text(pair, "head-title", |one, other| !are_replaced(&joined(one), &joined(other))),
        other_agencies(pair),
        text(pair, "request-office", can_be_one_address),
        text(pair, "contact", can_be_one_address),
    ];
    found.extend(all.into_iter().flatten());
    found.extend(["number-basis", "network-basis"].into_iter().filter_map(|role| basis(pair, role)));
}

fn same_text(one: &str, other: &str) -> bool {
    let bare = |text: &str| fold(text).trim_end_matches('.').to_owned();
    bare(one) == bare(other)
}

/// Compares the texts of a role.
fn text(pair: Pair<'_>, role: &str, is_same: impl Fn(&str, &str) -> bool) -> Option<Diagnostic> {
    let words =
        |brief: &Brief| brief.text(role).filter(|t| !brief.form.is_not_applicable(t)).map(str::to_owned);
    let (base, higher) = (words(pair.base)?, words(pair.higher)?);
    if is_same(&base, &higher) {
        return None;
    }
    let flat = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = [(pair.base.kind(), flat(base)), (pair.higher.kind(), flat(higher))];
    differ(pair, Code::FACT_DIFFERS, role, &said).map(|d| d.help(HELP))
}

/// Whether each side has names of its own: one was put in the place of another. One that is only longer may be more exact.
fn are_replaced(one: &[String], other: &[String]) -> bool {
    !unmatched(one, other).is_empty() && !unmatched(other, one).is_empty()
}

/// Whether two addresses can be of one office: a telephone number or the office is the same, or one of them does not say.
fn can_be_one_address(one: &str, other: &str) -> bool {
    let (folded, others) = (fold(one), fold(other));
    if folded.contains(&others) || others.contains(&folded) {
        return true;
    }
    let (calls, other_calls) = (telephones(one), telephones(other));
    if !calls.is_empty() && !other_calls.is_empty() {
        return !calls.is_disjoint(&other_calls);
    }
    let (names, other_names) = (offices(one), offices(other));
    names.is_empty()
        || other_names.is_empty()
        || names.iter().any(|name| other_names.iter().any(|other| can_be_one(name, other)))
}

/// 他の評価実施機関: 「なし」 beside a name is a difference as well.
fn other_agencies(pair: Pair<'_>) -> Option<Diagnostic> {
    const ROLE: &str = "other-agencies";
    let names = |brief: &Brief| {
        let text = brief.text(ROLE)?;
        Some(if brief.form.is_not_applicable(text) { Vec::new() } else { joined(text) })
    };
    let (base, higher) = (names(pair.base)?, names(pair.higher)?);
    if base.is_empty() == higher.is_empty() && !are_replaced(&base, &higher) {
        return None;
    }
    let words =
        |brief: &Brief| brief.text(ROLE).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let said = [(pair.base.kind(), words(pair.base)), (pair.higher.kind(), words(pair.higher))];
    differ(pair, Code::FACT_DIFFERS, ROLE, &said).map(|d| d.help(HELP))
}

/// 情報連携の実施の有無, where each document agrees with itself.
fn network(pair: Pair<'_>) -> Option<Diagnostic> {
    const ROLE: &str = "network-use";
    let (base, higher) = (pair.base.choice(ROLE)?, pair.higher.choice(ROLE)?);
    if base == higher || !network_agrees(pair.base) || !network_agrees(pair.higher) {
        return None;
    }
    let said = [(pair.base.kind(), base.to_owned()), (pair.higher.kind(), higher.to_owned())];
    differ(pair, Code::FACT_DIFFERS, ROLE, &said).map(|d| d.help(HELP))
}

fn basis(pair: Pair<'_>, role: &str) -> Option<Diagnostic> {
    let cited = |brief: &Brief| brief.text(role).map(Citations::of);
    let (base, higher) = cited(pair.base)?.differ(&cited(pair.higher)?)?;
    let said = [(pair.base.kind(), base), (pair.higher.kind(), higher)];
    differ(pair, Code::FACT_DIFFERS, role, &said).map(|d| d.help(HELP))
}

/// 特定個人情報ファイル名: the same files, in any order.
fn files(pair: Pair<'_>) -> Option<Diagnostic> {
    const ROLE: &str = "file-names";
    let names =
        |brief: &Brief| -> Option<BTreeSet<String>> { Some(listed(brief.text(ROLE)?).into_iter().collect()) };
    let (base, higher) = (names(pair.base)?, names(pair.higher)?);
    let same = |split: fn(&str) -> Vec<String>| {
        let all = |brief: &Brief| {
            brief.text(ROLE).map(split).map(|mut names| {
                names.sort();
                names
            })
        };
        all(pair.base) == all(pair.higher)
    };
    if base == higher || same(joined) || !files_agree(pair.higher, &higher) {
        return None;
    }
    let own = |names: &BTreeSet<String>, others: &BTreeSet<String>| {
        let own: Vec<_> = names.difference(others).take(LISTED).map(String::as_str).collect();
        if own.is_empty() { "（ほかになし）".to_owned() } else { own.join("、") }
    };
    let said = [(pair.base.kind(), own(&base, &higher)), (pair.higher.kind(), own(&higher, &base))];
    let finding = differ(pair, Code::FACT_DIFFERS, ROLE, &said)?;
    Some(
        finding
            .help("特定個人情報ファイルの名称は、基礎項目評価書と同じにします。どちらかを直してください。"),
    )
}

/// Whether the list of files of a document names the files that it then describes (FORM-04 says so where it does not).
fn files_agree(brief: &Brief, list: &BTreeSet<String>) -> bool {
    let described = brief.places_of("file-name").into_iter().filter_map(|slot| brief.text_in(slot));
    let described: BTreeSet<String> =
        described.map(|name| fold(name).trim_end_matches('.').to_owned()).collect();
    described.is_empty() || described == *list
}

/// システムの名称: what one document names and the other does not.
fn systems(pair: Pair<'_>) -> Option<Diagnostic> {
    let Pair { base, higher, .. } = pair;
    let at = base.sole("systems-text")?;
    let text = base.text_in(at)?;
    let places: Vec<Slot> = higher.places_of("system-name");
    let names: Vec<String> = places.iter().filter_map(|slot| higher.text_in(*slot)).map(fold).collect();
    let is_open = ["等", "など", "ほか", "他", "参照", "別紙"].iter().any(|word| text.contains(word));
    if names.is_empty() || names.len() < places.len() || base.form.is_not_applicable(text) {
        return None;
    }
    let listed = joined(text);
    let surplus = unmatched(&listed, &names);
    let whole = [fold(text)];
    let missing: Vec<_> =
        unmatched(&names, &listed).into_iter().filter(|n| !can_be_one(n, &whole[0])).collect();
    // Some name the main systems only; one that names nearly all forgot the others.
    let missing = if is_open || missing.len() * 2 > names.len() { Vec::new() } else { missing };
    let name = |names: &[&String]| {
        let shown: Vec<_> = names.iter().take(LISTED).map(|n| n.as_str()).collect();
        format!("「{}」", shown.join("」「"))
    };
    let title = higher.form_name();
    let message = match (surplus.as_slice(), missing.as_slice()) {
        ([], []) => return None,
        (surplus, []) => format!("システム{}は、{title}にありません", name(surplus)),
        ([], missing) => format!("{title}にあるシステム{}がありません", name(missing)),
        (surplus, missing) => {
            format!("システム{}は{title}になく、{title}にある{}がありません", name(surplus), name(missing))
        }
    };
    let finding = base.finding(Code::FACT_DIFFERS, at, message).help(HELP);
    let is_missing = |slot: &&Slot| higher.text_in(**slot).is_some_and(|t| missing.contains(&&fold(t)));
    let beside = places.iter().find(is_missing).or(places.last())?;
    let note = if missing.is_empty() {
        "ここまでに挙げられているシステムと比べました"
    } else {
        "ここに挙げられています"
    };
    Some(higher.also(finding, *beside, note))
}
