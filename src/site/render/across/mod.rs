//! Pages across documents: the answers of all to one item side by side, the systems, contractors and laws that they name, and the
//! passages that they share.

mod groups;
mod index;
mod item;
mod register;
mod shared;

use super::Page;
use super::frame::{self, Frame};
use crate::site::SiteContext;
use crate::site::feed::Subject;
use crate::site::theme::{RenderError, Theme};

pub use index::{Counted, family_pages, items_page};
pub use item::{ItemAnswers, item_pages};
pub use register::{law_pages, register_pages};
pub use shared::shared_pages;

/// What all these pages are made with.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// The theme.
    pub theme: &'a Theme,
    /// The site.
    pub site: &'a SiteContext,
    /// All documents, in the order of their municipalities and directories.
    pub documents: &'a [Subject<'a>],
}

impl<'a> Desk<'a> {
    fn word(&self, key: &'a str) -> &'a str {
        self.theme.word(key)
    }

    fn filled(&self, key: &str, values: &[(&str, &str)]) -> String {
        let word = self.theme.word(key).to_owned();
        values.iter().fold(word, |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
    }

    /// 「… その2」 for the second page of a title.
    fn piece(&self, title: &str, number: usize) -> String {
        if number == 1 {
            return title.to_owned();
        }
        format!("{title} {}", self.filled("piece", &[("n", &number.to_string())]))
    }

    /// The page at the end of a trail, or one of its further pages, which stand in numbered folders below it.
    fn page<V: serde::Serialize>(
        &self,
        template: &str,
        trail: &[(&str, &str)],
        number: usize,
        view: &V,
        capacity: usize,
    ) -> Result<Page, RenderError> {
        let Some(((dir, label), above)) = trail.split_last() else { unreachable!("a trail has an end") };
        let dir = if number == 1 { (*dir).to_owned() } else { format!("{dir}/{number}") };
        let label = self.piece(label, number);
        let mut trail = above.to_vec();
        trail.push((&dir, &label));
        let frame = Frame::new(self.site, None, &trail);
        frame::page(self.theme, template, frame::file_of(&trail), &frame, view, capacity)
    }
}
