use proptest::prelude::*;

use super::*;
use crate::form::fold;
use crate::markdown::plain_blocks;

/// A comparison as text: blocks by lines, `[-gone-]` and `[+new+]`, with what became of a block before it.
fn shown(before: &str, after: &str) -> String {
    let Comparison::Inline(blocks) = compare(before, after) else { return "unlike".to_owned() };
    blocks.iter().map(shown_block).collect::<Vec<_>>().join("\n")
}

fn shown_block(block: &Block) -> String {
    let mark = match block.state {
        BlockState::Kept => "",
        BlockState::Added => "+ ",
        BlockState::Removed => "- ",
        BlockState::MovedHere => "> ",
        BlockState::MovedAway => "< ",
    };
    let is_whole = matches!(block.state, BlockState::Added | BlockState::Removed);
    let pieces = block.pieces.iter().map(|piece| match piece.state {
        PieceState::Kept => piece.text.clone(),
        _ if is_whole => piece.text.clone(),
        PieceState::Added => format!("[+{}+]", piece.text),
        PieceState::Removed => format!("[-{}-]", piece.text),
    });
    std::iter::once(mark.to_owned()).chain(pieces).collect()
}

#[track_caller]
fn check(before: &str, after: &str, expected: &str) {
    assert_eq!(shown(before, after), expected);
}

#[test]
fn a_replaced_word_is_gone_as_a_whole_before_the_new_one() {
    check("条例第７条に基づく。", "条例第12条に基づく。", "条例第[-７-][+12+]条に基づく。");
    check(
        "図書館の窓口で受け付ける。",
        "公民館の窓口で受け付ける。",
        "[-図書-][+公民+]館の窓口で受け付ける。",
    );
    check(
        "書類はシステムへ入力する。",
        "書類はサーバーへ入力する。",
        "書類は[-システム-][+サーバー+]へ入力する。",
    );
    check("鍵は使用者が預かる。", "鍵は利用者が預かる。", "鍵は[-使用-][+利用+]者が預かる。");
}

#[test]
fn a_part_of_a_long_name_is_found() {
    check("市民生活部戸籍課長", "市民生活部窓口サービス課長", "市民生活部[-戸籍-][+窓口サービス+]課長");
    check("環境整備部管理課、道路課", "環境部管理課、道路課", "環境[-整備-]部管理課、道路課");
}

#[test]
fn width_blanks_and_points_are_no_differences() {
    check("・第１回（３件） 受付　※注", "- 第1回(3件)受付 注", "第1回(3件)受付 注");
    check("記録を確認する ために使う。", "記録を確認するために使う。", "記録を確認するために使う。");
}

#[test]
fn the_point_of_an_entry_stays_in_front() {
    check("・一階の書庫の鍵", "・地下と一階の書庫の鍵", "・[+地下と+]一階の書庫の鍵");
    check("・地下と一階の書庫の鍵", "・一階の書庫の鍵", "・[-地下と-]一階の書庫の鍵");
    check("・書庫の鍵の管理", "・金庫の鍵の管理", "・[-書庫-][+金庫+]の鍵の管理");
}

#[test]
fn a_rewritten_phrase_is_no_confetti() {
    check(
        "紙の書類と電子の控えを納めた書庫の鍵は、毎朝の点検のあとに当番の職員が金庫から出して係長に渡す。",
        "紙の書類と電子の控えを納めた書庫の鍵は、要るときに限り係長が出し、その日のうちに返す。",
        "紙の書類と電子の控えを納めた書庫の鍵は、[-毎朝の点検のあとに当番の職員が金庫から出して係長に渡す-][+要るときに限り係長が出し、その日のうちに返す+]。",
    );
}

#[test]
fn an_addition_keeps_brackets_and_sentences_whole() {
    check(
        "記録（控えを含む。）を保管する。",
        "記録（控えを含む。）及び台帳（写しを含む。）を保管する。",
        "記録（控えを含む。）[+及び台帳（写しを含む。）+]を保管する。",
    );
    check(
        "棚に鍵をかける。台帳に記録する。",
        "棚に鍵をかける。窓を閉める。台帳に記録する。",
        "棚に鍵をかける。[+窓を閉める。+]台帳に記録する。",
    );
}

#[test]
fn a_sentence_follows_its_old_version_past_new_ones() {
    check(
        "窓口で本人の書類を確認し、台帳に記録する。",
        "＜窓口＞\n\n受付は平日とする。\n\n窓口で本人の書類を二人で確認し、台帳に記録する。",
        "+ ＜窓口＞\n+ 受付は平日とする。\n窓口で本人の書類を[+二人で+]確認し、台帳に記録する。",
    );
}

#[test]
fn sentences_that_were_joined_are_compared_with_both() {
    check(
        "受付簿は毎日点検する。点検した結果は所属長に報告する。",
        "受付簿は毎日点検し、結果は所属長に報告する。",
        "受付簿は毎日点検[-する。点検した-][+し、+]結果は所属長に報告する。",
    );
}

#[test]
fn lines_that_moved_are_moved() {
    check(
        "- 委託先の監督に関する事項\n- 秘密の保持に関する規定\n- 事故の報告に関する手順",
        "- 事故の報告に関する手順\n- 委託先の監督に関する事項\n- 秘密の保持に関する規定",
        "> 事故の報告に関する手順\n委託先の監督に関する事項\n秘密の保持に関する規定\n< 事故の報告に関する手順",
    );
    // A short one is sure where it stands once in each text …
    check(
        "- 鍵の管理\n- 点検の記録\n- 封筒の数",
        "- 封筒の数\n- 鍵の管理\n- 点検の記録",
        "> 封筒の数\n鍵の管理\n点検の記録\n< 封筒の数",
    );
    // … and not where it stands twice, or says next to nothing.
    check(
        "- 鍵の管理\n- 点検の記録\n- 封筒の数\n- 鍵の数\n- 封筒の数",
        "- 封筒の数\n- 鍵の管理\n- 点検の記録",
        "+ 封筒の数\n鍵の管理\n点検の記録\n- 封筒の数\n- 鍵の数\n- 封筒の数",
    );
    check("- 鍵の管理\n- なし", "- なし\n- 鍵の管理", "+ なし\n鍵の管理\n- なし");
}

#[test]
fn what_was_typed_into_a_line_is_compared_by_itself() {
    check(
        "- 受付簿をつける。\n- 台帳の照会及び回答 6. 古い簿冊の溶解による処分の事務",
        "- 受付簿をつける。\n- 台帳の照会及び回答を行う。\n- 古い簿冊の溶解による処分を行う。",
        "受付簿をつける。\n台帳の照会及び回答[+を行う。+]\n[-6. -]古い簿冊の溶解による処分[-の事務-][+を行う。+]",
    );
    check(
        "棚の鍵を数える。 [受付の内容] 1. 申請書を二人で確かめる。",
        "棚の鍵を数える。 [仕事の内容] 次の順に行う。 受付 申請書を二人で確かめる。",
        "棚の鍵を数える。 [[-受付-][+仕事+]の内容] [+次の順に行う。 +][-1. -][+受付 +]申請書を二人で確かめる。",
    );
}

#[test]
fn numbers_in_a_line_stay_with_their_entries() {
    check(
        "(1) 受付簿の点検 (2) 台帳の照合",
        "(1) 受付簿の点検 (2) 棚の施錠 (3) 台帳の照合",
        "(1) 受付簿の点検 [+(2) 棚の施錠 +]([-2-][+3+]) 台帳の照合",
    );
    check(
        "1. 受付簿の点検 2. 台帳の照合",
        "1. 受付簿の点検 2. 棚の施錠 3. 台帳の照合",
        "1. 受付簿の点検 [+2. 棚の施錠 +][-2-][+3+]. 台帳の照合",
    );
    check("[ ] 窓口 [○] 郵送", "[○] 窓口 [ ] 郵送", "[[+○+]] 窓口 [ [-○-]] 郵送");
}

#[test]
fn the_point_of_an_entry_typed_into_a_line_is_no_difference() {
    check("棚を閉める。・台帳をつける。", "棚を閉める。台帳をつける。", "棚を閉める。台帳をつける。");
    check("棚を閉める ・台帳をつける", "棚を閉める 台帳をつける", "棚を閉める 台帳をつける");
    check("棚・台帳の鍵", "棚台帳の鍵", "棚[-・-]台帳の鍵");
}

#[test]
fn a_rewritten_entry_keeps_its_label() {
    check(
        "- 入館管理 守衛が顔写真の台帳と見比べて記録簿に書き込む方式",
        "- 入館管理：磁気の札",
        "入館管理[-守衛が顔写真の台帳と見比べて記録簿に書き込む方式-][+：磁気の札+]",
    );
}

#[test]
fn lines_that_are_gone_stand_before_what_replaced_them() {
    check(
        "受付は平日とする。 （郵送）\n\n1. 封筒の消印を確かめる。\n\n2. 返信の切手を数える。",
        "受付は平日とする。 （電話） 録音した声を三十日間残す。",
        "受付は平日とする。 [-（郵送）-]\n- 1. 封筒の消印を確かめる。\n- 2. 返信の切手を数える。\n+ （電話） 録音した声を三十日間残す。",
    );
    check(
        "【倉庫の仕事】（紙）台帳の番号を機械に写すことにより、書き誤りを防ぐ措置を講じている。",
        "■札と端末\n\n読取の装置を使い、台帳の番号を機械に写すことにより、書き誤りを防ぐ措置を講じている。",
        "- 【倉庫の仕事】\n+ ■札と端末\n[-（紙）-][+読取の装置を使い、+]台帳の番号を機械に写すことにより、書き誤りを防ぐ措置を講じている。",
    );
}

#[test]
fn a_phrase_that_was_turned_round_is_replaced() {
    check("みほん商会株式会社", "株式会社あおば計算所", "- みほん商会株式会社\n+ 株式会社あおば計算所");
    check("課長補佐", "総務課長", "- 課長補佐\n+ 総務課長");
}

#[test]
fn a_verb_is_not_cut_in_its_kana() {
    check("条例に基づく交付", "条例に基づき、交付", "条例に[-基づく-][+基づき、+]交付");
    check("窓口で受け取る書類", "窓口で受け取った書類", "窓口で受け[-取る-][+取った+]書類");
    check("鍵は棚に置く。", "鍵の棚に置く。", "鍵[-は-][+の+]棚に置く。");
}

#[test]
fn texts_without_anything_in_common_are_unlike() {
    check(
        "窓口では申請書と本人の書類を二人の職員が照らし合わせ、合わないときは受け付けず、その理由を書面で伝える。",
        "記録の保存期間は七年とし、期限を過ぎた簿冊は毎年六月に外部の業者が溶解して処分し、証明書を受け取る。",
        "unlike",
    );
    // Short ones are no trouble.
    check("係員（３名）", "係員（２名）", "係員（[-３-][+２+]名）");
    check("窓口で受け付ける。", "郵送による。", "- 窓口で受け付ける。\n+ 郵送による。");
    assert_eq!(compare("", ""), Comparison::Inline(Vec::new()));
    check("", "窓口で受け付ける。", "+ 窓口で受け付ける。");
}

#[test]
fn what_was_left_out_is_not_gone() {
    check("1〜3（省略）", "1〜3（省略） 4．鍵の点検", "1〜3（省略） [+4．鍵の点検+]");
    check(
        "（略）\n\n鍵は係長が預かる。",
        "（略）\n\n鍵は課長が預かる。",
        "（略）\n鍵は[-係長-][+課長+]が預かる。",
    );
    check(
        "棚は地下に置く。\n\n鍵は係長が預かる。\n\n台帳は毎日つける。",
        "（省略）\n\n鍵は課長が預かる。\n\n…",
        "棚は地下に置く。\n（省略）\n鍵は[-係長-][+課長+]が預かる。\n台帳は毎日つける。\n…",
    );
    // What faces the mark in the new text may well be new: it is shown as such.
    check(
        "（略）\n\n鍵は係長が預かる。",
        "棚は地下に置く。\n\n鍵は係長が預かる。",
        "（略）\n+ 棚は地下に置く。\n鍵は係長が預かる。",
    );
}

#[test]
fn markup_is_no_text_and_numbers_are() {
    check(
        "1. **受付**\n2. 審査",
        "1. 受付\n2. 現地の確認\n3. 審査",
        "1. 受付\n+ 2. 現地の確認\n[-2-][+3+]. 審査",
    );
}

#[test]
fn tables_are_compared_by_rows() {
    check(
        "| 書類 | 期間 |\n|---|---|\n| 申請書 | 三年 |",
        "| 書類 | 期間 |\n|---|---|\n| 申請書 | 七年 |",
        "書類 | 期間\n申請書 | [-三年-][+七年+]",
    );
}

#[test]
fn enormous_texts_come_to_an_end() {
    let line = |at: usize| format!("{}番の棚は{}階に置く。\n\n", at * 7919 % 10_007, at % 9);
    let lines = |from: usize, to: usize| (from..to).map(line).collect::<Vec<_>>().concat();
    let (before, after) = (lines(0, 3_500), lines(1_000, 4_500));
    assert!(before.len() > 100_000);
    assert!(matches!(compare(&before, &after), Comparison::Inline(_)));
    compare(&"あ。".repeat(16_000), &"い。あ".repeat(11_000));
    compare(&"漢字とかな".repeat(7_000), &"かなと漢字".repeat(7_000));
    compare(&"（".repeat(33_000), &"）（".repeat(16_000));
}

/// The words of a text without what is no difference.
fn folded(text: &str) -> String {
    fold(text).replace(['・', '•'], "")
}

fn flattened(text: &str) -> String {
    plain_blocks(text).into_iter().map(|block| block.text).collect()
}

/// Both texts, put together again from the pieces.
fn sides(blocks: &[Block]) -> (String, String) {
    let (mut before, mut after) = (String::new(), String::new());
    for block in blocks {
        for piece in &block.pieces {
            let is_before = piece.state != PieceState::Added && block.state != BlockState::MovedHere;
            let is_after = piece.state != PieceState::Removed && block.state != BlockState::MovedAway;
            before.push_str(if is_before { &piece.text } else { "" });
            after.push_str(if is_after { &piece.text } else { "" });
        }
    }
    (before, after)
}

fn texts() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "窓口で申請書を受け付ける。",
        "台帳に記録し、",
        "係長",
        "課長",
        "が確認する。",
        "（控えを含む。）",
        "第7条",
        "第１２条",
        "\n- ",
        "\n\n",
        "\n・",
        " ・",
        " 6. ",
        " [内容] ",
        "点検：",
        "\n1. ",
        "①",
        "システム",
        "の",
        "を",
        "に基づき、",
        " ",
        "　",
        "※",
        "鍵をかけた棚に納める。",
        "毎月一回点検し、結果を所属長に報告する。",
        "【措置】",
        "VRS ",
        "ー",
        "\n| a | b |\n|---|---|\n| 一 | 二 |\n\n",
    ]);
    prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn both_texts_can_be_put_together_again(before in texts(), after in texts()) {
        if let Comparison::Inline(blocks) = compare(&before, &after) {
            let (old, new) = sides(&blocks);
            prop_assert_eq!(folded(&old), folded(&flattened(&before)));
            prop_assert_eq!(new, flattened(&after));
        }
    }

    #[test]
    fn edited_texts_can_be_put_together_again(parts in prop::collection::vec((texts(), texts(), 0..4_u8), 1..5)) {
        let side = |is_after: bool| -> String {
            let part = |(one, other, how): &(String, String, u8)| match (how, is_after) {
                (0, true) => other.clone(),
                (1, true) | (2, false) => String::new(),
                _ => one.clone(),
            };
            parts.iter().map(part).collect()
        };
        let (before, after) = (side(false), side(true));
        if let Comparison::Inline(blocks) = compare(&before, &after) {
            let (old, new) = sides(&blocks);
            prop_assert_eq!(folded(&old), folded(&flattened(&before)));
            prop_assert_eq!(new, flattened(&after));
        }
    }

    #[test]
    fn a_text_does_not_differ_from_itself(text in texts()) {
        let Comparison::Inline(blocks) = compare(&text, &text) else { panic!("unlike itself") };
        for block in blocks {
            prop_assert_eq!(block.state, BlockState::Kept);
            prop_assert!(block.pieces.iter().all(|piece| piece.state == PieceState::Kept));
        }
    }

    #[test]
    fn any_texts_can_be_compared(before: String, after: String) {
        compare(&before, &after);
        compare(&before, &format!("{before}{after}"));
    }
}
