//! One edit of a YAML file, as a hurried officer might make it.

use std::ops::RangeInclusive;

use kohyo::form::{Form, fold};
use kohyo::read::{Data, Key, SourceFile, Span, Yaml, parse_partly};
use kohyo::wareki::{self, CivilDate, Precision};

use crate::dice::Dice;

/// An edited file.
pub(crate) struct Edit {
    /// The file after the edit.
    pub(crate) text: String,
    /// Lines of it that show the edit. Where something was taken out, those around it: a missing item is told at its heading.
    pub(crate) lines: Vec<RangeInclusive<usize>>,
    /// First of them.
    pub(crate) line: usize,
    /// What was done.
    pub(crate) what: String,
}

/// Something that can be edited.
struct Spot<'y> {
    key: Option<&'y Key>,
    value: &'y Yaml,
    /// Place of the key above.
    above: Option<Span>,
}

/// Keys that say which form is filled in: another form is another document.
const FORM_KEYS: [&str; 2] = ["様式", "版"];

impl Edit {
    /// A random edit; none where the file has nothing of the kind that was drawn.
    pub(crate) fn of(dice: &mut Dice, name: &str, text: &str) -> Option<Self> {
        let file = SourceFile::new(name, text);
        let root = parse_partly(&file).root?;
        let mut spots = Vec::new();
        collect(&root, None, &mut spots);
        spots.retain(|s| s.key.is_none_or(|key| !FORM_KEYS.contains(&key.text.as_str())));
        match dice.roll(6) {
            0 => emptied(dice, &file, &spots),
            1 => replaced(dice, &file, &spots, "option", other_option),
            2 => replaced(dice, &file, &spots, "date", other_date),
            3 => entry_removed(dice, &file, &spots),
            4 => misspelt(dice, &file, &spots),
            _ => replaced(dice, &file, &spots, "number", other_number),
        }
    }
}

fn collect<'y>(yaml: &'y Yaml, above: Option<Span>, spots: &mut Vec<Spot<'y>>) {
    match &yaml.data {
        Data::Map(entries) => {
            for (key, value) in entries {
                spots.push(Spot { key: Some(key), value, above });
                collect(value, Some(key.span), spots);
            }
        }
        Data::List(items) => {
            for value in items {
                spots.push(Spot { key: None, value, above });
                collect(value, above, spots);
            }
        }
        Data::Null | Data::Scalar(_) => {}
    }
}

fn line(file: &SourceFile, offset: usize) -> usize {
    file.line_column(offset).0
}

/// The last character of a value that is no white space.
fn last(file: &SourceFile, span: Span) -> usize {
    span.start + file.text[span.start..span.end].trim_end().len().saturating_sub(1)
}

impl Spot<'_> {
    /// Lines from the key to the end of the value.
    fn lines(&self, file: &SourceFile) -> RangeInclusive<usize> {
        let start = self.key.map_or(self.value.span.start, |key| key.span.start);
        line(file, start)..=line(file, last(file, self.value.span)).max(line(file, start))
    }

    fn heading(&self, file: &SourceFile) -> RangeInclusive<usize> {
        let at = self.above.map_or(1, |key| line(file, key.start));
        at..=at
    }

    fn name(&self) -> String {
        self.key.map_or_else(|| "- ".to_owned(), |key| key.text.clone())
    }
}

/// A value is taken out; its key stays.
fn emptied(dice: &mut Dice, file: &SourceFile, spots: &[Spot<'_>]) -> Option<Edit> {
    let all: Vec<_> =
        spots.iter().filter(|s| s.key.is_some() && matches!(s.value.data, Data::Scalar(_))).collect();
    let spot = all.get(dice.roll(all.len()))?;
    let key = spot.key?;
    let colon = key.span.end + file.text[key.span.end..].find(':')? + 1;
    let end = last(file, spot.value.span) + 1;
    let rest = file.text[end..].find('\n').map_or(file.text.len(), |at| end + at);
    let at = line(file, key.span.start);
    Some(Edit {
        text: format!("{}{}", &file.text[..colon], &file.text[rest..]),
        lines: vec![at.saturating_sub(1)..=at + 1, spot.heading(file)],
        line: at,
        what: format!("emptied 「{}」", key.text),
    })
}

type Other = fn(&mut Dice, &SourceFile, &str) -> Option<String>;

/// A value becomes another one of its kind. Only values in one line.
fn replaced(
    dice: &mut Dice,
    file: &SourceFile,
    spots: &[Spot<'_>],
    kind: &str,
    other: Other,
) -> Option<Edit> {
    let fits = |spot: &&Spot<'_>| {
        let written = &file.text[spot.value.span.start..spot.value.span.end];
        spot.value.text().is_some_and(|text| written.contains(text.trim()) && !text.trim().is_empty())
            && other(&mut Dice::new(1), file, spot.value.text().unwrap_or_default()).is_some()
    };
    let all: Vec<_> = spots.iter().filter(fits).collect();
    let spot = all.get(dice.roll(all.len()))?;
    let old = spot.value.text()?.trim();
    let new = other(dice, file, old)?;
    let span = spot.value.span;
    let at = span.start + file.text[span.start..span.end].find(old)?;
    let lines = spot.lines(file);
    Some(Edit {
        text: format!("{}{new}{}", &file.text[..at], &file.text[at + old.len()..]),
        line: *lines.start(),
        lines: vec![lines],
        what: format!("{kind} of 「{}」: 「{}」 → 「{}」", spot.name(), shorten(old), shorten(&new)),
    })
}

fn shorten(text: &str) -> String {
    text.chars().take(30).collect::<String>().replace('\n', " ")
}

/// The form that a file fills in; for changes.yaml any has the options.
fn form_of(file: &SourceFile) -> &'static Form {
    let name = file.text.lines().find_map(|l| l.strip_prefix("様式: ")).unwrap_or("全項目評価書");
    Form::named(name).into_iter().next().unwrap()
}

fn other_option(dice: &mut Dice, file: &SourceFile, text: &str) -> Option<String> {
    if let Some(other) = [("はい", "いいえ"), ("いいえ", "はい")].iter().find(|(from, _)| *from == text)
    {
        return Some(other.1.to_owned());
    }
    let form = form_of(file);
    let options = form.option_sets().map(|(_, all)| all.iter().map(|o| o.label.clone()).collect::<Vec<_>>());
    let boxes = form.check_sets().map(|(_, all)| all.iter().map(|b| b.label.clone()).collect::<Vec<_>>());
    let mut sets: Vec<Vec<String>> =
        options.chain(boxes).filter(|set| set.iter().any(|l| fold(l) == fold(text))).collect();
    if sets.is_empty() {
        return None;
    }
    let mut set = sets.swap_remove(dice.roll(sets.len()));
    set.retain(|label| fold(label) != fold(text));
    (!set.is_empty()).then(|| set.swap_remove(dice.roll(set.len())))
}

fn other_date(dice: &mut Dice, _: &SourceFile, text: &str) -> Option<String> {
    let date = wareki::parse(text).ok()?.date;
    if date.precision() != Precision::Day {
        return None;
    }
    let years = [-5, -2, -1, 1, 2, 5][dice.roll(6)];
    if dice.percent(50) {
        return Some(date.plus_years(years)?.wareki());
    }
    // By days and months: any other day of the same year.
    let month = u8::try_from(1 + dice.roll(12)).ok()?;
    let day = u8::try_from(1 + dice.roll(28)).ok()?;
    Some(CivilDate::from_ymd(date.year(), month, day)?.wareki()).filter(|new| new != text)
}

fn other_number(dice: &mut Dice, _: &SourceFile, text: &str) -> Option<String> {
    let digits: Vec<usize> =
        text.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let at = *digits.get(dice.roll(digits.len()))?;
    let old = text.as_bytes()[at] - b'0';
    let new = (usize::from(old) + 1 + dice.roll(9)) % 10;
    Some(format!("{}{new}{}", &text[..at], &text[at + 1..]))
}

/// An entry of a list is taken out with all its lines.
fn entry_removed(dice: &mut Dice, file: &SourceFile, spots: &[Spot<'_>]) -> Option<Edit> {
    let is_block = |list: &Yaml| file.text[list.span.start..].starts_with('-');
    let lists: Vec<_> = spots
        .iter()
        .filter_map(|spot| match &spot.value.data {
            Data::List(items) if !items.is_empty() && is_block(spot.value) => Some((spot, items)),
            _ => None,
        })
        .collect();
    let (spot, items) = lists.get(dice.roll(lists.len()))?;
    let at = dice.roll(items.len());
    let first = line(file, items[at].span.start);
    let list_end = line(file, last(file, spot.value.span));
    let next = items.get(at + 1).map_or(list_end + 1, |item| line(file, item.span.start));
    let kept = |(number, _): &(usize, &str)| !(first..next).contains(&(number + 1));
    let text: String = file.text.split_inclusive('\n').enumerate().filter(kept).map(|(_, l)| l).collect();
    let start = *spot.lines(file).start();
    Some(Edit {
        text,
        lines: vec![start..=list_end + 1 - (next - first), spot.heading(file)],
        line: first,
        what: format!("entry {} of 「{}」 removed", at + 1, spot.name()),
    })
}

/// A letter of a key is lost, doubled, or changes places with the next one.
fn misspelt(dice: &mut Dice, file: &SourceFile, spots: &[Spot<'_>]) -> Option<Edit> {
    let is_plain = |key: &Key| file.text.get(key.span.start..key.span.end) == Some(key.text.as_str());
    let all: Vec<_> =
        spots.iter().filter(|s| s.key.is_some_and(|k| is_plain(k) && k.text.chars().count() > 2)).collect();
    let spot = all.get(dice.roll(all.len()))?;
    let key = spot.key?;
    let mut letters: Vec<char> = key.text.chars().collect();
    let at = dice.roll(letters.len() - 1);
    match dice.roll(3) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        _ => letters.swap(at, at + 1),
    }
    let new: String = letters.into_iter().collect();
    let lines = spot.lines(file);
    Some(Edit {
        text: format!("{}{new}{}", &file.text[..key.span.start], &file.text[key.span.end..]),
        line: *lines.start(),
        what: format!("key 「{}」 → 「{}」", shorten(&key.text), shorten(&new)),
        lines: vec![lines, spot.heading(file)],
    })
}
