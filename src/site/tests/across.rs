//! The pages across documents, over hand-made ones.

use std::collections::{BTreeMap, BTreeSet};

use super::sample;
use crate::across::{self, Answer, Home, Place, Stored};
use crate::assessment::Assessment;
use crate::form::Form;
use crate::history::AssessmentDigest;
use crate::site::feed::Subject;
use crate::site::render::{self, Counted, Desk, ItemAnswers, Page};
use crate::site::theme::RenderError;
use crate::site::{MunicipalityContext, SiteContext, Theme};

type Items = BTreeMap<(&'static str, &'static str), Vec<(u32, Vec<Answer>)>>;

fn gathered(assessments: &[Assessment]) -> Items {
    let mut items = Items::new();
    for (assessment, document) in assessments.iter().zip(0..) {
        let form = assessment.form();
        for (ix, answers) in across::answers(assessment, &|slot| render::entry_name(assessment, slot)) {
            let answers = answers.into_iter().map(|(_, answer)| answer).collect();
            items.entry((form.kind(), &form.node(ix).id)).or_default().push((document, answers));
        }
    }
    items
}

/// All pages across these documents.
pub(super) fn pages(
    theme: &Theme,
    site: &SiteContext,
    context: &MunicipalityContext,
    assessments: &[Assessment],
    digests: &[AssessmentDigest],
) -> Vec<Page> {
    let documents: Vec<_> =
        digests.iter().map(|document| Subject { municipality: context, document }).collect();
    let desk = Desk { theme, site, documents: &documents };
    let items = gathered(assessments);
    let counted: Counted = items.iter().map(|(key, answers)| (*key, answers.len())).collect();
    let mut pages = vec![render::items_page(&desk, &counted).unwrap()];
    pages.extend(render::family_pages(&desk, &counted).unwrap());
    let nodes: Vec<_> = items
        .iter()
        .map(|((kind, id), answers)| {
            let used = |form: &&Form| assessments.iter().any(|a| a.form().head.id == form.head.id);
            let form =
                Form::all().iter().filter(used).find(|f| f.kind() == *kind && f.by_id(id).is_some()).unwrap();
            (form, form.by_id(id).unwrap(), answers)
        })
        .collect();
    let addresses: BTreeSet<String> =
        nodes.iter().map(|(form, node, _)| across::item_address(form, node)).collect();
    for (form, node, answers) in nodes {
        let item = ItemAnswers { form, node, answers, pages: &addresses };
        render::item_pages(&desk, &item, &mut |page| keep(&mut pages, page)).unwrap();
    }
    let mut all = across::Mentions::default();
    for (assessment, document) in assessments.iter().zip(0..) {
        let mentions = across::mentions(assessment, document);
        all.systems.extend(mentions.systems);
        all.contractors.extend(mentions.contractors);
        all.laws.extend(mentions.laws);
    }
    let systems = across::join_systems(&all.systems);
    render::register_pages(&desk, "systems", &systems, &mut |page| keep(&mut pages, page)).unwrap();
    let home = |_| Home { prefecture: &context.prefecture, municipality: &context.name };
    let contractors = across::join_contractors(&all.contractors, &home);
    render::register_pages(&desk, "contractors", &contractors, &mut |page| keep(&mut pages, page)).unwrap();
    let (laws, remarks) = across::join_laws(&all.laws);
    render::law_pages(&desk, &laws, &remarks, &mut |page| keep(&mut pages, page)).unwrap();
    pages.extend(shared(&desk, assessments));
    pages
}

fn shared(desk: &Desk<'_>, assessments: &[Assessment]) -> Vec<Page> {
    let mut seen = Vec::new();
    let mut texts = BTreeMap::new();
    for (assessment, document) in assessments.iter().zip(0..) {
        for (_, answers) in across::answers(assessment, &|_| None) {
            for (slot, answer) in answers {
                let Stored::Text(text) = answer.value else { continue };
                let place = Place { document, slot };
                for p in across::passages(&text, &[]) {
                    seen.push(p.seen(place));
                    texts.insert((place, p.key), p.text);
                }
            }
        }
    }
    let groups = across::shared(seen, &|document| document as usize);
    let read = |place, key| Ok(texts.get(&(place, key)).cloned());
    let mut pages = Vec::new();
    render::shared_pages(desk, &groups, &read, &mut |page| keep(&mut pages, page)).unwrap();
    pages
}

#[allow(clippy::unnecessary_wraps, reason = "what writes pages may fail elsewhere")]
fn keep(pages: &mut Vec<Page>, page: Page) -> Result<(), RenderError> {
    pages.push(page);
    Ok(())
}

/// Documents that only differ in their directory and in one text.
fn many(count: usize) -> (Vec<Assessment>, Vec<AssessmentDigest>) {
    let assessments: Vec<_> = (0..count)
        .map(|number| {
            let mut assessment = sample::assessment(&Form::all()[0], number, 0);
            assessment.dir = format!("{number}-jimu");
            let slot = assessment.form().slot("i.1.content").unwrap();
            let text = format!("{}\n\n{number}番目の事務。", "台帳を整える。".repeat(400));
            assessment.answers.set(slot, crate::assessment::Value::Text(text));
            assessment
        })
        .collect();
    let digest = |a: &Assessment| AssessmentDigest::of(a, &crate::history::Timeline::of(a));
    let digests = assessments.iter().map(digest).collect();
    (assessments, digests)
}

#[test]
fn long_lists_go_on_on_further_pages_and_none_is_too_long() {
    let theme = Theme::load(&[]).unwrap();
    let site = SiteContext::new(&sample::site());
    let context = MunicipalityContext::new(&sample::municipality());
    let (assessments, digests) = many(31);
    let many = pages(&theme, &site, &context, &assessments, &digests);
    for page in &many {
        assert!(page.html.len() < 220_000, "{}: {}", page.path, page.html.len());
    }
    let text = |path: &str| &many.iter().find(|page| page.path == path).unwrap().html;
    let item = text("items/zenkomoku/i-1-content/index.html");
    // More than thirty documents: only the beginnings stand there, and every one of them is reached.
    assert!(item.matches("台帳を整える。").count() < 31 * 120);
    assert_eq!(item.matches("<details>").count(), 31);
    let (few, _) = assessments.split_at(20);
    let pages = pages(&theme, &site, &context, few, &digests[..20]);
    let parts: Vec<_> = pages.iter().filter(|p| p.path.starts_with("items/zenkomoku/i-1-content/")).collect();
    assert!(parts.len() > 1, "whole texts of twenty documents take more than one page");
    assert_eq!(parts.iter().map(|page| page.html.matches("<details>").count()).sum::<usize>(), 20);
}
