//! Rules across the items of one document (FORM).

use super::case::{Case, DAY, case};
use super::support::Sandbox;

const KAIGO: &str = "019984-mihon/8-kaigo/assessment.yaml";
const KISO: &str = "019984-mihon/8-kaigo-kiso/assessment.yaml";
const KOKUHO: &str = "019984-mihon/9-kokuho/assessment.yaml";
/// The list of fields of 8-kaigo.
const FIELDS: &str = "|\n    - 個人番号\n    - 氏名、性別、生年月日、住所\n    - 認定の結果\n\n";
const CITY: &str = "019984-mihon/municipality.yaml";

pub fn cases() -> Vec<Case> {
    [files(), provision(), network(), measures(), fields(), numbers(), kiso()].into_iter().flatten().collect()
}

fn files() -> Vec<Case> {
    vec![
        case("FORM-04", "the risks name another file").edit(
            KAIGO,
            "リスク対策:\n      特定個人情報ファイル名: 介護保険ファイル",
            "リスク対策:\n      特定個人情報ファイル名: ‹介護保険情報ファイル›",
        ),
        case("FORM-04", "the summary names another file").edit(
            KAIGO,
            "概要:\n      特定個人情報ファイル名: 介護保険ファイル",
            "概要:\n      特定個人情報ファイル名: ‹介護保険情報ファイル›",
        ),
        case("FORM-04", "more files than summaries")
            .edit(KISO, "    - 介護保険ファイル\n", "    - 介護保険ファイル\n    - 保険料ファイル\n")
            .edit(
                KAIGO,
                "  特定個人情報ファイル名: 介護保険ファイル\n  特",
                "  特定個人情報ファイル名:\n    ‹- 介護保険ファイル\n    - 保険料ファイル›\n  特",
            ),
        case("FORM-04", "another order than the summaries")
            .with(two_files)
            .edit(KISO, "    - 介護保険ファイル\n    - 保険料ファイル\n", "    - 保険料ファイル\n    - 介護保険ファイル\n")
            .edit(KAIGO, "[介護保険ファイル, 保険料ファイル]", "‹[保険料ファイル, 介護保険ファイル]›"),
        case("FORM-23", "no figure").edit(
            KAIGO,
            "    - ファイル: figures/nagare.svg\n      代替テキスト: 被保険者が介護保険課に申請し、介護保険課が認定の結果を被保険者に通知する。\n      説明: 認定の流れ\n",
            "",
        ).points_at(KAIGO, "事務の内容（図）"),
    ]
}

/// The 基礎項目評価書 says what the 全項目評価書 says in these cases: that something is provided or transferred.
fn answers_for_provision(sandbox: &Sandbox) {
    let risk = "    不正な提供・移転が行われるリスクへの対策は十分か: 十分である";
    sandbox.replace(KISO, "    提供・移転しない: はい", risk);
}

fn provision() -> Vec<Case> {
    vec![
        case("FORM-05", "outsourced but ticked away").edit(
            KAIGO,
            "      特定個人情報ファイルの取扱いの委託:\n        情報保護管理体制",
            "      特定個人情報ファイルの取扱いの委託:\n        委託しない: ‹はい›\n        情報保護管理体制",
        ),
        case("FORM-06", "no subcontractor but well supervised").edit(
            KAIGO,
            "適切な取扱いの確保: 再委託していない",
            "適切な取扱いの確保:\n          選択: ‹十分に行っている›\n          具体的な方法: 報告を受ける。",
        ),
        case("FORM-07", "provided another way but ticked away")
            .edit(
                KAIGO,
                "提供方法: [情報提供ネットワークシステム]",
                "提供方法: [情報提供ネットワークシステム, 専用線]",
            )
            .points_at(KAIGO, "提供・移転しない: ‹はい›"),
        case("FORM-07", "transferred but ticked away").edit(
            KOKUHO,
            "通じた提供を除く。）:\n        リスク：不正な提供",
            "通じた提供を除く。）:\n        提供・移転しない: ‹はい›\n        リスク：不正な提供",
        ),
        case("FORM-07", "provided through the network alone and not ticked")
            .with(answers_for_provision)
            .edit(KAIGO, "提供・移転しない: はい\n", &format!("提供・移転しない: ‹いいえ›\n{MEASURES}")),
        case("FORM-07", "nothing provided and not ticked")
            .with(answers_for_provision)
            .edit(
                KISO,
                "    不正な提供が行われるリスクへの対策は十分か: 十分である\n",
                "    接続しない（提供）: はい\n",
            )
            .edit(KAIGO, "          - 提供を行っている: 1\n", "          - 行っていない\n")
            .with(|s| cut(s, KAIGO, "        提供先:\n", "      特定個人情報の保管・消去:\n"))
            .with(|s| {
                cut(
                    s,
                    KAIGO,
                    "        リスク5:\n          リスクに対する措置の内容: 照会の",
                    "      特定個人情報の保管・消去:\n        リスク1:",
                );
            })
            .edit(KAIGO, "接続しない（提供）: いいえ", "接続しない（提供）: はい")
            .edit(KAIGO, "提供・移転しない: はい\n", &format!("提供・移転しない: ‹いいえ›\n{MEASURES}")),
    ]
}

/// Ⅲ.5 of 8-kaigo, where it is not ticked away.
const MEASURES: &str = "        リスク1:
          特定個人情報の提供・移転の記録:
            選択: 記録を残している
            具体的な方法: 5年残す。
          特定個人情報の提供・移転に関するルール:
            選択: 定めている
            ルールの内容及びルール遵守の確認方法: 年に1回確かめる。
          リスクへの対策は十分か: 十分である
        リスク2:
          リスクに対する措置の内容: 通信を暗号にする。
          リスクへの対策は十分か: 十分である
        リスク3:
          リスクに対する措置の内容: 相手を確かめる。
          リスクへの対策は十分か: 十分である
";

fn network() -> Vec<Case> {
    vec![
        case("FORM-08", "the network is used everywhere but not said to be")
            .edit(KAIGO, "実施の有無: 実施する", "実施の有無: ‹実施しない›")
            .with(unused),
        case("FORM-08", "not decided although the network is used")
            .edit(KAIGO, "実施の有無: 実施する", "実施の有無: ‹未定›")
            .with(|s| s.replace(KISO, "実施の有無: 実施する", "実施の有無: 未定")),
        alone("FORM-08", "one box is not ticked")
            .with(unused)
            .edit(KISO, "接続しない（提供）: はい", "接続しない（提供）: ‹いいえ›")
            .edit(KISO, "接続しない（提供）: いいえ\n", "接続しない（提供）: いいえ\n    不正な提供が行われるリスクへの対策は十分か: 十分である\n"),
        alone("FORM-09", "the network is used in neither way")
            .with(unused)
            .edit(KISO, "実施の有無: 実施しない", "実施の有無: 実施する")
            .points_at(KISO, "接続しない（入手）: ‹はい›"),
        case("FORM-10", "provided through the network but ticked away")
            .edit(KAIGO, "接続しない（提供）: いいえ", "接続しない（提供）: ‹はい›"),
        case("FORM-10", "obtained through the network but ticked away")
            .edit(KAIGO, "接続しない（提供）: いいえ", "接続しない（入手）: ‹はい›"),
        case("FORM-10", "not obtained through the network and not ticked")
            .edit(KAIGO, "[紙, 庁内連携システム, 情報提供ネットワークシステム]", "[紙, 庁内連携システム]")
            .points_at(KAIGO, "      ‹情報提供ネットワークシステムとの接続›:"),
        case("FORM-10", "not provided through the network and not ticked")
            .with(answers_for_provision)
            .edit(KAIGO, "提供方法: [情報提供ネットワークシステム]", "提供方法: [専用線]")
            .edit(KAIGO, "提供・移転しない: はい\n", &format!("提供・移転しない: いいえ\n{MEASURES}"))
            .points_at(KAIGO, "接続しない（提供）: ‹いいえ›"),
        alone("FORM-11", "a ground for what is ticked away")
            .edit(KISO, "法令上の根拠: 番号法第19条第8号", "法令上の根拠: |\n      【情報照会の根拠】\n      番号法第19条第8号\n      【情報提供の根拠】\n      番号法第19条第8号")
            .edit(KISO, "    不正な提供が行われるリスクへの対策は十分か: 十分である\n", "    接続しない（提供）: ‹はい›\n"),
        case("FORM-14", "no system is connected to the network")
            .edit(KAIGO, "[情報提供ネットワークシステム, 宛名システム等]", "[宛名システム等]")
            .points_at(KAIGO, "実施の有無: ‹実施する›"),
        case("FORM-14", "no system is connected to the others")
            .edit(KAIGO, "        - 庁内連携システム\n        - その他: 認定", "        - その他: 認定")
            .points_at(KAIGO, "[紙, 庁内連携システム, 情報提供ネットワークシステム]"),
    ]
}

fn measures() -> Vec<Case> {
    vec![
        case("FORM-13", "a measure with a problem").edit(
            KAIGO,
            "鍵の掛かる棚に置く。\n          リスクへの対策は十分か: 十分である",
            "鍵の掛かる棚に置く。\n          リスクへの対策は十分か: ‹課題が残されている›",
        ),
        case("FORM-13", "no sufficient self check").edit(
            KAIGO,
            "自己点検:\n      選択: 十分に行っている",
            "自己点検:\n      選択: ‹十分に行っていない›",
        ),
        case("FORM-15", "an accident that is not described").edit(
            KAIGO,
            "          過去３年以内に、評価実施機関において、個人情報に関する重大事故が発生したか: 発生なし",
            "          ‹過去３年以内に、評価実施機関において、個人情報に関する重大事故が発生したか›:\n            選択: 発生あり\n            その内容: 通知書を別の人に送った。",
        ),
        case("FORM-15", "a description without an accident").edit(
            KAIGO,
            "発生したか: 発生なし",
            "発生したか:\n            選択: 発生なし\n            その内容: ‹誤って送付した。›",
        ),
        case("FORM-27", "a city that keeps the standard of the government")
            .edit(KAIGO, "NISC政府機関統一基準群: 政府機関ではない", "NISC政府機関統一基準群: ‹十分に遵守している›"),
        case("FORM-27", "an agency of the government that says it is none")
            .edit(CITY, "code:", "gov_agency: true\ncode:")
            .points_at(KAIGO, "政府機関ではない"),
        case("FORM-28", "no procedure but enough")
            .edit(KAIGO, "          消去手順:\n            選択: 定めている\n            手順の内容: 期間を過ぎた情報の一覧を作り、課長の承認を得て消去する。\n          リスクへの対策は十分か: 十分である", "          消去手順: 定めていない\n          リスクへの対策は十分か: ‹十分である›"),
        case("FORM-30", "an accident in one file only").with(two_files).edit(
            KAIGO,
            "発生したか: 発生なし\n          死者の個人番号: 保管していない",
            "発生したか:\n            選択: ‹発生あり›\n            その内容: 通知書を別の人に送った。\n            再発防止策の内容: 二人で読み合わせる。\n          死者の個人番号: 保管していない",
        ),
    ]
}

fn fields() -> Vec<Case> {
    vec![
        case("FORM-16", "the fields are somewhere else")
            .edit(KAIGO, "全ての記録項目: 別添２を参照。", "全ての記録項目: ‹システムの仕様書のとおり›"),
        case("FORM-16", "the fields are in another appendix")
            .edit(KAIGO, "全ての記録項目: 別添２を参照。", "全ての記録項目: ‹別添１を参照。›"),
        case("FORM-16", "fewer fields than chosen")
            .edit(KOKUHO, "選択: 10項目以上50項目未満", "選択: ‹50項目以上100項目未満›"),
        case("FORM-16", "a stated number that is not the number of lines")
            .edit(KOKUHO, "国民健康保険ファイル（42項目）", "国民健康保険ファイル（‹41項目›）"),
        case("FORM-16", "one of two files has no list")
            .with(two_files)
            .edit(KAIGO, FIELDS, "|\n    ‹介護保険ファイル\n\n    - 個人番号\n    - 氏名、性別、生年月日、住所\n    - 認定の結果\n\n›"),
        case("FORM-04", "the list of fields names another file").with(two_files).edit(
            KAIGO,
            FIELDS,
            "|\n    介護保険ファイル\n\n    - 個人番号\n    - 認定の結果\n\n    ‹賦課収納ファイル›\n\n    - 個人番号\n    - 氏名、住所\n\n",
        ),
        case("FORM-17", "a file without numbers").edit(
            KAIGO,
            "            - 個人番号\n            - 4情報（氏名、性別、生年月日、住所）\n",
            "            ‹- 4情報（氏名、性別、生年月日、住所）\n            - その他識別情報（内部番号）›\n",
        ).edit(KAIGO, "            - 介護・高齢者福祉関係情報\n            - その他: 口座情報\n", ""),
        case("FORM-17", "a file with symbols for the numbers").edit(
            KAIGO,
            "            - 個人番号\n            - 4情報（氏名、性別、生年月日、住所）\n            - 介護・高齢者福祉関係情報\n            - その他: 口座情報\n",
            "            ‹- 個人番号対応符号\n            - 4情報（氏名、性別、生年月日、住所）›\n",
        ),
        case("FORM-24", "another department that is not named")
            .edit(KAIGO, "- 評価実施機関内の他部署: 市民課、市民税課", "- ‹評価実施機関内の他部署›"),
        case("FORM-29", "a category that is explained but not ticked").edit(
            KAIGO,
            "            - 個人番号\n            - 4情報（氏名、性別、生年月日、住所）\n            - 介護・高齢者福祉関係情報\n            - その他: 口座情報\n          その妥当性: 認定と保険料の徴収に必要な項目に限っている。\n",
            "            ‹- 個人番号\n            - 4情報（氏名、性別、生年月日、住所）›\n          その妥当性: |\n            ・個人番号、4情報：本人を特定するため\n            ・連絡先（電話番号等）：申請の内容を問い合わせるため\n",
        ),
    ]
}

fn numbers() -> Vec<Case> {
    vec![
        case("FORM-25", "the whole file but fewer people").edit(
            KAIGO,
            "              対象となる本人の数: 10万人以上100万人未満",
            "              対象となる本人の数: ‹1万人以上10万人未満›",
        ),
        case("FORM-26", "more people than in the file").edit(
            KAIGO,
            "本人の数: 1万人以上10万人未満",
            "本人の数: ‹100万人以上1,000万人未満›",
        ),
    ]
}

fn kiso() -> Vec<Case> {
    vec![
        alone("FORM-19", "another answer than above")
            .edit(KISO, "【再掲】: 十分である", "【再掲】: ‹特に力を入れている›"),
        alone("FORM-19", "a measure that is ticked away")
            .edit(KISO, "対策: 従業者に対する教育・啓発", "対策: ‹委託先における不正な使用等のリスクへの対策›")
            .edit(KISO, "    委託先における不正な使用等のリスクへの対策は十分か: 十分である\n", "    委託しない: はい\n"),
        alone("FORM-19", "a deeper assessment that is not submitted")
            .with(|s| cut(s, KISO, "    最も優先度が高いと考えられる対策: ", ""))
            .edit(KISO, "評価を実施する: いいえ", "評価を実施する: ‹はい›"),
        case("FORM-19", "a deeper assessment that is not said").edit(
            KISO,
            "評価を実施する: はい\n",
            "評価を実施する: ‹いいえ›\n    最も優先度が高いと考えられる対策: 従業者に対する教育・啓発\n    当該対策は十分か【再掲】: 十分である\n    判断の根拠: 年に1回、研修を行う。\n",
        ),
        case("FORM-22", "no kind of audit").edit(KISO, "    実施の有無: [自己点検, 内部監査]", "    実施の有無: ‹[]›"),
    ]
}

/// A case in a city with nothing but one 基礎項目評価書, so that no other document contradicts it.
fn alone(code: &'static str, name: &'static str) -> Case {
    case(code, name)
        .with(|s| {
            for folder in ["8-kaigo", "9-kokuho", "9-kokuho-kiso"] {
                kohyo::fs::remove_dir_all(&s.path(&format!("019984-mihon/{folder}"))).unwrap();
            }
        })
        .edit(KISO, "対象人数は何人か: 30万人以上", "対象人数は何人か: 1,000人以上1万人未満")
        .edit(KISO, "基礎項目評価及び全項目評価の実施が義務付けられる", "基礎項目評価の実施が義務付けられる")
        .edit(KISO, "種類: 基礎項目評価書及び全項目評価書", "種類: 基礎項目評価書")
        .edit(
            KISO,
            "評価を実施する: はい\n",
            "評価を実施する: いいえ\n    最も優先度が高いと考えられる対策: 従業者に対する教育・啓発\n    当該対策は十分か【再掲】: 十分である\n    判断の根拠: 年に1回、研修を行う。\n",
        )
}

/// 基礎項目評価書 without the network.
fn unused(sandbox: &Sandbox) {
    sandbox.replace(KISO, "実施の有無: 実施する", "実施の有無: 実施しない");
    sandbox.replace(
        KISO,
        "  情報提供ネットワークシステムとの接続:\n    目的外の入手が行われるリスクへの対策は十分か: 十分である\n    不正な提供が行われるリスクへの対策は十分か: 十分である\n",
        "  情報提供ネットワークシステムとの接続:\n    接続しない（入手）: はい\n    接続しない（提供）: はい\n",
    );
}

/// Takes out what stands between two texts: `from` goes as well, `to` stays. An empty `to` is the end.
fn cut(sandbox: &Sandbox, file: &str, from: &str, to: &str) {
    let text = sandbox.text(file);
    let (head, rest) = text.split_once(from).unwrap();
    let tail = if to.is_empty() { "" } else { &rest[rest.find(to).unwrap()..] };
    sandbox.write(file, format!("{head}{tail}"));
}

/// A second file in 8-kaigo, and in its 基礎項目評価書.
fn two_files(sandbox: &Sandbox) {
    sandbox.remove("019984-mihon/8-kaigo/tsukaikata.md");
    sandbox.replace(
        KAIGO,
        "        使用方法:\n",
        "        使用方法:\n          内容: 保険料を計算する。\n          情報の突合: 行わない。\n",
    );
    let text = sandbox.text(KAIGO);
    let from = text.find("  - 特定個人情報ファイルの概要:").unwrap();
    let to = text.find("特定個人情報ファイル記録項目:").unwrap();
    let second = text[from..to].replace("介護保険ファイル", "保険料ファイル").replace(
        "          死者の個人番号:\n            選択: 保管している\n            具体的な保管方法: 生きている人の個人番号と同じ方法で保管する。\n",
        "          死者の個人番号: 保管していない\n",
    );
    let text = format!("{}{second}{}", text[..to].trim_end().to_owned() + "\n", &text[to..]);
    let text = text.replacen(
        "  特定個人情報ファイル名: 介護保険ファイル\n",
        "  特定個人情報ファイル名: [介護保険ファイル, 保険料ファイル]\n",
        1,
    );
    sandbox.write(KAIGO, text);
    sandbox.replace(KISO, "    - 介護保険ファイル\n", "    - 介護保険ファイル\n    - 保険料ファイル\n");
}

/// The codes found after some edits.
fn codes(edits: &[(&str, &str, &str)]) -> Vec<String> {
    let sandbox = Sandbox::new();
    for (file, from, to) in edits {
        sandbox.replace(file, from, to);
    }
    let run = sandbox.run(&["check", "content", "--format", "short", "--as-of", DAY]);
    let code = |line: &str| {
        line.split_once('[').and_then(|(_, rest)| rest.split_once(']')).map(|(code, _)| code.to_owned())
    };
    run.stdout.lines().filter_map(code).filter(|c| c.starts_with("FORM") || c.starts_with("RE")).collect()
}

/// A part that is left out where the box above it should be ticked is one finding, which names the box.
#[test]
fn a_part_that_is_left_out_is_one_finding_that_names_its_boxes() {
    let sandbox = Sandbox::new();
    sandbox.replace(KAIGO, "          選択: 委託する\n          件数: 1\n", "          選択: 委託しない\n");
    cut(&sandbox, KAIGO, "        委託事項:\n", "      特定個人情報の提供・移転");
    cut(
        &sandbox,
        KAIGO,
        "      特定個人情報ファイルの取扱いの委託:\n        情報保護",
        "      特定個人情報の提供・移転（委託や",
    );
    let found = sandbox.run(&["check", "content", "--format", "short", "--as-of", DAY]).stdout;
    assert_eq!(found.matches("8-kaigo/assessment.yaml").count(), 1, "{found}");
    let found = sandbox.run(&["check", "content", "--as-of", DAY]).stdout;
    assert!(found.contains("[REQ-01]") && found.contains("「委託しない: はい」"), "{found}");
}

/// R10–R12: entries and the answers that say whether there are any.
#[test]
fn answers_without_entries_and_entries_without_answers_are_found() {
    let one = |from, to| codes(&[(KAIGO, from, to)]);
    assert!(
        one("          選択: 委託する\n          件数: 1\n", "          選択: 委託しない\n")
            .contains(&"REQ-02".to_owned())
    );
    assert!(
        one("          - 提供を行っている: 1\n", "          - 行っていない\n").contains(&"REQ-02".to_owned())
    );
    assert!(
        one(
            "          - 提供を行っている: 1\n",
            "          - 提供を行っている: 1\n          - 移転を行っている: 0\n"
        )
        .contains(&"REP-02".to_owned())
    );
    let sandbox = Sandbox::new();
    cut(&sandbox, KAIGO, "        委託事項:\n", "      特定個人情報の提供・移転");
    let found = sandbox.run(&["check", "content", "--format", "short", "--as-of", DAY]).stdout;
    assert!(found.contains("[REP-02]") && found.contains("[REP-03]"), "{found}");
}

#[test]
fn a_misspelt_box_is_not_a_missing_one() {
    assert!(codes(&[(KAIGO, "            - 個人番号\n", "            - 個人番合\n")]).is_empty());
    assert!(codes(&[(KISO, "[自己点検, 内部監査]", "[自己点険]")]).is_empty());
    let misspelt = [(
        KAIGO,
        "[紙, 庁内連携システム, 情報提供ネットワークシステム]",
        "[紙, 庁内連携システム, 情報提供ネットワークシステ]",
    )];
    assert!(codes(&misspelt).is_empty());
}

#[test]
fn a_box_that_is_told_in_a_way_that_cannot_be_read_is_not_untold() {
    let edit =
        (KAIGO, "- 評価実施機関内の他部署: 市民課、市民税課", "- 評価実施機関内の他部署: [市民課, 市民税課]");
    assert!(codes(&[edit]).is_empty());
}

#[test]
fn names_that_differ_only_in_width_are_the_same() {
    let edit = (
        KAIGO,
        "概要:\n      特定個人情報ファイル名: 介護保険ファイル",
        "概要:\n      特定個人情報ファイル名: 介護保険 ﾌｧｲﾙ",
    );
    assert!(codes(&[edit]).is_empty());
}

#[test]
fn nothing_is_said_about_the_number_of_fields_that_cannot_be_counted() {
    let edits = [
        (KOKUHO, "ファイル（42項目）", "ファイル"),
        (KOKUHO, "    5. 氏名\n", "    5. 氏名、性別、生年月日\n"),
        (KOKUHO, "選択: 10項目以上50項目未満", "選択: 50項目以上100項目未満"),
    ];
    assert!(codes(&edits).is_empty());
}

/// Only a method that is in use contradicts 未定: boxes that are not ticked may be a plan.
#[test]
fn a_plan_to_use_the_network_contradicts_nothing() {
    let undecided = [
        (KAIGO, "実施の有無: 実施する", "実施の有無: 未定"),
        (KAIGO, "[紙, 庁内連携システム, 情報提供ネットワークシステム]", "[紙, 庁内連携システム]"),
        (KAIGO, "提供方法: [情報提供ネットワークシステム]", "提供方法: [専用線]"),
        (KISO, "実施の有無: 実施する", "実施の有無: 未定"),
    ];
    assert!(!codes(&undecided).contains(&"FORM-08".to_owned()));
}
