//! What is done to a document when it is printed as text: plain data, so that a document can be named by it.

use super::dice::Dice;

/// How a transcription with tables looks. Numbers named `_share` are percents.
#[derive(Debug, Clone)]
pub struct TableNoise {
    pub half_width: bool,
    pub ascii_roman: bool,
    pub keep_kome: bool,
    pub keep_circled: bool,
    pub paragraphs: Paragraphs,
    pub marks: Marks,
    pub choices: Choices,
    pub boxes: Boxes,
    pub escape_angles: bool,
    pub empty_columns: bool,
    pub heading_rows: bool,
    pub heading_hashes: bool,
    pub bold_headings: bool,
    pub blank_lines_share: usize,
    pub blank_in_label_share: usize,
    pub nested_rows_share: usize,
    pub lost_label_share: usize,
    pub mixed_share: usize,
    /// Rows as a table of Markdown instead of tabs.
    pub pipes: bool,
    pub value_below_share: usize,
    pub fused_share: usize,
    pub typo_share: usize,
    pub page_numbers: bool,
    pub cover_heads: bool,
    pub section_marks_lost: bool,
    pub outer_repeated: bool,
    pub changes: ChangeNoise,
}

/// How lines of a cell are kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paragraphs {
    Blanks,
    Tags,
    Breaks,
    Lists,
    /// Real line breaks: the cell goes on in the next lines of the source.
    Lines,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    Circle,
    BigCircle,
    Spaced,
    Input,
    BracketedInput,
    Ballot,
    Squares,
    Check,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choices {
    OneCell,
    OneCellParagraphs,
    TwoCells,
    ThreeCells,
    NestedTable,
    HeadingFirst,
    /// The chosen option without its brackets, and the list.
    Bare,
    /// The chosen option alone.
    NoList,
    OwnLines,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Boxes {
    OneCell,
    Paragraphs,
    Cells,
    NestedTable,
    OwnLines,
}

#[derive(Debug, Clone)]
pub struct ChangeNoise {
    pub heads_every: usize,
    pub shifted_share: usize,
    pub item_paragraphs: bool,
    pub lines_share: usize,
    pub blank_lines: bool,
    pub dates_once: bool,
    pub other_dates: bool,
}

/// How many kinds of noise meet in one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Clean,
    Moderate,
    Heavy,
}

impl TableNoise {
    pub fn roll(dice: &mut Dice, level: Level) -> Self {
        let heavy = level == Level::Heavy;
        let paragraphs =
            [Paragraphs::Blanks, Paragraphs::Tags, Paragraphs::Breaks, Paragraphs::Lists, Paragraphs::Lines]
                [dice.roll(if heavy { 5 } else { 4 })];
        let marks = [
            Marks::Circle,
            Marks::Spaced,
            Marks::BracketedInput,
            Marks::Input,
            Marks::BigCircle,
            Marks::Ballot,
            Marks::Squares,
            Marks::Check,
        ][dice.roll(8)];
        let choices = [
            Choices::OneCell,
            Choices::OneCellParagraphs,
            Choices::TwoCells,
            Choices::ThreeCells,
            Choices::NestedTable,
            Choices::HeadingFirst,
            Choices::Bare,
            Choices::NoList,
            Choices::OwnLines,
        ][dice.roll(if heavy { 9 } else { 8 })];
        let boxes = [Boxes::OneCell, Boxes::Paragraphs, Boxes::Cells, Boxes::NestedTable, Boxes::OwnLines]
            [dice.roll(5)];
        let share = |light: usize, hard: usize| match level {
            Level::Clean => 0,
            Level::Moderate => light,
            Level::Heavy => hard,
        };
        Self {
            half_width: dice.percent(50),
            ascii_roman: dice.percent(40),
            keep_kome: dice.percent(60),
            keep_circled: level == Level::Clean || dice.percent(75),
            paragraphs,
            marks,
            choices,
            boxes,
            escape_angles: dice.percent(40),
            empty_columns: dice.percent(30),
            heading_rows: dice.percent(50),
            heading_hashes: dice.percent(30),
            bold_headings: dice.percent(25),
            blank_lines_share: [0, 10, 40][dice.roll(3)],
            blank_in_label_share: share(2, 6),
            nested_rows_share: share(1, 5),
            lost_label_share: share(0, 2),
            mixed_share: share(10, 35),
            pipes: heavy && dice.percent(15),
            value_below_share: share(1, 6),
            fused_share: share(1, 6),
            typo_share: share(0, 3),
            page_numbers: level != Level::Clean && dice.percent(30),
            cover_heads: dice.percent(60),
            section_marks_lost: heavy && dice.percent(25),
            outer_repeated: dice.percent(30),
            changes: ChangeNoise {
                heads_every: [0, 5, 9][dice.roll(3)],
                shifted_share: share(3, 20),
                item_paragraphs: dice.percent(40),
                lines_share: share(3, 20),
                blank_lines: dice.percent(20),
                dates_once: heavy && dice.percent(20),
                other_dates: heavy && dice.percent(25),
            },
        }
    }
}

/// How the text layer of a PDF comes out.
#[derive(Debug, Clone)]
pub struct PdfNoise {
    pub half_width: bool,
    pub page_lines: usize,
    pub page_mark: PageMark,
    /// Swaps of neighbouring blocks per page.
    pub swaps: usize,
    /// How far a list of options may stray, in blocks.
    pub stray: usize,
    pub split_boxes_share: usize,
    pub glued_choice_share: usize,
    pub label_apart_share: usize,
    pub contents_scrambled: bool,
    pub changes_scrambled: bool,
    /// The labels of some pages come out before all their cells, as where a program reads column by column.
    pub columns_apart_share: usize,
    pub no_indent: bool,
    pub no_blank_lines: bool,
    pub running_head: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageMark {
    Blank,
    FormFeed,
    Number,
}

impl PdfNoise {
    pub fn roll(dice: &mut Dice, level: Level) -> Self {
        let share = |light: usize, hard: usize| match level {
            Level::Clean => 0,
            Level::Moderate => light,
            Level::Heavy => hard,
        };
        let page_mark = [PageMark::Blank, PageMark::FormFeed, PageMark::Number][dice.roll(3)];
        Self {
            half_width: dice.percent(40),
            page_lines: 60 + dice.roll(20),
            page_mark,
            swaps: share(2, 6),
            stray: share(2, 5),
            split_boxes_share: share(40, 80),
            glued_choice_share: share(8, 20),
            label_apart_share: share(3, 10),
            contents_scrambled: level != Level::Clean,
            changes_scrambled: level != Level::Clean,
            columns_apart_share: share(0, 8),
            no_indent: level == Level::Heavy && dice.percent(20),
            no_blank_lines: level == Level::Heavy && dice.percent(12),
            running_head: level != Level::Clean && page_mark == PageMark::FormFeed && dice.percent(50),
        }
    }
}
