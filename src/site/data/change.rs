//! A change as a row of data: everything that a reader of one row needs, without looking at another one.

use serde::Serialize;

use super::columns::TIMING_CODES;
use crate::assessment::Assessment;
use crate::history::{ChangeKind, Entry, Timeline, TimingBrief, title_of};
use crate::site::{MunicipalityContext, SiteContext};

/// One change. The order of the fields is that of the keys in `changes.json`; all texts are as authored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangeRow<'a> {
    /// 全国地方公共団体コード.
    pub code: &'a str,
    /// Name of the municipality.
    pub municipality: &'a str,
    /// Directory of the document.
    pub document: &'a str,
    /// 評価書番号.
    pub number: &'a str,
    /// 評価書名.
    pub title: &'a str,
    /// Id of the form's edition.
    pub form: &'a str,
    /// 変更日, ISO.
    pub date: Option<String>,
    /// 変更日 as written.
    pub date_text: &'a str,
    /// 変更日 as the form prints it; as written where it cannot be read.
    #[serde(skip)]
    pub wareki: String,
    /// Position within its date, from 1.
    pub ordinal: u16,
    /// Instance path of the item.
    pub id: Option<String>,
    /// Number path of the item.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    /// Label of the item.
    pub label: Option<String>,
    /// 項目 as written.
    pub item: &'a str,
    /// Heading of the section.
    pub section: Option<String>,
    /// What happened.
    #[serde(serialize_with = "kind_id")]
    pub kind: ChangeKind,
    /// 変更前の記載.
    pub before: &'a str,
    /// 変更後の記載.
    pub after: &'a str,
    /// 提出時期 as a code.
    pub timing_code: Option<&'static str>,
    /// 提出時期 as written.
    pub timing: &'a str,
    /// 提出時期に係る説明 as written.
    pub explanation: &'a str,
    /// The explanation that counts: of the row that 同上 points at, else its own.
    pub explanation_resolved: &'a str,
    /// The item is marked ※.
    pub important: bool,
    /// Address of the change to which the text went, or from which it came.
    pub counterpart: Option<String>,
    /// Its own address.
    pub url: String,
    /// 公表日 of the document, ISO.
    pub published: Option<String>,
}

/// The changes of a document in time order.
pub fn change_rows<'a>(
    site: &'a SiteContext,
    municipality: &'a MunicipalityContext,
    assessment: &'a Assessment,
    timeline: &Timeline,
) -> Vec<ChangeRow<'a>> {
    let document = Document { site, municipality, assessment, timeline, files: assessment.answers.files() };
    timeline.entries.iter().map(|entry| document.row(entry)).collect()
}

struct Document<'a, 't> {
    site: &'a SiteContext,
    municipality: &'a MunicipalityContext,
    assessment: &'a Assessment,
    timeline: &'t Timeline,
    files: u16,
}

impl<'a> Document<'a, '_> {
    fn row(&self, entry: &Entry) -> ChangeRow<'a> {
        let assessment = self.assessment;
        let form = assessment.form();
        let change = &assessment.changes[entry.change];
        let explained_by = &assessment.changes[entry.meaning.explanation.unwrap_or(entry.change)];
        let name = entry.slot.map(|slot| form.name(slot, self.files));
        let timing = TimingBrief::of(form, &change.timing).position();
        let counterpart = entry.meaning.counterpart.map(|row| self.timeline.entry_of(row));
        ChangeRow {
            code: self.municipality.code.as_str(),
            municipality: &self.municipality.name,
            document: &assessment.dir,
            number: &assessment.number,
            title: title_of(assessment),
            form: &form.head.id,
            date: entry.date.map(|date| date.iso()),
            date_text: &change.date_text,
            wareki: entry.date.map_or_else(|| change.date_text.clone(), |date| date.wareki()),
            ordinal: entry.ordinal,
            id: entry.slot.map(|slot| form.path(slot, self.files)),
            reference: name.as_ref().map(|name| name.reference.clone()),
            label: name.map(|name| name.label),
            item: &change.item.text,
            section: entry.section.map(|ix| form.node(ix).heading()),
            kind: entry.kind(),
            before: &change.before,
            after: &change.after,
            timing_code: timing.and_then(|at| TIMING_CODES.get(usize::from(at)).copied()),
            timing: &change.timing,
            explanation: &change.explanation,
            explanation_resolved: &explained_by.explanation,
            important: entry.important,
            counterpart: counterpart.map(|at| self.url(&self.timeline.entries[at])),
            url: self.url(entry),
            published: assessment.published.map(|date| date.iso()),
        }
    }

    /// The same in the files of the document, the municipality and the site: where the site has no address, the way from its
    /// first page.
    fn url(&self, entry: &Entry) -> String {
        let base = self.site.base_url.as_deref().unwrap_or_default();
        format!("{base}{}/{}/changes/#{}", self.municipality.code, self.assessment.dir, entry.anchor)
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature is that of serde")]
fn kind_id<S: serde::Serializer>(kind: &ChangeKind, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(kind.id())
}
