//! `versions.json`: the published versions of a document with the digests that tell whether one was changed later.

use serde::Serialize;

use crate::history::{Version, VersionLine};

#[derive(Serialize)]
struct Document<'a> {
    code: &'a str,
    dir: &'a str,
    title: &'a str,
    versions: Vec<VersionData>,
}

#[derive(Serialize)]
struct VersionData {
    published: String,
    url: String,
    json: String,
    sha256: String,
    previous_sha256: Option<String>,
    chain: String,
}

/// The text of `versions.json`, with a final line break: oldest first, addresses relative to the folder of the document.
pub fn versions_json(code: &str, dir: &str, title: &str, line: &VersionLine) -> String {
    let previous = std::iter::once(None).chain(line.versions.iter().map(Some));
    let versions = line.versions.iter().zip(previous).zip(line.chain());
    let data = Document {
        code,
        dir,
        title,
        versions: versions
            .map(|((version, previous), chain)| version_data(version, previous, chain))
            .collect(),
    };
    // Neither memory nor a key that is a string can fail.
    serde_json::to_string_pretty(&data).unwrap_or_default() + "\n"
}

fn version_data(version: &Version, previous: Option<&Version>, chain: String) -> VersionData {
    let dir = version.dir();
    VersionData {
        published: version.published.iso(),
        json: format!("{dir}/assessment.json"),
        url: format!("{dir}/"),
        sha256: version.sha256_text(),
        previous_sha256: previous.map(Version::sha256_text),
        chain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::data::VERSION_KEYS;
    use crate::wareki::CivilDate;

    fn line() -> VersionLine {
        let version = |year, json: &[u8]| Version::new(CivilDate::from_ymd(year, 7, 31).unwrap(), json, None);
        VersionLine { versions: vec![version(2020, b"a"), version(2021, b"b")], current: 1 }
    }

    #[test]
    fn versions_have_their_addresses_and_digests() {
        let json = versions_json("011002", "15-a", "見本 \"事務\"", &line());
        let head = "{\n  \"code\": \"011002\",\n  \"dir\": \"15-a\",\n  \"title\": \"見本 \\\"事務\\\"\",\n  \"versions\": [";
        assert!(json.starts_with(head), "{json}");
        assert!(json.ends_with("}\n"));
        let data: serde_json::Value = serde_json::from_str(&json).unwrap();
        let [first, second] = data["versions"].as_array().unwrap().as_slice() else { panic!("{json}") };
        assert_eq!(first["sha256"], "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
        assert_eq!(first["previous_sha256"], serde_json::Value::Null);
        assert_eq!(second["previous_sha256"], first["sha256"]);
        assert_eq!(second["url"], "v/2021-07-31/");
        assert_eq!(second["json"], "v/2021-07-31/assessment.json");
        assert_eq!(second["published"], "2021-07-31");
        assert_ne!(second["chain"], first["chain"]);
    }

    /// What `/data/` explains is what there is.
    #[test]
    fn keys_are_documented() {
        let data: serde_json::Value =
            serde_json::from_str(&versions_json("011002", "15-a", "見本", &line())).unwrap();
        let keys: Vec<_> = data["versions"][0].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, VERSION_KEYS.map(|key| key.name));
    }
}
