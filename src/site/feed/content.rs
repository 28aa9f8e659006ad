//! Entries in words: title, summary, and the changes as HTML, by name or in full.

use std::fmt::Write as _;

use super::event::{Event, What};
use super::{Tag, marks};
use crate::history::{ChangeBrief, ChangeKind, TimingBrief, by_frequency, day_anchor};
use crate::markdown::escape;
use crate::site::Theme;
use crate::site::data::TIMING_CODES;
use crate::site::render::Texts;

/// Reasons that a summary names.
const REASONS: usize = 3;

/// 事前, the first option of 提出時期 in every edition; its code is the first as well.
const PRIOR: TimingBrief = TimingBrief::Option(0);

/// Writes the entries of one feed.
#[derive(Clone, Copy)]
pub(super) struct Writer<'a> {
    pub(super) theme: &'a Theme,
    pub(super) base: Option<&'a str>,
    /// Where the feed is, from the root of the site: empty or with a final `/`.
    pub(super) folder: &'a str,
}

impl Writer<'_> {
    /// A word of the interface with values in its places.
    pub(super) fn say(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.theme.word(key), values)
    }

    /// The address of a place of the site, which is given from its root: absolute where the site has one, else from the feed.
    pub(super) fn address(&self, place: &str) -> String {
        match (self.base, place.strip_prefix(self.folder)) {
            (Some(base), _) => format!("{base}{place}"),
            (None, Some("")) => "./".to_owned(),
            (None, below) => below.unwrap_or(place).to_owned(),
        }
    }

    /// Where an event is shown.
    pub(super) fn url(&self, event: &Event<'_>) -> String {
        match event.what {
            What::Publication => self.address(&folder(event)),
            What::Changes(_) => {
                self.address(&format!("{}changes/#{}", folder(event), day_anchor(Some(event.date))))
            }
        }
    }

    /// みほん市 予防接種に関する事務 全項目評価書: 3件の変更（令和5年11月14日）.
    pub(super) fn title(&self, event: &Event<'_>) -> String {
        let key = match event.what {
            What::Publication => "feed_publication",
            What::Changes(_) => "feed_changes",
        };
        self.say(
            key,
            &[
                ("name", &event.subject.municipality.name),
                ("title", &event.subject.document.title),
                ("n", &event.changes().len().to_string()),
                ("date", &event.date.wareki()),
            ],
        )
    }

    /// How many changes of which kind in which chapter, and the main reasons; of a publication who published what.
    pub(super) fn summary(&self, event: &Event<'_>) -> String {
        let document = event.subject.document;
        if event.what == What::Publication {
            let agency =
                if document.agency.is_empty() { &event.subject.municipality.name } else { &document.agency };
            return self.say(
                "feed_publication_summary",
                &[
                    ("agency", agency),
                    ("form", &document.form.head.short_title),
                    ("number", &document.number),
                ],
            );
        }
        let changes = event.changes();
        let times = |(what, count): &(String, usize)| {
            self.say("feed_count", &[("what", what), ("n", &count.to_string())])
        };
        let list = |counts: &[(String, usize)]| counts.iter().map(times).collect::<Vec<_>>().join("、");
        let kinds = ChangeKind::ALL.iter().filter_map(|kind| {
            let count = changes.iter().filter(|change| change.kind == *kind).count();
            (count > 0).then(|| (self.kind(*kind).to_owned(), count))
        });
        let mut reasons = by_frequency(changes.iter().filter_map(|change| change.reason.as_deref()));
        reasons.truncate(REASONS);
        let mut summary = self.say("feed_kinds", &[("counts", &list(&kinds.collect::<Vec<_>>()))]);
        let tags: Vec<_> = self.tags(event).into_iter().map(|(tag, count)| (tag.label, count)).collect();
        if !tags.is_empty() {
            summary += &self.say("feed_tags", &[("counts", &list(&tags))]);
        }
        summary += &self.say("feed_chapters", &[("counts", &list(&self.chapters(event)))]);
        if !reasons.is_empty() {
            let reasons: Vec<_> = reasons.into_iter().map(|(reason, _)| format!("「{reason}」")).collect();
            summary += &self.say("feed_reasons", &[("reasons", &reasons.concat())]);
        }
        summary
    }

    /// 事前 and ※, each with the number of its changes, where there are any.
    pub(super) fn tags(&self, event: &Event<'_>) -> Vec<(Tag, usize)> {
        let count = |is_one: fn(&ChangeBrief) -> bool| event.changes().iter().filter(|c| is_one(c)).count();
        let prior = PRIOR.label(event.subject.document.form).unwrap_or_default();
        let tags = [
            (TIMING_CODES[0], prior.to_owned(), count(|change| change.timing == PRIOR)),
            ("important", self.important(), count(|change| change.important)),
        ];
        let present = tags.into_iter().filter(|(.., count)| *count > 0);
        present.map(|(term, label, count)| (Tag { term, label }, count)).collect()
    }

    /// ※重要な変更の対象項目.
    fn important(&self) -> String {
        format!("{}{}", self.theme.word("important_mark"), self.theme.word("important"))
    }

    /// The chapters with the number of their changes, in the order of the form; what belongs to none comes last.
    fn chapters(&self, event: &Event<'_>) -> Vec<(String, usize)> {
        let form = event.subject.document.form;
        let mut sections: Vec<_> = event
            .changes()
            .iter()
            .map(|change| match change.item {
                crate::history::BriefItem::Known { slot, .. } => Some(form.section_of(slot.node).ix),
                crate::history::BriefItem::Written(_) => None,
            })
            .collect();
        sections.sort_by_key(|section| (section.is_none(), *section));
        let heading = |section: Option<_>| {
            section.map_or_else(|| self.theme.word("no_item").to_owned(), |ix| form.node(ix).heading())
        };
        let groups = sections.chunk_by(|a, b| a == b);
        groups.map(|group| (heading(group[0]), group.len())).collect()
    }

    /// The changes in a list, or the way to the document that was published.
    pub(super) fn by_name(&self, event: &Event<'_>) -> String {
        if event.what == What::Publication {
            let link = link(&self.url(event), self.theme.word("feed_read"));
            return format!("<p>{}</p><p>{link}</p>", escaped(&self.summary(event)));
        }
        let mut html = String::from("<ul>");
        for change in event.changes() {
            let _ = write!(
                html,
                "<li>{}（{}）",
                self.link_to(event, change),
                escaped(&self.marks(event, change))
            );
            if let Some(reason) = &change.reason {
                let _ = write!(html, "<br>{}: {}", escaped(self.theme.word("explanation")), escaped(reason));
            }
            html.push_str("</li>");
        }
        html + "</ul>"
    }

    /// The changes with their texts, or what differs; `texts` are those of all changes of the document.
    pub(super) fn in_full(&self, event: &Event<'_>, texts: &[Texts]) -> String {
        let What::Changes(range) = &event.what else { return self.by_name(event) };
        let mut html = String::new();
        for (change, texts) in event.changes().iter().zip(&texts[range.clone()]) {
            let _ = write!(
                html,
                "<h3>{}</h3><p>{}</p>",
                self.link_to(event, change),
                escaped(&self.marks(event, change))
            );
            self.texts(texts, &mut html);
        }
        html
    }

    fn texts(&self, texts: &Texts, html: &mut String) {
        let mut part = |word: &str, text: &str| {
            let _ = write!(html, "<h4>{}</h4>{text}", escaped(self.theme.word(word)));
        };
        let paragraph = |text: &str| format!("<p>{}</p>", escaped(text));
        let [before, after] = [(&texts.before, &texts.told[0]), (&texts.after, &texts.told[1])].map(
            |(text, told)| match told {
                Some(told) => format!("{text}{}", paragraph(&self.say("told", &[("text", told)]))),
                None if text.is_empty() => paragraph(self.theme.word("nothing")),
                None => text.clone(),
            },
        );
        match &texts.diff {
            Some(diff) => part("feed_diff", &marks::visible(self.theme, diff)),
            None => {
                part("before", &before);
                part("after", &after);
            }
        }
        if !texts.explanation.is_empty() {
            part("explanation", &texts.explanation);
        }
    }

    fn link_to(&self, event: &Event<'_>, change: &ChangeBrief) -> String {
        let line = event.subject.document.item_line(change);
        let line = if line.trim().is_empty() { self.theme.word("no_item") } else { &line };
        link(&self.address(&format!("{}changes/#{}", folder(event), change.anchor())), line)
    }

    /// 変更、提出時期 事後、※重要な変更の対象項目.
    fn marks(&self, event: &Event<'_>, change: &ChangeBrief) -> String {
        let mut marks = vec![self.kind(change.kind).to_owned()];
        if let Some(timing) = change.timing.label(event.subject.document.form) {
            marks.push(format!("{} {timing}", self.theme.word("timing")));
        }
        if change.important {
            marks.push(self.important());
        }
        marks.join("、")
    }

    fn kind(&self, kind: ChangeKind) -> &str {
        self.theme.word(match kind {
            ChangeKind::Added => "kind_added",
            ChangeKind::Removed => "kind_removed",
            ChangeKind::Changed => "kind_changed",
            ChangeKind::Moved => "kind_moved",
            ChangeKind::Notation => "kind_notation",
        })
    }
}

/// The directory of the document, from the root of the site.
fn folder(event: &Event<'_>) -> String {
    format!("{}/{}/", event.subject.municipality.code, event.subject.document.dir)
}

fn link(href: &str, text: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escaped(href), escaped(text))
}

pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}

/// Puts values into the `{name}` of a pattern, each place once: a title that holds `{n}` stays what it is.
fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let found = after
            .split_once('}')
            .and_then(|(name, tail)| Some((values.iter().find(|(key, _)| *key == name)?.1, tail)));
        rest = match found {
            Some((value, tail)) => {
                out.push_str(value);
                tail
            }
            None => {
                out.push('{');
                after
            }
        };
    }
    out + rest
}
