//! Remarks of reviewers: the files that the review pack saves, put together as Markdown for a pull request.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use super::quote::{markdown_line, markdown_quote};
use crate::form::{Form, Slot};
use crate::leak;

/// What a file of remarks says it is. The script of the pack writes the same.
const KIND: &str = "kohyo-review-remarks";
/// The version of the files that this program reads.
const VERSION: u64 = 1;

#[derive(Deserialize)]
struct File {
    kind: String,
    version: u64,
    #[serde(default)]
    pack: String,
    #[serde(default)]
    reviewer: String,
    remarks: Vec<Remark>,
}

#[derive(Deserialize)]
struct Remark {
    /// Names the box: the document, and the item behind `#`.
    place: String,
    #[serde(default)]
    document: String,
    #[serde(default)]
    form: String,
    #[serde(default)]
    path: String,
    #[serde(default)]
    reference: String,
    #[serde(default)]
    label: String,
    text: String,
    /// Who said it, where that is not the one who saved the file.
    reviewer: Option<String>,
}

/// Where a remark stands: the document, then the whole of it before its items in the order of the form, then what has no place.
type Order = (String, bool, Option<Slot>, String);

/// What was said about one item.
struct Section {
    document: String,
    title: String,
    /// Who, and what.
    said: Vec<(String, String)>,
}

/// A file of remarks before it is read.
#[derive(Debug, Clone, Copy)]
pub struct Saved<'a> {
    /// What messages call it.
    pub name: &'a str,
    /// What it holds.
    pub bytes: &'a [u8],
}

/// The remarks of several files as Markdown, item by item in the order of the form.
///
/// # Errors
/// Says in Japanese which file is none of remarks, and what is expected.
pub fn markdown(files: &[Saved<'_>]) -> Result<String, String> {
    let files: Vec<File> = files.iter().map(|file| read(*file)).collect::<Result<_, _>>()?;
    let mut sections: BTreeMap<Order, Section> = BTreeMap::new();
    for file in &files {
        for remark in file.remarks.iter().filter(|remark| !remark.text.trim().is_empty()) {
            let section = sections.entry(order(remark)).or_insert_with(|| section_of(remark));
            let who = remark.reviewer.as_ref().unwrap_or(&file.reviewer);
            let said = (who.trim().to_owned(), remark.text.trim().to_owned());
            // The same file twice, or one that was saved again, says nothing new.
            if !section.said.contains(&said) {
                section.said.push(said);
            }
        }
    }
    let mut text = written(&files, &sections);
    leak::mask(&mut text);
    Ok(text)
}

fn read(Saved { name, bytes }: Saved<'_>) -> Result<File, String> {
    let expected = "公表前の確認資料の「意見をファイルに保存」でできたファイル（review-remarks-….json）を指定してください";
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes)
        .map_err(|_| format!("{name}: 文字コードが UTF-8 ではありません。{expected}。"))?;
    let value: serde_json::Value = serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        format!("{name}: JSON として読めません（{line}行{column}文字目）。{expected}。")
    })?;
    if value.get("kind").and_then(serde_json::Value::as_str) != Some(KIND) {
        return Err(format!("{name}: 意見のファイルではありません（kind が「{KIND}」でない）。{expected}。"));
    }
    let file: File = serde_json::from_value(value)
        .map_err(|error| format!("{name}: 意見のファイルが壊れています（{error}）。{expected}。"))?;
    if file.kind == KIND && file.version == VERSION {
        return Ok(file);
    }
    let version = file.version;
    Err(format!(
        "{name}: 意見のファイルの別の版（version: {version}）です。この kohyo が読めるのは version: {VERSION} です。"
    ))
}

fn order(remark: &Remark) -> Order {
    let (document, item) = remark.place.split_once('#').unwrap_or((&remark.place, ""));
    let slot = Form::with_id(&remark.form).and_then(|form| form.slot(&remark.path));
    let is_placeless = slot.is_none() && !item.is_empty();
    (document.to_owned(), is_placeless, slot, item.to_owned())
}

fn section_of(remark: &Remark) -> Section {
    let title = format!("{} {}", remark.reference, remark.label);
    let title = if title.trim().is_empty() { remark.place.clone() } else { title };
    Section { document: remark.document.clone(), title, said: Vec::new() }
}

fn written(files: &[File], sections: &BTreeMap<Order, Section>) -> String {
    let total: usize = sections.values().map(|section| section.said.len()).sum();
    let mut out = format!("## 確認資料への意見（{total}件）\n");
    if total == 0 {
        out.push_str("\n意見は書かれていません。\n");
    }
    if files.iter().any(|file| file.pack != files[0].pack) {
        out.push_str("\n別々の版の確認資料に書かれた意見を合わせています。\n");
    }
    let mut document = None;
    for ((key, ..), section) in sections {
        if document != Some(key) {
            document = Some(key);
            let name = [section.document.trim(), key].into_iter().find(|name| !name.is_empty());
            let _ =
                writeln!(out, "\n### {}（{}）", markdown_line(name.unwrap_or_default()), markdown_line(key));
        }
        let _ = writeln!(out, "\n#### {}", markdown_line(&section.title));
        for (who, text) in &section.said {
            let who = if who.is_empty() { "（お名前なし）".to_owned() } else { markdown_line(who) };
            let _ = write!(out, "\n**{who}**\n\n{}", markdown_quote(text));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(reviewer: &str, remarks: &[(&str, &str, &str)]) -> Vec<u8> {
        let remarks: Vec<_> = remarks
            .iter()
            .map(|(path, label, text)| {
                let anchor = crate::form::anchor_of(path);
                let place = if path.is_empty() {
                    "019984/12-zei".to_owned()
                } else {
                    format!("019984/12-zei#{anchor}")
                };
                serde_json::json!({
                    "place": place, "document": "住民税の評価書", "form": "zenkomoku-h30-05",
                    "path": path, "reference": "", "label": label, "text": text,
                })
            })
            .collect();
        serde_json::json!({
            "kind": KIND, "version": 1, "pack": "abc", "base": "main", "reviewer": reviewer, "remarks": remarks,
        })
        .to_string()
        .into_bytes()
    }

    fn all(files: &[&[u8]]) -> Result<String, String> {
        let names: Vec<_> = (1..=files.len()).map(|number| format!("意見/{number}.json")).collect();
        let files: Vec<_> = names.iter().zip(files).map(|(name, bytes)| Saved { name, bytes }).collect();
        markdown(&files)
    }

    #[test]
    fn remarks_of_several_people_stand_by_item_in_the_order_of_the_form() {
        let first =
            file("審査員 A", &[("ii.2.purpose", "目的", "なぜですか。"), ("i.1.name", "名称", "よい。")]);
        let second = file("", &[("i.1.name", "名称", "略称も。"), ("", "この評価書全体", "読みやすい。")]);
        insta::assert_snapshot!(all(&[&first, &second, &first]).unwrap());
    }

    #[test]
    fn who_said_something_is_told_whoever_saved_the_file() {
        let mut file: serde_json::Value = serde_json::from_slice(&file(
            "A",
            &[("i.1.name", "名称", "Bの意見"), ("i.1.name", "名称", "Aの意見")],
        ))
        .unwrap();
        file["remarks"][0]["reviewer"] = "B".into();
        let said = all(&[file.to_string().as_bytes()]).unwrap();
        assert!(said.contains("**B**\n\n> Bの意見") && said.contains("**A**\n\n> Aの意見"), "{said}");
    }

    #[test]
    fn hostile_remarks_stay_text() {
        let text = "</details><script>alert(1)</script>\n# 見出し\n@everyone | a\n--> `x`\n/close";
        let said = all(&[&file("<b>|\n#1", &[("i.1.name", "名<称|", text)])]).unwrap();
        assert!(!said.contains("<script") && !said.contains("</details>") && !said.contains("<b>"), "{said}");
        assert!(said.lines().filter(|line| line.starts_with('#')).count() == 3, "{said}");
        assert!(!said.contains("@everyone") && !said.lines().any(|line| line.starts_with('/')), "{said}");
    }

    #[test]
    fn what_may_be_a_number_of_a_person_is_hidden() {
        // The check digit of a 個人番号, put together here so that none stands in the source.
        let number: String = ["1234", "5678", "9018"].concat();
        let said = all(&[&file("A", &[("i.1.name", "名称", &format!("番号は{number}です"))])]).unwrap();
        assert!(!said.contains(&number) && said.contains('*'), "{said}");
    }

    #[test]
    fn the_script_of_the_pack_writes_what_is_read() {
        let theme = crate::site::Theme::load(&[]).unwrap();
        let script = &theme.review().script;
        assert!(script.contains(&format!("const KIND = '{KIND}';")));
        assert!(script.contains(&format!("version: {VERSION},")));
        for field in ["place", "document", "form", "path", "reference", "label"] {
            assert!(script.contains(&format!("{field}: box.dataset.{field},")), "{field}");
        }
    }

    #[test]
    fn a_file_that_is_none_is_named_and_told_what_is_expected() {
        let good = file("A", &[]);
        for (bad, expected) in [
            (&b"\xff\xfe"[..], "UTF-8"),
            (b"{", "JSON"),
            (b"[]", "kind"),
            (br#"{"kind":"kohyo-review-remarks","version":1}"#, "remarks"),
            (br#"{"kind":"kohyo-review-remarks","version":2,"remarks":[]}"#, "version: 2"),
        ] {
            let error = all(&[&good, bad]).unwrap_err();
            assert!(error.starts_with("意見/2.json: ") && error.contains(expected), "{error}");
        }
        assert!(all(&[&good]).unwrap().contains("意見は書かれていません"));
    }
}
