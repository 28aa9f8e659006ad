//! A theme: templates, style sheet, pictures and the words of the interface, loaded once and shared by all threads.

mod own;

use std::collections::BTreeMap;
use std::fmt;

use include_dir::{Dir, include_dir};
use indexmap::IndexMap;
use serde::Serialize;
use tera::{Context, ErrorKind, Kwargs, State, StringInput, Tera, TeraResult, Value};

use super::render::percent_encoded;
use super::{compact, phrases};
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::image;
use crate::read::SourceFile;
pub use own::theme_findings;

static STANDARD: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes/standard");

/// Where a theme keeps its templates and what is copied to the site.
const TEMPLATES: &str = "templates/";
const ASSETS: &str = "assets/";
const WORDS: &str = "words.yaml";
/// The parts of the style sheet, put together in the order of their names.
const STYLES: &str = "styles/";
const STYLE: &str = "assets/style.css";
/// What the review pack has inside it: a style sheet of its own on top of that of the site, and its script.
const REVIEW_STYLE: &str = "review/style.css";
const REVIEW_SCRIPT: &str = "review/script.js";
/// The parts of the style sheet that are only about pages which the review pack has nothing of.
const NOT_IN_REVIEW: [&str; 13] = [
    "20-lists.css",
    "25-glance.css",
    "25-navigation.css",
    "32-cite.css",
    "33-opinions.css",
    "45-lists.css",
    "48-across.css",
    "60-causes.css",
    "65-search.css",
    "70-picture.css",
    "75-flow.css",
    "80-data.css",
    "85-due.css",
];

/// Compiled templates and the files that pages refer to.
pub struct Theme {
    tera: Tera,
    /// The templates as their authors see them, to name the line of a fault.
    original: Tera,
    assets: Vec<Asset>,
    words: IndexMap<String, String>,
    review: ReviewAssets,
    /// The templates of the city's own folder, with their files as people see them.
    own: BTreeMap<String, String>,
}

/// What the review pack has inside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReviewAssets {
    /// Its style sheet.
    pub(crate) style: String,
    /// Its script.
    pub(crate) script: String,
}

/// What templates know about the theme itself.
#[derive(Serialize)]
struct ThemeFacts {
    /// Path of the style sheet from the root of the site.
    style: String,
    /// Paths of all assets from the root of the site, by their names in the theme: `theme.files["assets/search.js"]`.
    files: BTreeMap<String, String>,
    /// Width and height of those that are images, by the same names.
    sizes: BTreeMap<String, Size>,
}

/// How large an image is.
#[derive(Serialize)]
struct Size {
    width: u32,
    height: u32,
}

/// A file of the theme that is published with the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Path on the site, e.g. `assets/style.css`.
    pub path: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// Why a theme cannot be used.
#[derive(Debug)]
pub enum ThemeError {
    /// A template is wrong; the message names template and line.
    Template(RenderError),
    /// Files are no text in UTF-8, or `words.yaml` is wrong.
    Files(Vec<Diagnostic>),
}

impl fmt::Display for ThemeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template(error) => error.fmt(f),
            Self::Files(found) => {
                f.write_str("テーマのファイルを読めません")?;
                found.iter().try_for_each(|found| write!(f, "\n\n{}", diagnostic::human(found, false)))
            }
        }
    }
}

impl std::error::Error for ThemeError {}

/// A template that does not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderError {
    /// Template, e.g. `assessment.html`.
    pub template: String,
    /// Line and column, from 1; none where the fault is not at a place.
    pub place: Option<(usize, usize)>,
    /// What the template engine says.
    pub reason: String,
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "テンプレート {}", self.template)?;
        if let Some((line, column)) = self.place {
            write!(f, " の{line}行{column}文字目")?;
        }
        write!(f, "に誤りがあります: {}", self.reason)
    }
}

impl std::error::Error for RenderError {}

impl RenderError {
    fn new(template: &str, error: &tera::Error) -> Self {
        let error = Self::of(template, error);
        Self { reason: shortened(&error.reason), ..error }
    }

    /// With the file of the city's folder in the place of the template's name.
    fn in_folder(mut self, own: &BTreeMap<String, String>) -> Self {
        if let Some(file) = own.get(&self.template) {
            self.template.clone_from(file);
        }
        self
    }

    fn of(template: &str, error: &tera::Error) -> Self {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => Self {
                template: report.filename().to_owned(),
                place: Some((report.span().start_line, report.span().start_col + 1)),
                reason: report.message().to_owned(),
            },
            ErrorKind::MissingParent { current, parent } => Self {
                template: current.clone(),
                place: None,
                reason: format!("もとにするテンプレート {parent} がありません"),
            },
            ErrorKind::TemplateNotFound(name) => Self {
                template: name.clone(),
                place: None,
                reason: "このテンプレートがありません".to_owned(),
            },
            _ => Self { template: template.to_owned(), place: None, reason: error.to_string() },
        }
    }
}

/// The first lines of what the template engine says: it may list all that it would have taken.
fn shortened(reason: &str) -> String {
    const LINES: usize = 3;
    const LETTERS: usize = 300;
    let lines: Vec<_> = reason.lines().filter(|line| !line.trim().is_empty()).collect();
    let text = lines.iter().take(LINES).copied().collect::<Vec<_>>().join("\n");
    let cut: String = text.chars().take(LETTERS).collect();
    let is_whole = lines.len() <= LINES && cut.len() == text.len();
    if is_whole { text } else { format!("{cut} …") }
}

impl Theme {
    /// Loads the standard theme with some of its files replaced or added.
    ///
    /// The paths are those of the theme's folder: `templates/base.html`, `styles/30-form.css`, `words.yaml`. An own
    /// `words.yaml` may name only the words that differ; an own `assets/style.css` takes the place of all `styles/`.
    pub fn load(overrides: &[(String, Vec<u8>)]) -> Result<Self, ThemeError> {
        Self::load_from("", overrides)
    }

    /// The same; errors name the files below a folder.
    pub fn load_from(folder: &str, overrides: &[(String, Vec<u8>)]) -> Result<Self, ThemeError> {
        let overrides = own::decoded(folder, overrides).map_err(ThemeError::Files)?;
        let words = words(folder, &overrides)?;
        let files = files_with(&overrides);
        let own: BTreeMap<_, _> = overrides
            .iter()
            .filter(|_| !folder.is_empty())
            .filter_map(|(name, _)| Some((name.strip_prefix(TEMPLATES)?.to_owned(), own::path(folder, name))))
            .collect();
        let mut assets: Vec<_> = files.iter().filter_map(|(path, bytes)| asset(path, bytes)).collect();
        if assets.iter().all(|a| a.path != STYLE) {
            assets.push(style_sheet(&files));
        }
        let addresses = assets.iter().map(|asset| (asset.path.clone(), fingerprinted(asset)));
        let addresses: BTreeMap<_, _> = addresses.collect();
        let style = addresses.get(STYLE).cloned().unwrap_or_default();
        let facts = ThemeFacts { style, files: addresses, sizes: sizes(&assets) };
        let templates: Vec<_> = files
            .iter()
            .filter_map(|(path, bytes)| Some((path.strip_prefix(TEMPLATES)?, String::from_utf8_lossy(bytes))))
            .collect();
        let compile = |prepare: fn(&str) -> String| -> Result<Tera, ThemeError> {
            let mut tera = engine();
            tera.add_raw_templates(templates.iter().map(|(name, text)| (*name, prepare(text))))
                .map_err(|e| ThemeError::Template(RenderError::new("", &e).in_folder(&own)))?;
            tera.global_context().insert("w", &words);
            tera.global_context().insert("theme", &facts);
            Ok(tera)
        };
        // As written first: its faults name the lines that the author knows.
        let original = compile(str::to_owned)?;
        let tera = compile(compact::template)?;
        let review = review_assets(&files);
        Ok(Self { tera, original, assets, words, review, own })
    }

    /// What the review pack has inside it.
    pub(crate) fn review(&self) -> &ReviewAssets {
        &self.review
    }

    /// The files to publish with the site.
    pub fn assets(&self) -> &[Asset] {
        &self.assets
    }

    /// A word of the interface; the key itself where the table lacks it.
    pub(crate) fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// A word of the interface that a theme need not have.
    pub(crate) fn find_word(&self, key: &str) -> Option<&str> {
        self.words.get(key).map(String::as_str)
    }

    /// Fills in a template. `capacity` is a guess at the size of the page, in bytes.
    pub(crate) fn fill<V: Serialize>(
        &self,
        template: &str,
        view: &V,
        capacity: usize,
    ) -> Result<String, RenderError> {
        let context = Context::from_serialize(view).map_err(|e| RenderError::new(template, &e))?;
        let mut page = Vec::with_capacity(capacity);
        if let Err(error) = self.tera.render_to(template, &context, &mut page) {
            let as_written = self.original.render(template, &context).err();
            return Err(RenderError::new(template, &as_written.unwrap_or(error)).in_folder(&self.own));
        }
        String::from_utf8(page).map_err(|e| RenderError::new(template, &e.into()))
    }
}

/// The template engine with our filters.
fn engine() -> Tera {
    let mut tera = Tera::new();
    tera.register_filter("fill", fill);
    tera.register_filter("phrases", phrases);
    tera.register_filter("percent", percent);
    tera
}

/// `{{ w.rows | fill(n=3) }}`: puts values into the `{n}` of a word.
#[allow(clippy::needless_pass_by_value, reason = "the signature of a filter is the engine's")]
fn fill(word: &str, values: Kwargs, _: &State) -> String {
    values.iter().fold(word.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{}}}", name.as_str().unwrap_or_default()), &value.to_string())
    })
}

/// So few letters stand on one line wherever headings stand.
const LONGEST_ON_ONE_LINE: usize = 10;

/// `{{ title | phrases }}`: the text of a heading with `<wbr>` where its lines may end.
#[allow(clippy::needless_pass_by_value, reason = "the signature of a filter is the engine's")]
fn phrases(text: StringInput<'_>, _: Kwargs, state: &State) -> TeraResult<Value> {
    if text.is_safe() {
        return Ok(Value::safe_string(text.as_str()));
    }
    let mut html = String::with_capacity(text.as_str().len() + 20);
    let is_short = text.as_str().chars().count() <= LONGEST_ON_ONE_LINE;
    let whole = is_short.then(|| text.as_str()).into_iter();
    let pieces = (!is_short).then(|| phrases::pieces(text.as_str())).into_iter().flatten();
    for (number, piece) in whole.chain(pieces).enumerate() {
        if number > 0 {
            html.push_str("<wbr>");
        }
        match piece.contains(['&', '<', '>', '"', '\'']) {
            true => html.push_str(&state.escape(piece)?),
            false => html.push_str(piece),
        }
    }
    Ok(Value::safe_string(&html))
}

/// `{{ block.number | percent }}`: a text as a part of an address.
#[allow(clippy::needless_pass_by_value, reason = "the signature of a filter is the engine's")]
fn percent(text: &str, _: Kwargs, _: &State) -> String {
    percent_encoded(text)
}

/// The files of the standard theme under the overriding ones, sorted by path.
fn files_with(overrides: &[(String, Vec<u8>)]) -> BTreeMap<&str, &[u8]> {
    let mut files = BTreeMap::new();
    let mut folders = vec![&STANDARD];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        files.extend(folder.files().filter_map(|f| Some((f.path().to_str()?, f.contents()))));
    }
    files.extend(overrides.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())));
    files
}

fn words(folder: &str, overrides: &[(String, Vec<u8>)]) -> Result<IndexMap<String, String>, ThemeError> {
    let mut words = standard_words();
    for (name, bytes) in overrides.iter().filter(|(name, _)| name == WORDS) {
        let file = SourceFile::new(own::path(folder, name), String::from_utf8_lossy(bytes));
        let (table, mut found) = own::words(&file, None);
        found.retain(|found| found.severity == Severity::Error);
        if !found.is_empty() {
            return Err(ThemeError::Files(found));
        }
        words.extend(table);
    }
    Ok(words)
}

/// The words of the standard theme.
fn standard_words() -> IndexMap<String, String> {
    let text = STANDARD.get_file(WORDS).and_then(include_dir::File::contents_utf8).unwrap_or_default();
    own::words(&SourceFile::new(WORDS, text), None).0
}

fn asset(path: &str, bytes: &[u8]) -> Option<Asset> {
    path.strip_prefix(ASSETS)?;
    let bytes = match std::str::from_utf8(bytes) {
        Ok(css) if path == STYLE => compact::style(css).into_bytes(),
        _ => bytes.to_vec(),
    };
    Some(Asset { path: path.to_owned(), bytes })
}

fn sizes(assets: &[Asset]) -> BTreeMap<String, Size> {
    let size = |asset: &Asset| image::size(&asset.bytes).map(|(width, height)| Size { width, height });
    assets.iter().filter_map(|asset| Some((asset.path.clone(), size(asset)?))).collect()
}

/// A part of the style sheet: notes may lie beside them.
fn is_style(path: &str) -> bool {
    path.starts_with(STYLES) && own::extension(path) == "css"
}

/// One style sheet of all parts: one request, and a city replaces the part that it wants to change.
fn style_sheet(files: &BTreeMap<&str, &[u8]>) -> Asset {
    let parts = files.iter().filter(|(path, _)| is_style(path));
    let parts: Vec<_> = parts.map(|(_, bytes)| compact::style(&String::from_utf8_lossy(bytes))).collect();
    Asset { path: STYLE.to_owned(), bytes: parts.concat().into_bytes() }
}

/// The style sheet of the review pack follows that of the site, whichever parts of it a city has replaced.
fn review_assets(files: &BTreeMap<&str, &[u8]>) -> ReviewAssets {
    let is_part = |path: &str| match files.contains_key(STYLE) {
        true => path == STYLE,
        false => is_style(path) && !NOT_IN_REVIEW.contains(&&path[STYLES.len()..]),
    };
    let parts = files.iter().filter(|(path, _)| is_part(path)).map(|(_, bytes)| *bytes);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let own = files.get(REVIEW_STYLE).copied();
    let script = files.get(REVIEW_SCRIPT).copied().map(text).unwrap_or_default();
    ReviewAssets {
        style: parts.chain(own).map(|bytes| compact::style(&text(bytes))).collect(),
        // A browser reads no carriage returns, and the digest of the script must be that of what it reads.
        script: script.replace("\r\n", "\n"),
    }
}

/// The path of an asset with a mark of its content, so that browsers do not keep an old one (FNV-1a).
fn fingerprinted(asset: &Asset) -> String {
    let hash = asset.bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{}?v={:08x}", asset.path, hash >> 32)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The pack is sent by mail; it should not grow with every page that the site gets.
    const MOST_REVIEW_STYLE: usize = 32 * 1024;

    /// The classes that are written out in the templates of the pack.
    fn classes_of_review() -> BTreeSet<String> {
        let files = files_with(&[]);
        let is_of_pack = |path: &str| {
            path.starts_with("templates/review/")
                || path.starts_with("templates/redline")
                || path == "templates/official-table.html"
        };
        let texts = files.iter().filter(|(path, _)| is_of_pack(path));
        let texts: String = texts.map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect();
        let lists = texts.split("class=\"").skip(1).filter_map(|rest| rest.split(['"', '{']).next());
        lists.flat_map(str::split_whitespace).map(str::to_owned).collect()
    }

    fn has_rule(style: &str, class: &str) -> bool {
        let dotted = format!(".{class}");
        style.match_indices(&dotted).any(|(at, _)| {
            let next = style[at + dotted.len()..].chars().next();
            next.is_some_and(|c| !c.is_alphanumeric() && c != '-' && c != '_')
        })
    }

    #[test]
    fn the_review_pack_has_the_rules_of_what_it_shows() {
        let theme = Theme::load(&[]).unwrap();
        let site = theme.assets().iter().find(|asset| asset.path == STYLE).unwrap();
        let site = String::from_utf8_lossy(&site.bytes);
        let review = &theme.review().style;
        let classes = classes_of_review();
        assert!(classes.len() > 20, "{classes:?}");
        for class in classes.iter().filter(|class| has_rule(&site, class)) {
            assert!(has_rule(review, class), ".{class} has no rule in the pack");
        }
        assert!(review.len() < MOST_REVIEW_STYLE, "{}", review.len());
    }

    #[test]
    fn what_the_review_pack_leaves_out_exists() {
        let files = files_with(&[]);
        for name in NOT_IN_REVIEW {
            assert!(files.contains_key(format!("{STYLES}{name}").as_str()), "{name}");
        }
    }
}
