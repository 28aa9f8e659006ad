//! The typed model to pages: pure functions from data to text, without file access, safe to run in parallel.
//!
//! [`Theme`] holds the templates, compiled once; [`render`] makes one page after another from it. Nothing is kept between
//! pages, so that memory does not grow with their number.

mod compact;
mod context;
pub mod data;
pub mod feed;
#[cfg(feature = "minify")]
mod minify;
pub mod render;
#[cfg(test)]
mod tests;
mod theme;

pub use context::{MunicipalityContext, SiteContext};
pub use theme::{Asset, RenderError, Theme, ThemeError};
