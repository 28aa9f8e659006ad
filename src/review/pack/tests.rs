//! Both outputs over hand-made documents.

use std::collections::BTreeMap;

use super::*;
use crate::assessment::{Change, Decision, Figure, ItemRef, Judgement, Tick, Value, sample};
use crate::compare::{Side, compare};
use crate::diagnostic::{Code, Severity};
use crate::form::Form;
use crate::leak;

const FORM: &str = "zenkomoku-h30-05";

/// A document in two versions, owned.
struct Sample {
    municipality: Municipality,
    before: Assessment,
    after: Assessment,
    figures: [FigureDigests; 2],
    images: [BTreeMap<String, String>; 2],
    findings: Vec<Diagnostic>,
}

fn assessment(answers: &[(&str, Value)]) -> Assessment {
    Assessment {
        dir: "12-zei".to_owned(),
        number: "12".to_owned(),
        title: "住民税の事務".to_owned(),
        published: CivilDate::from_ymd(2025, 4, 1),
        ..sample::assessment(FORM, answers)
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn row(path: &str, explanation: &str) -> Change {
    let form = Form::with_id(FORM).unwrap();
    let slot = form.slot(path).unwrap();
    Change {
        date: CivilDate::from_ymd(2026, 4, 1),
        date_text: "令和8年4月1日".to_owned(),
        item: ItemRef { text: form.name(slot, 1).line(), slot: Some(slot) },
        before: "前の記載".to_owned(),
        after: "後の記載".to_owned(),
        timing: "事後".to_owned(),
        explanation: explanation.to_owned(),
        judgement: Judgement::default(),
    }
}

impl Sample {
    /// Two items differ, one of them with ※; one has a row.
    fn new() -> Self {
        let before = assessment(&[
            ("i.1.name", text("住民税の事務")),
            ("i.1.content", text("申告を窓口で受け付ける。\n\n台帳を保管する。")),
            ("ii.3.usage-purpose", text("課税のため")),
        ]);
        let mut after = assessment(&[
            ("i.1.name", text("住民税の事務")),
            ("i.1.content", text("申告を窓口と電子申請で受け付ける。\n\n台帳を保管する。")),
            ("i.1.population", Value::Choice("30万人以上".to_owned())),
        ]);
        after.published = CivilDate::from_ymd(2026, 4, 1);
        after.changes = vec![row("i.1.content", "電子申請の開始に伴う追記")];
        Self {
            municipality: Municipality {
                authorities: vec!["みほん市長".to_owned()],
                ..sample::municipality()
            },
            before,
            after,
            figures: Default::default(),
            images: Default::default(),
            findings: Vec::new(),
        }
    }

    fn version(&self, at: usize) -> PackVersion<'_> {
        let assessment = [&self.before, &self.after][at];
        PackVersion { assessment, figures: &self.figures[at], images: self.images[at].clone() }
    }

    fn document(&self) -> PackDocument<'_> {
        let side = |at: usize| {
            let version = [&self.before, &self.after][at];
            Side { answers: &version.answers, changes: &version.changes, figures: &self.figures[at] }
        };
        let comparison = compare(side(0), side(1));
        PackDocument {
            municipality: &self.municipality,
            before: Some(self.version(0)),
            after: Some(self.version(1)),
            is_gone: false,
            ledger: Ledger::of(side(0), side(1), &comparison),
            comparison,
            findings: self.findings.clone(),
            due: vec![PackDue {
                what: "1年ごとの見直し".to_owned(),
                day: CivilDate::from_ymd(2026, 4, 1),
                note: "公表から1年".to_owned(),
                is_late: true,
            }],
        }
    }
}

fn pack(documents: Vec<PackDocument<'_>>) -> Pack<'_> {
    let as_of = CivilDate::from_ymd(2026, 2, 1).unwrap();
    Pack { base: "main（令和7年4月1日公表の版）".to_owned(), as_of, documents, others: Vec::new() }
}

fn page(pack: &Pack<'_>) -> String {
    html(&Theme::load(&[]).unwrap(), pack).unwrap_or_else(|error| panic!("{error}"))
}

/// The page without markup of its head and its script.
fn body(pack: &Pack<'_>) -> String {
    let page = page(pack);
    let (_, rest) = page.split_once("<body").unwrap();
    rest.split_once("<script>").unwrap().0.to_owned()
}

fn error(message: &str) -> Diagnostic {
    Diagnostic::new(Code::REQUIRED, "content/019984-mihon/12-zei/assessment.yaml", message)
        .item("Ⅰ.1.②", "事務の内容")
        .path("i.1.content")
        .help("直してください。")
}

#[test]
fn the_first_screen_says_what_changes_and_what_is_in_the_way() {
    let mut sample = Sample::new();
    let told = body(&pack(vec![sample.document()]));
    assert!(told.contains("書かれていないものが2件あり、まだ公表できません"), "{told}");
    assert!(told.contains("変更箇所の行がない項目が2件あります"));
    sample.findings = vec![error("一つ目"), error("二つ目"), error("三つ目"), error("四つ目")];
    let told = body(&pack(vec![sample.document()]));
    assert!(told.contains("公表を止めている指摘が4件あります"));
    assert!(told.contains("ほか1件"), "three are named, the others counted");
    assert!(told.contains("令和7年4月1日") && told.contains("令和8年（2026年）4月1日"), "{told}");
    assert!(told.contains("過ぎています"));
}

#[test]
fn a_document_with_a_row_for_everything_can_be_published() {
    let mut sample = Sample::new();
    sample.after.answers.remove(sample.after.form().slot("i.1.population").unwrap());
    sample.before.answers.remove(sample.after.form().slot("ii.3.usage-purpose").unwrap());
    sample.after.changes[0].judgement.decision = Some(Decision::Formal);
    let mut warning = error("確かめてください").weighing(Severity::Warning);
    warning.severity = Severity::Warning;
    let mut accepted = error("認めた誤り");
    accepted.accepted = Some("課長が認めた".to_owned());
    sample.findings = vec![warning, accepted];
    let document = sample.document();
    let told = body(&pack(vec![document.clone()]));
    assert!(told.contains("公表できる状態です"), "{told}");
    assert!(told.contains("形式的な変更") && told.contains("電子申請の開始に伴う追記"));
    assert!(told.contains("認めた理由") && told.contains("課長が認めた"));
    assert!(markdown(&pack(vec![document])).starts_with("## 公表前の確認: ✅ 公表できる状態です"));
}

#[test]
fn what_is_still_to_be_written_blocks_and_is_named() {
    let mut sample = Sample::new();
    sample.after.changes[0].explanation = format!("{}理由を書く", crate::compare::BLANK);
    let document = sample.document();
    let told = body(&pack(vec![document.clone()]));
    assert!(told.contains("未記入（【要記入】）のある行が1件あります"), "{told}");
    assert!(told.contains("Ⅰ.1.② 事務の内容: 提出時期に係る説明"), "{told}");
    assert!(markdown(&pack(vec![document])).contains("未記入（【要記入】）のある行: 1件"));
}

#[test]
fn every_item_has_its_rows_findings_and_a_box_for_remarks() {
    let mut sample = Sample::new();
    sample.findings = vec![error("内容が足りません")];
    let told = body(&pack(vec![sample.document()]));
    let (_, item) = told.split_once("id=\"d1-d-i-1-content\"").unwrap_or_else(|| panic!("{told}"));
    let item = item.split_once("</article>").unwrap().0;
    assert!(item.contains("電子申請") && item.contains("<ins>"), "{item}");
    assert!(item.contains("href=\"#d1-f1\"") && told.contains("id=\"d1-f1\""), "{item}");
    assert!(item.contains("data-place=\"019984/12-zei#i-1-content\""), "{item}");
    assert!(item.contains("data-path=\"i.1.content\"") && item.contains("<label for=\"d1-r-i-1-content\">"));
}

#[test]
fn new_and_vanished_documents_are_told_apart() {
    let sample = Sample::new();
    let mut new = sample.document();
    (new.before, new.comparison, new.ledger) = (None, Comparison::default(), Ledger::default());
    let told = body(&pack(vec![new.clone()]));
    assert!(
        told.contains("新しい評価書です") && told.contains("申告を窓口と電子申請で受け付ける。"),
        "{told}"
    );
    assert!(told.contains("data-place=\"019984/12-zei#i\""), "a box for each chapter");
    let mut gone = sample.document();
    gone.is_gone = true;
    (gone.after, gone.comparison, gone.ledger) = (None, Comparison::default(), Ledger::default());
    let several = pack(vec![new, gone]);
    let told = body(&several);
    assert!(told.contains("なくなる評価書です") && told.contains("href=\"#d2\""), "{told}");
    let comment = markdown(&several);
    assert!(comment.contains("- 新しい評価書です") && comment.contains("- なくなる評価書です"), "{comment}");
}

#[test]
fn a_document_that_cannot_be_read_is_neither_gone_nor_ready() {
    let sample = Sample::new();
    let mut unread = sample.document();
    (unread.after, unread.comparison, unread.ledger) = (None, Comparison::default(), Ledger::default());
    let pack = pack(vec![unread]);
    let (told, comment) = (body(&pack), markdown(&pack));
    assert!(told.contains("読めない評価書です") && comment.contains("読めない評価書です"), "{told}");
    for text in [told, comment] {
        assert!(!text.contains("なくなる評価書です") && !text.contains("公表できる状態です"), "{text}");
        assert!(text.contains("公表を止めている指摘が1件あります"), "{text}");
    }
}

#[test]
fn rows_that_were_public_and_are_gone_are_shown() {
    let mut sample = Sample::new();
    sample.before.changes = vec![row("i.1.name", "前からある行")];
    let told = body(&pack(vec![sample.document()]));
    assert!(told.contains("公表済みの行が1件なくなっています") && told.contains("前からある行"), "{told}");
}

#[test]
fn rows_that_were_rewritten_are_shown_with_the_reason() {
    let mut sample = Sample::new();
    sample.before.changes = vec![row("i.1.name", "前からある行の説明")];
    let mut rewritten = row("i.1.name", "前からある行の正しい説明");
    rewritten.judgement.correction = Some("書き間違いのため".to_owned());
    sample.after.changes.insert(0, rewritten);
    let told = body(&pack(vec![sample.document()]));
    assert!(told.contains("公表済みの行が1件書き換えられています"), "{told}");
    assert!(told.contains("訂正の理由: 書き間違いのため") && told.contains("前からある行の説明"), "{told}");
    assert!(told.contains("新しい行（1件）"), "{told}");
}

const HOSTILE: &str = "</script></style></textarea></details><script>alert(1)</script> --> {{ x }} {% if %} | `a` **b** \"c\" 'd' @team <img src=x onerror=alert(1)>\n\n# 見出し\n\n<!-- a";

fn hostile() -> Sample {
    let mut sample = Sample::new();
    let form = sample.after.form();
    sample.after.answers.set(form.slot("i.1.content").unwrap(), text(HOSTILE));
    sample.after.answers.set(
        form.slot("i.2.system[1].connections").unwrap(),
        Value::Checks(vec![Tick { label: "その他".to_owned(), text: Some(HOSTILE.to_owned()) }]),
    );
    sample.after.title = HOSTILE.to_owned();
    let change = &mut sample.after.changes[0];
    (change.explanation, change.after, change.timing) =
        (HOSTILE.to_owned(), HOSTILE.to_owned(), HOSTILE.to_owned());
    change.judgement.correction = Some(HOSTILE.to_owned());
    sample.municipality.name = HOSTILE.to_owned();
    sample.findings = vec![error(HOSTILE).help(HOSTILE).expected(HOSTILE)];
    sample
}

#[test]
fn hostile_texts_stay_text_in_the_page() {
    let sample = hostile();
    let mut pack = pack(vec![sample.document()]);
    pack.base = HOSTILE.to_owned();
    let page = page(&pack);
    assert_eq!(page.matches("<script").count(), 1, "only our own");
    assert_eq!(page.matches("</script>").count(), 1);
    assert_eq!(page.matches("</style>").count(), 1);
    assert!(!page.contains("<img"), "no image of a text");
    let boxes = page.matches("<textarea").count();
    assert_eq!(page.matches("</textarea>").count(), boxes);
    let markup = page.replace(' ', "");
    assert!(!markup.contains("style=") && !markup.contains("onclick="), "no inline styles, no handlers");
}

#[test]
fn hostile_texts_stay_text_in_the_comment() {
    let sample = hostile();
    let mut pack = pack(vec![sample.document()]);
    pack.base = HOSTILE.to_owned();
    let comment = markdown(&pack);
    assert!(
        !comment.contains("<script") && !comment.contains("<img") && !comment.contains("<!--"),
        "{comment}"
    );
    assert!(!comment.contains("@team"), "nobody is called");
    assert_eq!(comment.matches("<details>").count(), comment.matches("</details>").count(), "{comment}");
    for line in comment.lines().filter(|line| line.starts_with('|')) {
        let bars = line.replace("\\|", "").matches('|').count();
        assert_eq!(bars, 7, "six columns: {line}");
    }
    // Between an opening and a closing tag no line is empty but those around the paragraphs.
    let (_, details) = comment.split_once("</summary>\n\n").unwrap();
    let paragraphs = details.split_once("\n\n</details>").or(details.split_once("\n</details>")).unwrap().0;
    assert!(paragraphs.lines().all(|line| line.is_empty() || line.starts_with("<p>")), "{paragraphs}");
}

#[test]
fn a_comment_is_never_longer_than_it_may_be() {
    let mut sample = Sample::new();
    let form = sample.after.form();
    for number in 1..=200 {
        let path = format!("i.2.system[{number}].functions");
        let value = format!("機能{number}の説明を、ここに書きます。").repeat(40);
        let slot = form.slot(&path).unwrap();
        sample.before.answers.set(slot, text(&value));
        sample.after.answers.set(slot, text(&value.replace("説明", "詳しい説明")));
    }
    sample.findings = (0..500).map(|n| error(&format!("{n}番目の指摘です"))).collect();
    let nothing = pack(Vec::new());
    let comment = markdown(&pack(vec![sample.document()]));
    let length = comment.chars().count();
    assert!((50_000..=65_536).contains(&length), "{length}");
    let last = comment.lines().last().unwrap();
    assert!(last.contains("省きました") && last.contains("--out review.html"), "{last}");
    assert!(!markdown(&nothing).contains("省きました"));
}

#[test]
fn rows_and_findings_never_stand_without_their_heads() {
    let mut sample = Sample::new();
    // Details do not matter here: the findings alone fill the comment, and the title makes the heads longer than a row.
    sample.after.title = "題".repeat(2_000);
    sample.findings = (0..40).map(|n| error(&format!("{n}番目").repeat(20))).collect();
    let documents = || (0..20).map(|_| sample.document()).collect::<Vec<_>>();
    let comment = markdown(&pack(documents()));
    assert!(comment.contains("省きました"), "{}", comment.len());
    let mut head = "";
    for line in comment.lines() {
        match line {
            _ if line.starts_with("###") => {
                head = if line.contains("変わる項目") { "table" } else { "list" }
            }
            _ if line.starts_with("**") || line.starts_with("<details>") => head = "",
            _ if line.starts_with('|') => assert_eq!(head, "table", "{line}"),
            _ if line.starts_with("- ⛔") => assert_eq!(head, "list", "{line}"),
            _ => {}
        }
    }
}

#[test]
fn the_page_needs_nothing_else_and_runs_its_own_script_only() {
    let mut sample = Sample::new();
    let slot = figure_slot(sample.after.form()).unwrap();
    let figure = |name: &str| {
        Value::Figures(vec![Figure {
            file: name.to_owned(),
            alternative: "流れの図".to_owned(),
            caption: Some("図1".to_owned()),
        }])
    };
    sample.before.answers.set(slot, figure("figures/a.png"));
    sample.after.answers.set(slot, figure("figures/a.png"));
    sample.figures[0].insert("figures/a.png".to_owned(), [0; 32]);
    sample.figures[1].insert("figures/a.png".to_owned(), [1; 32]);
    sample.images[1].insert("figures/a.png".to_owned(), image("figures/a.png", b"image").unwrap());
    let page = page(&pack(vec![sample.document()]));
    assert!(page.contains("<img src=\"data:image/png;base64,"), "the figure is inside");
    assert_eq!(page.matches("data:image/png;base64,").count(), 1, "and only once");
    let policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-";
    assert!(page.contains(policy));
    for forbidden in ["http://", "https://", "<link", "@import", "url(", "src=\"/", "<iframe", "eval("] {
        assert!(!page.contains(forbidden), "{forbidden}");
    }
    assert!(page.contains("noindex"));
}

fn figure_slot(form: &'static Form) -> Option<crate::form::Slot> {
    let node = form.nodes().iter().find(|node| node.kind == crate::form::Kind::Figure)?;
    Some(crate::form::Slot::plain(node.ix))
}

#[test]
fn nothing_of_ours_looks_like_a_number_of_a_person() {
    let sample = Sample::new();
    let mut pack_of = pack(vec![sample.document()]);
    pack_of.others = vec![error("全体の指摘")];
    assert_eq!(leak::line_of_leak(page(&pack_of).as_bytes()), None);
    assert_eq!(leak::line_of_leak(markdown(&pack_of).as_bytes()), None);
}

#[test]
fn the_same_pack_gives_the_same_bytes() {
    let sample = Sample::new();
    assert_eq!(page(&pack(vec![sample.document()])), page(&pack(vec![sample.document()])));
}
