//! What is due as a table for a terminal. Japanese letters are two columns wide.

use unicode_width::UnicodeWidthStr as _;

use super::{Basis, Due};

const HEADS: [&str; 6] = ["期日", "和暦", "状態", "種類", "自治体", "評価書"];
const GAP: usize = 2;

/// One line for each, and below it what the date follows from.
pub fn table(dues: &[Due]) -> String {
    let rows: Vec<_> = dues.iter().map(cells).collect();
    let heads = HEADS.map(str::to_owned);
    let mut widths = [0; HEADS.len()];
    for cells in rows.iter().chain([&heads]) {
        for (width, cell) in widths.iter_mut().zip(cells) {
            *width = (*width).max(cell.width());
        }
    }
    let mut out = line(&heads, &widths);
    for (due, cells) in dues.iter().zip(&rows) {
        out += &line(cells, &widths);
        out += &" ".repeat(widths[0] + GAP);
        out += &note(due);
        out.push('\n');
    }
    out
}

fn cells(due: &Due) -> [String; HEADS.len()] {
    let date = |text: Option<String>| text.unwrap_or_else(|| "―".to_owned());
    [
        date(due.date.map(|date| date.iso())),
        date(due.date.map(|date| date.wareki())),
        due.state.label().to_owned(),
        due.kind.label().to_owned(),
        due.municipality.clone(),
        format!("{}（{}）", due.title, due.dir),
    ]
}

fn note(due: &Due) -> String {
    match due.basis {
        Basis::Missing(fact) => format!("分からない: {}。{}", fact.text(), fact.help()),
        basis => format!("{}。根拠: {}", basis.text(), due.kind.rule()),
    }
}

/// The last cell is as long as it is.
fn line(cells: &[String; HEADS.len()], widths: &[usize; HEADS.len()]) -> String {
    let mut line = String::new();
    for (cell, width) in cells.iter().zip(widths) {
        line += cell;
        line += &" ".repeat(width - cell.width() + GAP);
    }
    line.truncate(line.trim_end().len());
    line.push('\n');
    line
}
