//! The wordings that stand in a column instead of a text, as data (`wordings.yaml`). The check reads rows with the same ones.

use std::sync::OnceLock;

use indexmap::IndexMap;
use regex::{Regex, RegexSet};
use serde::Deserialize;

use crate::form::fold;

const DATA: &str = include_str!("wordings.yaml");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Patterns {
    parts: IndexMap<String, String>,
    nothing: Vec<String>,
    answers: Vec<String>,
    add: Vec<String>,
    add_named: Vec<String>,
    remove: Vec<String>,
    change: Vec<String>,
    moved_from: Vec<String>,
    moved_to: Vec<String>,
    moved: Vec<String>,
    points_beside: Vec<String>,
    as_after: Vec<String>,
    as_before: Vec<String>,
    ditto: Vec<String>,
    left_out: Vec<String>,
}

/// The wordings, ready to be looked for: `ditto` and `left_out` in folded text, the others in [`bare`] text.
pub(crate) struct Wordings {
    pub(super) nothing: RegexSet,
    pub(super) answers: RegexSet,
    pub(super) add: RegexSet,
    pub(super) add_named: RegexSet,
    pub(super) remove: RegexSet,
    pub(super) change: RegexSet,
    pub(super) moved_from: Regex,
    pub(super) moved_to: Regex,
    pub(super) moved: RegexSet,
    pub(super) points_beside: RegexSet,
    pub(super) as_after: RegexSet,
    pub(super) as_before: RegexSet,
    /// Something that only points at the row above.
    pub(crate) ditto: RegexSet,
    /// Cuts an excerpt where something was left out.
    pub(crate) left_out: Regex,
}

/// The wordings.
///
/// # Panics
/// Never in a tested build: the data file is part of the program and a test loads it.
pub(crate) fn wordings() -> &'static Wordings {
    static WORDINGS: OnceLock<Wordings> = OnceLock::new();
    WORDINGS.get_or_init(|| load().unwrap_or_else(|e| panic!("the wordings of 変更箇所 do not load: {e}")))
}

fn load() -> Result<Wordings, String> {
    let data: Patterns = serde_saphyr::from_str(DATA).map_err(|e| e.to_string())?;
    let whole = |pattern: &String| {
        let parts = data.parts.iter();
        parts.fold(pattern.clone(), |whole, (name, part)| whole.replace(&format!("«{name}»"), part))
    };
    let set = |patterns: &[String]| RegexSet::new(patterns.iter().map(whole)).map_err(|e| e.to_string());
    let any = |patterns: &[String]| {
        let patterns: Vec<_> = patterns.iter().map(whole).collect();
        Regex::new(&patterns.join("|")).map_err(|e| e.to_string())
    };
    Ok(Wordings {
        nothing: set(&data.nothing)?,
        answers: set(&data.answers)?,
        add: set(&data.add)?,
        add_named: set(&data.add_named)?,
        remove: set(&data.remove)?,
        change: set(&data.change)?,
        moved_from: any(&data.moved_from)?,
        moved_to: any(&data.moved_to)?,
        moved: set(&data.moved)?,
        points_beside: set(&data.points_beside)?,
        as_after: set(&data.as_after)?,
        as_before: set(&data.as_before)?,
        ditto: set(&data.ditto)?,
        left_out: any(&data.left_out)?,
    })
}

impl Wordings {
    /// Whether something was left out of a text, so that it is an excerpt.
    pub(super) fn leaves_out(&self, text: &str) -> bool {
        // Folding and matching every line of every text for the few that are excerpts would cost more than all else here.
        const SIGNS: [&str; 6] = ["略", "…", "...", "・・・", "･･･", "。。。"];
        SIGNS.iter().any(|sign| text.contains(sign))
            && text.lines().any(|line| self.left_out.is_match(&without_markdown(&fold(line))))
    }
}

/// A text without what may stand around a wording: folded, without Markdown, marks of a list, brackets around the whole and the full
/// stop. A text of such signs only is left as it is.
pub(super) fn bare(text: &str) -> String {
    const MARKS: [char; 9] = ['・', '-', '+', '#', '>', '→', '⇒', '➡', '⇨'];
    const STOPS: [char; 5] = ['.', ':', '!', '、', ';'];
    let folded = without_markdown(&fold(tags().replace_all(text, "").as_ref()));
    let mut rest = folded.as_str();
    loop {
        let before = rest;
        rest = rest.trim_start_matches(MARKS).trim_end_matches(STOPS).trim_matches('_');
        rest = without_brackets(rest).unwrap_or(rest);
        if rest == before {
            break;
        }
    }
    if rest.is_empty() { folded } else { rest.to_owned() }
}

/// Folded text without the signs of Markdown that no wording has.
pub(super) fn without_markdown(folded: &str) -> String {
    folded.replace(['\\', '*', '`'], "")
}

/// What stands in brackets; none where the text does not stand in a single pair.
fn without_brackets(text: &str) -> Option<&str> {
    const PAIRS: [(char, char); 11] = [
        ('(', ')'),
        ('[', ']'),
        ('{', '}'),
        ('<', '>'),
        ('【', '】'),
        ('「', '」'),
        ('『', '』'),
        ('〔', '〕'),
        ('《', '》'),
        ('"', '"'),
        ('\'', '\''),
    ];
    PAIRS.iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(*open)?.strip_suffix(*close)?;
        let is_pair = match (inner.find(*open), inner.find(*close)) {
            (None, None) => true,
            // 「(A)と(B)」 closes before it opens.
            (Some(opens), Some(closes)) => opens < closes,
            _ => false,
        };
        is_pair.then_some(inner)
    })
}

/// HTML that transcriptions leave in a cell.
fn tags() -> &'static Regex {
    static TAGS: OnceLock<Regex> = OnceLock::new();
    TAGS.get_or_init(|| Regex::new(r"</?[A-Za-z]+ ?/?>").unwrap_or_else(|e| panic!("{e}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wording_loads_and_no_part_is_unknown() {
        let data: Patterns = serde_saphyr::from_str(DATA).unwrap();
        for part in data.parts.keys() {
            assert!(DATA.contains(&format!("«{part}»")), "{part} is not used");
        }
        for (name, _) in DATA.split('«').skip(1).map(|rest| rest.split_once('»').unwrap()) {
            assert!(name.is_empty() || data.parts.contains_key(name), "{name} is not there");
        }
        assert!(data.parts.values().all(|part| !part.contains('«')), "a part in a part");
        wordings();
    }

    #[test]
    fn what_stands_around_a_wording_falls_away() {
        for text in [
            "追記",
            "（追記）",
            "［追記］。",
            "【 追記 】",
            "**追記**",
            "- \\[追記\\]",
            "＜追記＞",
            "「追記」",
            "※追記",
            "<p>追記</p>",
            "→追記：",
            "((追記))",
        ] {
            assert_eq!(bare(text), "追記", "{text}");
        }
        assert_eq!(bare("\\-"), "-");
        assert_eq!(bare("（A）と（B）"), "(A)と(B)");
        assert_eq!(bare("。"), ".");
    }

    #[test]
    fn an_excerpt_says_so() {
        let leaves_out = |text: &str| wordings().leaves_out(text);
        for text in ["（略）\n本文", "1～4（省略） 5. 本文", "本文\n～略～", "略", "**(中略)**", "本文…"]
        {
            assert!(leaves_out(text), "{text}");
        }
        for text in ["略称は「事務」とする。", "本文", "手続の省略はしない。", "戦略"]
        {
            assert!(!leaves_out(text), "{text}");
        }
    }
}
