//! `kohyo explain`: what a 検査規則 is about.

use clap::{Args, ValueEnum};

use super::{DONE, FAILED};
use crate::rules::{catalogue, explain};

#[derive(Args)]
pub(super) struct Arguments {
    /// 検査規則のコード。指摘の［ ］の中の文字（例: FORM-05）か、別の名前（例: R22）。大文字でも小文字でもよい
    #[arg(value_name = "CODE", required_unless_present = "all", help_heading = "引数")]
    codes: Vec<String>,
    /// 全ての検査規則を一覧にする
    #[arg(long, conflicts_with = "codes", help_heading = "オプション")]
    all: bool,
    /// 表し方: text（端末向け）、markdown（文書向け。--all を付けると規則集の全体）。既定は text
    #[arg(long, value_enum, default_value_t = Format::Text, hide_default_value = true, value_name = "FORMAT", help_heading = "オプション", hide_possible_values = true)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// 端末向け
    Text,
    /// 文書向け
    Markdown,
}

pub(super) fn run(arguments: &Arguments) -> u8 {
    let is_markdown = arguments.format == Format::Markdown;
    if arguments.all {
        anstream::print!("{}", if is_markdown { explain::reference() } else { explain::list() });
        return DONE;
    }
    let mut code = DONE;
    for (number, name) in arguments.codes.iter().enumerate() {
        let Some(rule) = catalogue().find(name) else {
            unknown(name);
            code = FAILED;
            continue;
        };
        if number > 0 {
            anstream::println!();
        }
        anstream::print!("{}", if is_markdown { explain::markdown(rule) } else { explain::text(rule) });
    }
    code
}

fn unknown(name: &str) {
    anstream::eprintln!("「{name}」という検査規則はありません");
    let near: Vec<_> = explain::near(name).iter().map(|code| format!("「{code}」")).collect();
    if !near.is_empty() {
        anstream::eprintln!("{}のことですか", near.join("、"));
    }
    anstream::eprintln!("一覧は kohyo explain --all で表示します。");
}
