//! The page about what our own look at the pages found, and about what only people can tell.

use serde::Serialize;

use super::Page;
use super::frame::{self, Frame};
use crate::audit::{Report, ReportPage};
use crate::site::SiteContext;
use crate::site::theme::{RenderError, Theme};

#[derive(Serialize)]
struct View<'a> {
    pages: usize,
    total: u64,
    rules: Vec<RuleView>,
    kinds: Vec<KindView<'a>>,
    findings: Vec<FindingView<'a>>,
    /// Findings that are only counted.
    more: u64,
    typical: Vec<PageView<'a>>,
    drawn: Vec<PageView<'a>>,
}

#[derive(Serialize)]
struct RuleView {
    title: &'static str,
    criteria: &'static [&'static str],
    findings: u64,
    pages: usize,
}

#[derive(Serialize)]
struct KindView<'a> {
    kind: &'a str,
    pages: usize,
    findings: u64,
}

#[derive(Serialize)]
struct FindingView<'a> {
    rule: &'static str,
    page: PageView<'a>,
    what: &'a str,
    /// Pages that have the same finding, where there are more than one.
    pages: Option<usize>,
    /// These are all pages of the site.
    is_everywhere: bool,
}

#[derive(Serialize)]
struct PageView<'a> {
    /// Address below the root of the site.
    address: &'a str,
    title: &'a str,
}

impl<'a> From<&'a ReportPage> for PageView<'a> {
    fn from(page: &'a ReportPage) -> Self {
        Self { address: page.address(), title: &page.title }
    }
}

const CAPACITY: usize = 32 * 1024;

/// `/accessibility/report/`: what was looked at, what was found, and the pages for a test by people.
pub fn audit_page(theme: &Theme, site: &SiteContext, report: &Report) -> Result<Page, RenderError> {
    let rules = report.rules.iter().map(|count| RuleView {
        title: count.rule.title(),
        criteria: count.rule.criteria(),
        findings: count.findings,
        pages: count.pages,
    });
    let kinds = report.kinds.iter().map(|count| KindView {
        kind: &count.kind,
        pages: count.pages,
        findings: count.findings,
    });
    let findings = report.findings.iter().map(|finding| {
        let at = report.pages.binary_search_by(|page| page.path.as_str().cmp(&finding.page));
        let page = at.map_or(PageView { address: &finding.page, title: &finding.page }, |at| {
            (&report.pages[at]).into()
        });
        FindingView {
            rule: finding.rule.title(),
            page,
            what: &finding.what,
            pages: Some(finding.pages).filter(|pages| *pages > 1),
            is_everywhere: finding.pages > 1 && finding.pages == report.pages.len(),
        }
    });
    let view = View {
        pages: report.pages.len(),
        total: report.total(),
        rules: rules.collect(),
        kinds: kinds.collect(),
        more: report.total().saturating_sub(report.named),
        findings: findings.collect(),
        typical: report.pages.iter().filter(|page| page.is_typical).map(PageView::from).collect(),
        drawn: report.pages.iter().filter(|page| page.is_drawn).map(PageView::from).collect(),
    };
    let trail = [("accessibility", theme.word("accessibility")), ("report", theme.word("audit"))];
    let frame = Frame::new(site, None, &trail);
    frame::page(theme, "audit.html", frame::file_of(&trail), &frame, &view, CAPACITY)
}
