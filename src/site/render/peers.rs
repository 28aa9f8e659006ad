//! 「同じ事務の評価書」: the documents of other municipalities about the task of a document.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::across;
use crate::history::AssessmentDigest;
use crate::site::feed::Subject;

/// How many are shown; the page of the item that names the task shows all.
const SHOWN: usize = 10;

/// All documents by their tasks.
#[derive(Default)]
pub struct Peers<'a> {
    /// In the order of their municipalities and directories.
    documents: Vec<Subject<'a>>,
    /// Positions, ascending.
    by_task: BTreeMap<String, Vec<usize>>,
}

/// Those about the task of one document.
#[derive(Debug, Serialize)]
pub(super) struct PeersView<'a> {
    shown: Vec<PeerView<'a>>,
    /// Where all are, from the root of the site, if there are more.
    more: Option<String>,
}

#[derive(Debug, Serialize, PartialEq, Eq)]
struct PeerView<'a> {
    municipality: &'a str,
    title: &'a str,
    /// From the root of the site.
    address: String,
}

impl<'a> Peers<'a> {
    /// Sorts documents by what they are about. Two are about one task where 事務の名称 or 評価書名 is the same in both;
    /// 評価書番号 says nothing, every municipality counts by itself.
    pub fn of(documents: impl IntoIterator<Item = Subject<'a>>) -> Self {
        let mut documents: Vec<_> = documents.into_iter().collect();
        documents.sort_by(|a, b| place(a).cmp(&place(b)));
        let mut by_task = BTreeMap::<_, Vec<usize>>::new();
        for (at, subject) in documents.iter().enumerate() {
            for key in keys(subject) {
                by_task.entry(key).or_default().push(at);
            }
        }
        Self { documents, by_task }
    }

    /// The documents of other municipalities about the task of this one, the nearest first; none where there are none.
    pub(super) fn beside(&self, code: &str, dir: &str) -> Option<PeersView<'a>> {
        let at = self.documents.binary_search_by(|other| place(other).cmp(&(code, dir))).ok()?;
        let subject = &self.documents[at];
        let mut near = BTreeSet::new();
        for key in keys(subject) {
            let group = self.by_task.get(&key).map_or(&[][..], Vec::as_slice);
            let here = group.partition_point(|other| *other < at);
            let is_other =
                |other: &&usize| self.documents[**other].municipality.code != subject.municipality.code;
            // Neighbours have neighbouring codes, so that nobody needs to look at all.
            near.extend(group[..here].iter().rev().filter(is_other).take(SHOWN + 1));
            near.extend(group[here..].iter().filter(is_other).take(SHOWN + 1));
        }
        let mut near: Vec<usize> = near.into_iter().collect();
        near.sort_by_key(|other| (distance(subject, &self.documents[*other]), *other));
        let has_more = near.len() > SHOWN;
        let shown = near.iter().take(SHOWN).map(|other| peer(&self.documents[*other])).collect();
        let more = has_more.then(|| listed_at(subject.document)).flatten();
        (!near.is_empty()).then_some(PeersView { shown, more })
    }
}

fn place<'s>(subject: &Subject<'s>) -> (&'s str, &'s str) {
    (subject.municipality.code.as_str(), &subject.document.dir)
}

fn keys(subject: &Subject<'_>) -> BTreeSet<String> {
    let name = &subject.municipality.name;
    let names = [&subject.document.task, &subject.document.title];
    names.into_iter().filter_map(|text| across::task(text, name)).collect()
}

/// Another prefecture is further than any place in the same one.
fn distance(from: &Subject<'_>, to: &Subject<'_>) -> (bool, u32) {
    let [from, to] = [from, to].map(|subject| subject.municipality.code.as_str());
    let number = |code: &str| code.parse::<u32>().unwrap_or_default();
    (from.get(..2) != to.get(..2), number(from).abs_diff(number(to)))
}

fn peer<'s>(subject: &Subject<'s>) -> PeerView<'s> {
    let (code, dir) = place(subject);
    let title = &subject.document.title;
    PeerView { municipality: &subject.municipality.name, title, address: format!("{code}/{dir}/") }
}

/// The page that shows side by side how all documents of the form name their task.
fn listed_at(document: &AssessmentDigest) -> Option<String> {
    let node = document.form.role("task-name").filter(|_| !document.task.is_empty())?;
    Some(across::item_address(document.form, node))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::MunicipalityCode;
    use crate::form::Form;
    use crate::history::Timeline;
    use crate::site::render::{Beside, assessment};
    use crate::site::tests::{sample, site_context};
    use crate::site::{MunicipalityContext, Theme};

    fn municipality(code: &str, name: &str) -> MunicipalityContext {
        let code = MunicipalityCode::unchecked(code);
        let sample = sample::municipality();
        MunicipalityContext::new(&crate::assessment::Municipality { code, name: name.to_owned(), ..sample })
    }

    fn document(dir: &str, task: &str, title: &str) -> AssessmentDigest {
        let document = sample::assessment(Form::with_id("kiso-r06-10").unwrap(), 0, 0);
        let digest = AssessmentDigest::of(&document, &Timeline::of(&document));
        AssessmentDigest { dir: dir.to_owned(), task: task.to_owned(), title: title.to_owned(), ..digest }
    }

    fn addresses(peers: &Peers<'_>, code: &str, dir: &str) -> Vec<String> {
        let view = peers.beside(code, dir);
        view.map(|view| view.shown.into_iter().map(|peer| peer.address).collect()).unwrap_or_default()
    }

    #[test]
    fn documents_of_others_about_the_task_are_told() {
        let [here, there] = [municipality("019984", "みほん市"), municipality("139980", "さくら市")];
        let documents = [
            (&here, document("1-yobo", "予防接種に関する事務", "予防接種に関する事務 基礎項目評価書")),
            (&here, document("2-yobo", "予防接種に関する事務", "予防接種に関する事務 全項目評価書")),
            (&here, document("3-zei", "個人市民税に関する事務", "税")),
            (&there, document("1-zei", "さくら市における個人市民税事務", "市民税")),
            (&there, document("3-yobo", "予防接種法による事務", "予防接種事務 重点項目評価書")),
            (&there, document("4-nenkin", "", "国民年金に関する事務 基礎項目評価書")),
        ];
        let subjects = documents.iter().map(|(municipality, document)| Subject { municipality, document });
        let peers = Peers::of(subjects);
        assert_eq!(addresses(&peers, "019984", "1-yobo"), ["139980/3-yobo/"]);
        assert_eq!(addresses(&peers, "019984", "3-zei"), ["139980/1-zei/"], "not the one with its number");
        assert_eq!(addresses(&peers, "139980", "3-yobo"), ["019984/1-yobo/", "019984/2-yobo/"]);
        assert!(peers.beside("139980", "4-nenkin").is_none());
        assert!(peers.beside("139980", "no-such").is_none());
    }

    #[test]
    fn the_nearest_are_told_of_many() {
        let places: Vec<_> = (0..40).map(|n| municipality(&format!("{}", 131_000 + 10 * n), "市")).collect();
        let far = municipality("128000", "町");
        let one = document("1", "予防接種に関する事務", "");
        let all = places.iter().chain([&far]).map(|municipality| Subject { municipality, document: &one });
        let peers = Peers::of(all);
        let view = peers.beside("131200", "1").unwrap();
        assert_eq!(view.shown.len(), SHOWN);
        assert_eq!(view.shown[0].address, "131190/1/");
        assert_eq!(view.shown[1].address, "131210/1/");
        assert_eq!(view.more.as_deref(), Some("items/kiso/i-1-name/"));
        let near = addresses(&peers, "131000", "1");
        assert!(near.iter().all(|address| address.starts_with("13")), "the same prefecture first: {near:?}");
    }

    #[test]
    fn the_page_links_them_and_is_what_it_was_without_them() {
        let (theme, site) = (Theme::load(&[]).unwrap(), site_context());
        let [here, there] = [municipality("019984", "みほん市"), municipality("139980", "さくら市")];
        let source = sample::assessment(Form::with_id("kiso-r06-10").unwrap(), 0, 0);
        let timeline = Timeline::of(&source);
        let mine = AssessmentDigest::of(&source, &timeline);
        let other = document("5-mihon", &mine.task, "さくら市の評価書");
        let page = |peers: &Peers<'_>| {
            let beside = Beside { peers: Some(peers), ..Beside::default() };
            assessment(&theme, &site, &here, &source, &timeline, &beside).unwrap().html
        };
        let one = Subject { municipality: &here, document: &mine };
        let two = Subject { municipality: &there, document: &other };
        let html = page(&Peers::of([one, two]));
        assert!(
            html.contains("../../139980/5-mihon/") && html.contains("さくら市 さくら市の評価書"),
            "{html}"
        );
        assert!(!page(&Peers::of([one])).contains("glance-peers"));
    }
}
