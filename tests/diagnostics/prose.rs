//! Long items in Markdown files, and references in prose.

use crate::case::{Case, case};

const FULL: &str = "019984-mihon/8-kaigo/assessment.yaml";
const PROSE: &str = "019984-mihon/8-kaigo/tsukaikata.md";
const NOTE: &str = "019984-mihon/8-kaigo/zz-hosoku.md";

pub fn cases() -> Vec<Case> {
    vec![
        case("MD-01", "a heading that is no item")
            .write(NOTE, "# ‹おわりに›\n\nこの評価書は、毎年見直す。\n"),
        case("MD-01", "a heading that several items fit")
            .write(NOTE, "# ‹その妥当性›\n\n必要な範囲に限っている。\n"),
        case("MD-01", "a heading that is nearly an item")
            .write(NOTE, "# ‹Ⅱ.3.⑥ 変更の妥当な理由›\n\n変えていない。\n"),
        case("MD-01", "an entry that is not there")
            .write(NOTE, "# ‹Ⅱ.4.委託事項2.① 委託内容›\n\n印刷と封入\n"),
        case("MD-02", "in the yaml file as well").write(NOTE, "# ‹Ⅱ.6.① 保管場所›\n\n電算室に置く。\n"),
        case("MD-02", "in another markdown file as well")
            .write(NOTE, "# ‹Ⅱ.3.⑧ 使用方法›\n\n認定の結果を記録する。\n"),
        case("MD-03", "a choice")
            .edit(FULL, "        ファイルの種類: システム用ファイル\n", "")
            .write(NOTE, "# ‹Ⅱ.2.① ファイルの種類›\n\nシステム用ファイル\n"),
        case("MD-03", "a heading of the form")
            .write(NOTE, "# ‹Ⅱ.3 特定個人情報の入手・使用›\n\n窓口で入手する。\n"),
        case("MD-04", "text before the first heading").write(NOTE, "‹この評価書は、毎年見直す。›\n"),
        case("REF-01", "a link to nothing").edit(PROSE, "[[Ⅱ.3.⑥ 使用目的]]", "[[‹使いみち›]]"),
        case("REF-01", "a link in the yaml file").edit(
            FULL,
            "操作の記録を、毎月点検する。",
            "記録（[[‹Ⅱ.9.⑨›]]）を点検する。",
        ),
        case("REF-02", "a label that is nearly an item").edit(
            FULL,
            "委託先名の確認方法: 市のウェブサイトの入札結果で確かめられる。",
            "委託先名の確認方法: 下記「⑥‹委託者名›」の記載で確かめられる。",
        ),
        case("REF-02", "an item of another subsection").edit(
            FULL,
            "情報の対象となる本人の範囲: 転出した被保険者",
            "情報の対象となる本人の範囲: 「２．基本情報　③‹対象者となる本人の範囲›」と同じ",
        ),
        case("REF-02", "another number").edit(
            FULL,
            "操作の記録を、毎月点検する。",
            "「‹⑦›使用方法」のとおり、毎月点検する。",
        ),
        case("REF-02", "a file of another assessment").edit(
            FULL,
            "操作の記録を、毎月点検する。",
            "Ⅱ 特定個人情報ファイルの概要（‹住民基本台帳ファイル›）3. 特定個人情報の入手・使用のとおり点検する。",
        ),
        case("REF-02", "a heading that is nearly one of the form").edit(
            FULL,
            "操作の記録を、毎月点検する。",
            "Ⅱ 特定個人情報ファイルの概要 3. ‹特定個人情報の入手・保管›のとおり点検する。",
        ),
        case("REF-02", "a number that is not on the form").edit(
            FULL,
            "操作の記録を、毎月点検する。",
            "‹Ⅱ.3.⑮› 使用方法のとおり点検する。",
        ),
        case("REF-02", "a file that is nearly one of the document").edit(
            FULL,
            "情報の対象となる本人の範囲: 転出した被保険者",
            "情報の対象となる本人の範囲: 「‹介護保険情報ファイル›」の本人のうち、転出した被保険者",
        ),
        case("REF-02", "an appendix that is not there").edit(
            FULL,
            "操作の記録を、毎月点検する。",
            "‹別添5›を参照。",
        ),
    ]
}
