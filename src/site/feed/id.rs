//! Ids that never change: UUIDs (version 5) of the names of things.

use uuid::Uuid;

use crate::wareki::CivilDate;

/// Never to be changed: with another one, every entry of every feed would be new to its readers.
const NAMESPACE: Uuid = Uuid::from_u128(0x8d0f_4b52_6f0a_4c1e_9a63_c2b7_5e91_d4f8);

/// The feed of a site. A site has no code, but somebody who publishes it.
pub(super) fn site(publisher: Option<&str>) -> String {
    urn(&format!("site/{}", publisher.unwrap_or_default()))
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
    }
}
