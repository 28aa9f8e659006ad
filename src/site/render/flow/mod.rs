//! The data flow of a document, drawn, and the same facts as text.
//!
//! The drawing is one image with a name and a short description. Its boxes are no links: the text beside it has every fact
//! with a link to its item, and boxes with the same links would make everybody who uses the keyboard pass them twice. The
//! text is folded away where there is room for the drawing, and takes its place in narrow windows, where letters of a
//! drawing would be too small.

mod layout;
mod measure;
mod shapes;
mod svg;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde::Serialize;

use crate::assessment::Assessment;
use crate::flow::{Fact, FileName, Flow, Inflow, Kind, Outflow, Party, Travel, Way, flows};
use crate::form::{Form, Slot};
use crate::site::theme::Theme;
use shapes::ChannelLook;

/// The flows of a document as the template `data-flow.html` shows them.
#[derive(Serialize)]
pub(super) struct FlowsView<'a> {
    /// The flow of each file; those after the first are folded.
    flows: Vec<FlowView<'a>>,
    /// The lines that occur, each with what it means.
    key: Vec<KeyView<'a>>,
}

/// A line and what it means.
#[derive(Serialize)]
struct KeyView<'a> {
    drawing: String,
    text: &'a str,
}

/// The flow of a file.
#[derive(Serialize)]
struct FlowView<'a> {
    /// Number in the ids of the page.
    number: usize,
    /// Names of its files, where the document has several.
    title: Option<String>,
    drawing: String,
    /// What the drawing shows, in numbers.
    summary: String,
    /// Not everything could be drawn.
    is_cut: bool,
    /// There are ways and several sources; the form does not say which belong together.
    has_joint_ways: bool,
    parts: [PartView<'a>; 3],
}

/// One step of the text: from whom, who uses it, to whom.
#[derive(Serialize)]
struct PartView<'a> {
    /// What the step is, the key of a word.
    title: &'static str,
    groups: Vec<GroupView<'a>>,
}

/// Facts of one kind.
#[derive(Serialize)]
struct GroupView<'a> {
    /// As the form calls it.
    label: Cow<'a, str>,
    /// The item, where one has all the facts.
    anchor: Option<String>,
    rows: Vec<RowView<'a>>,
}

#[derive(Serialize)]
struct RowView<'a> {
    /// The item, where each fact has its own.
    anchor: Option<String>,
    /// What the form calls the place: 提供先1.
    place: Option<String>,
    text: Cow<'a, str>,
    /// More about it: 委託事項の名称, what stands in a parenthesis.
    more: Option<Cow<'a, str>>,
    /// How the information gets there; none where the form does not ask.
    ways: Option<Vec<WayView<'a>>>,
    /// 再委託の有無.
    again: Option<Cow<'a, str>>,
}

impl<'a> RowView<'a> {
    fn plain(text: Cow<'a, str>) -> Self {
        Self { anchor: None, place: None, text, more: None, ways: None, again: None }
    }
}

#[derive(Serialize)]
struct WayView<'a> {
    label: &'a str,
    text: Option<Cow<'a, str>>,
}

/// The end of the keys of the words about a kind of receivers.
fn kind_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Contractor => "contractor",
        Kind::Recipient => "recipient",
        Kind::Transferee => "transferee",
    }
}

/// The flows of a document; none where its form or its answers say nothing of them.
pub(super) fn view<'a>(theme: &'a Theme, assessment: &'a Assessment) -> Option<FlowsView<'a>> {
    let flows = flows(assessment);
    if flows.is_empty() {
        return None;
    }
    let builder = Builder {
        theme,
        form: assessment.form(),
        files: assessment.answers.files(),
        has_several: flows.len() > 1,
    };
    let mut looks = BTreeSet::new();
    let flows =
        flows.into_iter().zip(1..).map(|(flow, number)| builder.flow(flow, number, &mut looks)).collect();
    let key =
        looks.into_iter().map(|look| KeyView { drawing: svg::sample(look), text: theme.word(meaning(look)) });
    Some(FlowsView { flows, key: key.collect() })
}

/// What a line means, the key of a word.
fn meaning(look: ChannelLook) -> &'static str {
    match look {
        ChannelLook::Line => "flow_key_line",
        ChannelLook::Hand => "flow_key_hand",
        ChannelLook::Other => "flow_key_other",
        ChannelLook::Unstated => "flow_key_unstated",
        ChannelLook::Unasked => "flow_key_unasked",
    }
}

struct Builder<'a> {
    theme: &'a Theme,
    form: &'static Form,
    files: u16,
    has_several: bool,
}

impl<'a> Builder<'a> {
    fn flow(&self, flow: Flow<'a>, number: usize, looks: &mut BTreeSet<ChannelLook>) -> FlowView<'a> {
        let drawing = layout::layout(self.theme, &flow);
        looks.extend(drawing.channels.iter().map(|channel| channel.look));
        let title = self.has_several.then(|| self.title(&flow.files));
        let file = if self.has_several { format!("flow-{number} ") } else { String::new() };
        FlowView {
            number,
            title,
            drawing: svg::svg(&drawing, &format!("flow {file}flow-{number}-summary")),
            summary: self.summary(&flow),
            is_cut: drawing.is_cut,
            has_joint_ways: flow.inflow.sources.len() > 1 && !flow.inflow.travel.ways.is_empty(),
            parts: self.parts(flow),
        }
    }

    fn title(&self, files: &[FileName<'_>]) -> String {
        let unnamed = |file: &FileName<'_>| {
            self.theme.word("flow_file_number").replace("{n}", &file.number.to_string())
        };
        let name = |file: &FileName<'_>| {
            file.name.as_ref().map_or_else(|| unnamed(file), |name| name.text.to_string())
        };
        files.iter().map(name).collect::<Vec<_>>().join("、")
    }

    /// How many there are of whom: 入手元 4件、委託先 2件.
    fn summary(&self, flow: &Flow<'_>) -> String {
        let counted = |key: &str, n: usize| self.theme.word(key).replace("{n}", &n.to_string());
        let mut parts = Vec::new();
        if flow.inflow.slot.is_some() {
            parts.push(counted("flow_count_source", flow.inflow.sources.len()));
        }
        for outflow in flow.outflows.iter().filter(|outflow| !outflow.parties.is_empty()) {
            parts.push(counted(&format!("flow_count_{}", kind_key(outflow.kind)), outflow.parties.len()));
        }
        parts.join("、")
    }

    fn parts(&self, flow: Flow<'a>) -> [PartView<'a>; 3] {
        let mut used = vec![self.names(flow.files)];
        used.extend(flow.department.map(|fact| {
            let anchor = Some(self.anchor(fact.slot));
            GroupView { label: self.label(fact.slot), anchor, rows: vec![RowView::plain(fact.text)] }
        }));
        used.extend(self.listed("flow_system", flow.systems));
        let received = flow.outflows.into_iter().filter_map(|outflow| self.outflow(outflow)).collect();
        [
            PartView { title: "flow_step_from", groups: self.inflow(flow.inflow) },
            PartView { title: "flow_step_use", groups: used },
            PartView { title: "flow_step_to", groups: received },
        ]
    }

    fn inflow(&self, inflow: Inflow<'a>) -> Vec<GroupView<'a>> {
        let sources = inflow.slot.map(|slot| {
            let row = |label, text| RowView { more: text, ..RowView::plain(Cow::Borrowed(label)) };
            let rows = inflow.sources.into_iter().map(|source| row(source.label, source.text)).collect();
            self.group(slot, rows)
        });
        let ways = inflow.travel.slot.map(|slot| {
            let row = |way: Way<'a>| RowView { more: way.text, ..RowView::plain(Cow::Borrowed(way.label)) };
            self.group(slot, inflow.travel.ways.into_iter().map(row).collect())
        });
        sources.into_iter().chain(ways).collect()
    }

    /// The facts of one item; that there are none is a fact too.
    fn group(&self, slot: Slot, mut rows: Vec<RowView<'a>>) -> GroupView<'a> {
        if rows.is_empty() {
            rows.push(RowView::plain(Cow::Borrowed(self.theme.word("flow_unstated"))));
        }
        GroupView { label: self.label(slot), anchor: Some(self.anchor(slot)), rows }
    }

    fn names(&self, files: Vec<FileName<'a>>) -> GroupView<'a> {
        let row = |file: FileName<'a>| match file.name {
            Some(name) => RowView { anchor: Some(self.anchor(name.slot)), ..RowView::plain(name.text) },
            None => RowView::plain(Cow::Owned(self.title(&[file]))),
        };
        let rows = files.into_iter().map(row).collect();
        GroupView { label: Cow::Borrowed(self.theme.word("flow_file")), anchor: None, rows }
    }

    fn listed(&self, caption: &str, facts: Vec<Fact<'a>>) -> Option<GroupView<'a>> {
        let row =
            |fact: Fact<'a>| RowView { anchor: Some(self.anchor(fact.slot)), ..RowView::plain(fact.text) };
        let rows: Vec<_> = facts.into_iter().map(row).collect();
        let label = Cow::Owned(self.theme.word(caption).to_owned());
        (!rows.is_empty()).then_some(GroupView { label, anchor: None, rows })
    }

    fn outflow(&self, outflow: Outflow<'a>) -> Option<GroupView<'a>> {
        let label = Cow::Borrowed(self.theme.word(match outflow.kind {
            Kind::Contractor => "flow_contractor",
            Kind::Recipient => "flow_recipient",
            Kind::Transferee => "flow_transferee",
        }));
        if let Some(none) = outflow.none {
            let anchor = Some(self.anchor(none.slot));
            return Some(GroupView { label, anchor, rows: vec![RowView::plain(none.text)] });
        }
        let rows: Vec<_> = outflow.parties.into_iter().map(|party| self.party(party)).collect();
        (!rows.is_empty()).then_some(GroupView { label, anchor: None, rows })
    }

    fn party(&self, party: Party<'a>) -> RowView<'a> {
        let unit = self.form.node(party.slot.node).repeat.as_ref().map_or("", |repeat| repeat.unit.as_str());
        let unnamed = || Cow::Borrowed(self.theme.word("flow_unnamed"));
        RowView {
            anchor: Some(self.anchor(party.slot)),
            place: Some(format!("{unit}{}", party.number)),
            text: party.name.map_or_else(unnamed, |name| name.text),
            more: party.matter.map(|matter| matter.text),
            ways: self.ways(party.travel),
            again: party.again.map(|again| again.fact.text),
        }
    }

    fn ways(&self, travel: Travel<'a>) -> Option<Vec<WayView<'a>>> {
        travel.slot?;
        let mut ways: Vec<_> =
            travel.ways.into_iter().map(|way| WayView { label: way.label, text: way.text }).collect();
        if ways.is_empty() {
            ways.push(WayView { label: self.theme.word("flow_unstated"), text: None });
        }
        Some(ways)
    }

    fn label(&self, slot: Slot) -> Cow<'a, str> {
        Cow::Borrowed(self.form.node(slot.node).label.as_str())
    }

    fn anchor(&self, slot: Slot) -> String {
        self.form.anchor(slot, self.files)
    }
}
