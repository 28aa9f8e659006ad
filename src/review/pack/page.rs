//! The pack as one HTML page.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::extra::{RemarkView, Writer};
use super::facts::{Facts, Item, Stage, Verdict, is_blocking};
use super::reasons::{Reason, reasons};
use super::tables::{FindingView, TableRow, about, is_for_now, rank};
use super::whole::{ChapterView, chapters};
use super::{Pack, PackDocument, PackDue, PackVersion};
use crate::assessment::{Change, Decision};
use crate::diagnostic::{Diagnostic, Severity};
use crate::history::one_line;
use crate::site::render::{DateView, FormView, Redline, RedlineOptions, RedlineSide, redline};
use crate::site::{RenderError, Theme};

/// How much of each kind the first screen names before it says how much more there is.
const SHOWN_FIRST: usize = 3;
/// The same for items with ※, which people ask for first.
const IMPORTANT_FIRST: usize = 5;

#[derive(Serialize)]
struct View<'a> {
    name: String,
    base: &'a str,
    as_of: DateView,
    /// Tells this pack from others, so that remarks find the one that they belong to.
    mark: String,
    is_many: bool,
    verdict: VerdictView,
    documents: Vec<DocumentView<'a>>,
    others: Vec<FindingView<'a>>,
    /// One of them keeps the whole from being published.
    has_blocking_others: bool,
    style: &'a str,
    script: &'a str,
    /// The only script that the browser may run.
    script_mark: String,
}

#[derive(Serialize)]
struct VerdictView {
    is: &'static str,
    n: usize,
}

impl From<Verdict> for VerdictView {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Ready => Self { is: "ready", n: 0 },
            Verdict::Unwritten(n) => Self { is: "unwritten", n },
            Verdict::Blocked(n) => Self { is: "blocked", n },
        }
    }
}

#[derive(Serialize)]
struct DocumentView<'a> {
    id: &'a str,
    title: &'a str,
    municipality: &'a str,
    number: &'a str,
    form: FormView<'a>,
    /// `new`, `gone`, `unread` or `revised`.
    is: &'static str,
    verdict: VerdictView,
    total: usize,
    timings: Vec<Count<'a>>,
    untold: usize,
    important: usize,
    important_shown: Vec<ItemLink>,
    undecided: usize,
    blocking: usize,
    blocking_shown: Vec<BriefFinding<'a>>,
    blanks: Vec<BlankView<'a>>,
    warnings: usize,
    published: Option<DateView>,
    published_before: Option<DateView>,
    due: Vec<DueView<'a>>,
    due_first: usize,
    reasons: Vec<ReasonView>,
    redline: Option<Redline<'a>>,
    chapters: Vec<ChapterView>,
    remark: RemarkView,
    findings: Vec<FindingView<'a>>,
    notes: Vec<FindingView<'a>>,
    columns: Vec<&'a str>,
    rows: Vec<TableRow<'a>>,
    older: Vec<TableRow<'a>>,
    dropped: Vec<TableRow<'a>>,
    corrections: Vec<CorrectionView<'a>>,
    /// The rows that were rewritten, as they were and as they are.
    rewritten_before: Vec<TableRow<'a>>,
    rewritten: Vec<TableRow<'a>>,
}

/// A row that was public and is another now.
#[derive(Serialize)]
struct CorrectionView<'a> {
    item: String,
    /// 訂正の理由.
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct Count<'a> {
    label: &'a str,
    count: usize,
}

#[derive(Serialize)]
struct ItemLink {
    href: String,
    line: String,
}

#[derive(Serialize)]
struct BriefFinding<'a> {
    href: String,
    line: Option<String>,
    message: &'a str,
}

#[derive(Serialize)]
struct BlankView<'a> {
    item: &'a str,
    columns: String,
}

#[derive(Serialize)]
struct DueView<'a> {
    what: &'a str,
    day: Option<DateView>,
    note: &'a str,
    is_late: bool,
}

impl<'a> From<&'a PackDue> for DueView<'a> {
    fn from(due: &'a PackDue) -> Self {
        Self { what: &due.what, day: due.day.map(DateView::from), note: &due.note, is_late: due.is_late }
    }
}

#[derive(Serialize)]
struct ReasonView {
    /// The reason; none where no row gives one yet.
    html: Option<String>,
    timings: Vec<String>,
    decisions: Vec<&'static str>,
    members: Vec<MemberView>,
}

#[derive(Serialize)]
struct MemberView {
    line: String,
    /// None for a row that tells of nothing that differs.
    href: Option<String>,
    important: bool,
}

/// A guess at the size of the page: bytes.
const CAPACITY: usize = 512 * 1024;

pub(super) fn html(theme: &Theme, pack: &Pack<'_>) -> Result<String, RenderError> {
    #[derive(Serialize)]
    struct Data<'a> {
        view: View<'a>,
    }
    let facts: Vec<_> = pack.documents.iter().map(Facts::of).collect();
    let prefixes: Vec<_> = (1..=facts.len()).map(|number| format!("d{number}-")).collect();
    let mut documents = Vec::with_capacity(facts.len());
    let images: Vec<_> = pack.documents.iter().map(Images::of).collect();
    for ((facts, prefix), images) in facts.iter().zip(&prefixes).zip(&images) {
        documents.push(document(Writer { theme, facts, prefix }, images)?);
    }
    let assets = theme.review();
    let script_mark = format!("sha256-{}", BASE64.encode(Sha256::digest(assets.script.as_bytes())));
    let view = View {
        name: name_of(pack),
        base: &pack.base,
        as_of: pack.as_of.into(),
        mark: mark(pack),
        is_many: documents.len() != 1,
        verdict: Verdict::of_all(pack, &facts).into(),
        documents,
        others: in_order(&pack.others).map(|(_, finding)| FindingView::of(finding, None, None)).collect(),
        has_blocking_others: pack.others.iter().any(is_blocking),
        style: &assets.style,
        script: &assets.script,
        script_mark,
    };
    theme.fill("review/pack.html", &Data { view }, CAPACITY)
}

/// Whose documents these are, and the name of the document where there is one.
fn name_of(pack: &Pack<'_>) -> String {
    let mut names: Vec<&str> = pack.documents.iter().map(|d| d.municipality.name.as_str()).collect();
    names.dedup();
    match pack.documents.as_slice() {
        [document] => format!("{} {}", document.municipality.name, document.title()),
        _ => names.join("、"),
    }
}

/// The images of both versions of a document.
struct Images<'p> {
    before: ImageOf<'p>,
    after: ImageOf<'p>,
}

/// The address of an image by its path.
type ImageOf<'p> = Box<dyn Fn(&str) -> Option<String> + 'p>;

impl<'p> Images<'p> {
    fn of(document: &'p PackDocument<'_>) -> Self {
        let of = |version: &'p Option<PackVersion<'_>>| -> ImageOf<'p> {
            Box::new(move |file| version.as_ref()?.images.get(file).cloned())
        };
        Self { before: of(&document.before), after: of(&document.after) }
    }
}

fn document<'a>(writer: Writer<'a, 'a>, images: &'a Images<'a>) -> Result<DocumentView<'a>, RenderError> {
    let (facts, document) = (writer.facts, writer.facts.document);
    let redline = redline_of(writer, images)?;
    let anchors = redline.as_ref().map(|redline| redline.anchors.as_slice()).unwrap_or_default();
    let href = |item: &Item<'_>| {
        let anchor = anchors.get(item.at).map_or_else(String::new, Clone::clone);
        format!("#{anchor}")
    };
    let (findings, notes) = findings(writer, &href);
    let form = document.newest().map(crate::assessment::Assessment::form);
    let form = form.unwrap_or_else(|| unreachable!("a document has at least one version"));
    let rows = |wanted: Vec<usize>, changes: &'a [Change]| {
        wanted.into_iter().filter_map(|at| changes.get(at)).map(|row| TableRow::of(writer, row)).collect()
    };
    let new_rows = facts.new_rows();
    let (rewritten_before, rewritten): (Vec<_>, Vec<_>) = facts.rewritten().into_iter().unzip();
    let is_older = |at: &usize| !new_rows.contains(at) && !rewritten.contains(at);
    let older = (0..facts.changes().len()).filter(is_older).collect();
    let old_changes = document.before().map_or(&[][..], |before| &before.changes);
    let corrections = rewritten.iter().map(|at| &facts.changes()[*at]).map(|row| CorrectionView {
        item: one_line(&row.item.text),
        reason: row.judgement.correction.as_deref(),
    });
    let blocking = in_order(&document.findings).filter(|(_, finding)| is_blocking(finding));
    let important = facts.important().take(IMPORTANT_FIRST);
    Ok(DocumentView {
        id: writer.prefix.trim_end_matches('-'),
        title: document.title(),
        municipality: &document.municipality.name,
        number: document.newest().map_or("", |d| d.number.as_str()),
        form: form.into(),
        is: match facts.stage {
            Stage::New => "new",
            Stage::Gone => "gone",
            Stage::Unread => "unread",
            Stage::Revised => "revised",
        },
        verdict: facts.verdict().into(),
        total: facts.told_items().count(),
        timings: facts.timings().into_iter().map(|(label, count)| Count { label, count }).collect(),
        untold: facts.untold(),
        important: facts.important().count(),
        important_shown: important
            .map(|item| ItemLink { href: href(item), line: item.name.line() })
            .collect(),
        undecided: facts.undecided(),
        blocking: facts.blocking().count(),
        blocking_shown: blocking
            .take(SHOWN_FIRST)
            .map(|(at, finding)| BriefFinding {
                href: format!("#{}", writer.finding_id(at)),
                line: about(finding),
                message: &finding.message,
            })
            .collect(),
        blanks: facts
            .blanks
            .iter()
            .map(|blank| BlankView { item: &blank.item, columns: blank.columns.join("、") })
            .collect(),
        warnings: document
            .findings
            .iter()
            .filter(|f| f.severity == Severity::Warning && f.accepted.is_none())
            .count(),
        published: document.after().and_then(|d| d.published).map(DateView::from),
        published_before: document.before().and_then(|d| d.published).map(DateView::from),
        due: document.due.iter().map(DueView::from).collect(),
        due_first: SHOWN_FIRST,
        reasons: reasons(facts).iter().map(|reason| reason_view(writer, reason, &href)).collect(),
        chapters: match (facts.stage, document.after()) {
            (Stage::New, Some(after)) => chapters(writer, after),
            _ => Vec::new(),
        },
        remark: writer.remark("", "", ("", writer.theme.word("review_overall"))),
        findings,
        notes,
        columns: form.change_columns().map(|node| node.label.as_str()).collect(),
        rows: rows(new_rows, facts.changes()),
        older: rows(older, facts.changes()),
        dropped: rows(document.ledger.dropped.clone(), old_changes),
        corrections: corrections.collect(),
        rewritten_before: rows(rewritten_before, old_changes),
        rewritten: rows(rewritten, facts.changes()),
        redline,
    })
}

/// What differs; none for a document that has one version only.
fn redline_of<'a>(
    writer: Writer<'a, 'a>,
    images: &'a Images<'a>,
) -> Result<Option<Redline<'a>>, RenderError> {
    let document = writer.facts.document;
    let (Some(before), Some(after)) = (&document.before, &document.after) else { return Ok(None) };
    let mut extras = vec![None; document.comparison.differences.len()];
    for item in &writer.facts.items {
        extras[item.at] = Some(writer.extra(item)?);
    }
    let side = |version: &'a PackVersion<'a>, image: &'a ImageOf<'a>| RedlineSide {
        assessment: version.assessment,
        figures: version.figures,
        page: None,
        image,
    };
    let options = RedlineOptions {
        prefix: writer.prefix,
        level: 4,
        has_full_texts: false,
        extra: &|at| extras.get(at).cloned().flatten(),
    };
    let (before, after) = (side(before, &images.before), side(after, &images.after));
    Ok(Some(redline(writer.theme, before, after, &document.comparison, options)))
}

/// The findings that ask for something, and the others.
fn findings<'a>(
    writer: Writer<'a, 'a>,
    href: &dyn Fn(&Item<'_>) -> String,
) -> (Vec<FindingView<'a>>, Vec<FindingView<'a>>) {
    let facts = writer.facts;
    let (mut now, mut later) = (Vec::new(), Vec::new());
    for (at, finding) in in_order(&facts.document.findings) {
        let item = facts.items.iter().find(|item| item.findings.contains(&at));
        let view = FindingView::of(finding, Some(writer.finding_id(at)), item.map(href));
        if is_for_now(finding) { now.push(view) } else { later.push(view) }
    }
    (now, later)
}

/// Findings with their indices, those that block first.
fn in_order(findings: &[Diagnostic]) -> impl Iterator<Item = (usize, &Diagnostic)> {
    let mut order: Vec<_> = findings.iter().enumerate().collect();
    order.sort_by_key(|(_, finding)| rank(finding));
    order.into_iter()
}

fn reason_view(
    writer: Writer<'_, '_>,
    reason: &Reason<'_>,
    href: &dyn Fn(&Item<'_>) -> String,
) -> ReasonView {
    let facts = writer.facts;
    let changes = facts.changes();
    let members = reason.members.iter().map(|member| match (member.item, member.row) {
        (Some(at), _) => {
            let item = &facts.items[at];
            let important = item.difference.important;
            MemberView { line: item.name.line(), href: Some(href(item)), important }
        }
        (None, row) => {
            let line = row.map(|row| one_line(&changes[row].item.text)).unwrap_or_default();
            MemberView { line, href: None, important: false }
        }
    });
    ReasonView {
        html: reason.text.map(|text| writer.html(text, 5)),
        timings: reason.timings(changes).into_iter().map(str::to_owned).collect(),
        decisions: reason.decisions(changes).into_iter().map(Decision::label).collect(),
        members: members.collect(),
    }
}

/// The same for the same contents, and letters only: digits could look like a 個人番号.
fn mark(pack: &Pack<'_>) -> String {
    const LENGTH: usize = 16;
    let mut digest = Sha256::new();
    let mut add = |text: &str| {
        digest.update(text.as_bytes());
        digest.update([0]);
    };
    add(&pack.base);
    for document in &pack.documents {
        add(&document.key());
        for difference in &document.comparison.differences {
            add(&difference.before_text);
            add(&difference.after_text);
        }
        for row in document.after().map_or(&[][..], |after| &after.changes) {
            add(&row.item.text);
            add(&row.explanation);
        }
    }
    let letter = |nibble: u8| char::from(b'a' + nibble);
    digest.finalize().iter().flat_map(|byte| [letter(byte >> 4), letter(byte & 15)]).take(LENGTH).collect()
}
