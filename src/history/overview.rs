//! What remains of a municipality and of the site once their pages are written.

use super::digest::AssessmentDigest;
use super::update::Update;
use crate::assessment::Municipality;
use crate::codes::MunicipalityCode;
use crate::wareki::CivilDate;

/// One municipality as the home page shows it.
#[derive(Debug, Clone)]
pub struct MunicipalityDigest {
    /// 全国地方公共団体コード, which is its directory on the site.
    pub code: MunicipalityCode,
    /// Name.
    pub name: String,
    /// Reading in hiragana.
    pub kana: Option<String>,
    /// 都道府県.
    pub prefecture: String,
    /// Number of documents.
    pub documents: usize,
    /// Number of changes over all documents.
    pub changes: usize,
    /// The newest 公表日.
    pub last_published: Option<CivilDate>,
    /// The newest 変更日.
    pub last_change: Option<CivilDate>,
    /// All its updates: dates ascending, those without a date last. In a [`SiteDigest`] the site holds them.
    pub updates: Vec<Update>,
}

/// How many updates a list of the latest ones holds.
const LATEST: usize = 20;

impl MunicipalityDigest {
    /// Sums up a municipality.
    pub fn of(municipality: &Municipality, documents: &[AssessmentDigest]) -> Self {
        Self {
            code: municipality.code.clone(),
            name: municipality.name.clone(),
            kana: municipality.kana.clone(),
            prefecture: municipality.prefecture.clone(),
            documents: documents.len(),
            changes: documents.iter().map(|d| d.changes.len()).sum(),
            last_published: documents.iter().filter_map(|d| d.published).max(),
            last_change: documents.iter().filter_map(AssessmentDigest::last_change).max(),
            updates: Update::all(documents),
        }
    }

    /// Its newest updates, newest first.
    pub fn latest(&self) -> impl Iterator<Item = &Update> {
        Update::newest(&self.updates, LATEST)
    }
}

/// The site as its home page and its timeline show it.
#[derive(Debug, Clone, Default)]
pub struct SiteDigest {
    /// All municipalities in the order of their codes.
    pub municipalities: Vec<MunicipalityDigest>,
    /// All updates: dates ascending, those without a date last; within a date in the order of the municipalities.
    pub updates: Vec<Update>,
}

impl SiteDigest {
    /// Sums up the site; the municipalities may come in any order.
    pub fn of(mut municipalities: Vec<MunicipalityDigest>) -> Self {
        municipalities.sort_by(|a, b| a.code.cmp(&b.code));
        let mut updates = Vec::new();
        for (position, municipality) in municipalities.iter_mut().enumerate() {
            let own = std::mem::take(&mut municipality.updates);
            updates.extend(own.into_iter().map(|update| Update { municipality: position, ..update }));
        }
        updates.sort_by_key(Update::age);
        Self { municipalities, updates }
    }

    /// The newest updates of all, newest first.
    pub fn latest(&self) -> impl Iterator<Item = &Update> {
        Update::newest(&self.updates, LATEST)
    }

    /// Number of changes over all municipalities.
    pub fn changes(&self) -> usize {
        self.municipalities.iter().map(|municipality| municipality.changes).sum()
    }
}
