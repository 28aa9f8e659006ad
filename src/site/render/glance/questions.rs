//! What residents ask, and the roles of the items that answer.

/// A question.
pub(super) struct Question {
    /// The word of the interface that asks is `glance_` and this.
    pub(super) key: &'static str,
    /// Roles; of several, the first that the form has an item for.
    pub(super) items: &'static [&'static [&'static str]],
    pub(super) lists: &'static [List],
    /// Where nothing is written, the inquiry of the municipality stands in.
    pub(super) has_substitute: bool,
}

/// The entries of a repeat, which are those who are named.
pub(super) struct List {
    /// Role of the repeat.
    pub(super) entries: &'static str,
    /// Role of the item that names.
    pub(super) name: &'static str,
    /// Roles of what is said about an entry; without any, entries with the same name are told together.
    pub(super) about: &'static [&'static str],
}

/// Items that are told only where something is written: without it, the item before them says all.
pub(super) const ADDITIONS: &[&str] = &["request-fee-detail"];

/// The question that the ratings of the risks answer.
pub(super) const RISKS: &str = "risks";

const fn question(key: &'static str, items: &'static [&'static [&'static str]]) -> Question {
    Question { key, items, lists: &[], has_substitute: false }
}

/// The questions, in the order in which they are shown.
pub(super) const QUESTIONS: [Question; 12] = [
    question("purpose", &[&["task-name"], &["usage-purpose", "task-content"]]),
    question("subjects", &[&["population"], &["subject-scope"], &["subject-count"]]),
    question("fields", &[&["file-names"], &["main-fields"]]),
    question("source", &[&["source"]]),
    question("users", &[&["user-department", "department"], &["user-count", "handlers"]]),
    Question {
        lists: &[
            List { entries: "recipients", name: "recipient-name", about: &[] },
            List { entries: "transferees", name: "transferee-name", about: &[] },
        ],
        ..question("recipients", &[&["provision", "provision-none"], &["network-use"]])
    },
    Question {
        lists: &[List { entries: "contracts", name: "contractor", about: &["contract-title", "resub-use"] }],
        ..question("contractors", &[&["outsourcing", "outsourcing-none"]])
    },
    question("storage", &[&["storage-place"]]),
    question("retention", &[&["retention-period"], &["erasure"]]),
    question(RISKS, &[]),
    Question { has_substitute: true, ..question("contact", &[&["contact"]]) },
    question(
        "requests",
        &[&["request-office"], &["request-method"], &["request-fee"], &["request-fee-detail"]],
    ),
];
