//! The theme with the files of a city's own folder.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::build::BuildError;
use super::review::PackError;
use crate::assessment::{Look, SiteSettings};
use crate::diagnostic::Diagnostic;
use crate::fs;
use crate::read;
use crate::site::{self, Theme, ThemeError};

/// The theme that needs no folder.
const STANDARD: &str = "standard";

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

/// The standard theme, with the templates and assets of a city's own folder, and with the colours and the logo of its settings.
///
/// `folder` goes before the folder that `site.yaml` in the content folder names.
pub(super) fn theme(
    folder: Option<&Path>,
    content: &Path,
    settings: Option<&SiteSettings>,
) -> Result<Theme, Error> {
    let named = settings.filter(|s| s.theme != STANDARD).map(|s| content.join(&s.theme));
    let root = folder.or(named.as_deref());
    let mut files = root.map_or(Ok(Vec::new()), files_of).map_err(Error::File)?;
    if let Some(look) = settings.map(|s| &s.look) {
        add_colors(&mut files, look);
        if let Some(logo) = &look.logo {
            let path = content.join(&logo.file);
            files.push((logo.asset(), fs::read(&path).map_err(Error::File)?));
        }
    }
    let shown = root.map(read::shown);
    Theme::load_from(shown.as_deref().unwrap_or_default(), &files).map_err(Error::Theme)
}

/// What is wrong with the folder that `site.yaml` names.
pub(super) fn findings(content: &Path, settings: &SiteSettings) -> Vec<Diagnostic> {
    let root = content.join(&settings.theme);
    if settings.theme == STANDARD || !root.is_dir() {
        return Vec::new();
    }
    // A file that cannot be read stops the build with its own message.
    files_of(&root).map(|files| site::theme_findings(&read::shown(&root), &files)).unwrap_or_default()
}

/// What systems and editors put into folders by themselves.
const STRAY: [&str; 2] = ["Thumbs.db", "desktop.ini"];

/// The files of a theme's folder by their paths in it, without those that nobody put there (`.DS_Store`, `.git`).
fn files_of(root: &Path) -> Result<Vec<(String, Vec<u8>)>, fs::Error> {
    let inside = |path: &PathBuf| path.strip_prefix(root).unwrap_or(path).to_path_buf();
    let is_stray = |part: &OsStr| {
        let name = part.to_string_lossy();
        name.starts_with('.') || STRAY.iter().any(|stray| name.eq_ignore_ascii_case(stray))
    };
    let files = fs::files_below(root)?.into_iter().filter(|path| !inside(path).iter().any(is_stray));
    files.map(|path| Ok((read::shown(&inside(&path)).to_string(), fs::read(&path)?))).collect()
}

/// The colours come last: behind the parts of the style sheet, and behind the whole of a city that has its own.
fn add_colors(files: &mut Vec<(String, Vec<u8>)>, look: &Look) {
    let Some(css) = site::colors_css(look) else { return };
    match files.iter_mut().find(|(name, _)| name == "assets/style.css") {
        Some((_, style)) => style.extend_from_slice(css.as_bytes()),
        None => files.push(("styles/99-city.css".to_owned(), css.into_bytes())),
    }
}
