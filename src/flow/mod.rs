//! The data flow of an assessment as a small graph: from whom a 特定個人情報ファイル gets its information and by which
//! means, who uses it with which systems, and to whom it goes by which means.
//!
//! Only structured items are asked, by their roles, so an edition without them has no flow. Nothing is concluded: the form
//! states 入手方法 for all 入手元 together, so here they are not paired either.

use std::borrow::Cow;

use crate::assessment::{Answers, Assessment, Tick, Value};
use crate::form::{Entries, Form, Node, Slot};
use crate::markdown::{self, BlockKind};

#[cfg(test)]
mod tests;

/// The flow of one 特定個人情報ファイル, or of several that have the same one.
#[derive(Debug, Clone)]
pub struct Flow<'a> {
    /// The files, at least one. Where they have names these are shown.
    pub files: Vec<FileName<'a>>,
    /// Who does the 事務.
    pub agency: Option<String>,
    /// 入手元 and 入手方法.
    pub inflow: Inflow<'a>,
    /// 使用部署.
    pub department: Option<Fact<'a>>,
    /// Names of the systems of the 事務; the form does not say which of them holds which file.
    pub systems: Vec<Fact<'a>>,
    /// To whom the information goes: 委託先, 提供先, 移転先.
    pub outflows: [Outflow<'a>; 3],
}

/// A 特定個人情報ファイル.
#[derive(Debug, Clone)]
pub struct FileName<'a> {
    /// Its number in the document.
    pub number: u16,
    /// Its name and where it stands.
    pub name: Option<Fact<'a>>,
}

/// What an item says.
#[derive(Debug, Clone)]
pub struct Fact<'a> {
    /// The item.
    pub slot: Slot,
    /// Its text in one line.
    pub text: Cow<'a, str>,
}

/// Where the information comes from.
#[derive(Debug, Clone)]
pub struct Inflow<'a> {
    /// The item 入手元, where the form has it.
    pub slot: Option<Slot>,
    /// Ticked boxes with what stands in their parentheses.
    pub sources: Vec<Source<'a>>,
    /// 入手方法, for all sources together.
    pub travel: Travel<'a>,
}

/// One 入手元.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source<'a> {
    /// The box of the form.
    pub label: &'a str,
    /// Who exactly.
    pub text: Option<Cow<'a, str>>,
}

/// By which means information travels.
#[derive(Debug, Clone)]
pub struct Travel<'a> {
    /// The item that says it; none where the form does not ask.
    pub slot: Option<Slot>,
    /// The means, in the order of the form.
    pub ways: Vec<Way<'a>>,
}

/// One means of travel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way<'a> {
    /// What carries it.
    pub carrier: Carrier,
    /// The box of the form.
    pub label: &'a str,
    /// What stands in its parenthesis.
    pub text: Option<Cow<'a, str>>,
}

/// What carries information.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Carrier {
    /// From system to system.
    Line,
    /// Paper or storage media.
    Hand,
    /// その他: whatever its text says.
    Other,
}

/// What kind of receivers an outflow has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// 委託先.
    Contractor,
    /// 提供先.
    Recipient,
    /// 移転先.
    Transferee,
}

/// Receivers of one kind.
#[derive(Debug, Clone)]
pub struct Outflow<'a> {
    /// Which kind.
    pub kind: Kind,
    /// The receivers.
    pub parties: Vec<Party<'a>>,
    /// What the form says instead, where there are none: 委託しない, 行っていない.
    pub none: Option<Fact<'a>>,
}

/// One receiver: an entry of 委託事項, 提供先 or 移転先.
#[derive(Debug, Clone)]
pub struct Party<'a> {
    /// The entry.
    pub slot: Slot,
    /// Its number.
    pub number: u16,
    /// Who it is; none where the document does not say.
    pub name: Option<Fact<'a>>,
    /// 委託事項の名称.
    pub matter: Option<Fact<'a>>,
    /// 委託先への提供方法, 提供方法, 移転方法.
    pub travel: Travel<'a>,
    /// 再委託の有無.
    pub again: Option<Again<'a>>,
}

/// Whether a contractor entrusts others.
#[derive(Debug, Clone)]
pub struct Again<'a> {
    /// What the form says.
    pub fact: Fact<'a>,
    /// It does.
    pub is_done: bool,
}

/// The flows of a document, file by file. Files with the same flow have one; a document whose form or answers say nothing of
/// where information comes from or goes has none.
pub fn flows(assessment: &Assessment) -> Vec<Flow<'_>> {
    let reader = Reader::new(&assessment.answers);
    let mut flows: Vec<Flow<'_>> = Vec::new();
    for number in 1..=assessment.answers.files() {
        let flow = reader.flow(number);
        if flow.is_empty() {
            continue;
        }
        match flows.iter_mut().find(|other| other.says_the_same(&flow)) {
            Some(same) => same.files.extend(flow.files),
            None => flows.push(flow),
        }
    }
    flows
}

impl<'a> Flow<'a> {
    /// Whether nothing comes from anywhere and nothing goes anywhere.
    fn is_empty(&self) -> bool {
        self.inflow.sources.is_empty()
            && self.inflow.travel.ways.is_empty()
            && self.outflows.iter().all(|outflow| outflow.parties.is_empty())
    }

    /// Whether two flows say the same, wherever it stands.
    fn says_the_same(&self, other: &Flow<'_>) -> bool {
        self.inflow.sources == other.inflow.sources
            && self.inflow.travel.ways == other.inflow.travel.ways
            && text_of(self.department.as_ref()) == text_of(other.department.as_ref())
            && self.outflows.iter().zip(&other.outflows).all(|(own, other)| own.says_the_same(other))
    }

    /// The receivers of a kind.
    pub fn outflow(&self, kind: Kind) -> &Outflow<'a> {
        let at = match kind {
            Kind::Contractor => 0,
            Kind::Recipient => 1,
            Kind::Transferee => 2,
        };
        &self.outflows[at]
    }
}

impl Outflow<'_> {
    fn says_the_same(&self, other: &Outflow<'_>) -> bool {
        self.parties.len() == other.parties.len()
            && text_of(self.none.as_ref()) == text_of(other.none.as_ref())
            && self.parties.iter().zip(&other.parties).all(|(own, other)| own.says_the_same(other))
    }
}

impl Party<'_> {
    fn says_the_same(&self, other: &Party<'_>) -> bool {
        let again = |party: &Self| party.again.as_ref().map(|again| again.is_done);
        let other_again = other.again.as_ref().map(|again| again.is_done);
        text_of(self.name.as_ref()) == text_of(other.name.as_ref())
            && text_of(self.matter.as_ref()) == text_of(other.matter.as_ref())
            && self.travel.ways == other.travel.ways
            && again(self) == other_again
    }
}

fn text_of<'f>(fact: Option<&'f Fact<'_>>) -> Option<&'f str> {
    fact.map(|fact| fact.text.as_ref())
}

/// The roles that describe one kind of receivers.
struct OutflowRoles {
    kind: Kind,
    /// The repeated entry.
    entries: &'static str,
    name: &'static str,
    matter: Option<&'static str>,
    method: &'static str,
    again: Option<&'static str>,
    /// The item that says whether there are any.
    whether: &'static str,
}

const OUTFLOWS: [OutflowRoles; 3] = [
    OutflowRoles {
        kind: Kind::Contractor,
        entries: "contracts",
        name: "contractor",
        matter: Some("contract-title"),
        method: "handover-method",
        again: Some("resub-use"),
        whether: "outsourcing",
    },
    OutflowRoles {
        kind: Kind::Recipient,
        entries: "recipients",
        name: "recipient-name",
        matter: None,
        method: "recipient-method",
        again: None,
        whether: "provision",
    },
    OutflowRoles {
        kind: Kind::Transferee,
        entries: "transferees",
        name: "transferee-name",
        matter: None,
        method: "transferee-method",
        again: None,
        whether: "provision",
    },
];

/// Reads the items of a flow.
struct Reader<'a> {
    form: &'static Form,
    answers: &'a Answers,
    is_per_file: bool,
}

impl<'a> Reader<'a> {
    fn new(answers: &'a Answers) -> Self {
        let form = answers.form();
        Self { form, answers, is_per_file: form.role("files").is_some_and(Node::is_per_file) }
    }

    fn flow(&self, number: u16) -> Flow<'a> {
        let file = if self.is_per_file { Entries::NONE.enter(number) } else { Entries::NONE };
        Flow {
            files: vec![FileName { number, name: self.file_name(number, file) }],
            agency: self.agency(),
            inflow: Inflow {
                slot: self.slot("source", file),
                sources: self.sources(file),
                travel: self.travel("obtain-method", file),
            },
            department: self.fact("user-department", file),
            systems: self.systems(),
            outflows: OUTFLOWS.each_ref().map(|roles| self.outflow(roles, file)),
        }
    }

    fn slot(&self, role: &str, entries: Entries) -> Option<Slot> {
        Some(Slot { node: self.form.role(role)?.ix, entries })
    }

    fn value(&self, role: &str, entries: Entries) -> Option<(Slot, &'a Value)> {
        let slot = self.slot(role, entries)?;
        self.answers.get(slot).filter(|value| !value.is_empty()).map(|value| (slot, value))
    }

    /// What an item says in one line; none where it says that there is nothing to say.
    fn fact(&self, role: &str, entries: Entries) -> Option<Fact<'a>> {
        let (slot, value) = self.value(role, entries)?;
        let text = match value {
            Value::Text(text) if !self.is_list(role) => Cow::Owned(plain_line(text)),
            Value::Text(text) | Value::Unfit(text) => one_line(text),
            Value::Choice(label) => Cow::Borrowed(label.as_str()),
            _ => return None,
        };
        let says_something = !text.is_empty() && !self.form.is_not_applicable(&text);
        says_something.then_some(Fact { slot, text })
    }

    /// Whether an item is a list of names, in which no sign is markup.
    fn is_list(&self, role: &str) -> bool {
        self.form.role(role).is_some_and(|node| node.list)
    }

    fn agency(&self) -> Option<String> {
        match self.value("agency", Entries::NONE)?.1 {
            Value::Text(text) if !text.trim().contains('\n') => {
                Some(plain_line(text)).filter(|name| !name.is_empty())
            }
            _ => None,
        }
    }

    /// The name as the section of the file has it, else as the list of files has it.
    fn file_name(&self, number: u16, file: Entries) -> Option<Fact<'a>> {
        if let Some(name) = self.fact("file-name", file) {
            return Some(name);
        }
        let (slot, value) = self.value("file-names", Entries::NONE)?;
        let Value::Text(text) = value else { return None };
        let name = lines(text).nth(usize::from(number) - 1)?;
        Some(Fact { slot, text: Cow::Borrowed(name) })
    }

    fn sources(&self, file: Entries) -> Vec<Source<'a>> {
        let Some((_, value)) = self.value("source", file) else { return Vec::new() };
        match value {
            Value::Checks(ticks) => {
                ticks.iter().map(|tick| Source { label: &tick.label, text: text_in(tick) }).collect()
            }
            // A word that is no box of the form is still what the document says.
            Value::Unfit(text) => lines(text).map(|label| Source { label, text: None }).collect(),
            _ => Vec::new(),
        }
    }

    fn travel(&self, role: &str, entries: Entries) -> Travel<'a> {
        let slot = self.slot(role, entries);
        let value = slot.and_then(|slot| self.answers.get(slot));
        let ways = match (value, self.form.role(role)) {
            (Some(Value::Checks(ticks)), Some(node)) => {
                ticks.iter().map(|tick| self.way(node, tick)).collect()
            }
            (Some(Value::Unfit(text)), _) => {
                lines(text).map(|label| Way { carrier: Carrier::Other, label, text: None }).collect()
            }
            _ => Vec::new(),
        };
        Travel { slot, ways }
    }

    fn way(&self, node: &Node, tick: &'a Tick) -> Way<'a> {
        let key = self.form.boxes(node).iter().find(|b| b.label == tick.label).map(|b| b.key.as_str());
        let is_of = |keys: &[String]| keys.iter().any(|k| Some(k.as_str()) == key);
        let carriers = &self.form.head.carriers;
        let carrier = if is_of(&carriers.line) {
            Carrier::Line
        } else if is_of(&carriers.hand) {
            Carrier::Hand
        } else {
            Carrier::Other
        };
        Way { carrier, label: &tick.label, text: text_in(tick) }
    }

    fn systems(&self) -> Vec<Fact<'a>> {
        let Some(node) = self.form.role("systems") else { return Vec::new() };
        let count = self.answers.count(node, Entries::NONE);
        (1..=count).filter_map(|n| self.fact("system-name", Entries::NONE.enter(n))).collect()
    }

    fn outflow(&self, roles: &OutflowRoles, file: Entries) -> Outflow<'a> {
        let count = self.form.role(roles.entries).map_or(0, |node| self.answers.count(node, file));
        let parties: Vec<_> = (1..=count).filter_map(|n| self.party(roles, file, n)).collect();
        let none = if parties.is_empty() { self.none(roles.whether, file) } else { None };
        Outflow { kind: roles.kind, parties, none }
    }

    fn party(&self, roles: &OutflowRoles, file: Entries, number: u16) -> Option<Party<'a>> {
        let entries = file.enter(number);
        let party = Party {
            slot: self.slot(roles.entries, entries)?,
            number,
            name: self.fact(roles.name, entries),
            matter: roles.matter.and_then(|role| self.fact(role, entries)),
            travel: self.travel(roles.method, entries),
            again: roles.again.and_then(|role| self.again(role, entries)),
        };
        // An entry that the officer left empty is no receiver.
        let says_something = party.name.is_some() || party.matter.is_some() || !party.travel.ways.is_empty();
        says_something.then_some(party)
    }

    /// The first option of the list is the one that says yes.
    fn again(&self, role: &str, entries: Entries) -> Option<Again<'a>> {
        let fact = self.fact(role, entries)?;
        let yes = self.form.role(role).and_then(|node| self.form.options(node).first());
        let is_done = yes.is_some_and(|yes| yes.label == fact.text);
        Some(Again { fact, is_done })
    }

    /// What says that there are no receivers: a choice that is not the first, or the box that excludes the others.
    fn none(&self, role: &str, file: Entries) -> Option<Fact<'a>> {
        let (slot, value) = self.value(role, file)?;
        let node = self.form.role(role)?;
        let label = match value {
            Value::Choice(label) => {
                self.form.options(node).first().filter(|yes| yes.label != *label).map(|_| label)?
            }
            Value::Checks(ticks) => {
                let boxes = self.form.boxes(node);
                let excludes = |tick: &&Tick| boxes.iter().any(|b| b.exclusive && b.label == tick.label);
                &ticks.iter().find(excludes)?.label
            }
            _ => return None,
        };
        Some(Fact { slot, text: Cow::Borrowed(label) })
    }
}

fn text_in(tick: &Tick) -> Option<Cow<'_, str>> {
    tick.text.as_deref().map(one_line).filter(|text| !text.is_empty())
}

/// The marks that begin an entry of a list.
const MARKS: [char; 7] = ['-', '*', '・', '●', '○', '　', ' '];
/// Letters of a line that was broken because it was full, not because something new begins.
const FULL_LINE: usize = 30;

/// The lines of a text without the marks of a list.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(|line| line.trim_start_matches(MARKS).trim_end()).filter(|line| !line.is_empty())
}

/// A text that is no prose as one line: a drawing has no lists.
fn one_line(text: &str) -> Cow<'_, str> {
    joined(text.lines().map(|line| (line, false)))
}

/// Prose as one line, without its markup.
fn plain_line(text: &str) -> String {
    // Who writes line by line names one after another, also where a page would join the lines.
    let broken = text.lines().collect::<Vec<_>>().join("  \n");
    let blocks = markdown::plain_blocks(&broken);
    let lines = blocks.iter().flat_map(|block| {
        let is_new = block.kind != BlockKind::Paragraph;
        block.text.lines().map(move |line| (line, is_new))
    });
    joined(lines).into_owned()
}

/// Lines as one, each with whether something new begins there in any case.
fn joined<'t>(lines: impl Iterator<Item = (&'t str, bool)>) -> Cow<'t, str> {
    let mut whole = Cow::Borrowed("");
    let mut last = "";
    for (line, is_new) in lines.map(|(line, is_new)| (line.trim(), is_new)) {
        let entry = line.trim_start_matches(MARKS);
        if entry.is_empty() {
            continue;
        }
        if whole.is_empty() {
            whole = Cow::Borrowed(entry);
        } else {
            let goes_on = !is_new && entry.len() == line.len() && last.chars().count() >= FULL_LINE;
            let whole = whole.to_mut();
            if !goes_on && !whole.ends_with(['、', '。']) {
                whole.push('、');
            }
            whole.push_str(entry);
        }
        last = entry;
    }
    whole
}
