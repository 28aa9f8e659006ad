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

#[test]
fn every_option_that_a_clause_names_is_on_a_form() {
    for rule in catalogue().all() {
        for test in rule
            .clauses
            .iter()
            .flat_map(|c| c.when.iter().chain(c.also.iter().filter_map(|a| a.when.as_ref())))
        {
            options_exist(&rule.code, test);
        }
    }
}

fn options_exist(rule: &str, test: &Test) {
    let (item, options) = match test {
        Test::Is { item, is } => (item, vec![is]),
        Test::IsNot { item, is_not } => (item, vec![is_not]),
        Test::IsAny { item, is_any } => (item, is_any.iter().collect()),
        Test::Some { some: inner } | Test::Every { every: inner } | Test::None { none: inner } => {
            return options_exist(rule, inner);
        }
        Test::Any { any: parts } | Test::All { all: parts } => {
            return parts.iter().for_each(|part| options_exist(rule, part));
        }
        _ => return,
    };
    for option in options {
        let has = |form: &Form| {
            form.role(item).is_some_and(|node| form.options(node).iter().any(|o| o.label == *option))
        };
        assert!(Form::all().iter().any(has), "{rule}: 「{option}」 is no option of {item}");
    }
}
