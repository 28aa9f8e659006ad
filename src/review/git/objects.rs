//! Files and folders by their ids, from one `git cat-file --batch` that stays open.

use std::fmt::Write as _;
use std::io::{self, BufRead as _, BufReader, Read as _, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::sync::{Mutex, PoisonError};

use super::{Error, command};
use crate::read::Store;

/// Larger files are no content: the largest image of a document has a few megabytes.
const MAX_BYTES: usize = 256 * 1024 * 1024;

/// The objects of a repository. May be asked from many threads; one answer is given at a time.
#[derive(Debug)]
pub struct Objects {
    root: PathBuf,
    reader: Mutex<Option<Reader>>,
}

/// What an entry of a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A folder.
    Folder,
    /// A file.
    File,
    /// A link or another repository, which are nobody's content.
    Other,
}

/// An entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeEntry {
    /// What it is.
    pub kind: EntryKind,
    /// Its name.
    pub name: String,
    /// Its id.
    pub id: String,
}

#[derive(Debug)]
struct Reader {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Drop for Reader {
    fn drop(&mut self) {
        // Without questions it would end by itself; nobody waits for it then.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Objects {
    pub(super) fn new(root: PathBuf) -> Self {
        Self { root, reader: Mutex::default() }
    }

    /// The entries of a folder, in git's order.
    pub fn folder(&self, id: &str) -> Result<Vec<TreeEntry>, Error> {
        let (kind, bytes) = self.object(id).map_err(|error| failed(&error))?;
        if kind != "tree" {
            return Err(failed(&format!("{id} is no tree")));
        }
        entries(&bytes, id.len() / 2).ok_or_else(|| failed(&format!("{id} is damaged")))
    }

    /// The contents of a file.
    pub fn file(&self, id: &str) -> Result<Vec<u8>, Error> {
        self.read(id).map_err(|error| failed(&error))
    }

    fn object(&self, id: &str) -> io::Result<(String, Vec<u8>)> {
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        if reader.is_none() {
            *reader = Some(Reader::start(&self.root)?);
        }
        let Some(open) = reader.as_mut() else { return Err(io::Error::other("git cat-file")) };
        let answer = open.ask(id);
        if answer.is_err() {
            // Whatever is left of its answer would be taken for the next one.
            *reader = None;
        }
        answer
    }
}

impl Store for Objects {
    fn read(&self, id: &str) -> io::Result<Vec<u8>> {
        self.object(id).map(|(_, bytes)| bytes)
    }
}

impl Reader {
    fn start(root: &std::path::Path) -> io::Result<Self> {
        let mut command = command(root);
        command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::null()).spawn()?;
        let closed = || io::Error::other("git cat-file");
        let questions = child.stdin.take().ok_or_else(closed)?;
        let answers = BufReader::new(child.stdout.take().ok_or_else(closed)?);
        Ok(Self { child, questions, answers })
    }

    /// The kind and the contents of an object.
    fn ask(&mut self, id: &str) -> io::Result<(String, Vec<u8>)> {
        self.questions.write_all(format!("{id}\n").as_bytes())?;
        self.questions.flush()?;
        let mut head = String::new();
        self.answers.read_line(&mut head)?;
        let mut words = head.split_ascii_whitespace().skip(1);
        let (kind, size) = (words.next().unwrap_or_default().to_owned(), words.next());
        let Some(size) = size.and_then(|size| size.parse::<usize>().ok()) else {
            return Err(io::Error::new(io::ErrorKind::NotFound, format!("git cat-file: {}", head.trim())));
        };
        if size > MAX_BYTES {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("{id}: {size} バイト")));
        }
        let mut bytes = vec![0; size];
        self.answers.read_exact(&mut bytes)?;
        self.answers.read_exact(&mut [0; 1])?;
        Ok((kind, bytes))
    }
}

fn failed(error: &dyn std::fmt::Display) -> Error {
    Error::Failed { command: "git cat-file".to_owned(), complaint: error.to_string() }
}

/// The entries of a tree object: `mode name NUL id`, the id in bytes.
fn entries(mut bytes: &[u8], id_length: usize) -> Option<Vec<TreeEntry>> {
    let mut all = Vec::new();
    while !bytes.is_empty() {
        let space = bytes.iter().position(|b| *b == b' ')?;
        let end = bytes.iter().position(|b| *b == 0)?;
        let (mode, name) = (bytes.get(..space)?, bytes.get(space + 1..end)?);
        let id = bytes.get(end + 1..end + 1 + id_length)?;
        let kind = match mode {
            b"40000" => EntryKind::Folder,
            b"100644" | b"100755" | b"100664" => EntryKind::File,
            _ => EntryKind::Other,
        };
        let id = id.iter().fold(String::with_capacity(2 * id_length), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        all.push(TreeEntry { kind, name: String::from_utf8_lossy(name).into_owned(), id });
        bytes = &bytes[end + 1 + id_length..];
    }
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_object_is_a_list_of_entries() {
        let bytes = [b"40000 a\0".as_slice(), &[0xab; 20], b"120000 b c\0", &[0; 20]].concat();
        let all = entries(&bytes, 20).unwrap();
        assert_eq!(all[0], TreeEntry { kind: EntryKind::Folder, name: "a".to_owned(), id: "ab".repeat(20) });
        assert_eq!((all[1].kind, all[1].name.as_str()), (EntryKind::Other, "b c"));
        assert!(entries(&bytes[..30], 20).is_none());
    }
}
