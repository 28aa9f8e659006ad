//! Names and provisions of all documents joined to entries: who uses this system, whom does this contractor work for.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::law::{Provision, Reading, laws, provisions};
use super::names::{
    Area, Part, company, company_rank, contractors, generic, is_abbreviation, system, system_aside, systems,
};
use crate::assessment::{Assessment, Value};
use crate::form::Slot;

/// Something that a document names, with the place where it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The name as written.
    pub written: String,
    /// It is no name but a remark that stands instead of one.
    pub is_remark: bool,
    /// Where.
    pub at: Use,
}

/// A provision that a document names, with the place where it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LawMention {
    /// The provision; none where nothing was recognised.
    pub provision: Option<Provision>,
    /// The whole text where nothing was recognised.
    pub written: String,
    /// Where.
    pub at: Use,
}

/// A place in a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// The document, by its position.
    pub document: u32,
    /// Anchor of the item.
    pub anchor: String,
    /// The item, e.g. `Ⅱ.4.委託事項2.⑥ 委託先名`.
    pub item: String,
}

/// What a document names.
#[derive(Debug, Clone, Default)]
pub struct Mentions {
    /// Systems.
    pub systems: Vec<Mention>,
    /// Contractors.
    pub contractors: Vec<Mention>,
    /// Provisions of law.
    pub laws: Vec<LawMention>,
}

/// Something that is named somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Permanent id.
    pub id: String,
    /// How it is called: of a contractor the whole name, else what is written most often.
    pub title: String,
    /// What stands behind the title: the number of a law.
    pub detail: Option<String>,
    /// How it is written, with how often, most often first.
    pub variants: Vec<(String, usize)>,
    /// Where, in the order of documents.
    pub uses: Vec<Use>,
}

impl Entry {
    /// The number of documents.
    pub fn documents(&self) -> usize {
        let mut documents: Vec<u32> = self.uses.iter().map(|place| place.document).collect();
        documents.dedup();
        documents.len()
    }
}

/// All entries of a kind, those of the most documents first, and what is no name.
#[derive(Debug, Clone, Default)]
pub struct Register {
    /// The entries.
    pub entries: Vec<Entry>,
    /// Remarks that stand instead of names, and texts in which nothing was recognised.
    pub remarks: Vec<Entry>,
}

/// The items, by role, whose answers are provisions of law.
const BASES: [&str; 4] = ["number-basis", "network-basis", "recipient-basis", "transferee-basis"];
/// Signs of a text that is listed as written.
const LONGEST_REMARK: usize = 200;

/// What a document names; `document` is its position.
pub fn mentions(assessment: &Assessment, document: u32) -> Mentions {
    let form = assessment.form();
    let files = assessment.answers.files();
    let role = |role: &str| form.role(role).map(|node| node.ix);
    let bases = BASES.map(|name| (name, role(name)));
    let (system, system_list, contractor) = (role("system-name"), role("systems-text"), role("contractor"));
    let mut all = Mentions::default();
    for (slot, value) in assessment.answers.values() {
        let Value::Text(text) = value else { continue };
        let node = Some(slot.node);
        let roles: Vec<&str> = bases.iter().filter(|(_, ix)| *ix == node).map(|(name, _)| *name).collect();
        let is_wanted = !roles.is_empty() || [system, system_list, contractor].contains(&node);
        if !is_wanted || text.trim().is_empty() || form.is_not_applicable(text) {
            continue;
        }
        let at = place(form, slot, files, document);
        if node == contractor {
            all.contractors.extend(named(contractors(text), &at));
        } else if roles.is_empty() {
            all.systems.extend(named(systems(text, node == system_list), &at));
        } else {
            all.laws.extend(cited(text, &roles, &at));
        }
    }
    all
}

fn place(form: &crate::form::Form, slot: Slot, files: u16, document: u32) -> Use {
    Use { document, anchor: form.anchor(slot, files), item: form.name(slot, files).line() }
}

fn named(parts: Vec<Part>, at: &Use) -> impl Iterator<Item = Mention> {
    parts.into_iter().map(move |part| {
        let (written, is_remark) = match part {
            Part::Name(name) => (name, false),
            Part::Remark(remark) => (shortened(&remark), true),
        };
        Mention { written, is_remark, at: at.clone() }
    })
}

fn cited(text: &str, roles: &[&str], at: &Use) -> Vec<LawMention> {
    let found = provisions(text, roles);
    if found.is_empty() {
        return vec![LawMention { provision: None, written: shortened(text), at: at.clone() }];
    }
    let mention =
        |provision| LawMention { provision: Some(provision), written: String::new(), at: at.clone() };
    found.into_iter().map(mention).collect()
}

fn shortened(text: &str) -> String {
    let text: Vec<&str> = text.split_whitespace().collect();
    let text = text.join(" ");
    match text.char_indices().nth(LONGEST_REMARK) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

/// Where the body of a document is: of 「医師会」 there is one in each place.
#[derive(Debug, Clone, Copy)]
pub struct Home<'a> {
    /// 都道府県.
    pub prefecture: &'a str,
    /// 市区町村.
    pub municipality: &'a str,
}

/// Joins contractors by their keys. `home` tells where a document is from.
pub fn join_contractors<'a>(mentions: &[Mention], home: &dyn Fn(u32) -> Home<'a>) -> Register {
    // The forms with which each name is written: without a form it is that company only if there is no second one.
    let mut forms: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    for mention in mentions.iter().filter(|mention| !mention.is_remark) {
        let company = company(&mention.written);
        let known = forms.entry(company.stem).or_default();
        known.extend(company.form.filter(|form| !known.contains(form)));
    }
    // What a generic name stands for, with the place in its title.
    let mut titles: BTreeMap<String, String> = BTreeMap::new();
    let register = joined(mentions, company_rank, |mention| {
        if let Some((name, area)) = generic(&mention.written) {
            let home = home(mention.at.document);
            let (place, key) = match area {
                // A 都道府県 has one, which bears its name: the one that is written in full elsewhere.
                Area::Prefecture => (home.prefecture, company(&format!("{}{name}", home.prefecture)).stem),
                // Municipalities of several prefectures may have the same name.
                Area::Municipality => {
                    (home.municipality, format!("{name}@{}{}", home.prefecture, home.municipality))
                }
            };
            titles.insert(id_of(&key), format!("{name}（{place}）"));
            return key;
        }
        let company = company(&mention.written);
        let known = forms.get(&company.stem).map(Vec::as_slice).unwrap_or_default();
        let form = company.form.or(if let [only] = known { Some(*only) } else { None });
        format!("{}{}", form.unwrap_or_default(), company.stem)
    });
    titled(register, &titles)
}

/// Two bodies with the same generic name need titles that tell them apart.
fn titled(mut register: Register, titles: &BTreeMap<String, String>) -> Register {
    for entry in &mut register.entries {
        let Some(title) = titles.get(&entry.id) else { continue };
        let full = entry.variants.iter().find(|(written, _)| generic(written).is_none());
        entry.title = full.map_or_else(|| title.clone(), |(written, _)| written.clone());
    }
    register.entries.sort_by_cached_key(by_use);
    register
}

/// Joins systems by their keys.
pub fn join_systems(mentions: &[Mention]) -> Register {
    // What stands in brackets behind each name.
    let mut asides: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for mention in mentions.iter().filter(|mention| !mention.is_remark) {
        let aside = system_aside(&mention.written);
        asides.entry(system(&mention.written)).or_default().extend((!aside.is_empty()).then_some(aside));
    }
    let aliases = aliases(&asides);
    joined(mentions, system_rank, |mention| {
        let (key, aside) = (system(&mention.written), system_aside(&mention.written));
        if let Some(long) = aliases.get(&key) {
            return long.clone();
        }
        // 「総合システム（税務）」 and 「総合システム（住民記録）」 are two.
        let is_one = asides.get(&key).is_none_or(|asides| asides.len() < 2);
        if is_one || aside.is_empty() { key } else { format!("{key}({aside})") }
    })
}

/// Abbreviations that stand in brackets behind one name only, each with the key of that name; or the other way round.
fn aliases(asides: &BTreeMap<String, BTreeSet<String>>) -> BTreeMap<String, String> {
    let mut meant: BTreeMap<&String, BTreeSet<&String>> = BTreeMap::new();
    // A name with two contents of brackets is not known by one of them.
    let mut unclear: BTreeSet<&String> = BTreeSet::new();
    for (key, inside) in asides {
        for aside in inside {
            let (short, long) = if is_abbreviation(key) { (key, aside) } else { (aside, key) };
            if !is_abbreviation(short) || is_abbreviation(long) {
                continue;
            }
            meant.entry(short).or_default().insert(long);
            if inside.len() > 1 {
                unclear.insert(short);
            }
        }
    }
    let is_clear = |(short, long): (&String, BTreeSet<&String>)| {
        let only = long.first().filter(|_| long.len() == 1 && !unclear.contains(short))?;
        // Of a name that itself stands apart by its brackets, the short one is not known to be the whole.
        let is_apart = asides.get(*only).is_some_and(|inside| inside.len() > 1);
        (!is_apart).then(|| (short.clone(), (*only).clone()))
    };
    meant.into_iter().filter_map(is_clear).collect()
}

/// A name in words serves better as a title than an abbreviation, and one without brackets better than one with them.
fn system_rank(written: &str) -> u8 {
    u8::from(is_abbreviation(&system(written))) * 2 + u8::from(!system_aside(written).is_empty())
}

/// Names by their keys, each entry under the spelling of the lowest rank; what is no name beside them.
fn joined(mentions: &[Mention], rank: fn(&str) -> u8, mut key: impl FnMut(&Mention) -> String) -> Register {
    let mut entries = Joiner::default();
    let mut remarks = Joiner::default();
    for mention in mentions {
        if mention.is_remark {
            remarks.add(crate::form::fold(&mention.written), &mention.written, &mention.at);
        } else {
            entries.add(key(mention), &mention.written, &mention.at);
        }
    }
    let mut register = Register { entries: entries.finish(), remarks: remarks.finish() };
    for entry in &mut register.entries {
        // Of the same rank the first is the one that is written most often.
        let best = entry.variants.iter().min_by_key(|(written, _)| rank(written));
        entry.title = best.map(|(written, _)| written.clone()).unwrap_or_default();
    }
    register.entries.sort_by_cached_key(by_use);
    register
}

/// Joins provisions: by law, and within a law by place.
pub fn join_laws(mentions: &[LawMention]) -> (Vec<(Entry, Vec<Entry>)>, Vec<Entry>) {
    let mut by_law: BTreeMap<Reading, (Joiner, Joiner)> = BTreeMap::new();
    let mut remarks = Joiner::default();
    for mention in mentions {
        let Some(provision) = &mention.provision else {
            remarks.add(crate::form::fold(&mention.written), &mention.written, &mention.at);
            continue;
        };
        let (law, places) = by_law.entry(provision.law.clone()).or_default();
        law.add("law".to_owned(), &provision.written, &mention.at);
        if !provision.place.is_empty() {
            let former = provision.former.as_ref().map(|former| format!("{}（旧{former}）", provision.place));
            places.add(
                provision.place.clone(),
                &former.unwrap_or_else(|| provision.place.clone()),
                &mention.at,
            );
        }
    }
    let mut all: Vec<(Entry, Vec<Entry>)> = Vec::new();
    for (reading, (law, places)) in by_law {
        let Some(mut entry) = law.finish().pop() else { continue };
        name_law(&mut entry, &reading);
        let mut places = places.finish();
        for place in &mut places {
            // What is written with an old number is shown under the one of today.
            if let Some((now, _)) = place.title.split_once('（') {
                place.title = now.to_owned();
            }
        }
        // Articles first, then tables.
        let order = |place: &Entry| (place.title.starts_with("別表"), natural(&place.title));
        places.sort_by_key(order);
        all.push((entry, places));
    }
    all.sort_by_cached_key(|(law, _)| by_use(law));
    (all, remarks.finish())
}

fn name_law(entry: &mut Entry, reading: &Reading) {
    match reading {
        Reading::Known(id) => {
            let Some(law) = laws().iter().find(|law| law.id == *id) else { return };
            entry.id.clone_from(&law.id);
            entry.title.clone_from(&law.title);
            let full = law.full.iter().filter(|full| **full != law.title);
            let parts: Vec<&str> = full.chain(law.number.as_ref()).map(String::as_str).collect();
            entry.detail = (!parts.is_empty()).then(|| parts.join("　"));
        }
        Reading::Named(name) => entry.id = id_of(name),
    }
}

/// Numbers within a text in the order of numbers: 第9条 before 第10条.
fn natural(text: &str) -> Vec<(String, u32)> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(digits);
        let end = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
        parts.push((word.to_owned(), tail[..end].parse().unwrap_or(0)));
        rest = &tail[end..];
    }
    parts
}

#[derive(Default)]
struct Joiner {
    entries: BTreeMap<String, (BTreeMap<String, usize>, Vec<Use>)>,
}

impl Joiner {
    fn add(&mut self, key: String, written: &str, at: &Use) {
        let (variants, uses) = self.entries.entry(key).or_default();
        *variants.entry(written.to_owned()).or_default() += 1;
        if uses.last() != Some(at) {
            uses.push(at.clone());
        }
    }

    fn finish(self) -> Vec<Entry> {
        let entry = |(key, (variants, mut uses)): (String, (BTreeMap<String, usize>, Vec<Use>))| {
            let mut variants: Vec<_> = variants.into_iter().collect();
            variants.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            uses.sort_by_key(|place| place.document);
            let title = variants.first().map(|(written, _)| written.clone()).unwrap_or_default();
            Entry { id: id_of(&key), title, detail: None, variants, uses }
        };
        let mut entries: Vec<Entry> = self.entries.into_iter().map(entry).collect();
        entries.sort_by_cached_key(by_use);
        entries
    }
}

/// The order of entries: most documents first, then by name.
fn by_use(entry: &Entry) -> (Reverse<usize>, String, String) {
    (Reverse(entry.documents()), entry.title.clone(), entry.id.clone())
}

/// A short id of a key that stays the same for ever (FNV-1a). It begins with a letter, as ids of a page do.
fn id_of(key: &str) -> String {
    let hash = key.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let letters = (0..10).map(|at| {
        let digit = u8::try_from((hash >> (at * 5)) & 31).unwrap_or(0);
        char::from(if digit < 26 { b'a' + digit } else { b'2' + digit - 26 })
    });
    format!("x{}", letters.collect::<String>())
}

#[cfg(test)]
mod tests;
