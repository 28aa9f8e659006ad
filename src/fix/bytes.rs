//! Corrections in the bytes of a file as it is stored: with its byte order mark, with whatever line ends it has.

use crate::diagnostic::Fix;

/// The mark that some editors put at the beginning of a file.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Makes the corrections whose text stands where they say. Of two that overlap only the first is made.
pub(super) fn apply(bytes: &[u8], fixes: &[Fix]) -> (Vec<u8>, Vec<Fix>) {
    let lines = line_starts(bytes);
    let mut places: Vec<_> = fixes.iter().filter_map(|fix| Some((place(bytes, &lines, fix)?, fix))).collect();
    places.sort_by_key(|(at, fix)| (*at, fix.from.len()));
    let (mut out, mut done, mut end) = (Vec::with_capacity(bytes.len()), Vec::new(), 0);
    for (at, fix) in places {
        let touches = done.last().is_some_and(|last: &Fix| at == end && last.from.is_empty());
        if at < end || touches {
            continue;
        }
        out.extend_from_slice(&bytes[end..at]);
        out.extend_from_slice(fix.to.as_bytes());
        end = at + fix.from.len();
        done.push(fix.clone());
    }
    out.extend_from_slice(&bytes[end..]);
    (out, done)
}

/// Where every line begins. A line ends with LF, CR LF or CR, as the reader of the check has it.
pub(crate) fn line_starts(bytes: &[u8]) -> Vec<usize> {
    let mut starts = vec![if bytes.starts_with(MARK) { MARK.len() } else { 0 }];
    for (at, byte) in bytes.iter().enumerate() {
        let ends = *byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        if ends {
            starts.push(at + 1);
        }
    }
    starts
}

/// The offset of a correction, if its text stands there.
fn place(bytes: &[u8], lines: &[usize], fix: &Fix) -> Option<usize> {
    let start = *lines.get(fix.line.checked_sub(1)?)?;
    let line = &bytes[start..lines.get(fix.line).copied().unwrap_or(bytes.len())];
    let line = std::str::from_utf8(line).ok()?;
    let column = fix.column.checked_sub(1)?;
    let at = match line.char_indices().nth(column) {
        Some((at, _)) => at,
        None if line.chars().count() == column => line.len(),
        None => return None,
    };
    line[at..].starts_with(&fix.from).then_some(start + at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fix(line: usize, column: usize, from: &str, to: &str) -> Fix {
        Fix { line, column, from: from.to_owned(), to: to.to_owned() }
    }

    #[test]
    fn mark_and_line_ends_stay() {
        let text = "\u{FEFF}様式：x\r\n版：y\rｚ：z\n\n";
        let fixes = [fix(1, 3, "：", ": "), fix(2, 2, "：", ": "), fix(3, 2, "：", ": ")];
        let (mended, done) = apply(text.as_bytes(), &fixes);
        assert_eq!(String::from_utf8(mended).unwrap(), "\u{FEFF}様式: x\r\n版: y\rｚ: z\n\n");
        assert_eq!(done, fixes);
    }

    #[test]
    fn what_does_not_stand_there_is_left_alone() {
        for wrong in
            [fix(1, 1, "い", "う"), fix(0, 1, "あ", "う"), fix(9, 1, "あ", "う"), fix(1, 9, "", "う")]
        {
            assert_eq!(apply("あ\n".as_bytes(), &[wrong]), ("あ\n".as_bytes().to_owned(), vec![]));
        }
    }

    #[test]
    fn of_overlapping_corrections_one_is_made() {
        let fixes = [fix(1, 1, "ab", "x"), fix(1, 2, "bc", "y"), fix(1, 1, "ab", "x"), fix(1, 3, "c", "z")];
        let (mended, done) = apply(b"abc", &fixes);
        assert_eq!((mended.as_slice(), done.len()), (b"xz".as_slice(), 2));
    }

    proptest! {
        /// Whatever a file holds and wherever a correction lies: the bytes around it are the same afterwards.
        #[test]
        fn everything_around_a_correction_is_the_same(
            before in "(\u{FEFF})?([あa：\u{3000}]|\r\n|\r|\n){0,30}",
            from in "[いb]{1,4}",
            to in "[うc ]{0,4}",
            after in "([あa：\u{3000}]|\r\n|\r|\n){0,30}",
        ) {
            let text = format!("{before}{from}{after}");
            let seen = before.strip_prefix('\u{FEFF}').unwrap_or(&before);
            let seen = seen.replace("\r\n", "\n").replace('\r', "\n");
            let line = seen.matches('\n').count() + 1;
            let column = seen.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            let (mended, done) = apply(text.as_bytes(), &[fix(line, column, &from, &to)]);
            prop_assert_eq!(done.len(), 1);
            prop_assert_eq!(String::from_utf8(mended).unwrap(), format!("{before}{to}{after}"));
        }
    }
}
