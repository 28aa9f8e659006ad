//! What tests begin with: a city of no real place and a document of it.

use super::{Administration, AgencyKind, Answers, Assessment, Municipality, Value};
use crate::codes::MunicipalityCode;
use crate::form::Form;

/// みほん市, as its settings are where only what is required is written.
pub(crate) fn municipality() -> Municipality {
    Municipality {
        dir: "019984-mihon".to_owned(),
        code: MunicipalityCode::parse("019984").unwrap(),
        name: "みほん市".to_owned(),
        kana: None,
        prefecture: "北海道".to_owned(),
        authorities: Vec::new(),
        website: None,
        inquiry: None,
        agency_kind: AgencyKind::Local,
        gov_agency: false,
    }
}

/// A document of an edition with values at these paths, not published and without changes.
pub(crate) fn assessment(form: &str, values: &[(&str, Value)]) -> Assessment {
    let form = Form::with_id(form).unwrap_or_else(|| panic!("no form {form}"));
    let mut answers = Answers::new(form);
    for (path, value) in values {
        let slot = form.slot(path).unwrap_or_else(|| panic!("no item {path}"));
        answers.set(slot, value.clone());
    }
    Assessment {
        dir: "8-kaigo".to_owned(),
        number: "8".to_owned(),
        title: "見本".to_owned(),
        published: None,
        answers,
        changes: Vec::new(),
        administration: Administration::default(),
    }
}
