//! The typed model to pages: pure functions from data to text, without file access, safe to run in parallel.
//!
//! [`Theme`] holds the templates, compiled once; [`render`] makes one page after another from it. Nothing is kept between
//! pages, so that memory does not grow with their number.

mod colors;
mod compact;
mod context;
pub mod data;
pub mod feed;
#[cfg(feature = "minify")]
mod minify;
mod phrases;
pub mod render;
pub mod sitemap;
#[cfg(test)]
pub(in crate::site) mod tests;
mod theme;

pub(crate) use colors::colors_css;
pub use context::{MunicipalityContext, SiteContext};
pub use theme::{Asset, RenderError, Theme, ThemeError, theme_findings};
