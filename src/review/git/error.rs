//! Why the history cannot be read, and what to do.

use std::fmt;
use std::io;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::process::Output;

/// Why the history cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// There is no git program.
    NoGit,
    /// The folder is in no repository.
    NoRepository(PathBuf),
    /// The repository belongs to somebody else, and git refuses to read it.
    Foreign(PathBuf),
    /// Nothing was committed yet.
    Unborn,
    /// No commit has this name.
    Unknown {
        /// The name.
        revision: String,
        /// Whether older commits were left out when the repository was cloned.
        shallow: bool,
    },
    /// A commit has no content folder.
    NoContent {
        /// The beginning of its id, or its name.
        revision: String,
        /// The folder in the repository.
        folder: String,
    },
    /// Older commits were left out when the repository was cloned, and they are needed.
    Shallow,
    /// A merge or the like is not finished; what people call it.
    Unfinished(&'static str),
    /// A git command failed, and this is what it said.
    Failed {
        /// The command.
        command: String,
        /// Its complaint.
        complaint: String,
    },
}

impl Error {
    pub(super) fn of_starting(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::NoGit,
            _ => Self::Failed { command: "git".to_owned(), complaint: error.to_string() },
        }
    }

    pub(super) fn of_opening(folder: &Path, output: &Output) -> Self {
        let complaint = String::from_utf8_lossy(&output.stderr);
        if complaint.contains("dubious ownership") {
            return Self::Foreign(refused(&complaint).unwrap_or(folder).to_owned());
        }
        if complaint.contains("not a git repository") || complaint.contains("must be run in a work tree") {
            return Self::NoRepository(folder.to_owned());
        }
        Self::of_command("rev-parse", output)
    }

    pub(super) fn of_command(command: &str, output: &Output) -> Self {
        let complaint = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Self::Failed { command: format!("git {command}"), complaint }
    }
}

/// The folder that git names: the repository, of which the one asked for may be a part only.
fn refused(complaint: &str) -> Option<&Path> {
    let (_, rest) = complaint.split_once("repository at '")?;
    rest.lines().next()?.strip_suffix('\'').map(Path::new)
}

fn absolute(folder: &Path) -> PathBuf {
    std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned())
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoGit => f.write_str(
                "git のプログラムが見つかりません。前の版は git の履歴から読みます。git を入れ、もう一度実行してください",
            ),
            Self::NoRepository(folder) => write!(
                f,
                "{} は git で管理されていません。前の版は git の履歴から読みます。git のフォルダの中で実行するか、「git init」で管理を始めてください",
                folder.display()
            ),
            Self::Foreign(folder) => write!(
                f,
                "{} の git の履歴は、別の利用者のものなので、git が読みません。信頼できるフォルダなら「git config --global --add safe.directory \"{}\"」を実行してください",
                folder.display(),
                // Double quotes and slashes are understood by every shell, and by git as well.
                absolute(folder).display().to_string().replace(MAIN_SEPARATOR, "/")
            ),
            Self::Unborn => f.write_str(
                "git にまだ一度もコミットされていません。公表済みの版を「git add」と「git commit」で記録してから実行してください",
            ),
            Self::Unknown { revision, shallow } => {
                write!(f, "「{revision}」という版は git の履歴にありません。「git log --oneline」か「git branch --all」で名前を確かめてください")?;
                if *shallow {
                    f.write_str("。古い履歴を省いて複製されているので、「git fetch --unshallow」で取り寄せると見つかることがあります")?;
                }
                Ok(())
            }
            Self::NoContent { revision, folder } => {
                write!(f, "{revision} の版には、評価書の内容のフォルダ（{folder}）がありません。別の版を指定するか、「git add」と「git commit」で記録してから実行してください")
            }
            Self::Shallow => f.write_str(
                "この複製は古い履歴を省いている（shallow clone）ため、公表済みの版を取り出せません。「git fetch --unshallow」を実行してください（GitHub Actions では actions/checkout に fetch-depth: 0 を書きます）",
            ),
            Self::Unfinished(what) => write!(
                f,
                "git の{what}が終わっていません。「git status」で残りを確かめ、終えるか（git commit など）取りやめて（git merge --abort など）から実行してください"
            ),
            Self::Failed { command, complaint } => write!(f, "{command} が失敗しました: {complaint}"),
        }
    }
}

impl std::error::Error for Error {}
