//! Ids that never change: UUIDs (version 5) of the names of things.

use uuid::Uuid;

use crate::site::SiteContext;
use crate::wareki::CivilDate;

/// Never to be changed: with another one, every entry of every feed would be new to its readers.
const NAMESPACE: Uuid = Uuid::from_u128(0x8d0f_4b52_6f0a_4c1e_9a63_c2b7_5e91_d4f8);

/// The feed of a site.
///
/// A site has no code. Its address tells it from all others: one publisher may have several sites, and two may have the same title. It
/// changes seldom, and those who subscribed have to follow it anyway; how it is fetched (`http:`, `https:`) is left out, as that
/// changes more often. Only a site without an address goes by publisher and title. The ids of entries never depend on any of these.
pub(super) fn site(site: &SiteContext) -> String {
    let Some(base) = &site.base_url else {
        // No address without its scheme begins with a slash, and both names are one line.
        return urn(&format!("site//{}\n{}", site.publisher.as_deref().unwrap_or_default(), site.title));
    };
    urn(&format!("site/{}", base.split_once("://").map_or(base.as_str(), |(_, place)| place)))
}

/// The feed of a municipality or a document: `011002/`, `011002/15-yobosesshu/`.
pub(super) fn folder(folder: &str) -> String {
    urn(folder)
}

/// The publication of a document.
pub(super) fn publication(code: &str, dir: &str, date: CivilDate) -> String {
    urn(&format!("{code}/{dir}/published/{}", date.iso()))
}

/// The changes of a document on a date.
pub(super) fn changes(code: &str, dir: &str, date: CivilDate) -> String {
    urn(&format!("{code}/{dir}/changes/{}", date.iso()))
}

fn urn(name: &str) -> String {
    Uuid::new_v5(&NAMESPACE, name.as_bytes()).urn().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// If this fails, readers would meet every entry a second time.
    #[test]
    fn ids_are_what_they_always_were() {
        let date = CivilDate::from_ymd(2023, 11, 14).unwrap();
        assert_eq!(changes("019984", "15-yobosesshu", date), "urn:uuid:eb1035cd-d5c7-5520-a6fd-c3693a7c6ff5");
        assert_eq!(
            publication("019984", "15-yobosesshu", date),
            "urn:uuid:d943c757-2da1-55c9-82ff-a45fb0bef383"
        );
        assert_eq!(folder("019984/"), "urn:uuid:57f5b3e0-41af-54d0-be1e-cf8a45132197");
        assert_eq!(
            site(&of(Some("https://example.jp/hyoka/"), None, "題名")),
            "urn:uuid:5f9b270d-8e0d-50fe-a2ac-905f53722f10"
        );
    }

    fn of(base_url: Option<&str>, publisher: Option<&str>, title: &str) -> SiteContext {
        SiteContext {
            title: title.to_owned(),
            base_url: base_url.map(str::to_owned),
            publisher: publisher.map(str::to_owned),
            contact: None,
            accessibility: None,
            drafts: false,
            logo: None,
            header_links: Vec::new(),
            footer_links: Vec::new(),
            license: None,
        }
    }

    #[test]
    fn no_two_sites_have_one_feed() {
        let (a, b) = (Some("https://a.example.jp/"), Some("https://b.example.jp/"));
        let sites = [
            of(a, None, "題名"),
            of(b, None, "題名"),
            of(None, None, "題名"),
            of(None, None, "別の題名"),
            of(None, Some("甲市"), "題名"),
            of(None, Some("乙市"), "題名"),
        ];
        let ids: std::collections::BTreeSet<_> = sites.iter().map(site).collect();
        assert_eq!(ids.len(), sites.len());
    }

    #[test]
    fn the_feed_of_a_site_outlives_its_title_its_publisher_and_http() {
        let before = site(&of(Some("http://example.jp/hyoka/"), None, "題名"));
        assert_eq!(before, site(&of(Some("https://example.jp/hyoka/"), Some("甲市"), "新しい題名")));
    }
}
