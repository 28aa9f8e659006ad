//! `kohyo review`: the pack that reviewers read before the 公表日, and their remarks as Markdown.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::check::since;
use super::progress::Progress;
use super::{DONE, arguments, fail};
use crate::diagnostic;
use crate::fs;
use crate::pipeline::{PackFormat, Selection, Since, pairs, review_pack};
use crate::review::remarks::{self, Saved};
use crate::wareki::CivilDate;

#[derive(Args)]
pub(super) struct Arguments {
    /// 確認する範囲（内容全体、自治体、評価書のどれでもよい。既定は content）
    #[arg(value_name = "PATH", default_value = "content", hide_default_value = true, help_heading = "引数")]
    path: PathBuf,
    /// 比べる版（git のコミット、枝、札）。書かなければ、評価書ごとに最後に公表した版と比べる
    #[arg(long, value_name = "REV", help_heading = "オプション")]
    base: Option<String>,
    /// 書き出すファイル（既定は review.html。markdown では画面に出す）
    #[arg(long, value_name = "FILE", help_heading = "オプション")]
    out: Option<PathBuf>,
    /// 形: html（ダブルクリックで開ける一つのファイル）、markdown（プルリクエストのコメント）。既定は html
    #[arg(long, value_enum, default_value_t = Format::Html, hide_default_value = true, value_name = "FORMAT", help_heading = "オプション", hide_possible_values = true)]
    format: Format,
    /// この日の時点で検査する（例: 2026-11-14。既定は site.yaml の基準日か、日本の今日）
    #[arg(long, value_name = "DATE", value_parser = arguments::date, help_heading = "オプション")]
    as_of: Option<CivilDate>,
    /// 標準のテーマの一部を置き換えるフォルダ
    #[arg(long, value_name = "DIR", help_heading = "オプション")]
    theme: Option<PathBuf>,
    /// 資料を作る代わりに、保存された意見のファイルをまとめ、プルリクエストのコメントにする Markdown を画面に出す
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["base", "format", "theme", "as_of"], help_heading = "オプション")]
    remarks: Vec<PathBuf>,
}

/// How the pack is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// 一つの HTML ファイル
    Html,
    /// Markdown
    Markdown,
}

pub(super) fn run(arguments: &Arguments) -> u8 {
    let made = if arguments.remarks.is_empty() { pack(arguments) } else { gathered(arguments) };
    match made {
        Ok(()) => DONE,
        Err(message) => fail(message),
    }
}

/// Writes the pack. What the check finds is in it, so that finding something is no failure.
fn pack(arguments: &Arguments) -> Result<(), String> {
    let path = arguments::folder(&arguments.path, Path::new("content"), "確認するフォルダ")?;
    let day = arguments::day(arguments.as_of);
    let since = arguments.base.as_deref().map_or(Since::LastPublished, since);
    let pairs =
        pairs(&Selection::of(&path), day, &since, &Progress::new()).map_err(|error| error.to_string())?;
    let format = match arguments.format {
        Format::Html => PackFormat::Html,
        Format::Markdown => PackFormat::Markdown,
    };
    let text = review_pack(&pairs, format, arguments.theme.as_deref()).map_err(|error| error.to_string())?;
    let out = match (&arguments.out, format) {
        (Some(out), _) => Some(out.as_path()),
        (None, PackFormat::Html) => Some(Path::new("review.html")),
        (None, PackFormat::Markdown) => None,
    };
    write(out, &text)?;
    let errors = diagnostic::errors(&pairs.survey.diagnostics);
    anstream::eprintln!(
        "{} と比べて、変わった評価書は {} 件です（公表を止めている指摘 {errors} 件）{}",
        pairs.base,
        pairs.pairs.len(),
        out.map_or(String::new(), |out| format!("。{} に書き出しました", out.display()))
    );
    Ok(())
}

/// Prints the remarks of reviewers.
fn gathered(arguments: &Arguments) -> Result<(), String> {
    let read = |path: &PathBuf| {
        let bytes = fs::read(path).map_err(|error| error.to_string())?;
        Ok((path.display().to_string(), bytes))
    };
    let files = arguments.remarks.iter().map(read).collect::<Result<Vec<_>, String>>()?;
    let files: Vec<_> = files.iter().map(|(name, bytes)| Saved { name, bytes }).collect();
    write(arguments.out.as_deref(), &remarks::markdown(&files)?)
}

fn write(out: Option<&Path>, text: &str) -> Result<(), String> {
    match out {
        Some(out) => fs::write(out, text).map_err(|error| error.to_string()),
        None => {
            anstream::print!("{text}");
            Ok(())
        }
    }
}
