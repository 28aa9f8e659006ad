//! Which boxes a cell ticks, and what stands in their parentheses.

use super::scan::{Run, Span, Words, says_nothing};
use crate::form::{CheckBox, fold};

/// A box of the list as a cell prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BoxReading {
    /// Place in the form's list.
    pub(super) index: usize,
    /// Whether it is ticked; none where no box is printed at its label.
    pub(super) ticked: Option<bool>,
    /// What stands in its parenthesis.
    pub(super) text: Option<String>,
    /// The number in its parenthesis, for a box that counts.
    pub(super) count: Option<u32>,
}

/// What a cell says about a check list.
#[derive(Debug, Default)]
pub(super) struct ChecksReading {
    /// The boxes in the form's order.
    pub(super) boxes: Vec<BoxReading>,
    /// Why the reading is to be looked at.
    pub(super) doubts: Vec<String>,
    /// What is neither box nor print.
    pub(super) rest: Vec<Span>,
}

enum Token {
    Box(bool),
    Label { index: usize, text: Option<Span>, count: Option<Span> },
    Other(Span),
}

/// Reads a check list.
pub(super) fn read(run: &Run, boxes: &[CheckBox]) -> ChecksReading {
    let mut reading = ChecksReading::default();
    let mut tokens = tokens(run, boxes);
    name_damaged_labels(run, boxes, &mut tokens, &mut reading.doubts);
    if marks_follow(&tokens) {
        reading.doubts.push("印が語の後ろにあるものとして読みました。".to_owned());
        tokens.reverse();
    }
    collect(run, boxes, &tokens, &mut reading);
    reading.boxes.sort_by_key(|b| b.index);
    merge_repeated(&mut reading.boxes);
    reading
}

fn tokens(run: &Run, boxes: &[CheckBox]) -> Vec<Token> {
    let labels = Words::new(boxes.iter().enumerate().map(|(i, b)| (b.label.as_str(), i)));
    let groups = Words::new(boxes.iter().filter_map(|b| b.group.as_deref()).map(|g| (g, 0)));
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while at < run.len() {
        if let Some((ticked, length)) = run.box_at(at) {
            tokens.push(Token::Box(ticked));
            at += length;
            continue;
        }
        let after_box = matches!(tokens.last(), Some(Token::Box(_)));
        if let Some((index, length)) = labels.at(run, at) {
            // Away from a box a label must stand alone: 紙 is no label in 紙媒体.
            if after_box || (run.opens(at) && run.closes(at + length)) {
                let (token, end) = label(run, boxes, index, at + length);
                tokens.push(token);
                at = end;
                continue;
            }
        }
        if let Some((_, length)) = groups.at(run, at)
            && run.opens(at)
            && run.closes(at + length)
        {
            at += length;
            continue;
        }
        match (tokens.last_mut(), run.at(at)) {
            // A circle without its box, as in 「○ 紙」.
            (_, Some('○' | '●' | '◎')) if labels.at(run, at + 1).is_some() => {
                tokens.push(Token::Box(true));
            }
            (Some(Token::Other(span)), _) if span.to == at => span.to = at + 1,
            _ => tokens.push(Token::Other(Span { from: at, to: at + 1 })),
        }
        at += 1;
    }
    tokens.retain(|t| !matches!(t, Token::Other(span) if says_nothing(&run.text(*span))));
    tokens
}

/// The token of a label with its parenthesis, and the place behind it.
fn label(run: &Run, boxes: &[CheckBox], index: usize, end: usize) -> (Token, usize) {
    if boxes[index].count.is_some() {
        let mut to = end;
        while to < run.len()
            && (run.at(to).is_some_and(|c| c.is_ascii_digit()) || "()[]件".contains(char_at(run, to)))
        {
            if to > end && run.box_at(to).is_some() && run.at(to) == Some('[') {
                break;
            }
            to += 1;
        }
        return (Token::Label { index, text: None, count: Some(Span { from: end, to }) }, to);
    }
    match run.bracket(end) {
        Some((inside, end)) => (Token::Label { index, text: Some(inside), count: None }, end),
        None => (Token::Label { index, text: None, count: None }, end),
    }
}

fn char_at(run: &Run, at: usize) -> char {
    run.at(at).unwrap_or(' ')
}

/// Words behind a box that are no label but like one that is missing: a label that the transcription damaged.
fn name_damaged_labels(run: &Run, boxes: &[CheckBox], tokens: &mut [Token], doubts: &mut Vec<String>) {
    let seen: Vec<usize> = tokens
        .iter()
        .filter_map(|t| match t {
            Token::Label { index, .. } => Some(*index),
            _ => None,
        })
        .collect();
    for at in 1..tokens.len() {
        let (Token::Box(_), Token::Other(span)) = (&tokens[at - 1], &tokens[at]) else { continue };
        let written = run.text(*span);
        let words = fold(&written);
        let near = boxes
            .iter()
            .enumerate()
            .filter(|(index, _)| !seen.contains(index))
            .map(|(index, b)| (strsim::normalized_damerau_levenshtein(&words, &fold(&b.label)), index))
            .filter(|(likeness, _)| *likeness >= 0.75)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, index)) = near {
            doubts.push(format!("「{written}」を「{}」と読みました。", boxes[index].label));
            tokens[at] = Token::Label { index, text: None, count: None };
        }
    }
}

/// Whether the boxes stand behind their labels: the first token is a label, the last a box, and they alternate.
fn marks_follow(tokens: &[Token]) -> bool {
    let kinds = tokens.iter().filter(|t| !matches!(t, Token::Other(_)));
    let kinds: Vec<bool> = kinds.map(|t| matches!(t, Token::Box(_))).collect();
    kinds.len() > 1
        && kinds.len().is_multiple_of(2)
        && kinds.iter().enumerate().all(|(at, is_box)| *is_box == (at % 2 == 1))
}

fn collect(run: &Run, boxes: &[CheckBox], tokens: &[Token], reading: &mut ChecksReading) {
    let mut ticked = None;
    let mut before: Option<Span> = None;
    let mut last_text: Option<usize> = None;
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Box(state) => {
                if ticked == Some(true) {
                    reading.doubts.push("印のある括弧に語が続いていません。".to_owned());
                }
                ticked = Some(*state);
            }
            Token::Label { index, text, count } => {
                let text = text.map(|span| run.text(span)).filter(|t| !t.is_empty());
                let mut read = BoxReading { index: *index, ticked: ticked.take(), text, count: None };
                if let Some(span) = count {
                    read.count = count_in(&run.text(*span), &mut reading.doubts);
                }
                let takes_text = boxes[*index].text;
                if let Some(part) = before.take() {
                    match &mut read.text {
                        Some(text) if takes_text => {
                            *text = format!("{}{text}", run.text(part));
                            reading.doubts.push(stray_words(&run.text(part), &boxes[*index].label));
                        }
                        _ => reading.rest.push(part),
                    }
                }
                last_text = takes_text.then_some(reading.boxes.len());
                reading.boxes.push(read);
            }
            Token::Other(span) => {
                let goes_before = matches!(
                    (tokens.get(at + 1), tokens.get(at + 2)),
                    (Some(Token::Box(_)), Some(Token::Label { index, text: Some(inside), .. }))
                        if boxes[*index].text && inside.to > inside.from
                );
                match last_text.and_then(|i| reading.boxes.get_mut(i)) {
                    _ if goes_before => before = Some(*span),
                    Some(read) if ticked.is_none() => {
                        let part = run.text(*span);
                        let label = &boxes[read.index].label;
                        reading.doubts.push(stray_words(&part, label));
                        read.text = Some(read.text.take().unwrap_or_default() + &part);
                    }
                    _ => reading.rest.push(*span),
                }
            }
        }
    }
}

fn stray_words(words: &str, label: &str) -> String {
    format!("括弧の外にある「{words}」を「{label}」の括弧の中と読みました。")
}

/// The one number in 「（ 4 ）件」.
fn count_in(text: &str, doubts: &mut Vec<String>) -> Option<u32> {
    let folded = fold(text);
    let numbers: Vec<&str> = folded.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).collect();
    match numbers.as_slice() {
        [] => None,
        [number] => {
            let usual = folded == format!("({number})件") || folded == format!("{number}件");
            if !usual {
                doubts.push(format!("件数の欄「{text}」を{number}件と読みました。"));
            }
            number.parse().ok()
        }
        _ => {
            doubts.push(format!("件数の欄「{text}」に二つ以上の数があります。"));
            None
        }
    }
}

/// A box printed twice (a page break) is one box; what is said once holds.
fn merge_repeated(boxes: &mut Vec<BoxReading>) {
    boxes.dedup_by(|later, first| {
        if later.index != first.index {
            return false;
        }
        first.ticked = match (first.ticked, later.ticked) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), _) | (_, Some(false)) => Some(false),
            (None, None) => None,
        };
        match (&mut first.text, later.text.take()) {
            (Some(text), Some(other)) if *text != other => text.push_str(&other),
            (text @ None, other) => *text = other,
            _ => {}
        }
        first.count = first.count.or(later.count);
        true
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::html::Cell;

    fn boxes() -> Vec<CheckBox> {
        let plain = |label: &str, text: bool, count: bool| CheckBox {
            key: label.to_owned(),
            label: label.to_owned(),
            group: Some("渡し方".to_owned()),
            text,
            count: count.then(|| "x".to_owned()),
            exclusive: false,
        };
        vec![
            plain("紙", false, false),
            plain("電子媒体（USBを除く。）", false, false),
            plain("その他", true, false),
            plain("渡している", false, true),
        ]
    }

    /// Place, tick, text and count of a box.
    type Read = (usize, Option<bool>, Option<String>, Option<u32>);

    fn read_text(text: &str) -> (Vec<Read>, usize, Vec<String>) {
        let run = Run::of([&Cell::read(text, 1)]);
        let reading = read(&run, &boxes());
        let boxes = reading.boxes.into_iter().map(|b| (b.index, b.ticked, b.text, b.count)).collect();
        (boxes, reading.doubts.len(), reading.rest.iter().map(|s| run.text(*s)).collect())
    }

    #[test]
    fn boxes_of_every_kind() {
        let expected = vec![(0, Some(true), None, None), (1, Some(false), None, None)];
        for text in [
            "・渡し方 [○] 紙 [ ] 電子媒体(USBを除く。)",
            "[<input type=\"checkbox\" checked>] 紙<br>[<input type=\"checkbox\">] 電子媒体（USBを除く。）",
            "☑紙　□電子媒体（ＵＳＢを除く。）",
            "[◯]紙[　]電子媒体(USBを除く。)",
        ] {
            assert_eq!(read_text(text), (expected.clone(), 0, vec![]), "{text}");
        }
    }

    #[test]
    fn parentheses_keep_their_words() {
        let text = "[○] その他 ( 宅配(書留) と 紙 )";
        assert_eq!(read_text(text).0, [(2, Some(true), Some("宅配(書留) と 紙".to_owned()), None)]);
        assert_eq!(read_text("[ ] その他 (").0, [(2, Some(false), None, None)]);
        assert_eq!(read_text("[ ] その他 ( )").0, [(2, Some(false), None, None)]);
    }

    #[test]
    fn words_outside_the_parenthesis_join_it_with_a_doubt() {
        let (boxes, doubts, rest) = read_text("<p>[ ] 紙</p><p>雪まつり課、氷 [○] その他 (像係)</p>");
        assert_eq!(boxes[1].2.as_deref(), Some("雪まつり課、氷像係"));
        assert_eq!((doubts, rest.len()), (1, 0));
    }

    #[test]
    fn counts_and_noise() {
        assert_eq!(read_text("[○] 渡している (4) 件").0, [(3, Some(true), None, Some(4))]);
        assert_eq!(read_text("[ ] 渡している ( ) 1) 件 [ ] 紙").0[1], (3, Some(false), None, Some(1)));
        assert_eq!(read_text("[ ] 紙媒体").2, ["媒体"]);
    }

    #[test]
    fn damaged_labels_and_marks_behind() {
        assert_eq!(read_text("[○] 電子媒体(UBSを除く。)").0, [(1, Some(true), None, None)]);
        let behind = read_text("紙 [○] その他 [ ]");
        assert_eq!(behind.0, [(0, Some(true), None, None), (2, Some(false), None, None)]);
        assert_eq!(behind.1, 1);
    }
}
