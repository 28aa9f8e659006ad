//! One page, read once from its first tag to its last: what is wrong on it, and what other pages need to know of it.

use html5gum::Tokenizer;
use html5gum::emitters::callback::CallbackEmitter;

use super::address::Mount;
use super::reader::Reader;
use super::rule::Rule;

/// What stays of a page.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) title: String,
    /// It only leads on to another page, and need not have a title of its own.
    pub(super) leads_on: bool,
    /// Marks of its ids, sorted.
    pub(super) ids: Vec<u32>,
    /// Where its links lead, sorted, each once.
    pub(super) links: Vec<Link>,
    pub(super) findings: Vec<Fault>,
}

/// A rule that a page does not keep, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fault {
    pub(super) rule: Rule,
    pub(super) what: String,
}

/// A link to another file. Only marks are kept: the page itself is read again when one is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Link {
    /// Mark of the path of the file.
    pub(super) file: u64,
    /// Mark of the id; 0 where the link is to the page as a whole.
    pub(super) id: u32,
}

/// A mark of a path (FNV-1a, mixed so that each half is good by itself).
pub(super) fn mark(text: &str) -> u64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let mixed = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    mixed ^ (mixed >> 32)
}

/// A mark of an id; never 0.
#[allow(clippy::cast_possible_truncation, reason = "half of the mark is what is wanted")]
pub(super) fn id_mark(id: &str) -> u32 {
    (mark(id) as u32).max(1)
}

/// Reads a page.
pub(super) fn read(mount: &Mount, path: &str, html: &str) -> Facts {
    run(mount, path, html, false).finish()
}

/// The addresses on a page that lead to other files of the site, as they are written.
pub(super) fn addresses(mount: &Mount, path: &str, html: &str) -> Vec<(Link, String)> {
    run(mount, path, html, true).addresses
}

fn run<'p>(mount: &'p Mount, path: &'p str, html: &str, keep_addresses: bool) -> Reader<'p> {
    let mut reader = Reader::new(mount, path, keep_addresses);
    let mut emitter = CallbackEmitter::new(&mut reader);
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(html, emitter).finish();
    reader
}
