//! The images of an item before and after: each with its old one, and in what they differ.

use serde::Serialize;

use super::{Assembly, RedlineSide};
use crate::assessment::{Figure, Value};

/// An image before and after; one of them is missing for an image that is new or gone.
#[derive(Serialize)]
pub(super) struct FigurePair {
    /// The word of the interface for what happened ends in this.
    state: &'static str,
    before: Option<FigureSide>,
    after: Option<FigureSide>,
    /// What differs in the text alternatives; none where they are the same or have little in common.
    alternative: Option<String>,
}

/// The state of an image that is as it was.
const SAME: &str = "same";

/// An image and its words.
#[derive(Serialize)]
struct FigureSide {
    src: Option<String>,
    file: String,
    caption: Option<String>,
    alternative: String,
}

/// The images that differ, in the order of the newer version; what is gone stands last. All of them where none does.
pub(super) fn pairs(
    assembly: &Assembly<'_, '_>,
    values: (Option<&Value>, Option<&Value>),
) -> Vec<FigurePair> {
    let (before, after) = (figures(values.0), figures(values.1));
    let mut olds: Vec<Option<&Figure>> = vec![None; after.len()];
    let mut left: Vec<&Figure> = before.iter().collect();
    for (old, new) in olds.iter_mut().zip(after) {
        *old = take(&mut left, |old| old.file == new.file);
    }
    // An image under another name is the same one where it has the same caption.
    for (old, new) in olds.iter_mut().zip(after).filter(|(old, _)| old.is_none()) {
        *old = take(&mut left, |old| old.caption.is_some() && old.caption == new.caption);
    }
    let of_new = olds.into_iter().zip(after).map(|(old, new)| pair(assembly, old, Some(new)));
    let all: Vec<_> = of_new.chain(left.iter().map(|old| pair(assembly, Some(old), None))).collect();
    if all.iter().all(|pair| pair.state == SAME) {
        return all;
    }
    all.into_iter().filter(|pair| pair.state != SAME).collect()
}

fn figures(value: Option<&Value>) -> &[Figure] {
    match value {
        Some(Value::Figures(figures)) => figures,
        _ => &[],
    }
}

fn take<'f>(left: &mut Vec<&'f Figure>, is_same: impl Fn(&Figure) -> bool) -> Option<&'f Figure> {
    let at = left.iter().position(|figure| is_same(figure))?;
    Some(left.remove(at))
}

fn pair(assembly: &Assembly<'_, '_>, old: Option<&Figure>, new: Option<&Figure>) -> FigurePair {
    let alternative = old.zip(new).filter(|(old, new)| old.alternative != new.alternative);
    FigurePair {
        state: state(assembly, old, new),
        before: old.map(|figure| side(assembly.before, figure)),
        after: new.map(|figure| side(assembly.after, figure)),
        alternative: alternative
            .and_then(|(old, new)| assembly.plain_diff(&old.alternative, &new.alternative)),
    }
}

fn state(assembly: &Assembly<'_, '_>, old: Option<&Figure>, new: Option<&Figure>) -> &'static str {
    let (Some(old), Some(new)) = (old, new) else {
        return if old.is_none() { "new" } else { "gone" };
    };
    let digest = |side: RedlineSide<'_>, figure: &Figure| side.figures.get(&figure.file).copied();
    let digests = (digest(assembly.before, old), digest(assembly.after, new));
    if digests.0 != digests.1 || (old.file != new.file && digests.0.is_none()) {
        return "image";
    }
    let has_same_words = old.caption == new.caption && old.alternative == new.alternative;
    if has_same_words { SAME } else { "words" }
}

fn side(side: RedlineSide<'_>, figure: &Figure) -> FigureSide {
    FigureSide {
        src: (side.image)(&figure.file),
        file: figure.file.clone(),
        caption: figure.caption.clone(),
        alternative: figure.alternative.trim().to_owned(),
    }
}
