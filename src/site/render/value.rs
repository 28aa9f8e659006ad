//! The value of an item as a page shows it.

use std::borrow::Cow;

use serde::Serialize;

use super::frame::DateView;
use crate::assessment::{Figure, Tick, Value};
use crate::form::{Form, Node};
use crate::glossary::Linker;
use crate::markdown;

/// A value, with `is` telling templates its kind.
#[derive(Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub(super) enum ValueView<'a> {
    /// Prose.
    Text { html: String },
    /// Names, one each.
    Names { names: Vec<&'a str> },
    /// A date.
    Date { date: DateView },
    /// The chosen option and those that were not.
    Choice { chosen: &'a str, others: Vec<&'a str> },
    /// The ticked boxes under their printed groups, and those that were not.
    Checks { groups: Vec<BoxGroup<'a>>, others: Vec<BoxGroup<'a>>, count: usize },
    /// A number.
    Count { number: u32, unit: Option<&'a str> },
    /// A box of its own.
    Flag { ticked: bool },
    /// Images.
    Figures { figures: Vec<FigureView<'a>> },
    /// Something that the form does not allow there.
    Unfit { text: &'a str },
    /// Nothing is written, but the form prints a text.
    Printed { text: &'a str },
    /// Nothing is written.
    Missing,
    /// Nothing is written, and rightly so.
    NotApplicable,
}

/// Boxes that the form prints under one heading.
#[derive(Serialize)]
pub(super) struct BoxGroup<'a> {
    label: Option<&'a str>,
    boxes: Vec<BoxView<'a>>,
}

#[derive(Serialize)]
struct BoxView<'a> {
    label: &'a str,
    text: Option<&'a str>,
}

/// An image and what it says.
#[derive(Serialize)]
pub(super) struct FigureView<'a> {
    /// None where the image is not at hand.
    src: Option<Cow<'a, str>>,
    alt: &'a str,
    caption: Option<&'a str>,
    /// The text alternative as text below the image, where it is too long to be an `alt`.
    long: Option<String>,
}

/// How many characters a screen reader's user can be expected to hear without a way to stop and go back.
const LONGEST_ALT: usize = 100;

/// The view of a value that is not empty.
pub(super) fn view<'a>(
    form: &'a Form,
    node: &'a Node,
    value: &'a Value,
    markdown: &markdown::Options<'_>,
) -> ValueView<'a> {
    match value {
        Value::Text(text) if node.list => ValueView::Names { names: names(text) },
        Value::Text(text) => ValueView::Text { html: markdown::to_html(text, markdown) },
        Value::Date(date) => ValueView::Date { date: (*date).into() },
        Value::Choice(chosen) => ValueView::Choice {
            chosen,
            others: form.options(node).iter().map(|o| o.label.as_str()).filter(|o| o != chosen).collect(),
        },
        Value::Checks(ticks) => checks(form, node, ticks),
        Value::Count(number) => ValueView::Count { number: *number, unit: node.unit.as_deref() },
        Value::Flag(ticked) => ValueView::Flag { ticked: *ticked },
        Value::Figures(figures) => {
            ValueView::Figures { figures: figures.iter().map(|f| figure(node, f, markdown)).collect() }
        }
        Value::Unfit(text) => ValueView::Unfit { text },
    }
}

impl ValueView<'_> {
    /// Links the words of the glossary in prose; names, options and boxes are what the form knows.
    pub(super) fn link_terms(&mut self, linker: &mut Linker<'_>) {
        if let Self::Text { html } = self
            && is_prose(html)
            && let Some(linked) = linker.link(html)
        {
            *html = linked;
        }
    }

    /// The same value with its images where `address` says.
    pub(super) fn with_images(mut self, address: &dyn Fn(&str) -> Option<String>) -> Self {
        if let Self::Figures { figures } = &mut self {
            for figure in figures {
                figure.src = figure.src.take().and_then(|path| address(&path)).map(Cow::Owned);
            }
        }
        self
    }
}

/// Whether a text is more than a name or an office, where a link would only disturb.
fn is_prose(html: &str) -> bool {
    /// Up to so many bytes of markup a text without a sentence is a name.
    const SHORTEST: usize = 120;
    html.len() > SHORTEST || html.contains("。<")
}

/// The lines of a list of names, with or without list marks.
pub(super) fn names(text: &str) -> Vec<&str> {
    text.lines().map(|line| line.trim().trim_start_matches("- ").trim()).filter(|l| !l.is_empty()).collect()
}

fn checks<'a>(form: &'a Form, node: &'a Node, ticks: &'a [Tick]) -> ValueView<'a> {
    let (mut groups, mut others) = (Vec::new(), Vec::new());
    for check in form.boxes(node) {
        let tick = ticks.iter().find(|t| t.label == check.label);
        let list = if tick.is_some() { &mut groups } else { &mut others };
        let text = tick.and_then(|t| t.text.as_deref());
        add(list, check.group.as_deref(), BoxView { label: &check.label, text });
    }
    ValueView::Checks { groups, others, count: ticks.len() }
}

fn add<'a>(groups: &mut Vec<BoxGroup<'a>>, label: Option<&'a str>, view: BoxView<'a>) {
    match groups.last_mut() {
        Some(group) if group.label == label => group.boxes.push(view),
        _ => groups.push(BoxGroup { label, boxes: vec![view] }),
    }
}

fn figure<'a>(node: &'a Node, figure: &'a Figure, markdown: &markdown::Options<'_>) -> FigureView<'a> {
    let alternative = figure.alternative.trim();
    let is_long = alternative.chars().count() > LONGEST_ALT || alternative.contains('\n');
    let caption = figure.caption.as_deref();
    FigureView {
        src: Some(Cow::Borrowed(&figure.file)),
        alt: if is_long { caption.unwrap_or(&node.label) } else { alternative },
        caption,
        long: is_long.then(|| markdown::to_html(alternative, markdown)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linked(text: &str) -> bool {
        let html = format!("<p>{text}</p>");
        let mut view = ValueView::Text { html: html.clone() };
        view.link_terms(&mut Linker::new("../../"));
        let ValueView::Text { html: after } = view else { return false };
        after != html
    }

    #[test]
    fn a_sentence_is_prose_however_short_and_a_name_is_not() {
        assert!(linked("符号を使う。"));
        assert!(!linked("中間サーバー"));
        assert!(linked(&"中間サーバーの一覧、".repeat(5)));
    }
}
