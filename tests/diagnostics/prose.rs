//! Long items in Markdown files, and references in prose.

use kohyo::diagnostic::Code::{NotText, TextBeforeHeading, UnknownHeading, UnresolvedLink, WrittenTwice};

use crate::case::{Case, case};

const FULL: &str = "019984-mihon/8-kaigo/assessment.yaml";
const PROSE: &str = "019984-mihon/8-kaigo/tsukaikata.md";
const NOTE: &str = "019984-mihon/8-kaigo/zz-hosoku.md";

pub fn cases() -> Vec<Case> {
    vec![
        case(UnknownHeading, "a heading that is no item")
            .write(NOTE, "# ‹おわりに›\n\nこの評価書は、毎年見直す。\n"),
        case(UnknownHeading, "a heading that several items fit")
            .write(NOTE, "# ‹その妥当性›\n\n必要な範囲に限っている。\n"),
        case(UnknownHeading, "a heading that is nearly an item")
            .write(NOTE, "# ‹Ⅱ.3.⑥ 変更の妥当な理由›\n\n変えていない。\n"),
        case(UnknownHeading, "an entry that is not there")
            .write(NOTE, "# ‹Ⅱ.4.委託事項2.① 委託内容›\n\n印刷と封入\n"),
        case(WrittenTwice, "in the yaml file as well").write(NOTE, "# ‹Ⅱ.6.① 保管場所›\n\n電算室に置く。\n"),
        case(WrittenTwice, "in another markdown file as well")
            .write(NOTE, "# ‹Ⅱ.3.⑧ 使用方法›\n\n認定の結果を記録する。\n"),
        case(NotText, "a choice")
            .edit(FULL, "        ファイルの種類: システム用ファイル\n", "")
            .write(NOTE, "# ‹Ⅱ.2.① ファイルの種類›\n\nシステム用ファイル\n"),
        case(NotText, "a heading of the form")
            .write(NOTE, "# ‹Ⅱ.3 特定個人情報の入手・使用›\n\n窓口で入手する。\n"),
        case(TextBeforeHeading, "text before the first heading")
            .write(NOTE, "‹この評価書は、毎年見直す。›\n"),
        case(UnresolvedLink, "a link to nothing").edit(PROSE, "[[Ⅱ.3.⑥ 使用目的]]", "[[‹使いみち›]]"),
        case(UnresolvedLink, "a link in the yaml file").edit(
            FULL,
            "操作の記録を、毎月点検する。",
            "記録（[[‹Ⅱ.9.⑨›]]）を点検する。",
        ),
    ]
}
