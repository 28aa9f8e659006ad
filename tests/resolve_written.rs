//! Item references as officers write them, one by one: what each means, and whether a person is asked.

#![allow(clippy::unwrap_used, reason = "tests, in functions of their own")]

use kohyo::form::Form;

/// Whether the resolver may be sure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Sure,
    /// The item is found, and a person is asked.
    Asked,
}
use Answer::{Asked, Sure};

#[track_caller]
fn check(form: &str, cases: &[(&str, &str, Answer)]) {
    let form = Form::with_id(form).unwrap();
    let mut wrong = Vec::new();
    for (text, path, answer) in cases {
        let found = form.resolve(text, 1);
        let got = found.target.map_or_else(|| "?".to_owned(), |t| form.path(t.slot, 1));
        let asked = if found.is_uncertain() { Asked } else { Sure };
        if (got.as_str(), asked) != (*path, *answer) {
            wrong.push(format!("{text}: {got} {asked:?}, not {path} {answer:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn signs_that_keyboards_lack() {
    check(
        "zenkomoku-h30-05",
        &[
            ("Ⅰー１ー②", "i.1.content", Sure),
            ("Ⅱ一３一⑧", "ii.3.usage", Sure),
            ("Ⅱ.3.(8) 使用方法", "ii.3.usage", Sure),
            ("Ⅰ１（２）事務の内容", "i.1.content", Sure),
            ("Ⅲ７ リスク①（５）物理的対策", "iii.7.risk1.physical", Sure),
            ("ⅱ－３－⑥　使用目的", "ii.3.usage-purpose", Sure),
            ("II-4 委託事項(2) (6)委託先名", "ii.4.contract[2].contractor", Sure),
            ("Ⅱ５提供先（３）（７）時期・頻度", "ii.5.recipient[3].timing", Sure),
            ("Ⅳ 1 (2)監査", "iv.1.audit", Sure),
            ("３．③　入手の時期、頻度", "ii.3.timing", Sure),
        ],
    );
}

#[test]
fn arrows_brackets_and_other_separators() {
    check(
        "zenkomoku-h30-05",
        &[
            ("Ⅱ＞３＞⑧使用方法＞情報の突合", "ii.3.usage.matching", Sure),
            ("Ⅱ／６／②保管期間／期間", "ii.6.period.term", Sure),
            ("【Ⅲ－７－リスク１】⑩死者の個人番号", "iii.7.risk1.deceased", Sure),
            ("Ⅱ→4→委託事項3→⑤委託先名の確認方法", "ii.4.contract[3].name-check", Sure),
            ("Ⅰ・７・①部署", "i.7.department", Sure),
            ("「Ⅱ３④入手に係る妥当性」", "ii.3.obtain-validity", Sure),
            ("Ⅲ_3_リスク4_リスクに対する措置の内容", "iii.3.risk4.measures", Sure),
        ],
    );
}

#[test]
fn what_stands_around_an_item() {
    check(
        "zenkomoku-h30-05",
        &[
            ("令和6年10月1日 Ⅲ-2 リスク2 リスクに対する措置の内容", "iii.2.risk2.measures", Sure),
            ("<p>令和5年4月3日</p><p>II-6 ①保管場所</p>", "ii.6.place", Sure),
            ("Ⅱ３⑧使用方法（追加）", "ii.3.usage", Sure),
            ("Ⅰ２システム３（新規）", "i.2.system[3]", Sure),
            ("Ⅱ６①保管場所【一部修正】", "ii.6.place", Sure),
            ("Ⅱ－２－④　主な記録項目（追記）※記録項目の詳細は省略", "ii.2.field-count.main-fields", Sure),
            ("Ⅱ６③消去方法の一部", "ii.6.erasure", Asked),
            ("P.14 Ⅱ２⑥事務担当部署", "ii.2.department", Asked),
            ("Ⅳ２　具体的な方法　※詳細省略", "iv.2.training.method", Sure),
            ("Ⅱ３⑧「情報の突合」欄", "ii.3.usage.matching", Asked),
        ],
    );
}

#[test]
fn titles_cut_short_or_in_other_words() {
    check(
        "zenkomoku-h30-05",
        &[
            ("Ⅱ　概要　３．入手・使用　⑤本人への明示", "ii.3.notice", Sure),
            (
                "III プロセスにおけるリスク対策 4. ファイル取扱いの委託 情報保護管理体制の確認",
                "iii.4.management-check",
                Sure,
            ),
            ("Ⅱファイル概要 5.提供・移転 移転先1 ②移転先における用途", "ii.5.transferee[1].purpose", Sure),
            ("Ⅰ基本情報 7.担当部署 ②所属長の役職名", "i.7.head-title", Sure),
            ("Ⅰ 基本情報 7. 評価施機関における担当部署", "i.7", Sure),
            ("Ⅱ４委託事項２④委託先へのファイルの提供方法", "ii.4.contract[2].handover-method", Sure),
            ("Ⅲ２リスク３ 入手の際の本人確認の措置", "iii.2.risk3.identity-check", Sure),
            ("Ⅲ５リスク１ 提供・移転の記録 具体的な方法", "iii.5.risk1.log.method", Asked),
            ("Ⅲ４ 取扱いの記録 具体的な方法", "iii.4.handling-log.method", Asked),
        ],
    );
}

#[test]
fn the_number_and_the_kind_of_an_entry_are_never_lost() {
    check(
        "zenkomoku-h30-05",
        &[
            ("Ⅰ２　システム６の機能", "i.2.system[6].functions", Sure),
            ("Ⅰ－２　システム２　名称", "i.2.system[2].name", Sure),
            ("Ⅱ４委託事項５の名称", "ii.4.contract[5].name", Sure),
            ("Ⅱ－４　委託先３　⑤委託先名の確認方法", "ii.4.contract[3].name-check", Asked),
            ("Ⅱ４　委託(4)　⑥委託先名", "ii.4.contract[4].contractor", Asked),
            ("Ⅱ５　移転先２　②提供先における用途", "ii.5.transferee[2].purpose", Asked),
            ("Ⅱ５　提供先３の用途", "ii.5.recipient[3].purpose", Asked),
            // Whose number that is cannot be said.
            ("Ⅱ４　業務２　⑥委託先名", "?", Asked),
            ("Ⅱ４　委託先５名", "?", Asked),
        ],
    );
}

#[test]
fn several_entries_are_no_entry() {
    check(
        "zenkomoku-h30-05",
        &[
            ("Ⅱ４委託事項２～４⑥委託先名", "?", Asked),
            ("Ⅱ４　委託事項１、２　①委託内容", "?", Asked),
            ("Ⅱ５　提供先１及び提供先４　⑥提供方法", "?", Asked),
            ("Ⅰ２　システム２～５", "i.2.system", Asked),
            ("Ⅰ２　システム1・3", "i.2.system", Asked),
            ("Ⅰ－２－システム５－（３）他のシステムとの接続", "i.2.system[5].connections", Sure),
        ],
    );
}

#[test]
fn particles_and_kana_do_not_matter() {
    check(
        "zenkomoku-h30-05",
        &[
            ("Ⅱ５　提供先４　②提供先での用途", "ii.5.recipient[4].purpose", Sure),
            ("Ⅱ３⑧　権利利益に影響を与える得る決定", "ii.3.usage.decision", Sure),
            ("Ⅲ２リスク３　個人番号の真正性の確認の措置の内容", "iii.2.risk3.number-check", Sure),
            ("Ⅲ３リスク４　リスクに対する措置", "iii.3.risk4.measures", Sure),
            ("Ⅲ７リスク１：特定個人情報の漏洩・滅失・毀損リスク　⑦バックアップ", "iii.7.risk1.backup", Sure),
            ("Ⅲ７リスク１ ⑤物理的対策 具体的な対策内容", "iii.7.risk1.physical.content", Sure),
            // Kana that are a word.
            ("Ⅱ２④記録される項目　すべての記録項目", "ii.2.field-count.all-fields", Asked),
        ],
    );
    check("kiso-r06-10", &[("Ⅱ２　いつの時点での計数か", "ii.2.as-of", Sure)]);
}

#[test]
fn what_is_left_behind_a_number_is_looked_for_inside() {
    check(
        "zenkomoku-h30-05",
        &[
            ("Ⅱ－３　入手の頻度・時期", "ii.3.timing", Asked),
            ("Ⅲ７リスク１⑨重大事故　内容", "iii.7.risk1.incident.content", Sure),
            ("Ⅱ４委託事項１②委託する範囲　妥当性", "ii.4.contract[1].scope.validity", Sure),
            ("Ⅲ５　利用の見直し", "?", Asked),
            ("Ⅱ－４　契約の更新", "?", Asked),
        ],
    );
    check("kiso-h31-01", &[("Ⅱ－２　時点", "ii.2.as-of", Asked)]);
}

#[test]
fn where_all_numbers_agree_a_near_label_is_enough() {
    check(
        "zenkomoku-h30-05",
        &[
            ("Ⅱ４委託事項１⑥委託業者名", "ii.4.contract[1].contractor", Sure),
            ("Ⅰ１③対象の人数", "i.1.population", Sure),
            ("Ⅳ１②監査　具体的な方法", "iv.1.audit.content", Sure),
            ("Ⅲ－６　その他のリスク及びそのリスクに対する措置", "iii.6.other-risks", Sure),
        ],
    );
}

#[test]
fn a_number_that_contradicts_its_label_is_a_guess() {
    check(
        "zenkomoku-h30-05",
        &[
            ("Ⅱ２③対象となる本人の数", "ii.2.subject-count", Asked),
            ("Ⅰ２システム３④他のシステムとの接続", "i.2.system[3].connections", Asked),
            ("Ⅵ２⑥評価書への反映", "vi.2.reflection", Asked),
            (
                "Ⅲ 6. 特定個人情報の保管・消去 リスク3 消去手順 手順の内容",
                "iii.7.risk3.procedure.content",
                Asked,
            ),
        ],
    );
}

#[test]
fn the_shorter_forms() {
    check(
        "juten-h30-05",
        &[
            (
                "Ⅱ ファイルの概要 ５．提供・移転（委託に伴うものを除く。） 提供先２ ③提供する情報",
                "ii.5.recipient[2].information",
                Sure,
            ),
            ("Ⅲ－４　規定の内容", "iii.4.risk.contract-terms.content", Sure),
            ("Ⅲ10 その他のリスク対策", "iii.10", Sure),
            ("７．リスク ②その内容", "iii.7.risk.incident.content", Sure),
            ("Ⅳ１①請求先", "iv.1.office", Sure),
        ],
    );
    check(
        "kiso-r06-10",
        &[
            ("Ⅰ－５－②　所属長", "i.5.head-title", Sure),
            ("Ⅰ 関連情報　４．情報連携　②法令上の根拠", "i.4.legal-basis", Sure),
            ("Ⅱ－１　いつ時点の計数か", "ii.1.as-of", Sure),
            ("Ⅳ 8 人手を介在させる作業 判断の根拠", "iv.8.basis", Sure),
            ("Ⅳ-11 当該対策は十分か", "iv.11.adequacy", Sure),
            ("表紙 公表日", "cover.publication-date", Sure),
            ("評価実機施関名", "cover.agency", Asked),
            ("Ⅳ６ 接続しない（提供", "iv.6.no-provide", Sure),
        ],
    );
}

#[test]
fn what_names_no_single_item_is_left_open() {
    let form = Form::with_id("zenkomoku-h30-05").unwrap();
    for text in [
        "Ⅰ７①部署②所属長の役職名",
        "Ⅱ３③及び④",
        "Ⅲ６　リスクに対する措置の内容",
        "様式の改正に伴う変更",
        "全体",
    ] {
        assert_eq!(form.resolve(text, 1).target, None, "{text}");
    }
}
