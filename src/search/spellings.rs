//! Spellings of one word, as data: `spellings.yaml`, normalised, for the script.

use std::sync::OnceLock;

use super::normalise;

static TABLE: &str = include_str!("spellings.yaml");

/// The spellings of each word, as written and in their order; those that are the same when normalised only once.
pub fn spellings() -> &'static [Vec<String>] {
    static READ: OnceLock<Vec<Vec<String>>> = OnceLock::new();
    READ.get_or_init(|| {
        // A test reads it; what is embedded does not change afterwards.
        let groups: Vec<Vec<String>> = serde_saphyr::from_str(TABLE).unwrap_or_default();
        groups.into_iter().map(distinct).filter(|group| group.len() > 1).collect()
    })
}

fn distinct(group: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for spelling in group {
        if kept.iter().all(|other| normalise(other) != normalise(&spelling)) {
            kept.push(spelling);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_spelling_belongs_to_one_word() {
        let all: Vec<String> = spellings().iter().flatten().map(|word| normalise(word)).collect();
        assert!(all.len() > 20);
        assert!(all.iter().all(|word| !word.is_empty()));
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    }

    #[test]
    fn what_is_the_same_anyway_is_no_other_spelling() {
        let group = distinct(["サーバー", "ｻｰﾊﾞｰ", "サーバ"].map(str::to_owned).to_vec());
        assert_eq!(group, ["サーバー", "サーバ"]);
    }
}
