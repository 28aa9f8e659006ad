//! The command line: one file per command, all of them thin.
//!
//! Exit codes: 0 = done, 1 = findings that block, 2 = could not run.

mod arguments;
mod build;
mod changes;
mod check;
mod due;
mod explain;
mod export;
mod import;
mod new;
mod progress;
mod resolve;
mod review;
mod schema;
mod serve;
mod summary;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Everything is in order.
const DONE: u8 = 0;
/// Findings that block.
const FOUND: u8 = 1;
/// The command could not run.
const FAILED: u8 = 2;

#[derive(Parser)]
#[command(
    name = "kohyo",
    version,
    about = "特定個人情報保護評価書を検査し、読みやすいウェブサイトにします",
    help_template = arguments::HELP_TEMPLATE,
    subcommand_help_heading = "コマンド",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// 使い方を表示する
    #[arg(short, long, global = true, action = clap::ArgAction::Help, help_heading = "オプション")]
    help: Option<bool>,
    /// 版を表示する
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help_heading = "オプション")]
    version: Option<bool>,
}

#[derive(Subcommand)]
enum Command {
    /// 検査して、公開するフォルダを作る
    #[command(help_template = arguments::COMMAND_TEMPLATE, override_usage = "kohyo build [オプション]")]
    Build(build::Arguments),
    /// 書き方と様式への適合を検査する（--fix を付けない限り、何も書き換えない）
    #[command(help_template = arguments::COMMAND_TEMPLATE, override_usage = "kohyo check [PATH…] [オプション]")]
    Check(check::Arguments),
    /// 見直し（1年ごと）、再実施（5年ごと）、次の版の公表日と意見聴取などの期日を一覧にする
    #[command(help_template = arguments::COMMAND_TEMPLATE, override_usage = "kohyo due [PATH] [オプション]")]
    Due(due::Arguments),
    /// 評価書のデータ（CSV、JSON）だけを書き出す（ページは作らない）
    #[command(help_template = arguments::COMMAND_TEMPLATE, override_usage = "kohyo export --out DIR [--what WHAT] [オプション]\n        kohyo export --what WHAT > FILE")]
    Export(export::Arguments),
    /// 検査規則を説明する（なぜ必要か、根拠、直し方、例）
    #[command(help_template = arguments::COMMAND_TEMPLATE, override_usage = "kohyo explain CODE… [オプション]")]
    Explain(explain::Arguments),
    /// 項目参照（「Ⅱ.3.⑧ 使用方法」など）がどの項目かを、一行ずつ JSON で答える
    #[command(help_template = arguments::COMMAND_TEMPLATE, override_usage = "kohyo resolve --form FORM [FILE] [オプション]")]
    Resolve(resolve::Arguments),
    /// 変更箇所を、前の版から変わった項目に合わせて下書きし、検査する
    #[command(help_template = arguments::COMMAND_TEMPLATE, override_usage = "kohyo changes draft [PATH…] [オプション]\n        kohyo changes check [PATH…] [オプション]")]
    Changes(changes::Arguments),
    /// 前の版から変わったところを、公表の前に確認するための資料にする（一つの HTML ファイル）
    #[command(help_template = arguments::COMMAND_TEMPLATE, override_usage = "kohyo review [PATH] [--base REV] [--out FILE] [オプション]\n        kohyo review --remarks FILE… [--out FILE]")]
    Review(review::Arguments),
    /// サイトを作り、この端末で表示する（変更すると作り直す）
    #[command(help_template = arguments::COMMAND_TEMPLATE, override_usage = "kohyo serve [オプション]")]
    Serve(serve::Arguments),
    /// 公表済みの評価書（文字データ）を取り込む
    #[command(help_template = arguments::COMMAND_TEMPLATE, override_usage = "kohyo import FILE… --into DIR [オプション]")]
    Import(import::Arguments),
    /// 新しい自治体や評価書のフォルダを、記入するひな形とともに作る
    #[command(help_template = arguments::COMMAND_TEMPLATE, override_usage = "kohyo new municipality DIR --code CODE6 [オプション]\n        kohyo new assessment DIR --form FORM --name TITLE [オプション]")]
    New(new::Arguments),
    /// 編集ソフトが使う JSON スキーマ（書ける項目と選択肢）を書き出す
    #[command(help_template = arguments::COMMAND_TEMPLATE, override_usage = "kohyo schema FORM [オプション]")]
    Schema(schema::Arguments),
}

/// Runs the command that the arguments ask for.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return ExitCode::from(arguments::explain(&error)),
    };
    let code = match arguments.command {
        Command::Build(arguments) => build::run(&arguments),
        Command::Changes(arguments) => changes::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Due(arguments) => due::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Resolve(arguments) => resolve::run(&arguments),
        Command::Review(arguments) => review::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::New(arguments) => new::run(&arguments),
        Command::Schema(arguments) => schema::run(&arguments),
    };
    ExitCode::from(code)
}

/// Says on standard error why a command could not run.
fn fail(message: impl std::fmt::Display) -> u8 {
    anstream::eprintln!("実行できませんでした: {message}");
    FAILED
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn every_command_is_well_formed_and_speaks_japanese() {
        Arguments::command().debug_assert();
        for mut command in Arguments::command().get_subcommands().cloned() {
            let help = command.render_help().to_string();
            assert!(!help.contains("[OPTIONS]") && !help.contains("default:"), "{help}");
        }
    }
}
