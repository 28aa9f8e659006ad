//! Which provisions of which laws a text names: 番号法第9条第1項, 別表第一の10の項.
//!
//! The text is read from left to right. A name makes a law the current one; articles and tables that follow are its. What is folded
//! away (width, blanks) never matters; what is not recognised stays with the reader as it was written.

use std::sync::OnceLock;

use regex::Regex;
use serde::Deserialize;

use super::names::unmarked;
use crate::form::fold;

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
                all.map(move |name| (table_numbers(&fold(name)), at))
            })
            .collect();
        names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        names
    })
}

/// The provisions that the answer of an item names; `roles` are those that the item plays.
pub fn provisions(text: &str, roles: &[&str]) -> Vec<Provision> {
    let lines: Vec<String> = text.lines().map(|line| fold(&with_table_names(unmarked(line)))).collect();
    let text = table_numbers(&lines.join("\n"));
    let mut reader =
        Reader { rest: &text, before: "", current: None, article: String::new(), found: Vec::new(), roles };
    reader.read(&text);
    reader.found
}

struct Reader<'t> {
    rest: &'t str,
    /// The characters since the last delimiter, from which a name that is not in the table is taken.
    before: &'t str,
    /// The current law and what the text calls it; whether something of it was named already.
    current: Option<Current>,
    /// 第9条, for 項 and 号 that follow alone.
    article: String,
    found: Vec<Provision>,
    roles: &'t [&'t str],
}

struct Current {
    law: Reading,
    written: String,
    is_cited: bool,
}

struct Patterns {
    ordinance: Regex,
    other_law: Regex,
    article: Regex,
    paragraph: Regex,
    table: Regex,
    numbered_table: Regex,
    entry: Regex,
    between: Regex,
    aside: Regex,
}

fn patterns() -> &'static Patterns {
    static PATTERNS: OnceLock<Patterns> = OnceLock::new();
    let regex = |pattern: &str| Regex::new(pattern).unwrap_or_else(|e| panic!("{pattern}: {e}"));
    PATTERNS.get_or_init(|| Patterns {
        ordinance: regex(r"^[^、.;:「」()\[\]【】\n0-9]{2,80}?条例(?:施行規則|施行細則)?"),
        other_law: regex(r"^[一-龥々ァ-ヶー・]{2,30}法(?:施行令|施行規則)?(?:\([^)]*\))?第\d"),
        article: regex(r"^(?:第(\d+(?:の\d+)*)|(\d+(?:の\d+)*))条((?:の\d+)*)(第\d+項)?(第\d+号(?:の\d+)*)?"),
        paragraph: regex(r"^(第\d+項)?(第\d+号(?:の\d+)*)?"),
        table: regex(r"^別表(?:第[一二三])?"),
        numbered_table: regex(r"別表第\s*([1-3１-３])([^0-9０-９])"),
        entry: regex(r"^(?:第)?(\d+(?:の\d+)*)(?:の?項)?"),
        between: regex(r"^(?:の項|項番|の|項|号|第|番|:|、|,|及び|並びに|ならびに|および|又は|または|・|\n|\s|【[^】]*】|\((?:項|項番)?|\))+"),
        aside: regex(r"^\([^()]*(?:\([^()]*\)[^()]*)*\)"),
    })
}

impl<'t> Reader<'t> {
    fn read(&mut self, whole: &'t str) {
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
        let rest = self.rest;
        // An ordinance may begin with the name of a law: 「…法律に基づく個人番号の利用に関する条例」.
        if self.before.is_empty()
            && let Some(length) = self.ordinance()
        {
            return length;
        }
        if let Some((name, at)) = names().iter().find(|(name, _)| rest.starts_with(name.as_str())) {
            self.open(Reading::Known(laws()[*at].id.clone()), name.clone());
            return name.len() + aside(&rest[name.len()..]);
        }
        if self.before.is_empty()
            && let Some(length) = self.other_law()
        {
            return length;
        }
        if let Some(length) = self.table() {
            return length;
        }
        self.article()
    }

    fn ordinance(&mut self) -> Option<usize> {
        let rest = self.rest;
        let lead = conjunction(rest);
        let found = patterns().ordinance.find(&rest[lead..])?.as_str();
        let bare = found.trim_start_matches(['市', '区', '町', '村', '本', '当', '同', '該']);
        if bare.starts_with("条例") {
            return None;
        }
        // 「番号法第9条第2項に基づく条例」 names a law and then an ordinance without a name.
        if found.contains("第一") || found.contains("別表") {
            return None;
        }
        self.open(Reading::Named(found.to_owned()), found.to_owned());
        let length = lead + found.len();
        Some(length + aside(&rest[length..]))
    }

    fn other_law(&mut self) -> Option<usize> {
        let rest = self.rest;
        let lead = conjunction(rest);
        let found = patterns().other_law.find(&rest[lead..])?.as_str();
        let name = found.split(['(', '第']).next().unwrap_or_default();
        // What a longer name ends in is not known to be another law.
        if name.chars().count() < 3 || matches!(name, "主務省令" | "同法施行令") || name.starts_with('同')
        {
            return None;
        }
        // A known law may stand inside the run of kanji: 「及同地方税法」 would hide it.
        if names().iter().any(|(known, _)| name.contains(known.as_str())) {
            return None;
        }
        let length = lead + name.len();
        self.open(Reading::Named(name.to_owned()), name.to_owned());
        Some(length + aside(&rest[length..]))
    }

    fn table(&mut self) -> Option<usize> {
        let rest = self.rest;
        let table = patterns().table.find(rest)?.as_str();
        if self.current.is_none() {
            self.open(Reading::Known("bango".to_owned()), table.to_owned());
        }
        let mut at = table.len();
        let mut has_entry = false;
        loop {
            let gap = patterns().between.find(&rest[at..]).map_or(0, |gap| gap.end());
            let Some(entry) = patterns().entry.captures(&rest[at + gap..]) else { break };
            let end = at + gap + entry[0].len();
            if rest[end..].starts_with(['条', '年', '月', '日', '人', '件', '号', '欄', '表']) {
                break;
            }
            self.cite(format!("{table} {}の項", &entry[1]), None);
            has_entry = true;
            at = end;
        }
        if !has_entry {
            self.cite(table.to_owned(), None);
        }
        self.article.clear();
        Some(at)
    }

    fn article(&mut self) -> usize {
        let rest = self.rest;
        if self.current.is_none() {
            return 0;
        }
        if let Some(found) = patterns().article.captures(rest) {
            let number = found.get(1).or(found.get(2)).map_or("", |m| m.as_str());
            let text = |at: usize| found.get(at).map_or("", |m| m.as_str());
            let article = match number.split_once('の') {
                // 「12の2条」 is how some write 第12条の2.
                Some((first, more)) => format!("第{first}条の{more}{}", text(3)),
                None => format!("第{number}条{}", text(3)),
            };
            let place = format!("{article}{}{}", text(4), text(5));
            self.article = article;
            self.cite_now(&place);
            return found[0].len();
        }
        let Some(found) = patterns().paragraph.captures(rest).filter(|_| !self.article.is_empty()) else {
            return 0;
        };
        if found[0].is_empty() {
            return 0;
        }
        let place = format!("{}{}", self.article, &found[0]);
        self.cite_now(&place);
        found[0].len()
    }

    /// Cites a place by the number that it has today.
    fn cite_now(&mut self, place: &str) {
        let former = self.current.as_ref().and_then(|current| {
            let Reading::Known(id) = &current.law else { return None };
            let law = laws().iter().find(|law| law.id == *id)?;
            let is_meant = |f: &&Former| {
                f.from == place && f.roles.iter().any(|role| self.roles.contains(&role.as_str()))
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

/// The length of a remark in parentheses behind the name of a law: （平成25年法律第27号。以下「番号法」という。）
fn aside(text: &str) -> usize {
    let found = patterns().aside.find(text).map_or("", |found| found.as_str());
    let is_number = found.contains("法律第")
        || found.contains("条例第")
        || found.contains("省令第")
        || found.contains("以下");
    if is_number { found.len() } else { 0 }
}

/// The length of what joins a name to what stands before it.
fn conjunction(text: &str) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let found = [
            "及び",
            "並びに",
            "ならびに",
            "および",
            "又は",
            "または",
            "の項",
            "項",
            "号",
            "条",
            "の",
            "と",
            " ",
        ]
        .into_iter()
        .find(|word| rest.starts_with(word));
        match found {
            Some(word) => at += word.len(),
            None => return at,
        }
    }
}

/// The number of a table apart from what follows it, while the blank is still there: 「別表第2 16の項」.
fn with_table_names(line: &str) -> String {
    let named = patterns().numbered_table.replace_all(line, |found: &regex::Captures<'_>| {
        let kanji = match &found[1] {
            "1" | "１" => "一",
            "2" | "２" => "二",
            _ => "三",
        };
        format!("別表第{kanji}{}", &found[2])
    });
    named.into_owned()
}

/// One spelling of the numbers of tables: 別表第１ is 別表第一.
fn table_numbers(folded: &str) -> String {
    let mut text = folded.to_owned();
    for (digit, kanji) in [("1", "一"), ("2", "二"), ("3", "三")] {
        let from = format!("別表第{digit}");
        let to = format!("別表第{kanji}");
        // 別表第19の項 is not the first table.
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(at) = rest.find(&from) {
            let end = at + from.len();
            let is_number = rest[end..].starts_with(|c: char| c.is_ascii_digit());
            out.push_str(&rest[..at]);
            out.push_str(if is_number { &from } else { &to });
            rest = &rest[end..];
        }
        out.push_str(rest);
        text = out;
    }
    text
}

#[cfg(test)]
mod tests;
