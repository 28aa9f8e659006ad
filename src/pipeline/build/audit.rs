//! The report about the pages themselves: what our own look at them found, and which of them people should look at.

use super::super::press::Press;
use super::BuildError;
use crate::audit::{Report, criteria_table, pages_table};
use crate::site::{data, render};

const FOLDER: &str = "accessibility/report/";

/// Joins what was found on the pages that are written, and writes the report.
pub(super) fn pages(press: &Press<'_>) -> Result<Report, BuildError> {
    if !press.is_clean() {
        // What must not be published is missing, and the build ends with an error that names it.
        return Ok(Report::default());
    }
    let (page, pages, criteria) =
        (format!("{FOLDER}index.html"), format!("{FOLDER}pages.csv"), format!("{FOLDER}criteria.csv"));
    let mut files = press.staging.all_files()?;
    files.extend([&page, &pages, &criteria].map(Clone::clone));
    files.extend(press.theme.assets().iter().map(|asset| asset.path.clone()));
    // It is written last, as it lists the report as well.
    files.extend(press.addresses.as_ref().map(|_| "sitemap.xml".to_owned()));
    let read = |path: &str| -> Result<String, BuildError> {
        Ok(String::from_utf8_lossy(&press.staging.read(path)?).into_owned())
    };
    let report = press.audit.finish(&files, &read)?;
    press.page(&render::audit_page(press.theme, press.site, &report)?)?;
    press.file(&pages, &data::table_csv(&pages_table(&report)))?;
    press.file(&criteria, &data::table_csv(&criteria_table(&report)))?;
    Ok(report)
}
