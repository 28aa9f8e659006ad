//! How a style writes an item: the parts of its path, from the section down.

use kohyo::form::{Form, Node, Slot};

use super::style::Style;
use crate::dice::Dice;

/// What a part of a path is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Cover,
    Section,
    Appendix,
    Sub,
    Risk,
    Entry,
    Circled,
    Plain,
}

/// One part of a path, number and words apart, so that slips can happen to either.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) level: Level,
    pub(crate) mark: String,
    pub(crate) label: String,
}

impl Part {
    fn of(node: &Node, number: Option<u16>) -> Self {
        let mark = node.mark.clone().unwrap_or_default();
        let level = match mark.chars().next() {
            None if node.depth == 0 => Level::Cover,
            None => Level::Plain,
            Some('（') => Level::Appendix,
            Some('①'..='⑳') => Level::Circled,
            Some(c) if c.is_ascii_digit() => Level::Sub,
            Some(_) if node.depth == 0 => Level::Section,
            Some(_) if node.repeat.is_some() => Level::Entry,
            Some(_) => Level::Risk,
        };
        let number = number.filter(|_| level == Level::Entry).map(|n| n.to_string()).unwrap_or_default();
        Self { level, mark: mark + &number, label: node.label.clone() }
    }
}

/// What a whole document or day does alike.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a habit of its own")]
pub(crate) struct Habit {
    /// Ⅱ is written II: never, always, or now and then (percent).
    pub(crate) ascii_roman: usize,
    /// Digits of the numbers are full-width.
    pub(crate) wide: bool,
    /// The number of the file is written.
    pub(crate) file_number: bool,
    /// ※ stands behind the label.
    pub(crate) kome: bool,
    /// 「※（７．リスク１⑨を除く。）」 stands behind the section.
    pub(crate) exclusion: bool,
    /// Every part stands in a paragraph of its own.
    pub(crate) paragraphs: bool,
    /// Cells are wrapped into short lines.
    pub(crate) wraps: bool,
    /// Sign behind リスク1.
    pub(crate) colon: &'static str,
    /// Sign behind the number of a subsection.
    pub(crate) stop: &'static str,
    /// Sign between parts.
    pub(crate) blank: &'static str,
}

impl Habit {
    pub(crate) fn drawn(dice: &mut Dice) -> Self {
        Self {
            ascii_roman: [0, 0, 100, 100, 40, 60][dice.roll(6)],
            wide: dice.percent(40),
            file_number: dice.percent(75),
            kome: dice.percent(10),
            exclusion: dice.percent(12),
            paragraphs: dice.percent(7),
            wraps: dice.percent(25),
            colon: dice.pick(&[":", "：", " ", "　"]),
            stop: dice.pick(&[". ", ".", "．", " ", "．　"]),
            blank: dice.pick(&[" ", " ", " ", "　"]),
        }
    }
}

/// The parts of the path of an item, outermost first, with all that the form prints.
pub(crate) fn parts(form: &Form, slot: Slot) -> Vec<Part> {
    let mut numbers = slot.entries.numbers();
    let mut parts = Vec::new();
    for node in form.ancestry(slot.node) {
        let number = if node.repeat.is_some() { numbers.next() } else { None };
        parts.push(Part::of(node, number));
    }
    parts
}

/// Leaves out what the style does not write.
pub(crate) fn in_style(form: &Form, slot: Slot, style: Style, dice: &mut Dice) -> Vec<Part> {
    let mut parts = parts(form, slot);
    let last = parts.len() - 1;
    // An appendix is named alone, seldom behind a section.
    if parts[0].level == Level::Appendix {
        return parts;
    }
    // The items of the cover have no path.
    if parts[0].level == Level::Cover {
        if parts.len() > 1 && dice.percent(50) {
            parts.remove(0);
        }
        return parts;
    }
    if last == 0 {
        return parts;
    }
    for (i, part) in parts.iter_mut().enumerate() {
        match part.level {
            Level::Section if style == Style::Tab => part.label = tab_name(form, slot),
            Level::Section if style.is_long() => {}
            Level::Sub if style.is_long() || i == last => {}
            Level::Sub if style == Style::Bare && dice.percent(15) => {}
            Level::Risk if matches!(style, Style::Long | Style::Tab) || i == last => {}
            // Without its number, a risk is known by its title.
            Level::Risk if style == Style::Bare && part.mark == "リスク" && dice.percent(70) => {}
            Level::Section | Level::Entry | Level::Sub | Level::Risk => part.label.clear(),
            Level::Circled if style == Style::NumberOnly && i < last => part.label.clear(),
            Level::Circled if style == Style::Chain && dice.percent(30) => part.label.clear(),
            Level::Circled if style == Style::Bare => part.mark.clear(),
            _ => {}
        }
    }
    if style == Style::Bare {
        parts.remove(0);
    }
    parts
}

fn tab_name(form: &Form, slot: Slot) -> String {
    let section = form.section_of(slot.node);
    let tab = section.aliases.first().cloned();
    tab.unwrap_or_else(|| section.label.replace("特定個人情報ファイルの", "ファイルの"))
}

/// Writes the parts down.
pub(crate) fn written(
    form: &Form,
    slot: Slot,
    files: u16,
    style: Style,
    habit: &Habit,
    parts: &[Part],
    dice: &mut Dice,
) -> String {
    let section = form.section_of(slot.node);
    let file = slot.entries.numbers().next().filter(|_| section.is_per_file() && files > 1);
    let file = file.filter(|_| habit.file_number).map(|n| format!("({n})")).unwrap_or_default();
    let mut pieces: Vec<String> = Vec::new();
    for part in parts {
        let piece = match part.level {
            Level::Section => {
                let mark =
                    if dice.percent(habit.ascii_roman) { ascii(&part.mark) } else { part.mark.clone() };
                let note = section.kome_text.as_deref().filter(|_| habit.exclusion && style.is_long());
                let blank = if part.label.is_empty() || dice.percent(25) { "" } else { " " };
                format!("{mark}{blank}{}{file}{}", part.label, note.unwrap_or_default())
            }
            Level::Sub if style.is_long() || style == Style::Bare => {
                format!("{}{}{}", part.mark, habit.stop, part.label)
            }
            Level::Risk if !part.label.is_empty() => {
                format!("{}{}{}", part.mark, habit.colon, part.label)
            }
            Level::Circled if habit.kome && !part.label.is_empty() => {
                format!("{}{}※", part.mark, part.label)
            }
            _ => format!("{}{}", part.mark, part.label),
        };
        pieces.push(piece.trim().to_owned());
    }
    let levels: Vec<Level> = parts.iter().map(|p| p.level).collect();
    let text = joined(&pieces, &levels, style, habit, dice);
    if habit.wide || style.is_fused() { wide(&text) } else { text }
}

fn joined(pieces: &[String], levels: &[Level], style: Style, habit: &Habit, dice: &mut Dice) -> String {
    if habit.paragraphs {
        return pieces.iter().map(|p| format!("<p>{p}</p>")).collect::<Vec<_>>().join(" ");
    }
    let mut text = String::new();
    for (i, piece) in pieces.iter().enumerate() {
        let before = if i > 0 { between(levels[i - 1], levels[i], i, style, habit, dice) } else { "" };
        text.push_str(before);
        text.push_str(piece);
    }
    text
}

fn between(
    above: Level,
    below: Level,
    position: usize,
    style: Style,
    habit: &Habit,
    dice: &mut Dice,
) -> &'static str {
    match style {
        Style::Hyphen if above == Level::Section && below == Level::Sub => "-",
        Style::Chain if below != Level::Plain && above != Level::Plain => "－",
        Style::FusedBlank if position < 4 => "　",
        _ if style.is_fused() && below != Level::Plain => "",
        _ if style.is_fused() => {
            if above == Level::Sub && dice.percent(50) {
                ""
            } else {
                "　"
            }
        }
        // Two levels run into each other.
        _ if dice.percent(4) => "",
        _ => habit.blank,
    }
}

fn ascii(roman: &str) -> String {
    let letters = ["I", "II", "III", "IV", "V", "VI"];
    let position = ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "Ⅵ"].iter().position(|r| *r == roman);
    position.map_or_else(|| roman.to_owned(), |p| letters[p].to_owned())
}

fn wide(text: &str) -> String {
    let widened = |c: char| match c {
        '0'..='9' => char::from_u32(u32::from(c) - u32::from('0') + u32::from('０')).unwrap_or(c),
        '(' => '（',
        ')' => '）',
        _ => c,
    };
    text.chars().map(widened).collect()
}
