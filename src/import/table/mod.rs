//! Transcriptions with tables to a filled-in form: tab-separated lines with HTML fragments in the cells.
//!
//! The reader goes through the document with the printed form in hand. Labels move it through the form; what stands
//! between two labels is the answer to the first. Labels, options and order come from the data of the form alone.

mod account;
mod changes;
mod checks;
mod choice;
mod flags;
mod labels;
mod lookup;
mod markdown;
mod moves;
mod place;
mod reader;
mod rows;
mod scan;
mod unlabelled;
mod values;

#[cfg(test)]
mod tests;

use crate::form::Form;
use crate::import::{Imported, audit};
use reader::Reader;

/// Reads a transcription of a filled-in form.
///
/// Every printed line ends in a value, is recognised as print of the form, or stands as unrecognised in the report;
/// what cannot be read stays empty with a note.
pub fn read(text: &str, form: &'static Form) -> Imported {
    let rows = rows::rows(text);
    let mut reader = Reader::new(form, &rows);
    for at in 0..rows.len() {
        reader.row(at, &rows);
    }
    let mut imported = account::account(reader.finish(), form, text);
    audit::audit(text, &mut imported);
    imported
}
