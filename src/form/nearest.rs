//! "Did you mean": the items nearest to a key that names none, and where else on the form a key would be right.

use super::{Form, Node, NodeIx, fold, fold_kana, key_spellings};

/// Below this likeness (0 to 1) a suggestion confuses more than it helps.
const PLAUSIBLE: f64 = 0.5;

/// The likeness of a key that is a part of a label, or the other way round.
const CONTAINED: f64 = 0.75;

/// An item that a mistyped key may have meant.
#[derive(Debug, Clone, Copy)]
pub struct Near<'f> {
    /// The item.
    pub node: &'f Node,
    /// How like the key is to one of its spellings, 0 to 1.
    pub likeness: f64,
}

/// How like two texts are, 0 to 1, after folding.
pub fn likeness_of(a: &str, b: &str) -> f64 {
    likeness(&fold_kana(a), &fold_kana(b))
}

impl Form {
    /// The children of `parent` (none = the top of the document, with the items of the cover) that a key that names
    /// none of them may have meant, best first. Empty where nothing is near.
    pub fn nearest_keys(&self, parent: Option<NodeIx>, key: &str) -> Vec<Near<'_>> {
        let key = fold_kana(key);
        if key.is_empty() {
            return Vec::new();
        }
        let mut near: Vec<_> = self
            .keys_below(parent)
            .into_iter()
            .map(|ix| Near { likeness: likeness_to(self.node(ix), &key), node: self.node(ix) })
            .filter(|near| near.likeness >= PLAUSIBLE && denies(&near.node.label) == denies(&key))
            .collect();
        // Equally near ones stay in the order of the form.
        near.sort_by(|a, b| b.likeness.total_cmp(&a.likeness));
        near
    }

    /// Every node of the form whose label or alias, with or without its number mark, is exactly this key after folding.
    pub fn find_label_anywhere(&self, key: &str) -> Vec<&Node> {
        let mut lookup = (None, fold(key));
        let parents = self.nodes.iter().filter(|n| !n.children.is_empty()).map(|n| Some(n.ix));
        let mut found: Vec<NodeIx> = Vec::new();
        for parent in std::iter::once(None).chain(parents) {
            lookup.0 = parent;
            found.extend(self.index.by_key.get(&lookup).copied());
        }
        found.sort();
        found.dedup();
        found.into_iter().map(|ix| self.node(ix)).collect()
    }

    fn keys_below(&self, parent: Option<NodeIx>) -> Vec<NodeIx> {
        if let Some(parent) = parent {
            return self.node(parent).children.clone();
        }
        let cover = self.sections().find(|s| s.id == "cover");
        let cover_items = cover.map(|c| c.children.as_slice()).unwrap_or_default();
        self.sections.iter().chain(cover_items).copied().collect()
    }
}

/// Whether a text denies something. 「実施しない」 is spelt nearly as 「実施します」 and means the opposite.
pub fn denies(text: &str) -> bool {
    // 未満 is a number, no denial.
    let text = text.replace("未満", "");
    ["ない", "なし", "無", "未", "不", "非"].iter().any(|word| text.contains(word))
}

/// The label that a misspelt text means beyond doubt: one slip of the pen away, nothing else near, and no word in which
/// one sign turns the meaning round. Numbers are never guessed.
pub fn surely<'l>(text: &str, labels: impl IntoIterator<Item = &'l str>) -> Option<&'l str> {
    const SHORTEST: usize = 3;
    const LONG: usize = 8;
    let text = fold_kana(text);
    let mut best: Option<(usize, &str)> = None;
    let mut second = usize::MAX;
    for label in labels {
        let distance = strsim::damerau_levenshtein(&fold_kana(label), &text);
        match best {
            // Editions of one form have one name.
            Some((_, same)) if same == label => {}
            Some((least, _)) if distance >= least => second = second.min(distance),
            _ => second = best.replace((distance, label)).map_or(second, |(least, _)| least),
        }
    }
    let (distance, label) = best?;
    let folded = fold_kana(label);
    let length = folded.chars().count();
    let is_slip = length >= SHORTEST && distance <= if length >= LONG { 2 } else { 1 };
    // Two slips leave more room for another reading than one.
    let is_alone = second.saturating_sub(distance) >= distance.max(1);
    let has_digits = |text: &str| text.contains(|c: char| c.is_numeric());
    let is_turned = TURNING.iter().any(|word| folded.contains(word) != text.contains(word));
    let is_clear = !has_digits(&text) && !has_digits(&folded) && !is_turned && denies(label) == denies(&text);
    (is_slip && is_alone && is_clear).then_some(label)
}

/// Signs by which labels differ that mean opposite things.
const TURNING: [&str; 16] =
    ["上", "下", "前", "後", "内", "外", "有", "無", "可", "入", "出", "超", "未", "全", "初", "再"];

fn likeness_to(node: &Node, key: &str) -> f64 {
    key_spellings(node).iter().map(|s| likeness(&fold_kana(s), key)).fold(0.0, f64::max)
}

/// Likeness of two folded texts, 0 to 1.
pub(super) fn likeness(a: &str, b: &str) -> f64 {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    // Texts of so different lengths are never alike; measuring them costs time and memory with their product.
    let is_longer = long.chars().nth(2 * short.chars().count()).is_some();
    let edits = if is_longer { 0.0 } else { strsim::normalized_damerau_levenshtein(a, b) };
    // A single sign is part of too much, and a sentence has too many parts.
    let count = short.chars().count();
    let is_part = count >= 2 && long.chars().count() <= 4 * count && long.contains(short);
    if is_part { edits.max(CONTAINED) } else { edits }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(nodes: &[&Node]) -> Vec<String> {
        nodes.iter().map(|n| n.id.clone()).collect()
    }

    fn near(parent: Option<NodeIx>, key: &str) -> Vec<String> {
        form().nearest_keys(parent, key).iter().map(|near| near.node.id.clone()).collect()
    }

    fn form() -> &'static Form {
        Form::with_id("zenkomoku-h30-05").unwrap()
    }

    #[test]
    fn a_slip_of_the_pen_finds_its_neighbour() {
        let usage = form().by_id("ii.3").unwrap().ix;
        for key in ["使用方方", "使用の方法", "⑧使用法", "使用"] {
            let found = near(Some(usage), key);
            assert!(found.iter().any(|n| n == "ii.3.usage"), "{key}: {found:?}");
        }
        assert_eq!(near(Some(usage), "使用開始び")[0], "ii.3.usage-start");
        assert_eq!(near(None, "基本状況")[0], "i");
        assert_eq!(near(None, "評価書番合")[0], "cover.number");
    }

    #[test]
    fn nothing_is_suggested_for_something_else() {
        let usage = form().by_id("ii.3").unwrap().ix;
        assert!(near(Some(usage), "まったく別の見出し").is_empty());
        assert!(near(Some(usage), " ").is_empty());
        assert!(near(None, "").is_empty());
    }

    #[test]
    fn the_opposite_is_never_suggested() {
        assert!(denies("実施しない") && !denies("実施します") && !denies("1,000人未満"));
        let connection = form().by_id("iii.6").unwrap().ix;
        assert!(near(Some(connection), "接続する（入手）").is_empty());
        assert_eq!(near(Some(connection), "接続しない(入手")[0], "iii.6.no-obtain");
    }

    #[test]
    fn only_a_slip_of_the_pen_is_sure() {
        let sure = |text: &str, labels: &[&'static str]| surely(text, labels.iter().copied());
        let audit = ["自己点検", "内部監査", "外部監査"];
        assert_eq!(sure("自己点険", &audit), Some("自己点検"));
        assert_eq!(sure("部内監査", &audit), Some("内部監査"));
        assert_eq!(sure("国部監査", &audit), None, "two labels are equally near");
        assert_eq!(sure("事務の慨要", &["事務の名称", "事務の概要"]), Some("事務の概要"));
        assert_eq!(sure("実施します", &["実施する", "実施しない", "未定"]), None);
        assert_eq!(sure("30万人以下", &["30万人以上", "10万人以上30万人未満"]), None);
        assert_eq!(sure("基礎項目評価著", &["基礎項目評価書"; 2]), Some("基礎項目評価書"));
        assert_eq!(sure("事全", &["事前", "事後"]), None);
        assert_eq!(sure("十分でない", &["十分である", "課題が残されている"]), None);
        assert_eq!(sure("まったく別のもの", &audit), None);
        assert_eq!(sure("その外", &["その他", "専用線"]), None, "a sign that turns a meaning round");
        assert_eq!(sure("委託する", &[]), None);
    }

    #[test]
    fn a_key_in_the_wrong_place_is_found_in_its_own() {
        assert_eq!(ids(&form().find_label_anywhere("⑧使用方法 ※")), ["ii.3.usage"]);
        assert_eq!(ids(&form().find_label_anywhere("評価書名")), ["cover.name"]);
        assert_eq!(
            ids(&form().find_label_anywhere("法令上の根拠")),
            [
                "i.5.legal-basis",
                "i.6.legal-basis",
                "ii.5.recipient.legal-basis",
                "ii.5.transferee.legal-basis"
            ]
        );
        assert!(form().find_label_anywhere("使用").is_empty());
    }
}
