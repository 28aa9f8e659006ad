//! `kohyo` publishes 特定個人情報保護評価書 as an accessible static site. See docs/ARCHITECTURE.md for the map of the house.

pub mod assessment;
pub mod author;
pub mod check;
pub mod cli;
pub mod codes;
pub mod color;
pub mod compare;
pub mod diagnostic;
pub mod diff;
pub mod due;
pub mod fix;
pub mod form;
pub mod fs;
pub mod history;
pub mod image;
pub mod import;
pub mod leak;
pub mod markdown;
pub mod pipeline;
pub mod read;
pub mod review;
pub mod rules;
pub mod schema;
pub mod site;
pub mod wareki;
pub mod write;
