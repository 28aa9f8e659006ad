//! Which kind of page a path is: pages are of one kind when their paths differ only in the names of places and things.

/// Folders whose pages are one kind each, and what the names below them stand for, folder by folder.
const COLLECTIONS: [(&str, &[&str]); 11] = [
    ("items", &["様式", "項目"]),
    ("causes", &["きっかけ"]),
    ("systems", &["システム"]),
    ("contractors", &["委託先"]),
    ("laws", &["法令"]),
    ("shared", &["文章"]),
    ("glossary", &["用語"]),
    ("prefectures", &["都道府県"]),
    ("v", &["公表日"]),
    ("compare", &["版と版"]),
    ("changes", &["年"]),
];
/// Those of them whose own list may go on in numbered folders.
const LISTS: [&str; 5] = ["systems", "contractors", "laws", "shared", "causes"];
/// Below a document, `items/` has no folders of forms: the document has one form.
const ITEMS_OF_DOCUMENT: &[&str] = &["項目"];

/// The kind of the page at a path, as a pattern of its address: `/（団体コード）/（評価書）/changes/（年）/`.
pub(super) fn kind_of(path: &str) -> String {
    let address = path.strip_suffix("index.html").unwrap_or(path);
    let mut kind = String::with_capacity(address.len() + 16);
    let mut before = "";
    // What the folders that follow are called.
    let mut names: &[&str] = &[];
    for (depth, part) in address.split('/').enumerate() {
        kind.push('/');
        if let Some(name) = name_of(before, part, &mut names) {
            kind.push('（');
            kind.push_str(name);
            kind.push('）');
        } else {
            kind.push_str(part);
            let found = COLLECTIONS.iter().find(|(folder, _)| *folder == part);
            names = match found {
                Some(("items", _)) if depth > 0 => ITEMS_OF_DOCUMENT,
                Some((_, names)) => names,
                None => &[],
            };
        }
        before = part;
    }
    kind
}

/// What a part of a path stands for; none where it is called so on every site.
fn name_of(before: &str, part: &str, names: &mut &'static [&'static str]) -> Option<&'static str> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_municipality = |text: &str| text.len() == 6 && is_digits(text);
    if part.is_empty() {
        return None;
    }
    if before == "changes" && !is_year(part) {
        return None;
    }
    if LISTS.contains(&before) && is_digits(part) {
        return Some("ページ");
    }
    if let [name, rest @ ..] = *names {
        *names = rest;
        return Some(name);
    }
    if is_municipality(part) {
        return Some("団体コード");
    }
    if is_municipality(before) && is_digits(part.split('-').next().unwrap_or_default()) {
        return Some("評価書");
    }
    // The later pages of a long list.
    is_digits(part).then_some("ページ")
}

/// `2022`, `2022-2`, `nodate`.
fn is_year(part: &str) -> bool {
    let first = part.split('-').next().unwrap_or_default();
    first == "nodate" || (first.len() == 4 && first.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_a_city_chose_make_no_kind() {
        for (path, kind) in [
            ("index.html", "/"),
            ("404.html", "/404.html"),
            ("011002/index.html", "/（団体コード）/"),
            ("011002/15-a/index.html", "/（団体コード）/（評価書）/"),
            ("011002/15-a/changes/index.html", "/（団体コード）/（評価書）/changes/"),
            ("011002/15-a/changes/2022-2/index.html", "/（団体コード）/（評価書）/changes/（年）/"),
            ("011002/15-a/v/2022-04-01/index.html", "/（団体コード）/（評価書）/v/（公表日）/"),
            ("011002/changes/nodate/index.html", "/（団体コード）/changes/（年）/"),
            ("011002/15-a/changes/table/index.html", "/（団体コード）/（評価書）/changes/table/"),
            ("011002/15-a/items/ii-3/index.html", "/（団体コード）/（評価書）/items/（項目）/"),
            (
                "011002/15-a/compare/2022-04-01_2023-04-01/index.html",
                "/（団体コード）/（評価書）/compare/（版と版）/",
            ),
            ("011002/due/index.html", "/（団体コード）/due/"),
            ("changes/2022/index.html", "/changes/（年）/"),
            ("items/index.html", "/items/"),
            ("items/zenkomoku/index.html", "/items/（様式）/"),
            ("items/zenkomoku/ii-3-source/index.html", "/items/（様式）/（項目）/"),
            ("items/zenkomoku/ii-3-source/2/index.html", "/items/（様式）/（項目）/（ページ）/"),
            ("systems/x5foxxx4aze/index.html", "/systems/（システム）/"),
            ("systems/x5foxxx4aze/2/index.html", "/systems/（システム）/（ページ）/"),
            ("systems/2/index.html", "/systems/（ページ）/"),
            ("causes/12/index.html", "/causes/（ページ）/"),
            ("contractors/xelee6uqoyu/index.html", "/contractors/（委託先）/"),
            ("laws/bango-19-8/index.html", "/laws/（法令）/"),
            ("prefectures/13/index.html", "/prefectures/（都道府県）/"),
            ("causes/2020-07-31-25120f82/index.html", "/causes/（きっかけ）/"),
            ("due/index.html", "/due/"),
        ] {
            assert_eq!(kind_of(path), kind);
        }
    }
}
