//! The rooms of a site: what it has besides the documents, as the navigation of every page and the home page lead there.

use serde::Serialize;

/// A room. Its words are `room_{id}` and, where the home page tells what it is for, `room_{id}_about`.
struct Room {
    id: &'static str,
    /// Its address below the root of the site.
    address: &'static str,
    /// The directories of the pages that belong to it.
    holds: &'static [&'static str],
    /// It is in the navigation of every page, which has room for few.
    is_in_navigation: bool,
    /// The home page leads there.
    is_on_home: bool,
}

/// The room of the municipalities and their documents.
const MUNICIPALITIES: &str = "municipalities";

/// All rooms in the order in which people are led to them.
const ROOMS: &[Room] = &[
    Room {
        id: MUNICIPALITIES,
        address: "#municipalities",
        holds: &["prefectures"],
        is_in_navigation: true,
        is_on_home: false,
    },
    Room {
        id: "items",
        address: "items/",
        holds: &["items", "systems", "contractors", "laws", "shared"],
        is_in_navigation: true,
        is_on_home: true,
    },
    Room { id: "systems", address: "systems/", holds: &[], is_in_navigation: false, is_on_home: true },
    Room {
        id: "contractors",
        address: "contractors/",
        holds: &[],
        is_in_navigation: false,
        is_on_home: true,
    },
    Room { id: "laws", address: "laws/", holds: &[], is_in_navigation: false, is_on_home: true },
    Room { id: "shared", address: "shared/", holds: &[], is_in_navigation: false, is_on_home: true },
    Room {
        id: "changes",
        address: "changes/",
        holds: &["changes", "causes"],
        is_in_navigation: true,
        is_on_home: true,
    },
    Room { id: "causes", address: "causes/", holds: &[], is_in_navigation: false, is_on_home: true },
    Room { id: "due", address: "due/", holds: &["due"], is_in_navigation: false, is_on_home: true },
    Room {
        id: "glossary",
        address: "glossary/",
        holds: &["glossary"],
        is_in_navigation: true,
        is_on_home: true,
    },
    Room { id: "data", address: "data/", holds: &["data"], is_in_navigation: true, is_on_home: true },
];

/// A way to a room, as `site-nav.html` and `rooms.html` show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct RoomLink {
    id: &'static str,
    href: String,
    /// What `aria-current` says: the page is the room's own (`page`) or one of its pages (`true`).
    current: Option<&'static str>,
}

/// The ways from a page to the rooms in the navigation. `way` is that to the root of the site, `directory` the page's own.
pub(super) fn navigation(way: &str, directory: &str, is_of_municipality: bool) -> Vec<RoomLink> {
    let first = directory.split('/').next().unwrap_or_default();
    let current = |room: &Room| {
        let is_within = room.holds.contains(&first) || (is_of_municipality && room.id == MUNICIPALITIES);
        match is_within {
            true if room.address == directory => Some("page"),
            true => Some("true"),
            false => None,
        }
    };
    let shown = ROOMS.iter().filter(|room| room.is_in_navigation);
    shown
        .map(|room| RoomLink { id: room.id, href: format!("{way}{}", room.address), current: current(room) })
        .collect()
}

/// The ways to the rooms that the home page and the page of all pages tell about.
pub(super) fn all(way: &str) -> Vec<RoomLink> {
    let shown = ROOMS.iter().filter(|room| room.is_on_home);
    shown
        .map(|room| RoomLink { id: room.id, href: format!("{way}{}", room.address), current: None })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn current(directory: &str, is_of_municipality: bool) -> Vec<(&'static str, &'static str)> {
        let links = navigation("", directory, is_of_municipality);
        links.iter().filter_map(|link| Some((link.id, link.current?))).collect()
    }

    #[test]
    fn a_page_is_in_one_room_at_most() {
        assert_eq!(current("", false), []);
        assert_eq!(current("glossary/", false), [("glossary", "page")]);
        assert_eq!(current("changes/2022/", false), [("changes", "true")]);
        assert_eq!(current("contractors/", false), [("items", "true")]);
        assert_eq!(current("019984/12-x/changes/", true), [("municipalities", "true")]);
        assert_eq!(current("prefectures/01/", false), [("municipalities", "true")]);
        assert_eq!(current("sitemap/", false), []);
    }

    #[test]
    fn ways_begin_at_the_page() {
        assert_eq!(navigation("../../", "a/b/", false)[0].href, "../../#municipalities");
        assert!(all("./").iter().any(|link| link.href == "./glossary/"));
    }
}
