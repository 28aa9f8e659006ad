//! What a year may bring, and the rows about it.

use kohyo::compare::DifferenceKind;
use kohyo::history::{ChangeKind, meanings};

use super::setting::*;

/// The sample with what a year may bring: a choice, boxes and texts, a 委託事項 that is new and one that is gone, and 移転先 in another
/// order.
fn a_year_later(text: &str) -> String {
    const NEW: &str = "          - 委託事項の名称: 申告の受付会場における案内業務
            委託内容: 申告の受付会場での来場者の案内、申告書の書き方の説明及び受付番号の交付
            取扱いを委託する特定個人情報ファイルの範囲:
              選択: 特定個人情報ファイルの一部
              対象となる本人の数: 1万人未満
              対象となる本人の範囲: 受付会場に来た人
              その妥当性: 申告が2月と3月に集中し、職員だけでは来場者を待たせるため。
            委託先における取扱者数: 10人未満
            委託先への特定個人情報ファイルの提供方法:
              - 紙
            委託先名の確認方法: 市のウェブサイトで公表している。
            委託先名: かくう案内サービス株式会社
            再委託:
              再委託の有無: 再委託しない
";
    let between = |from: &str, to: &str| {
        let start = text.find(from).unwrap();
        text[start..start + text[start..].find(to).unwrap()].to_owned()
    };
    let second = "          - 委託事項の名称: 課税資料のデータ入力業務\n";
    let gone = between(
        "          - 委託事項の名称: 納税通知書等の印刷及び封入封緘業務\n",
        "      特定個人情報の提供・移転",
    );
    let (first_transfer, second_transfer) = (
        between(
            "          - 移転先の名称: 健康部国民健康保険課\n",
            "          - 移転先の名称: 福祉部介護保険課\n",
        ),
        between(
            "          - 移転先の名称: 福祉部介護保険課\n",
            "          - 移転先の名称: こども部こども給付課\n",
        ),
    );
    let edits = [
        (gone.as_str(), ""),
        (second, &format!("{NEW}{second}")),
        (&format!("{first_transfer}{second_transfer}"), &format!("{second_transfer}{first_transfer}")),
        ("公表日: 令和8年9月1日", "公表日: 令和9年4月1日"),
        ("期間: 6年以上10年未満", "期間: 10年以上20年未満"),
        (
            "              - 電子記録媒体（フラッシュメモリを除く。）\n              - 紙\n",
            "              - 専用線\n",
        ),
        ("施錠できる書庫に保管し、書庫の出入りを記録する。", "書庫に保管し、書庫の鍵は課長が管理する。"),
        ("使用開始日: 令和4年1月4日", "使用開始日: 2022-01-05"),
        (
            "\n          その他の措置の内容: 誤って受け取った資料は、係長が確認して記録を残した上で、提出元に返すか、正しい送り先に送る。",
            "",
        ),
    ];
    edits.into_iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

#[test]
fn the_rows_of_a_year() {
    let sample = Sample::named("12-kojin-juminzei");
    let after = document(&sample.source, &a_year_later(&sample.source.form.text), &sample.changes).unwrap();
    let drafted = drafted(&sample.before, &after, &sample.changes);
    let rows: Vec<_> = drafted.rows.iter().map(|row| format!("{row:?}")).collect();
    let text = text(&drafted);
    let form = a_year_later(&sample.source.form.text);
    let findings = found(&sample.source, &sample.before, &form, &text);
    assert!(findings.iter().all(|found| found.code.id() == "CHG-31"), "{findings:#?}");
    let now = document(&sample.source, &form, &text).unwrap();
    let meanings = meanings(&now.answers, &now.changes);
    for row in &drafted.rows {
        let is_move = meanings[row.number - 1].kind == ChangeKind::Moved;
        assert_eq!(is_move, row.kind == DifferenceKind::Moved, "{row:?}");
    }
    insta::assert_snapshot!(format!(
        "{}\n---\n{}",
        rows.join("\n"),
        text.strip_prefix(&sample.changes).unwrap()
    ));
}
