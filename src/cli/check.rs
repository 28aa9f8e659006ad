//! `kohyo check`: reads and checks. It writes only with `--fix`.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::summary::summary;
use super::{DONE, FOUND, arguments, fail};
use crate::diagnostic::{self, Diagnostic};
use crate::fix;
use crate::pipeline::{Aim, Day, DocumentName, Selection, Silent, Since, SurveyError, survey, survey_since};
use crate::wareki::CivilDate;

/// Stands for the last published version of each document in the place of a revision.
pub(super) const LAST_PUBLISHED: &str = "公表";

#[derive(Args)]
pub(super) struct Arguments {
    /// 検査するフォルダ（内容全体、自治体、評価書のどれでもよい。既定は content）
    #[arg(value_name = "PATH", default_value = "content", hide_default_value = true, help_heading = "引数")]
    paths: Vec<PathBuf>,
    /// 指摘の表し方: human（該当行と直し方）、short（一件一行）、json（プログラム向け）、sarif（SARIF 2.1.0）、github（GitHub Actions の注釈）。既定は human
    #[arg(long, value_enum, default_value_t = Format::Human, hide_default_value = true, value_name = "FORMAT", help_heading = "オプション", hide_possible_values = true)]
    format: Format,
    /// この日の時点で検査する（例: 2023-11-14）
    #[arg(long, value_name = "DATE", value_parser = arguments::date, help_heading = "オプション")]
    as_of: Option<CivilDate>,
    /// この版（git のコミット、枝、札）と比べ、変更箇所の漏れなども検査する。「公表」と書けば、評価書ごとに最後に公表した版と比べる
    #[arg(long, value_name = "REV", help_heading = "オプション")]
    since: Option<String>,
    /// 直し方が一つに決まる誤り（全角の記号、日付の書き方、選択肢や項目名の打ち間違いなど）を、元のファイルに書き込んで直す。付けなければ何も書き換えない
    #[arg(long, help_heading = "オプション")]
    fix: bool,
}

/// How findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// 該当する行と直し方を示す
    Human,
    /// 一件を一行で示す
    Short,
    /// プログラム向けの JSON
    Json,
    /// SARIF 2.1.0
    Sarif,
    /// GitHub Actions の注釈
    Github,
}

pub(super) fn run(arguments: &Arguments) -> u8 {
    let day = arguments::day(arguments.as_of);
    if let Some(path) = arguments.paths.iter().find(|path| !path.exists()) {
        return fail(format!("{} が見つかりません。検査するフォルダを指定してください", path.display()));
    }
    let selections: Vec<_> = arguments.paths.iter().map(|path| Selection::of(path)).collect();
    if arguments.fix {
        match fix::fix(&selections, day) {
            Ok(outcome) => say_what_was_mended(&outcome),
            Err(error) => return fail(error),
        }
    }
    let since = arguments.since.as_deref().map(since);
    let found = match look(&selections, day, since.as_ref()) {
        Ok(found) => found,
        Err(error) => return fail(error),
    };
    tell(&found, arguments.format)
}

/// What a document is compared with, as it is written on the command line.
pub(super) fn since(text: &str) -> Since {
    match text {
        LAST_PUBLISHED => Since::LastPublished,
        revision => Since::Revision(revision.to_owned()),
    }
}

/// Shows findings. Returns the exit code.
pub(super) fn tell(found: &Found, format: Format) -> u8 {
    match format {
        Format::Json => anstream::print!("{}", diagnostic::json(&found.standing)),
        Format::Sarif => anstream::print!("{}", diagnostic::sarif(&found.standing, &found.accepted)),
        Format::Github => show(&found.standing, format),
        Format::Human | Format::Short => {
            show(&found.standing, format);
            anstream::eprintln!("{}", summary(&found.documents, &found.standing, &found.accepted));
        }
    }
    if diagnostic::errors(&found.standing) > 0 { FOUND } else { DONE }
}

/// What all selections together hold.
pub(super) struct Found {
    pub(super) documents: Vec<DocumentName>,
    pub(super) standing: Vec<Diagnostic>,
    pub(super) accepted: Vec<Diagnostic>,
}

/// Checks what is selected, and compares it with earlier versions where that is asked for.
pub(super) fn look(selections: &[Selection], day: Day, since: Option<&Since>) -> Result<Found, SurveyError> {
    let mut found = Found { documents: Vec::new(), standing: Vec::new(), accepted: Vec::new() };
    for selection in selections {
        let survey = match since {
            Some(since) => survey_since(selection, day, since, &Silent)?,
            None => survey(selection, day, Aim::Check, &Silent)?,
        };
        found.documents.extend(survey.documents());
        found.standing.extend(survey.diagnostics);
        found.accepted.extend(survey.accepted);
    }
    found.documents.sort_by(|a, b| a.folder.cmp(&b.folder));
    found.documents.dedup();
    for findings in [&mut found.standing, &mut found.accepted] {
        diagnostic::sort(findings);
        findings.dedup();
    }
    Ok(found)
}

/// Says on standard error what was corrected and what was not.
fn say_what_was_mended(outcome: &fix::Outcome) {
    for (file, fix) in &outcome.mended {
        anstream::eprintln!("{}", diagnostic::mended(file, fix));
    }
    for (file, reason) in &outcome.refused {
        anstream::eprintln!("{file}: {reason}");
    }
    let files = outcome.files();
    match outcome.mended.len() {
        0 => anstream::eprintln!("自動で直せるところはありませんでした。"),
        count => anstream::eprintln!("{files} 個のファイルの {count} か所を直しました。"),
    }
}

/// Prints findings on standard output.
pub(super) fn show(diagnostics: &[Diagnostic], format: Format) {
    let color = std::io::stdout().is_terminal();
    for found in diagnostics {
        match format {
            Format::Short => anstream::println!("{}", diagnostic::short(found)),
            Format::Github => anstream::println!("{}", diagnostic::github(found)),
            _ => anstream::println!("{}\n", diagnostic::human(found, color)),
        }
    }
}
