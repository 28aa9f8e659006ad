//! `kohyo check`: reads and checks, never writes.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{DONE, FOUND, arguments, fail};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::pipeline::{Selection, Silent, survey};
use crate::wareki::CivilDate;

#[derive(Args)]
pub(super) struct Arguments {
    /// 検査するフォルダ（内容全体、自治体、評価書のどれでもよい。既定は content）
    #[arg(value_name = "PATH", default_value = "content", hide_default_value = true, help_heading = "引数")]
    paths: Vec<PathBuf>,
    /// 指摘の表し方: human（該当行と直し方）、short（一件一行）、json（プログラム向け）。既定は human
    #[arg(long, value_enum, default_value_t = Format::Human, hide_default_value = true, value_name = "FORMAT", help_heading = "オプション", hide_possible_values = true)]
    format: Format,
    /// この日の時点で検査する（例: 2023-11-14）
    #[arg(long, value_name = "DATE", value_parser = arguments::date, help_heading = "オプション")]
    as_of: Option<CivilDate>,
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
}

pub(super) fn run(arguments: &Arguments) -> u8 {
    let day = arguments::day(arguments.as_of);
    let mut all = Vec::new();
    let mut documents = 0;
    for path in &arguments.paths {
        if !path.exists() {
            return fail(format!("{} が見つかりません。検査するフォルダを指定してください", path.display()));
        }
        match survey(&Selection::of(path), day, &Silent) {
            Ok(found) => {
                documents += found.municipalities.iter().map(|m| m.assessments.len()).sum::<usize>();
                all.extend(found.diagnostics);
            }
            Err(error) => return fail(error),
        }
    }
    diagnostic::sort(&mut all);
    all.dedup();
    if arguments.format == Format::Json {
        anstream::print!("{}", diagnostic::json(&all));
    } else {
        show(&all, arguments.format);
        anstream::eprintln!("{}", summary(&all, documents));
    }
    if diagnostic::errors(&all) > 0 { FOUND } else { DONE }
}

/// Prints findings on standard output.
pub(super) fn show(diagnostics: &[Diagnostic], format: Format) {
    let color = std::io::stdout().is_terminal();
    for found in diagnostics {
        match format {
            Format::Short => anstream::println!("{}", diagnostic::short(found)),
            _ => anstream::println!("{}\n", diagnostic::human(found, color)),
        }
    }
}

/// One line: what was looked at and how much was found.
pub(super) fn summary(diagnostics: &[Diagnostic], documents: usize) -> String {
    let errors = diagnostic::errors(diagnostics);
    let warnings = diagnostics.iter().filter(|d| d.severity == Severity::Warning).count();
    let result = match (errors, warnings) {
        (0, 0) => "指摘はありません".to_owned(),
        (0, w) => format!("誤りはありません（注意 {w} 件）"),
        (e, w) => format!("誤り {e} 件、注意 {w} 件"),
    };
    format!("評価書 {documents} 件を検査しました: {result}")
}
