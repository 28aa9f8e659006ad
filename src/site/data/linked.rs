//! What pages say of themselves in the words of schema.org, as one block of JSON-LD in the head: data, nothing that runs.

use serde_json::{Value, json};

use super::catalog::{FileFacts, media_type};
use super::datasets::DATASETS;
use super::fields::Fields;
use crate::address;
use crate::assessment::{Assessment, Value as Answer};
use crate::form::Slot;
use crate::history::title_of;
use crate::site::{MunicipalityContext, SiteContext};

/// The things that a page is about.
#[derive(Debug, Default)]
pub(in crate::site) struct Linked(Vec<Value>);

impl Linked {
    /// The site itself, on its first page.
    pub(in crate::site) fn of_site(site: &SiteContext) -> Self {
        let mut website = Fields::default();
        website.put("@type", "WebSite");
        website.put("name", site.title.as_str());
        website.put("inLanguage", "ja");
        website.put_some("publisher", site.publisher.as_deref().map(organization));
        website.put_some("license", license(site));
        // An action needs a whole address.
        if let Some(base) = &site.base_url {
            website.put("url", base.as_str());
            website.put(
                "potentialAction",
                json!({
                    "@type": "SearchAction",
                    "target": { "@type": "EntryPoint", "urlTemplate": format!("{base}search/?q={{search_term_string}}") },
                    "query-input": "required name=search_term_string",
                }),
            );
        }
        Self(vec![website.into()])
    }

    /// A municipality.
    pub(in crate::site) fn of_municipality(municipality: &MunicipalityContext) -> Self {
        let mut body = government(municipality);
        body.put_some("alternateName", municipality.kana.as_deref());
        if municipality.name != municipality.prefecture {
            let area = json!({ "@type": "AdministrativeArea", "name": municipality.prefecture });
            body.put("containedInPlace", area);
        }
        Self(vec![body.into()])
    }

    /// A document.
    pub(in crate::site) fn of_document(
        site: &SiteContext,
        municipality: &MunicipalityContext,
        assessment: &Assessment,
    ) -> Self {
        let base = site.base_url.as_ref();
        let address = |file: &str| match base {
            Some(base) => format!("{base}{}/{}/{file}", municipality.code, assessment.dir),
            None if file.is_empty() => "./".to_owned(),
            None => file.to_owned(),
        };
        let mut report = Fields::default();
        report.put("@type", "Report");
        report.put("name", title_of(assessment));
        report.put("url", address(""));
        report.put("inLanguage", "ja");
        report.put("genre", assessment.form().head.short_title.as_str());
        if !assessment.number.trim().is_empty() {
            let number = assessment.number.trim();
            report.put(
                "identifier",
                json!({ "@type": "PropertyValue", "propertyID": "評価書番号", "value": number }),
            );
        }
        if let Some(date) = assessment.published {
            report.put("datePublished", date.iso());
            report.put("version", date.iso());
        }
        report.put_some("about", task(assessment).map(|name| json!({ "@type": "Thing", "name": name })));
        report.put("publisher", government(municipality));
        report.put_some("license", license(site));
        let whole = base.map_or_else(|| "../../".to_owned(), Clone::clone);
        report.put("isPartOf", json!({ "@type": "WebSite", "name": site.title, "url": whole }));
        let file = |name: &str| json!({ "@type": "MediaObject", "encodingFormat": media_type(name), "contentUrl": address(name) });
        report.put("encoding", ["assessment.json", "items.csv"].map(file).to_vec());
        Self(vec![report.into()])
    }

    /// The sets of data, on the page that explains them.
    pub(in crate::site) fn of_data(site: &SiteContext, files: &[FileFacts]) -> Self {
        let base = site.base_url.as_deref().unwrap_or("../");
        let set = |kind: &super::DatasetKind| {
            let written = kind.files.iter().filter_map(|name| files.iter().find(|file| file.name == *name));
            let distribution: Vec<_> = written.map(|file| download(base, file)).collect();
            if distribution.is_empty() {
                return None;
            }
            let mut set = Fields::default();
            set.put("@type", "Dataset");
            set.put("name", kind.title);
            set.put("description", kind.about);
            set.put("inLanguage", "ja");
            set.put("isAccessibleForFree", true);
            set.put_some("creator", site.publisher.as_deref().map(organization));
            set.put_some("license", license(site));
            set.put("distribution", distribution);
            Some(set.into())
        };
        Self(DATASETS.iter().filter_map(set).collect())
    }

    /// The text of the block, with the way to the page above all; none where there is nothing to say. Each step is a name and an
    /// address, but for the page itself; the first page has no way. No text can end the block, whatever was written.
    pub(in crate::site) fn text<'w>(
        &self,
        way: impl Iterator<Item = (&'w str, Option<String>)>,
    ) -> Option<String> {
        let steps: Vec<_> =
            way.enumerate().map(|(at, (name, address))| step(at + 1, name, address)).collect();
        let way = (steps.len() > 1).then(|| json!({ "@type": "BreadcrumbList", "itemListElement": steps }));
        let graph: Vec<_> = way.iter().chain(&self.0).collect();
        let block = match graph.as_slice() {
            [] => return None,
            things => json!({ "@context": "https://schema.org", "@graph": things }),
        };
        Some(block.to_string().replace('<', "\\u003c"))
    }
}

fn step(position: usize, name: &str, address: Option<String>) -> Value {
    let mut step = Fields::default();
    step.put("@type", "ListItem");
    step.put("position", position);
    step.put("name", name);
    step.put_some("item", address);
    step.into()
}

fn organization(name: &str) -> Value {
    json!({ "@type": "Organization", "name": name })
}

fn government(municipality: &MunicipalityContext) -> Fields {
    let mut body = Fields::default();
    body.put("@type", "GovernmentOrganization");
    body.put("name", municipality.name.as_str());
    body.put("identifier", municipality.code.as_str());
    body.put_some("url", municipality.website.as_deref());
    body
}

/// The address of the terms of use, or terms that have only a name.
fn license(site: &SiteContext) -> Option<Value> {
    let license = site.license.as_deref()?;
    Some(match address::website(license) {
        Ok(address) => address.into(),
        Err(_) => json!({ "@type": "CreativeWork", "name": license }),
    })
}

/// 事務の名称, in one line.
fn task(assessment: &Assessment) -> Option<String> {
    let node = assessment.form().role("task-name")?;
    let Answer::Text(text) = assessment.answers.get(Slot::plain(node.ix))? else { return None };
    let line = crate::history::one_line(text);
    // A name that goes on for lines is none.
    (!line.is_empty() && line.chars().count() <= LONGEST_NAME).then_some(line)
}

const LONGEST_NAME: usize = 120;

fn download(base: &str, file: &FileFacts) -> Value {
    json!({
        "@type": "DataDownload",
        "contentUrl": format!("{base}{}", file.name),
        "encodingFormat": media_type(file.name),
        "contentSize": format!("{} B", file.bytes),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_was_written_ends_the_block() {
        let name = "</script><script>alert(1)</script><!--";
        let way = [(name, Some("../".to_owned())), ("b", None)];
        let text = Linked::default().text(way.into_iter()).unwrap();
        assert!(!text.contains('<'), "{text}");
        let block: Value = serde_json::from_str(&text).unwrap();
        let steps = &block["@graph"][0]["itemListElement"];
        assert_eq!(steps[0]["name"], name);
        assert_eq!(steps[1].get("item"), None);
    }

    #[test]
    fn a_page_without_anything_has_no_block() {
        assert_eq!(Linked::default().text([("a", None)].into_iter()), None);
    }
}
