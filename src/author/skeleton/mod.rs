//! New files to be filled in: every key of the form with nothing behind it, and comments that say what to write.
//!
//! Comments stand above a key, at its indent. A text under `|` is indented deeper, so that it never takes the next comment in.

mod layout;
mod settings;

pub use settings::{changes_skeleton, municipality_skeleton, site_skeleton};

use std::fmt::Write as _;

use super::assessment::{key, only_repeat};
use super::guide;
use crate::check::vocabulary::{
    ADMINISTRATION, ADMINISTRATION_FIELDS, ALTERNATIVE, CONSULTATION, CONSULTATION_FIELDS, EDITION_KEY, FILE,
    Field, STYLE_KEY, own_value_key,
};
use crate::form::{Form, ItemName, Kind, Node};
use layout::{Block, Content, Inside};

/// What is known of a new assessment.
#[derive(Debug, Clone, Copy)]
pub struct NewAssessment<'a> {
    /// Where the JSON Schema is, as seen from the file.
    pub schema: &'a str,
    /// 評価書番号.
    pub number: &'a str,
    /// 評価書名.
    pub title: &'a str,
    /// 評価実施機関名, where there is only one.
    pub agency: Option<&'a str>,
}

/// The text of a new `assessment.yaml`.
pub fn assessment_skeleton(form: &Form, new: NewAssessment<'_>) -> String {
    let skeleton = Skeleton { form, new };
    let head = &form.head;
    let mut out = layout::schema_line(new.schema);
    let _ = writeln!(out, "# {}（{}）", head.short_title, head.edition);
    out.push_str(INTRODUCTION);
    out.push('\n');
    layout::write(&skeleton.document(), &mut out);
    out
}

const INTRODUCTION: &str = "\
# 「項目:」の後ろに一文字空けて書きます。長い文章は「項目: |」として、次の行から字下げして書きます。
# 「#」で始まる行は書き方の説明です。公表されません。書き終えたら消してもかまいません。
# 書くことがない必須の項目には「なし」や「―」と書きます。
";

struct Skeleton<'a> {
    form: &'a Form,
    new: NewAssessment<'a>,
}

impl Skeleton<'_> {
    fn document(&self) -> Vec<Block> {
        let form = self.form;
        let mut top = vec![
            Block::filled(STYLE_KEY, &form.head.short_title),
            Block::filled(EDITION_KEY, &form.head.edition),
        ];
        let mut has_files = false;
        for section in form.sections().filter(|s| !form.is_change_part(s)) {
            if section.is_per_file() {
                if !std::mem::replace(&mut has_files, true) {
                    top.extend(self.files());
                }
            } else if section.id == "cover" {
                top.extend(form.children(section).map(|item| self.block(item)));
            } else {
                top.push(self.block(section));
            }
        }
        let about = "検査が期限などを確かめるための情報。公表しない。使う行の先頭の「# 」を消す。";
        top.push(optional(ADMINISTRATION, &ADMINISTRATION_FIELDS, about));
        let about = "住民などの意見を募集するときに書く。受け付けている間、評価書のページで知らせる。使う行の先頭の「# 」を消す。";
        top.push(optional(CONSULTATION, &CONSULTATION_FIELDS, about));
        top
    }

    fn files(&self) -> Option<Block> {
        let form = self.form;
        let sections = form.sections().filter(|s| s.is_per_file()).map(|s| self.block(s)).collect();
        let comments = vec!["ファイルごとに「- 」で始め、その下に章を書く。".to_owned()];
        let content = Content::List { entries: vec![sections], examples: Vec::new() };
        Some(Block { comments, key: form.files_key()?.to_owned(), is_apart: true, content })
    }

    fn block(&self, node: &Node) -> Block {
        let is_cover = self.form.section_of(node.ix).id == "cover";
        let is_long = node.depth < 2 || (node.depth == 2 && !node.is_item());
        Block {
            comments: self.comments(node),
            key: key(node),
            is_apart: is_long && !is_cover,
            content: self.content(node),
        }
    }

    fn content(&self, node: &Node) -> Content {
        let form = self.form;
        match node.kind {
            Kind::Repeat if node.is_per_file() => Content::Map(self.below(node)),
            Kind::Repeat => self.list(node),
            Kind::Group => match only_repeat(form, node) {
                Some(repeat) => self.list(repeat),
                None => Content::Map(self.below(node)),
            },
            _ if node.children.is_empty() => self.own(node),
            _ => {
                let own = Block {
                    comments: Vec::new(),
                    key: own_value_key(node.kind).to_owned(),
                    is_apart: false,
                    content: self.own(node),
                };
                Content::Map(std::iter::once(own).chain(self.below(node)).collect())
            }
        }
    }

    fn below(&self, node: &Node) -> Vec<Block> {
        self.form.children(node).map(|child| self.block(child)).collect()
    }

    /// One empty entry where the form always wants one, else one to be made out of a comment.
    fn list(&self, repeat: &Node) -> Content {
        let is_free = |node: &&Node| node.when.is_none() && node.items_when.is_none();
        let is_certain = repeat.repeat.as_ref().is_some_and(|r| r.min > 0)
            && self.form.ancestry(repeat.ix).iter().all(is_free);
        let entry = vec![self.below(repeat)];
        let none = Vec::new();
        match is_certain {
            true => Content::List { entries: entry, examples: none },
            false => Content::List { entries: none, examples: entry },
        }
    }

    fn own(&self, node: &Node) -> Content {
        let new = self.new;
        let known = [("number", Some(new.number)), ("title", Some(new.title)), ("agency", new.agency)];
        let is_this = |role: &str| self.form.role(role).is_some_and(|item| item.ix == node.ix);
        if let Some(text) = known.iter().find(|(role, _)| is_this(role)).and_then(|(_, text)| *text) {
            return Content::Text(text.to_owned());
        }
        let example = |text: &str| vec![Block::filled("", text)];
        match node.kind {
            Kind::Checks => {
                let boxes = self.form.boxes(node);
                let line = |b: &crate::form::CheckBox| {
                    if b.text { vec![Block::empty(&b.label)] } else { example(&b.label) }
                };
                Content::List { entries: Vec::new(), examples: boxes.iter().map(line).collect() }
            }
            Kind::Figure => {
                let figure = vec![Block::filled(FILE, "figures/図の名前.svg"), Block::empty(ALTERNATIVE)];
                Content::List { entries: Vec::new(), examples: vec![figure] }
            }
            // An example below a text would become a part of the text.
            _ => Content::Empty,
        }
    }

    /// What to write, and when; a heading says its number on the form.
    fn comments(&self, node: &Node) -> Vec<String> {
        let form = self.form;
        let mut parts: Vec<String> =
            guide::need(form, node).filter(|_| !node.is_per_file()).into_iter().collect();
        parts.extend(guide::condition_below(form, node));
        parts.extend(guide::how(node).filter(|_| !node.is_per_file()).map(str::to_owned));
        parts.extend(guide::notes(form, node));
        if let Some(repeat) = only_repeat(form, node).filter(|_| node.kind == Kind::Group) {
            parts.extend(guide::need(form, repeat));
            parts.extend(guide::how(repeat).map(str::to_owned));
            parts.extend(guide::notes(form, repeat));
        }
        let name = ItemName::of(&node.reference.replace("{n}", ""), &node.label);
        let is_digits = |mark: &String| mark.chars().all(|c| c.is_ascii_digit());
        let mark = match (node.is_item(), &node.mark) {
            (false, _) => name.line(),
            (true, Some(mark)) if is_digits(mark) => name.reference,
            (true, mark) => mark.clone().unwrap_or_default(),
        };
        let separator = if mark.is_empty() || parts.is_empty() { "" } else { " " };
        let mut lines = vec![format!("{mark}{separator}{}", parts.concat())];
        if node.kind == Kind::Choice {
            let labels: Vec<_> = form.options(node).iter().map(|o| o.label.as_str()).collect();
            lines.push(format!("  {}", labels.join(" / ")));
        }
        lines.retain(|line| !line.trim().is_empty());
        lines
    }
}

/// A key that stands on no form, as a comment to be made use of: nothing of it is required.
fn optional(key: &str, fields: &[Field], about: &str) -> Block {
    let field = |field: &Field| Block { comments: vec![field.about.to_owned()], ..Block::empty(field.name) };
    let below = fields.iter().map(field).collect();
    let block = Block { is_apart: true, content: Content::Map(below), ..Block::empty(key) };
    let comments = vec![about.to_owned()];
    Block { comments, is_apart: true, content: Content::Comment(Inside::new(block)), key: String::new() }
}
