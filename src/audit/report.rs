//! What the look at all pages has found, with numbers, and the pages that people should look at as well.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::criteria::criteria;
use super::kind::kind_of;
use super::page::mark;
use super::rule::Rule;
use super::{Found, ONE_BY_ONE, Record};

/// Pages that are drawn for people, beside one of each kind.
const DRAWN: usize = 25;
/// Another word would draw other pages.
const SEED: &str = "JIS X 8341-3";

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// By rule, all of them.
    pub rules: Vec<RuleCount>,
    /// By kind of page.
    pub kinds: Vec<KindCount>,
    /// Findings with their places, equal ones once: the first ones of each rule.
    pub findings: Vec<Finding>,
    /// How many findings these are.
    pub named: u64,
    /// All pages, by path.
    pub pages: Vec<ReportPage>,
}

/// How often a rule is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleCount {
    /// The rule.
    pub rule: Rule,
    /// Findings.
    pub findings: u64,
    /// Pages with findings.
    pub pages: usize,
}

/// The pages of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindCount {
    /// A pattern of addresses.
    pub kind: String,
    /// Number of pages.
    pub pages: usize,
    /// Findings on them.
    pub findings: u64,
    /// The largest of them, which stands for its kind.
    pub example: usize,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Which rule.
    pub rule: Rule,
    /// Path of the page; of many, the first.
    pub page: String,
    /// The element, the address …
    pub what: String,
    /// Pages that this stands for.
    pub pages: usize,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportPage {
    /// Path of its file.
    pub path: String,
    /// Title.
    pub title: String,
    /// Pattern of its address.
    pub kind: String,
    /// Size.
    pub bytes: usize,
    /// Findings on it.
    pub findings: u64,
    /// Stands for its kind.
    pub is_typical: bool,
    /// Was drawn for people to look at.
    pub is_drawn: bool,
}

impl ReportPage {
    /// Its address below the root of the site.
    pub fn address(&self) -> &str {
        self.path.strip_suffix("index.html").unwrap_or(&self.path)
    }
}

impl Report {
    /// Number of findings.
    pub fn total(&self) -> u64 {
        self.rules.iter().map(|count| count.findings).sum()
    }

    /// How often a rule is not kept.
    pub fn count(&self, rule: Rule) -> u64 {
        self.rules.iter().find(|count| count.rule == rule).map_or(0, |count| count.findings)
    }
}

pub(super) fn report(found: &Found) -> Report {
    let mut pages: Vec<_> = found.pages.iter().map(|(path, record)| page(path, record)).collect();
    let kinds = kinds(&pages);
    for kind in &kinds {
        pages[kind.example].is_typical = true;
    }
    draw(&mut pages);
    let rules = Rule::ALL.map(|rule| {
        let counts =
            || found.pages.values().map(|record| record.counts[rule.index()]).filter(|count| *count > 0);
        RuleCount { rule, findings: counts().map(u64::from).sum(), pages: counts().count() }
    });
    let groups = || found.named.0.iter().flat_map(|(rule, named)| named.iter().map(move |one| (*rule, one)));
    let findings = groups().flat_map(|(rule, (what, places))| {
        let is_many = places.pages > ONE_BY_ONE;
        let (shown, pages) = if is_many { (1, places.pages) } else { (ONE_BY_ONE, 1) };
        let first = places.first.iter().take(shown);
        first.map(move |page| Finding { rule, page: page.clone(), what: what.clone(), pages })
    });
    let named = groups().map(|(_, (_, places))| places.findings).sum();
    let mut findings: Vec<_> = findings.collect();
    findings.sort_by(|a, b| (a.rule, &a.page, &a.what).cmp(&(b.rule, &b.page, &b.what)));
    Report { rules: rules.to_vec(), kinds, findings, named, pages }
}

fn page(path: &str, record: &Record) -> ReportPage {
    ReportPage {
        path: path.to_owned(),
        title: record.title.clone(),
        kind: kind_of(path),
        bytes: record.bytes,
        findings: record.counts.iter().copied().map(u64::from).sum(),
        is_typical: false,
        is_drawn: false,
    }
}

fn kinds(pages: &[ReportPage]) -> Vec<KindCount> {
    let mut kinds: BTreeMap<&str, KindCount> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate() {
        let kind = kinds.entry(&page.kind).or_insert_with(|| KindCount {
            kind: page.kind.clone(),
            pages: 0,
            findings: 0,
            example: at,
        });
        kind.pages += 1;
        kind.findings += page.findings;
        if page.bytes > pages[kind.example].bytes {
            kind.example = at;
        }
    }
    kinds.into_values().collect()
}

/// Draws pages for people: by their paths and a fixed word, so that the same site always draws the same ones.
fn draw(pages: &mut [ReportPage]) {
    let mut lots: Vec<(u64, usize)> = pages
        .iter()
        .enumerate()
        .filter(|(_, page)| !page.is_typical)
        .map(|(at, page)| (mark(&format!("{SEED} {}", page.path)), at))
        .collect();
    lots.sort_unstable();
    for (_, at) in lots.into_iter().take(DRAWN) {
        pages[at].is_drawn = true;
    }
}

/// All pages as a table, with columns for the people who look at some of them.
pub fn pages_table(report: &Report) -> Vec<Vec<String>> {
    const HEADS: [&str; 10] = [
        "アドレス",
        "題名",
        "種類",
        "バイト数",
        "機械の検査の指摘",
        "選び方",
        "人の確認の結果",
        "確認した人",
        "確認した日",
        "備考",
    ];
    let row = |page: &ReportPage| {
        let chosen = match (page.is_typical, page.is_drawn) {
            (true, _) => "代表",
            (_, true) => "無作為",
            _ => "",
        };
        let facts = [
            format!("/{}", page.address()),
            page.title.clone(),
            page.kind.clone(),
            page.bytes.to_string(),
            page.findings.to_string(),
            chosen.to_owned(),
        ];
        facts.into_iter().chain(std::iter::repeat_n(String::new(), 4)).collect()
    };
    std::iter::once(HEADS.map(str::to_owned).to_vec()).chain(report.pages.iter().map(row)).collect()
}

/// The 達成基準チェックリスト, filled in as far as a program can.
pub fn criteria_table(report: &Report) -> Vec<Vec<String>> {
    const HEADS: [&str; 10] = [
        "番号",
        "達成基準",
        "レベル",
        "JIS X 8341-3:2016",
        "WCAG 2.2",
        "機械の検査の内容",
        "機械の検査の指摘",
        "適用",
        "結果",
        "備考",
    ];
    let has = |there| if there { "あり" } else { "なし" };
    let rows = criteria().iter().map(|criterion| {
        let titles: Vec<_> = criterion.rules().map(Rule::title).collect();
        // Where nothing is looked at there is no number, for 0 would look like a result.
        let findings: Cow<'_, str> = match titles.is_empty() {
            true => "".into(),
            false => criterion.rules().map(|rule| report.count(rule)).sum::<u64>().to_string().into(),
        };
        let titles = titles.join(" / ");
        let cells = [
            criterion.number,
            criterion.name,
            criterion.level,
            has(criterion.is_in_jis),
            has(criterion.is_in_wcag()),
            &titles,
            &findings,
            "",
            "",
            "",
        ];
        cells.map(str::to_owned).to_vec()
    });
    std::iter::once(HEADS.map(str::to_owned).to_vec()).chain(rows).collect()
}
