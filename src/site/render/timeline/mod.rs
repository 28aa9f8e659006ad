//! The changes of a document as pages: the timeline by date and by item, its years where it is long, a page per item, and
//! the table of the official form.
//!
//! A change has one address that never changes, `changes/#c-…`: its entry in full or, once the timeline has grown over
//! several pages, a line that leads there.

mod day;
mod entry;
mod front;
mod item;
mod scene;
mod table;
mod year;

use scene::Scene;
pub use scene::Texts;

use super::Page;
use crate::assessment::Assessment;
use crate::history::{Causes, Timeline, VersionLine};
use crate::site::theme::{RenderError, Theme};
use crate::site::{MunicipalityContext, SiteContext};

/// All pages about the changes of a document, and the texts of all changes in the order of the timeline for use elsewhere, from
/// where `up` leads to the document: comparing texts is too much work to do it twice.
///
/// `/{code6}/{dir}/changes/`, `/{code6}/{dir}/changes/{year}/` for a long timeline, `/{code6}/{dir}/changes/table/` and
/// `/{code6}/{dir}/items/{anchor}/` for each place that changed.
#[expect(clippy::too_many_arguments, reason = "what the pages are made of; none of it belongs to another")]
pub fn changes_and_texts(
    theme: &Theme,
    site: &SiteContext,
    municipality: &MunicipalityContext,
    assessment: &Assessment,
    timeline: &Timeline,
    causes: &Causes,
    versions: Option<&VersionLine>,
    up: &str,
) -> Result<(Vec<Page>, Vec<Texts>), RenderError> {
    let scene = Scene::new(theme, site, municipality, assessment, timeline, causes).with_versions(versions);
    Ok((pages(&scene)?, scene.into_texts(up)))
}

fn pages(scene: &Scene<'_>) -> Result<Vec<Page>, RenderError> {
    let mut pages = vec![front::page(scene)?];
    if scene.timeline.is_empty() {
        return Ok(pages);
    }
    for part in &scene.layout.parts {
        pages.push(year::page(scene, part)?);
    }
    pages.push(table::page(scene)?);
    for (place, entries) in scene.timeline.places() {
        pages.push(item::page(scene, place, entries)?);
    }
    Ok(pages)
}

/// The anchor of a place in the list by item.
pub(super) fn place_anchor(item_anchor: &str) -> String {
    format!("of-{item_anchor}")
}
