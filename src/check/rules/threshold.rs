//! しきい値判断 within one document (THR): what is more than a condition over items.

use super::bands::Band;
use crate::check::Context;
use crate::check::administration::INCIDENT_DATE;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::{Entries, Slot};
use crate::wareki::CivilDate;

/// How many places of one kind a finding shows besides its own.
const MOST_RELATED: usize = 3;

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    found.extend(population(context));
    found.extend(incident(context));
    counted(context, found);
}

/// 対象人数 of the 事務 against 対象となる本人の数 of its files (THR-06).
fn population(context: &Context<'_>) -> Option<Diagnostic> {
    let of_task = context.sole("population")?;
    let population = Band::of(context.choice(of_task)?)?;
    let files = context.places_of("subject-count", Entries::NONE);
    let bands: Vec<(Slot, Band)> =
        files.iter().filter_map(|slot| Some((*slot, Band::of(context.choice(*slot)?)?))).collect();
    if let Some((slot, _)) = bands.iter().find(|(_, band)| population.is_below(*band)) {
        return Some(one_file(context, *slot, of_task));
    }
    // Whether the files together are too small can be said only where every one of them has an answer.
    if bands.len() != files.len() {
        return None;
    }
    if let [(slot, band)] = bands.as_slice() {
        return band.is_below(population).then(|| one_file(context, *slot, of_task));
    }
    let most = bands.iter().try_fold(0_u64, |sum, (_, band)| sum.checked_add(band.below?.checked_sub(1)?))?;
    if bands.is_empty() || most >= population.from {
        return None;
    }
    let chosen = context.choice(of_task)?;
    let message = format!(
        "「対象人数」は「{chosen}」ですが、どのファイルの「対象となる本人の数」も少なく、合計しても届きません"
    );
    let mut diagnostic = context
        .at_value(Code::POPULATION_BANDS, of_task, message)
        .help("対象人数は、各ファイルに記録される本人を合わせた人数です。どちらの区分が正しいかを確かめてください。");
    for (slot, _) in bands.iter().take(MOST_RELATED) {
        let note = format!("ここでは「{}」です", context.choice(*slot).unwrap_or_default());
        diagnostic = context.with_item(diagnostic, *slot, note);
    }
    Some(diagnostic)
}

fn one_file(context: &Context<'_>, slot: Slot, of_task: Slot) -> Diagnostic {
    let [of_file, of_all] = [slot, of_task].map(|s| context.choice(s).unwrap_or_default());
    let message = format!("「{of_file}」とありますが、事務の「対象人数」は「{of_all}」です");
    let diagnostic = context
        .at_value(Code::POPULATION_BANDS, slot, message)
        .help("対象人数は、各ファイルに記録される本人を合わせた人数です。どちらの区分が正しいかを確かめてください。");
    context.with_item(diagnostic, of_task, format!("ここでは「{of_all}」です"))
}

/// 重大事故 that lies before the years that the form asks about (THR-10).
fn incident(context: &Context<'_>) -> Option<Diagnostic> {
    const HAPPENED: &str = "発生あり";
    let years = if context.kind() == "kiso" { 1 } else { 3 };
    let day = context.administered.facts.incident_date?;
    let as_of = context.surroundings.as_of;
    if !day.plus_years(years)?.is_before(as_of) {
        return None;
    }
    let places = context.places_of("incident", Entries::NONE);
    let mut told = places.into_iter().filter(|slot| context.choice(*slot) == Some(HAPPENED));
    let first = told.next()?;
    let message = format!(
        "「{HAPPENED}」とありますが、重大事故の発生日（{}）から{years}年を超えています",
        day.wareki()
    );
    let mut diagnostic = context.at_value(Code::INCIDENT_PAST, first, message).help(format!(
        "過去{years}年以内にほかの重大事故がなければ、次の見直しで「発生なし」に改めてください。"
    ));
    for slot in told.take(MOST_RELATED) {
        diagnostic = context.with_item(diagnostic, slot, "ここも同じです");
    }
    Some(context.with_fact(diagnostic, INCIDENT_DATE, "管理情報の発生日"))
}

/// The day as of which numbers were counted, against 公表日 (THR-11, THR-12).
fn counted(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    /// A year, and a month for the way to publication.
    const LONG: i32 = 400;
    let Some(published) = context.published() else { return };
    let counted: Vec<(Slot, CivilDate)> = ["population-as-of", "handlers-as-of"]
        .into_iter()
        .filter_map(|role| context.sole(role))
        .filter_map(|slot| Some((slot, context.date(slot)?)))
        .collect();
    let of = |is_meant: &dyn Fn(CivilDate) -> bool| {
        counted.iter().copied().filter(|(_, day)| is_meant(*day)).collect::<Vec<_>>()
    };
    let after = of(&|day| published.is_before(day));
    let long_ago = of(&|day| day.days_until(published).is_some_and(|days| days > LONG));
    found.extend(counted_after(context, published, &after));
    if let [(slot, day), rest @ ..] = long_ago.as_slice() {
        let message =
            format!("計数の時点（{}）が、公表日（{}）の1年以上前です", day.wareki(), published.wareki());
        let diagnostic = context.at_value(Code::COUNTED_LONG_AGO, *slot, message).help(
            "公表日の時点である必要はありませんが、年に1回の見直しで数え直し、人数の区分も確かめてください。",
        );
        found.push(with_published(context, with_rest(context, diagnostic, rest)));
    }
}

/// One number counted after 公表日 is a slip of its own; where both are, 公表日 was most likely left as it was.
fn counted_after(
    context: &Context<'_>,
    published: CivilDate,
    after: &[(Slot, CivilDate)],
) -> Option<Diagnostic> {
    const HELP: &str = "公表日までに数えた時点を書きます。どちらの日付が正しいかを確かめてください。";
    let publication = published.wareki();
    match after {
        [] => None,
        [(slot, day)] => {
            let message = format!("計数の時点（{}）が、公表日（{publication}）より後です", day.wareki());
            let diagnostic = context.at_value(Code::COUNTED_AFTER, *slot, message).help(HELP);
            Some(with_published(context, diagnostic))
        }
        [(_, day), ..] => {
            let message = format!("公表日（{publication}）が、計数の時点（{}）より前です", day.wareki());
            let diagnostic =
                context.at_value(Code::COUNTED_AFTER, context.sole("published")?, message).help(HELP);
            Some(after.iter().fold(diagnostic, |d, (slot, _)| context.with_item(d, *slot, "計数の時点")))
        }
    }
}

fn with_rest(context: &Context<'_>, diagnostic: Diagnostic, rest: &[(Slot, CivilDate)]) -> Diagnostic {
    rest.iter().fold(diagnostic, |d, (slot, _)| context.with_item(d, *slot, "この時点も同じです"))
}

fn with_published(context: &Context<'_>, diagnostic: Diagnostic) -> Diagnostic {
    match context.sole("published") {
        Some(slot) => context.with_item(diagnostic, slot, "公表日"),
        None => diagnostic,
    }
}
