use std::collections::BTreeSet;

use super::*;
use crate::form::Form;

#[test]
fn every_code_that_the_program_names_is_in_the_catalogue() {
    let missing: Vec<_> =
        Code::NAMED.iter().map(|c| c.id()).filter(|id| catalogue().get(id).is_none()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn codes_and_aliases_are_ascii_and_name_one_rule() {
    let mut names = BTreeSet::new();
    for rule in catalogue().all() {
        for name in std::iter::once(&rule.code).chain(&rule.aliases) {
            assert!(name.is_ascii() && names.insert(name.to_ascii_uppercase()), "{name}");
        }
    }
}

#[test]
fn a_rule_that_is_not_verified_never_blocks() {
    for rule in catalogue().all().filter(|r| r.confidence == Confidence::D) {
        assert!(rule.severity > Severity::Error, "{}", rule.code);
        assert!(rule.clauses.iter().all(|c| c.severity != Some(Severity::Error)), "{}", rule.code);
    }
}

#[test]
fn every_role_that_a_rule_names_is_played_by_an_item() {
    let plays = |role: &str| Form::all().iter().any(|f| f.role(role).is_some());
    for rule in catalogue().all() {
        let of_clauses = rule.clauses.iter().flat_map(|c| {
            let also = c.also.iter().map(|a| a.item.as_str());
            c.when.iter().flat_map(Test::roles).chain([c.at.as_str()]).chain(also)
        });
        let of_phrases = rule.phrases.iter().flat_map(|p| p.items.iter().map(String::as_str));
        for role in of_clauses.chain(of_phrases).chain(rule.items.iter().map(String::as_str)) {
            assert!(plays(role), "{}: {role}", rule.code);
        }
    }
}
