//! `kohyo due`: what is due, as a table, as data or as a calendar.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{DONE, arguments, fail};
use crate::due::{Calendar, State, calendar, json, table};
use crate::fs;
use crate::pipeline::{DueList, Selection, due};
use crate::wareki::CivilDate;

/// What the calendar of the command is called.
const CALENDAR: &str = "特定個人情報保護評価書の期日";

#[derive(Args)]
pub(super) struct Arguments {
    /// 一覧にするフォルダ（自治体か評価書。書かなければ内容のフォルダの全体）
    #[arg(value_name = "PATH", help_heading = "引数")]
    path: Option<PathBuf>,
    /// 内容のフォルダ（既定は content）
    #[arg(
        long,
        value_name = "DIR",
        default_value = "content",
        hide_default_value = true,
        help_heading = "オプション"
    )]
    content: PathBuf,
    /// この日から見た状態を示す（例: 2026-11-14。既定は site.yaml の基準日か、日本の今日）
    #[arg(long, value_name = "DATE", value_parser = arguments::date, help_heading = "オプション")]
    as_of: Option<CivilDate>,
    /// 表し方: table（端末の表）、json（プログラム向け）、ics（カレンダーに取り込む iCalendar）。既定は table
    #[arg(long, value_enum, default_value_t = Format::Table, hide_default_value = true, value_name = "FORMAT", help_heading = "オプション", hide_possible_values = true)]
    format: Format,
    /// 画面に出さず、このファイルに書き込む
    #[arg(long, value_name = "FILE", help_heading = "オプション")]
    out: Option<PathBuf>,
    /// この月数のうちに来るものだけにする（期限を過ぎたものと、日付のないものは必ず示す）
    #[arg(long, value_name = "MONTHS", help_heading = "オプション")]
    within: Option<u16>,
}

/// How the list is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// 端末の表
    Table,
    /// プログラム向けの JSON
    Json,
    /// iCalendar
    Ics,
}

pub(super) fn run(arguments: &Arguments) -> u8 {
    let list = match look(arguments) {
        Ok(list) => list,
        Err(message) => return fail(message),
    };
    let text = text(&list, arguments.format);
    match &arguments.out {
        None => anstream::print!("{text}"),
        Some(file) => {
            if let Err(error) = fs::write(file, &text) {
                return fail(error);
            }
        }
    }
    for (place, reason) in &list.unread {
        anstream::eprintln!("{place}: {reason}");
    }
    anstream::eprintln!("{}", summary(&list));
    DONE
}

fn look(arguments: &Arguments) -> Result<DueList, String> {
    let path = arguments.path.as_ref().unwrap_or(&arguments.content);
    let path = arguments::folder(path, &arguments.content, "内容のフォルダ")?;
    let mut list =
        due(&Selection::of(&path), arguments::day(arguments.as_of)).map_err(|error| error.to_string())?;
    if list.documents == 0 && list.unread.is_empty() {
        return Err(format!("{} に評価書がありません", path.display()));
    }
    if let Some(months) = arguments.within {
        let last = list.as_of.plus_months(months).ok_or("--within の月数が大きすぎます")?;
        list.dues.retain(|due| due.is_within(last));
    }
    Ok(list)
}

fn text(list: &DueList, format: Format) -> String {
    let base_url = list.base_url.as_deref();
    match format {
        Format::Table => table(&list.dues),
        Format::Json => json(&list.dues, list.as_of, base_url),
        Format::Ics => calendar(&Calendar { name: CALENDAR, base_url }, &list.dues),
    }
}

fn summary(list: &DueList) -> String {
    let count = |state| list.dues.iter().filter(|due| due.state == state).count();
    let states = State::ALL.map(|state| format!("{} {}", state.label(), count(state))).join("、");
    format!(
        "{}の時点で、評価書 {} 件の期日は {} 件です（{states}）",
        list.as_of.wareki(),
        list.documents,
        list.dues.len()
    )
}
