//! Names that many bodies have, as 医師会, and how far such a body reaches.

use serde::Deserialize;

use super::{company, words};

/// A name that many bodies have: which one is meant, only the place tells.
#[derive(Deserialize)]
pub(super) struct Generic {
    name: String,
    #[serde(default)]
    also: Vec<String>,
    area: Area,
}

/// How far a body reaches that is called by a generic name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::across) enum Area {
    /// One in each 都道府県.
    Prefecture,
    /// One in each 市区町村.
    Municipality,
}

/// The full name of a body of which every area has one, where a name says no more than that and which area is meant.
pub(in crate::across) fn generic(name: &str) -> Option<(&'static str, Area)> {
    let stem = company(name).stem;
    let area_of = |generic: &Generic| {
        let mut names = std::iter::once(&generic.name).chain(&generic.also);
        names.find_map(|name| area(stem.strip_suffix(name.as_str())?, generic.area))
    };
    words().generic.iter().find_map(|generic| Some((generic.name.as_str(), area_of(generic)?)))
}

/// The area that the words in front of a generic name mean; without such words it is the `usual` one. 郡 is none of the two.
fn area(words: &str, usual: Area) -> Option<Area> {
    let place = words.trim_start_matches(['本', '当', '各', '同']);
    let is_of = |signs: &[char]| !place.is_empty() && place.chars().all(|sign| signs.contains(&sign));
    match place {
        "" => Some(usual),
        _ if is_of(&['都', '道', '府', '県']) => Some(Area::Prefecture),
        _ if is_of(&['市', '区', '町', '村', '地']) => Some(usual),
        _ => None,
    }
}
