//! Where a new municipality or assessment goes, and the files that are written there. Nothing is ever overwritten, except the
//! schemas, which are ours.

use std::path::{Path, PathBuf};

use super::skeleton::{
    NewAssessment, assessment_skeleton, changes_skeleton, municipality_skeleton, site_skeleton,
};
use crate::codes::MunicipalityCode;
use crate::form::{Form, fold};
use crate::schema::Subject;
use crate::{check, fs, read};

/// The folder of the content in which the schemas are; a hidden one, which the reader passes over.
const SCHEMAS: &str = ".schema";

const MUNICIPALITY: &str = "municipality.yaml";

/// Makes the folder of a municipality, and `site.yaml` beside it where there is none. Returns the files made.
pub fn new_municipality(
    dir: &Path,
    code: Option<&MunicipalityCode>,
    name: Option<&str>,
) -> Result<Vec<PathBuf>, String> {
    let place = Place::of(dir)?;
    let Some(digits) = read::municipality_of(&place.name) else {
        let prefix = code.map_or("011002", MunicipalityCode::as_str);
        return Err(format!(
            "フォルダの名前「{}」が「6桁の団体コード-英数字の名前」の形ではありません。「{prefix}-mihon」のように、半角の英数字とハイフンで付けてください",
            place.name
        ));
    };
    let own = MunicipalityCode::parse(digits).map_err(|e| format!("フォルダの名前の{e}"))?;
    if let Some(code) = code.filter(|code| **code != own) {
        return Err(format!(
            "--code の「{code}」と、フォルダの名前の「{own}」が違います。正しい方にそろえてください"
        ));
    }
    if read::municipality_of(&place.parent_name()).is_some() {
        return Err(format!(
            "「{}」は自治体のフォルダです。自治体のフォルダは、その一つ上のフォルダ（content など）の中に作ってください",
            read::shown(&place.shown_parent)
        ));
    }
    if let Some(same) = place.beside()?.into_iter().find(|other| read::municipality_of(other) == Some(digits))
    {
        return Err(format!(
            "団体コード {digits} のフォルダ「{same}」がすでにあります。そちらを使ってください"
        ));
    }
    let content = &place.shown_parent;
    let schema = |subject: Subject, up: &str| format!("{up}{SCHEMAS}/{}.json", subject.id());
    let mut made = Vec::new();
    let site = content.join("site.yaml");
    if !site.exists() {
        put_schema(content, Subject::Site)?;
        put(&mut made, site, &site_skeleton(&schema(Subject::Site, "")))?;
    }
    put_schema(content, Subject::Municipality)?;
    let text = municipality_skeleton(&schema(Subject::Municipality, "../"), &own, name);
    put(&mut made, dir.join(MUNICIPALITY), &text)?;
    Ok(made)
}

/// Makes the folder of an assessment inside the folder of a municipality. Returns the files made.
pub fn new_assessment(
    dir: &Path,
    form: &'static Form,
    number: Option<&str>,
    title: &str,
) -> Result<Vec<PathBuf>, String> {
    let place = Place::of(dir)?;
    let Some(own) = read::number_of(&place.name) else {
        return Err(format!(
            "フォルダの名前「{}」が「評価書番号-英数字の名前」の形ではありません。「{}-yobosesshu」のように、半角の英数字とハイフンで付けてください",
            place.name,
            number.unwrap_or("15")
        ));
    };
    let number = number.unwrap_or(own);
    if fold(number) != fold(own) {
        return Err(format!(
            "--number の「{number}」と、フォルダの名前の評価書番号「{own}」が違います。正しい方にそろえてください"
        ));
    }
    let above = read::shown(&place.shown_parent);
    if read::municipality_of(&place.parent_name()).is_none() {
        return Err(format!(
            "「{above}」は自治体のフォルダではありません。「content/011002-mihon/{}」のように、自治体のフォルダの中の名前を書いてください。自治体のフォルダは kohyo new municipality で作ります",
            place.name
        ));
    }
    let municipality = place.shown_parent.join(MUNICIPALITY);
    if !municipality.is_file() {
        return Err(format!(
            "「{above}」に {MUNICIPALITY} がありません。先に kohyo new municipality で自治体のフォルダを作ってください"
        ));
    }
    let agency = only_agency(&municipality, &place.parent_name());
    let content = content_of(&place.shown_parent);
    for subject in [Subject::Form(form), Subject::Changes] {
        put_schema(&content, subject)?;
    }
    let schema = |subject: Subject| format!("../../{SCHEMAS}/{}.json", subject.id());
    let new =
        NewAssessment { schema: &schema(Subject::Form(form)), number, title, agency: agency.as_deref() };
    let mut made = Vec::new();
    put(&mut made, dir.join("assessment.yaml"), &assessment_skeleton(form, new))?;
    put(&mut made, dir.join("changes.yaml"), &changes_skeleton(form, &schema(Subject::Changes)))?;
    Ok(made)
}

/// 評価実施機関, where `municipality.yaml` names exactly one.
fn only_agency(path: &Path, dir: &str) -> Option<String> {
    let file = read::text_file(path).ok()?;
    let digits = read::municipality_of(dir).unwrap_or_default();
    let (municipality, _) = check::municipality(&file, dir, digits);
    match municipality.authorities.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    }
}

/// A folder that is to be made.
struct Place {
    name: String,
    /// The folder above, absolute and as the officer wrote it.
    parent: PathBuf,
    shown_parent: PathBuf,
}

impl Place {
    fn of(dir: &Path) -> Result<Self, String> {
        let absolute = std::path::absolute(dir).map_err(|e| e.to_string())?;
        let (Some(name), Some(parent)) = (absolute.file_name(), absolute.parent()) else {
            return Err(format!("「{}」という名前のフォルダは作れません", dir.display()));
        };
        if dir.is_file() || fs::entries(dir).is_ok_and(|entries| !entries.is_empty()) {
            return Err(format!(
                "「{}」はすでにあります。上書きしないよう、何も作りませんでした。別の名前にするか、古いものを移してください",
                read::shown(dir)
            ));
        }
        let above = dir.parent().unwrap_or(Path::new(""));
        let shown_parent = if above == Path::new("") { PathBuf::from(".") } else { above.to_owned() };
        Ok(Self { name: name.to_string_lossy().into_owned(), parent: parent.to_owned(), shown_parent })
    }

    fn parent_name(&self) -> String {
        // `.` and `..` have a name only where they lead to.
        let parent = self.parent.canonicalize().unwrap_or_else(|_| self.parent.clone());
        parent.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// The names beside the folder.
    fn beside(&self) -> Result<Vec<String>, String> {
        if !self.shown_parent.exists() {
            return Ok(Vec::new());
        }
        let all = fs::entries(&self.shown_parent).map_err(|e| e.to_string())?;
        let others = all.iter().filter(|path| path.is_dir()).filter_map(|path| path.file_name());
        Ok(others.map(|n| n.to_string_lossy().into_owned()).filter(|n| *n != self.name).collect())
    }
}

/// The folder above a municipality's, as it is written.
fn content_of(municipality: &Path) -> PathBuf {
    match municipality.parent() {
        Some(parent) if municipality.file_name().is_some() && parent != Path::new("") => parent.to_owned(),
        Some(_) if municipality.file_name().is_some() => PathBuf::from("."),
        _ => municipality.join(".."),
    }
}

fn put_schema(content: &Path, subject: Subject) -> Result<(), String> {
    let path = content.join(SCHEMAS).join(format!("{}.json", subject.id()));
    fs::write(&path, subject.text()).map_err(|e| e.to_string())
}

fn put(made: &mut Vec<PathBuf>, path: PathBuf, text: &str) -> Result<(), String> {
    fs::write(&path, text).map_err(|e| e.to_string())?;
    made.push(path);
    Ok(())
}
