//! Which cause an explanation (提出時期に係る説明) names, if any. The wordings are data (`wordings.yaml`).

use std::collections::BTreeSet;
use std::sync::OnceLock;

use regex::Regex;
use serde::Deserialize;

use crate::form::{fold, letters};

const DATA: &str = include_str!("wordings.yaml");
/// Letters below which a core says nothing.
const SHORTEST: usize = 3;
/// Letters below which a core with a name is no cause outside its own municipality and day.
const SHORTEST_NAMED: usize = 5;
/// How many causes one explanation names at most.
const MOST: usize = 2;
/// Particles, which one writes and another leaves out (「利用の終了」, 「利用終了」).
const PARTICLES: [char; 8] = ['の', 'を', 'に', 'が', 'は', 'で', 'と', 'へ'];

/// A cause as an explanation names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Core {
    /// Its letters, without what only says that something was written and without particles: equal ones are one cause.
    pub(super) text: String,
    /// Its words in katakana, Latin letters and digits; empty where it names nothing in particular.
    pub(super) names: BTreeSet<String>,
    /// Whether it names a system, a law or a project, so that it means the same elsewhere and on another day.
    pub(super) is_specific: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Patterns {
    silent: Vec<String>,
    endings: Vec<String>,
    common: Vec<String>,
    names: Vec<String>,
    dated: Vec<String>,
}

struct Wordings {
    silent: Regex,
    endings: Vec<Regex>,
    common: Regex,
    names: Regex,
    /// What names something by its day.
    dated: Regex,
    /// Where one explanation goes on to the next cause.
    cuts: Regex,
    words: Regex,
}

/// The causes that an explanation names, in its order; none where it only speaks of 提出時期 and the like.
pub(super) fn cores(reason: &str) -> Vec<Core> {
    let wordings = wordings();
    // A reason that was cut in the middle of a word cannot be told from one that goes on otherwise: all of it counts.
    let folded = fold(reason);
    let left = wordings.silent.replace_all(&folded, "");
    let mut cores: Vec<Core> = Vec::new();
    for part in parts(&left, &wordings.cuts) {
        let Some(core) = core(part, wordings) else { continue };
        if cores.iter().all(|known| known.text != core.text) {
            cores.push(core);
        }
    }
    cores.truncate(MOST);
    cores
}

/// The sentences of an explanation that name a cause; all of it where none does by itself.
pub(super) fn telling(reason: &str) -> String {
    let sentences: Vec<&str> = reason.split('。').filter(|sentence| !cores(sentence).is_empty()).collect();
    if sentences.is_empty() { reason.to_owned() } else { sentences.join("。").trim().to_owned() }
}

/// 「Aに伴う追記、Bに係る変更」 names two causes: it is cut behind what was done because of the first.
fn parts<'t>(text: &'t str, cuts: &Regex) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for cut in cuts.find_iter(text) {
        parts.push(&text[from..cut.end()]);
        from = cut.end();
    }
    parts.push(&text[from..]);
    parts
}

fn core(part: &str, wordings: &Wordings) -> Option<Core> {
    let is_mark = |c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')');
    let mut text = part.trim_matches(is_mark);
    for ending in &wordings.endings {
        if let Some(found) = ending.find(text) {
            text = text[..found.start()].trim_matches(is_mark);
        }
    }
    let core: String = letters(text).chars().filter(|c| !PARTICLES.contains(c)).collect();
    let length = core.chars().count();
    if length < SHORTEST || wordings.silent.find(text).is_some_and(|m| m.len() == text.len()) {
        return None;
    }
    let telling = wordings.common.replace_all(text, "・");
    let names = wordings.words.find_iter(text).map(|m| m.as_str().to_owned()).collect();
    let is_named = wordings.names.is_match(&telling) || wordings.dated.is_match(text);
    let is_specific = length >= SHORTEST_NAMED && is_named;
    Some(Core { text: core, names, is_specific })
}

impl Core {
    /// Whether both name the same system, law or project.
    pub(super) fn shares_name(&self, other: &Self) -> bool {
        self.names.iter().any(|name| {
            let is_name = !wordings().common.replace_all(name, "").is_empty() && name.chars().count() >= 3;
            is_name && other.names.contains(name)
        })
    }
}

/// The wordings.
///
/// # Panics
/// Never in a tested build: the data file is part of the program and a test loads it.
fn wordings() -> &'static Wordings {
    static WORDINGS: OnceLock<Wordings> = OnceLock::new();
    WORDINGS.get_or_init(|| load().unwrap_or_else(|e| panic!("the wordings of causes do not load: {e}")))
}

fn load() -> Result<Wordings, String> {
    let data: Patterns = serde_saphyr::from_str(DATA).map_err(|e| e.to_string())?;
    let regex = |pattern: &str| Regex::new(pattern).map_err(|e| e.to_string());
    Ok(Wordings {
        silent: regex(&data.silent.join("|"))?,
        endings: data.endings.iter().map(|ending| regex(ending)).collect::<Result<_, _>>()?,
        common: regex(&data.common.join("|"))?,
        names: regex(&data.names.join("|"))?,
        dated: regex(&data.dated.join("|"))?,
        cuts: regex(r"\.|(追記|修正|変更|削除|追加|ため)、")?,
        words: regex(r"[ァ-ヺー]{2,}|[A-Za-z]+|[0-9]+")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(reason: &str) -> Vec<String> {
        cores(reason).into_iter().map(|core| core.text).collect()
    }

    fn is_specific(reason: &str) -> bool {
        cores(reason).iter().any(|core| core.is_specific)
    }

    #[test]
    fn a_formula_about_timing_names_no_cause() {
        for reason in [
            "緊急時の事後評価の適用対象",
            "重要な変更に当たらない。",
            "重要な変更には該当しないため、事後で足りる。",
            "評価規則第９条第２項（緊急時の事後評価）の適用",
            "事前の提出・公表が義務付けられない。",
            "軽微な変更",
            "軽微な文言修正",
            "誤字の修正",
            "記載内容の見直し",
            "記載漏れのため",
            "その他の項目の変更であり、事前の提出は義務付けられていない",
            "リスクを明らかに軽減させる変更",
            "同上",
        ] {
            assert_eq!(texts(reason), [""; 0], "{reason}");
        }
    }

    #[test]
    fn a_general_occasion_belongs_to_its_own_day() {
        for reason in [
            "組織改正",
            "組織改編による所属名の変更",
            "法改正に伴う修正",
            "委託先の変更",
            "契約更新に伴う委託先名の変更",
            "番号法の改正に伴う変更",
            "人事異動に伴う所属長の変更",
            "総務省通知に基づく変更",
            "システムの更新",
        ] {
            assert!(!texts(reason).is_empty(), "{reason}");
            assert!(!is_specific(reason), "{reason}: {:?}", cores(reason));
        }
    }

    #[test]
    fn a_named_thing_is_a_cause_anywhere() {
        for reason in [
            "みほん照会システム（ＭＳＳ）の利用終了に伴う削除",
            "標準準拠システムへの移行に伴う変更",
            "ガバメントクラウドの利用開始に伴う追記。重要な変更に当たる。",
            "母子保健法の改正に伴う修正",
            "特別見本給付金の支給事務の開始",
            "eLTAXの更改",
        ] {
            assert!(is_specific(reason), "{reason}: {:?}", cores(reason));
        }
    }

    #[test]
    fn a_day_names_what_the_law_changed_but_not_what_a_city_changed() {
        for (reason, expected) in [
            ("令和６年10月の様式の変更により加わった項目を記載した。", true),
            ("令和6年5月27日の番号法の改正に伴う条項の変更である。", true),
            ("令和4年4月1日の組織改正による部署名の変更である。", false),
            ("令和4年4月1日の条例の改正による変更である。", false),
        ] {
            assert_eq!(is_specific(reason), expected, "{reason}: {:?}", cores(reason));
        }
    }

    #[test]
    fn a_title_leaves_out_what_names_no_cause() {
        for (reason, title) in [
            ("MSSの機能廃止に伴う変更である。重要な変更に当たらない。", "MSSの機能廃止に伴う変更である"),
            (
                "MSSの機能廃止に伴う変更であり、重要な変更に当たらない。",
                "MSSの機能廃止に伴う変更であり、重要な変更に当たらない",
            ),
            ("組織改正", "組織改正"),
            ("軽微な変更。", "軽微な変更。"),
        ] {
            assert_eq!(telling(reason), title);
        }
    }

    #[test]
    fn what_was_written_because_of_it_falls_away() {
        for reason in [
            "ＭＳＳの機能廃止に伴う削除",
            "MSSの機能廃止に伴い修正",
            "ＭＳＳの機能廃止のため",
            "MSSの機能廃止に係る変更（前回未対応分）",
            "MSSの機能廃止による。重要な変更には該当しない。",
        ] {
            assert_eq!(texts(reason), ["MSS機能廃止"], "{reason}");
        }
    }

    #[test]
    fn one_explanation_may_name_two_causes() {
        let both = texts("MSSの機能廃止に伴う削除、みほんアプリの導入に係る追記");
        assert_eq!(both, ["MSS機能廃止", "みほんアプリ導入"]);
    }

    #[test]
    fn only_particles_may_differ() {
        let texts = |a: &str, b: &str| (texts(a), texts(b));
        let (a, b) =
            texts("見本照会システム（MSS）の利用終了に伴う削除", "見本照会システム(ＭＳＳ)利用の終了のため");
        assert_eq!(a, b);
        for (a, b) in [
            ("番号法第19条第7号の改正に伴う修正", "番号法第19条第8号の改正に伴う修正"),
            ("ミホンシステムの利用開始に伴う追記", "ミホンシステムの利用終了に伴う追記"),
            ("MSSを利用することとしたため", "MSSを利用しないこととしたため"),
        ] {
            let (a, b) = texts(a, b);
            assert_ne!(a, b);
        }
    }

    #[test]
    fn a_shared_name_is_more_than_a_common_word() {
        let share = |a: &str, b: &str| cores(a)[0].shares_name(&cores(b)[0]);
        assert!(share("MSSの利用", "MSSの機能廃止"));
        assert!(!share("健康システムの利用", "税務システムの変更"));
    }
}
