//! Help and complaints about arguments in Japanese; clap itself speaks only English.

use std::path::{Path, PathBuf};

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{DONE, FAILED};
use crate::address;
use crate::form::Form;
use crate::pipeline::Day;
use crate::wareki::{self, CivilDate, Precision};

/// Help of the program as a whole.
pub(super) const HELP_TEMPLATE: &str = "{about}\n\n使い方: kohyo <コマンド> [オプション]\n\n{all-args}\n";
/// Help of one command.
pub(super) const COMMAND_TEMPLATE: &str = "{about}\n\n使い方: {usage}\n\n{all-args}\n";

/// Reads the address that a site is published at, with a slash at its end.
pub(super) fn base_url(text: &str) -> Result<String, String> {
    address::base_url(text).map_err(|fault| format!("{}。{}", fault.about(text), fault.help()))
}

/// Shows help and version as clap renders them; puts complaints into Japanese. Returns the exit code.
pub(super) fn explain(error: &clap::Error) -> u8 {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        anstream::print!("{}", error.render());
        return DONE;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        anstream::eprint!("{}", error.render());
        return FAILED;
    }
    let text = |kind| error.get(kind).map(words).unwrap_or_default();
    let (argument, value) = (text(ContextKind::InvalidArg), text(ContextKind::InvalidValue));
    let message = match error.kind() {
        ErrorKind::UnknownArgument => format!("「{argument}」というオプションはありません"),
        ErrorKind::InvalidSubcommand => {
            format!("「{}」というコマンドはありません", text(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => "コマンドを書いてください".to_owned(),
        ErrorKind::MissingRequiredArgument => format!("必要な引数がありません: {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("「{argument}」に値がありません"),
        ErrorKind::InvalidValue => format!("「{argument}」に「{value}」は使えません"),
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            format!("「{argument}」の値「{value}」が正しくありません。{reason}")
        }
        ErrorKind::ArgumentConflict => {
            format!("「{argument}」は「{}」と一緒には使えません", text(ContextKind::PriorArg))
        }
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => {
            format!("「{argument}」の値の数が違います")
        }
        _ => "引数の書き方が正しくありません".to_owned(),
    };
    anstream::eprintln!("引数の誤り: {message}");
    let valid = text(ContextKind::ValidValue);
    if !valid.is_empty() {
        anstream::eprintln!("使える値: {valid}");
    }
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .map(text)
        .join("");
    if !near.is_empty() {
        anstream::eprintln!("「{near}」のことですか");
    }
    anstream::eprintln!("使い方は kohyo --help で表示します。");
    FAILED
}

/// Says what is wrong with arguments that clap lets pass. Returns the exit code.
pub(super) fn complain(message: &str) -> u8 {
    anstream::eprintln!("引数の誤り: {message}");
    FAILED
}

/// A number of threads.
pub(super) fn jobs(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(jobs) if jobs > 0 => Ok(jobs),
        _ => Err("1 以上の数を書いてください".to_owned()),
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join(" "),
        other => other.to_string(),
    }
}

/// A form by the id of an edition, or by any of its names: then its newest edition.
pub(super) fn form(name: &str) -> Result<&'static Form, String> {
    Form::with_id(name).or_else(|| Form::named(name).first().copied()).ok_or_else(|| {
        let ids: Vec<_> = Form::all().iter().map(|f| f.head.id.as_str()).collect();
        format!("使える名前: 全項目評価書、重点項目評価書、基礎項目評価書、{}", ids.join("、"))
    })
}

/// A date argument, to the day.
pub(super) fn date(text: &str) -> Result<CivilDate, String> {
    let parsed = wareki::parse(text).map_err(|e| e.to_string())?;
    if parsed.date.precision() == Precision::Day {
        Ok(parsed.date)
    } else {
        Err("「2023-11-14」か「令和5年11月14日」のように日まで書いてください".to_owned())
    }
}

/// A folder that a command works on: as it is written, or inside the content folder (「019984-mihon/15-yobosesshu」).
pub(super) fn folder(path: &Path, content: &Path, what: &str) -> Result<PathBuf, String> {
    let inside = content.join(path);
    [path.to_owned(), inside]
        .into_iter()
        .find(|path| path.exists())
        .ok_or_else(|| format!("{} が見つかりません。{what}を指定してください", path.display()))
}

/// The day as of which a command works.
pub(super) fn day(given: Option<CivilDate>) -> Day {
    Day { given, today: today() }
}

/// Today in Japan: the only place where the program looks at a clock.
#[allow(clippy::disallowed_methods, reason = "the one clock; --as-of replaces it")]
fn today() -> CivilDate {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(now.as_secs())
        .ok()
        .and_then(CivilDate::of_moment_in_japan)
        .unwrap_or_else(|| unreachable!("the clock shows a year of four digits"))
}
