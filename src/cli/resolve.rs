//! `kohyo resolve`: item references, one a line, to ids of the form, as JSON lines.

use std::io::Read as _;
use std::path::PathBuf;

use clap::Args;

use super::{DONE, arguments, fail};
use crate::form::{Form, How, RefRow, Resolution};
use crate::fs;
use crate::wareki::{self, CivilDate};

#[derive(Args)]
pub(super) struct Arguments {
    /// 様式の名前か版の id（全項目評価書、様式3、kiso-h31-01 など。名前だけなら最も新しい版）
    #[arg(long, value_name = "FORM", value_parser = arguments::form, help_heading = "オプション")]
    form: &'static Form,
    /// 特定個人情報ファイルの数。複数なら、何番目のファイルの項目かも答える（既定は 1）
    #[arg(long, value_name = "N", default_value_t = 1, hide_default_value = true, value_parser = clap::value_parser!(u16).range(1..), help_heading = "オプション")]
    files: u16,
    /// 項目参照を一行に一つ書いたファイル。「日付（タブ）項目参照」とも書ける。評価書と同じ順に並べる（既定は標準入力）
    #[arg(value_name = "FILE", help_heading = "引数")]
    file: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> u8 {
    let text = match read(arguments) {
        Ok(text) => text,
        Err(message) => return fail(message),
    };
    let lines: Vec<_> = text.lines().map(Line::of).collect();
    let rows: Vec<_> = lines.iter().map(|line| RefRow { date: line.date, text: line.reference }).collect();
    let resolutions = arguments.form.resolve_rows(&rows, arguments.files);
    for (line, resolution) in lines.iter().zip(&resolutions) {
        anstream::println!("{}", answer(arguments, line, resolution));
    }
    DONE
}

/// One line of the input.
struct Line<'t> {
    whole: &'t str,
    date: Option<CivilDate>,
    reference: &'t str,
}

impl<'t> Line<'t> {
    /// What stands before a tab is a date; where it is none, the line is a reference as a whole.
    fn of(whole: &'t str) -> Self {
        let dated =
            whole.split_once('\t').and_then(|(date, rest)| Some((wareki::parse(date).ok()?.date, rest)));
        match dated {
            Some((date, reference)) => Self { whole, date: Some(date), reference },
            None => Self { whole, date: None, reference: whole },
        }
    }
}

fn answer(arguments: &Arguments, line: &Line<'_>, resolution: &Resolution) -> serde_json::Value {
    let path = |slot| arguments.form.path(slot, arguments.files);
    serde_json::json!({
        "input": line.whole,
        "id": resolution.target.map(|target| path(target.slot)),
        "how": resolution.how.map(How::id),
        "candidates": resolution.candidates.iter().map(|slot| path(*slot)).collect::<Vec<_>>(),
    })
}

fn read(arguments: &Arguments) -> Result<String, String> {
    let bytes = match &arguments.file {
        Some(path) => fs::read(path).map_err(|e| e.to_string())?,
        None => {
            let mut bytes = Vec::new();
            std::io::stdin().read_to_end(&mut bytes).map_err(|e| format!("標準入力を読めません（{e}）"))?;
            bytes
        }
    };
    String::from_utf8(bytes).map_err(|_| "入力が UTF-8 の文字ではありません".to_owned())
}
