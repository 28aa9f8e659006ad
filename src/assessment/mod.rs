//! The typed model: a filled-in form, its change rows, and who publishes it. Plain data without file access.

mod administration;
mod answers;
mod change;
mod consultation;
mod look;
#[cfg(test)]
pub(crate) mod sample;
mod settings;
mod value;

pub use administration::{Administration, Occasion};
pub use answers::{Answers, Placed};
pub use change::{Change, Decision, ItemRef, Judgement};
pub use consultation::{Consultation, Destination, Stage};
pub use look::{Colors, Logo, Look, NamedLink};
pub use settings::{AgencyKind, Municipality, SiteSettings};
pub use value::{Figure, Tick, Value};

use crate::form::Form;
use crate::wareki::CivilDate;

/// 評価書: one document, as far as it could be read. A document with errors has the parts that could be understood.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// Name of its directory, e.g. `15-yobosesshu`; with the municipality's code it makes its URL.
    pub dir: String,
    /// 評価書番号, as text.
    pub number: String,
    /// 評価書名, in one line: it goes into titles of pages and feeds. The item has it as it was written.
    pub title: String,
    /// 公表日; none where it is missing or impossible.
    pub published: Option<CivilDate>,
    /// The filled-in form.
    pub answers: Answers,
    /// 変更箇所, in the order of the file.
    pub changes: Vec<Change>,
    /// 管理情報, which is never published, and 意見募集, which is.
    pub administration: Administration,
}

impl Assessment {
    /// The edition of the form that is filled in.
    pub fn form(&self) -> &'static Form {
        self.answers.form()
    }
}
