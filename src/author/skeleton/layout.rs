//! How a file to be filled in is laid out: keys, comments, and entries that are comments until somebody needs them.

use super::super::scalar::{write_inline, write_value};

/// A key with what is to be said about it.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) comments: Vec<String>,
    /// The key; none for an entry of a list that is a text.
    pub(super) key: String,
    /// Whether a blank line stands before it.
    pub(super) is_apart: bool,
    pub(super) content: Content,
}

/// What stands behind a key.
#[derive(Debug, Clone)]
pub(super) enum Content {
    /// Nothing yet.
    Empty,
    /// A text.
    Text(String),
    /// Keys.
    Map(Vec<Block>),
    /// Entries, and entries that are comments.
    List { entries: Vec<Vec<Block>>, examples: Vec<Vec<Block>> },
    /// No key at all, but a key as a comment.
    Comment(Inside),
}

/// A block inside another one.
#[derive(Debug, Clone)]
pub(super) struct Inside(Box<Block>);

impl Inside {
    pub(super) fn new(block: Block) -> Self {
        Self(Box::new(block))
    }
}

impl Block {
    /// A key with nothing behind it.
    pub(super) fn empty(key: &str) -> Self {
        Self { comments: Vec::new(), key: key.to_owned(), is_apart: false, content: Content::Empty }
    }

    /// A key with a text.
    pub(super) fn filled(key: &str, text: &str) -> Self {
        Self { content: Content::Text(text.to_owned()), ..Self::empty(key) }
    }
}

/// The first line of a file: where editors find its schema.
pub(super) fn schema_line(path: &str) -> String {
    format!("# yaml-language-server: $schema={path}\n")
}

/// Writes the keys of a file.
pub(super) fn write(blocks: &[Block], out: &mut String) {
    map(blocks, 0, true, out);
}

/// Writes the entries of a file that is a list, as comments.
pub(super) fn write_commented(entries: &[Vec<Block>], out: &mut String) {
    for blocks in entries {
        commented(0, out, |out| entry(blocks, 0, out));
    }
}

/// Keys at an indent; before the first key of a mapping there is no blank line.
fn map(blocks: &[Block], indent: usize, is_start: bool, out: &mut String) {
    for (number, block) in blocks.iter().enumerate() {
        if block.is_apart && !(is_start && number == 0) {
            out.push('\n');
        }
        comments(block, indent, out);
        if let Content::Comment(Inside(inside)) = &block.content {
            commented(indent, out, |out| one(inside, 0, out));
            continue;
        }
        pad(indent, out);
        one(block, indent, out);
    }
}

/// A key and what stands behind it; the indent of the key is written.
fn one(block: &Block, indent: usize, out: &mut String) {
    if !block.key.is_empty() {
        write_inline(&block.key, out);
        out.push(':');
    }
    match &block.content {
        Content::Text(text) if block.key.is_empty() => {
            write_inline(text, out);
            out.push('\n');
        }
        Content::Text(text) => {
            write_value(text, indent + 2, out);
            out.push('\n');
        }
        Content::Empty | Content::Comment(_) => out.push('\n'),
        Content::Map(below) => {
            out.push('\n');
            map(below, indent + 2, true, out);
        }
        Content::List { entries, examples } => {
            out.push('\n');
            for blocks in entries {
                entry(blocks, indent + 2, out);
            }
            for blocks in examples {
                commented(indent + 2, out, |out| entry(blocks, 0, out));
            }
        }
    }
}

/// An entry of a list: its dash stands before the first key, below the comments of that key.
fn entry(blocks: &[Block], indent: usize, out: &mut String) {
    let Some((first, rest)) = blocks.split_first() else { return };
    comments(first, indent, out);
    pad(indent, out);
    out.push_str("- ");
    one(first, indent + 2, out);
    map(rest, indent + 2, false, out);
}

fn comments(block: &Block, indent: usize, out: &mut String) {
    for line in &block.comments {
        pad(indent, out);
        out.push_str("# ");
        out.push_str(line);
        out.push('\n');
    }
}

/// What `write` writes, as comments: without `# ` the lines are what they were.
fn commented(indent: usize, out: &mut String, write: impl FnOnce(&mut String)) {
    let mut inside = String::new();
    write(&mut inside);
    for line in inside.lines() {
        pad(indent, out);
        out.push_str(if line.is_empty() { "#" } else { "# " });
        out.push_str(line);
        out.push('\n');
    }
}

fn pad(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
}
