//! The numbers on which しきい値判断 rests: 対象人数, 取扱者数 and 重大事故 in both documents.

use std::collections::BTreeMap;

use super::Pair;
use super::required::follows;
use crate::check::Brief;
use crate::check::rules::bands::Band;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Slot, fold};

/// 取扱者数 that divides 500人以上 from 500人未満.
const MANY_HANDLERS: u64 = 500;
/// How many counterparts a finding shows.
const SHOWN: usize = 4;

pub(super) fn compare(pair: &Pair<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(population(*pair));
    found.extend(handlers(*pair));
    found.extend(incident(*pair));
}

/// The label of a band without 「（任意実施）」, which only the 基礎項目評価書 prints.
fn bare(label: &str) -> &str {
    label.split('（').next().unwrap_or(label)
}

fn population(pair: Pair<'_>) -> Option<Diagnostic> {
    let Pair { base, higher, .. } = pair;
    let (of_base, of_higher) = (base.sole("population")?, higher.sole("population")?);
    let (in_base, in_higher) = (base.choice_in(of_base)?, higher.choice_in(of_higher)?);
    if fold(bare(in_base)) == fold(bare(in_higher)) {
        return None;
    }
    let message = |other: &str, theirs: &str, ours: &str| {
        format!("「{ours}」とありますが、{other}では「{theirs}」です")
    };
    // Where the 基礎項目評価書 agrees with itself only with the number of the other, the slip is in it.
    let base_is_wrong = !follows(base, Some(in_base)) && follows(base, Some(in_higher));
    let finding = if base_is_wrong {
        let finding =
            base.finding(Code::POPULATION_DIFFERS, of_base, message(higher.form_name(), in_higher, in_base));
        higher.also(finding, of_higher, format!("ここでは「{in_higher}」と書かれています"))
    } else {
        let finding = higher.finding(
            Code::POPULATION_DIFFERS,
            of_higher,
            message(base.form_name(), in_base, in_higher),
        );
        base.also(finding, of_base, format!("ここでは「{in_base}」と書かれています"))
    };
    Some(finding.help("対象人数は事務ごとに一つです。計数した時点と人数を確かめ、そろえてください。"))
}

/// People who handle the files, as far as 重点 or 全項目評価書 says.
#[derive(Debug, Default)]
struct Handlers {
    /// There are at least so many.
    at_least: u64,
    /// There are at most so many; none where that is open or not written.
    at_most: Option<u64>,
    /// The answers that say so, those with the most people first.
    answers: Vec<(Slot, Band)>,
}

impl Handlers {
    fn of(brief: &Brief) -> Self {
        let band = |slot: Slot| brief.choice_in(slot).and_then(Band::of).map(|band| (slot, band));
        let users: Vec<_> = brief.places_of("user-count").into_iter().map(band).collect();
        let contracts = brief.places_of("staff-count");
        let staff: Vec<_> = contracts.iter().map(|slot| band(*slot)).collect();
        let is_complete = !users.is_empty()
            && users.iter().chain(&staff).all(Option::is_some)
            && is_outsourcing_known(brief, &contracts);
        let known = || users.iter().chain(&staff).flatten();
        let at_most = known().map(|(_, band)| band.last()).sum::<Option<u64>>().filter(|_| is_complete);
        // The same officers may use several files, and the same contractor may have several tasks.
        let most_users = users.iter().flatten().map(|(_, band)| band.from).max().unwrap_or_default();
        let mut contractors: BTreeMap<String, u64> = BTreeMap::new();
        for (slot, band) in staff.iter().flatten() {
            let name = brief.beside("contractor", *slot).and_then(|at| brief.text_in(at)).map(fold);
            let most = contractors.entry(name.unwrap_or_default()).or_default();
            *most = band.from.max(*most);
        }
        let mut answers: Vec<_> = known().copied().collect();
        answers.sort_by_key(|(_, band)| std::cmp::Reverse(band.from));
        Self { at_least: most_users + contractors.values().sum::<u64>(), at_most, answers }
    }
}

/// Whether every file says that there is no 委託, or lists what is entrusted.
fn is_outsourcing_known(brief: &Brief, contracts: &[Slot]) -> bool {
    brief.places_of("outsourcing").into_iter().all(|slot| match brief.choice_in(slot) {
        Some("委託しない") => true,
        Some(_) => contracts.iter().any(|c| c.entries.numbers().next() == slot.entries.numbers().next()),
        None => false,
    })
}

fn handlers(pair: Pair<'_>) -> Option<Diagnostic> {
    let Pair { base, higher, .. } = pair;
    let at = base.sole("handlers")?;
    let written = base.choice_in(at)?;
    let people = Handlers::of(higher);
    let title = higher.form_name();
    let finding = if written == "500人未満" && people.at_least >= MANY_HANDLERS {
        let message = format!(
            "「500人未満」とありますが、{title}の使用者数と委託先における取扱者数から、少なくとも{}人になります",
            people.at_least
        );
        base.finding(Code::HANDLERS_TOO_FEW, at, message)
            .expected("500人以上")
            .help("取扱者数には、委託先で取り扱う人も含めます。どの人数が正しいかを確かめてください。")
    } else if written == "500人以上" && people.at_most.is_some_and(|most| most < MANY_HANDLERS) {
        let most = people.at_most.unwrap_or_default();
        let message = format!(
            "「500人以上」とありますが、{title}の使用者数と委託先における取扱者数は、合わせて多くても{most}人です"
        );
        base.finding(Code::HANDLERS_TOO_MANY, at, message)
            .help("再委託先など、ほかに取り扱う人がいるかを確かめてください。いなければ「500人未満」です。")
    } else {
        return None;
    };
    Some(people.answers.iter().take(SHOWN).fold(finding, |finding, (slot, _)| {
        let written = higher.choice_in(*slot).unwrap_or_default();
        higher.also(finding, *slot, format!("{}は「{written}」です", higher.label(*slot)))
    }))
}

fn incident(pair: Pair<'_>) -> Option<Diagnostic> {
    let Pair { base, higher, .. } = pair;
    let in_base = base.sole("incident")?;
    if base.choice_in(in_base)? != "発生あり" {
        return None;
    }
    let denied: Vec<_> = higher
        .places_of("incident")
        .into_iter()
        .filter(|slot| higher.choice_in(*slot) == Some("発生なし"))
        .collect();
    let (first, others) = denied.split_first()?;
    let message =
        "「発生なし」とありますが、基礎項目評価書では、過去1年以内に特定個人情報の重大事故が「発生あり」です";
    let finding = higher
        .finding(Code::INCIDENT_DENIED, *first, message)
        .expected("発生あり")
        .help("基礎項目評価書が問う事故（1年以内、特定個人情報）は、もう一つの評価書が問う事故（3年以内、個人情報）に含まれます。どちらが事実かを確かめてください。");
    let finding = base.also(finding, in_base, "ここでは「発生あり」と書かれています");
    Some(others.iter().take(SHOWN).fold(finding, |finding, slot| {
        higher.also(finding, *slot, "このファイルでも「発生なし」と書かれています")
    }))
}
