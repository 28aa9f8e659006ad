//! Makes content of any number of assessments, each of the size of a large published one (about 70 KB of text in the form and
//! 99 change rows), from original filler text. The same number gives the same bytes on every machine.

#![allow(dead_code, reason = "each benchmark uses its own part")]

use std::path::Path;
use std::sync::OnceLock;

use kohyo::assessment::{Answers, Change, ItemRef, SiteSettings, Value};
use kohyo::check::{self, Surroundings};
use kohyo::codes::MunicipalityCode;
use kohyo::form::Node;
use kohyo::read::{self, AssessmentFolder, Files};
use kohyo::wareki::CivilDate;
use kohyo::{author, fs};

/// Assessments of one municipality.
const PER_MUNICIPALITY: usize = 10;
/// Bytes of a passage of prose.
const PROSE: usize = 600;
/// Rows of 変更箇所 of one assessment.
const CHANGES: usize = 99;

const SENTENCES: [&str; 8] = [
    "受付の窓口では、申請書に書かれた事項と本人確認書類を二人の職員が照らし合わせ、合わないときは受け付けない。",
    "システムに入る職員には一人ずつ番号を割り当て、異動の日に使えなくなるよう、人事の情報と毎晩照らし合わせる。",
    "操作の記録は七年間残し、毎月一回、所管する課の係長が抜き取りで確かめ、結果を記録簿に書き留める。",
    "書類は鍵のかかる棚に納め、取り出した者と時刻を台帳に残す。保存の期限を過ぎたものは溶かして処分する。",
    "他の課に渡す情報は、条例に定めた事務に要る項目だけに絞り、渡した日時と項目を自動で記録する。",
    "通信は専用の回線で行い、内容を暗号にする。外のネットワークとはつながない。",
    "年に一度、全ての職員が研修を受け、受けなかった者には所属長が個別に行う。",
    "委託する相手とは、目的の外での利用の禁止、再び委託するときの許し、事故の知らせを契約に定める。",
];

/// Deterministic filler text of about this many bytes.
fn filler(seed: usize, bytes: usize) -> String {
    let mut text = String::new();
    let mut at = seed;
    while text.len() < bytes {
        let is_point = at % 5 == 3;
        if !text.is_empty() {
            text.push_str(if is_point {
                "\n\n- "
            } else if at.is_multiple_of(3) {
                "\n\n"
            } else {
                ""
            });
        }
        text.push_str(SENTENCES[at % SENTENCES.len()]);
        at = at.wrapping_mul(31).wrapping_add(7);
    }
    text
}

/// A complete assessment of the largest form, without findings: the one of the test fixtures, with every passage of prose
/// lengthened to the length of a published one.
pub(crate) fn answers(seed: usize) -> Answers {
    let mut answers = model().clone();
    let form = answers.form();
    let prose: Vec<_> = answers
        .values()
        .filter_map(|(slot, value)| match value {
            Value::Text(text) if is_prose(form.node(slot.node), text) => Some((slot, text.clone())),
            _ => None,
        })
        .collect();
    for (slot, text) in prose {
        let more = filler(seed + slot.node.position(), PROSE - text.len().min(PROSE));
        answers.set(slot, Value::Text(format!("{text}\n\n{more}")));
    }
    answers
}

/// The complete assessment that the tests break.
fn model() -> &'static Answers {
    static MODEL: OnceLock<Answers> = OnceLock::new();
    MODEL.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/base/019984-mihon/8-kaigo");
        let folder = AssessmentFolder {
            path,
            dir: "8-kaigo".to_owned(),
            number: "8".to_owned(),
            files: Files::OnDisk,
        };
        let source = read::assessment(&folder).0.expect("the fixture is readable");
        check::assessment(&source, Surroundings::unknown())
            .assessment
            .expect("the fixture is complete")
            .answers
    })
}

/// Passages that a form leaves free; names, addresses and lists of dates stay as they are.
fn is_prose(node: &Node, text: &str) -> bool {
    let named = !node.list && node.contains.is_none() && node.fixed_text.is_none();
    named && text.chars().count() >= 12 && text.ends_with(['。', '】']) && !node.id.starts_with("cover")
}

/// The change rows of one assessment: each ends in what the item says now.
pub(crate) fn changes(answers: &Answers, seed: usize) -> Vec<Change> {
    let form = answers.form();
    let slots: Vec<_> = answers
        .values()
        .filter_map(|(slot, value)| match value {
            Value::Text(text) if is_prose(form.node(slot.node), text) => Some((slot, text)),
            _ => None,
        })
        .collect();
    (0..CHANGES)
        .map(|at| {
            let (slot, now) = slots[(at * 7 + seed) % slots.len()];
            let year = 2025 - i16::try_from((CHANGES - 1 - at) / 25).unwrap_or(0);
            let date = CivilDate::from_ymd(year, 3, 14).expect("a date");
            let text = format!("{} {}", form.reference(slot, 1), form.node(slot.node).label);
            Change {
                date: Some(date),
                date_text: date.wareki(),
                item: ItemRef { text, slot: Some(slot) },
                before: format!("第{}案。{}", at + 1, filler(at + seed, 260)),
                after: now.clone(),
                timing: "事後".to_owned(),
                explanation: "組織の名称の変更であり、重要な変更に当たらない。".to_owned(),
                judgement: kohyo::assessment::Judgement::default(),
            }
        })
        .collect()
}

/// Writes `number` assessments below `root`, ten per municipality.
pub(crate) fn write(root: &Path, number: usize) {
    let site =
        SiteSettings { title: "計測".to_owned(), theme: "standard".to_owned(), ..SiteSettings::default() };
    fs::write(&root.join("site.yaml"), author::site_yaml(&site)).expect("writable");
    let mut codes = (1..).filter_map(municipality_code);
    let mut municipality = root.to_owned();
    for at in 0..number {
        if at.is_multiple_of(PER_MUNICIPALITY) {
            let code = codes.next().expect("enough codes");
            municipality = root.join(format!("{code}-keisoku"));
            let code_known = MunicipalityCode::parse(&code).ok();
            let text =
                author::new_municipality_yaml(code_known.as_ref(), "みほん市", vec!["みほん市長".to_owned()]);
            fs::write(&municipality.join("municipality.yaml"), text).expect("writable");
        }
        assessment(&municipality, at);
    }
}

fn assessment(municipality: &Path, at: usize) {
    let mut answers = answers(at);
    let number = (at % PER_MUNICIPALITY + 1).to_string();
    let slot = answers.form().slot("cover.number").expect("every form has a number");
    answers.set(slot, Value::Text(number.clone()));
    let folder = municipality.join(format!("{number}-keisoku"));
    let rows = changes(&answers, at);
    fs::write(&folder.join("assessment.yaml"), author::assessment_yaml(&answers)).expect("writable");
    fs::write(&folder.join("changes.yaml"), author::changes_yaml(&rows, answers.form(), false))
        .expect("writable");
    let figure = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\"><path d=\"M4 10h32\" stroke=\"#000\"/></svg>\n";
    fs::write(&folder.join("figures/nagare.svg"), figure).expect("writable");
}

/// The n-th code that no body has: the numbers 990 to 999 of every prefecture are free, and so are those from 800 on here.
fn municipality_code(n: usize) -> Option<String> {
    let (prefecture, body) = (n / 200 + 1, 800 + n % 200);
    (0..10)
        .map(|check| format!("{prefecture:02}{body}{check}"))
        .find(|code| MunicipalityCode::parse(code).is_ok())
}
