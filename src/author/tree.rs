//! What is to be written, and how it is laid out.

use super::scalar::{write_escaped, write_inline, write_value};

/// A value to be written.
#[derive(Debug)]
pub(super) enum Tree {
    /// Text of any kind.
    Text(String),
    /// A number, which needs no quotes.
    Number(u32),
    /// A list; entries of the form stand apart by a blank line.
    List {
        /// The values.
        items: Vec<Tree>,
        /// Whether blank lines stand between them.
        is_apart: bool,
    },
    /// Keys and values.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug)]
pub(super) struct Entry {
    /// The key.
    pub key: String,
    /// The value.
    pub value: Tree,
    /// Whether a blank line stands before it.
    pub is_apart: bool,
}

impl Entry {
    /// A key and its value right below the one before.
    pub(super) fn new(key: impl Into<String>, value: Tree) -> Self {
        Self { key: key.into(), value, is_apart: false }
    }

    /// A key and a text.
    pub(super) fn text(key: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(key, Tree::Text(text.into()))
    }
}

impl Tree {
    /// A list of short values.
    pub(super) fn list(items: Vec<Tree>) -> Self {
        Self::List { items, is_apart: false }
    }
}

/// A file of keys and values.
pub(super) fn file_of_map(entries: &[Entry]) -> String {
    let mut out = String::new();
    if entries.is_empty() {
        return "{}\n".to_owned();
    }
    write_map(entries, 0, true, &mut out);
    out
}

/// A file that is a list; its items stand apart by a blank line.
pub(super) fn file_of_list(items: &[Tree]) -> String {
    let mut out = String::new();
    if items.is_empty() {
        return "[]\n".to_owned();
    }
    write_list(items, 0, true, &mut out);
    out
}

/// One item of a list of keys and values, its dash so many blanks from the margin, its keys so many from the dash.
pub(super) fn list_item(entries: &[Entry], indent: usize, gap: usize) -> String {
    let mut out = String::new();
    pad(indent, &mut out);
    out.push('-');
    pad(gap, &mut out);
    write_map(entries, indent + 1 + gap, false, &mut out);
    out
}

/// Keys and texts in one line within brackets, where only quotes are safe from the commas and brackets of a text.
pub(super) fn flow_map(fields: &[(String, String)]) -> String {
    let mut out = String::from("{");
    for (number, (key, text)) in fields.iter().enumerate() {
        if number > 0 {
            out.push_str(", ");
        }
        write_escaped(key, &mut out);
        out.push_str(": ");
        write_escaped(text, &mut out);
    }
    out.push('}');
    out
}

/// Writes keys and values; with `is_indented`, the indent of the first line is to be written too.
fn write_map(entries: &[Entry], indent: usize, is_indented: bool, out: &mut String) {
    for (number, entry) in entries.iter().enumerate() {
        if number > 0 && entry.is_apart {
            out.push('\n');
        }
        if number > 0 || is_indented {
            pad(indent, out);
        }
        write_inline(&entry.key, out);
        out.push(':');
        match &entry.value {
            Tree::Map(below) if !below.is_empty() => {
                out.push('\n');
                write_map(below, indent + 2, true, out);
            }
            Tree::List { items, is_apart } if !items.is_empty() => {
                out.push('\n');
                write_list(items, indent + 2, *is_apart, out);
            }
            leaf => write_leaf(leaf, indent + 2, out),
        }
    }
}

fn write_list(items: &[Tree], indent: usize, is_apart: bool, out: &mut String) {
    for (number, item) in items.iter().enumerate() {
        if number > 0 && is_apart {
            out.push('\n');
        }
        pad(indent, out);
        out.push('-');
        match item {
            Tree::Map(below) if !below.is_empty() => {
                out.push(' ');
                write_map(below, indent + 2, false, out);
            }
            Tree::List { items, is_apart } if !items.is_empty() => {
                out.push('\n');
                write_list(items, indent + 2, *is_apart, out);
            }
            leaf => write_leaf(leaf, indent + 2, out),
        }
    }
}

fn write_leaf(leaf: &Tree, indent: usize, out: &mut String) {
    match leaf {
        Tree::Text(text) => write_value(text, indent, out),
        Tree::Number(number) => {
            out.push(' ');
            out.push_str(&number.to_string());
        }
        Tree::List { .. } => out.push_str(" []"),
        Tree::Map(_) => out.push_str(" {}"),
    }
    out.push('\n');
}

fn pad(indent: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', indent));
}
