//! Two versions in one, over hand-made documents and comparisons.

use std::collections::BTreeMap;

use serde::Serialize;

use super::markup::{Markup, unquoted};
use super::sample;
use crate::assessment::{Assessment, Figure, Tick, Value};
use crate::compare::{Comparison, Difference, DifferenceKind, FigureDigests};
use crate::form::{Form, Slot};
use crate::site::Theme;
use crate::site::render::{Redline, RedlineOptions, RedlineSide, redline};

const FORM: &str = "zenkomoku-h30-05";

/// Two versions that are the same until a test changes them.
struct Pair {
    before: Assessment,
    after: Assessment,
    figures: [FigureDigests; 2],
    comparison: Comparison,
    has_full_texts: bool,
}

impl Pair {
    fn new() -> Self {
        let form = Form::with_id(FORM).unwrap();
        let assessment = sample::assessment(form, 0, 0);
        Self {
            before: assessment.clone(),
            after: assessment,
            figures: [BTreeMap::new(), BTreeMap::new()],
            comparison: Comparison::default(),
            has_full_texts: true,
        }
    }

    fn slot(path: &str) -> Slot {
        Form::with_id(FORM).unwrap().slot(path).unwrap_or_else(|| panic!("{path}"))
    }

    /// States a difference between two places.
    fn difference(&mut self, kind: DifferenceKind, before: Option<&str>, after: Option<&str>) {
        self.comparison.differences.push(Difference {
            kind,
            before: before.map(Self::slot),
            after: after.map(Self::slot),
            important: false,
            before_text: String::new(),
            after_text: String::new(),
        });
    }

    /// Puts two answers of an item, and states that they differ.
    fn change(&mut self, path: &str, before: Option<Value>, after: Option<Value>) {
        let slot = Self::slot(path);
        for (assessment, value) in [(&mut self.before, before), (&mut self.after, after)] {
            match value {
                Some(value) => assessment.answers.set(slot, value),
                None => drop(assessment.answers.remove(slot)),
            }
        }
        self.difference(DifferenceKind::Changed, Some(path), Some(path));
    }

    fn view<T>(&self, then: impl FnOnce(&Redline<'_>, &Theme) -> T) -> T {
        let theme = Theme::load(&[]).unwrap();
        let image = |file: &str| Some(format!("new/{file}"));
        let no_image = |_: &str| None;
        let side = |assessment, figures, page, image| RedlineSide { assessment, figures, page, image };
        let before = side(&self.before, &self.figures[0], Some("../old/"), &no_image);
        let after = side(&self.after, &self.figures[1], None, &image);
        let extra = |at: usize| (at == 0).then(|| "<p class=\"extra\">理由</p>".to_owned());
        let options =
            RedlineOptions { prefix: "x-", level: 2, has_full_texts: self.has_full_texts, extra: &extra };
        then(&redline(&theme, before, after, &self.comparison, options), &theme)
    }

    /// The HTML, found sound, without quotes.
    fn html(&self) -> String {
        #[derive(Serialize)]
        struct View<'v> {
            redline: &'v Redline<'v>,
        }
        let html = self.view(|redline, theme| theme.fill("redline.html", &View { redline }, 0).unwrap());
        let markup = Markup::read(&html).unwrap();
        let mut ids = markup.ids.clone();
        ids.sort();
        assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "{ids:?}");
        unquoted(&html)
    }
}

/// The part of a page from one text up to another.
fn between<'h>(html: &'h str, from: &str, to: &str) -> &'h str {
    let start = html.find(from).unwrap_or_else(|| panic!("{from} in {html}"));
    &html[start..start + html[start..].find(to).unwrap_or(html.len() - start)]
}

fn article<'h>(html: &'h str, id: &str) -> &'h str {
    between(html, &format!("<article id={id} "), "</article>")
}

#[expect(clippy::unnecessary_wraps, reason = "an answer may be missing, and tests say so with None")]
fn text(text: &str) -> Option<Value> {
    Some(Value::Text(text.to_owned()))
}

#[test]
fn a_changed_text_shows_what_differs_and_both_texts() {
    let mut pair = Pair::new();
    pair.change("i.1.content", text("鍵は係長が預かる。"), text("鍵は課長が預かる。"));
    let html = pair.html();
    let item = article(&html, "x-d-i-1-content");
    assert!(item.contains("<h3 id=x-d-i-1-content-title>"), "{item}");
    assert!(item.contains("<del><span class=hidden>削除ここから</span>係長"), "{item}");
    assert!(item.contains("<li class=chip changed>変更</li>"), "{item}");
    assert!(item.contains("変更前・変更後の全文"), "{item}");
    assert!(item.contains("<p>鍵は係長が預かる。</p>"), "{item}");
    assert!(item.contains("href=../old/#i-1-content"), "the older version has a page, the newer has none");
    assert!(item.contains("<p class=extra>理由</p>"), "{item}");
    pair.has_full_texts = false;
    assert!(!pair.html().contains("変更前・変更後の全文"));
}

#[test]
fn unlike_texts_stand_in_full_and_what_is_written_first_is_an_addition() {
    let mut pair = Pair::new();
    let long = |text: &str| self::text(&text.repeat(12));
    pair.change("i.1.content", long("窓口で申請を受け付け台帳に記録する。"), long("ＡＢＣを廃止。"));
    pair.change("ii[1].3.usage", None, text("通知に使う。"));
    pair.change("ii[1].3.source", text("以前の記載"), None);
    let html = pair.html();
    let unlike = article(&html, "x-d-i-1-content");
    assert!(!unlike.contains("<del>") && unlike.contains("<dl class=texts changed>"), "{unlike}");
    assert!(!unlike.contains("<details"), "{unlike}");
    assert!(article(&html, "x-d-ii1-3-usage").contains("<li class=chip added>追加</li>"));
    assert!(article(&html, "x-d-ii1-3-source").contains("<li class=chip removed>削除</li>"));
}

#[test]
fn options_boxes_and_dates_stand_side_by_side() {
    let mut pair = Pair::new();
    let choice = |label: &str| Some(Value::Choice(label.to_owned()));
    let tick =
        |label: &str, text: Option<&str>| Tick { label: label.to_owned(), text: text.map(str::to_owned) };
    pair.change("i.1.population", choice("1,000人未満"), choice("30万人以上"));
    pair.change(
        "i.2.system[1].connections",
        Some(Value::Checks(vec![tick("庁内連携システム", None), tick("その他", Some("甲"))])),
        Some(Value::Checks(vec![tick("庁内連携システム", None), tick("その他", Some("乙"))])),
    );
    let html = pair.html();
    let choice = article(&html, "x-d-i-1-population");
    assert!(choice.contains("<dt>変更前</dt><dd><p>1,000人未満</p>"), "{choice}");
    assert!(choice.contains("<dt>変更後</dt><dd><p>30万人以上</p>"), "{choice}");
    let boxes = article(&html, "x-d-i-2-system1-connections");
    assert!(boxes.contains("<li>庁内連携システム</li>"), "{boxes}");
    assert!(boxes.contains("削除ここから</span>その他（甲）"), "{boxes}");
    assert!(boxes.contains("追加ここから</span>その他（乙）"), "{boxes}");
}

#[test]
fn whole_entries_are_blocks_and_moved_ones_say_where_they_were() {
    let mut pair = Pair::new();
    pair.difference(DifferenceKind::Gone, Some("ii[1].4.contract[2]"), None);
    pair.difference(DifferenceKind::New, None, Some("ii[1].4.contract[2]"));
    pair.difference(DifferenceKind::Moved, Some("i.2.system[2]"), Some("i.2.system[1]"));
    let html = pair.html();
    let gone = article(&html, "x-d-gone-ii1-4-contract2");
    let new = article(&html, "x-d-ii1-4-contract2");
    for block in [gone, new] {
        assert!(block.contains("委託先における取扱者数"), "{block}");
        assert!(block.contains("本文 &lt;b&gt;太字"), "{block}");
    }
    assert!(html.find(gone).unwrap() < html.find(new).unwrap(), "what is gone stands where it stood");
    let folded = between(&html, "<section class=redline aria-labelledby=x-ch-ii1>", "</section>");
    assert!(folded.contains("Ⅱ（1）.4.委託事項1.") && !folded.contains("<li>Ⅱ（1）.4.委託事項2."));
    let moved = article(&html, "x-d-i-2-system1");
    assert!(moved.contains("「Ⅰ.2.システム2」から「Ⅰ.2.システム1」に順番が移りました"), "{moved}");
    pair.view(|redline, _| {
        let anchors = ["x-d-gone-ii1-4-contract2", "x-d-ii1-4-contract2", "x-d-i-2-system1"];
        assert_eq!(redline.anchors, anchors);
        assert_eq!(redline.total, 3);
    });
}

#[test]
fn what_did_not_change_is_folded_between_what_did() {
    let mut pair = Pair::new();
    pair.change("i.1.content", text("一"), text("二"));
    let html = pair.html();
    let chapter = between(&html, "<section class=redline aria-labelledby=x-ch-i>", "</section>");
    assert_eq!(chapter.matches("<details class=unchanged>").count(), 2, "before and after the change");
    assert!(!chapter.contains("本文 "), "only names");
    pair.view(|redline, _| {
        let answers = &pair.after.answers;
        let says = |value: &Value| !value.is_empty() && *value != Value::Flag(false);
        let filled = answers.values().filter(|(_, value)| says(value)).count();
        assert_eq!(redline.unchanged, filled - 1);
    });
}

#[test]
fn an_image_may_change_under_the_same_name() {
    let figure = |caption: &str| Figure {
        file: "figures/a.svg".to_owned(),
        alternative: "流れの説明".to_owned(),
        caption: Some(caption.to_owned()),
    };
    let figures = |caption: &str| Some(Value::Figures(vec![figure(caption)]));
    let mut pair = Pair::new();
    pair.change("app1.figure", figures("図1"), figures("図2"));
    assert!(pair.html().contains("図の画像は同じで"));
    for (at, digests) in pair.figures.iter_mut().enumerate() {
        digests.insert("figures/a.svg".to_owned(), [u8::try_from(at).unwrap(); 32]);
    }
    let html = pair.html();
    let item = article(&html, "x-d-app1-figure");
    assert!(item.contains("図の画像が変わりました"), "{item}");
    assert!(item.contains("src=new/figures/a.svg") && item.matches("<img").count() == 1, "{item}");
}

#[test]
fn another_edition_of_the_form_is_no_obstacle() {
    let mut pair = Pair::new();
    let old = Form::all().iter().find(|form| form.kind() == "kiso").unwrap();
    pair.before = sample::assessment(old, 0, 0);
    let lost = old.nodes().iter().filter(|n| n.is_item() && !old.is_change_part(n) && n.repeat.is_none());
    let difference = |slot: Slot| Difference {
        kind: DifferenceKind::Changed,
        before: Some(slot),
        after: None,
        important: true,
        before_text: "前".to_owned(),
        after_text: String::new(),
    };
    pair.comparison.differences = lost.map(|node| difference(Slot::plain(node.ix))).collect();
    let html = pair.html();
    assert_eq!(html.matches("<article ").count(), pair.comparison.differences.len());
    assert!(html.contains("重要な変更の対象項目"));
}

#[test]
fn differences_of_width_say_so() {
    let mut pair = Pair::new();
    pair.change("i.1.content", text("ＡＢＣ の鍵"), text("ABCの鍵"));
    pair.comparison.differences[0].kind = DifferenceKind::Notation;
    let html = pair.html();
    let item = article(&html, "x-d-i-1-content");
    assert!(item.contains("空白や全角・半角の違いだけの変更です"), "{item}");
    assert!(item.contains("<p>ＡＢＣ の鍵</p>") && !item.contains("class=diff"), "{item}");
}
