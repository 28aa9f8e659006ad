//! Whether a colon that is to be put right really ends a key: text may hold colons as well.

use crate::check;
use crate::diagnostic::Fix;
use crate::read::SourceFile;

/// A correction that makes a line an item is made only where the words before the colon are one.
pub(super) fn is_meant(bytes: &[u8], fix: &Fix) -> bool {
    if !fix.to.starts_with(':') {
        return true;
    }
    let Ok(file) = SourceFile::decode("", bytes) else { return false };
    let line = file.text.lines().nth(fix.line.saturating_sub(1)).unwrap_or_default();
    let before: String = line.chars().take(fix.column.saturating_sub(1)).collect();
    let key = before.trim().trim_start_matches("- ").trim().trim_matches(['"', '\'']);
    check::knows_key(key)
}
