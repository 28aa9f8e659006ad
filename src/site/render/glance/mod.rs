//! An assessment at a glance: the questions of residents, answered from the items that play a role in its form.
//!
//! Nothing is summed up or guessed: every answer is what an item says, links to it, and is cut only where a sentence ends.

mod fact;
mod list;
mod opening;
mod questions;
mod ratings;
#[cfg(test)]
mod tests;

use serde::Serialize;

use self::fact::FactView;
use self::list::ListView;
use self::questions::{ADDITIONS, QUESTIONS, Question, RISKS};
use super::value::names;
use crate::assessment::{Answers, Assessment, Value};
use crate::form::{Entries, Form, Node, Slot};
use crate::site::theme::Theme;

/// The questions and what the document answers.
#[derive(Serialize)]
pub(super) struct GlanceView<'a> {
    questions: Vec<QuestionView<'a>>,
    /// The questions that this form has no item for.
    absent: Vec<&'a str>,
}

/// A question with its answer.
#[derive(Serialize)]
struct QuestionView<'a> {
    key: &'static str,
    question: &'a str,
    groups: Vec<GroupView<'a>>,
    /// The form asks about it, but not for names.
    has_no_names: bool,
    /// Nothing is written about whom to ask: the municipality's own inquiry stands in.
    asks_municipality: bool,
}

/// What is about the document as a whole, or about one of its files.
#[derive(Serialize)]
struct GroupView<'a> {
    file: Option<FileView>,
    facts: Vec<FactView<'a>>,
    lists: Vec<ListView<'a>>,
}

impl GroupView<'_> {
    fn is_empty(&self) -> bool {
        self.facts.is_empty() && self.lists.is_empty()
    }
}

/// One of several 特定個人情報ファイル.
#[derive(Serialize)]
struct FileView {
    name: String,
    href: String,
}

/// The document at a glance.
pub(super) fn glance<'a>(theme: &'a Theme, assessment: &'a Assessment) -> GlanceView<'a> {
    let scene = Scene::new(theme, &assessment.answers);
    let mut view = GlanceView { questions: Vec::new(), absent: Vec::new() };
    for question in &QUESTIONS {
        let words = scene.words(question.key);
        match scene.is_asked(question) {
            true => view.questions.push(scene.answer(question, words)),
            false => view.absent.push(words),
        }
    }
    view
}

/// What every answer is made of.
struct Scene<'a> {
    theme: &'a Theme,
    answers: &'a Answers,
    form: &'static Form,
    files: u16,
}

impl<'a> Scene<'a> {
    fn new(theme: &'a Theme, answers: &'a Answers) -> Self {
        Self { theme, answers, form: answers.form(), files: answers.files() }
    }

    /// A word of the interface about the glance.
    fn words(&self, key: &str) -> &'a str {
        self.theme.find_word(&format!("glance_{key}")).unwrap_or_default()
    }

    /// Whether the form has an item that answers.
    fn is_asked(&self, question: &Question) -> bool {
        question.key == RISKS || question.items.iter().any(|either| self.item(either).is_some())
    }

    /// The first of these roles that the form has an item for.
    fn item(&self, either: &[&'static str]) -> Option<(&'static str, &'static Node)> {
        either.iter().find_map(|role| Some((*role, self.form.role(role)?)))
    }

    fn answer(&self, question: &Question, words: &'a str) -> QuestionView<'a> {
        let mut groups = Vec::new();
        if self.files > 1 {
            groups.push(self.group(question, false, None));
            groups.extend((1..=self.files).map(|file| self.group(question, true, Some(file))));
        } else {
            let (whole, of_file) = (self.group(question, false, None), self.group(question, true, Some(1)));
            let [facts, more] = [whole.facts, of_file.facts];
            groups.push(GroupView {
                file: None,
                facts: facts.into_iter().chain(more).collect(),
                lists: of_file.lists,
            });
        }
        groups.retain(|group| !group.is_empty());
        let has_list = question.lists.iter().any(|list| self.form.role(list.entries).is_some());
        let is_said = groups.iter().flat_map(|group| &group.facts).any(FactView::is_said);
        QuestionView {
            key: question.key,
            question: words,
            groups,
            has_no_names: !question.lists.is_empty() && !has_list,
            asks_municipality: question.has_substitute && !is_said,
        }
    }

    /// What is said about the whole document, or about one file.
    fn group(&self, question: &Question, is_per_file: bool, file: Option<u16>) -> GroupView<'a> {
        let entries = file.map_or(Entries::NONE, |file| Entries::NONE.enter(file));
        let of_file = file.filter(|_| self.files > 1).map(|file| self.file(file));
        let is_here = |node: &Node| self.form.section_of(node.ix).is_per_file() == is_per_file;
        let near = of_file.as_ref().map(|file| file.name.as_str());
        let items = question.items.iter().filter_map(|either| self.item(either));
        let mut facts: Vec<_> = items
            .filter(|(_, node)| is_here(node))
            .map(|(role, node)| (role, self.fact(role, Slot { node: node.ix, entries }, near)))
            .filter(|(role, fact)| fact.is_said() || !ADDITIONS.contains(role))
            .map(|(_, fact)| fact)
            .collect();
        if question.key == RISKS {
            facts.extend(self.ratings(is_per_file, file, near));
        }
        let lists = question.lists.iter().filter(|_| is_per_file);
        let lists = lists.filter_map(|list| self.list(list, entries, near)).collect();
        GroupView { file: of_file, facts, lists }
    }

    /// The name of a file, and where it begins.
    fn file(&self, number: u16) -> FileView {
        let sections = self.form.sections().find(|section| section.is_per_file());
        let slot = sections.map(|section| Slot { node: section.ix, entries: Entries::NONE.enter(number) });
        let name = self.listed_file(number).or_else(|| {
            let node = self.form.role("file-name")?;
            self.line(Slot { node: node.ix, entries: Entries::NONE.enter(number) })
        });
        let name = name.unwrap_or_else(|| number.to_string());
        FileView { name, href: slot.map(|slot| self.href(slot)).unwrap_or_default() }
    }

    /// What the list of files calls one of them.
    fn listed_file(&self, number: u16) -> Option<String> {
        let list = self.form.role("file-names")?;
        let Some(Value::Text(text)) = self.answers.get(Slot::plain(list.ix)) else { return None };
        names(text).get(usize::from(number) - 1).map(|name| (*name).to_owned())
    }

    fn href(&self, slot: Slot) -> String {
        format!("#{}", self.form.anchor(slot, self.files))
    }
}
