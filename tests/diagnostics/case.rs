//! One case: what is broken in the base content, and the one finding that must come of it.

use unicode_width::UnicodeWidthStr as _;

use crate::support::repository::Repository;
use crate::support::{Run, Sandbox};
use crate::version;

/// Marks in an edit where the finding must begin and end.
const OPEN: char = '‹';
const CLOSE: char = '›';

/// The day as of which the base content is checked: half a year after its 公表日.
pub const DAY: &str = "2025-09-01";

/// A fault and the finding that it must lead to.
pub struct Case {
    /// The code that must be found, and nothing else.
    pub code: &'static str,
    /// What is wrong, in English; the snapshot's name.
    pub name: &'static str,
    sandbox: Sandbox,
    place: Place,
    /// The version before.
    before: Option<Sandbox>,
    /// The document that is compared with it: its folder then and now.
    document: [&'static str; 2],
    /// The content is compared with what was committed to git.
    is_committed: bool,
}

/// Where the finding must point.
enum Place {
    /// Not said yet.
    Nowhere,
    /// The whole file or folder.
    Whole(String),
    /// A line without an excerpt, as of a file that cannot be decoded.
    Line(String, usize),
    /// A part of a line: file, line, column in characters, the marked text of the first line.
    Marked(String, usize, usize, String),
}

/// Begins a case.
pub fn case(code: &'static str, name: &'static str) -> Case {
    Case {
        code,
        name,
        sandbox: Sandbox::new(),
        place: Place::Nowhere,
        before: None,
        document: [""; 2],
        is_committed: false,
    }
}

impl Case {
    /// Replaces a text. `‹…›` in the new text marks where the finding must point.
    pub fn edit(mut self, file: &str, from: &str, to: &str) -> Self {
        self.sandbox.replace(file, from, to);
        self.take_marks(file);
        self
    }

    /// Compares a document with the base content as it is now; what is edited from here on is the version at hand.
    pub fn against(mut self, document: &'static str) -> Self {
        let before = Sandbox::empty();
        kohyo::fs::copy_tree(&self.sandbox.root().join("content"), &before.root().join("content")).unwrap();
        (self.before, self.document) = (Some(before), [document; 2]);
        self
    }

    /// Commits the content as it is now; what is edited from here on is compared with it.
    pub fn committed(mut self) -> Self {
        Repository::around(&self.sandbox).commit("2025-03-01", "before");
        self.is_committed = true;
        self
    }

    /// Moves the document that is compared to another folder.
    pub fn moved(mut self, to: &'static str) -> Self {
        self.sandbox.rename(self.document[1], to);
        self.document[1] = to;
        self
    }

    /// Says that the finding must point at a text that is there already, or at the marked part of it.
    pub fn points_at(self, file: &str, text: &str) -> Self {
        if text.contains(OPEN) {
            return self.edit(file, &text.replace([OPEN, CLOSE], ""), text);
        }
        self.edit(file, text, &format!("{OPEN}{text}{CLOSE}"))
    }

    /// Writes a text file, with marks.
    pub fn write(mut self, file: &str, text: &str) -> Self {
        self.sandbox.write(file, text);
        self.take_marks(file);
        self
    }

    /// Rewrites the bytes of a file.
    pub fn bytes(self, file: &str, change: impl FnOnce(Vec<u8>) -> Vec<u8>) -> Self {
        let bytes = change(kohyo::fs::read(&self.sandbox.path(file)).unwrap());
        self.sandbox.write(file, bytes);
        self
    }

    /// Does something else to the folder.
    pub fn with(self, change: impl FnOnce(&Sandbox)) -> Self {
        change(&self.sandbox);
        self
    }

    /// The finding must point at a whole file or folder of the content.
    pub fn whole(mut self, file: &str) -> Self {
        self.place = Place::Whole(format!("content/{file}"));
        self
    }

    /// The finding must name a line, without showing it.
    pub fn line(mut self, file: &str, line: usize) -> Self {
        self.place = Place::Line(format!("content/{file}"), line);
        self
    }

    fn take_marks(&mut self, file: &str) {
        let Ok(text) = String::from_utf8(kohyo::fs::read(&self.sandbox.path(file)).unwrap()) else { return };
        let Some(open) = text.find(OPEN) else { return };
        let close = text.find(CLOSE).unwrap() - OPEN.len_utf8();
        let text = text.replace([OPEN, CLOSE], "");
        let line_start = text[..open].rfind('\n').map_or(0, |at| at + 1);
        let line = text[..open].matches('\n').count() + 1;
        let column = text[line_start..open].chars().count() + 1;
        let marked = text[open..close].lines().next().unwrap_or_default().to_owned();
        self.sandbox.write(file, text);
        self.place = Place::Marked(format!("content/{file}"), line, column, marked);
    }

    /// Runs the check, compares code and place, and returns what people see.
    pub fn run(&self) -> String {
        let run = self.checked();
        self.compare(&run);
        run.stdout
    }

    /// What people see, whatever it is.
    pub fn output(&self) -> String {
        self.checked().stdout
    }

    fn checked(&self) -> Run {
        match &self.before {
            Some(before) => version::check(&self.sandbox, before, self.document),
            None if self.is_committed => {
                self.sandbox.run(&["check", "content", "--as-of", DAY, "--since", "HEAD"])
            }
            None => self.sandbox.run(&["check", "content", "--as-of", DAY]),
        }
    }

    fn compare(&self, run: &Run) {
        let found = findings(&run.stdout);
        let codes: Vec<_> = found.iter().map(|f| f.code.as_str()).collect();
        assert_eq!(codes, [self.code], "codes found\n{}", run.stdout);
        let blocks = run.stdout.starts_with("誤り");
        assert_eq!(run.code, i32::from(blocks), "exit code\n{}", run.stdout);
        match &self.place {
            Place::Nowhere => panic!("the case does not say where the finding must point\n{}", run.stdout),
            Place::Whole(file) => assert_eq!(found[0].place, *file, "place\n{}", run.stdout),
            Place::Line(file, line) => {
                assert_eq!(found[0].place, format!("{file}:{line}:1"), "place\n{}", run.stdout);
            }
            Place::Marked(file, line, column, marked) => {
                assert_eq!(found[0].place, format!("{file}:{line}:{column}"), "place\n{}", run.stdout);
                assert_caret(&run.stdout, *line, marked);
            }
        }
    }
}

/// A finding as the human output shows it.
struct Shown {
    code: String,
    place: String,
}

fn findings(output: &str) -> Vec<Shown> {
    let mut found: Vec<Shown> = Vec::new();
    for line in output.lines() {
        let head = ["誤り[", "注意[", "参考["].iter().find_map(|start| line.strip_prefix(start));
        if let Some((code, _)) = head.and_then(|rest| rest.split_once("]: ")) {
            found.push(Shown { code: code.to_owned(), place: String::new() });
        } else if let (Some(place), Some(last)) = (line.trim_start().strip_prefix("--> "), found.last_mut())
            && last.place.is_empty()
        {
            place.clone_into(&mut last.place);
        }
    }
    found
}

/// The caret run must stand under the marked characters, counted in terminal cells: a full-width character has two.
fn assert_caret(output: &str, line: usize, marked: &str) {
    let number = line.to_string();
    let mut rows =
        output.lines().skip_while(|row| row.split(" |").next().map(str::trim_start) != Some(number.as_str()));
    let source = rows.next().unwrap_or_else(|| panic!("line {line} is not shown\n{output}"));
    let carets = rows.next().unwrap_or_default();
    let from = carets.find('^').unwrap_or_else(|| panic!("no caret\n{output}"));
    let cells = carets[..from].width();
    let mut at = 0;
    let mut width = 0;
    while width < cells {
        // An empty line is shown without the blank before it.
        let Some(next) = source[at..].chars().next().filter(|_| !marked.is_empty()) else { return };
        width += next.to_string().width();
        at += next.len_utf8();
    }
    assert_eq!(width, cells, "the caret stands inside a character\n{output}");
    let under = &source[at..];
    let first = marked.chars().next().unwrap_or(' ').to_string().replace('\t', " ");
    // What may be a 個人番号 is hidden.
    let is_shown = !first.starts_with(|c: char| c.is_control()) && !under.starts_with(['*', '＊']);
    assert!(
        under.starts_with(&first) || !is_shown || marked.is_empty(),
        "the caret stands under {under:?}\n{output}"
    );
    // A long line is shown in part; its marked text is then cut as well.
    if under.starts_with(marked) {
        let run = carets[from..].chars().take_while(|c| *c == '^').count();
        assert_eq!(run, marked.width().max(1), "length of the caret run\n{output}");
    }
}
