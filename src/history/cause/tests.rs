//! Causes over small sites written here.

use crate::history::Side;
use proptest::prelude::*;

use super::*;
use crate::assessment::{Administration, Answers, Assessment, Change, ItemRef};
use crate::form::Form;
use crate::history::Timeline;

/// A change of a document: date, 変更前の記載, 変更後の記載, explanation.
type Row<'t> = ((i16, u8, u8), &'t str, &'t str, &'t str);

fn digest(dir: &str, rows: &[Row<'_>]) -> AssessmentDigest {
    let form = Form::with_id("juten-h30-05").or_else(|| Form::all().first()).unwrap();
    let change = |((year, month, day), before, after, explanation): &Row<'_>| Change {
        date: CivilDate::from_ymd(*year, *month, *day),
        date_text: String::new(),
        item: ItemRef { text: "書かれた項目名".to_owned(), slot: None },
        before: (*before).to_owned(),
        after: (*after).to_owned(),
        timing: "事後".to_owned(),
        explanation: (*explanation).to_owned(),
        judgement: crate::assessment::Judgement::default(),
    };
    let assessment = Assessment {
        dir: dir.to_owned(),
        number: "1".to_owned(),
        title: format!("見本の事務 {dir}"),
        published: CivilDate::from_ymd(2026, 4, 1),
        answers: Answers::new(form),
        changes: rows.iter().map(change).collect(),
        administration: Administration::default(),
    };
    AssessmentDigest::of(&assessment, &Timeline::of(&assessment))
}

/// Shelves with one municipality for each code.
fn shelves<'a>(documents: &'a [(&'a str, AssessmentDigest)]) -> Vec<Shelf<'a>> {
    let of_code = |pairs: &'a [(&'a str, AssessmentDigest)]| Shelf {
        code: pairs[0].0,
        name: pairs[0].0,
        documents: pairs.iter().map(|(_, document)| document).collect(),
    };
    documents.chunk_by(|a, b| a.0 == b.0).map(of_code).collect()
}

/// The changes of each cause as `code/dir/anchor`, and whether they are there by their text.
fn members(shelves: &[Shelf<'_>], cause: &Cause) -> Vec<(String, bool)> {
    let name = |member: &Member| {
        let (shelf, document, change) = member.of(shelves);
        (format!("{}/{}/{}", shelf.code, document.dir, change.anchor()), member.is_by_text)
    };
    cause.members.iter().map(name).collect()
}

/// A city: its code, its day, what it calls itself, and its explanation.
type City = (&'static str, (i16, u8, u8), &'static str, &'static str);

/// What the cities write when the system that they shared is switched off; `{us}` is the city.
const STORED: &str = "経過照会システム（ＫＳＳ）の追加措置\n・KSSに登録した記録は国が管理する区画に置き、{us}の職員だけが閲覧できるよう番号ごとに権限を分けている。\n・端末は専用の回線につなぎ、記録を端末に残さない。";
const MATCHED: &str = "KSSでは、転入した者の同意を得て前の住所地の{us}以外の団体に記録を照会し、届いた記録の氏名と生年月日を台帳と照らし合わせる。合わない記録は取り込まない。";

/// What they change besides: texts of one kind in words of their own.
const OTHERS: [&str; 5] = [
    "窓口では番号札の順に呼び出し、本人確認書類の写しを取らずに、職員が二人で券面を確かめることを手順書に定めた。",
    "申請書は受付の日ごとに綴じて書庫に運び、五年を過ぎたものは立会いの上で溶かし、その証明を受け取ることとした。",
    "端末の画面は離席から三分で閉じ、再び開くには手のひらの静脈と職員証を読ませるよう、全ての課で設定を改めた。",
    "委託する相手の作業場所には年に二度、予告なしに立ち入り、持ち出しの記録と入退室の記録を突き合わせることにした。",
    "問合せの電話には折り返しで答え、番号や住所を口頭で告げないことを、新しく来た職員の研修の初日に教えている。",
];

/// Five cities that switch one system off, each in its own words and on its own day, and what else they change.
fn five_cities() -> Vec<(&'static str, AssessmentDigest)> {
    let told: [City; 5] = [
        ("011002", (2024, 4, 1), "市", "ＫＳＳの機能廃止に伴う削除"),
        ("131172", (2024, 5, 20), "区", "KSSの機能廃止に伴い変更"),
        ("272001", (2024, 6, 3), "府下の市", "重要な変更に当たらない。"),
        (
            "401005",
            (2024, 9, 30),
            "本市",
            "経過照会システム（KSS）の利用終了のため。重要な変更には該当しない。",
        ),
        ("472018", (2025, 3, 31), "当市", ""),
    ];
    let document = |((code, date, us, why), other): (City, &str)| {
        let (stored, matched) = (STORED.replace("{us}", us), MATCHED.replace("{us}", us));
        let kept = "受け付けた書類は鍵のかかる棚に納める。";
        let gone = format!("{kept}\n{stored}");
        let rows = [
            (date, gone.as_str(), kept, why),
            (date, matched.as_str(), "", why),
            (date, "健康福祉部", "健康医療部", "組織改正"),
            (date, "十分に行っている", "特に力を入れて行っている", ""),
            (date, "", other, "軽微な変更"),
        ];
        (code, digest("1-yobo", &rows))
    };
    told.into_iter().zip(OTHERS).map(document).collect()
}

#[test]
fn one_system_switched_off_in_five_cities_is_one_cause() {
    let documents = five_cities();
    let shelves = shelves(&documents);
    let causes = Causes::of(&shelves);
    let widest = &causes.all()[0];
    assert_eq!((widest.municipalities, widest.documents, widest.members.len()), (5, 5, 10), "{causes:#?}");
    assert_eq!((widest.scope(), &widest.basis), (Scope::Site, &Basis::Reason));
    assert_eq!(widest.reason.as_deref(), Some("ＫＳＳの機能廃止に伴う削除"));
    assert_eq!(widest.by_text(), 4, "two cities do not say why");
    assert_eq!(
        (widest.first, widest.last),
        (CivilDate::from_ymd(2024, 4, 1), CivilDate::from_ymd(2025, 3, 31))
    );
    assert!(widest.id.starts_with("2024-04-01-") && widest.id.len() == 19, "{}", widest.id);
    for (code, by_text) in [("011002", false), ("272001", true), ("401005", false), ("472018", true)] {
        let own: Vec<_> =
            members(&shelves, widest).into_iter().filter(|(name, _)| name.starts_with(code)).collect();
        assert_eq!(own.iter().map(|(_, is)| *is).collect::<Vec<_>>(), [by_text; 2], "{code}");
    }
}

#[test]
fn what_else_the_cities_change_is_not_joined() {
    let documents = five_cities();
    let shelves = shelves(&documents);
    let causes = Causes::of(&shelves);
    assert_eq!(causes.all().len(), 1, "{:#?}", causes.all());
    // 組織改正, a short text, a text of the same kind with other words.
    for change in 2..5 {
        assert_eq!(causes.at("011002", "1-yobo", change).count(), 0, "{change}");
    }
    assert_eq!(causes.at("011002", "1-yobo", 0).count(), 1);
    assert_eq!(causes.at("011002", "2-nothing", 0).count(), 0);
}

#[test]
fn an_address_stays_when_later_changes_are_published() {
    let documents = five_cities();
    let ids = |documents: &[(&str, AssessmentDigest)]| Causes::of(&shelves(documents)).all()[0].id.clone();
    assert_eq!(ids(&documents[..2]), ids(&documents));
    let mut more = documents.clone();
    let later =
        [((2026, 1, 10), MATCHED, "", ""), ((2026, 1, 10), "", MATCHED, "ＫＳＳの機能廃止に伴う削除")];
    more.push(("473006", digest("1-yobo", &later)));
    assert_eq!(ids(&more), ids(&documents));
}

#[test]
fn a_general_occasion_stays_in_its_municipality_and_day() {
    let day = (2024, 4, 1);
    let row = |date, why| (date, "健康福祉部", "健康医療部", why);
    let documents = [
        (
            "011002",
            digest(
                "1-a",
                &[
                    row(day, "組織改正"),
                    row(day, "組織改正による変更"),
                    row(day, "軽微な変更"),
                    row(day, "軽微な変更"),
                ],
            ),
        ),
        ("011002", digest("2-b", &[row(day, "組織改正に伴う修正"), row((2025, 4, 1), "組織改正")])),
        ("131172", digest("1-c", &[row(day, "組織改正")])),
    ];
    let shelves = shelves(&documents);
    let causes = Causes::of(&shelves);
    assert_eq!(causes.all().len(), 1, "{:#?}", causes.all());
    let cause = &causes.all()[0];
    assert_eq!(
        (&cause.basis, cause.scope(), cause.members.len()),
        (&Basis::Occasion, Scope::Municipality, 3)
    );
}

#[test]
fn the_same_law_changed_years_later_is_another_cause() {
    let row = |year| ((year, 4, 1), "", "", "母子保健法の改正に伴う修正");
    let documents = [
        ("011002", digest("1-a", &[row(2018), row(2024)])),
        ("131172", digest("1-c", &[row(2019), row(2025)])),
    ];
    let causes = Causes::of(&shelves(&documents));
    let years: Vec<_> =
        causes.all().iter().map(|c| (c.first.map(|d| d.year()), c.last.map(|d| d.year()))).collect();
    assert_eq!(years, [(Some(2024), Some(2025)), (Some(2018), Some(2019))]);
}

#[test]
fn the_same_text_without_any_reason_is_a_cause_by_text() {
    let text = STORED.replace("{us}", "市");
    let day = (2024, 4, 1);
    let row = |date| (date, "", text.as_str(), "");
    let one_city =
        [("011002", digest("1-a", &[row(day), row((2024, 8, 1))])), ("011002", digest("2-b", &[row(day)]))];
    let causes = Causes::of(&shelves(&one_city));
    assert_eq!(causes.all().len(), 1);
    assert_eq!(causes.all()[0].members.len(), 2, "in one municipality only one day");
    assert!(
        matches!(&causes.all()[0].basis, Basis::Text { side: Side::Added, opening } if opening.starts_with("経過照会"))
    );
    let two_cities =
        [("011002", digest("1-a", &[row(day)])), ("131172", digest("1-a", &[row((2024, 8, 1))]))];
    assert_eq!(Causes::of(&shelves(&two_cities)).all()[0].scope(), Scope::Site);
}

/// A city that does not say why, with three texts of a cause and a fourth that it wrote more freely.
#[test]
fn on_a_day_of_a_cause_less_likeness_is_enough() {
    let texts = [
        STORED.replace("{us}", "市"),
        MATCHED.replace("{us}", "市"),
        "KSSの端末に差し込む鍵は課長が管理し、使うたびに貸出簿に氏名と時刻を記し、退庁の前に必ず金庫に戻したことを二人で確かめる。".to_owned(),
        "KSSの操作の記録は国の区画に七年間残り、月に一度、所管の係長が抜き取りで確かめ、疑わしい操作は本人に聞き取りを行う。".to_owned(),
    ];
    let free = "KSSの操作の記録は国の区画に七年間残り、月に一度、所管の係長が抜き取りで確かめ、不審な照会があれば利用を止める。";
    let why = "KSSの機能廃止に伴う削除";
    let told: Vec<Row<'_>> = texts.iter().map(|text| ((2024, 4, 1), text.as_str(), "", why)).collect();
    let size = |same: usize| {
        let day = (2024, 6, 1);
        let mut rows: Vec<Row<'_>> = texts[..same].iter().map(|text| (day, text.as_str(), "", "")).collect();
        rows.push((day, free, "", ""));
        rows.push((day, OTHERS[0], "", ""));
        let documents = [("011002", digest("1-a", &told)), ("131172", digest("1-a", &rows))];
        Causes::of(&shelves(&documents)).all()[0].by_text()
    };
    assert_eq!(size(2), 2, "two like texts may be chance");
    assert_eq!(size(3), 4, "the free one, but not what has nothing to do with it");
}

#[test]
fn an_entry_has_two_links_at_most_and_the_widest_first() {
    let text = STORED.replace("{us}", "市");
    let day = (2024, 4, 1);
    let both = "ＫＳＳの機能廃止に伴う削除、みほんアプリの導入に係る追記";
    let documents = [
        ("011002", digest("1-a", &[(day, "", &text, both), (day, "", "", "みほんアプリの導入")])),
        ("131172", digest("1-a", &[(day, "", &text, "タメシ基盤への移行"), (day, "", "", "KSSの機能廃止")])),
        ("272001", digest("1-a", &[(day, "", &text, "ベツノ基盤への移行"), (day, "", "", "KSSの機能廃止")])),
    ];
    let shelves = shelves(&documents);
    let causes = Causes::of(&shelves);
    let links: Vec<_> = causes.at("011002", "1-a", 0).map(|c| c.municipalities).collect();
    assert_eq!(links, [3, 3], "{:#?}", causes.all());
    assert_eq!(causes.all().last().map(Cause::scope), Some(Scope::Document));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Every group has members of its own, in order, and its links lead to it; the order of equal days does not matter.
    #[test]
    fn groups_are_sound(picks in proptest::collection::vec((0usize..4, 0usize..4, 0usize..5, 0usize..3), 2..60)) {
        const REASONS: [&str; 5] = ["KSSの機能廃止", "組織改正", "軽微な変更", "", "ミホン基盤の更新に伴う修正"];
        let texts = [STORED.to_owned(), MATCHED.to_owned(), "短い".to_owned()];
        let codes = ["011002", "131172", "272001", "401005"];
        let documents: Vec<_> = codes.iter().enumerate().map(|(at, code)| {
            let rows: Vec<Row<'_>> = picks.iter().filter(|pick| pick.0 == at).map(|(_, year, why, text)| {
                ((2022 + i16::try_from(*year).unwrap(), 4, 1), "", texts[*text].as_str(), REASONS[*why])
            }).collect();
            (*code, digest("1-a", &rows))
        }).collect();
        let shelves = shelves(&documents);
        let causes = Causes::of(&shelves);
        let mut ids: Vec<_> = causes.all().iter().map(|c| c.id.clone()).collect();
        ids.sort();
        ids.dedup();
        prop_assert_eq!(ids.len(), causes.all().len());
        for cause in causes.all() {
            prop_assert!(cause.members.len() > 1 && cause.members.is_sorted());
            prop_assert!(cause.by_text() < cause.members.len());
            for member in &cause.members {
                let (shelf, document, _) = member.of(&shelves);
                prop_assert!(causes.at(shelf.code, &document.dir, member.change).count() > 0);
            }
        }
    }
}
