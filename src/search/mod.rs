//! The static search: from the items of documents to files that a script in the browser looks words up in.
//!
//! Nothing here knows about files of the disk or pages; `pipeline::search` writes what is made here.
//!
//! # What is searched
//!
//! An item of `assessment.json` is found when a word stands in its label or in one *field* of its value: a text, a chosen option,
//! the label or the text of a ticked box, one spelling of a date, the alternative of a figure. Both the item and the word are
//! [`normalise`]d, so width, case, blanks and the many dashes do not matter. Several words must stand in the same item. Spellings of one
//! word ([`spellings`]) are alternatives of the *query*; the index holds what is written.
//!
//! # The files, below `search/`
//!
//! All are classic scripts that call `kohyoSearch(name, data)`, so that they load under `script-src 'self'` and from `file://`, and all
//! names carry a mark of the content, so that a cache never mixes two builds.
//!
//! | file | holds |
//! |---|---|
//! | `head-{mark}.js` | municipalities with the forms of their documents, chapters and headings of the forms, the segments, the spellings ([`Head`]); where that is much, in several files, which the page of the search names |
//! | `g/{mark}/{n}.js` | of the whole site: gram → documents, each with the number of its items that have the gram. Left out where there is one segment |
//! | `s/{mark}/head.js` | of a segment: its documents, how long each item is, where it stands on the form, where its texts are cut ([`Segment`]) |
//! | `s/{mark}/{n}.js` | of a segment: gram → positions |
//! | `t/{code}/{dir}/{n}-{mark}.js` | a piece of the texts of a document, as written ([`Texts`]) |
//!
//! A *gram* is one character or two neighbouring ones. A *segment* is some neighbouring documents, as many as have [`segment::CAPACITY`] bytes of text and fit
//! into its head. Its documents, item after item, make one long row of characters, and a *position* is a place in that row. With positions of both halves of a word the
//! script knows exactly which items have it, without any text: counts are exact, and a query loads the texts only of what it shows.
//! A word of n characters needs n/2 lists. Of a gram of one character only the first place in every item is kept.
//!
//! An item is also found by the headings above it, and with several words by the municipality and the title of its document. No list is needed for
//! that: the head has all headings ([`places`]), a segment the place of each item. What is found only so is counted and shown apart, because
//! it is no hit in what the item says.
//!
//! Lists are written as differences, five bits a sign, in letters and punctuation ([`number`]): a sign that is a digit could one day
//! make twelve in a row. Files of lists follow one another
//! in the order of the names, as full as they may be; a list that is too long for one is cut ([`shards`]), so no file is larger than
//! [`shards::LARGEST`] however large the site.

pub mod number;
pub mod places;
pub mod segment;
pub mod shards;
pub mod site;
pub mod spellings;

mod item;
mod mark;
mod normalise;
mod script;
mod texts;

pub use item::{Item, Words, items};
pub use mark::Mark;
pub use normalise::{FIELD, normalise};
pub use places::Places;
pub use script::ScriptFile;
pub use segment::Segment;
pub use site::{Head, SiteIndex};
pub use texts::{Filed, Texts};
