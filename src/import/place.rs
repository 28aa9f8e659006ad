//! Where an imported document goes, and the files that are written there.

use std::path::{Path, PathBuf};

use super::{Doubt, Imported, Note};
use crate::assessment::{Answers, Look, SiteSettings, Value};
use crate::codes::MunicipalityCode;
use crate::{author, fs};

/// Folder name where the source does not say which municipality it is.
const UNKNOWN_CODE: &str = "000000";

/// The folders of an imported document.
#[derive(Debug, Clone)]
pub struct Placement {
    /// The content folder.
    pub content: PathBuf,
    /// The municipality's folder.
    pub municipality: PathBuf,
    /// The assessment's folder, which is not there yet.
    pub assessment: PathBuf,
    /// The municipality's code, where it is known.
    pub code: Option<MunicipalityCode>,
    /// Whether the code was given or stands in a folder's name.
    pub is_code_known: bool,
}

impl Placement {
    /// Finds the folders. `into` is a content folder, or the folder of a municipality.
    pub fn find(into: &Path, code: Option<&MunicipalityCode>, imported: &Imported) -> Result<Self, String> {
        let own_code = folder_code(into);
        if let (Some(code), Some(own)) = (code, &own_code)
            && code != own
        {
            return Err(format!("--code の {code} と、取り込み先のフォルダ名の {own} が違います"));
        }
        let known = code.cloned().or_else(|| own_code.clone());
        let (content, municipality) = if own_code.is_some() {
            (into.parent().unwrap_or(into).to_owned(), into.to_owned())
        } else {
            let digits = known.as_ref().map_or(UNKNOWN_CODE, MunicipalityCode::as_str);
            (
                into.to_owned(),
                existing(into, digits)?.unwrap_or_else(|| into.join(new_name(digits, known.as_ref()))),
            )
        };
        let assessment = municipality.join(assessment_dir(&imported.answers));
        if assessment.exists() {
            return Err(format!(
                "{} はすでにあります。上書きしないよう、取り込みをやめました。古いフォルダを移すか消してから、もう一度取り込んでください",
                assessment.display()
            ));
        }
        Ok(Self { content, municipality, assessment, is_code_known: known.is_some(), code: known })
    }
}

fn folder_code(path: &Path) -> Option<MunicipalityCode> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    MunicipalityCode::parse(name.split_once('-')?.0).ok()
}

fn existing(content: &Path, digits: &str) -> Result<Option<PathBuf>, String> {
    if !content.exists() {
        return Ok(None);
    }
    let folders = fs::entries(content).map_err(|e| e.to_string())?;
    let is_same = |path: &PathBuf| {
        path.is_dir()
            && path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(&format!("{digits}-")))
    };
    Ok(folders.into_iter().find(is_same))
}

/// The source gives no romanised name, so the folder is named after the prefecture.
fn new_name(digits: &str, code: Option<&MunicipalityCode>) -> String {
    let place = code.and_then(MunicipalityCode::prefecture).map_or("unknown", |p| p.romaji);
    format!("{digits}-{place}")
}

/// 評価書番号 and the kind of form: the same 事務 has a 基礎 and a 重点 or 全項目 under one number.
fn assessment_dir(answers: &Answers) -> String {
    let kind = answers.form().head.id.split('-').next().unwrap_or_default();
    let number = match answers.at("cover.number") {
        Some(Value::Text(number)) => crate::form::fold(number),
        _ => String::new(),
    };
    let safe: String = number.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("{}-{kind}", if safe.is_empty() { "0" } else { &safe })
}

/// What was written.
#[derive(Debug, Clone, Copy)]
pub struct Written {
    /// Number of filled items.
    pub items: usize,
}

/// Writes the document, and `municipality.yaml` and `site.yaml` where they are missing.
pub fn write(placement: &Placement, imported: &Imported) -> Result<Written, fs::Error> {
    let form = imported.answers.form();
    fs::write(&placement.assessment.join("assessment.yaml"), author::assessment_yaml(&imported.answers))?;
    if !imported.changes.is_empty() {
        let text = author::changes_yaml(&imported.changes, form, false);
        fs::write(&placement.assessment.join("changes.yaml"), text)?;
    }
    let municipality = placement.municipality.join("municipality.yaml");
    if !municipality.exists() {
        let name = municipality_name(&imported.answers).unwrap_or_default();
        let authorities = agency(&imported.answers).into_iter().collect();
        fs::write(&municipality, author::new_municipality_yaml(placement.code.as_ref(), &name, authorities))?;
    }
    let site = placement.content.join("site.yaml");
    if !site.exists() {
        fs::write(&site, author::site_yaml(&new_site()))?;
    }
    Ok(Written { items: imported.answers.values().filter(|(_, v)| !v.is_empty()).count() })
}

/// The notes on what [`write`] derives: the name of the municipality stands nowhere on the form.
pub(super) fn derived_notes(answers: &Answers) -> Vec<Note> {
    let (subject, path, line) = ("municipality.yaml の name".to_owned(), String::new(), None);
    let message = match municipality_name(answers) {
        Some(name) => format!("評価実施機関名から「{name}」としました。正しい名称か確かめてください"),
        None => "評価実施機関名から自治体の名称が分かりません。書き入れてください".to_owned(),
    };
    vec![Note { doubt: Doubt::Derived, line, subject, path, message }]
}

fn new_site() -> SiteSettings {
    SiteSettings {
        title: "特定個人情報保護評価書".to_owned(),
        base_url: None,
        publisher: None,
        contact: None,
        accessibility: None,
        theme: "standard".to_owned(),
        look: Look::default(),
        as_of: None,
        license: None,
    }
}

fn agency(answers: &Answers) -> Option<String> {
    match answers.at("cover.agency") {
        Some(Value::Text(agency)) => Some(agency.trim().to_owned()),
        _ => None,
    }
}

/// みほん市長 → みほん市; みほん市教育委員会 → みほん市.
fn municipality_name(answers: &Answers) -> Option<String> {
    let agency = agency(answers)?;
    let name = agency
        .strip_suffix("教育委員会")
        .or_else(|| agency.strip_suffix("知事"))
        .or_else(|| agency.strip_suffix('長'))?
        .trim();
    let is_municipality = name.ends_with(['都', '道', '府', '県', '市', '区', '町', '村']);
    is_municipality.then(|| name.to_owned())
}
