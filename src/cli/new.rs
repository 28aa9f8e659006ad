//! `kohyo new`: folders for a municipality and for an assessment, with files to be filled in.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::{DONE, arguments, fail};
use crate::author;
use crate::codes::MunicipalityCode;
use crate::form::Form;
use crate::read::shown;

#[derive(Args)]
#[command(subcommand_help_heading = "作るもの", disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// 自治体のフォルダを作る
    #[command(help_template = arguments::COMMAND_TEMPLATE, override_usage = "kohyo new municipality DIR --code CODE6 [オプション]")]
    Municipality(Municipality),
    /// 評価書のフォルダを作る
    #[command(help_template = arguments::COMMAND_TEMPLATE, override_usage = "kohyo new assessment DIR --form FORM --name TITLE [オプション]")]
    Assessment(Assessment),
}

#[derive(Args)]
struct Municipality {
    /// 作るフォルダ（例: content/019984-mihon）
    #[arg(value_name = "DIR", help_heading = "引数")]
    dir: PathBuf,
    /// 6桁の全国地方公共団体コード（書かなければフォルダの名前から分かる）
    #[arg(long, value_name = "CODE6", value_parser = code, help_heading = "オプション")]
    code: Option<MunicipalityCode>,
    /// 自治体の名前（例: みほん市）
    #[arg(long, value_name = "NAME", help_heading = "オプション")]
    name: Option<String>,
}

#[derive(Args)]
struct Assessment {
    /// 作るフォルダ（例: content/019984-mihon/15-yobosesshu）
    #[arg(value_name = "DIR", help_heading = "引数")]
    dir: PathBuf,
    /// 様式（全項目評価書、重点項目評価書、基礎項目評価書、様式2 など）
    #[arg(long, value_name = "FORM", help_heading = "オプション")]
    form: String,
    /// 様式の版（例: 令和6年10月。書かなければ最新の版）
    #[arg(long, value_name = "EDITION", help_heading = "オプション")]
    edition: Option<String>,
    /// 評価書番号（書かなければフォルダの名前から分かる）
    #[arg(long, value_name = "N", help_heading = "オプション")]
    number: Option<String>,
    /// 評価書名（例: 「予防接種に関する事務 全項目評価書」）
    #[arg(long, value_name = "TITLE", help_heading = "オプション")]
    name: String,
}

fn code(text: &str) -> Result<MunicipalityCode, String> {
    MunicipalityCode::parse(text).map_err(|e| e.to_string())
}

pub(super) fn run(arguments: &Arguments) -> u8 {
    let made = match &arguments.what {
        What::Municipality(new) => municipality(new),
        What::Assessment(new) => assessment(new),
    };
    match made {
        Ok(()) => DONE,
        Err(message) => fail(message),
    }
}

fn municipality(new: &Municipality) -> Result<(), String> {
    let made = author::new_municipality(&new.dir, new.code.as_ref(), new.name.as_deref())?;
    let dir = shown(&new.dir);
    say(
        &made,
        &[
            format!("{dir}/municipality.yaml に、評価実施機関や問合せ先などを書きます。"),
            format!(
                "評価書を作ります: kohyo new assessment {dir}/番号-英数字の名前 --form 全項目評価書 --name 評価書名"
            ),
            format!("書けたら検査します: kohyo check {dir}"),
        ],
    );
    Ok(())
}

fn assessment(new: &Assessment) -> Result<(), String> {
    let form = edition(&new.form, new.edition.as_deref())?;
    let made = author::new_assessment(&new.dir, form, new.number.as_deref(), &new.name)?;
    let dir = shown(&new.dir);
    let content = new.dir.parent().and_then(Path::parent).map(shown).filter(|c| !c.is_empty());
    let content = content.unwrap_or_else(|| "..".into());
    say(
        &made,
        &[
            format!(
                "{dir}/assessment.yaml の「項目:」の後ろに書き込みます（{}、{}）。",
                form.head.short_title, form.head.edition
            ),
            format!("書いていない必須の項目を確かめます: kohyo check {dir}"),
            format!("画面で確かめます: kohyo serve --content {content}"),
        ],
    );
    Ok(())
}

fn edition(name: &str, edition: Option<&str>) -> Result<&'static Form, String> {
    let editions = Form::named(name);
    let Some(newest) = editions.first() else {
        let mut names: Vec<_> = Form::all().iter().map(|f| f.head.short_title.as_str()).collect();
        names.dedup();
        return Err(format!("「{name}」という様式はありません。使える様式: {}", names.join("、")));
    };
    let Some(wanted) = edition else { return Ok(newest) };
    editions.iter().find(|form| form.is_edition(wanted)).copied().ok_or_else(|| {
        let known: Vec<_> = editions.iter().map(|f| f.head.edition.as_str()).collect();
        format!("{}に「{wanted}」の版はありません。使える版: {}", newest.head.short_title, known.join("、"))
    })
}

fn say(made: &[PathBuf], next: &[String; 3]) {
    for path in made {
        anstream::println!("作りました: {}", shown(path));
    }
    anstream::println!("\n次にすること:");
    for (number, line) in next.iter().enumerate() {
        anstream::println!("  {}. {line}", number + 1);
    }
}
