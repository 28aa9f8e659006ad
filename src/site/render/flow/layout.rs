//! Where everything of a drawing stands: three lanes from left to right, each a pile of frames, and straight lines between.
//!
//! Receivers that the information reaches by the same means stand in one frame, and each of the means is one line into it. So
//! lines never cross, never bend and only run through the gaps between the lanes, however long a document is. A lane grows
//! downwards; what would make it endless is cut, counted (「ほか n 件」), and whole in the text beside the drawing.

use super::measure::{balanced, pixels};
use super::shapes::{Channel, ChannelLook, Drawing, Frame, FrameLook, Label, Letters, Rect, Rule};
use crate::flow::{Fact, Flow, Kind, Outflow, Party, Travel, Way};
use crate::site::theme::Theme;

/// Widths of the lanes and of the gaps between them, in pixels of the drawing.
const LANE: i32 = 212;
const GAP: i32 = 132;
const CENTRE: i32 = 216;
/// Room at the edges for the strokes of the frames.
const EDGE: i32 = 2;
/// Width of the whole drawing.
pub(super) const WIDTH: i32 = 2 * (EDGE + LANE + GAP) + CENTRE;

const PADDING: i32 = 10;
/// Between a row and the rule below it, and between frames.
const ROW_GAP: i32 = 8;
const FRAME_GAP: i32 = 12;
/// Between a heading and its first frame, and between kinds of receivers.
const HEADING_GAP: i32 = 6;
const KIND_GAP: i32 = 28;
/// Between a means and its line, and from that to the next means.
const OVER_LINE: i32 = 5;
const UNDER_LINE: i32 = 11;
/// The head of an arrow.
pub(super) const HEAD: i32 = 10;

/// Rows of a frame, frames of a kind of receivers, means of a frame, and lines of a text that are drawn.
const MOST_ROWS: usize = 6;
const MOST_FRAMES: usize = 4;
const MOST_WAYS: usize = 8;
const MOST_SYSTEMS: usize = 8;
const MOST_LINES: usize = 3;
const MOST_LONG_LINES: usize = 6;

/// A piece of text of a row.
struct Piece {
    letters: Letters,
    text: String,
    /// Most lines.
    most: usize,
}

type Row = Vec<Piece>;

impl Piece {
    /// Its lines, and whether something had to be cut.
    fn lines(&self, room: i32) -> (Vec<String>, bool) {
        let lines = balanced(&self.text, self.letters.size(), room, self.most);
        let is_cut = is_cut(&lines, &self.text);
        (lines, is_cut)
    }
}

fn is_cut(lines: &[String], text: &str) -> bool {
    lines.last().is_some_and(|line| line.ends_with('…')) && !text.trim_end().ends_with('…')
}

/// A means that is drawn: the lines of its label, and the look of its line.
struct Means {
    look: ChannelLook,
    lines: Vec<String>,
    is_cut: bool,
}

impl Means {
    fn new(look: ChannelLook, text: &str) -> Self {
        let lines = balanced(text, Letters::Way.size(), GAP - 2 * ROW_GAP - HEAD, MOST_LINES);
        let is_cut = is_cut(&lines, text);
        Self { look, lines, is_cut }
    }

    fn height(&self) -> i32 {
        height_of(&self.lines, Letters::Way) + OVER_LINE + UNDER_LINE
    }
}

/// The drawing of a flow.
pub(super) fn layout(theme: &Theme, flow: &Flow<'_>) -> Drawing {
    let words = Words { theme };
    let left_x = EDGE;
    let centre_x = left_x + LANE + GAP;
    let right_x = centre_x + CENTRE + GAP;
    let left = words.inflow(flow, left_x);
    let agency = words.agency(flow, centre_x);
    let centre = words.centre(flow, centre_x);
    let right = words.outflows(flow, right_x);
    let height = left.height.max(agency.height + centre.height).max(right.height);

    let mut whole = Drawing { height: height + 2 * EDGE, ..Drawing::default() };
    let panel = Rect { x: centre_x, y: EDGE, width: CENTRE, height };
    whole.frames.push(Frame { rect: panel, look: FrameLook::Agency, inside: None });
    // The lanes stand beside the middle of the highest one; the name of the organisation stands at its top.
    let middle = |lane: &Drawing| (height - lane.height) / 2;
    let below_name = middle(&centre).max(agency.height);
    for (down, lane, inside) in [
        (middle(&left), left, None),
        (0, agency, Some(0)),
        (below_name, centre, Some(0)),
        (middle(&right), right, None),
    ] {
        whole.add(lane, EDGE + down, inside);
    }
    whole
}

/// Builds lanes with the words of a theme.
struct Words<'t> {
    theme: &'t Theme,
}

impl Words<'_> {
    fn word(&self, key: &str) -> String {
        self.theme.word(key).to_owned()
    }

    fn count(&self, key: &str, count: usize) -> String {
        self.theme.word(key).replace("{n}", &count.to_string())
    }

    fn more(&self, count: usize) -> Row {
        vec![note(self.count("flow_more", count))]
    }

    /// 入手元 and their means.
    fn inflow(&self, flow: &Flow<'_>, x: i32) -> Drawing {
        let mut lane = Drawing::default();
        let inflow = &flow.inflow;
        if inflow.slot.is_none() {
            return lane;
        }
        lane.heading(x, [self.word("flow_source"), self.word("flow_source_is")]);
        if inflow.sources.is_empty() {
            let row = vec![note(self.word("flow_unstated"))];
            let means = if inflow.travel.ways.is_empty() { Vec::new() } else { self.means(&inflow.travel) };
            lane.bundle(x, FrameLook::Empty, &[row], &means, Side::Left);
            return lane;
        }
        let rows = inflow.sources.iter().map(|source| {
            let text = source.text.iter().map(|text| piece(Letters::Plain, text, MOST_LONG_LINES));
            std::iter::once(piece(Letters::Strong, source.label, MOST_LINES)).chain(text).collect()
        });
        let (rows, hidden) = capped(rows.collect(), 2 * MOST_ROWS);
        lane.is_cut |= hidden > 0;
        let rows: Vec<Row> = rows.into_iter().chain((hidden > 0).then(|| self.more(hidden))).collect();
        lane.bundle(x, FrameLook::Plain, &rows, &self.means(&inflow.travel), Side::Left);
        lane
    }

    /// The organisation that does the 事務.
    fn agency(&self, flow: &Flow<'_>, x: i32) -> Drawing {
        let mut lane = Drawing { height: PADDING, ..Drawing::default() };
        let place = (x + PADDING, CENTRE - 2 * PADDING);
        lane.text(&note(self.word("flow_agency")), place, None);
        if let Some(agency) = &flow.agency {
            lane.text(&piece(Letters::Strong, agency, MOST_LINES), place, None);
        }
        lane
    }

    /// The file, who uses it, and the systems.
    fn centre(&self, flow: &Flow<'_>, x: i32) -> Drawing {
        let mut lane = Drawing { height: PADDING, ..Drawing::default() };
        let (x, width) = (x + PADDING, CENTRE - 2 * PADDING);
        let names = flow.files.iter().filter_map(|file| file.name.as_ref());
        self.card(&mut lane, (x, width), FrameLook::File, "flow_file", names, Letters::Strong);
        self.card(
            &mut lane,
            (x, width),
            FrameLook::Plain,
            "flow_department",
            flow.department.iter(),
            Letters::Plain,
        );
        self.card(
            &mut lane,
            (x, width),
            FrameLook::Plain,
            "flow_system",
            flow.systems.iter(),
            Letters::Plain,
        );
        lane.height = (lane.height + PADDING - FRAME_GAP).max(PADDING);
        lane
    }

    /// A card with its caption and what it lists; none where there is nothing.
    fn card<'f>(
        &self,
        lane: &mut Drawing,
        place: (i32, i32),
        look: FrameLook,
        caption: &str,
        facts: impl Iterator<Item = &'f Fact<'f>>,
        letters: Letters,
    ) {
        let facts: Vec<_> = facts.collect();
        let most = if facts.len() == 1 { MOST_LONG_LINES } else { MOST_LINES };
        let rows = facts.iter().map(|fact| vec![piece(letters, &fact.text, most)]).collect();
        let (mut rows, hidden): (Vec<Row>, usize) = capped(rows, MOST_SYSTEMS);
        let Some(first) = rows.first_mut() else { return };
        first.insert(0, note(self.word(caption)));
        lane.is_cut |= hidden > 0;
        rows.extend((hidden > 0).then(|| self.more(hidden)));
        lane.frame(place, look, &rows, 0);
        lane.height += FRAME_GAP;
    }

    /// 委託先, 提供先 and 移転先.
    fn outflows(&self, flow: &Flow<'_>, x: i32) -> Drawing {
        let mut lane = Drawing::default();
        for outflow in &flow.outflows {
            if outflow.parties.is_empty() && outflow.none.is_none() {
                continue;
            }
            if lane.height > 0 {
                lane.height += KIND_GAP - FRAME_GAP;
            }
            let key = super::kind_key(outflow.kind);
            lane.heading(x, [self.word(&format!("flow_{key}")), self.word(&format!("flow_{key}_is"))]);
            self.receivers(&mut lane, outflow, x);
        }
        lane.height = (lane.height - FRAME_GAP).max(0);
        lane
    }

    fn receivers(&self, lane: &mut Drawing, outflow: &Outflow<'_>, x: i32) {
        if let Some(none) = &outflow.none {
            lane.bundle(x, FrameLook::Empty, &[vec![note(none.text.to_string())]], &[], Side::Right);
            lane.height += FRAME_GAP;
        }
        let bundles = bundles(&outflow.parties);
        let shown = if bundles.len() > MOST_FRAMES { MOST_FRAMES - 1 } else { bundles.len() };
        for bundle in &bundles[..shown] {
            let rows = self.rows(lane, outflow.kind, bundle);
            lane.bundle(x, FrameLook::Plain, &rows, &self.means(&bundle[0].travel), Side::Right);
            lane.height += FRAME_GAP;
        }
        let rest: usize = bundles[shown..].iter().map(Vec::len).sum();
        if rest > 0 {
            lane.is_cut = true;
            let means = Means::new(ChannelLook::Other, "");
            let row = vec![note(self.count("flow_more_ways", rest))];
            lane.bundle(x, FrameLook::Plain, &[row], &[means], Side::Right);
            lane.height += FRAME_GAP;
        }
    }

    /// The rows of receivers with the same means. Those with one name are one row with their number.
    fn rows(&self, lane: &mut Drawing, kind: Kind, parties: &[&Party<'_>]) -> Vec<Row> {
        let mut rows: Vec<(String, usize, Row)> = Vec::new();
        for party in parties {
            let name =
                party.name.as_ref().map_or_else(|| self.word("flow_unnamed"), |name| name.text.to_string());
            let same = rows.iter_mut().find(|(other, ..)| *other == name && kind != Kind::Contractor);
            match same {
                Some((_, count, _)) => *count += 1,
                None => {
                    let row = self.row(party, &name);
                    rows.push((name, 1, row));
                }
            }
        }
        let parties_of =
            |rows: &[(String, usize, Row)]| rows.iter().map(|(_, count, _)| count).sum::<usize>();
        let all = parties_of(&rows);
        let (rows, hidden) = capped(rows, MOST_ROWS);
        let hidden_parties = all - parties_of(&rows);
        lane.is_cut |= hidden > 0;
        let with_count = |(name, count, mut row): (String, usize, Row)| {
            if count > 1 {
                row[0].text = format!("{name}{}", self.count("flow_times", count));
                // A long name would be cut, and the number with it.
                if row[0].lines(LANE - 2 * PADDING).1 {
                    row[0].text = name;
                    row.push(note(self.count("flow_times", count)));
                }
            }
            row
        };
        let more = (hidden > 0).then(|| self.more(hidden_parties));
        rows.into_iter().map(with_count).chain(more).collect()
    }

    fn row(&self, party: &Party<'_>, name: &str) -> Row {
        let mut row = vec![piece(Letters::Strong, name, MOST_LINES)];
        row.extend(party.matter.iter().map(|matter| piece(Letters::Note, &matter.text, MOST_LINES)));
        let again = party.again.as_ref().filter(|again| again.is_done);
        row.extend(
            again.map(|again| note(self.theme.word("flow_again").replace("{again}", &again.fact.text))),
        );
        row
    }

    /// The lines of a frame: one for each means.
    fn means(&self, travel: &Travel<'_>) -> Vec<Means> {
        if travel.slot.is_none() {
            return vec![Means::new(ChannelLook::Unasked, "")];
        }
        if travel.ways.is_empty() {
            return vec![Means::new(ChannelLook::Unstated, self.theme.word("flow_unstated_way"))];
        }
        let means = |way: &Way<'_>| Means::new(way.carrier.into(), short(way));
        let (mut all, hidden) = capped(travel.ways.iter().map(means).collect(), MOST_WAYS);
        let more = (hidden > 0).then(|| self.count("flow_more", hidden));
        all.extend(more.map(|more| Means { is_cut: true, ..Means::new(ChannelLook::Other, &more) }));
        all
    }
}

/// A means in as few words as tell it from the others: what その他 stands for, and no remark in brackets.
fn short<'w>(way: &'w Way<'_>) -> &'w str {
    match &way.text {
        Some(text) => text,
        None => way.label.split('（').next().filter(|label| !label.is_empty()).unwrap_or(way.label),
    }
}

fn piece(letters: Letters, text: &str, most: usize) -> Piece {
    Piece { letters, text: text.to_owned(), most }
}

fn note(text: String) -> Piece {
    Piece { letters: Letters::Note, text, most: MOST_LINES }
}

/// At most so many of a list, and how many are left out. One alone is never left out: to say so takes the same room.
fn capped<T>(mut all: Vec<T>, most: usize) -> (Vec<T>, usize) {
    if all.len() <= most {
        return (all, 0);
    }
    let hidden = all.len() + 1 - most;
    all.truncate(most - 1);
    (all, hidden)
}

/// Receivers that the information reaches by the same means, in the order of the document.
fn bundles<'p, 'a>(parties: &'p [Party<'a>]) -> Vec<Vec<&'p Party<'a>>> {
    let mut bundles: Vec<Vec<&Party<'_>>> = Vec::new();
    for party in parties {
        match bundles.iter_mut().find(|bundle| bundle[0].travel.ways == party.travel.ways) {
            Some(bundle) => bundle.push(party),
            None => bundles.push(vec![party]),
        }
    }
    bundles
}

fn height_of(lines: &[String], letters: Letters) -> i32 {
    i32::try_from(lines.len()).unwrap_or(i32::MAX) * letters.line_height()
}

/// On which side of the organisation a frame stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

impl Drawing {
    /// Puts a lane into the drawing, so far down, and into a frame.
    fn add(&mut self, lane: Drawing, down: i32, inside: Option<usize>) {
        let first = self.frames.len();
        let outer = |own: Option<usize>| own.map(|own| own + first).or(inside);
        let lower = |rect: Rect| Rect { y: rect.y + down, ..rect };
        let frames = lane.frames.into_iter();
        self.frames.extend(frames.map(|f| Frame { rect: lower(f.rect), inside: outer(f.inside), ..f }));
        let labels = lane.labels.into_iter();
        self.labels.extend(labels.map(|l| Label { rect: lower(l.rect), inside: outer(l.inside), ..l }));
        let rules = lane.rules.into_iter();
        self.rules.extend(rules.map(|r| Rule { y: r.y + down, inside: r.inside + first, ..r }));
        self.channels.extend(lane.channels.into_iter().map(|c| Channel { y: c.y + down, ..c }));
        self.is_cut |= lane.is_cut;
    }

    /// What a pile of frames is, and in plain words.
    fn heading(&mut self, x: i32, [name, explanation]: [String; 2]) {
        self.text(&piece(Letters::Strong, &name, MOST_LINES), (x, LANE), None);
        self.text(&note(explanation), (x, LANE), None);
        self.height += HEADING_GAP;
    }

    /// A text at the bottom of the pile.
    fn text(&mut self, piece: &Piece, (x, width): (i32, i32), inside: Option<usize>) {
        let (lines, is_cut) = piece.lines(width);
        if lines.is_empty() {
            return;
        }
        self.is_cut |= is_cut;
        let height = height_of(&lines, piece.letters);
        let widest = lines.iter().map(|line| pixels(line, piece.letters.size())).max().unwrap_or(0);
        let rect = Rect { x, y: self.height, width: widest, height };
        self.labels.push(Label { rect, letters: piece.letters, lines, inside });
        self.height += height;
    }

    /// A frame with rows at the bottom of the pile, at least so high.
    fn frame(&mut self, (x, width): (i32, i32), look: FrameLook, rows: &[Row], least: i32) {
        let top = self.height;
        let frame = self.frames.len();
        self.frames.push(Frame { rect: Rect { x, y: top, width, height: 0 }, look, inside: None });
        self.height += PADDING;
        let inner = (x + PADDING, width - 2 * PADDING);
        for (at, row) in rows.iter().enumerate() {
            if at > 0 {
                self.height += ROW_GAP;
                self.rules.push(Rule { x: inner.0, y: self.height, width: inner.1, inside: frame });
                self.height += ROW_GAP;
            }
            for piece in row {
                self.text(piece, inner, Some(frame));
            }
        }
        self.height += PADDING;
        let spare = (top + least - self.height).max(0);
        self.height += spare;
        self.frames[frame].rect.height = self.height - top;
        let rows = self.labels.iter_mut().filter(|label| label.inside == Some(frame));
        rows.for_each(|label| label.rect.y += spare / 2);
        let rules = self.rules.iter_mut().filter(|rule| rule.inside == frame);
        rules.for_each(|rule| rule.y += spare / 2);
    }

    /// A frame, and in the gap beside it a line for each means.
    fn bundle(&mut self, x: i32, look: FrameLook, rows: &[Row], means: &[Means], side: Side) {
        let top = self.height;
        let lines: i32 = means.iter().map(Means::height).sum();
        self.frame((x, LANE), look, rows, lines);
        let (from, to) = match side {
            Side::Left => (x + LANE, x + LANE + GAP),
            Side::Right => (x - GAP, x),
        };
        let mut y = top + (self.height - top - lines) / 2;
        for means in means {
            self.is_cut |= means.is_cut;
            let height = height_of(&means.lines, Letters::Way);
            let rect = Rect { x: from + ROW_GAP, y, width: GAP - 2 * ROW_GAP - HEAD, height };
            y += height + OVER_LINE;
            self.channels.push(Channel { from, to, y, look: means.look });
            y += UNDER_LINE;
            if !means.lines.is_empty() {
                let lines = means.lines.clone();
                self.labels.push(Label { rect, letters: Letters::Way, lines, inside: None });
            }
        }
    }
}
