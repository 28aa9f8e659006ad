//! New settings files and a new list of changes.

use super::super::guide;
use super::layout::{self, Block, Content, Inside};
use crate::check::vocabulary::{Field, Holds, MUNICIPALITY_FIELDS, SITE_FIELDS};
use crate::codes::MunicipalityCode;
use crate::form::{Form, Kind};

/// The text of a new `municipality.yaml`: what is known is filled in, the rest is to be made out of comments.
pub fn municipality_skeleton(schema: &str, code: &MunicipalityCode, name: Option<&str>) -> String {
    let prefecture = code.prefecture().map_or("", |p| p.name);
    let known = [("code", code.as_str()), ("name", name.unwrap_or_default()), ("prefecture", prefecture)];
    settings(schema, &MUNICIPALITY_FIELDS, &known)
}

/// The text of a new `site.yaml`.
pub fn site_skeleton(schema: &str) -> String {
    settings(schema, &SITE_FIELDS, &[("title", "特定個人情報保護評価書")])
}

fn settings(schema: &str, fields: &[Field], known: &[(&str, &str)]) -> String {
    let block = |field: &Field| {
        let known = known.iter().find(|(name, _)| *name == field.name).map(|(_, text)| *text);
        let comments = vec![field.about.to_owned()];
        match known {
            Some("") => Block { comments, ..Block::empty(field.name) },
            Some(text) => Block { comments, ..Block::filled(field.name, text) },
            None => {
                Block { comments, content: Content::Comment(Inside::new(example(field))), ..Block::empty("") }
            }
        }
    };
    let mut out = layout::schema_line(schema);
    out.push_str("# 「#」で始まる行は書き方の説明です。使う行は、先頭の「# 」を消して書きます。\n\n");
    let blocks: Vec<_> = fields.iter().map(block).collect();
    layout::write(&blocks, &mut out);
    out
}

fn example(field: &Field) -> Block {
    match field.holds {
        Holds::List => {
            let entries = vec![vec![Block::filled("", "みほん市長")]];
            let content = Content::List { entries, examples: Vec::new() };
            Block { content, ..Block::empty(field.name) }
        }
        Holds::Map(fields) => Block {
            content: Content::Map(fields.iter().map(explained).collect()),
            ..Block::empty(field.name)
        },
        Holds::Rows(fields) => {
            let entries = vec![fields.iter().map(explained).collect()];
            Block { content: Content::List { entries, examples: Vec::new() }, ..Block::empty(field.name) }
        }
        Holds::Words(words) => Block::filled(field.name, words().first().copied().unwrap_or_default()),
        _ => Block::empty(field.name),
    }
}

/// A key below another one, with what it is for.
fn explained(field: &Field) -> Block {
    Block { comments: vec![field.about.to_owned()], ..example(field) }
}

/// The text of a new `changes.yaml`: one row as a comment, in the columns of the form.
pub fn changes_skeleton(form: &Form, schema: &str) -> String {
    let mut out = layout::schema_line(schema);
    out.push_str(
        "# 変更箇所。公表した後に記載を変えたとき、一件ずつ「- 」で始めて書きます（使う行は、先頭の「# 」を消します）。\n",
    );
    let Some(table) = form.change_section().and_then(|section| form.children(section).next()) else {
        return out;
    };
    let column = |column: &crate::form::Node| {
        let mut parts: Vec<String> = guide::need(form, column).into_iter().collect();
        parts.extend(guide::how(column).map(str::to_owned));
        let labels: Vec<_> = form.options(column).iter().map(|o| o.label.as_str()).collect();
        parts.push(labels.join(" / "));
        let example = match column.kind {
            Kind::Date => "令和8年4月1日",
            Kind::ItemRef => "Ⅰ.1.① 事務の名称",
            Kind::Choice => labels.first().copied().unwrap_or_default(),
            _ => "",
        };
        let block = if example.is_empty() {
            Block::empty(&column.label)
        } else {
            Block::filled(&column.label, example)
        };
        Block { comments: vec![parts.concat()], ..block }
    };
    let row = form.children(table).map(column).collect();
    layout::write_commented(&[row], &mut out);
    out
}
