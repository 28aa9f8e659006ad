//! Names and provisions of all documents joined to entries: who uses this system, whom does this contractor work for.

use std::collections::BTreeMap;

use super::law::{Provision, Reading, laws, provisions};
use super::names::{Part, company, contractors, system, systems};
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
    /// How it is called most often.
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

/// Joins systems (`is_company` = false) or contractors by their keys.
pub fn join(mentions: &[Mention], is_company: bool) -> Register {
    // The forms with which each name is written: without a form it is that company only if there is no second one.
    let mut forms: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    if is_company {
        for mention in mentions.iter().filter(|mention| !mention.is_remark) {
            let company = company(&mention.written);
            let known = forms.entry(company.stem).or_default();
            known.extend(company.form.filter(|form| !known.contains(form)));
        }
    }
    let key = |written: &str| {
        if !is_company {
            return system(written);
        }
        let company = company(written);
        let known = forms.get(&company.stem).map(Vec::as_slice).unwrap_or_default();
        let form = company.form.or(if let [only] = known { Some(*only) } else { None });
        format!("{}{}", form.unwrap_or_default(), company.stem)
    };
    let mut entries = Joiner::default();
    let mut remarks = Joiner::default();
    for mention in mentions {
        if mention.is_remark {
            remarks.add(crate::form::fold(&mention.written), &mention.written, &mention.at);
        } else {
            entries.add(key(&mention.written), &mention.written, &mention.at);
        }
    }
    Register { entries: entries.finish(), remarks: remarks.finish() }
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
    all.sort_by(|(a, _), (b, _)| by_use(a, b));
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
        entries.sort_by(by_use);
        entries
    }
}

/// Most documents first, then by name.
fn by_use(a: &Entry, b: &Entry) -> std::cmp::Ordering {
    let key = |entry: &Entry| (std::cmp::Reverse(entry.documents()), entry.title.clone(), entry.id.clone());
    key(a).cmp(&key(b))
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
mod tests {
    use super::*;

    fn at(document: u32) -> Use {
        Use { document, anchor: "a".to_owned(), item: "Ⅱ.4.⑥ 委託先名".to_owned() }
    }

    fn mention(document: u32, written: &str) -> Mention {
        Mention { written: written.to_owned(), is_remark: false, at: at(document) }
    }

    #[test]
    fn variants_are_one_entry_and_shown() {
        let all = [
            mention(0, "株式会社甲乙"),
            mention(1, "㈱甲乙"),
            mention(2, "甲乙"),
            mention(2, "株式会社丙丁"),
        ];
        let register = join(&all, true);
        assert_eq!(register.entries.len(), 2);
        let first = &register.entries[0];
        assert_eq!(first.documents(), 3);
        assert_eq!(first.variants.len(), 3);
    }

    #[test]
    fn a_name_without_a_form_is_not_guessed_between_two() {
        let all = [mention(0, "株式会社甲乙"), mention(1, "有限会社甲乙"), mention(2, "甲乙")];
        assert_eq!(join(&all, true).entries.len(), 3);
    }

    #[test]
    fn provisions_are_grouped_by_law_in_the_order_of_numbers() {
        let cite = |document, text| cited(text, &["network-basis"], &at(document));
        let all = [
            cite(0, "番号法第19条第8号、別表第二の10の項"),
            cite(1, "番号利用法第19条第7号及び別表第二の9の項"),
            cite(2, "情報連携は行わない"),
        ]
        .concat();
        let (laws, remarks) = join_laws(&all);
        assert_eq!(laws.len(), 1);
        let (law, places) = &laws[0];
        assert_eq!((law.title.as_str(), law.documents(), law.variants.len()), ("番号法", 2, 2));
        let titles: Vec<_> = places.iter().map(|place| place.title.as_str()).collect();
        assert_eq!(titles, ["第19条第8号", "別表第二 9の項", "別表第二 10の項"]);
        assert_eq!(places[0].documents(), 2);
        assert_eq!(places[0].variants.len(), 2);
        assert_eq!(remarks.len(), 1);
    }

    #[test]
    fn ids_stay() {
        assert_eq!(id_of("株式会社甲乙"), id_of("株式会社甲乙"));
        assert_ne!(id_of("甲"), id_of("乙"));
        assert!(id_of("甲").chars().all(|c| c.is_ascii_alphanumeric()));
    }
}
