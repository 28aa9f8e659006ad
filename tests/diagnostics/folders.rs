//! Files and folders: missing, unreadable, misnamed, twice.

use crate::case::{Case, case};

const CITY: &str = "019984-mihon";

pub fn cases() -> Vec<Case> {
    vec![
        case("FILE-01", "a folder in the place of a file")
            .with(|s| {
                s.remove("019984-mihon/8-kaigo-kiso/assessment.yaml");
                s.write("019984-mihon/8-kaigo-kiso/assessment.yaml/x.txt", "");
            })
            .whole("019984-mihon/8-kaigo-kiso/assessment.yaml"),
        case("FILE-03", "no assessment yaml")
            .with(|s| s.remove("019984-mihon/8-kaigo-kiso/assessment.yaml"))
            .whole("019984-mihon/8-kaigo-kiso/assessment.yaml"),
        case("FILE-03", "no municipality yaml")
            .with(|s| s.remove("019984-mihon/municipality.yaml"))
            .whole("019984-mihon/municipality.yaml"),
        case("FILE-03", "no site yaml").with(|s| s.remove("site.yaml")).whole("site.yaml"),
        case("FILE-03", "another ending")
            .with(|s| {
                let from = "019984-mihon/8-kaigo-kiso/assessment.yaml";
                s.rename(from, "019984-mihon/8-kaigo-kiso/assessment.yml");
            })
            .whole("019984-mihon/8-kaigo-kiso/assessment.yaml"),
        case("FILE-04", "a municipality without code").with(|s| s.rename(CITY, "mihon")).whole("mihon"),
        case("FILE-04", "a municipality with five digits")
            .with(|s| s.rename(CITY, "01998-mihon"))
            .whole("01998-mihon"),
        case("FILE-04", "an assessment in japanese")
            .with(|s| s.rename("019984-mihon/8-kaigo-kiso", "019984-mihon/8-介護保険"))
            .whole("019984-mihon/8-介護保険"),
        case("CODE-03", "the number of the folder is another")
            .with(|s| s.rename("019984-mihon/8-kaigo-kiso", "019984-mihon/9-kaigo-kiso"))
            .points_at("019984-mihon/9-kaigo-kiso/assessment.yaml", "\"8\""),
        case("SITE-01", "two folders of one municipality")
            .with(|s| {
                let from = s.path("019984-mihon/municipality.yaml");
                kohyo::fs::copy(&from, &s.path("019984-mihonshi/municipality.yaml")).unwrap();
            })
            .whole("019984-mihonshi"),
    ]
}
