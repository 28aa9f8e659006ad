//! `kohyo changes`: the rows of 変更箇所 against what changed since the last publication.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::check::{Format, Found, look, since, tell};
use super::{DONE, FOUND, arguments, fail};
use crate::compare::DifferenceKind;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::fs;
use crate::pipeline::{Pair, Pairs, Selection, Silent, Since, Survey, pairs};
use crate::read::shown;
use crate::review::draft::{Drafted, DraftedRow, Existing, Version, draft};
use crate::wareki::CivilDate;

/// The content folder, unless another one is written.
const CONTENT: &str = "content";

#[derive(Args)]
#[command(subcommand_help_heading = "コマンド", disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 前の版から変わった項目について、足りない変更箇所の行を changes.yaml に下書きする
    #[command(help_template = arguments::COMMAND_TEMPLATE, override_usage = "kohyo changes draft [PATH…] [--since REV] [オプション]")]
    Draft(Draft),
    /// 変更箇所が、前の版から変わった項目と合っているかを検査する（何も書き換えない）
    #[command(help_template = arguments::COMMAND_TEMPLATE, override_usage = "kohyo changes check [PATH…] [--since REV] [オプション]")]
    Check(Check),
}

#[derive(Args)]
struct Draft {
    #[command(flatten)]
    what: What,
    /// 下書きの後に評価書を直したとき、まだ手を加えていない下書きの「変更前の記載」「変更後の記載」を書き直す
    #[arg(long, help_heading = "オプション")]
    renew: bool,
}

#[derive(Args)]
struct Check {
    #[command(flatten)]
    what: What,
    /// 指摘の表し方: human（該当行と直し方）、short（一件一行）、json（プログラム向け）、sarif（SARIF 2.1.0）、github（GitHub Actions の注釈）。既定は human
    #[arg(long, value_enum, default_value_t = Format::Human, hide_default_value = true, value_name = "FORMAT", help_heading = "オプション", hide_possible_values = true)]
    format: Format,
}

/// What is compared with what.
#[derive(Args)]
struct What {
    /// 評価書、自治体、内容全体のフォルダ（既定は content）
    #[arg(value_name = "PATH", default_value = "content", hide_default_value = true, help_heading = "引数")]
    paths: Vec<PathBuf>,
    /// 比べる版（git のコミット、枝、札）。書かなければ、評価書ごとに最後に公表した版と比べる
    #[arg(long, value_name = "REV", help_heading = "オプション")]
    since: Option<String>,
    /// この日の時点で考える（例: 2026-11-14。既定は site.yaml の基準日か、日本の今日）
    #[arg(long, value_name = "DATE", value_parser = arguments::date, help_heading = "オプション")]
    as_of: Option<CivilDate>,
}

impl What {
    fn since(&self) -> Since {
        self.since.as_deref().map_or(Since::LastPublished, since)
    }

    fn selections(&self) -> Result<Vec<Selection>, String> {
        let folder = |path: &PathBuf| arguments::folder(path, Path::new(CONTENT), "評価書のフォルダ");
        self.paths.iter().map(|path| Ok(Selection::of(&folder(path)?))).collect()
    }
}

pub(super) fn run(arguments: &Arguments) -> u8 {
    let ended = match &arguments.command {
        Command::Draft(draft) => write_drafts(draft),
        Command::Check(check) => check_rows(check),
    };
    ended.unwrap_or_else(fail)
}

/// Shows the findings that have to do with the comparison, and those that keep a document from being read.
fn check_rows(check: &Check) -> Result<u8, String> {
    let selections = check.what.selections()?;
    let day = arguments::day(check.what.as_of);
    let mut found = look(&selections, day, Some(&check.what.since())).map_err(|error| error.to_string())?;
    let Found { documents, standing, accepted } = &mut found;
    let unread: Vec<&str> = documents.iter().filter(|d| d.title.is_none()).map(|d| &*d.folder).collect();
    for findings in [standing, accepted] {
        findings.retain(|finding| is_about_changes(finding) || hides(finding, &unread));
    }
    Ok(tell(&found, check.format))
}

fn is_about_changes(finding: &Diagnostic) -> bool {
    finding.code.rule().is_about_changes() || finding.row.is_some()
}

/// Whether it is an error that keeps something from being compared: a part of a document, or one of these documents as a whole.
fn hides(finding: &Diagnostic, unread: &[&str]) -> bool {
    let is_hidden = || unread.iter().any(|folder| Path::new(&*finding.file).starts_with(folder));
    finding.severity == Severity::Error && (finding.code.rule().unread || is_hidden())
}

/// Writes the missing rows.
fn write_drafts(arguments: &Draft) -> Result<u8, String> {
    let day = arguments::day(arguments.what.as_of);
    let existing = if arguments.renew { Existing::Renew } else { Existing::Keep };
    let (mut is_silent, mut is_stopped) = (true, false);
    for selection in arguments.what.selections()? {
        let found = pairs(&selection, day, &arguments.what.since(), &Silent).map_err(|e| e.to_string())?;
        for finding in without_earlier(&found) {
            is_stopped = true;
            show(std::iter::once(finding));
        }
        for pair in &found.pairs {
            let outcome = drafted(pair, &found.survey, existing)?;
            is_silent &= matches!(&outcome, Outcome::Nothing)
                || matches!(&outcome, Outcome::Drafted(_, drafted) if drafted.rows.is_empty());
            is_stopped |= outcome.is_stopped();
            tell_outcome(pair, &outcome, &arguments.what);
        }
    }
    if is_silent && !is_stopped {
        anstream::eprintln!("下書きする変更箇所はありません。");
    }
    Ok(if is_stopped { FOUND } else { DONE })
}

/// The findings about earlier versions that cannot be read: their documents stand in no pair.
fn without_earlier(found: &Pairs) -> impl Iterator<Item = &Diagnostic> {
    let all = found.survey.municipalities.iter().flat_map(|municipality| &municipality.assessments);
    let folders: Vec<_> = all.map(|document| shown(&document.folder.path)).collect();
    let unreadable = found.survey.diagnostics.iter().filter(|finding| finding.code == Code::UNREADABLE);
    unreadable.filter(move |finding| folders.contains(&finding.file))
}

enum Outcome {
    /// There is nothing that rows could tell of.
    Nothing,
    /// There is no version before.
    New,
    /// The document cannot be read, or not all of it, because of these errors.
    Unread(Vec<Diagnostic>),
    /// Nothing was written, because of these findings.
    Refused(Vec<Diagnostic>),
    /// The file, and what it got.
    Drafted(String, Drafted),
}

impl Outcome {
    /// Whether somebody has to do something before rows can be drafted.
    fn is_stopped(&self) -> bool {
        matches!(self, Self::Unread(_) | Self::Refused(_))
    }
}

fn tell_outcome(pair: &Pair, outcome: &Outcome, what: &What) {
    let folder = shown(&pair.folder.path);
    match outcome {
        Outcome::Nothing => {}
        Outcome::New => anstream::eprintln!("{folder}: {}", without_version(what)),
        Outcome::Unread(errors) => {
            show(errors.iter());
            anstream::eprintln!(
                "{folder}: 評価書に読めないところがあるため、下書きできません。先に上の誤りを直してください。"
            );
        }
        Outcome::Refused(findings) => show(findings.iter()),
        Outcome::Drafted(file, drafted) => told(file, pair, drafted),
    }
}

/// Why a document has nothing that it could be compared with, and what to do.
fn without_version(what: &What) -> String {
    match &what.since {
        Some(revision) if since(revision) != Since::LastPublished => format!(
            "{revision} の版にこの評価書がないため、比べられません。新しい評価書なら、変更箇所はまだ要りません。前の版があるなら、それを含む版を「--since」で指定してください。"
        ),
        _ => "公表済みの版が git の履歴に見つからないため、比べられません。新しい評価書なら、変更箇所はまだ要りません。公表済みなら、その版のコミットや枝を「--since」で指定してください。".to_owned(),
    }
}

/// The errors that keep parts of a document from being read. Compared as it was read, such a part would be told as removed.
fn unread(pair: &Pair, survey: &Survey) -> Vec<Diagnostic> {
    let own = survey.diagnostics.iter().filter(|finding| {
        finding.severity == Severity::Error
            && Path::new(&*finding.file).starts_with(&*shown(&pair.folder.path))
    });
    own.filter(|finding| pair.now.is_none() || finding.code.rule().unread).cloned().collect()
}

fn drafted(pair: &Pair, survey: &Survey, existing: Existing) -> Result<Outcome, String> {
    if pair.is_gone {
        return Ok(Outcome::Nothing);
    }
    let Some(earlier) = &pair.earlier else { return Ok(Outcome::New) };
    let errors = unread(pair, survey);
    let Some(now) = pair.now.as_ref().filter(|_| errors.is_empty()) else {
        return Ok(Outcome::Unread(errors));
    };
    let before = &earlier.assessment;
    let (old, new) = earlier.sides(&now.answers, &now.changes);
    let path = pair.folder.path.join("changes.yaml");
    let bytes = if path.exists() { Some(fs::read(&path).map_err(|e| e.to_string())?) } else { None };
    let drafted = draft(
        Version { side: old, published: before.published },
        Version { side: new, published: now.published },
        &shown(&path),
        bytes.as_deref(),
        existing,
    );
    match drafted {
        Err(findings) => Ok(Outcome::Refused(findings)),
        Ok(drafted) => {
            if drafted.is_changed() {
                write(&path, bytes.is_some(), &drafted.text)?;
            }
            Ok(Outcome::Drafted(shown(&path).to_string(), drafted))
        }
    }
}

fn write(path: &Path, is_there: bool, text: &[u8]) -> Result<(), String> {
    let written = if is_there { fs::replace(path, text) } else { fs::write(path, text) };
    written.map_err(|error| error.to_string())
}

fn show<'d>(findings: impl Iterator<Item = &'d Diagnostic>) {
    let findings: Vec<_> = findings.cloned().collect();
    super::check::show(&findings, Format::Human);
}

/// Says what was written and what is left to do.
fn told(file: &str, pair: &Pair, drafted: &Drafted) {
    if drafted.is_changed() {
        let name = pair.name.as_deref().unwrap_or_default();
        anstream::println!("{file}: {name}から変わった {} 件を下書きしました", drafted.rows.len());
    }
    for row in &drafted.rows {
        anstream::println!("  {file}:{}: {}", row.line, line(row));
    }
    if !drafted.renewed.is_empty() {
        let numbers: Vec<_> = drafted.renewed.iter().map(ToString::to_string).collect();
        anstream::println!("  {} 件目の下書きを、今の評価書に合わせて書き直しました", numbers.join("、"));
    }
    for note in &drafted.notes {
        anstream::println!("  {file}:{}: {}", note.line, note.message);
    }
    if drafted.rows.iter().any(|row| !row.blanks.is_empty()) {
        anstream::println!("  【要記入】のところに書き、「kohyo changes check」で確かめてください");
    }
}

/// A row in short: what happened to which item, and what has to be filled in.
fn line(row: &DraftedRow) -> String {
    let what = match row.kind {
        DifferenceKind::Changed | DifferenceKind::Notation | DifferenceKind::Cover => "変更",
        DifferenceKind::New => "追加",
        DifferenceKind::Gone => "削除",
        DifferenceKind::Moved => "移動",
    };
    let mark = if row.important { "※ " } else { "" };
    let timing = if row.timing.is_empty() { String::new() } else { format!("、{}", row.timing) };
    let blanks = if row.blanks.is_empty() {
        String::new()
    } else {
        format!("。書くところ: {}", row.blanks.join("、"))
    };
    format!("{mark}{}（{what}{timing}）{blanks}", row.item)
}
