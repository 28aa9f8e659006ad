//! Which kind of page a path is: pages are of one kind when their paths differ only in the names of places and things.

/// Folders whose pages are one kind each, and what their names stand for.
const COLLECTIONS: [(&str, &str); 9] = [
    ("items", "項目"),
    ("causes", "きっかけ"),
    ("systems", "システム"),
    ("contractors", "委託先"),
    ("laws", "法令"),
    ("shared", "文章"),
    ("glossary", "用語"),
    ("v", "公表日"),
    ("compare", "版と版"),
];

/// The kind of the page at a path, as a pattern of its address: `/（団体コード）/（評価書）/changes/（年）/`.
pub(super) fn kind_of(path: &str) -> String {
    let address = path.strip_suffix("index.html").unwrap_or(path);
    let mut kind = String::with_capacity(address.len() + 16);
    let mut before = "";
    for part in address.split('/') {
        kind.push('/');
        kind.push_str(&name_of(before, part));
        before = part;
    }
    kind
}

fn name_of<'p>(before: &str, part: &'p str) -> std::borrow::Cow<'p, str> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_municipality = |text: &str| text.len() == 6 && is_digits(text);
    if part.is_empty() {
        return part.into();
    }
    if let Some((_, what)) = COLLECTIONS.iter().find(|(folder, _)| *folder == before) {
        return format!("（{what}）").into();
    }
    if is_municipality(part) {
        return "（団体コード）".into();
    }
    let first = part.split('-').next().unwrap_or_default();
    if part == "nodate" || part.starts_with("nodate-") || (first.len() == 4 && is_digits(first)) {
        return "（年）".into();
    }
    if is_municipality(before) && is_digits(first) {
        return "（評価書）".into();
    }
    part.into()
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
            ("items/ii-3/index.html", "/items/（項目）/"),
            ("due/index.html", "/due/"),
        ] {
            assert_eq!(kind_of(path), kind);
        }
    }
}
