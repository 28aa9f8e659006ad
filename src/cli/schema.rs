//! `kohyo schema`: the JSON Schema of a file, for editors.

use std::path::PathBuf;

use clap::Args;

use super::{DONE, fail};
use crate::form::Form;
use crate::fs;
use crate::schema::Subject;

#[derive(Args)]
pub(super) struct Arguments {
    /// 様式の名前か版の id（全項目評価書、様式2、zenkomoku-h30-05 など）、又は municipality、site、changes
    #[arg(value_name = "FORM", value_parser = subject, help_heading = "引数")]
    subject: Subject,
    /// 書き出すファイル（既定は標準出力）
    #[arg(long, value_name = "FILE", help_heading = "オプション")]
    out: Option<PathBuf>,
}

fn subject(name: &str) -> Result<Subject, String> {
    Subject::named(name).ok_or_else(|| {
        let ids: Vec<_> = Form::all().iter().map(|f| f.head.id.as_str()).collect();
        let mut names: Vec<_> = Form::all().iter().map(|f| f.head.short_title.as_str()).collect();
        names.dedup();
        format!("使える名前: {}、{}、municipality、site、changes", names.join("、"), ids.join("、"))
    })
}

pub(super) fn run(arguments: &Arguments) -> u8 {
    let text = arguments.subject.text();
    let Some(path) = &arguments.out else {
        anstream::print!("{text}");
        return DONE;
    };
    match fs::write(path, text) {
        Ok(()) => DONE,
        Err(error) => fail(error),
    }
}
