//! Which provisions of which laws a text names: 番号法第9条第1項, 別表第一の10の項.
//!
//! The text is read from left to right. A name makes a law the current one; articles and tables that follow are its. What is folded
//! away (width, blanks) never matters; what is not recognised stays with the reader as it was written.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use serde::Deserialize;

use self::numbers::{normal, with_table_names};
use self::others::LAW_ON;
use self::patterns::patterns;
use super::names::unmarked;
use crate::form::fold;

mod numbers;
mod others;
mod patterns;
mod tables;

const DATA: &str = include_str!("laws.yaml");

/// A law that is known by name.
#[derive(Debug, Deserialize)]
pub struct Law {
    /// Permanent id.
    pub id: String,
    /// The name by which it is shown.
    pub title: String,
    /// Its name in full, where that is longer.
    #[serde(default)]
    pub full: Option<String>,
    /// 平成25年法律第27号.
    #[serde(default)]
    pub number: Option<String>,
    /// Other names.
    pub names: Vec<String>,
    /// Provisions that had another number formerly.
    #[serde(default)]
    pub former: Vec<Former>,
}

/// A provision that had another number formerly.
#[derive(Debug, Deserialize)]
pub struct Former {
    /// The number as it was.
    pub from: String,
    /// The number as it is.
    pub now: String,
    /// The items, by role, in which the old number can only mean this provision.
    pub roles: Vec<String>,
    /// What else a text names where the old number can only mean this provision.
    #[serde(default)]
    pub beside: Option<String>,
}

/// What a law is recognised by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reading {
    /// A law of the table, by its id.
    Known(String),
    /// Another law or a 条例, by its folded name.
    Named(String),
}

/// A provision that a text names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Provision {
    /// The law.
    pub law: Reading,
    /// 第9条第1項, 別表第一 10の項; empty where only the law is named.
    pub place: String,
    /// The name by which the text calls the law, folded.
    pub written: String,
    /// The number that the text has, where it is a former one.
    pub former: Option<String>,
}

/// All laws of the table.
///
/// # Panics
/// Never in a tested build: the data file is part of the program and a test loads it.
pub fn laws() -> &'static [Law] {
    #[derive(Deserialize)]
    struct File {
        laws: Vec<Law>,
    }
    static LAWS: OnceLock<Vec<Law>> = OnceLock::new();
    LAWS.get_or_init(|| {
        let file: File = serde_saphyr::from_str(DATA).unwrap_or_else(|e| panic!("laws.yaml: {e}"));
        file.laws
    })
}

/// The names of all laws, folded, longest first, each with the position of its law.
fn names() -> &'static [(String, usize)] {
    static NAMES: OnceLock<Vec<(String, usize)>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let mut names: Vec<_> = laws()
            .iter()
            .enumerate()
            .flat_map(|(at, law)| {
                let all = law.names.iter().chain(law.full.as_ref()).chain(std::iter::once(&law.title));
                all.map(move |name| (normal(&fold(name)), at))
            })
            .collect();
        names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        names
    })
}

/// The signs that names begin with. At most places of a text none does, and a text is read sign by sign.
fn firsts() -> &'static BTreeSet<char> {
    static FIRSTS: OnceLock<BTreeSet<char>> = OnceLock::new();
    FIRSTS.get_or_init(|| names().iter().filter_map(|(name, _)| name.chars().next()).collect())
}

/// The provisions that the answer of an item names; `roles` are those that the item plays.
pub fn provisions(text: &str, roles: &[&str]) -> Vec<Provision> {
    let lines: Vec<String> = text.lines().map(|line| fold(&with_table_names(unmarked(line)))).collect();
    let text = normal(&lines.join("\n"));
    let mut reader = Reader {
        whole: &text,
        rest: &text,
        before: "",
        current: None,
        article: String::new(),
        found: Vec::new(),
        last_law_on: text.rfind(LAW_ON),
        roles,
    };
    reader.read();
    reader.found
}

struct Reader<'t> {
    whole: &'t str,
    rest: &'t str,
    /// The characters since the last delimiter, from which a name that is not in the table is taken.
    before: &'t str,
    /// The current law and what the text calls it; whether something of it was named already.
    current: Option<Current>,
    /// 第9条, for 項 and 号 that follow alone.
    article: String,
    found: Vec<Provision>,
    /// Where the last name ends that ends in に関する法律; before it names of that kind are looked for.
    last_law_on: Option<usize>,
    roles: &'t [&'t str],
}

struct Current {
    law: Reading,
    written: String,
    is_cited: bool,
}

impl Reader<'_> {
    fn read(&mut self) {
        let whole = self.whole;
        let mut since = 0;
        while let Some(sign) = self.rest.chars().next() {
            let at = whole.len() - self.rest.len();
            self.before = &whole[since..at];
            let taken = self.take();
            match taken {
                0 => {
                    let is_delimiter = matches!(
                        sign,
                        '、' | '.' | ';' | ':' | '「' | '」' | '(' | ')' | '【' | '】' | '[' | ']' | '\n'
                    ) || sign.is_ascii_digit();
                    self.rest = &self.rest[sign.len_utf8()..];
                    if is_delimiter {
                        since = whole.len() - self.rest.len();
                    }
                }
                length => {
                    self.rest = &self.rest[length..];
                    since = whole.len() - self.rest.len();
                }
            }
        }
        self.close();
    }

    /// Takes what stands here; the number of bytes, 0 where nothing is recognised.
    fn take(&mut self) -> usize {
        if let Some(length) = self.same() {
            return length;
        }
        // An ordinance may begin with the name of a law: 「…法律に基づく個人番号の利用に関する条例」.
        if self.before.is_empty()
            && let Some(length) = self.ordinance()
        {
            return length;
        }
        if let Some(length) = self.known() {
            return length;
        }
        if self.before.is_empty()
            && let Some(length) = self.other_law().or_else(|| self.law_on())
        {
            return length;
        }
        if let Some(length) = self.table() {
            return length;
        }
        if self.has_one_table()
            && let Some(length) = self.rows(0, "第2条")
        {
            return length;
        }
        self.end_at_unknown();
        self.articles().unwrap_or_else(|| self.article())
    }

    /// A law of the table, or a law that is named after one: 「児童福祉法施行令」.
    fn known(&mut self) -> Option<usize> {
        let rest = self.rest;
        let may_begin = rest.chars().next().is_some_and(|sign| firsts().contains(&sign));
        let named = names()
            .iter()
            .take(if may_begin { usize::MAX } else { 0 })
            .find(|(name, _)| rest.starts_with(name.as_str()));
        let command = patterns().command.captures(rest);
        // The longer one is meant: 「番号法」 is also the beginning of 「番号法別表の主務省令」.
        if let Some(command) =
            command.filter(|found| named.is_none_or(|(name, _)| name.len() < found[0].len()))
        {
            let is_second = command.get(1).is_some_and(|table| table.as_str() == "第二");
            let id = if is_second { "bango-beppyo2" } else { "bango-beppyo1" };
            self.open(Reading::Known(id.to_owned()), command[0].to_owned());
            return Some(command[0].len() + aside(&rest[command[0].len()..]));
        }
        let (name, at) = named?;
        let behind = &rest[name.len()..];
        let Some(bylaw) = patterns().bylaw.find(behind) else {
            self.open(Reading::Known(laws()[*at].id.clone()), name.clone());
            return Some(name.len() + aside(behind));
        };
        let length = name.len() + bylaw.end();
        // Whatever the law is called here, what is named after it is one.
        let title = format!("{}{}", fold(&laws()[*at].title), bylaw.as_str());
        self.open(Reading::Named(title), rest[..length].to_owned());
        Some(length + aside(&rest[length..]))
    }

    /// 「第12の2、13、13の2条」: only the last one says 条.
    fn articles(&mut self) -> Option<usize> {
        self.current.as_ref()?;
        let list = patterns().articles.find(self.rest)?.as_str();
        for number in patterns().number.find_iter(list) {
            self.article = article_of(number.as_str(), "");
            let article = self.article.clone();
            self.cite_now(&article);
        }
        Some(list.len())
    }

    fn article(&mut self) -> usize {
        let rest = self.rest;
        if self.current.is_none() {
            return 0;
        }
        if let Some(found) = patterns().article.captures(rest) {
            let text = |at: usize| found.get(at).map_or("", |m| m.as_str());
            let number = if text(2).is_empty() { text(3) } else { text(2) };
            let article = format!("{}{}", text(1), article_of(number, text(4)));
            let place = format!("{article}{}", below(text(5), text(6), text(7)));
            // Only the orders below the law have tables within an article.
            let is_whole = place == article
                && !matches!(&self.current, Some(c) if c.law == Reading::Known("bango".to_owned()));
            if is_whole && let Some(end) = self.rows(found[0].len(), &article) {
                return end;
            }
            self.article.clone_from(&article);
            // 「第9条第1号被保険者」 names the article and people.
            if patterns().no_provision.is_match(&rest[found[0].len()..]) {
                self.cite_now(&article);
                return found.get(4).map_or(found[0].len(), |more| more.end());
            }
            self.cite_now(&place);
            return found[0].len();
        }
        if let Some(found) = patterns().supplement.captures(rest) {
            self.article.clear();
            self.cite_now(&format!("附則第{}項", &found[1]));
            return found[0].len();
        }
        let Some(found) = patterns().paragraph.captures(rest).filter(|_| !self.article.is_empty()) else {
            return 0;
        };
        // 「第1号被保険者」 are people.
        if patterns().no_provision.is_match(&rest[found[0].len()..]) {
            return 0;
        }
        let text = |at: usize| found.get(at).map_or("", |m| m.as_str());
        let place = match text(1) {
            "" => below("", text(4), text(5)),
            paragraph => below(paragraph, text(2), text(3)),
        };
        let place = format!("{}{place}", self.article);
        self.cite_now(&place);
        found[0].len()
    }

    /// Cites a place by the number that it has today.
    fn cite_now(&mut self, place: &str) {
        let former = self.current.as_ref().and_then(|current| {
            let Reading::Known(id) = &current.law else { return None };
            let law = laws().iter().find(|law| law.id == *id)?;
            let is_meant = |f: &&Former| {
                let is_beside = |beside: &String| self.whole.contains(beside.as_str());
                f.from == place
                    && (f.roles.iter().any(|role| self.roles.contains(&role.as_str()))
                        || (f.beside.as_ref().is_some_and(is_beside) && !self.whole.contains(&f.now)))
            };
            law.former.iter().find(is_meant)
        });
        match former {
            Some(former) => self.cite(former.now.clone(), Some(place.to_owned())),
            None => self.cite(place.to_owned(), None),
        }
    }

    fn open(&mut self, law: Reading, written: String) {
        self.close();
        self.article.clear();
        self.current = Some(Current { law, written, is_cited: false });
    }

    /// A law of which no provision was named is named as a whole.
    fn close(&mut self) {
        if self.current.as_ref().is_some_and(|current| !current.is_cited) {
            self.cite(String::new(), None);
        }
    }

    fn cite(&mut self, place: String, former: Option<String>) {
        let Some(current) = &mut self.current else { return };
        current.is_cited = true;
        let (law, written) = (current.law.clone(), current.written.clone());
        if !self.found.iter().any(|other| other.law == law && other.place == place) {
            self.found.push(Provision { law, place, written, former });
        }
    }
}

/// 第9条, 第12条の2: 「12の2条」 is how some write 第12条の2.
fn article_of(number: &str, more: &str) -> String {
    match number.split_once('の') {
        Some((first, own)) => format!("第{first}条の{own}{more}"),
        None => format!("第{number}条{more}"),
    }
}

/// 第1項第3号の2, of what is there.
fn below(paragraph: &str, item: &str, more: &str) -> String {
    let part = |number: &str, what: &str| {
        if number.is_empty() { String::new() } else { format!("第{number}{what}") }
    };
    format!("{}{}{more}", part(paragraph, "項"), part(item, "号"))
}

/// The length of a remark in parentheses behind the name of a law: （平成25年法律第27号。以下「番号法」という。）
fn aside(text: &str) -> usize {
    let found = patterns().aside.find(text).map_or("", |found| found.as_str());
    let is_number = found.contains("法律第")
        || found.contains("条例第")
        || found.contains("省令第")
        || found.contains("以下");
    if is_number { found.len() } else { 0 }
}

#[cfg(test)]
mod tests;
