//! `std::fs` with errors that name the file, in words. All reading and writing of the program goes through here.
#![allow(clippy::disallowed_methods)]

use std::fmt;
use std::fs;
use std::io::{self, Read as _, Seek as _, Write};
use std::path::{Path, PathBuf};

/// A file operation that failed.
#[derive(Debug)]
pub struct Error {
    /// What was tried, e.g. 読み込み.
    action: &'static str,
    path: PathBuf,
    source: io::Error,
}

impl Error {
    /// The file or folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The result of reading a file that is not on disk.
    pub fn naming<T>(result: io::Result<T>, path: &Path) -> Result<T> {
        named(result, "読み込み", path)
    }

    /// The kind of failure.
    pub fn kind(&self) -> io::ErrorKind {
        self.source.kind()
    }

    /// Why it failed, in words.
    pub fn reason(&self) -> String {
        match self.source.kind() {
            io::ErrorKind::NotFound => "見つかりません".to_owned(),
            io::ErrorKind::PermissionDenied => "権限がありません".to_owned(),
            io::ErrorKind::AlreadyExists => "すでにあります".to_owned(),
            io::ErrorKind::NotADirectory => "フォルダではありません".to_owned(),
            io::ErrorKind::IsADirectory => "フォルダです".to_owned(),
            io::ErrorKind::StorageFull => "空き容量がありません".to_owned(),
            _ => self.source.to_string(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} の{}に失敗しました: {}", self.path.display(), self.action, self.reason())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

/// Result of a file operation.
pub type Result<T> = std::result::Result<T, Error>;

fn named<T>(result: io::Result<T>, action: &'static str, path: &Path) -> Result<T> {
    result.map_err(|source| Error { action, path: path.to_owned(), source })
}

/// Reads a whole file.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    named(fs::read(path), "読み込み", path)
}

/// Writes a whole file, making the folders above it.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<()> {
    if let Some(parent) = path.parent() {
        create_dir_all(parent)?;
    }
    named(fs::write(path, bytes), "書き込み", path)
}

/// Puts new contents in the place of a file, in one step: whoever reads it finds the old or the new ones. Its permissions stay, and
/// a link to it stays a link.
pub fn replace(path: &Path, bytes: impl AsRef<[u8]>) -> Result<()> {
    let swap = || {
        let real = path.canonicalize()?;
        let mut file = tempfile::NamedTempFile::new_in(real.parent().unwrap_or(Path::new(".")))?;
        file.write_all(bytes.as_ref())?;
        file.as_file().set_permissions(fs::metadata(&real)?.permissions())?;
        file.as_file().sync_all()?;
        file.persist(&real).map_err(|error| error.error)?;
        Ok(())
    };
    named(swap(), "書き込み", path)
}

/// A file that is written piece by piece.
#[derive(Debug)]
pub struct Growing {
    path: PathBuf,
    file: io::BufWriter<fs::File>,
}

impl Growing {
    /// Begins a file, making the folders above it.
    pub fn begin(path: &Path) -> Result<Self> {
        if let Some(parent) = path.parent() {
            create_dir_all(parent)?;
        }
        let file = named(fs::File::create(path), "書き込み", path)?;
        Ok(Self { path: path.to_owned(), file: io::BufWriter::new(file) })
    }

    /// Adds a piece.
    pub fn append(&mut self, bytes: &[u8]) -> Result<()> {
        named(self.file.write_all(bytes), "書き込み", &self.path)
    }

    /// Writes what is still held back. Without it, a fault of the last pieces would go unseen.
    pub fn finish(mut self) -> Result<()> {
        named(self.file.flush(), "書き込み", &self.path)
    }
}

/// A file without a name, for what waits between two stages. It is gone when this is dropped.
#[derive(Debug)]
pub struct Waiting {
    folder: PathBuf,
    file: fs::File,
    length: u64,
}

impl Waiting {
    /// Begins one on the file system of a folder.
    pub fn begin(folder: &Path) -> Result<Self> {
        let file = named(tempfile::tempfile_in(folder), "作成", folder)?;
        Ok(Self { folder: folder.to_owned(), file, length: 0 })
    }

    /// Adds bytes; where they begin.
    pub fn append(&mut self, bytes: &[u8]) -> Result<u64> {
        let start = self.length;
        let mut write = || {
            self.file.seek(io::SeekFrom::Start(start))?;
            self.file.write_all(bytes)
        };
        named(write(), "書き込み", &self.folder)?;
        self.length += bytes.len() as u64;
        Ok(start)
    }

    /// Reads bytes again.
    pub fn read(&mut self, start: u64, length: usize) -> Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        let mut read = || {
            self.file.seek(io::SeekFrom::Start(start))?;
            self.file.read_exact(&mut bytes)
        };
        named(read(), "読み込み", &self.folder)?;
        Ok(bytes)
    }
}

/// Makes a folder and those above it.
pub fn create_dir_all(path: &Path) -> Result<()> {
    named(fs::create_dir_all(path), "作成", path)
}

/// Copies a file, making the folders above the copy.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(parent) = to.parent() {
        create_dir_all(parent)?;
    }
    named(fs::copy(from, to).map(|_| ()), "コピー", from)
}

/// Gives the bytes of a file, or as many as the receiver wants: `head` closes the pipe when it has enough.
pub fn stream(path: &Path, to: &mut dyn Write) -> Result<()> {
    let mut file = named(fs::File::open(path), "読み込み", path)?;
    let copied = io::copy(&mut file, to).and_then(|_| to.flush());
    match copied {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        // A file that was just opened can be read; what receives it may be full.
        copied => named(copied, "書き込み", Path::new("標準出力")),
    }
}

/// Moves a file or folder within one file system.
pub fn rename(from: &Path, to: &Path) -> Result<()> {
    named(fs::rename(from, to), "移動", from)
}

/// Removes a folder with everything in it.
pub fn remove_dir_all(path: &Path) -> Result<()> {
    named(fs::remove_dir_all(path), "削除", path)
}

/// The entries of a folder, sorted by name so that every run meets them in the same order.
pub fn entries(path: &Path) -> Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for entry in named(fs::read_dir(path), "読み込み", path)? {
        all.push(named(entry, "読み込み", path)?.path());
    }
    all.sort();
    Ok(all)
}

/// Copies a file or a folder with everything in it.
pub fn copy_tree(from: &Path, to: &Path) -> Result<()> {
    if !from.is_dir() {
        return copy(from, to);
    }
    create_dir_all(to)?;
    for entry in entries(from)? {
        if let Some(name) = entry.file_name() {
            copy_tree(&entry, &to.join(name))?;
        }
    }
    Ok(())
}

/// A new folder with a name of its own inside `parent`, readable by everybody as a published folder must be.
pub fn temp_dir_in(parent: &Path, prefix: &str) -> Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o755));
    }
    named(builder.tempdir_in(parent), "作成", parent)
}

/// All files below a folder, sorted by path.
pub fn files_below(path: &Path) -> Result<Vec<PathBuf>> {
    let mut all = Vec::new();
    for entry in entries(path)? {
        if entry.is_dir() {
            all.extend(files_below(&entry)?);
        } else {
            all.push(entry);
        }
    }
    Ok(all)
}

/// The file that a relative path names inside a folder; none where it is missing or leads out, be it by `..`, by an
/// absolute path or by a link.
pub fn file_within(folder: &Path, relative: &str) -> Option<PathBuf> {
    within(folder, relative).filter(|path| path.is_file())
}

/// The folder that a relative path names inside another one; none where it is missing or leads out.
pub fn folder_within(folder: &Path, relative: &str) -> Option<PathBuf> {
    within(folder, relative).filter(|path| path.is_dir())
}

fn within(folder: &Path, relative: &str) -> Option<PathBuf> {
    let is_plain = |part| matches!(part, std::path::Component::Normal(_));
    if relative.is_empty() || !Path::new(relative).components().all(is_plain) {
        return None;
    }
    let path = folder.join(relative);
    path.canonicalize().ok()?.starts_with(folder.canonicalize().ok()?).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_replaced_file_keeps_its_permissions_and_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.txt");
        write(&file, "old").unwrap();
        replace(&file, "new").unwrap();
        assert_eq!(read(&file).unwrap(), b"new");
        assert_eq!(entries(dir.path()).unwrap().len(), 1);
        assert!(replace(&dir.path().join("missing"), "x").is_err());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
            let link = dir.path().join("link");
            std::os::unix::fs::symlink(&file, &link).unwrap();
            replace(&link, "newer").unwrap();
            assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
            assert_eq!(read(&file).unwrap(), b"newer");
            assert!(link.is_symlink());
        }
    }

    #[test]
    fn a_file_grows_piece_by_piece() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a/b.txt");
        let mut file = Growing::begin(&path).unwrap();
        file.append(b"one,").unwrap();
        file.append(b"two").unwrap();
        file.finish().unwrap();
        assert_eq!(read(&path).unwrap(), b"one,two");
        assert!(Growing::begin(dir.path()).is_err());
    }

    #[test]
    fn a_reader_that_has_enough_is_no_failure() {
        struct Closed(io::ErrorKind);
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(self.0.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.txt");
        write(&path, "one").unwrap();
        stream(&path, &mut Closed(io::ErrorKind::BrokenPipe)).unwrap();
        assert!(stream(&path, &mut Closed(io::ErrorKind::StorageFull)).is_err());
        assert!(stream(&dir.path().join("none"), &mut Vec::new()).is_err());
    }

    #[test]
    fn what_waits_is_read_again_and_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let mut file = Waiting::begin(dir.path()).unwrap();
        assert_eq!((file.append(b"one").unwrap(), file.append(b"three").unwrap()), (0, 3));
        assert_eq!(file.read(3, 5).unwrap(), b"three");
        assert_eq!(file.append(b"!").unwrap(), 8);
        assert_eq!(file.read(0, 3).unwrap(), b"one");
        assert!(file.read(8, 2).is_err());
        drop(file);
        assert!(entries(dir.path()).unwrap().is_empty());
    }

    #[test]
    fn nothing_outside_a_folder_is_within_it() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("a");
        write(&folder.join("figures/x.svg"), "x").unwrap();
        write(&dir.path().join("secret.txt"), "x").unwrap();
        assert!(file_within(&folder, "figures/x.svg").is_some());
        let absolute = dir.path().join("secret.txt");
        for path in [
            "",
            "figures",
            "missing.svg",
            "../secret.txt",
            "figures/../../secret.txt",
            absolute.to_str().unwrap(),
        ] {
            assert_eq!(file_within(&folder, path), None, "{path}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&absolute, folder.join("link.svg")).unwrap();
            assert_eq!(file_within(&folder, "link.svg"), None);
        }
    }
}
