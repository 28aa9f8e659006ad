//! Authored values against the form: a typed [`Assessment`] and every finding, never stopping at the first.

mod administration;
mod brief;
mod changes;
mod consultation;
mod document;
mod edition;
mod exceptions;
mod figures;
mod judgement;
mod keys;
mod look;
mod needs;
pub mod numbers;
mod prose;
mod row_place;
mod rules;
mod settings;
mod together;
mod values;

pub(crate) use changes::{AFTERWARDS, BEFOREHAND};
pub(crate) mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};

pub use brief::Brief;
pub use exceptions::{Exceptions, Sorted};
pub use look::Beside;
pub use settings::{municipality, site, site_beside};
pub use together::{Unread, together};

use crate::assessment::{
    Administration, AgencyKind, Answers, Assessment, Change, Consultation, Municipality, Value,
};
use crate::compare::{FigureDigests, Side};
use crate::diagnostic::{self, Code, Diagnostic, Severity};
use crate::form::{Form, Literal, Need, Slot};
use crate::history::one_line;
use crate::read::{self, AssessmentSource, Data, SourceFile, Span};
use crate::wareki::CivilDate;

/// One assessment after the check: what could be understood and everything that is wrong.
#[derive(Debug)]
pub struct Checked {
    /// The document; none where not even its form is known.
    pub assessment: Option<Assessment>,
    /// Findings in the order of files and lines, those with a 検査の例外 among them.
    pub diagnostics: Vec<Diagnostic>,
    /// 検査の例外, to be applied when the rules over several documents have spoken as well.
    pub exceptions: Exceptions,
    /// What those rules need to know of the document.
    pub brief: Option<Brief>,
}

/// What a document is checked in the light of.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'m> {
    /// The municipality; none where `municipality.yaml` is missing.
    pub municipality: Option<&'m Municipality>,
    /// The day as of which it is checked.
    pub as_of: CivilDate,
    /// The version that it is compared with; none where it is checked by itself.
    pub before: Option<&'m Earlier>,
}

/// The version of a document that the one at hand is compared with.
#[derive(Debug, Clone)]
pub struct Earlier {
    /// What messages call it, e.g. 令和6年4月1日公表の版.
    pub name: String,
    /// The document.
    pub assessment: Assessment,
    /// What its figures hold.
    pub figures: FigureDigests,
    /// What the figures of the version at hand hold.
    pub figures_now: FigureDigests,
}

impl Earlier {
    /// Both versions as they are compared, from what the one at hand says.
    pub fn sides<'a>(&'a self, answers: &'a Answers, changes: &'a [Change]) -> (Side<'a>, Side<'a>) {
        let Assessment { answers: old, changes: rows, .. } = &self.assessment;
        let before = Side { answers: old, changes: rows, figures: &self.figures };
        (before, Side { answers, changes, figures: &self.figures_now })
    }
}

impl Surroundings<'_> {
    /// No municipality, on a day before every deadline: for a document that is only read.
    pub fn unknown() -> Self {
        let as_of = CivilDate::from_ymd(2000, 1, 1).unwrap_or_else(|| unreachable!("a day of the calendar"));
        Self { municipality: None, as_of, before: None }
    }
}

/// Whether a text is a key of a document or of a settings file, in any place.
pub fn knows_key(text: &str) -> bool {
    let of_form = |form: &Form| {
        !form.find_label_anywhere(text).is_empty()
            || form.files_key().is_some_and(|k| crate::form::fold(k) == crate::form::fold(text))
    };
    edition::knows_key(text)
        || settings::knows_key(text)
        || administration::knows_key(text)
        || consultation::knows_key(text)
        || exceptions::knows_key(text)
        || judgement::knows_key(text)
        || figures::knows_key(text)
        || Form::all().iter().any(of_form)
}

/// Checks one assessment against its form and the 検査規則 that need no other document.
pub fn assessment(source: &AssessmentSource, surroundings: Surroundings<'_>) -> Checked {
    let mut checked =
        Checked { assessment: None, diagnostics: Vec::new(), exceptions: Exceptions::default(), brief: None };
    read_assessment(source, surroundings, &mut checked);
    // Whatever could be read or not: comments and half-read files stand in the same folder.
    let files = std::iter::once(&source.form).chain(&source.prose).chain(&source.changes);
    checked.diagnostics.extend(files.flat_map(numbers::in_source));
    diagnostic::sort(&mut checked.diagnostics);
    checked
}

fn read_assessment(source: &AssessmentSource, surroundings: Surroundings<'_>, checked: &mut Checked) {
    let file = &source.form;
    let parsed = read::parse_partly(file);
    let mut complete = parsed.complete;
    let diagnostics = &mut checked.diagnostics;
    diagnostics.extend(parsed.diagnostics);
    let Some(root) = parsed.root else {
        if complete {
            edition::choose(file, &[], diagnostics);
        }
        return;
    };
    let Data::Map(entries) = &root.data else {
        diagnostics.push(
            Diagnostic::new(
                Code::WRONG_TYPE,
                file.path.clone(),
                "評価書の内容が「項目: 値」の形で書かれていません",
            )
            .at(file.place(Span::new(root.span.start, root.span.start)))
            .help("「様式: 全項目評価書」のような行から書き始めてください。"),
        );
        return;
    };
    // Where the reading stopped early, the form may be named further down.
    if !complete && !edition::is_named(entries) {
        return;
    }
    let Some(form) = edition::choose(file, entries, diagnostics) else { return };
    let mut context = Context::new(form, source, surroundings);
    context.edition = edition::span(entries);
    document::read(&mut context, entries, &source.attachments);
    if complete {
        needs::check_files(&mut context);
    }
    prose::read(&mut context, &source.prose);
    if complete {
        needs::check(&mut context);
    }
    context.drop_guesses();
    check_number(&mut context, &source.number);
    if let Some(file) = &source.changes {
        let found = changes::read(&context, file);
        complete = complete && found.complete;
        (context.rows, context.places) = (found.rows, found.places);
        context.diagnostics.extend(found.diagnostics);
    }
    let all_prose = prose::check_links(&context, &source.prose);
    diagnostics.retain(|d| !context.is_said_better(d));
    diagnostics.append(&mut context.diagnostics);
    diagnostics.extend(all_prose);
    if complete {
        diagnostics.extend(rules::check(&context));
        yield_to_better(diagnostics);
        checked.brief = Some(Brief::of(&context));
    }
    checked.exceptions = Exceptions::new(std::mem::take(&mut context.exceptions), file);
    if complete {
        checked.assessment = Some(assemble(source, context));
    }
}

/// The rows that a `changes.yaml` has beside these answers, as the check reads them.
pub(crate) fn change_rows(answers: &Answers, path: &str, text: &str) -> Vec<Change> {
    let source = AssessmentSource {
        dir: String::new(),
        number: String::new(),
        form: SourceFile::new(path, String::new()),
        prose: Vec::new(),
        changes: None,
        attachments: Vec::new(),
    };
    let mut context = Context::new(answers.form(), &source, Surroundings::unknown());
    context.answers = answers.clone();
    changes::read(&context, &SourceFile::new(path, text)).rows
}

fn assemble(source: &AssessmentSource, context: Context<'_>) -> Assessment {
    let Context { answers, rows: changes, administered, consultation, .. } = context;
    let administration = Administration { consultation, ..administered.facts };
    let text = |id: &str| match answers.at(id) {
        Some(Value::Text(text) | Value::Unfit(text)) => text.trim().to_owned(),
        _ => String::new(),
    };
    let published = match answers.at("cover.publication-date") {
        Some(Value::Date(date)) => Some(*date),
        _ => None,
    };
    let number =
        Some(text("cover.number")).filter(|n| !n.is_empty()).unwrap_or_else(|| source.number.clone());
    let title =
        Some(one_line(&text("cover.name"))).filter(|t| !t.is_empty()).unwrap_or_else(|| source.dir.clone());
    Assessment { dir: source.dir.clone(), number, title, published, answers, changes, administration }
}

fn check_number(context: &mut Context<'_>, number: &str) {
    let Some(node) = context.form.by_id("cover.number") else { return };
    let slot = Slot::plain(node.ix);
    let Some(Value::Text(written)) = context.answers.get(slot) else { return };
    if crate::form::fold(written) == crate::form::fold(number) {
        return;
    }
    let message =
        format!("フォルダ名の評価書番号「{number}」と、ここに書かれた「{}」が違います", written.trim());
    let diagnostic = context.at_value(Code::NUMBER_MISMATCH, slot, message).help(
        "フォルダ名は URL になります。どちらが正しいかを確かめ、公表済みなら番号の方を直してください。",
    );
    context.diagnostics.push(diagnostic);
}

/// Drops findings where another one says more about the same answer, at their own place or at one of their other places: one slip
/// is one finding.
pub fn yield_to_better(diagnostics: &mut Vec<Diagnostic>) {
    let mut places: BTreeMap<(&str, usize, usize), Vec<&str>> = BTreeMap::new();
    for finding in diagnostics.iter() {
        if let Some(place) = &finding.place {
            places.entry((&finding.file, place.line, place.column)).or_default().push(finding.code.id());
        }
    }
    let told: Vec<bool> = diagnostics
        .iter()
        .map(|finding| {
            let better = &finding.code.rule().yields_to;
            if better.is_empty() {
                return false;
            }
            let own = finding.place.iter().map(|place| (&*finding.file, place));
            let others = finding.related.iter().map(|other| (&*other.file, &other.place));
            own.chain(others)
                .filter_map(|(file, place)| places.get(&(file, place.line, place.column)))
                .flatten()
                .any(|code| better.iter().any(|b| b == code))
        })
        .collect();
    let mut told = told.into_iter();
    diagnostics.retain(|_| !told.next().unwrap_or_default());
}

/// Where the parts of one answer are written.
#[derive(Debug, Clone)]
struct Origin {
    /// File: 0 is `assessment.yaml`, others are the Markdown files.
    file: usize,
    /// Place of the key or heading.
    key: Span,
    /// Place of the value; the key where there is none.
    value: Span,
}

/// What the parts of the check share while one assessment is read.
struct Context<'s> {
    form: &'static Form,
    source: &'s AssessmentSource,
    file: &'s SourceFile,
    surroundings: Surroundings<'s>,
    /// Where 版 is written.
    edition: Option<Span>,
    /// Markdown files, from index 1 of [`Origin::file`].
    prose: Vec<&'s SourceFile>,
    answers: Answers,
    origins: BTreeMap<Slot, Origin>,
    /// Headings with nothing below them.
    empty: BTreeSet<Slot>,
    /// Values that a finding has been made about already: they are not named as missing as well.
    reported: BTreeSet<Slot>,
    /// The same for everything in a slot.
    excused: Vec<Slot>,
    /// Items under a mistyped key: checked as what they most likely are, but not taken into the document.
    guesses: Vec<Slot>,
    /// How many keys were no items.
    unknown_keys: usize,
    /// 管理情報.
    administered: administration::Administered,
    /// 意見募集.
    consultation: Option<Consultation>,
    /// 検査の例外.
    exceptions: Vec<exceptions::Exception>,
    /// 変更箇所 in the order of the file, and where each row is written.
    rows: Vec<Change>,
    places: Vec<changes::RowPlace>,
    diagnostics: Vec<Diagnostic>,
}

impl<'s> Context<'s> {
    fn new(form: &'static Form, source: &'s AssessmentSource, surroundings: Surroundings<'s>) -> Self {
        let mut answers = Answers::new(form);
        let municipality = surroundings.municipality;
        let kind = municipality.map_or(AgencyKind::default(), |m| m.agency_kind);
        answers.set_context("agency-kind", Literal::Text(kind.label().to_owned()));
        answers.set_context("gov-agency", Literal::Flag(municipality.is_some_and(|m| m.gov_agency)));
        Self {
            form,
            source,
            file: &source.form,
            surroundings,
            edition: None,
            prose: Vec::new(),
            answers,
            origins: BTreeMap::new(),
            empty: BTreeSet::new(),
            reported: BTreeSet::new(),
            excused: Vec::new(),
            guesses: Vec::new(),
            unknown_keys: 0,
            administered: administration::Administered::default(),
            consultation: None,
            exceptions: Vec::new(),
            rows: Vec::new(),
            places: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Takes a finding about what is written in a slot: that the slot is empty is then no news.
    fn report(&mut self, slot: Slot, diagnostic: Diagnostic) {
        if self.form.node(slot.node).is_item() {
            self.reported.insert(slot);
        } else {
            self.excused.push(slot);
        }
        self.diagnostics.push(diagnostic);
    }

    fn is_excused(&self, slot: Slot) -> bool {
        self.reported.contains(&slot) || self.excused.iter().any(|outer| self.form.contains(*outer, slot))
    }

    fn drop_guesses(&mut self) {
        for slot in &self.guesses {
            self.answers.clear(*slot);
        }
    }

    /// Whether a suspicion of the YAML reader has become a finding about an item.
    fn is_said_better(&self, suspicion: &Diagnostic) -> bool {
        let same = |d: &&Diagnostic| d.code == suspicion.code && d.place == suspicion.place;
        suspicion.severity == Severity::Warning && self.diagnostics.iter().any(|d| same(&d))
    }

    /// A finding in `assessment.yaml` at a span, about the item in a slot.
    fn at(&self, code: Code, slot: Slot, span: Span, message: impl Into<String>) -> Diagnostic {
        name_item(
            Diagnostic::new(code, self.file.path.clone(), message),
            self.form,
            slot,
            self.answers.files(),
        )
        .at(self.file.place(span))
    }

    /// A finding at the place where the item in a slot is written, or else at the nearest heading above it.
    fn finding(&self, code: Code, slot: Slot, message: impl Into<String>) -> Diagnostic {
        let files = self.answers.files();
        let (file, span) = match self.nearest_origin(slot) {
            Some(origin) if origin.file > 0 => (self.prose[origin.file - 1], origin.key),
            Some(origin) => (self.file, origin.key),
            None => (self.file, Span::default()),
        };
        name_item(Diagnostic::new(code, file.path.clone(), message), self.form, slot, files)
            .at(file.place(span))
    }

    /// A finding at the value of the item in a slot.
    fn at_value(&self, code: Code, slot: Slot, message: impl Into<String>) -> Diagnostic {
        let diagnostic = self.finding(code, slot, message);
        match self.origins.get(&slot) {
            Some(origin) if origin.file > 0 => diagnostic.at(self.prose[origin.file - 1].place(origin.value)),
            Some(origin) => diagnostic.at(self.file.place(origin.value)),
            None => diagnostic,
        }
    }

    fn nearest_origin(&self, slot: Slot) -> Option<&Origin> {
        let mut at = slot;
        loop {
            if let Some(origin) = self.origins.get(&at) {
                return Some(origin);
            }
            let parent = self.form.node(at.node).parent?;
            at = Slot { node: parent, entries: at.entries.truncate(self.form.repeat_depth(parent)) };
        }
    }

    fn need(&self, slot: Slot) -> Need {
        self.form.need(slot, &self.answers)
    }
}

/// Puts the official reference and label of an item on a finding.
fn name_item(diagnostic: Diagnostic, form: &Form, slot: Slot, files: u16) -> Diagnostic {
    diagnostic
        .item(form.reference(slot, files), form.node(slot.node).label.clone())
        .path(form.path(slot, files))
}
