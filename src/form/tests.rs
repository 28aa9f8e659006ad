use super::*;

#[test]
fn every_edition_loads_and_its_references_resolve() {
    for form in Form::all() {
        for node in form.nodes() {
            if node.kind == Kind::Choice {
                assert!(!form.options(node).is_empty(), "{}: {}", form.head.id, node.id);
            }
            if node.kind == Kind::Checks {
                assert!(!form.boxes(node).is_empty(), "{}: {}", form.head.id, node.id);
            }
            for when in node.when.iter().chain(&node.items_when) {
                assert_condition(form, when);
            }
            if let Some(parent) = node.parent {
                assert!(node.id.starts_with(&format!("{}.", form.node(parent).id)), "{}", node.id);
            }
        }
    }
}

fn assert_condition(form: &Form, when: &When) {
    match when {
        When::Any { any: parts } | When::All { all: parts } => {
            for when in parts {
                assert_condition(form, when);
            }
        }
        When::Item { item, is, is_not, checked } => {
            let node = form.by_id(item).unwrap_or_else(|| panic!("{item} is not in {}", form.head.id));
            for label in [is, is_not].into_iter().flatten() {
                let Literal::Text(label) = label else { continue };
                assert!(form.options(node).iter().any(|o| o.label == *label), "{item}: {label}");
            }
            if let Some(key) = checked {
                assert!(form.boxes(node).iter().any(|b| b.key == *key), "{item}: {key}");
            }
        }
        When::Context { .. } | When::Derived { .. } => {}
    }
}

#[test]
fn keys_are_unambiguous_within_their_parent() {
    for form in Form::all() {
        for node in form.nodes() {
            let found = form.by_key(node.parent, &node.label).map(|n| n.id.as_str());
            assert_eq!(found, Some(node.id.as_str()), "{}", form.head.id);
        }
    }
}

#[test]
fn a_key_matches_with_and_without_its_mark() {
    let form = Form::with_id("zenkomoku-h30-05").unwrap();
    let usage = form.by_id("ii.3").unwrap().ix;
    for key in ["使用方法", "⑧使用方法", "⑧ 使用方法　※", "⑧．使用方法"] {
        assert_eq!(form.by_key(Some(usage), key).map(|n| n.id.as_str()), Some("ii.3.usage"), "{key}");
    }
    let risks = form.by_id("iii.2").unwrap().ix;
    for key in ["リスク１", "リスク1：目的外の入手が行われるリスク", "目的外の入手が行われるリスク"]
    {
        assert_eq!(form.by_key(Some(risks), key).map(|n| n.id.as_str()), Some("iii.2.risk1"), "{key}");
    }
    assert_eq!(form.by_key(None, "評価書番号").map(|n| n.id.as_str()), Some("cover.number"));
    assert_eq!(form.by_key(None, "Ⅰ 基本情報").map(|n| n.id.as_str()), Some("i"));
    assert_eq!(form.by_key(None, "（別添1）事務の内容").map(|n| n.id.as_str()), Some("app1"));
}

#[test]
fn paths_leave_out_the_index_of_an_only_file() {
    let form = Form::with_id("zenkomoku-h30-05").unwrap();
    let slot = form.slot("ii[2].4.contract[1].scope").unwrap();
    assert_eq!(form.path(slot, 2), "ii[2].4.contract[1].scope");
    assert_eq!(form.anchor(slot, 2), "ii2-4-contract1-scope");
    assert_eq!(form.reference(slot, 2), "Ⅱ（2）.4.委託事項1.②");
    let slot = form.slot("ii.3.usage-purpose").unwrap();
    assert_eq!(form.anchor(slot, 1), "ii-3-usage-purpose");
    assert_eq!(form.path(slot, 2), "ii[1].3.usage-purpose");
    assert_eq!(form.reference(slot, 1), "Ⅱ.3.⑥");
    let slot = form.slot("i.2.system[4].name").unwrap();
    assert_eq!(form.path(slot, 1), "i.2.system[4].name");
    assert_eq!(form.reference(slot, 1), "Ⅰ.2.システム4.①");
}

#[test]
fn forms_are_found_by_any_of_their_names() {
    for name in [
        "全項目評価書",
        "全項目",
        "様式４",
        "zenkomoku",
        "zenkomoku-h30-05",
        "特定個人情報保護評価書(全項目評価書)",
    ] {
        assert_eq!(Form::named(name).first().map(|f| f.head.id.as_str()), Some("zenkomoku-h30-05"), "{name}");
    }
    let editions: Vec<_> = Form::named("基礎項目評価書").iter().map(|f| f.head.edition.as_str()).collect();
    assert_eq!(editions, ["令和6年10月", "平成31年1月"]);
}

#[test]
fn options_match_with_number_and_full_stop() {
    let form = Form::with_id("zenkomoku-h30-05").unwrap();
    let options = form.options(form.by_id("iii.2.risk1.adequacy").unwrap());
    assert_eq!(find_option(options, "２）十分である。").map(|o| o.label.as_str()), Some("十分である"));
    assert!(find_option(options, "十分").is_none());
}

/// Ids, labels, kinds and marks of ours against the reference definitions, where they are at hand.
#[test]
fn ids_are_identical_to_the_reference() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/forms");
    for form in Form::all() {
        let file = folder.join(format!("{}.yaml", form.head.id));
        let Some(text) = crate::fs::read(&file).ok().and_then(|b| String::from_utf8(b).ok()) else {
            eprintln!("SKIPPED: the reference definition {} is not at hand", file.display());
            continue;
        };
        let reference: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
        let mut theirs = Vec::new();
        for section in reference["sections"].as_sequence().unwrap() {
            collect(section, &mut theirs);
        }
        let mut ours: Vec<_> =
            form.nodes().iter().map(|n| (n.id.clone(), n.label.clone(), n.important)).collect();
        theirs.sort();
        ours.sort();
        assert_eq!(ours, theirs, "{}", form.head.id);
    }
}

fn collect(node: &serde_yaml::Value, into: &mut Vec<(String, String, bool)>) {
    let text = |key: &str| node[key].as_str().unwrap_or_default().to_owned();
    into.push((text("id"), text("label"), node["important"].as_bool().unwrap_or(false)));
    for key in ["flags", "items"] {
        for child in node[key].as_sequence().into_iter().flatten() {
            collect(child, into);
        }
    }
}

#[test]
fn no_two_items_share_a_reference() {
    for form in Form::all() {
        let mut seen = std::collections::BTreeSet::new();
        let mut twice = Vec::new();
        for node in form.nodes().iter().filter(|node| node.is_item()) {
            if !seen.insert(&node.reference) {
                twice.push(&node.reference);
            }
        }
        assert!(twice.is_empty(), "{:?}: {twice:?}", form.head);
    }
}
