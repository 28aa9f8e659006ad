//! `municipality.yaml` and `site.yaml`.

use super::tree::{Entry, Tree, file_of_map};
use crate::assessment::{AgencyKind, Colors, Look, Municipality, NamedLink, SiteSettings};
use crate::codes::MunicipalityCode;

/// The text of `municipality.yaml`.
pub fn municipality_yaml(municipality: &Municipality) -> String {
    let Municipality {
        dir: _,
        code,
        name,
        kana,
        prefecture,
        authorities,
        website,
        inquiry,
        agency_kind,
        gov_agency,
    } = municipality;
    let mut entries = vec![Entry::text("code", code.as_str()), Entry::text("name", name)];
    entries.extend(optional("kana", kana.as_ref()));
    entries.push(Entry::text("prefecture", prefecture));
    if !authorities.is_empty() {
        let authorities = authorities.iter().cloned().map(Tree::Text).collect();
        entries.push(Entry::new("authorities", Tree::list(authorities)));
    }
    entries.extend(optional("website", website.as_ref()));
    entries.extend(optional("inquiry", inquiry.as_ref()));
    if *agency_kind != AgencyKind::default() {
        entries.push(Entry::text("agency_kind", agency_kind.label()));
    }
    if *gov_agency {
        entries.push(Entry::text("gov_agency", "はい"));
    }
    file_of_map(&entries)
}

/// The text of a `municipality.yaml` of which only a part is known; what is missing is left to fill in.
pub fn new_municipality_yaml(
    code: Option<&MunicipalityCode>,
    name: &str,
    authorities: Vec<String>,
) -> String {
    let digits = code.map_or("", MunicipalityCode::as_str);
    let mut entries = vec![Entry::text("code", digits), Entry::text("name", name)];
    entries.extend(code.and_then(MunicipalityCode::prefecture).map(|p| Entry::text("prefecture", p.name)));
    if !authorities.is_empty() {
        let authorities = authorities.into_iter().map(Tree::Text).collect();
        entries.push(Entry::new("authorities", Tree::list(authorities)));
    }
    file_of_map(&entries)
}

/// The text of `site.yaml`.
pub fn site_yaml(site: &SiteSettings) -> String {
    let SiteSettings { title, base_url, publisher, contact, accessibility, theme, look, as_of, license } =
        site;
    let mut entries = vec![Entry::text("title", title)];
    entries.extend(optional("base_url", base_url.as_ref()));
    entries.extend(optional("publisher", publisher.as_ref()));
    entries.extend(optional("contact", contact.as_ref()));
    entries.extend(optional("accessibility", accessibility.as_ref()));
    entries.push(Entry::text("theme", theme));
    entries.extend(look_entries(look));
    entries.extend(as_of.map(|date| Entry::text("as_of", date.iso())));
    entries.extend(optional("license", license.as_ref()));
    file_of_map(&entries)
}

fn look_entries(look: &Look) -> Vec<Entry> {
    let Look { light, dark, logo, header_links, footer_links } = look;
    let schemes = [colors("light", light), colors("dark", dark)].into_iter().flatten().collect();
    let logo = logo
        .as_ref()
        .map(|logo| vec![Entry::text("file", &logo.file), Entry::text("alt", &logo.alternative)]);
    let maps = [below("colors", schemes), below("logo", logo.unwrap_or_default())];
    let lists = [links("header_links", header_links), links("footer_links", footer_links)];
    maps.into_iter().chain(lists).flatten().collect()
}

fn colors(key: &str, colors: &Colors) -> Option<Entry> {
    let Colors { accent, accent_soft, link, visited } = colors;
    let all = [("accent", accent), ("accent_soft", accent_soft), ("link", link), ("visited", visited)];
    let written =
        all.into_iter().filter_map(|(key, color)| Some(Entry::text(key, color.as_ref()?.to_string())));
    below(key, written.collect())
}

fn links(key: &str, links: &[NamedLink]) -> Option<Entry> {
    let entry =
        |link: &NamedLink| Tree::Map(vec![Entry::text("label", &link.label), Entry::text("url", &link.url)]);
    (!links.is_empty()).then(|| Entry::new(key, Tree::list(links.iter().map(entry).collect())))
}

fn below(key: &str, entries: Vec<Entry>) -> Option<Entry> {
    (!entries.is_empty()).then(|| Entry::new(key, Tree::Map(entries)))
}

fn optional(key: &str, text: Option<&String>) -> Option<Entry> {
    text.filter(|text| !text.is_empty()).map(|text| Entry::text(key, text))
}
