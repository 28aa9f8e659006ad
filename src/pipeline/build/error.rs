//! Why a build could not run, as people read it.

use std::fmt;
use std::path::PathBuf;

use crate::fs;
use crate::pipeline::publication;
use crate::site::{RenderError, ThemeError};
use crate::wareki::CivilDate;
use crate::write;

/// More files than this are only counted where a leak is named.
const MOST_PLACES: usize = 20;

/// Why a build could not run. The published folder is as it was.
#[derive(Debug)]
pub enum BuildError {
    /// A file operation failed.
    File(fs::Error),
    /// The site could not be written.
    Write(write::Error),
    /// The theme cannot be used.
    Theme(ThemeError),
    /// A page could not be rendered.
    Render(RenderError),
    /// A document changed while the build was running.
    Changed(PathBuf),
    /// There is nothing to publish.
    Nothing(PathBuf),
    /// No document of the folder is public on the day.
    NotYet(PathBuf, CivilDate),
    /// It cannot be said what is public.
    Publication(publication::Error),
    /// A version that was published cannot be read any more.
    Unreadable(PathBuf),
    /// The folder holds data that is not wanted now, and would lose it.
    Wider(PathBuf),
    /// What was put aside while the documents were rendered is not what was put there.
    Waiting,
    /// Files of the new site, with their lines, hold what may be a 個人番号.
    Leak(Vec<(String, usize)>),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Write(error) => error.fmt(f),
            Self::Theme(error) => error.fmt(f),
            Self::Render(error) => error.fmt(f),
            Self::Changed(path) => {
                write!(f, "{} が作成の途中で書き換えられました。もう一度実行してください", path.display())
            }
            Self::Publication(error) => error.fmt(f),
            Self::Unreadable(path) => write!(
                f,
                "公表済みの版 {} を読めません。git の履歴のその版を確かめてください（「git show」で中身を表示します）",
                path.display()
            ),
            Self::NotYet(path, day) => write!(
                f,
                "{} に、{}までに公表日の来る評価書がありません。公表前の内容を確かめるには --drafts を付けます",
                path.display(),
                day.wareki()
            ),
            Self::Nothing(path) => write!(
                f,
                "{} に公表できる評価書がありません。「6桁の団体コード-名前」のフォルダに municipality.yaml と評価書のフォルダを置いてください",
                path.display()
            ),
            Self::Wider(path) => write!(
                f,
                "{} には、ほかのデータも書き出されています。消さないよう、書き出しをやめました。別のフォルダを --out に指定するか、--what を付けずに全部を書き出してください",
                path.display()
            ),
            Self::Waiting => f.write_str(
                "作成の途中でディスクに置いたデータを読み戻せませんでした。公開フォルダは前のままです。ディスクの空きと状態を確かめて、もう一度実行してください",
            ),
            Self::Leak(places) => {
                f.write_str("書き出すページに、個人番号（マイナンバー）の可能性がある12桁の数字があります（数字は伏せています）。公開フォルダは前のままです。\n")?;
                for (path, line) in places.iter().take(MOST_PLACES) {
                    writeln!(f, "  {path} の {line} 行目")?;
                }
                if let Some(more) = places.len().checked_sub(MOST_PLACES).filter(|more| *more > 0) {
                    writeln!(f, "  ほか {more} 個のファイル")?;
                }
                f.write_str("元の記載やテーマのファイルから、その数字を消してください。誤りを残して書き出す指定（--allow-errors）をしていても、公表しません")
            }
        }
    }
}

impl std::error::Error for BuildError {}

impl From<fs::Error> for BuildError {
    fn from(error: fs::Error) -> Self {
        Self::File(error)
    }
}

impl From<write::Error> for BuildError {
    fn from(error: write::Error) -> Self {
        Self::Write(error)
    }
}

impl From<publication::Error> for BuildError {
    fn from(error: publication::Error) -> Self {
        Self::Publication(error)
    }
}

impl From<ThemeError> for BuildError {
    fn from(error: ThemeError) -> Self {
        Self::Theme(error)
    }
}

impl From<RenderError> for BuildError {
    fn from(error: RenderError) -> Self {
        Self::Render(error)
    }
}
