//! Pages to a new folder beside the old one, swapped in whole: what is public is the old site or the new one, never a mix.

use std::collections::BTreeSet;
use std::fmt;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::fs;

/// What a folder that this program writes is for. A file in it marks it, so that it may be replaced by the like of it, and lists what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folder {
    /// A site.
    Site,
    /// Open data alone.
    Data,
}

impl Folder {
    /// The file that marks it.
    fn marker(self) -> &'static str {
        match self {
            Self::Site => ".kohyo-site",
            Self::Data => ".kohyo-data",
        }
    }
}

/// First line of the marker.
const HEAD: &str = "# このフォルダは kohyo が書き出しました。書き出したファイルの一覧:";

/// Why a site was not written. The published folder is as it was, but for [`Error::Stranded`].
#[derive(Debug)]
pub enum Error {
    /// A file operation failed.
    File(fs::Error),
    /// The folder holds files that this program did not write.
    Foreign(PathBuf),
    /// The folder holds what another command wrote: a site where data is to be written, or the other way round.
    OtherKind(PathBuf),
    /// The folder cannot be moved: it is where a disk is mounted.
    Mounted(PathBuf),
    /// The new site could not be put in the place of the old one, nor the old one back: where the old one is now.
    Stranded {
        /// The published folder.
        out: PathBuf,
        /// What was in it.
        old: PathBuf,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Foreign(path) => write!(
                f,
                "{} には kohyo が作ったものでないファイルがあります。消さないよう、書き出しをやめました。\
                 空のフォルダか、前に kohyo で書き出したフォルダを --out に指定してください",
                path.display()
            ),
            Self::OtherKind(path) => write!(
                f,
                "{} は、kohyo の別のコマンドが書き出したフォルダです（サイトは build、データは export）。\
                 消さないよう、書き出しをやめました。別のフォルダを --out に指定してください",
                path.display()
            ),
            Self::Mounted(path) => write!(
                f,
                "{} はディスクをつないだ場所なので、フォルダごと入れ替えられません。その中のフォルダを --out に指定してください（例: {}）",
                path.display(),
                path.join("site").display()
            ),
            Self::Stranded { out, old } => write!(
                f,
                "{} を入れ替える途中で失敗し、元に戻すこともできませんでした。前の内容は {} にあります。\
                 ほかのプログラムがフォルダを開いていないかを確かめ、その名前を {} に戻してください",
                out.display(),
                old.display(),
                out.display()
            ),
        }
    }
}

impl std::error::Error for Error {}

impl From<fs::Error> for Error {
    fn from(error: fs::Error) -> Self {
        Self::File(error)
    }
}

/// A site that is being written. Dropped without [`Staging::publish`], it leaves nothing behind.
#[derive(Debug)]
pub struct Staging {
    out: PathBuf,
    kind: Folder,
    folder: tempfile::TempDir,
}

impl Staging {
    /// Begins a new site beside `out`, on the same file system.
    pub fn begin(out: &Path, kind: Folder) -> Result<Self, Error> {
        let out = absolute(out);
        refuse_foreign(&out, kind)?;
        let parent = out.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf);
        fs::create_dir_all(&parent)?;
        let folder = fs::temp_dir_in(&parent, ".kohyo-new-")?;
        Ok(Self { out, kind, folder })
    }

    /// A place for files from which others are chosen; it is never published.
    pub fn scratch() -> Result<Self, Error> {
        let parent = std::env::temp_dir();
        let folder = fs::temp_dir_in(&parent, "kohyo-")?;
        Ok(Self { out: parent, kind: Folder::Data, folder })
    }

    /// Writes one page or asset; `path` is relative with `/`.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) -> Result<(), Error> {
        Ok(fs::write(&self.folder.path().join(path), bytes)?)
    }

    /// Begins a file that is written piece by piece.
    pub fn grow(&self, path: &str) -> Result<fs::Growing, Error> {
        Ok(fs::Growing::begin(&self.folder.path().join(path))?)
    }

    /// Begins a file for what waits until other pages are written; it never becomes a part of the site.
    pub fn waiting(&self) -> Result<fs::Waiting, Error> {
        Ok(fs::Waiting::begin(self.folder.path())?)
    }

    /// Reads a file that was written before.
    pub fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        Ok(fs::read(&self.folder.path().join(path))?)
    }

    /// Where a file is before it is published.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The files that were written, in the order of their paths.
    pub fn files(&self) -> Result<Vec<String>, Error> {
        relative_files(self.folder.path())
    }

    /// Gives the bytes of a file that was written before.
    pub fn stream(&self, path: &str, to: &mut dyn Write) -> Result<(), Error> {
        Ok(fs::stream(&self.path(path), to)?)
    }

    /// All files that the site will have, with those of others that stay: relative to it, with `/`.
    pub fn all_files(&self) -> Result<Vec<String>, Error> {
        let mut files = relative_files(self.folder.path())?;
        if self.out.exists() {
            files.extend(self.foreign_files()?);
        }
        Ok(files)
    }

    /// Copies one file into the site.
    pub fn copy(&self, from: &Path, path: &str) -> Result<(), Error> {
        Ok(fs::copy(from, &self.folder.path().join(path))?)
    }

    /// Puts the new site in the place of the old one. Files that this program did not write (`.htaccess`, `robots.txt`,
    /// the mark of a search engine) are the web master's and move along; pages of the old site that are no more do not.
    pub fn publish(self) -> Result<(), Error> {
        let mut written: Vec<_> = relative_files(self.folder.path())?;
        written.insert(0, HEAD.to_owned());
        fs::write(&self.folder.path().join(self.kind.marker()), written.join("\n") + "\n")?;
        if !self.out.exists() {
            fs::rename(self.folder.path(), &self.out)?;
            self.forget();
            return Ok(());
        }
        self.keep_foreign_files()?;
        let parent = self.out.parent().map_or_else(|| PathBuf::from("."), Path::to_path_buf);
        let grave = fs::temp_dir_in(&parent, ".kohyo-old-")?;
        let old = grave.path().join("site");
        fs::rename(&self.out, &old).map_err(|error| self.unmovable(error))?;
        if let Err(error) = fs::rename(self.folder.path(), &self.out) {
            put_back(grave, &old, &self.out)?;
            return Err(error.into());
        }
        self.forget();
        Ok(())
    }

    fn unmovable(&self, error: fs::Error) -> Error {
        match error.kind() {
            ErrorKind::ResourceBusy | ErrorKind::CrossesDevices => Error::Mounted(self.out.clone()),
            _ => error.into(),
        }
    }

    /// The files that this program wrote into the folder before.
    pub fn written_before(&self) -> Result<Vec<String>, Error> {
        let marker = self.out.join(self.kind.marker());
        let list = if marker.exists() { fs::read(&marker)? } else { Vec::new() };
        Ok(String::from_utf8_lossy(&list).lines().skip(1).map(str::to_owned).collect())
    }

    fn keep_foreign_files(&self) -> Result<(), Error> {
        for file in self.foreign_files()? {
            let target = self.folder.path().join(&file);
            if !target.exists() {
                fs::copy(&self.out.join(&file), &target)?;
            }
        }
        Ok(())
    }

    /// Files of the old site that this program did not write.
    fn foreign_files(&self) -> Result<Vec<String>, Error> {
        let ours: BTreeSet<String> = self.written_before()?.into_iter().collect();
        let mut files = relative_files(&self.out)?;
        files.retain(|file| file != self.kind.marker() && !ours.contains(file));
        Ok(files)
    }

    /// The temporary name is gone; there is nothing left to remove.
    fn forget(self) {
        let _ = self.folder.keep();
    }
}

/// A folder that is not empty and not ours is never replaced.
fn refuse_foreign(out: &Path, kind: Folder) -> Result<(), Error> {
    if !out.exists() {
        return Ok(());
    }
    let visible = fs::entries(out)?
        .iter()
        .any(|p| p.file_name().is_some_and(|n| !n.to_string_lossy().starts_with('.')));
    let is = |kind: Folder| out.join(kind.marker()).exists();
    if !visible || is(kind) {
        return Ok(());
    }
    let out = out.to_owned();
    Err(if is(Folder::Site) || is(Folder::Data) { Error::OtherKind(out) } else { Error::Foreign(out) })
}

/// All files below a folder, relative to it, with `/`.
fn relative_files(root: &Path) -> Result<Vec<String>, Error> {
    let files = fs::files_below(root)?;
    let name = |path: &PathBuf| path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
    Ok(files.iter().map(name).collect())
}

/// Nothing may be lost: the old site goes back to its place, or stays where it is and is told about.
fn put_back(grave: tempfile::TempDir, old: &Path, out: &Path) -> Result<(), Error> {
    if fs::rename(old, out).is_ok() {
        return Ok(());
    }
    // Dropped, it would take the old site along.
    let _ = grave.keep();
    Err(Error::Stranded { out: out.to_owned(), old: old.to_owned() })
}

/// Where a folder really is: not a link to it, which would be replaced by a folder while what it leads to stays as it was.
fn absolute(path: &Path) -> PathBuf {
    path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_swapped_in_whole_and_files_of_others_stay() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        fs::write(&out.join(".htaccess"), "x").unwrap();
        for (page, other) in [("a.html", "b.html"), ("b.html", "a.html")] {
            let staging = Staging::begin(&out, Folder::Site).unwrap();
            staging.write(page, "neu").unwrap();
            staging.publish().unwrap();
            assert!(out.join(page).exists() && !out.join(other).exists());
            assert!(out.join(".htaccess").exists());
            fs::write(&out.join("robots.txt"), "x").unwrap();
        }
        assert!(out.join("robots.txt").exists());
        assert_eq!(fs::entries(dir.path()).unwrap().len(), 1, "nothing is left beside the site");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_the_published_folder_stays_a_link() {
        let dir = tempfile::tempdir().unwrap();
        let (real, link) = (dir.path().join("www"), dir.path().join("public"));
        fs::create_dir_all(&real).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        let staging = Staging::begin(&link, Folder::Site).unwrap();
        staging.write("a.html", "neu").unwrap();
        staging.publish().unwrap();
        assert!(link.is_symlink() && real.join("a.html").exists());
    }

    #[test]
    fn a_site_that_cannot_go_back_is_kept_and_told_about() {
        let dir = tempfile::tempdir().unwrap();
        let grave = fs::temp_dir_in(dir.path(), ".kohyo-old-").unwrap();
        let (old, out) = (grave.path().join("site"), dir.path().join("public"));
        fs::write(&old.join("a.html"), "old").unwrap();
        // Another build was quicker.
        fs::write(&out.join("b.html"), "new").unwrap();
        let error = put_back(grave, &old, &out).unwrap_err();
        assert!(error.to_string().contains(&old.display().to_string()), "{error}");
        assert!(old.join("a.html").exists());
    }

    #[test]
    fn an_abandoned_site_leaves_the_old_one() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        let staging = Staging::begin(&out, Folder::Site).unwrap();
        staging.write("a.html", "old").unwrap();
        staging.publish().unwrap();
        let staging = Staging::begin(&out, Folder::Site).unwrap();
        staging.write("a.html", "new").unwrap();
        drop(staging);
        assert_eq!(fs::read(&out.join("a.html")).unwrap(), b"old");
        assert_eq!(fs::entries(dir.path()).unwrap().len(), 1);
    }

    #[test]
    fn a_site_and_data_never_replace_each_other() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        let staging = Staging::begin(&out, Folder::Site).unwrap();
        staging.write("a.html", "old").unwrap();
        staging.publish().unwrap();
        assert!(matches!(Staging::begin(&out, Folder::Data), Err(Error::OtherKind(_))));
        assert!(Staging::begin(&out, Folder::Site).is_ok());
    }

    #[test]
    fn foreign_files_are_never_replaced() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(&dir.path().join("thesis.doc"), "x").unwrap();
        assert!(matches!(Staging::begin(dir.path(), Folder::Site), Err(Error::Foreign(_))));
    }
}
