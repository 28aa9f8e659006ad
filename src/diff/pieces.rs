//! The parts of a block: neighbours of one state joined, and what a long run of kana has in common with its new version kept.

use super::text::is_point;
use super::{Piece, PieceState};

/// Hiragana that are the same at the beginning or end of two versions before they count as parted: することがない|ように.
const SHARED: usize = 4;

/// Joins neighbours of one state; narrows what was replaced to the part that differs.
pub(super) fn tidy(pieces: &mut Vec<Piece>) {
    let joined = joined(std::mem::take(pieces));
    let mut narrowed = Vec::with_capacity(joined.len());
    let mut rest = joined.into_iter().peekable();
    while let Some(piece) = rest.next() {
        let is_replaced = piece.state == PieceState::Removed;
        match rest.next_if(|next| is_replaced && next.state == PieceState::Added) {
            Some(added) => narrow(&piece.text, &added.text, &mut narrowed),
            None => narrowed.push(piece),
        }
    }
    point_first(&mut narrowed);
    *pieces = self::joined(narrowed);
}

/// The point of an entry stands before what is gone from, or new at, its beginning.
fn point_first(pieces: &mut Vec<Piece>) {
    let [first, second, ..] = pieces.as_mut_slice() else { return };
    let holder = match (first.state, second.state) {
        (PieceState::Added, _) => first,
        (PieceState::Removed, PieceState::Kept) => {
            // Where the new text has the point, it is not gone.
            if second.text.starts_with(is_silent) {
                first.text = first.text.trim_start_matches(is_silent).to_owned();
            }
            second
        }
        _ => return,
    };
    let point = holder.text.len() - holder.text.trim_start_matches(is_silent).len();
    if point == 0 {
        return;
    }
    let rest = holder.text.split_off(point);
    let point = std::mem::replace(&mut holder.text, rest);
    pieces.insert(0, Piece { state: PieceState::Kept, text: point });
}

/// Blanks and points of entries.
fn is_silent(c: char) -> bool {
    c.is_whitespace() || is_point(c.encode_utf8(&mut [0; 4]))
}

fn joined(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match joined.last_mut() {
            Some(last) if last.state == piece.state => last.text.push_str(&piece.text),
            _ => joined.push(piece),
        }
    }
    joined.retain(|piece| !piece.text.is_empty());
    joined
}

fn narrow(old: &str, new: &str, out: &mut Vec<Piece>) {
    let point = points(old, new);
    let head = point + shared(old[point..].chars(), new[point..].chars());
    let (start, old) = old.split_at(head);
    let new = &new[head..];
    let tail = shared(old.chars().rev(), new.chars().rev());
    let (old, end) = old.split_at(old.len() - tail);
    let new = &new[..new.len() - tail];
    let mut push = |state, text: &str| out.push(Piece { state, text: text.to_owned() });
    push(PieceState::Kept, start);
    push(PieceState::Removed, old);
    push(PieceState::Added, new);
    push(PieceState::Kept, end);
}

/// How many bytes of the points of an entry two texts begin with in common.
fn points(one: &str, other: &str) -> usize {
    one.chars()
        .zip(other.chars())
        .take_while(|(x, y)| x == y && is_silent(*x))
        .map(|(c, _)| c.len_utf8())
        .sum()
}

/// How many bytes of hiragana two texts begin with in common; 0 where they are too few to count.
fn shared(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    let common: Vec<_> = one
        .zip(other)
        .take_while(|(x, y)| x == y && matches!(x, 'ぁ'..='ゖ'))
        .map(|(c, _)| c.len_utf8())
        .collect();
    if common.len() < SHARED { 0 } else { common.iter().sum() }
}
