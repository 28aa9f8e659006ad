//! How much a finding weighs.

use serde::Deserialize;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Blocks publication.
    Error,
    /// Worth a look; does not block.
    Warning,
    /// Good to know; nothing need be done.
    Info,
}

impl Severity {
    /// The word that is shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::Error => "誤り",
            Self::Warning => "注意",
            Self::Info => "参考",
        }
    }

    /// The ascii word for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}
