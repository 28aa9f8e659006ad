//! The theme with the files of a city's own folder.

use std::path::Path;

use super::build::BuildError;
use super::review::PackError;
use crate::fs;
use crate::read;
use crate::site::{Theme, ThemeError};

/// Why a theme cannot be loaded.
#[derive(Debug)]
pub(super) enum Error {
    File(fs::Error),
    Theme(ThemeError),
}

impl From<Error> for BuildError {
    fn from(error: Error) -> Self {
        match error {
            Error::File(error) => Self::File(error),
            Error::Theme(error) => Self::Theme(error),
        }
    }
}

impl From<Error> for PackError {
    fn from(error: Error) -> Self {
        match error {
            Error::File(error) => Self::File(error),
            Error::Theme(error) => Self::Theme(error),
        }
    }
}

/// The standard theme, with templates and assets replaced by those of a folder.
pub(super) fn theme(folder: Option<&Path>) -> Result<Theme, Error> {
    let mut files = Vec::new();
    if let Some(root) = folder {
        for path in fs::files_below(root).map_err(Error::File)? {
            let name = read::shown(path.strip_prefix(root).unwrap_or(&path)).to_string();
            files.push((name, fs::read(&path).map_err(Error::File)?));
        }
    }
    Theme::load(&files).map_err(Error::Theme)
}
