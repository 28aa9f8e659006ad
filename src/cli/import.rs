//! `kohyo import`: published documents to content, with an account of every line of the source.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{DONE, FAILED, FOUND, fail};
use crate::codes::MunicipalityCode;
use crate::fs;
use crate::import::{self, Doubt, Placement, Report};

#[derive(Args)]
pub(super) struct Arguments {
    /// 取り込むファイル（表をタブ区切りにした文字データ、PDF から取り出した文字データ）
    #[arg(value_name = "FILE", required = true, help_heading = "引数")]
    files: Vec<PathBuf>,
    /// 取り込み先（内容全体のフォルダか、自治体のフォルダ）
    #[arg(long, value_name = "DIR", help_heading = "オプション")]
    into: PathBuf,
    /// 6桁の全国地方公共団体コード
    #[arg(long, value_name = "CODE6", value_parser = code, help_heading = "オプション")]
    code: Option<MunicipalityCode>,
    /// 報告を書くファイル（.json なら JSON、ほかは Markdown。既定は評価書のフォルダの _import-report.md）
    #[arg(long, value_name = "FILE", help_heading = "オプション")]
    report: Option<PathBuf>,
}

fn code(text: &str) -> Result<MunicipalityCode, String> {
    MunicipalityCode::parse(text).map_err(|e| e.to_string())
}

pub(super) fn run(arguments: &Arguments) -> u8 {
    let mut reports = Vec::new();
    let mut worst = DONE;
    for file in &arguments.files {
        match one(file, arguments) {
            Ok(report) => reports.push(report),
            Err(message) => {
                anstream::eprintln!("{} を取り込めませんでした: {message}", file.display());
                worst = worst.max(FOUND);
            }
        }
    }
    if let Some(path) = &arguments.report {
        let is_json = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"));
        let text = if is_json {
            import::reports_json(&reports)
        } else {
            reports.iter().map(Report::to_markdown).collect::<Vec<_>>().join("\n")
        };
        if let Err(error) = fs::write(path, text) {
            return fail(error);
        }
    }
    if reports.is_empty() { FAILED.min(worst.max(FOUND)) } else { worst }
}

fn one(file: &Path, arguments: &Arguments) -> Result<Report, String> {
    let source = import::source_text(file)?;
    let imported = import::read(&crate::read::shown(file), &source)?;
    let placement = Placement::find(&arguments.into, arguments.code.as_ref(), &imported)?;
    let written = import::write(&placement, &imported).map_err(|e| e.to_string())?;
    let report = imported.report;
    let counts = report.counts();
    anstream::eprintln!("{} → {}", file.display(), placement.assessment.display());
    anstream::eprintln!("  様式: {}（{}）", imported.answers.form().head.short_title, report.form);
    anstream::eprintln!(
        "  原文の行: 値 {} 行、様式の印字 {} 行、認識できない {} 行",
        counts.value,
        counts.print,
        counts.unrecognised
    );
    let number = |doubt| report.notes.iter().filter(|n| n.doubt == doubt).count();
    anstream::eprintln!(
        "  項目: {} 件、変更箇所 {} 件（要確認 {}、空のまま {}、補ったもの {}）",
        written.items,
        imported.changes.len(),
        number(Doubt::Uncertain),
        number(Doubt::Empty),
        number(Doubt::Derived)
    );
    if arguments.report.is_none() {
        let path = placement.assessment.join("_import-report.md");
        fs::write(&path, report.to_markdown()).map_err(|e| e.to_string())?;
        anstream::eprintln!("  報告: {}", path.display());
    }
    if !placement.is_code_known {
        anstream::eprintln!(
            "  団体コードが分からないため 000000 のフォルダに置きました。--code で指定して取り込み直すか、\
             フォルダ名と municipality.yaml の code を直してください。"
        );
    }
    Ok(report)
}
