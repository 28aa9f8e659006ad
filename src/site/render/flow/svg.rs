//! The shapes of a drawing as SVG. Colours, letters and the dashes of the lines come from the style sheet by class.

use std::fmt::Write as _;

use super::layout::{HEAD, WIDTH};
use super::shapes::{Channel, ChannelLook, Drawing, FrameLook, Label, Letters, Rect};
use crate::markdown::escape;

/// A drawing, with the ids of what names and describes it.
pub(super) fn svg(drawing: &Drawing, named_by: &str) -> String {
    let height = drawing.height;
    let mut out = format!(
        "<svg class=\"flow-drawing\" role=\"img\" aria-labelledby=\"{named_by}\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\">"
    );
    for frame in &drawing.frames {
        let Rect { x, y, width, height } = frame.rect;
        let class = frame_class(frame.look);
        // Written into a string, nothing can fail.
        let _ = write!(
            out,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"6\"/>"
        );
    }
    rules(drawing, &mut out);
    for channel in &drawing.channels {
        draw_channel(channel, &mut out);
    }
    for letters in Letters::ALL {
        draw_texts(drawing, letters, &mut out);
    }
    out.push_str("</svg>");
    out
}

/// A line beside its meaning.
pub(super) fn sample(look: ChannelLook) -> String {
    let mut out = String::from(
        "<svg class=\"flow-sample\" width=\"72\" height=\"14\" viewBox=\"0 0 72 14\" aria-hidden=\"true\">",
    );
    draw_channel(&Channel { from: 0, to: 72, y: 7, look }, &mut out);
    out.push_str("</svg>");
    out
}

fn frame_class(look: FrameLook) -> &'static str {
    match look {
        FrameLook::Plain => "box",
        FrameLook::Agency => "box agency",
        FrameLook::File => "box file",
        FrameLook::Empty => "box empty",
    }
}

fn channel_class(look: ChannelLook) -> &'static str {
    match look {
        ChannelLook::Line => "way",
        ChannelLook::Hand => "way hand",
        ChannelLook::Other => "way other",
        ChannelLook::Unstated => "way unstated",
        ChannelLook::Unasked => "way unasked",
    }
}

/// All rules as one path.
fn rules(drawing: &Drawing, out: &mut String) {
    if drawing.rules.is_empty() {
        return;
    }
    out.push_str("<path class=\"rule\" d=\"");
    for rule in &drawing.rules {
        let _ = write!(out, "M{} {}h{}", rule.x, rule.y, rule.width);
    }
    out.push_str("\"/>");
}

/// The line ends where its arrow begins, so that dashes do not show through.
fn draw_channel(channel: &Channel, out: &mut String) {
    let Channel { from, to, y, look } = *channel;
    let (class, length, base) = (channel_class(look), to - from - HEAD, to - HEAD);
    let half = HEAD / 2;
    let _ = write!(
        out,
        "<path class=\"{class}\" d=\"M{from} {y}h{length}\"/><path class=\"tip\" d=\"M{base} {}l{HEAD} {half}-{HEAD} {half}z\"/>",
        y - half
    );
}

fn draw_texts(drawing: &Drawing, letters: Letters, out: &mut String) {
    let labels: Vec<&Label> = drawing.labels.iter().filter(|label| label.letters == letters).collect();
    if labels.is_empty() {
        return;
    }
    let class = match letters {
        Letters::Strong => "strong",
        Letters::Plain => "plain",
        Letters::Note => "note",
        Letters::Way => "means",
    };
    let _ = write!(out, "<g class=\"{class}\">");
    for label in labels {
        let x = if letters == Letters::Way { label.rect.x + label.rect.width / 2 } else { label.rect.x };
        let mut top = label.rect.y;
        for line in &label.lines {
            // The middle of a letter is a little over a third of its size above the base line.
            let base = top + i32::midpoint(letters.line_height(), letters.size() * 3 / 4);
            let _ = write!(out, "<text x=\"{x}\" y=\"{base}\">");
            escape(line, out);
            out.push_str("</text>");
            top += letters.line_height();
        }
    }
    out.push_str("</g>");
}
