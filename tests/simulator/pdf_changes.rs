//! 変更箇所 as a text layer: short cells of a row share a line, long ones are blocks of their own.

use kohyo::assessment::Change;

use super::dice::Dice;
use super::pdf::wrap;
use super::switches::PdfNoise;

const ITEM: usize = 14;
const TEXT: usize = 22;
const EXPLANATION: usize = 14;

/// The pages of the table, each as lines.
pub(crate) fn pages(
    changes: &[Change],
    noise: &PdfNoise,
    dice: &mut Dice,
    caption: &str,
) -> Vec<Vec<String>> {
    let head = "変更日 項目 変更前の記載 変更後の記載 提出時期 提出時期に係る説明".to_owned();
    let mut pages: Vec<Vec<Vec<String>>> = vec![Vec::new()];
    let mut height = 0;
    for change in changes {
        let row = row(change);
        if height + row.len() > noise.page_lines && height > 0 {
            pages.push(Vec::new());
            height = 0;
        }
        height += row.len();
        pages.last_mut().expect("a first page").push(row);
    }
    let mut out = Vec::new();
    for (at, mut rows) in pages.into_iter().enumerate() {
        if noise.changes_scrambled && rows.len() > 2 {
            let from = dice.roll(rows.len() - 1);
            rows.swap(from, from + 1);
        }
        let mut head = vec![head.clone()];
        if at == 0 {
            head.insert(0, caption.to_owned());
        }
        let place = if noise.changes_scrambled && at == 0 { dice.roll(2).min(rows.len()) } else { 0 };
        rows.insert(place, head);
        let mut page: Vec<String> = Vec::new();
        for row in rows {
            if !page.is_empty() {
                page.push(String::new());
            }
            page.extend(row);
        }
        out.push(page);
    }
    out
}

/// The cells of a row in their order. A cell of several lines stands apart from another such cell by a blank line; short
/// cells stand side by side.
fn row(change: &Change) -> Vec<String> {
    let cells = [
        (&change.date_text, 9),
        (&change.item.text, ITEM),
        (&change.before, TEXT),
        (&change.after, TEXT),
        (&change.timing, 5),
        (&change.explanation, EXPLANATION),
    ];
    let mut lines: Vec<String> = Vec::new();
    let mut before = 0;
    for (text, width) in cells {
        let cell: Vec<String> = text.lines().flat_map(|l| wrap(l, width)).collect();
        if cell.is_empty() {
            continue;
        }
        match (before, cell.len()) {
            (1, 1) => {
                let last = lines.last_mut().expect("a cell before");
                *last += &format!(" {}", cell[0]);
            }
            (0 | 1, _) => lines.extend(cell.iter().cloned()),
            _ => {
                lines.push(String::new());
                lines.extend(cell.iter().cloned());
            }
        }
        before = cell.len();
    }
    lines
}
