//! The wordings of 変更箇所, as data (`rules/rows.yaml`).

use std::sync::OnceLock;

use regex::{Regex, RegexSet};
use serde::Deserialize;

const DATA: &str = include_str!("../../../rules/rows.yaml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Patterns {
    emergency: Vec<String>,
    not_emergency: Vec<String>,
    emergency_reason: Vec<String>,
    emergency_event: Vec<String>,
    emergency_citation: Vec<String>,
    not_important: Vec<String>,
    reassessment: Vec<String>,
    important: Vec<String>,
    shortened_item: Vec<String>,
    describes: Vec<String>,
    opposites: Vec<Vec<String>>,
    negations: Vec<String>,
    not_negations: Vec<String>,
}

/// The wordings, ready to be looked for in folded text.
pub(super) struct Words {
    pub(super) emergency: RegexSet,
    pub(super) not_emergency: RegexSet,
    pub(super) emergency_reason: RegexSet,
    pub(super) emergency_event: RegexSet,
    pub(super) emergency_citation: Regex,
    pub(super) not_important: RegexSet,
    pub(super) reassessment: RegexSet,
    pub(super) important: RegexSet,
    pub(super) shortened_item: RegexSet,
    pub(super) describes: RegexSet,
    /// Groups of words of which one must not become another: the sides of each.
    pub(super) opposites: Vec<Vec<Regex>>,
    pub(super) negations: Regex,
    /// Words that look like a negation.
    pub(super) not_negations: Regex,
}

/// The wordings.
///
/// # Panics
/// Never in a tested build: the data file is part of the program and a test loads it.
pub(super) fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| load().unwrap_or_else(|e| panic!("the wordings of 変更箇所 do not load: {e}")))
}

fn load() -> Result<Words, String> {
    let data: Patterns = serde_saphyr::from_str(DATA).map_err(|e| e.to_string())?;
    let set = |patterns: &[String]| RegexSet::new(patterns).map_err(|e| e.to_string());
    let any = |patterns: &[String]| Regex::new(&patterns.join("|")).map_err(|e| e.to_string());
    let sides =
        |group: &Vec<String>| group.iter().map(|side| Regex::new(side)).collect::<Result<Vec<_>, _>>();
    Ok(Words {
        emergency: set(&data.emergency)?,
        not_emergency: set(&data.not_emergency)?,
        emergency_reason: set(&data.emergency_reason)?,
        emergency_event: set(&data.emergency_event)?,
        emergency_citation: any(&data.emergency_citation)?,
        not_important: set(&data.not_important)?,
        reassessment: set(&data.reassessment)?,
        important: set(&data.important)?,
        shortened_item: set(&data.shortened_item)?,
        describes: set(&data.describes)?,
        opposites: data.opposites.iter().map(sides).collect::<Result<_, _>>().map_err(|e| e.to_string())?,
        negations: any(&data.negations)?,
        not_negations: any(&data.not_negations)?,
    })
}
