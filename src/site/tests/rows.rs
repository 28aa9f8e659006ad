//! Nothing that a row of 変更箇所 says is missing from its entry, whatever its columns hold.

use super::markup::unquoted;
use super::sample;
use crate::assessment::{Assessment, Change};
use crate::form::{Form, fold};
use crate::history::{Causes, Timeline};
use crate::site::render;
use crate::site::{MunicipalityContext, SiteContext, Theme};

const OLD: &str = "窓口で受け付けた申請書を、担当の職員が台帳と照らし合わせて確かめる。";
const NEW: &str = "電子申請で受け付けた内容を、二人の職員が台帳と照らし合わせて確かめる。";
const OTHER: &str = "保存の期限を過ぎた記録は、年度の終わりに消去し、その日付を残す。";

/// What people write in a column.
const CELLS: [&str; 22] = [
    "",
    "－",
    "なし",
    "記載なし",
    "右記を追加",
    "右記の内容を追記",
    "（追記）",
    "右記を削除",
    "項目ごと削除",
    "※記載削除",
    "図を右記のとおり変更",
    "Ⅱ.6から移動",
    "Ⅱ.6へ移動",
    "同上",
    "同左",
    "以下を追加：郵送による受付",
    "以下を削除：郵送による受付",
    "（略）\n二行目の記載",
    "十分である",
    OLD,
    NEW,
    OTHER,
];

/// The letters of a text, as a reader knows it again.
fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The letters of a page without its tags.
fn shown(html: &str) -> String {
    let text: String =
        html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect();
    letters(&text)
}

fn entries(assessment: &Assessment) -> Vec<String> {
    let theme = Theme::load(&[]).unwrap();
    let site = SiteContext::new(&sample::site());
    let municipality = MunicipalityContext::new(&sample::municipality());
    let timeline = Timeline::of(assessment);
    let causes = Causes::default();
    let (pages, _) =
        render::changes_and_texts(&theme, &site, &municipality, assessment, &timeline, &causes, None, "../")
            .unwrap();
    let front = unquoted(&pages[0].html);
    front.split("<article ").skip(1).map(|rest| rest.split("</article>").next().unwrap().to_owned()).collect()
}

#[test]
fn nothing_that_a_row_says_is_missing_from_its_entry() {
    let form = Form::with_id("zenkomoku-h30-05").unwrap();
    let mut assessment = sample::assessment(form, 0, 1);
    let model = assessment.changes[0].clone();
    for before in CELLS {
        assessment.changes = CELLS
            .iter()
            .map(|after| Change {
                before: before.to_owned(),
                after: (*after).to_owned(),
                explanation: "見本の理由".to_owned(),
                ..model.clone()
            })
            .collect();
        let entries = entries(&assessment);
        assert_eq!(entries.len(), CELLS.len());
        for (after, entry) in CELLS.iter().zip(&entries) {
            let seen = shown(&format!("<{entry}"));
            for (column, text) in [("before", before), ("after", after)] {
                // What stands there when nothing is said.
                let is_nothing = matches!(text, "なし" | "記載なし") && seen.contains("記載なし");
                let is_seen = is_nothing || seen.contains(&letters(text));
                assert!(is_seen, "{before:?} => {after:?}: {column} is not in {seen}");
            }
        }
    }
}
