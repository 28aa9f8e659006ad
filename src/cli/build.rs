//! `kohyo build`: check, render, swap in.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use super::check::{Format, show};
use super::progress::{Progress, seconds};
use super::summary::summary;
use super::{DONE, FOUND, arguments, fail};
use crate::pipeline::{BuildOptions, BuildOutcome, Note, NoteKind, Published, build};
use crate::wareki::CivilDate;

#[derive(Args, Clone)]
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
    pub(super) content: PathBuf,
    /// 公開するフォルダ（既定は public）
    #[arg(
        long,
        value_name = "DIR",
        default_value = "public",
        hide_default_value = true,
        help_heading = "オプション"
    )]
    pub(super) out: PathBuf,
    /// 標準のテーマの一部を置き換えるフォルダ
    #[arg(long, value_name = "DIR", help_heading = "オプション")]
    pub(super) theme: Option<PathBuf>,
    /// 公開先の URL（site.yaml の base_url の代わり）
    #[arg(long, value_name = "URL", value_parser = arguments::base_url, help_heading = "オプション")]
    pub(super) base_url: Option<String>,
    /// この日の時点で公表されているものを作る（既定は日本の今日）
    #[arg(long, value_name = "DATE", value_parser = arguments::date, help_heading = "オプション")]
    pub(super) as_of: Option<CivilDate>,
    /// 公表日が来ていない評価書も作る
    #[arg(long, help_heading = "オプション")]
    pub(super) drafts: bool,
    /// 誤りのある評価書も作る（指摘は表示し、数える）
    #[arg(long, help_heading = "オプション")]
    pub(super) allow_errors: bool,
    /// 同時に使う処理の数（既定は CPU の数）
    #[arg(long, value_name = "N", value_parser = arguments::jobs, help_heading = "オプション")]
    pub(super) jobs: Option<usize>,
}

impl Arguments {
    pub(super) fn options(&self) -> BuildOptions {
        BuildOptions {
            content: self.content.clone(),
            out: self.out.clone(),
            theme: self.theme.clone(),
            base_url: self.base_url.clone(),
            day: arguments::day(self.as_of),
            drafts: self.drafts,
            allow_errors: self.allow_errors,
        }
    }

    /// Sets the number of threads for the whole process.
    pub(super) fn set_jobs(&self) -> Result<(), String> {
        let Some(jobs) = self.jobs else { return Ok(()) };
        rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global().map_err(|e| e.to_string())
    }
}

pub(super) fn run(arguments: &Arguments) -> u8 {
    if let Err(message) = arguments.set_jobs() {
        return fail(message);
    }
    let began = Instant::now();
    let outcome = match build(&arguments.options(), &Progress::new()) {
        Ok(outcome) => outcome,
        Err(error) => return fail(error),
    };
    show(&outcome.diagnostics, Format::Human);
    report(&outcome, arguments, began)
}

/// Says what was built and where. Returns the exit code.
pub(super) fn report(outcome: &BuildOutcome, arguments: &Arguments, began: Instant) -> u8 {
    anstream::eprintln!("{}", summary(&outcome.documents, &outcome.diagnostics, &outcome.accepted));
    let Some(published) = &outcome.published else {
        anstream::eprintln!(
            "誤りがあるため、{} は前のままです。誤りを直すか、取り込んだ評価書なら --allow-errors を付けてください。",
            arguments.out.display()
        );
        return FOUND;
    };
    for note in &published.notes {
        anstream::eprintln!("{}", told(note));
    }
    if let Some(warning) = accessibility(published) {
        anstream::eprintln!("{warning}");
    }
    for document in &published.left_out {
        anstream::eprintln!("{document}");
    }
    anstream::eprintln!("{}", built(published, arguments, began));
    DONE
}

/// What people should know about a version that is shown.
pub(super) fn told(note: &Note) -> String {
    let folder = &note.folder;
    match &note.what {
        NoteKind::HeldBack { until, shown: None } => {
            format!("公表日（{}）が来ていないため除きました: {folder}", until.wareki())
        }
        NoteKind::HeldBack { until, shown: Some(shown) } => format!(
            "公表日（{}）が来ていないため、公表済みの版（{}）を載せました: {folder}",
            until.wareki(),
            shown.wareki()
        ),
        NoteKind::Edited(day) => format!(
            "公表（{}）の後に、公表日を改めずに変更されています。公表済みの版を載せました: {folder}\n  新しい版として公表するときは、公表日を改めてください（変更箇所は「kohyo changes draft」で下書きできます）。",
            day.wareki()
        ),
        NoteKind::Kept { shown, ended: Some(ended) } => format!(
            "フォルダがなくなりましたが、事務の終了（{}）から3年を経過していないため、公表済みの版（{}）を載せました: {folder}",
            ended.wareki(),
            shown.wareki()
        ),
        NoteKind::Kept { shown, ended: None } => format!(
            "フォルダがなくなりましたが、事務の終了が記録されていないため、公表済みの版（{}）を載せました: {folder}\n  事務が終わったのなら、フォルダを戻し、評価書名と管理情報に終了日を書いてください。終わってから3年が経過するまでは公表します。",
            shown.wareki()
        ),
        NoteKind::Gone => format!(
            "自治体のフォルダごとなくなったため、公表済みの評価書を載せていません: {folder}\n  フォルダの名前を変えたのなら、団体コードは前のままにしてください。"
        ),
        NoteKind::WithoutHistory(error) => {
            format!("過去に公表した版のページが、足りないことがあります: {folder}\n  {error}。")
        }
    }
}

/// What our own look at the pages found; it stops nothing, for a theme is mended in its own time.
fn accessibility(published: &Published) -> Option<String> {
    let total: u64 = published.findings.iter().map(|count| count.findings).sum();
    let rules = published
        .findings
        .iter()
        .map(|count| format!("\n  {} … {} 件（{} ページ）", count.rule.title(), count.findings, count.pages));
    (total > 0).then(|| {
        format!(
            "警告: 作ったページの検査で、指摘が {total} 件あります。場所は accessibility/report/index.html に載せました。{}",
            rules.collect::<String>()
        )
    })
}

fn built(published: &Published, arguments: &Arguments, began: Instant) -> String {
    format!(
        "自治体 {}、評価書 {} 件から {} ページ（{}）を {} に作りました（{}）",
        published.municipalities,
        published.assessments,
        published.pages,
        size(published.bytes),
        arguments.out.display(),
        seconds(began.elapsed())
    )
}

/// A number of bytes for people.
fn size(bytes: u64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "two digits are shown")]
    let megabytes = bytes as f64 / 1_000_000.0;
    format!("{megabytes:.1} MB")
}
