//! The pack in short, as Markdown that GitHub and GitLab show below a pull request.
//!
//! Texts of the documents stand inside HTML on one line, where Markdown looks for nothing. There is no theme: these are words of the
//! program, as on the command line.

use std::fmt::Write as _;

use super::Pack;
use super::facts::{Facts, Item, Stage, Verdict, is_blocking};
use super::tables::{about, place_of, rank};
use crate::assessment::{Assessment, Decision};
use crate::compare::DifferenceKind;
use crate::diagnostic::{Diagnostic, Severity};
use crate::diff::{Block, BlockState, Comparison, PieceState, compare};
use crate::history::one_line;
use crate::review::quote::{html_line, markdown_code, markdown_line};

/// How many characters the text of a comment may have on GitHub.
const LONGEST: usize = 65_536;
/// What the last line needs, which says that something was left out.
const RESERVED: usize = 600;
/// A reason in the table is cut after so many characters.
const LONGEST_REASON: usize = 120;

pub(super) fn markdown(pack: &Pack<'_>) -> String {
    let facts: Vec<_> = pack.documents.iter().map(Facts::of).collect();
    let mut comment = Comment::default();
    comment.add(&head(pack, &facts));
    for facts in &facts {
        comment.add(&summary(facts));
    }
    for facts in &facts {
        comment.table(facts);
    }
    comment.findings("ほかの評価書や設定についての指摘", &pack.others);
    for facts in &facts {
        comment.findings(&format!("検査の指摘: {}", facts.document.title()), &facts.document.findings);
    }
    for facts in &facts {
        for item in &facts.items {
            comment.details(facts, item);
        }
    }
    comment.end(pack)
}

/// A text that takes what fits and counts the rest.
#[derive(Default)]
struct Comment {
    text: String,
    length: usize,
    /// What was left out: rows of tables and findings, and texts of items.
    left_out: usize,
}

impl Comment {
    /// Adds a part if it fits.
    fn add(&mut self, part: &str) {
        if !self.fits(part) {
            self.left_out += 1;
            return;
        }
        self.length += part.chars().count();
        self.text.push_str(part);
    }

    /// Adds the parts that fit below a head: none of them means anything without it.
    fn add_below(&mut self, head: &str, parts: impl ExactSizeIterator<Item = String>) {
        if !self.fits(head) {
            self.left_out += parts.len();
            return;
        }
        self.add(head);
        for part in parts {
            self.add(&part);
        }
    }

    fn fits(&self, part: &str) -> bool {
        self.length + part.chars().count() + RESERVED <= LONGEST
    }

    fn table(&mut self, facts: &Facts<'_>) {
        if facts.items.is_empty() {
            return;
        }
        let head = format!(
            "\n### 変わる項目: {}\n\n| 項目 | ※ | 変更 | 提出時期 | 判断 | 理由 |\n|---|---|---|---|---|---|\n",
            markdown_line(facts.document.title())
        );
        self.add_below(&head, facts.items.iter().map(|item| row(facts, item)));
    }

    fn findings(&mut self, title: &str, findings: &[Diagnostic]) {
        let mut shown: Vec<_> = findings.iter().filter(|f| super::tables::is_for_now(f)).collect();
        if shown.is_empty() {
            return;
        }
        shown.sort_by_key(|finding| rank(finding));
        let head = format!("\n### {}\n\n", markdown_line(title));
        self.add_below(&head, shown.into_iter().map(finding_line));
    }

    fn details(&mut self, facts: &Facts<'_>, item: &Item<'_>) {
        let texts = differences(item);
        if texts.is_empty() {
            return;
        }
        let mut part = String::from("\n<details><summary>");
        html_line(&item.name.line(), &mut part);
        if item.difference.important {
            part.push_str(" ※");
        }
        html_line(&format!("（{}）", facts.document.title()), &mut part);
        part.push_str("</summary>\n\n");
        part.push_str(&texts);
        part.push_str("\n</details>\n");
        self.add(&part);
    }

    fn end(mut self, pack: &Pack<'_>) -> String {
        if self.left_out > 0 {
            // The name of a version may be of any length.
            let base: String = pack.base.chars().take(100).collect();
            let _ = write!(
                self.text,
                "\n長くなるため、{}か所を省きました。全文は `kohyo review --base 比べる版 --out review.html` で作る確認資料をご覧ください（比べた版: {}）。\n",
                self.left_out,
                markdown_line(&base)
            );
        }
        self.text
    }
}

fn head(pack: &Pack<'_>, facts: &[Facts<'_>]) -> String {
    let verdict = match Verdict::of_all(pack, facts) {
        Verdict::Ready => "✅ 公表できる状態です".to_owned(),
        Verdict::Unwritten(n) => format!("⛔ 書かれていないものが{n}件あり、まだ公表できません"),
        Verdict::Blocked(n) => format!("⛔ 公表を止めている指摘が{n}件あります"),
    };
    format!(
        "## 公表前の確認: {verdict}\n\n「{}」からの変更です（検査の基準日 {}）。\n",
        markdown_line(&pack.base),
        pack.as_of.wareki()
    )
}

fn summary(facts: &Facts<'_>) -> String {
    let document = facts.document;
    let mut out = format!(
        "\n**{} {}**\n\n",
        markdown_line(&document.municipality.name),
        markdown_line(document.title())
    );
    let mut line = |text: String| {
        out.push_str("- ");
        out.push_str(&text);
        out.push('\n');
    };
    match facts.stage {
        Stage::New => line("新しい評価書です".to_owned()),
        Stage::Gone => line("なくなる評価書です".to_owned()),
        Stage::Unread => line("読めない評価書です（比べられません）".to_owned()),
        Stage::Revised => line(format!(
            "変わる項目: {}件（うち重要な変更の対象（※）{}件）",
            facts.told_items().count(),
            facts.important().count()
        )),
    }
    let day = |assessment: Option<&Assessment>| {
        assessment.and_then(|a| a.published).map_or_else(|| "日付なし".to_owned(), |date| date.wareki())
    };
    if document.after().is_some() {
        let before = document.before().map(|_| format!("（前の版は{}）", day(document.before())));
        line(format!("公表日: {}{}", day(document.after()), before.unwrap_or_default()));
    }
    let counts = [
        (facts.blocking().count(), "公表を止めている指摘"),
        (facts.blanks.len(), "未記入（【要記入】）のある行"),
        (facts.untold(), "変更箇所の行がない項目"),
        (facts.undecided(), "重要な変更の判断が書かれていない※の項目"),
        (facts.rewritten().len(), "書き換えられた公表済みの行"),
        (document.ledger.dropped.len(), "なくなった公表済みの行"),
    ];
    for (count, what) in counts.into_iter().filter(|(count, _)| *count > 0) {
        line(format!("{what}: {count}件"));
    }
    for due in &document.due {
        let day = due.day.map_or_else(|| due.note.clone(), |day| day.wareki());
        let late = if due.is_late { "（過ぎています）" } else { "" };
        line(format!("期限: {} {}{late}", markdown_line(&due.what), markdown_line(&day)));
    }
    out
}

fn row(facts: &Facts<'_>, item: &Item<'_>) -> String {
    let rows = || item.rows.iter().map(|row| &facts.changes()[*row]);
    let once = |texts: Vec<&str>| {
        let mut once: Vec<&str> = Vec::new();
        for text in texts.into_iter().filter(|text| !text.is_empty()) {
            if !once.contains(&text) {
                once.push(text);
            }
        }
        markdown_line(&once.join("、"))
    };
    let timings = once(rows().map(|row| row.timing.trim()).collect());
    let decisions = once(rows().filter_map(|row| row.judgement.decision.map(Decision::label)).collect());
    let reason = match item.rows.first() {
        Some(row) => shortened(&one_line(&facts.explained_by(*row).explanation)),
        None if item.difference.needs_row() => "**変更箇所に行がありません**".to_owned(),
        None => String::new(),
    };
    let important = if item.difference.important { "※" } else { "" };
    let name = markdown_line(&item.name.line());
    format!("| {name} | {important} | {} | {timings} | {decisions} | {reason} |\n", kind(item))
}

fn shortened(text: &str) -> String {
    let short: String = text.chars().take(LONGEST_REASON).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    markdown_line(&short) + more
}

fn kind(item: &Item<'_>) -> &'static str {
    let difference = item.difference;
    match difference.kind {
        DifferenceKind::Changed if difference.before_text.trim().is_empty() => "追加",
        DifferenceKind::Changed if difference.after_text.trim().is_empty() => "削除",
        DifferenceKind::Changed => "変更",
        DifferenceKind::Notation => "表記のみ",
        DifferenceKind::Cover => "表紙",
        DifferenceKind::New => "追加",
        DifferenceKind::Gone => "削除",
        DifferenceKind::Moved => "移動",
    }
}

fn finding_line(finding: &Diagnostic) -> String {
    let sign = if is_blocking(finding) {
        "⛔"
    } else if finding.severity == Severity::Warning {
        "⚠️"
    } else {
        "ℹ️"
    };
    let about = about(finding).map(|about| format!("{}: ", markdown_line(&about))).unwrap_or_default();
    let help = finding.help.iter().fold(String::new(), |help, line| help + "<br>→ " + &markdown_line(line));
    format!(
        "- {sign} {} {about}{}{help}<br><sub>{} ({})</sub>\n",
        finding.severity.label(),
        markdown_line(&finding.message),
        markdown_code(&place_of(&finding.file, finding.place.as_ref())),
        finding.code.id(),
    )
}

/// What differs in an item as HTML, a line for each paragraph; empty where that says no more than the table.
fn differences(item: &Item<'_>) -> String {
    let (before, after) = (item.difference.before_text.trim(), item.difference.after_text.trim());
    if before.is_empty() && after.is_empty() || item.difference.kind == DifferenceKind::Moved {
        return String::new();
    }
    if let (false, false, Comparison::Inline(blocks)) =
        (before.is_empty(), after.is_empty(), compare(before, after))
    {
        return paragraphs(&blocks);
    }
    let whole = |text: &str, (from, to): (&str, &str)| {
        let mut out = format!("<p>{from}");
        html_line(if text.is_empty() { "（記載なし）" } else { text }, &mut out);
        out + to + "</p>\n"
    };
    format!(
        "<p><b>変更前</b></p>\n{}<p><b>変更後</b></p>\n{}",
        whole(before, if before.is_empty() { ("", "") } else { REMOVED }),
        whole(after, if after.is_empty() { ("", "") } else { ADDED }),
    )
}

const REMOVED: (&str, &str) = ("<del>", "</del>");
const ADDED: (&str, &str) = ("<ins><b>", "</b></ins>");

/// The blocks that changed and their neighbours.
fn paragraphs(blocks: &[Block]) -> String {
    let is_changed = |block: &Block| {
        block.state != BlockState::Kept || block.pieces.iter().any(|piece| piece.state != PieceState::Kept)
    };
    if !blocks.iter().any(is_changed) {
        return "<p>記載は同じです（図の画像などが変わりました）。</p>\n".to_owned();
    }
    let is_near = |at: usize| {
        let around = at.saturating_sub(1)..(at + 2).min(blocks.len());
        blocks[around].iter().any(is_changed)
    };
    let shown: Vec<bool> = (0..blocks.len()).map(is_near).collect();
    let mut out = String::new();
    let mut at = 0;
    for run in shown.chunk_by(|a, b| a == b) {
        let stretch = &blocks[at..at + run.len()];
        at += run.len();
        match run[0] {
            true => stretch.iter().for_each(|block| out.push_str(&paragraph(block))),
            false => {
                let _ = writeln!(out, "<p><i>（変わらない部分{}段落）</i></p>", stretch.len());
            }
        }
    }
    out
}

fn paragraph(block: &Block) -> String {
    let mut out = String::from("<p>");
    match block.state {
        BlockState::MovedHere => out.push_str("〔移動先〕"),
        BlockState::MovedAway => out.push_str("〔移動元〕"),
        BlockState::Kept | BlockState::Added | BlockState::Removed => {}
    }
    for piece in &block.pieces {
        let (from, to) = match piece.state {
            PieceState::Kept => ("", ""),
            PieceState::Added => ADDED,
            PieceState::Removed => REMOVED,
        };
        out.push_str(from);
        html_line(&piece.text, &mut out);
        out.push_str(to);
    }
    out + "</p>\n"
}
