//! `kohyo` publishes 特定個人情報保護評価書 as an accessible static site. See docs/ARCHITECTURE.md for the map of the house.

pub mod assessment;
pub mod codes;
pub mod diagnostic;
pub mod form;
pub mod fs;
pub mod import;
pub mod read;
pub mod wareki;
