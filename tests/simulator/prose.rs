//! What officers write, in sentences of our own about towns that do not exist.

use kohyo::form::{Form, Kind, Node};

use super::dice::Dice;

const TOWNS: [&str; 8] =
    ["みどり野市", "白鳥町", "北月市", "あさひ川村", "三ツ岬市", "若葉台区", "青渚市", "大樫町"];
const WHO: [&str; 12] = [
    "担当の職員",
    "所属長",
    "受託した事業者",
    "システムの管理者",
    "窓口の職員",
    "情報主管課",
    "届け出た人",
    "係の二人",
    "夜間の当番",
    "課の代表者",
    "保守の技術者",
    "文書係",
];
const WHEN: [&str; 14] = [
    "毎月の末に",
    "申込みがあった都度",
    "年度の初めに",
    "業務が終わった後",
    "必要に応じて",
    "一日に一度",
    "異動の都度",
    "四半期ごとに",
    "あらかじめ",
    "受け付けた順に",
    "翌開庁日までに",
    "週に二回",
    "登録の前に",
    "返却の際に",
];
const WHAT: [&str; 20] = [
    "受付簿",
    "貸出しの台帳",
    "操作の記録",
    "利用者の番号",
    "磁気の媒体",
    "申込書の写し",
    "宛名の一覧",
    "住民記録の異動分",
    "鍵の管理簿",
    "ＩＤとパスワード",
    "LGWAN接続端末",
    "予診票の束",
    "接種券の発送履歴",
    "委託先の作業報告書",
    "個人番号の写し",
    "照会の結果",
    "通信の経路",
    "電子データ",
    "アクセスログ",
    "符号の対応表",
];
const DOES: [&str; 20] = [
    "を確かめる",
    "を施錠した書庫にしまう",
    "を二人で照らし合わせる",
    "を課長に報告する",
    "を画面に表示させない",
    "を暗号化して送る",
    "を裁断してから捨てる",
    "を台帳に書き留める",
    "を権限のない人に渡さない",
    "を突き合わせる",
    "を正確に登録する",
    "を定められた場所の外へ持ち出さない",
    "を別の回線に分ける",
    "を決裁の後に印刷する",
    "を専用の端末だけで扱う",
    "を一覧と見比べる",
    "を複製しない",
    "を一年ごとに見直す",
    "を仮名に置き換える",
    "を速やかに更新する",
];
const ENDS: [&str; 7] =
    ["。", "こととしている。", "。", "仕組みである。", "よう努める。", "。", "ものとする。"];
const ASIDES: [&str; 8] = [
    "（閉庁日を除く。）",
    "（以下「台帳」という。）",
    "(VPN等)",
    "（※1）",
    "（ISO/IEC 27001）",
    "(2回目以降は不要)",
    "（電話：0000-00-0000）",
    "（平成30年法律第99号）",
];
const MEASURES: [&str; 8] = [
    "における措置",
    "における追加措置",
    "の運用における措置",
    "における対応",
    "に係る措置",
    "の場合",
    "について",
    "での取扱い",
];
const SYSTEMS: [&str; 9] = [
    "健康台帳システム",
    "宛名連携システム",
    "中間サーバー",
    "窓口受付システム",
    "電子申請機能",
    "中間サーバー・プラットフォーム",
    "図書貸出システム",
    "住民記録システム",
    "接種記録システム（SKS）",
];
const OFFICES: [&str; 8] = [
    "健康こども部予防課",
    "総務部文書課",
    "保健福祉部健康増進課",
    "市民生活部窓口サービス課",
    "企画部情報政策課",
    "教育委員会学校保健課",
    "福祉局高齢支援室",
    "保健所地域保健課",
];
const FIRMS: [&str; 6] = [
    "株式会社みどり計算",
    "白鳥データ株式会社",
    "(株)北月システムズ 三ツ岬支店",
    "あさひ川情報センター",
    "一般競争入札により決定",
    "合同会社 若葉記録管理",
];

/// How texts may quote the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Quotes {
    /// Not at all.
    None,
    /// Inside sentences: labels and options in 「」.
    Inline,
    /// Also as points of a list that are nothing but a label.
    Points,
}

pub(crate) fn town(dice: &mut Dice) -> &'static str {
    dice.pick(&TOWNS)
}

fn sentence(dice: &mut Dice) -> String {
    let mut out = String::new();
    if dice.percent(55) {
        out += dice.pick(&WHO);
        out += dice.pick(&["は、", "が", "において"]);
    }
    out += dice.pick(&WHEN);
    out += dice.pick(&WHAT);
    if dice.percent(15) {
        out += dice.pick(&ASIDES);
    }
    if dice.percent(25) {
        out += dice.pick(&["及び", "、", "や", "又は"]);
        out += dice.pick(&WHAT);
    }
    out += dice.pick(&DOES);
    out + dice.pick(&ENDS)
}

fn paragraph(dice: &mut Dice) -> String {
    (0..=dice.roll(4)).map(|_| sentence(dice)).collect()
}

fn quotation(dice: &mut Dice, form: &Form) -> String {
    let node = any_item(dice, form);
    let mark = node.mark.clone().filter(|m| !m.contains('{')).unwrap_or_default();
    match dice.roll(5) {
        0 => format!("「{mark}{}」に書いたとおりである。", node.label),
        1 => format!("上記「{}」と同じ扱いとする。", node.label),
        2 => format!("「{} {}」と同様", node.reference.replace("{n}", "1"), node.label),
        3 => format!("{}については、次のとおり{}", node.label, sentence(dice)),
        _ => match form.options(node).first() {
            Some(option) => format!("点検の結果は「{}」であった。", option.label),
            None => format!("なお、{}の欄も参照されたい。", node.label),
        },
    }
}

fn any_item<'f>(dice: &mut Dice, form: &'f Form) -> &'f Node {
    let items: Vec<&Node> = form
        .nodes()
        .iter()
        .filter(|n| n.is_item() && !n.synthetic_label && !form.is_change_part(n))
        .collect();
    items[dice.roll(items.len())]
}

/// A text of several lines: headings in 【】, points, numbered points, paragraphs.
pub(crate) fn text(dice: &mut Dice, form: &Form, town: &str, quotes: Quotes) -> Vec<String> {
    let mut lines = Vec::new();
    if dice.percent(25) {
        lines.push(paragraph(dice));
    }
    for _ in 0..=dice.roll(3) {
        let headed = dice.percent(45);
        if headed {
            let who = if dice.percent(40) { town } else { dice.pick(&SYSTEMS) };
            let (open, close) =
                [("【", "】"), ("＜", "＞"), ("【", "】"), ("<", ">"), ("(", ")"), ("〔", "〕")]
                    [dice.roll(6)];
            lines.push(format!("{open}{who}{}{close}", dice.pick(&MEASURES)));
        }
        points(dice, &mut lines);
    }
    if quotes >= Quotes::Inline && dice.percent(12) {
        lines.push(quotation(dice, form));
    }
    if quotes == Quotes::Points && dice.percent(5) {
        lines.push("次の事項を契約書に定める。".to_owned());
        lines.extend((0..3).map(|at| format!("{}{}", circled(at), any_item(dice, form).label)));
    }
    lines
}

fn points(dice: &mut Dice, lines: &mut Vec<String>) {
    let count = 2 + dice.roll(4);
    match dice.roll(7) {
        0 | 1 => lines.extend((0..count).map(|_| format!("・{}", sentence(dice)))),
        2 => lines.extend((0..count).map(|at| format!("{}{}", circled(at), paragraph(dice)))),
        3 => lines.extend((0..count).map(|at| format!("{}. {}", at + 1, sentence(dice)))),
        4 => lines.extend((0..count).map(|at| format!("（{}）{}", at + 1, sentence(dice)))),
        5 => {
            lines.push(paragraph(dice));
            lines.push(format!("※{}", sentence(dice)));
        }
        _ => lines.extend((0..=dice.roll(2)).map(|_| paragraph(dice))),
    }
}

pub(crate) fn circled(at: usize) -> char {
    char::from_u32(0x2460 + u32::try_from(at).unwrap_or(0)).unwrap_or('①')
}

/// What stands in an item, after what its label asks for.
pub(crate) fn answer(dice: &mut Dice, form: &Form, node: &Node, town: &str, quotes: Quotes) -> Vec<String> {
    let label = node.label.as_str();
    let has = |words: &[&str]| words.iter().any(|w| label.contains(w));
    if has(&["宣言"]) {
        let head = format!("{town}は、予防接種に関する事務における特定個人情報ファイルを扱うに当たり、");
        return vec![head + &paragraph(dice) + "もって、住民の信頼に応えることを宣言する。"];
    }
    if label == "評価書番号" {
        return vec![(1 + dice.roll(40)).to_string()];
    }
    if label == "評価書名" {
        return vec![format!("予防接種に関する事務 {}", form.head.short_title)];
    }
    if label == "評価実施機関名" {
        return vec![format!("{town}長")];
    }
    if has(&["ファイル名"]) {
        return vec![[dice.pick(&["予防接種", "接種対象者", "健康管理"]), "ファイル"].concat()];
    }
    if has(&["部署"]) {
        let first = dice.pick(&OFFICES).to_owned();
        return vec![if dice.percent(30) { format!("{first}、{}", dice.pick(&OFFICES)) } else { first }];
    }
    if has(&["役職", "所属長"]) {
        return vec![format!("{}長", dice.pick(&OFFICES))];
    }
    if has(&["システムの名称"]) {
        return vec![dice.pick(&SYSTEMS).to_owned()];
    }
    if has(&["委託先名"]) && !has(&["確認"]) {
        return vec![dice.pick(&FIRMS).to_owned()];
    }
    if has(&["の名称"]) {
        return vec![format!(
            "{}の{}",
            dice.pick(&SYSTEMS),
            dice.pick(&["保守", "運用", "照会", "窓口", "登録業務"])
        )];
    }
    if has(&["請求先", "連絡先"]) {
        let office = dice.pick(&OFFICES);
        let mut lines = vec![
            format!("〒000-{:04} {town}中央{}丁目{}番", dice.roll(9999), 1 + dice.roll(9), 1 + dice.roll(30)),
            format!("{town} {office}"),
            format!("電話 000-{:03}-{:04}", dice.roll(999), dice.roll(9999)),
        ];
        lines.rotate_left(dice.roll(2));
        return lines;
    }
    if has(&["根拠"]) {
        let law = |dice: &mut Dice| {
            format!(
                "番号法第{}条第{}項 別表の{}の項",
                9 + dice.roll(12),
                1 + dice.roll(8),
                10 + dice.roll(90)
            )
        };
        return (0..=dice.roll(3))
            .map(|at| if at > 0 { format!("・{}", law(dice)) } else { law(dice) })
            .collect();
    }
    if has(&["実施日"]) {
        let (year, month) = (2 + dice.roll(4), 1 + dice.roll(11));
        return vec![format!("令和{year}年{month}月1日から令和{year}年{}月2日まで", month + 1)];
    }
    if has(&[
        "用途",
        "提供する情報",
        "移転する情報",
        "範囲",
        "頻度",
        "方法",
        "場所",
        "手数料",
        "個人情報ファイル",
    ]) && dice.percent(60)
    {
        return vec![sentence(dice)];
    }
    if node.kind == Kind::Text && dice.percent(7) {
        return vec![dice.pick(&["―", "なし", "該当なし", "－", "特になし", "-"]).to_owned()];
    }
    if dice.percent(20) {
        return vec![sentence(dice)];
    }
    text(dice, form, town, quotes)
}

/// What stands in the parenthesis of a box.
pub(crate) fn aside(dice: &mut Dice) -> String {
    match dice.roll(4) {
        0 => dice.pick(&OFFICES).to_owned(),
        1 => dice.pick(&SYSTEMS).to_owned(),
        2 => format!("{}、{}", dice.pick(&SYSTEMS), dice.pick(&SYSTEMS)),
        _ => format!("{}、{}（{}を除く。）", dice.pick(&OFFICES), dice.pick(&OFFICES), dice.pick(&WHAT)),
    }
}
