//! An independent reader: every valid YAML file of the project, read by another library, has the same content.

use std::path::{Path, PathBuf};

use kohyo::read::{Data, SourceFile, Yaml, parse};
use serde_yaml::Value;

#[test]
fn another_library_reads_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["tests/fixtures", "content"] {
        yaml_files(&root.join(folder), &mut files);
    }
    assert!(files.len() >= 6, "{files:?}");
    for path in files {
        let name = path.strip_prefix(root).unwrap().display().to_string();
        let file = SourceFile::decode(name.as_str(), &kohyo::fs::read(&path).unwrap()).unwrap();
        let (ours, found) = parse(&file);
        assert!(found.is_empty(), "{name}: {found:?}");
        let theirs: Value = serde_yaml::from_str(&file.text).unwrap_or_else(|e| panic!("{name}: {e}"));
        match ours {
            Some(ours) => compare(&ours, &theirs, &name),
            None => assert_eq!(theirs, Value::Null, "{name}"),
        }
    }
}

/// The styles of YAML that no fixture happens to use.
#[test]
fn scalars_of_every_style_read_the_same() {
    for text in [
        "a: |\n  x\n\n   y\n\n\nb: |-\n  z\nc: |+\n  w\n\nd: e\n",
        "a: >\n  x\n  y\n\n  z\nb: >-\n  あ\n  い\n",
        "a: \"x\\ty\\u3042\\\n  z\"\nb: 'it''s'\nc: \"\"\nd: ''\n",
        "a: x\n  y\n\n  z\nb: - not a list\n".replace("- not", "-not").as_str(),
        "- [a, {b: c}, \"d\"]\n- {e: [f], g: }\n- ~\n- null\n-\n",
        "15: 0x1F\n1.50: yes\ntrue: 2023-11-14\n? long\n: value\n",
        "a: b # c\n# d\ne: f#g\n\"h#\": 'i # j'\n",
        "%YAML 1.2\n---\na: b\n...\n",
    ] {
        let (ours, found) = parse(&SourceFile::new("t.yaml", text));
        assert!(found.is_empty(), "{text}: {found:?}");
        compare(&ours.unwrap(), &serde_yaml::from_str(text).unwrap(), text);
    }
}

fn yaml_files(folder: &Path, into: &mut Vec<PathBuf>) {
    for path in kohyo::fs::entries(folder).unwrap() {
        if path.is_dir() {
            yaml_files(&path, into);
        } else if path.extension().is_some_and(|e| e == "yaml") {
            into.push(path);
        }
    }
}

fn compare(ours: &Yaml, theirs: &Value, place: &str) {
    match (&ours.data, theirs) {
        (Data::Null, Value::Null) => {}
        (Data::Scalar(text), theirs) => assert!(is_same(text, theirs), "{place}: {text:?} and {theirs:?}"),
        (Data::List(ours), Value::Sequence(theirs)) => {
            assert_eq!(ours.len(), theirs.len(), "{place}");
            for (at, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
                compare(ours, theirs, &format!("{place}[{at}]"));
            }
        }
        (Data::Map(ours), Value::Mapping(theirs)) => {
            assert_eq!(ours.len(), theirs.len(), "{place}");
            for ((key, ours), (their_key, theirs)) in ours.iter().zip(theirs) {
                assert!(is_same(&key.text, their_key), "{place}: {:?} and {their_key:?}", key.text);
                compare(ours, theirs, &format!("{place}.{}", key.text));
            }
        }
        (ours, theirs) => panic!("{place}: {ours:?} and {theirs:?}"),
    }
}

/// Scalars stay text here; the other library turns some into numbers and truth values.
fn is_same(text: &str, theirs: &Value) -> bool {
    match theirs {
        Value::String(their_text) => text == their_text,
        Value::Bool(state) => text.eq_ignore_ascii_case(&state.to_string()),
        Value::Number(number) => serde_yaml::from_str(text).is_ok_and(|n: serde_yaml::Number| n == *number),
        _ => false,
    }
}
