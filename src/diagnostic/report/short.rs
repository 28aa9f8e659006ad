//! One line for one finding.

use super::{path, title};
use crate::diagnostic::{Diagnostic, Fix};
use crate::leak;

/// A finding as one line: `file:line:column: 誤り[CODE] Ⅱ.3.⑧ 使用方法: message → suggestion`.
pub fn short(diagnostic: &Diagnostic) -> String {
    let (line, column) = diagnostic.place.as_ref().map_or((1, 1), |p| (p.line, p.column));
    let suggestion = diagnostic.suggestion.as_deref().map(str::trim).filter(|s| !s.is_empty());
    format!(
        "{}:{line}:{column}: {}[{}] {}{}",
        path(&diagnostic.file),
        diagnostic.severity.label(),
        diagnostic.code.id(),
        title(diagnostic),
        suggestion.map(|text| format!(" → {text}")).unwrap_or_default()
    )
}

/// A correction that was made, as one line: `file:line:column: 「平成31年5月7日」→「令和元年5月7日」`.
pub fn mended(file: &str, fix: &Fix) -> String {
    let mut line = format!("{file}:{}:{}: 「{}」→「{}」", fix.line, fix.column, fix.from, fix.to);
    leak::mask(&mut line);
    line
}
