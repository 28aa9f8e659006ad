//! Wordings that stand in the catalogue as data, looked for in every text (LINT).
//!
//! Only in what the document says today: rows of 変更箇所 keep the words of their time.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::OnceLock;

use regex::{Regex, RegexSet};

use crate::assessment::Value;
use crate::check::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::form::Slot;
use crate::rules::{Phrase, catalogue};
use crate::wareki::{self, CivilDate};

/// A phrase with its expressions.
struct Ready {
    code: Code,
    phrase: &'static Phrase,
    pattern: Regex,
    near: Option<Regex>,
    unless: Option<Regex>,
    from: Option<CivilDate>,
}

struct Phrases {
    all: Vec<Ready>,
    /// All patterns in one, so that a text is read once where it holds none of them, as nearly every one does.
    any: RegexSet,
}

pub(super) fn check(context: &Context<'_>, found: &mut Vec<Diagnostic>) {
    let phrases = phrases();
    let published = context.published();
    for (slot, value) in context.answers.values() {
        let Value::Text(text) = value else { continue };
        let mut told: Vec<Range<usize>> = Vec::new();
        for number in phrases.any.matches(text) {
            let ready = &phrases.all[number];
            if !speaks(context, ready, slot, published) {
                continue;
            }
            let places: Vec<_> = ready
                .places(text)
                .filter(|place| told.iter().all(|t| t.end <= place.start || place.end <= t.start))
                .collect();
            if let Some(first) = places.first() {
                found.push(finding(context, ready, slot, text, first.clone(), places.len() - 1));
            }
            told.extend(places);
        }
    }
}

/// Whether a phrase is asked for in the item of a slot, and on the day of publication.
fn speaks(context: &Context<'_>, ready: &Ready, slot: Slot, published: Option<CivilDate>) -> bool {
    let items = &ready.phrase.items;
    let plays = || context.form.roles_of(slot.node).any(|role| items.iter().any(|i| i == role));
    let is_due = ready.from.is_none_or(|from| published.is_some_and(|day| day >= from));
    is_due && (items.is_empty() || plays())
}

/// One finding for all places in one text: they are mended together.
fn finding(
    context: &Context<'_>,
    ready: &Ready,
    slot: Slot,
    text: &str,
    place: Range<usize>,
    more: usize,
) -> Diagnostic {
    let mut message = ready.phrase.message.replace("{text}", text.get(place.clone()).unwrap_or_default());
    if more > 0 {
        let _ = write!(message, "（この項目に、ほかに {more} か所）");
    }
    let mut diagnostic = context.within(ready.code, slot, place, message).help(ready.code.rule().fix.trim());
    diagnostic.suggestion.clone_from(&ready.phrase.suggestion);
    diagnostic
}

impl Ready {
    fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
        self.pattern.captures_iter(text).filter_map(move |captures| {
            let whole = captures.get(0)?;
            let meant = captures.get(1).unwrap_or(whole);
            let paragraph = paragraph(text, meant.start());
            let near = self.near.as_ref().is_none_or(|near| near.is_match(paragraph));
            let unless = self.unless.as_ref().is_some_and(|unless| unless.is_match(paragraph));
            (near && !unless).then(|| meant.range())
        })
    }
}

/// The paragraph around a place: up to a blank line.
fn paragraph(text: &str, at: usize) -> &str {
    let start = text[..at].rfind("\n\n").map_or(0, |found| found + 2);
    let end = text[at..].find("\n\n").map_or(text.len(), |found| at + found);
    &text[start..end]
}

fn phrases() -> &'static Phrases {
    static PHRASES: OnceLock<Phrases> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let of_rules = catalogue().all().flat_map(|rule| rule.phrases.iter().map(|p| (rule.code(), p)));
        let all: Vec<_> = of_rules
            .map(|(code, phrase)| Ready {
                code,
                phrase,
                pattern: expression(code, &phrase.pattern),
                near: phrase.near.as_deref().map(|near| expression(code, near)),
                unless: phrase.unless.as_deref().map(|unless| expression(code, unless)),
                from: phrase.from.as_deref().and_then(|day| wareki::parse(day).ok()).map(|day| day.date),
            })
            .collect();
        let any = RegexSet::new(all.iter().map(|r| r.pattern.as_str()));
        let any = any.unwrap_or_else(|e| panic!("the expressions of the catalogue do not go together: {e}"));
        Phrases { all, any }
    })
}

/// # Panics
/// Never in a tested build: the expressions are part of the program.
fn expression(code: Code, text: &str) -> Regex {
    Regex::new(text).unwrap_or_else(|e| panic!("{}: {e}", code.id()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_has_expressions_and_a_day_that_can_be_read() {
        for ready in &phrases().all {
            assert_eq!(ready.from.is_some(), ready.phrase.from.is_some(), "{}", ready.code.id());
        }
    }

    #[test]
    fn the_context_of_a_wording_is_its_paragraph() {
        let text = "一つ目\nその続き\n\n二つ目\n\n三つ目";
        let at = text.find("二").unwrap();
        assert_eq!(paragraph(text, at), "二つ目");
        assert_eq!(paragraph(text, 0), "一つ目\nその続き");
    }

    /// The wordings that the phrases of a rule find in a text.
    fn found(code: &str, text: &str) -> Vec<String> {
        let of_rule = phrases().all.iter().filter(|r| r.code.id() == code);
        of_rule.flat_map(|r| r.places(text).map(|p| text[p].to_owned()).collect::<Vec<_>>()).collect()
    }

    #[track_caller]
    fn check(code: &str, text: &str, expected: &[&str]) {
        assert_eq!(found(code, text), expected, "{text}");
    }

    #[test]
    fn tables_of_the_act_by_their_old_names() {
        check("LINT-02", "番号法第9条第1項 別表第一の10の項", &["別表第一"]);
        check("LINT-02", "番号法（平成25年法律第27号）第19条第８号　別表第２の16の2の項", &["別表第２"]);
        check("LINT-02", "番号の利用等に関する法律（以下「番号法」という。）別表第二に記載", &["別表第二"]);
        check("LINT-02", "番号法第9条第1項 別表の14の項", &[]);
        check("LINT-02", "番号法第9条第2項に基づく条例 別表第一", &[]);
        check("LINT-02", "番号法第9条、住民基本台帳法別表第一", &[]);
        check("LINT-02", "番号法別表第12", &[]);
    }

    #[test]
    fn numbers_of_the_clauses_of_article_19() {
        check("LINT-03", "番号法第19条第7号", &["第19条第7号"]);
        check("LINT-03", "番号法第十九条第七号", &["第十九条第七号"]);
        check("LINT-03", "番号法第19条第8号", &[]);
        check("LINT-03", "番号法第19条第8号（条例事務）", &["第19条第8号"]);
        check("LINT-03", "番号法第19条第7号（住民基本台帳法第30条の6）", &[]);
        check("LINT-03", "番号法第19条第15号（ワクチン接種記録システム）", &["第19条第15号"]);
    }

    #[test]
    fn laws_and_bodies_of_the_past() {
        check("LINT-04", "みほん市個人情報保護条例に基づき開示請求を受ける。", &["個人情報保護条例"]);
        check("LINT-04", "個人情報保護法施行条例に基づき開示請求を受ける。", &[]);
        check("LINT-04", "みほん市議会個人情報保護条例に基づき開示請求を受ける。", &[]);
        check("LINT-05", "特定個人情報保護委員会に報告する。", &["特定個人情報保護委員会"]);
        check("LINT-05", "特定個人情報保護委員会との協議を経て設置された。", &[]);
        check("LINT-05", "通知カードを送付する。", &["通知カード"]);
        check("LINT-05", "通知カードの提示を受ける。", &[]);
        check("LINT-05", "市が交付する通知カードで確かめる。", &["通知カード"]);
        check("LINT-05", "以前に交付された通知カードで確かめる。", &[]);
        check("LINT-05", "総務大臣が設置・管理する情報提供ネットワークシステム", &["総務大臣"]);
        check("LINT-05", "行政機関個人情報保護法による。", &["行政機関個人情報保護法"]);
    }

    #[test]
    fn a_text_that_only_points_elsewhere() {
        check("LINT-10", "同上", &["同上"]);
        check("LINT-10", " 上記のとおり。\n", &["上記のとおり"]);
        check("LINT-10", "「2. 対象となる本人の範囲」と同上", &[]);
        check("LINT-10", "上記のとおり本人確認を行う。", &[]);
    }

    #[test]
    fn more_than_the_public_needs() {
        check("LINT-12", "サーバのIPアドレスは 192.168.10.5 とする。", &["192.168.10.5"]);
        check("LINT-12", "パスワードは8文字以上とする。", &["パスワードは8文字以上"]);
        check("LINT-12", "本庁舎3階の電算室に置く。", &["3階の電算室"]);
        check("LINT-12", "10文字以上のパスワードを使う。", &["10文字以上のパスワード"]);
        check("LINT-12", "８桁以上で英数字を含むパスワードとする。", &["８桁以上で英数字を含むパスワード"]);
        check("LINT-12", "パスワードを定期的に変更する。2段階の認証を使う。", &[]);
    }
}
