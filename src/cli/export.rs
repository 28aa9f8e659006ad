//! `kohyo export`: open data without pages, into a folder or as one file on standard output.

use std::io::{self, IsTerminal as _, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::build::told;
use super::check::{Format, show};
use super::progress::Progress;
use super::summary::summary;
use super::{DONE, FOUND, arguments, fail};
use crate::diagnostic;
use crate::pipeline::{BuildOptions, Export, Exported, export};
use crate::wareki::CivilDate;

#[derive(Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// 内容のフォルダ（既定は content）
    #[arg(
        long,
        value_name = "DIR",
        default_value = "content",
        hide_default_value = true,
        help_heading = "オプション"
    )]
    content: PathBuf,
    /// 書き出すフォルダ。書かなければ標準出力に書く（assessments と、--what を書かずに全部を書き出すときは、書かなければならない）
    #[arg(long, value_name = "DIR", help_heading = "オプション")]
    out: Option<PathBuf>,
    /// 書き出すもの: documents（評価書の一覧）、items（項目）、changes（変更箇所）、assessments（評価書ごとの JSON）、catalog（データの目録）。書かなければ全部
    #[arg(long, value_enum, value_name = "WHAT", hide_possible_values = true, help_heading = "オプション")]
    what: Option<What>,
    /// 公開先の URL（site.yaml の base_url の代わり）
    #[arg(long, value_name = "URL", value_parser = arguments::base_url, help_heading = "オプション")]
    base_url: Option<String>,
    /// この日の時点で公表されているものを書き出す（既定は日本の今日）
    #[arg(long, value_name = "DATE", value_parser = arguments::date, help_heading = "オプション")]
    as_of: Option<CivilDate>,
    /// 公表日が来ていない評価書も書き出す
    #[arg(long, help_heading = "オプション")]
    drafts: bool,
    /// 誤りのある評価書も書き出す（指摘は表示し、数える）
    #[arg(long, help_heading = "オプション")]
    allow_errors: bool,
}

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// 評価書の一覧
    Documents,
    /// 項目
    Items,
    /// 変更箇所
    Changes,
    /// 評価書ごとの JSON
    Assessments,
    /// データの目録
    Catalog,
}

impl Arguments {
    fn what(&self) -> Export {
        match self.what {
            None => Export::All,
            Some(What::Documents) => Export::Documents,
            Some(What::Items) => Export::Items,
            Some(What::Changes) => Export::Changes,
            Some(What::Assessments) => Export::Assessments,
            Some(What::Catalog) => Export::Catalog,
        }
    }

    fn options(&self) -> BuildOptions {
        BuildOptions {
            content: self.content.clone(),
            out: self.out.clone().unwrap_or_default(),
            theme: None,
            base_url: self.base_url.clone(),
            day: arguments::day(self.as_of),
            drafts: self.drafts,
            allow_errors: self.allow_errors,
        }
    }
}

pub(super) fn run(arguments: &Arguments) -> u8 {
    let what = arguments.what();
    if arguments.out.is_none() && what.single().is_none() {
        return arguments::complain(
            "複数のファイルになるので、--out で書き出すフォルダを指定してください。一つのファイルを標準出力に書くなら、--what に documents、items、changes、catalog のどれかを指定します",
        );
    }
    let mut stdout = io::stdout().lock();
    let stream: Option<&mut dyn Write> = if arguments.out.is_none() { Some(&mut stdout) } else { None };
    let exported = match export(&arguments.options(), what, stream, &Progress::new()) {
        Ok(exported) => exported,
        Err(error) => return fail(error),
    };
    show_findings(&exported, arguments);
    report(&exported, arguments)
}

/// Findings belong on standard error where data goes to standard output.
fn show_findings(exported: &Exported, arguments: &Arguments) {
    if arguments.out.is_some() {
        show(&exported.diagnostics, Format::Human);
    } else {
        let color = io::stderr().is_terminal();
        exported
            .diagnostics
            .iter()
            .for_each(|found| anstream::eprintln!("{}\n", diagnostic::human(found, color)));
    }
    anstream::eprintln!("{}", summary(&exported.documents, &exported.diagnostics, &exported.accepted));
}

fn report(exported: &Exported, arguments: &Arguments) -> u8 {
    let Some((documents, files)) = exported.written else {
        anstream::eprintln!(
            "誤りがあるため、何も書き出していません。「kohyo check」で指摘を見て直すか、取り込んだ評価書なら --allow-errors を付けてください。"
        );
        return FOUND;
    };
    for note in &exported.notes {
        anstream::eprintln!("{}", told(note));
    }
    for document in &exported.left_out {
        anstream::eprintln!("{document}");
    }
    let place = arguments.out.as_ref().map_or_else(|| "標準出力".to_owned(), |out| out.display().to_string());
    anstream::eprintln!("評価書 {documents} 件のデータ（ファイル {files} 個）を {place} に書き出しました");
    DONE
}
