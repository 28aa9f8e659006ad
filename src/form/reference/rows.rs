//! References of a 変更箇所 table, read together: the rows of one date follow the order of the form, which decides what a
//! single row leaves open.

use crate::wareki::CivilDate;

use super::super::{Form, Node, Slot, fold};
use super::search::inner_repeat;
use super::{How, Liberty, Place, Resolution, how, uncertain};

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct RefRow<'a> {
    /// 変更日.
    pub date: Option<CivilDate>,
    /// 項目 as written.
    pub text: &'a str,
}

/// Price of a row that stands before the one above it on the form.
const BACK: u32 = 5;
/// The price of another section than that of the row above, for a row that leaves its section out where others name theirs.
const OTHER_SECTION: u32 = 1;
/// Readings that cost more than the best by more than this are not weighed against the order of the rows.
const WEIGHED: u16 = 4;
/// What people write for "the item of the row above".
const DITTO: [&str; 5] = ["同上", "同項目", "上記と同じ", "〃", "''"];

impl Form {
    /// What the rows of a table name, in the order of the document. See [`resolve`](Form::resolve) for `files`.
    pub fn resolve_rows(&self, rows: &[RefRow<'_>], files: u16) -> Vec<Resolution> {
        let mut places: Vec<Vec<Place>> = rows.iter().map(|r| self.row_places(r, files)).collect();
        if let Some(former) = self.former_files(rows, &places, files) {
            for (row, places) in rows.iter().zip(&mut places).filter(|(row, _)| row.date >= former.since) {
                *places = self.row_places(row, former.files);
            }
        }
        let mut resolutions = Vec::with_capacity(rows.len());
        let mut start = 0;
        for group in rows.chunk_by(|a, b| a.date == b.date) {
            let end = start + group.len();
            resolutions.extend(self.align(&places[start..end], files));
            start = end;
        }
        self.fill_from_above(rows, &mut resolutions);
        resolutions
    }

    /// The files that a table names and the document has no more; a single row may be a slip.
    fn former_files(&self, rows: &[RefRow<'_>], places: &[Vec<Place>], files: u16) -> Option<FormerFiles> {
        const FEWEST: usize = 2;
        let beyond: Vec<(u16, Option<CivilDate>)> = rows
            .iter()
            .zip(places)
            .filter_map(|(row, places)| Some((self.file_of(places.first()?.slot), row.date)))
            .filter(|(file, date)| *file > files && date.is_some())
            .collect();
        let most = beyond.iter().map(|(file, _)| *file).max()?;
        let since = beyond.iter().map(|(_, date)| *date).min()?;
        (beyond.len() >= FEWEST).then_some(FormerFiles { files: most, since })
    }

    /// The number of the file that a slot is in; 0 outside of files.
    fn file_of(&self, slot: Slot) -> u16 {
        let number = slot.entries.numbers().next().filter(|_| self.section_of(slot.node).is_per_file());
        number.unwrap_or(0)
    }

    fn row_places(&self, row: &RefRow<'_>, files: u16) -> Vec<Place> {
        if is_ditto(row.text) { Vec::new() } else { self.places(row.text, files) }
    }

    /// Rows of one date against the order of the form.
    fn align(&self, rows: &[Vec<Place>], files: u16) -> Vec<Resolution> {
        let weighed: Vec<Vec<Place>> = rows.iter().map(|p| self.weighed(p)).collect();
        let costs = self.costs_through(&weighed, files);
        let mut resolutions: Vec<Resolution> = rows
            .iter()
            .zip(&weighed)
            .zip(&costs)
            .map(|((all, weighed), costs)| self.decide(all, weighed, costs, files))
            .collect();
        self.ask_where_files_turn_unseen(&weighed, &mut resolutions);
        resolutions
    }

    /// One row that stands too high may be a slip as well as the first of the next file: where nothing shows that another
    /// file begins, a person is asked.
    fn ask_where_files_turn_unseen(&self, rows: &[Vec<Place>], resolutions: &mut [Resolution]) {
        let is_open = |row: usize| {
            let mut files = rows[row].iter().map(|p| self.file_of(p.slot));
            files.next().is_some_and(|first| files.any(|file| file != first))
        };
        let slot = |row: usize| resolutions[row].target.map(|t| t.slot).filter(|s| self.file_of(*s) > 0);
        let placed: Vec<Placed> = (0..rows.len())
            .filter_map(|row| slot(row).map(|slot| Placed { row, slot, open: is_open(row) }))
            .collect();
        let runs: Vec<&[Placed]> =
            placed.chunk_by(|a, b| self.file_of(a.slot) == self.file_of(b.slot)).collect();
        for pair in runs.windows(2).filter(|pair| !self.turn_is_seen(pair[0], pair[1])) {
            for placed in pair.concat().iter().filter(|placed| placed.open) {
                resolutions[placed.row] = uncertain(&rows[placed.row]);
            }
        }
    }

    /// Whether the rows show that another file begins between two runs: both name their file, an item comes again, or the rows
    /// go back to the first item of several.
    fn turn_is_seen(&self, above: &[Placed], below: &[Placed]) -> bool {
        let goes_back_to_a_file = self.file_of(above[0].slot) > self.file_of(below[0].slot);
        let both_name_it = [above, below].iter().all(|run| run.iter().any(|placed| !placed.open));
        let repeats = below.iter().any(|b| above.iter().any(|a| is_again(a.slot, b.slot)));
        let starts_anew = above.len() > 1 && below[0].slot.node <= above[0].slot.node;
        goes_back_to_a_file || both_name_it || repeats || starts_anew
    }

    /// The readings between which the rows around may decide.
    fn weighed(&self, places: &[Place]) -> Vec<Place> {
        let Some(first) = places.first() else { return Vec::new() };
        match self.only_best(places) {
            Some(best) if best.liberty <= Liberty::Spelling => vec![best],
            _ => places.iter().filter(|p| p.cost <= first.cost + WEIGHED).copied().collect(),
        }
    }

    /// For every reading of every row, the price of the best course through all rows that takes it.
    ///
    /// A document goes section by section or file by file; with several files, whichever fits better.
    fn costs_through(&self, rows: &[Vec<Place>], files: u16) -> Vec<Vec<u32>> {
        let mut costs = self.costs_in(rows, Going::BySection);
        if files > 1 {
            for (row, by_file) in costs.iter_mut().zip(self.costs_in(rows, Going::ByFile)) {
                row.iter_mut().zip(by_file).for_each(|(cost, other)| *cost = other.min(*cost));
            }
        }
        costs
    }

    fn costs_in(&self, rows: &[Vec<Place>], going: Going) -> Vec<Vec<u32>> {
        let used: Vec<usize> = (0..rows.len()).filter(|r| !rows[*r].is_empty()).collect();
        let sections_named = rows.iter().flatten().any(|place| place.rooted && self.is_numbered(place.slot));
        let forward = self.course(rows, used.iter().copied(), going, false, sections_named);
        let backward = self.course(rows, used.iter().rev().copied(), going, true, sections_named);
        let own = |row: usize| own_costs(&rows[row]);
        (0..rows.len())
            .map(|r| own(r).enumerate().map(|(c, own)| forward[r][c] + backward[r][c] - own).collect())
            .collect()
    }

    fn course(
        &self,
        rows: &[Vec<Place>],
        order: impl Iterator<Item = usize>,
        going: Going,
        reversed: bool,
        sections_named: bool,
    ) -> Vec<Vec<u32>> {
        let mut costs: Vec<Vec<u32>> = rows.iter().map(|r| own_costs(r).collect()).collect();
        let mut last: Option<usize> = None;
        for row in order {
            for (reading, place) in rows[row].iter().enumerate() {
                let Some(last) = last else { continue };
                let best = rows[last].iter().zip(&costs[last]).map(|(other, cost)| {
                    let (above, below) = if reversed { (place, other) } else { (other, place) };
                    let inferred = sections_named && !below.rooted;
                    cost + self.turn(above.slot, below.slot, going)
                        + self.leap(above.slot, below.slot, inferred)
                });
                costs[row][reading] += best.min().unwrap_or(0);
            }
            last = Some(row);
        }
        costs
    }

    /// The price of a row below another one.
    fn turn(&self, above: Slot, below: Slot, going: Going) -> u32 {
        let (a, b) = (self.order(above, going), self.order(below, going));
        // An entry without its number may be any.
        let entry_is_open = a.block == b.block && (a.cell.0 == 0 || b.cell.0 == 0);
        if entry_is_open && a.in_repeat || a <= b { 0 } else { BACK }
    }

    /// The price of leaving the section of the row above without saying so.
    fn leap(&self, above: Slot, below: Slot, inferred: bool) -> u32 {
        let section = |slot: Slot| self.section_of(slot.node).ix;
        if inferred && section(above) != section(below) { OTHER_SECTION } else { 0 }
    }

    /// Whether a slot is in a section with a roman number: appendices and the cover are always named.
    fn is_numbered(&self, slot: Slot) -> bool {
        self.section_of(slot.node).mark.as_ref().is_some_and(|mark| !mark.starts_with('（'))
    }

    fn order(&self, slot: Slot, going: Going) -> Order {
        let section = self.section_of(slot.node);
        let repeat = inner_repeat(self, Some(slot.node));
        let file = self.file_of(slot);
        let entry = slot.entries.numbers().nth(usize::from(section.is_per_file())).unwrap_or(0);
        let top = repeat.unwrap_or(slot.node);
        Order {
            block: match going {
                Going::BySection => (section.ix.position(), file, top.position()),
                Going::ByFile => (self.chapter(section), file, top.position()),
            },
            cell: (entry, slot.node.position()),
            in_repeat: repeat.is_some(),
        }
    }

    /// The position of a section, and of the first one for all that repeat per file.
    fn chapter(&self, section: &Node) -> usize {
        let first = self.sections().find(|s| s.is_per_file()).filter(|_| section.is_per_file());
        first.unwrap_or(section).ix.position()
    }

    fn decide(&self, all: &[Place], weighed: &[Place], costs: &[u32], files: u16) -> Resolution {
        let Some(least) = costs.iter().min() else { return uncertain(all) };
        let alone = self.only_best(all);
        let tied: Vec<Place> =
            weighed.iter().zip(costs).filter(|(_, c)| *c == least).map(|(p, _)| *p).collect();
        if let Some(best) = alone.filter(|a| tied.iter().any(|t| t.slot == a.slot)) {
            return self.resolution(best.slot, how(best.liberty), all);
        }
        let level: Vec<Place> = tied.iter().map(|p| Place { cost: 0, ..*p }).collect();
        if let Some(best) = self.only_best(&level) {
            return self.resolution(best.slot, how(best.liberty).max(How::Sequence), all);
        }
        // A row that names no file rather means one that is still there than one that is not, but it does not say so.
        let is_there = |place: &&Place| self.file_of(place.slot) <= files;
        let there: Vec<Place> = level.iter().filter(is_there).copied().collect();
        match self.only_best(&there) {
            Some(best) => self.resolution(best.slot, How::Fuzzy, all),
            None => {
                // What the order speaks against stays as another reading.
                let is_other = |p: &&Place| tied.iter().all(|t| t.slot != p.slot);
                let others: Vec<Place> = weighed.iter().filter(is_other).copied().collect();
                uncertain(&[tied.as_slice(), others.as_slice()].concat())
            }
        }
    }

    /// What a row takes over from the one above it: the whole item (同上), or the number of an entry.
    fn fill_from_above(&self, rows: &[RefRow<'_>], resolutions: &mut [Resolution]) {
        for i in 1..rows.len() {
            let Some(above) = resolutions[i - 1].target else { continue };
            if is_ditto(rows[i].text) {
                let how = resolutions[i - 1].how.max(Some(How::Sequence));
                resolutions[i] = Resolution { how, target: Some(above), candidates: Vec::new() };
                continue;
            }
            if rows[i].date != rows[i - 1].date {
                continue;
            }
            let Some(target) = &mut resolutions[i].target else { continue };
            if let Some(slot) = self.in_entry_above(above.slot, target.slot) {
                target.slot = slot;
                resolutions[i].how = resolutions[i].how.max(Some(How::Sequence));
            }
        }
    }

    /// A cell without the number of its entry, below a row of such an entry: that entry, unless the cells start anew.
    fn in_entry_above(&self, above: Slot, slot: Slot) -> Option<Slot> {
        let repeat = inner_repeat(self, Some(slot.node)).filter(|r| *r != slot.node)?;
        let depth = self.repeat_depth(slot.node);
        let continues = inner_repeat(self, Some(above.node)) == Some(repeat) && above.node <= slot.node;
        let missing = slot.entries.depth() + 1 == depth && above.entries.depth() == depth;
        let same_file = above.entries.truncate(depth - 1) == slot.entries;
        (continues && missing && same_file).then_some(Slot { entries: above.entries, ..slot })
    }
}

/// How the rows of a date go through a document with several files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Going {
    /// Ⅱ of all files, then Ⅲ of all.
    BySection,
    /// Ⅱ and Ⅲ of one file, then those of the next.
    ByFile,
}

/// Files that a document had formerly.
struct FormerFiles {
    files: u16,
    /// The first day of which a row names one of them.
    since: Option<CivilDate>,
}

/// A row with its place in a file.
#[derive(Clone, Copy)]
struct Placed {
    row: usize,
    slot: Slot,
    /// The row does not say which file.
    open: bool,
}

/// Where a slot stands in the order in which tables are written: section by section, file by file, entry by entry.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Order {
    /// Section or chapter, file, and the item or the repeat.
    block: (usize, u16, usize),
    /// Entry and node.
    cell: (u16, usize),
    in_repeat: bool,
}

/// What each reading costs more than the cheapest of its row.
fn own_costs(places: &[Place]) -> impl Iterator<Item = u32> {
    let least = places.first().map_or(0, |p| p.cost);
    places.iter().map(move |p| u32::from(p.cost - least))
}

/// Whether two slots are the same item of the same entry, in whatever file.
fn is_again(a: Slot, b: Slot) -> bool {
    a.node == b.node && a.entries.numbers().skip(1).eq(b.entries.numbers().skip(1))
}

fn is_ditto(text: &str) -> bool {
    let text = fold(text);
    DITTO.contains(&text.trim_matches(|c| "()\"「」.".contains(c)))
}
