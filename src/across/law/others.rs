//! Laws and 条例 that are not in the table, known by how their names end.

use super::patterns::patterns;
use super::{Reader, Reading, aside, laws, names};

/// How the name of most laws ends.
pub(super) const LAW_ON: &str = "に関する法律";
/// What is named after a law or a 条例.
const BYLAWS: [&str; 3] = ["施行令", "施行規則", "施行細則"];

impl Reader<'_> {
    pub(super) fn ordinance(&mut self) -> Option<usize> {
        let rest = self.rest;
        let lead = conjunction(rest);
        let found = patterns().ordinance.find(&rest[lead..])?.as_str();
        let (front, _) = found.split_once("条例")?;
        // 「番号法第9条第2項に基づく条例」 names a law and then an ordinance without a name.
        if is_nameless(front) {
            let length = lead + front.len();
            // A law or a table within is read for itself.
            if ["法", "別表", "令", "規則"].iter().any(|word| front.contains(word)) {
                return None;
            }
            self.rest = &rest[length..];
            self.end_at_unknown();
            self.rest = rest;
            return Some(length + "条例".len());
        }
        if hides_law(found) || found.contains("別表") {
            return None;
        }
        self.open(Reading::Named(found.to_owned()), found.to_owned());
        let length = lead + found.len();
        Some(length + aside(&rest[length..]))
    }

    /// A law whose name ends in 法, before an article: 「水道法第15条」.
    pub(super) fn other_law(&mut self) -> Option<usize> {
        let rest = self.rest;
        let lead = conjunction(rest);
        let found = patterns().other_law.find(&rest[lead..])?.as_str();
        let name = found.split(['(', '第']).next().unwrap_or_default();
        if name.chars().count() < 3 || name.starts_with('同') {
            return None;
        }
        self.name(lead, name, Reading::Named(name.to_owned()))
    }

    /// 「難病の患者に対する医療等に関する法律」.
    pub(super) fn law_on(&mut self) -> Option<usize> {
        const SHORTEST_END: usize = 11;
        // With these the words before it belong to a sentence.
        const NO_NAME: [&str; 4] = ["は", "その他", "これら", "に基づ"];
        let rest = self.rest;
        if self.last_law_on.is_none_or(|last| self.whole.len() - rest.len() > last) {
            return None;
        }
        let lead = conjunction(rest);
        let name = patterns().law_on.find(&rest[lead..])?.as_str();
        if NO_NAME.iter().any(|word| name.contains(word)) {
            return None;
        }
        let bylaw = patterns().bylaw.find(&rest[lead + name.len()..]).map_or(0, |bylaw| bylaw.end());
        let name = &rest[lead..lead + name.len() + bylaw];
        // Where a line is wrapped the end of a long name stands alone; a short end may be that of another law.
        let law = match names().iter().find(|(known, _)| known.ends_with(name)) {
            Some(_) if name.chars().count() < SHORTEST_END => return None,
            Some((_, at)) => known_law(*at),
            None => Reading::Named(name.to_owned()),
        };
        self.name(lead, name, law)
    }

    /// Opens a law by this name; how far it and what leads to it reach.
    fn name(&mut self, lead: usize, name: &str, law: Reading) -> Option<usize> {
        // A known law may stand inside the run of kanji: 「及同地方税法」 would hide it.
        if names().iter().any(|(known, _)| name.contains(known.as_str())) {
            return None;
        }
        self.open(law, name.to_owned());
        let length = lead + name.len();
        Some(length + aside(&self.rest[length..]))
    }

    /// 「同法」, 「同法施行令」, 「同条例」: the last law or 条例 that was named, or what is named after it.
    pub(super) fn same(&mut self) -> Option<usize> {
        let rest = self.rest;
        if !rest.starts_with('同') {
            return None;
        }
        let found = patterns().same.captures(rest)?;
        let behind = rest[found[0].len()..].chars().next();
        // 「同法人」 is no law.
        if behind.is_some_and(|sign| ('一'..='龥').contains(&sign) && !"第別附及並又".contains(sign))
        {
            return None;
        }
        // 「同法第2項」 is of the article that was named.
        if found.get(2).is_none() && patterns().paragraph.is_match(&rest[found[0].len()..]) {
            return Some(found[0].len());
        }
        let current = self.current.iter().map(|current| &current.law);
        let mut laws = current.chain(self.found.iter().rev().map(|provision| &provision.law));
        let base = laws.find_map(|law| base(title(law), &found[1]))?;
        let title = format!("{base}{}", found.get(2).map_or("", |bylaw| bylaw.as_str()));
        let known = names().iter().find(|(name, _)| *name == title);
        let law = known.map_or(Reading::Named(title.clone()), |(_, at)| known_law(*at));
        if self.current.as_ref().is_none_or(|current| current.law != law) {
            self.open(law, title);
        }
        Some(found[0].len())
    }

    /// A law or 規則 of whose name only the end is known: what follows is not of the current law.
    pub(super) fn end_at_unknown(&mut self) {
        let Some(current) = &self.current else { return };
        if !self.rest.starts_with(['法', '条', '規', '政', '省', '命', '細', '要', '令']) {
            return;
        }
        let Some(found) = patterns().unknown.captures(self.rest) else { return };
        let name = &self.before[conjunction(self.before)..];
        let is_current = match &found[1] {
            "法律" => name.is_empty() || name == "この",
            // 「法第9条」 is how a text calls the law that it is about.
            "法" => {
                let is_no_name = |sign| ('ぁ'..='ん').contains(&sign) || "本該新旧".contains(sign);
                name.is_empty() || name.ends_with(is_no_name)
            }
            word => title(&current.law).contains(word) || current.written.contains(word),
        };
        if !is_current {
            self.close();
            self.current = None;
            self.article.clear();
        }
    }
}

fn known_law(at: usize) -> Reading {
    Reading::Known(laws()[at].id.clone())
}

fn title(law: &Reading) -> &str {
    match law {
        Reading::Known(id) => laws().iter().find(|law| law.id == *id).map_or("", |law| law.title.as_str()),
        Reading::Named(name) => name,
    }
}

/// The law that 「同法」 means, or the ordinance that 「同条例」 means, behind one with this title.
fn base<'t>(title: &'t str, kind: &str) -> Option<&'t str> {
    let bare = BYLAWS.iter().find_map(|bylaw| title.strip_suffix(bylaw)).unwrap_or(title);
    let is_ordinance = bare.ends_with("条例");
    if kind == "条例" {
        return is_ordinance.then_some(bare);
    }
    // The orders below 番号法 bear its name.
    let is_below = title.starts_with("番号法") && !is_ordinance;
    let is_law = bare.ends_with('法') || bare.ends_with("法律");
    if is_below { Some("番号法") } else { is_law.then_some(bare) }
}

/// Whether what stands before 条例 is no name: 「市の条例」, 「に基づく条例」.
fn is_nameless(front: &str) -> bool {
    let bare = front.trim_start_matches(['市', '区', '町', '村', '本', '当', '同', '該']);
    bare.is_empty()
        || ["の", "に基づく", "に基づいた", "による", "に定める", "で定める", "が定める"]
            .iter()
            .any(|end| front.ends_with(end))
}

/// Whether a law is named before an ordinance and not in its name: 「地方税法及びみほん市税条例」.
///
/// The name of an ordinance may have the law that it rests on, also at its beginning: 「…法律に基づく個人番号の利用に関する条例」.
fn hides_law(name: &str) -> bool {
    let is_own = |at: usize, behind: &str| {
        let Some(ordinance) =
            ["に基づく", "の規定に基づく"].iter().find_map(|word| behind.strip_prefix(word))
        else {
            return behind.starts_with("施行") || behind.starts_with("の施行");
        };
        at > 0 || !begins_with_place(ordinance)
    };
    let mut known = names().iter().flat_map(|(known, _)| {
        name.match_indices(known.as_str()).map(|(at, found)| (at, &name[at + found.len()..]))
    });
    known.any(|(at, behind)| !is_own(at, behind)) || patterns().hidden.is_match(name)
}

/// Whether the name of a municipality comes first, as in most names of ordinances.
fn begins_with_place(name: &str) -> bool {
    let word = name.chars().take(9).take_while(|sign| *sign != 'の');
    word.skip(1).any(|sign| "都道府県市区町村".contains(sign))
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
            "に基づく",
            "に基づき",
            "に規定する",
            "に定める",
            "による",
            "により",
            "の規定",
            "の項",
            "項",
            "号",
            "条",
            "の",
            "と",
            " ",
        ]
        .into_iter()
        .find(|word| rest.starts_with(word) && !rest.starts_with("条例"));
        match found {
            Some(word) => at += word.len(),
            None => return at,
        }
    }
}
