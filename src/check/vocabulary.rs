//! The words of authored files that stand on no form, in one place for those who describe the files to others
//! (`schema`, `author`).

pub(crate) use super::administration::{FIELDS as ADMINISTRATION_FIELDS, KEY as ADMINISTRATION};
pub(crate) use super::changes::ID_KEY;
pub(crate) use super::consultation::{FIELDS as CONSULTATION_FIELDS, KEY as CONSULTATION};
pub(crate) use super::document::OWN_VALUE_KEYS;
pub(crate) use super::edition::{EDITION_KEY, STYLE_KEY};
pub(crate) use super::exceptions::{FIELDS as EXCEPTION_FIELDS, KEY as EXCEPTIONS};
pub(crate) use super::figures::{ALTERNATIVE, CAPTION, ENDINGS, FILE};
pub(crate) use super::judgement::{CORRECTION, DECISION, EFFECTIVE, FIELDS as JUDGEMENT_FIELDS};
pub(crate) use super::settings::{Field, Holds, MUNICIPALITY_FIELDS, SITE_FIELDS};
pub(crate) use super::values::{NO, YES};
use crate::form::Kind;

/// The key that holds the own value of an item of this kind, where rows stand below it.
pub(crate) fn own_value_key(kind: Kind) -> &'static str {
    let [of_options, of_text] = OWN_VALUE_KEYS;
    if matches!(kind, Kind::Choice | Kind::Checks) { of_options } else { of_text }
}
