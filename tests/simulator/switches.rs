//! What is done to a document when it is printed as text: plain data, so that a document can be named by it.

use super::dice::Dice;

/// How a transcription with tables looks. Numbers named `_share` are percents.
#[derive(Debug, Clone)]
pub(crate) struct TableNoise {
    pub(crate) half_width: bool,
    pub(crate) ascii_roman: bool,
    pub(crate) keep_kome: bool,
    pub(crate) keep_circled: bool,
    pub(crate) paragraphs: Paragraphs,
    pub(crate) marks: Marks,
    pub(crate) choices: Choices,
    pub(crate) boxes: Boxes,
    pub(crate) escape_angles: bool,
    pub(crate) empty_columns: bool,
    pub(crate) heading_rows: bool,
    pub(crate) heading_hashes: bool,
    pub(crate) bold_headings: bool,
    pub(crate) blank_lines_share: usize,
    pub(crate) blank_in_label_share: usize,
    pub(crate) nested_rows_share: usize,
    pub(crate) lost_label_share: usize,
    pub(crate) mixed_share: usize,
    /// Rows as a table of Markdown instead of tabs.
    pub(crate) pipes: bool,
    pub(crate) value_below_share: usize,
    pub(crate) fused_share: usize,
    pub(crate) typo_share: usize,
    pub(crate) page_numbers: bool,
    pub(crate) cover_heads: bool,
    pub(crate) section_marks_lost: bool,
    pub(crate) outer_repeated: bool,
    pub(crate) changes: ChangeNoise,
}

/// How lines of a cell are kept apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paragraphs {
    Blanks,
    Tags,
    Breaks,
    Lists,
    /// Real line breaks: the cell goes on in the next lines of the source.
    Lines,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Marks {
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
pub(crate) enum Choices {
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
pub(crate) enum Boxes {
    OneCell,
    Paragraphs,
    Cells,
    NestedTable,
    OwnLines,
}

#[derive(Debug, Clone)]
pub(crate) struct ChangeNoise {
    pub(crate) heads_every: usize,
    pub(crate) shifted_share: usize,
    pub(crate) item_paragraphs: bool,
    pub(crate) lines_share: usize,
    pub(crate) blank_lines: bool,
    pub(crate) dates_once: bool,
    pub(crate) other_dates: bool,
}

/// How many kinds of noise meet in one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Clean,
    Moderate,
    Heavy,
}

impl TableNoise {
    pub(crate) fn roll(dice: &mut Dice, level: Level) -> Self {
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
pub(crate) struct PdfNoise {
    pub(crate) half_width: bool,
    pub(crate) page_lines: usize,
    pub(crate) page_mark: PageMark,
    /// Swaps of neighbouring blocks per page.
    pub(crate) swaps: usize,
    /// How far a list of options may stray, in blocks.
    pub(crate) stray: usize,
    pub(crate) split_boxes_share: usize,
    pub(crate) glued_choice_share: usize,
    pub(crate) label_apart_share: usize,
    pub(crate) contents_scrambled: bool,
    pub(crate) changes_scrambled: bool,
    /// The labels of some pages come out before all their cells, as where a program reads column by column.
    pub(crate) columns_apart_share: usize,
    pub(crate) no_indent: bool,
    pub(crate) no_blank_lines: bool,
    pub(crate) running_head: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageMark {
    Blank,
    FormFeed,
    Number,
}

impl PdfNoise {
    pub(crate) fn roll(dice: &mut Dice, level: Level) -> Self {
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
