//! How a document and its items are cited: the words, the permanent address of the version, and that of the page of today.

use serde::Serialize;

use super::frame::DateView;
use crate::assessment::Assessment;
use crate::history::{VersionLine, title_of};
use crate::site::{MunicipalityContext, SiteContext};

/// What a citation of a page is made of.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub(super) struct CiteView<'a> {
    municipality: &'a str,
    title: &'a str,
    number: &'a str,
    /// 公表日 of the version, with both calendars.
    date: Option<String>,
    /// The version as it was published, which never changes; none where it has no page of its own.
    permanent: Option<AddressView>,
    /// The page of the document, which is always that of today.
    current: AddressView,
}

/// An address as seen from the page, and in full where the site knows its own.
#[derive(Debug, Serialize, PartialEq, Eq)]
struct AddressView {
    href: String,
    url: Option<String>,
}

/// The page that is cited.
#[derive(Clone, Copy)]
pub(super) enum Cited<'v> {
    /// That of the document, with the versions that were published.
    Document(Option<&'v VersionLine>),
    /// That of the version at this place of them.
    Version(&'v VersionLine, usize),
}

/// How a page is cited.
pub(super) fn cite<'a>(
    site: &SiteContext,
    municipality: &'a MunicipalityContext,
    assessment: &'a Assessment,
    cited: Cited<'_>,
) -> CiteView<'a> {
    let base = site.base_url.as_ref().map(|base| format!("{base}{}/{}/", municipality.code, assessment.dir));
    let address = |href: &str, path: &str| AddressView {
        href: href.to_owned(),
        url: base.as_ref().map(|base| format!("{base}{path}")),
    };
    let (permanent, current) = match cited {
        Cited::Version(line, at) => {
            let path = format!("{}/", line.versions[at].dir());
            (Some(address("./", &path)), address("../../", ""))
        }
        Cited::Document(line) => {
            // A draft is not the version that is public, and has none of its own.
            let own = line.map(|line| &line.versions[line.current]);
            let own = own.filter(|version| Some(version.published) == assessment.published);
            let path = own.map(|version| format!("{}/", version.dir()));
            (path.map(|path| address(&path, &path)), address("./", ""))
        }
    };
    CiteView {
        municipality: &municipality.name,
        title: title_of(assessment),
        number: &assessment.number,
        date: assessment.published.map(|date| DateView::from(date).text().to_owned()),
        permanent,
        current,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::{SiteSettings, sample};
    use crate::form::Form;
    use crate::history::Version;
    use crate::wareki::CivilDate;

    fn day(year: i16) -> CivilDate {
        CivilDate::from_ymd(year, 4, 1).unwrap()
    }

    fn cited(
        base: Option<&str>,
        published: i16,
        cited: &dyn Fn(&VersionLine) -> (bool, usize),
    ) -> [Option<String>; 2] {
        let settings = SiteSettings {
            title: "見本".to_owned(),
            base_url: base.map(str::to_owned),
            ..SiteSettings::default()
        };
        let municipality = MunicipalityContext::new(&sample::municipality());
        let assessment = Assessment {
            title: "介護".to_owned(),
            published: Some(day(published)),
            ..sample::assessment(&Form::all()[0].head.id, &[])
        };
        let versions = [2023, 2024].map(|year| Version::new(day(year), b"", None)).into();
        let line = VersionLine { versions, current: 1 };
        let (is_version, at) = cited(&line);
        let page = if is_version { Cited::Version(&line, at) } else { Cited::Document(Some(&line)) };
        let view = cite(&SiteContext::new(&settings), &municipality, &assessment, page);
        assert_eq!((view.municipality, view.title, view.number), ("みほん市", "介護", "8"));
        let shown = |address: AddressView| address.url.unwrap_or(address.href);
        [view.permanent.map(shown), Some(shown(view.current))]
    }

    #[test]
    fn a_document_is_cited_by_the_version_that_never_changes() {
        let base = Some("https://example.jp/hyoka/");
        let document = &|_: &VersionLine| (false, 0);
        let [permanent, current] = cited(base, 2024, document);
        assert_eq!(permanent.unwrap(), "https://example.jp/hyoka/019984/8-kaigo/v/2024-04-01/");
        assert_eq!(current.unwrap(), "https://example.jp/hyoka/019984/8-kaigo/");
        assert_eq!(cited(None, 2024, document), [Some("v/2024-04-01/".to_owned()), Some("./".to_owned())]);
        // What a draft shows is not the version that is public.
        assert_eq!(cited(base, 2025, document)[0], None);
    }

    #[test]
    fn an_old_version_is_cited_as_what_it_is() {
        let [permanent, current] = cited(Some("https://example.jp/hyoka/"), 2023, &|_| (true, 0));
        assert_eq!(permanent.unwrap(), "https://example.jp/hyoka/019984/8-kaigo/v/2023-04-01/");
        assert_eq!(current.unwrap(), "https://example.jp/hyoka/019984/8-kaigo/");
        assert_eq!(cited(None, 2023, &|_| (true, 0))[1].as_deref(), Some("../../"));
    }
}
