//! What documents of several municipalities have in common: the answers to one item, names of systems and contractors, provisions of
//! law, and passages of text. Pure: texts of one document in, small facts out; whoever calls decides where texts wait.

mod answer;
mod law;
mod names;
mod passage;
mod register;
mod task;

pub use answer::{Answer, Stored, answered, answers, item_address};
pub use law::{Law, Provision, Reading, laws, provisions};
pub use names::{Part, company, contractors, system, systems};
pub use passage::{Passage, Place, Seen, Shared, find, passages, shared};
pub use register::{
    Entry, Home, LawMention, Mention, Mentions, Register, Use, join_contractors, join_laws, join_systems,
    mentions,
};
pub use task::task;
