//! `catalog.jsonld`: the files of data as a DCAT 3 catalogue, for portals of open data. The context stands inside, so that nothing has to
//! be fetched to understand it.
//!
//! The catalogue of the site names those of its municipalities, each of which lists its own files and those of its documents. It is
//! about the site: an export has it too, without the files that only a build makes.

use serde_json::{Value, json};

use super::changes_json::Source;
use super::datasets::{ASSESSMENTS, DATASETS, DUE, DatasetKind, VERSIONS};
use super::fields::Fields;
use super::schema::DataFile;
use crate::address;
use crate::site::{MunicipalityContext, SiteContext};

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct FileFacts {
    /// Its name within its folder.
    pub name: &'static str,
    /// Number of lines without the head, or of entries.
    pub rows: usize,
    /// Its size.
    pub bytes: u64,
}

/// The files of a document that a catalogue lists.
#[derive(Debug, Clone)]
pub struct DocumentFiles {
    /// Its folder within that of its municipality.
    pub dir: String,
    /// Its title.
    pub title: String,
    /// The size of `assessment.json`.
    pub bytes: u64,
    /// Whether it has a `versions.json`.
    pub has_versions: bool,
}

impl DocumentFiles {
    fn file(&self, name: &str, bytes: Option<u64>) -> Listed<'_> {
        Listed { path: format!("{}/{name}", self.dir), title: &self.title, bytes }
    }
}

/// Whose files a catalogue lists.
#[derive(Debug, Clone, Copy)]
pub enum CatalogScope<'a> {
    /// All files of the site; its municipalities have catalogues of their own.
    Site(&'a [&'a MunicipalityContext]),
    /// Those of a municipality.
    Municipality(&'a MunicipalityContext),
}

/// Every term of the catalogue and what it stands for.
fn context() -> Value {
    let ja = |id: &str| json!({ "@id": id, "@language": "ja" });
    let address = |id: &str| json!({ "@id": id, "@type": "@id" });
    json!({
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "vcard": "http://www.w3.org/2006/vcard/ns#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "Catalog": "dcat:Catalog",
        "Dataset": "dcat:Dataset",
        "Distribution": "dcat:Distribution",
        "Organization": "foaf:Organization",
        "Contact": "vcard:Kind",
        "Location": "dct:Location",
        "LicenseDocument": "dct:LicenseDocument",
        "title": ja("dct:title"),
        "description": ja("dct:description"),
        "keyword": ja("dcat:keyword"),
        "label": ja("rdfs:label"),
        "name": ja("foaf:name"),
        "fn": ja("vcard:fn"),
        "identifier": "dct:identifier",
        "language": address("dct:language"),
        "publisher": "dct:publisher",
        "homepage": address("foaf:homepage"),
        "contactPoint": "dcat:contactPoint",
        "hasURL": address("vcard:hasURL"),
        "spatial": "dct:spatial",
        "modified": { "@id": "dct:modified", "@type": "xsd:date" },
        "license": address("dct:license"),
        "landingPage": address("dcat:landingPage"),
        "catalog": address("dcat:catalog"),
        "dataset": "dcat:dataset",
        "distribution": "dcat:distribution",
        "accessURL": address("dcat:accessURL"),
        "downloadURL": address("dcat:downloadURL"),
        "mediaType": address("dcat:mediaType"),
        "byteSize": { "@id": "dcat:byteSize", "@type": "xsd:nonNegativeInteger" },
        "conformsTo": address("dct:conformsTo"),
    })
}

/// The text of a catalogue. `files` are those that were written in the folder, `documents` the documents of a municipality; a set
/// without a file is left out.
pub fn catalog_jsonld(
    site: &SiteContext,
    scope: CatalogScope<'_>,
    source: &Source,
    files: &[FileFacts],
    documents: &[DocumentFiles],
) -> String {
    let catalog = Catalog { site, scope, source, files, documents };
    let mut text = format!("{:#}", catalog.value());
    text.push('\n');
    text
}

struct Catalog<'a> {
    site: &'a SiteContext,
    scope: CatalogScope<'a>,
    source: &'a Source,
    files: &'a [FileFacts],
    documents: &'a [DocumentFiles],
}

/// A file of a set.
struct Listed<'a> {
    /// Its way from the folder of the catalogue.
    path: String,
    title: &'a str,
    bytes: Option<u64>,
}

impl Catalog<'_> {
    fn value(&self) -> Value {
        let mut catalog = Fields::default();
        catalog.put("@context", context());
        catalog.put("@id", self.here("catalog.jsonld#catalog"));
        catalog.put("@type", "Catalog");
        catalog.put("title", format!("{}（オープンデータ）", self.whose()));
        catalog.put("description", "特定個人情報保護評価書とその変更箇所のデータのカタログ。");
        catalog.put("language", JAPANESE);
        catalog.put("homepage", self.here(""));
        catalog.put("landingPage", self.root("data/"));
        catalog.put("publisher", self.publisher());
        catalog.put("contactPoint", self.contact());
        catalog.put_some("spatial", self.spatial());
        catalog.put_some("modified", self.modified());
        catalog.put_some("license", self.license());
        if let CatalogScope::Site(parts) = self.scope {
            let part =
                |part: &&MunicipalityContext| self.root(&format!("{}/catalog.jsonld#catalog", part.code));
            catalog.put("catalog", parts.iter().map(part).collect::<Vec<_>>());
        }
        catalog.put("dataset", self.datasets());
        catalog.into()
    }

    fn datasets(&self) -> Vec<Value> {
        let tables = DATASETS.iter().map(|kind| (kind, self.tables(kind)));
        let assessments =
            self.documents.iter().map(|document| document.file("assessment.json", Some(document.bytes)));
        let with_versions = self.documents.iter().filter(|document| document.has_versions);
        let other = [
            (&ASSESSMENTS, assessments.collect()),
            (&VERSIONS, with_versions.map(|document| document.file("versions.json", None)).collect()),
            (&DUE, DUE.files.iter().map(|name| listed(name, None)).collect::<Vec<_>>()),
        ];
        tables.chain(other).filter_map(|(kind, files)| self.dataset(kind, &files)).collect()
    }

    /// The tables of a set that were written.
    fn tables(&self, kind: &DatasetKind) -> Vec<Listed<'_>> {
        let written = kind.files.iter().filter_map(|name| self.files.iter().find(|file| file.name == *name));
        written.map(|file| listed(file.name, Some(file.bytes))).collect()
    }

    fn dataset(&self, kind: &DatasetKind, files: &[Listed<'_>]) -> Option<Value> {
        if files.is_empty() {
            return None;
        }
        let mut dataset = Fields::default();
        dataset.put("@id", self.here(&format!("catalog.jsonld#{}", kind.id)));
        dataset.put("@type", "Dataset");
        dataset.put("identifier", self.identifier(kind));
        dataset.put("title", format!("{} {}", self.whose(), kind.title));
        dataset.put("description", kind.about);
        dataset.put("keyword", json!(["特定個人情報保護評価書", "マイナンバー", "個人情報保護"]));
        dataset.put("language", JAPANESE);
        dataset.put("landingPage", self.root("data/"));
        dataset.put("publisher", self.publisher());
        dataset.put("contactPoint", self.contact());
        dataset.put_some("spatial", self.spatial());
        dataset.put_some("modified", self.modified());
        dataset.put("distribution", files.iter().map(|file| self.distribution(file)).collect::<Vec<_>>());
        Some(dataset.into())
    }

    /// The same for as long as the site has its address; without one still another for each municipality.
    fn identifier(&self, kind: &DatasetKind) -> String {
        let id = format!("catalog.jsonld#{}", kind.id);
        match (&self.site.base_url, self.scope) {
            (None, CatalogScope::Municipality(municipality)) => format!("{}/{id}", municipality.code),
            _ => self.here(&id),
        }
    }

    fn distribution(&self, file: &Listed<'_>) -> Value {
        let address = self.here(&file.path);
        let name = file.path.rsplit('/').next().unwrap_or(&file.path);
        let mut distribution = Fields::default();
        distribution.put("@id", format!("{address}#file"));
        distribution.put("@type", "Distribution");
        distribution.put("title", file.title);
        distribution.put("accessURL", self.root("data/"));
        distribution.put("downloadURL", address);
        distribution
            .put("mediaType", format!("https://www.iana.org/assignments/media-types/{}", media_type(name)));
        distribution.put_some("byteSize", file.bytes);
        let schema = DataFile::ALL.iter().find(|data| data.name() == name);
        distribution.put_some("conformsTo", schema.map(|schema| self.root(schema.path())));
        distribution.put_some("license", self.license());
        distribution.into()
    }

    /// An address in the folder of the catalogue: whole where the site has one, else as seen from the catalogue.
    fn here(&self, path: &str) -> String {
        match (&self.site.base_url, self.scope) {
            (None, _) if path.is_empty() => "./".to_owned(),
            (None, _) => path.to_owned(),
            (Some(base), CatalogScope::Site(_)) => format!("{base}{path}"),
            (Some(base), CatalogScope::Municipality(municipality)) => {
                format!("{base}{}/{path}", municipality.code)
            }
        }
    }

    /// An address from the root of the site.
    fn root(&self, path: &str) -> String {
        match (&self.site.base_url, self.scope) {
            (Some(base), _) => format!("{base}{path}"),
            (None, CatalogScope::Site(_)) => path.to_owned(),
            (None, CatalogScope::Municipality(_)) => format!("../{path}"),
        }
    }

    fn whose(&self) -> &str {
        match self.scope {
            CatalogScope::Site(_) => &self.site.title,
            CatalogScope::Municipality(municipality) => &municipality.name,
        }
    }

    fn publisher(&self) -> Value {
        match self.scope {
            CatalogScope::Site(_) => {
                let name = self.site.publisher.as_ref().unwrap_or(&self.site.title);
                json!({ "@type": "Organization", "name": name, "homepage": self.root("") })
            }
            CatalogScope::Municipality(municipality) => {
                let homepage = municipality.website.clone().unwrap_or_else(|| self.here(""));
                json!({
                    "@type": "Organization",
                    "name": municipality.name,
                    "identifier": municipality.code.as_str(),
                    "homepage": homepage,
                })
            }
        }
    }

    /// Where to ask is a page of the site.
    fn contact(&self) -> Value {
        let name = match self.scope {
            CatalogScope::Site(_) => self.site.publisher.as_ref().unwrap_or(&self.site.title),
            CatalogScope::Municipality(municipality) => &municipality.name,
        };
        let mut contact = Fields::default();
        contact.put("@type", "Contact");
        contact.put("fn", name.as_str());
        contact.put_some("hasURL", self.inquiry());
        contact.into()
    }

    /// The place of a page that says whom to ask; none where nothing is said.
    fn inquiry(&self) -> Option<String> {
        let own = match self.scope {
            CatalogScope::Site(_) => false,
            CatalogScope::Municipality(municipality) => {
                municipality.inquiry.is_some() || municipality.website.is_some()
            }
        };
        if own {
            return Some(format!("{}#inquiry", self.here("")));
        }
        self.site.contact.as_ref()?;
        let root = match (&self.site.base_url, self.scope) {
            (Some(base), _) => base.as_str(),
            (None, CatalogScope::Site(_)) => "./",
            (None, CatalogScope::Municipality(_)) => "../",
        };
        Some(format!("{root}#inquiry"))
    }

    fn spatial(&self) -> Option<Value> {
        let CatalogScope::Municipality(municipality) = self.scope else { return None };
        let label = whole_name(municipality);
        Some(json!({ "@type": "Location", "identifier": municipality.code.as_str(), "label": label }))
    }

    /// The day when the newest document was published: no clock is asked.
    fn modified(&self) -> Option<Value> {
        self.source.last_published.clone().map(Value::from)
    }

    /// The address of the licence, or a licence that has only a name.
    fn license(&self) -> Option<Value> {
        let license = self.site.license.as_ref()?;
        if address::website(license).is_ok() {
            return Some(license.as_str().into());
        }
        Some(json!({ "@type": "LicenseDocument", "label": license }))
    }
}

/// The name of a municipality with that of its 都道府県, once: 東京都北区 may be called so, and a 都道府県 is its own.
fn whole_name(municipality: &MunicipalityContext) -> String {
    match municipality.name.starts_with(&municipality.prefecture) {
        true => municipality.name.clone(),
        false => format!("{}{}", municipality.prefecture, municipality.name),
    }
}

/// A file that stands beside the catalogue.
fn listed(name: &'static str, bytes: Option<u64>) -> Listed<'static> {
    Listed { path: name.to_owned(), title: name, bytes }
}

/// The language, as DCAT-AP asks for it.
const JAPANESE: &str = "http://publications.europa.eu/resource/authority/language/JPN";

/// The media type of a file of ours by its name.
pub(super) fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("csv") => "text/csv",
        Some("ics") => "text/calendar",
        Some("jsonld") => "application/ld+json",
        _ => "application/json",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::tests::sample;

    fn site(base: bool, license: Option<&str>) -> SiteContext {
        let site = SiteContext::new(&sample::site());
        let base_url = site.base_url.clone().filter(|_| base);
        SiteContext { base_url, license: license.map(str::to_owned), ..site }
    }

    fn catalog(site: &SiteContext, scope: CatalogScope<'_>) -> Value {
        let file = |name| FileFacts { name, rows: 3, bytes: 1234 };
        let files = ["documents.csv", "items.csv", "changes.csv", "changes.json"].map(file);
        let source = Source { last_published: Some("2025-03-14".to_owned()), ..Source::default() };
        let document = |dir: &str, has_versions| DocumentFiles {
            dir: dir.to_owned(),
            title: "介護保険に関する事務".to_owned(),
            bytes: 1234,
            has_versions,
        };
        let documents = match scope {
            CatalogScope::Site(_) => vec![],
            CatalogScope::Municipality(_) => vec![document("8-kaigo", true), document("9-kokuho", false)],
        };
        serde_json::from_str(&catalog_jsonld(site, scope, &source, &files, &documents)).unwrap()
    }

    /// Every key of every object below, but those of the context.
    fn keys(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                for (key, value) in map.iter().filter(|(key, _)| *key != "@context") {
                    found.push(key.clone());
                    if let ("@type", Value::String(name)) = (key.as_str(), value) {
                        found.push(name.clone());
                    }
                    keys(value, found);
                }
            }
            Value::Array(list) => list.iter().for_each(|value| keys(value, found)),
            _ => {}
        }
    }

    /// A term as a whole address, as a reader of JSON-LD expands it.
    fn expanded(context: &Value, term: &str) -> Option<String> {
        let id = match &context[term] {
            Value::String(id) => id.as_str(),
            other => other["@id"].as_str()?,
        };
        if id.starts_with("http") {
            return Some(id.to_owned());
        }
        let (prefix, rest) = id.split_once(':')?;
        Some(format!("{}{rest}", context[prefix].as_str()?))
    }

    #[test]
    fn every_term_is_mapped() {
        let municipality = MunicipalityContext::new(&sample::municipality());
        let all = [&municipality];
        for scope in [CatalogScope::Site(&all), CatalogScope::Municipality(&municipality)] {
            for license in [None, Some("CC BY 4.0"), Some("https://creativecommons.org/licenses/by/4.0/")] {
                let catalog = catalog(&site(true, license), scope);
                let mut found = Vec::new();
                keys(&catalog, &mut found);
                for term in found.iter().filter(|term| !term.starts_with('@')) {
                    let whole = expanded(&catalog["@context"], term);
                    assert!(whole.is_some_and(|whole| whole.starts_with("http://")), "{term} means nothing");
                }
            }
        }
    }

    #[test]
    fn sets_and_files_are_as_dcat_asks() {
        let municipality = MunicipalityContext::new(&sample::municipality());
        let scope = CatalogScope::Municipality(&municipality);
        let catalog = catalog(&site(true, Some("https://example.jp/terms")), scope);
        assert_eq!(catalog["@id"], "https://example.jp/hyoka/019984/catalog.jsonld#catalog");
        assert_eq!(catalog["spatial"]["identifier"], "019984");
        let sets = catalog["dataset"].as_array().unwrap();
        let ids: Vec<_> =
            sets.iter().map(|set| set["@id"].as_str().unwrap().rsplit('#').next().unwrap()).collect();
        assert_eq!(
            ids,
            ["documents", "items", "changes", "assessments", "versions", "due"],
            "no set without a file"
        );
        for set in sets {
            for key in ["title", "description", "publisher", "contactPoint", "modified", "distribution"] {
                assert!(!set[key].is_null(), "{key}");
            }
            for file in set["distribution"].as_array().unwrap() {
                let address = file["downloadURL"].as_str().unwrap();
                assert!(address.starts_with("https://example.jp/hyoka/019984/"), "{address}");
                let is_made_later = address.contains("/due.") || address.contains("/versions.");
                assert_eq!(file["byteSize"].is_null(), is_made_later, "{address}");
                assert_eq!(file["license"], "https://example.jp/terms");
                let is_json = address.rsplit('.').next() == Some("json");
                assert_eq!(file["mediaType"].as_str().unwrap().ends_with("/application/json"), is_json);
                assert_eq!(!file["conformsTo"].is_null(), is_json, "the schema of {address}");
            }
        }
    }

    #[test]
    fn a_municipality_lists_the_files_of_its_documents() {
        let municipality = MunicipalityContext::new(&sample::municipality());
        let own = catalog(&site(true, None), CatalogScope::Municipality(&municipality));
        let addresses = |at: usize| {
            let files = own["dataset"][at]["distribution"].as_array().unwrap();
            let address = |file: &Value| {
                file["downloadURL"].as_str().unwrap().rsplit("/019984/").next().unwrap().to_owned()
            };
            files.iter().map(address).collect::<Vec<_>>()
        };
        assert_eq!(addresses(3), ["8-kaigo/assessment.json", "9-kokuho/assessment.json"]);
        assert_eq!(addresses(4), ["8-kaigo/versions.json"], "only where there is one");
        assert_eq!(addresses(5), ["due.json", "due.ics"]);
        assert_eq!(own["dataset"][3]["distribution"][0]["title"], "介護保険に関する事務");
    }

    #[test]
    fn a_site_without_an_address_has_relative_ones_and_says_no_licence() {
        let municipality = MunicipalityContext::new(&sample::municipality());
        let whole = catalog(&site(false, None), CatalogScope::Site(&[&municipality]));
        assert_eq!(whole["catalog"], json!(["019984/catalog.jsonld#catalog"]));
        assert_eq!(whole["dataset"][0]["distribution"][0]["downloadURL"], "documents.csv");
        let own = catalog(&site(false, None), CatalogScope::Municipality(&municipality));
        assert_eq!(own["dataset"][0]["distribution"][0]["downloadURL"], "documents.csv");
        assert_eq!(own["dataset"][0]["landingPage"], "../data/");
        assert_eq!(own["dataset"][0]["identifier"], "019984/catalog.jsonld#documents");
        assert_eq!(whole["dataset"][0]["identifier"], "catalog.jsonld#documents");
        let text = own.to_string() + &whole.to_string();
        assert_eq!(text.matches("\"license\":").count(), 2, "only the terms of the two contexts");
    }
}
