//! Which names of a 事務 are names of one 事務: 「予防接種に関する事務」 and 「予防接種事務 基礎項目評価書」.

use crate::form::fold;

/// What follows the name of a task and says nothing about which one it is, folded; longer ones first.
const ENDINGS: &[&str] = &[
    "特定個人情報保護評価書",
    "基礎項目評価書",
    "重点項目評価書",
    "全項目評価書",
    "評価書",
    "(基礎項目評価)",
    "(重点項目評価)",
    "(全項目評価)",
    "に関する事務",
    "に関わる事務",
    "に係る事務",
    "に係わる事務",
    "にかかる事務",
    "に関すること",
    "関係事務",
    "関連事務",
    "の事務",
    "事務",
];

/// What joins the name of a municipality to the task.
const JOINTS: &[&str] = &["における", "が行う", "の"];

/// The key of a task; none where nothing is left that tells it from others. `municipality` is whose document names it.
pub fn task(name: &str, municipality: &str) -> Option<String> {
    let folded = fold(name);
    let mut key = without_municipality(&folded, &fold(municipality));
    while let Some(shorter) = ENDINGS.iter().find_map(|ending| key.strip_suffix(ending)) {
        key = shorter;
    }
    key.chars().any(char::is_alphanumeric).then(|| key.to_owned())
}

fn without_municipality<'t>(text: &'t str, municipality: &str) -> &'t str {
    let behind = text.strip_prefix(municipality).filter(|_| !municipality.is_empty());
    let Some(behind) = behind else { return text };
    JOINTS.iter().find_map(|joint| behind.strip_prefix(joint)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_task_has_one_key() {
        let names = [
            "予防接種に関する事務",
            "予防接種事務",
            "予防接種に関する事務　全項目評価書",
            "予防接種に係る事務 基礎項目評価書",
            "みほん市における予防接種に関する事務",
            "予防接種に関する事務（重点項目評価）",
        ];
        for name in names {
            assert_eq!(task(name, "みほん市").as_deref(), Some("予防接種"), "{name}");
        }
    }

    #[test]
    fn other_tasks_have_other_keys() {
        let names = [
            "予防接種",
            "新型インフルエンザ予防接種に関する事務",
            "国民健康保険に関する事務",
            "国民年金に関する事務",
        ];
        let keys: std::collections::BTreeSet<_> = names.iter().map(|name| task(name, "みほん市")).collect();
        assert_eq!(keys.len(), names.len());
        // The name of a place that is the beginning of a word is no municipality.
        assert_eq!(task("北区民税に関する事務", "北区").as_deref(), Some("北区民税"));
    }

    #[test]
    fn a_name_that_names_nothing_has_no_key() {
        for name in ["", "事務", "評価書", "―", "事務 全項目評価書"] {
            assert_eq!(task(name, "みほん市"), None, "{name}");
        }
    }

    proptest! {
        #[test]
        fn a_key_is_its_own_key(name in "[予防接種の事務に関するすること評価書（） ]{0,20}") {
            if let Some(key) = task(&name, "") {
                prop_assert_eq!(task(&key, ""), Some(key.clone()));
            }
        }
    }
}
