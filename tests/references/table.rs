//! Whole tables: several days, a style for each, rows in the order of the form with the disorder that is met.

use kohyo::form::{Form, Slot};
use kohyo::wareki::CivilDate;

use super::print::{self, Habit, Level, Part};
use super::style::Style;
use super::{pick, slips};
use crate::dice::Dice;

/// One row.
pub(crate) struct Row {
    pub(crate) date: Option<CivilDate>,
    pub(crate) text: String,
    /// What it names; more than one where the form gives two places one name.
    pub(crate) means: Vec<Slot>,
    pub(crate) style: Style,
    /// What makes it hard.
    pub(crate) trouble: Trouble,
}

/// What is out of the ordinary in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Trouble {
    None,
    Appendix,
    FileNumber,
    FileUnknown,
    Elided,
    Title,
    Label,
    Number,
    Keyboard,
    Two,
    Remark,
    EntryUnknown,
    SectionUnknown,
    Ditto,
}

/// The table of one document.
pub(crate) struct Table {
    pub(crate) form: &'static Form,
    /// How many files the document has: fewer than its rows tell of where one was given up.
    pub(crate) files: u16,
    pub(crate) rows: Vec<Row>,
}

/// The table that a seed stands for.
pub(crate) fn table(form: &'static Form, seed: u64) -> Table {
    // The streams of neighbouring seeds overlap.
    let mut dice = Dice::new(seed.wrapping_mul(0xD6E8_FEB8_6659_FD93).rotate_left(29));
    let has_files = form.sections().any(kohyo::form::Node::is_per_file);
    let files = if has_files && dice.percent(20) { 2 } else { 1 };
    let mut rows = Vec::new();
    // What an office leaves out, it leaves out for years.
    let leaves_section_out = dice.percent(4);
    for day in 0..=dice.roll(5) {
        let date = CivilDate::from_ymd(2018 + i16::try_from(day).unwrap(), 4, 1);
        let style = Style::drawn(&mut dice, form.head.id.starts_with("zenkomoku"));
        let habit = Habit::drawn(&mut dice);
        let slots = pick::day(form, files, &mut dice);
        let mut of_day = Day { form, files, style, habit, leaves_section_out, above: None };
        let start = rows.len();
        for slot in slots {
            of_day.write(slot, date, &mut rows, &mut dice);
        }
        disorder(&mut rows[start..], &mut dice);
    }
    let files = if names_second_file(&rows) && dice.percent(50) { 1 } else { files };
    Table { form, files, rows }
}

/// Whether the first day tells of a second file, so that one who reads on knows of it.
fn names_second_file(rows: &[Row]) -> bool {
    let first = rows.first().and_then(|r| r.date);
    let named =
        |r: &&Row| r.date == first && r.text.contains(['2', '２']) && r.trouble == Trouble::FileNumber;
    let second = |r: &&Row| r.means[0].entries.numbers().next() == Some(2);
    rows.iter().filter(named).filter(second).count() >= 2
}

/// Rows of a page that changed places, in one table of eight.
fn disorder(rows: &mut [Row], dice: &mut Dice) {
    if !dice.percent(12) {
        return;
    }
    for i in 1..rows.len() {
        let leans = |row: &Row| {
            matches!(row.trouble, Trouble::Ditto | Trouble::EntryUnknown | Trouble::SectionUnknown)
        };
        let next_leans = rows.get(i + 1).is_some_and(leans);
        if dice.percent(12) && !leans(&rows[i]) && !leans(&rows[i - 1]) && !next_leans {
            rows.swap(i - 1, i);
        }
    }
}

struct Day {
    form: &'static Form,
    files: u16,
    style: Style,
    habit: Habit,
    leaves_section_out: bool,
    above: Option<Slot>,
}

impl Day {
    fn write(&mut self, slot: Slot, date: Option<CivilDate>, rows: &mut Vec<Row>, dice: &mut Dice) {
        let style = self.style;
        let mut parts = print::in_style(self.form, slot, style, dice);
        let trouble = self.slip(slot, &mut parts, dice);
        let mut text = print::written(self.form, slot, self.files, style, &self.habit, &parts, dice);
        if parts.first().is_some_and(|p| p.level == Level::Appendix) && dice.percent(30) {
            text = self.behind_section(slot, &text);
        }
        slips::text(&mut text, self.habit.wraps, dice);
        let means = pick::same_name(self.form, slot);
        rows.push(Row { date, text, means: means.clone(), style, trouble });
        if dice.percent(1) {
            let text = dice.pick(&["同上", "〃", "（同上）"]).to_owned();
            rows.push(Row { date, text, means, style, trouble: Trouble::Ditto });
        }
        self.above = Some(slot);
    }

    /// Lets at most one thing go wrong, as is the rule, and two now and then.
    fn slip(&self, slot: Slot, parts: &mut Vec<Part>, dice: &mut Dice) -> Trouble {
        let section = self.form.section_of(slot.node);
        let per_file = self.files > 1 && section.is_per_file();
        let level = parts[0].level;
        if matches!(level, Level::Appendix | Level::Cover) {
            if dice.percent(10) {
                slips::label(self.form, parts, dice);
            }
            return Trouble::Appendix;
        }
        if per_file && (!self.habit.file_number || level != Level::Section) {
            return Trouble::FileUnknown;
        }
        let continues = self.above.is_some_and(|above| self.form.section_of(above.node).ix == section.ix);
        if self.leaves_section_out && continues && level == Level::Section && parts.len() > 2 {
            parts.remove(0);
            return Trouble::SectionUnknown;
        }
        if self.is_in_entry_above(slot) && dice.percent(6) {
            parts.retain(|p| p.level != Level::Entry);
            return Trouble::EntryUnknown;
        }
        let before: Vec<String> = parts.iter().map(|p| format!("{}{}", p.mark, p.label)).collect();
        let trouble = match dice.roll(100) {
            0..14 => {
                slips::leave_out(self.form, slot, parts, dice);
                Trouble::Elided
            }
            14..22 => {
                slips::title(parts, self.style, dice);
                Trouble::Title
            }
            22..34 => {
                slips::label(self.form, parts, dice);
                Trouble::Label
            }
            34..37 => {
                slips::number(parts, dice);
                Trouble::Number
            }
            37..40 => {
                slips::keyboard(parts, dice);
                Trouble::Keyboard
            }
            40..42 => {
                slips::label(self.form, parts, dice);
                slips::leave_out(self.form, slot, parts, dice);
                Trouble::Two
            }
            42..44 => {
                slips::label(self.form, parts, dice);
                slips::label(self.form, parts, dice);
                Trouble::Two
            }
            44..46 => {
                slips::remark(parts, dice);
                Trouble::Remark
            }
            46 if parts.len() > 2 => {
                if let Some(last) = parts.last_mut() {
                    last.mark.insert(0, '・');
                }
                Trouble::Label
            }
            _ => Trouble::None,
        };
        let after: Vec<String> = parts.iter().map(|p| format!("{}{}", p.mark, p.label)).collect();
        match before == after {
            true if per_file => Trouble::FileNumber,
            true => Trouble::None,
            false => trouble,
        }
    }

    /// Whether a cell stands in the same entry as the row above, further down.
    fn is_in_entry_above(&self, slot: Slot) -> bool {
        let Some(above) = self.above else { return false };
        let repeat = |slot: Slot| {
            let line = self.form.ancestry(slot.node);
            line.iter().rev().find(|n| n.repeat.is_some() && !n.is_per_file()).map(|n| n.ix)
        };
        let inside = repeat(slot).is_some_and(|r| r != slot.node);
        inside && repeat(above) == repeat(slot) && above.entries == slot.entries && above.node < slot.node
    }

    fn behind_section(&self, slot: Slot, text: &str) -> String {
        let before = self.form.sections().take_while(|s| s.ix != self.form.section_of(slot.node).ix);
        let Some(section) = before.filter(|s| s.mark.as_ref().is_some_and(|m| !m.starts_with('（'))).last()
        else {
            return text.to_owned();
        };
        format!("{} {} {text}", section.mark.as_deref().unwrap_or_default(), section.label)
    }
}
