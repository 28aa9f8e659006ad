//! stub
use super::{Form, Slot};
use crate::wareki::CivilDate;
/// x
#[derive(Debug, Clone, Copy)]
pub enum How {
    /// x
    Exact,
}
/// x
#[derive(Debug, Clone)]
pub struct Target {
    /// x
    pub slot: Slot,
    /// x
    pub whole: bool,
}
/// x
#[derive(Debug, Clone, Default)]
pub struct Resolution {
    /// x
    pub how: Option<How>,
    /// x
    pub target: Option<Target>,
    /// x
    pub candidates: Vec<Slot>,
}
/// x
pub struct RefRow<'a> {
    /// x
    pub date: Option<CivilDate>,
    /// x
    pub text: &'a str,
}
impl Form {
    /// x
    pub fn resolve(&self, _text: &str, _files: u16) -> Resolution {
        Resolution::default()
    }
    /// x
    pub fn resolve_rows(&self, rows: &[RefRow<'_>], _files: u16) -> Vec<Resolution> {
        rows.iter().map(|_| Resolution::default()).collect()
    }
}
