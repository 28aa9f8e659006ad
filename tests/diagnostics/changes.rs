//! `changes.yaml`.

use crate::case::{Case, case};

const CHANGES: &str = "019984-mihon/8-kaigo-kiso/changes.yaml";

pub fn cases() -> Vec<Case> {
    vec![
        case("CHG-21", "an item that is not on the form").edit(CHANGES, "Ⅰ.5.① 部署", "‹庁舎の移転について›"),
        case("CHG-21", "several items fit").edit(CHANGES, "Ⅰ.5.① 部署", "‹判断の根拠›"),
        case("CHG-21", "a label of another form").edit(CHANGES, "Ⅰ.5.① 部署", "‹Ⅰ.5.① 担当の部署名›"),
        case("CHG-21", "words that are nearly those of two items").edit(
            CHANGES,
            "Ⅰ.5.① 部署",
            "‹Ⅳ 判断の根処›",
        ),
        case("CHG-21", "a section that is not on the form").edit(
            CHANGES,
            "Ⅰ.5.① 部署",
            "‹Ⅸ.5 しきい値の判断結果›",
        ),
        case("CHG-29", "an id that is not on the form").edit(
            CHANGES,
            "Ⅰ.5.① 部署",
            "Ⅰ.5.① 部署\n  id: ‹i.5.departmant›",
        ),
        case("VAL-01", "a list as id").edit(CHANGES, "Ⅰ.5.① 部署", "Ⅰ.5.① 部署\n  id: ‹[i.5.department]›"),
        case("KEY-02", "a column misspelt").edit(CHANGES, "変更前の記載:", "‹変更前の記述›:"),
        case("KEY-02", "a required column misspelt").edit(
            CHANGES,
            "提出時期に係る説明:",
            "‹提出時期の説明›:",
        ),
        case("KEY-02", "a column that is nothing like it").edit(
            CHANGES,
            "  項目:",
            "  ‹起案者›: 係長\n  項目:",
        ),
        case("KEY-01", "a column twice").edit(CHANGES, "  項目:", "  ‹変更日›: 令和7年3月14日\n  項目:"),
        case("REQ-01", "an empty column").edit(CHANGES, "変更日: 令和7年3月14日", "‹変更日›:"),
        case("REQ-01", "a missing column")
            .edit(CHANGES, "  提出時期: 事後\n", "")
            .points_at(CHANGES, "変更日"),
        case("CHG-17", "a timing").edit(CHANGES, "提出時期: 事後", "提出時期: ‹事後に提出›"),
        case("VAL-03", "a change in no month").edit(CHANGES, "令和7年3月14日", "‹令和7年3月32日›"),
        case("VAL-01", "a mapping instead of rows").edit(
            CHANGES,
            "- 変更日: 令和7年3月14日",
            "  ‹変更日: 令和7年3月14日›",
        ),
        case("VAL-01", "a text instead of a row").edit(CHANGES, "- 変更日", "- ‹なし›\n- 変更日"),
        case("VAL-01", "a list instead of the text after").edit(
            CHANGES,
            "変更後の記載: 福祉部介護保険課",
            "変更後の記載:\n    ‹- 福祉部介護保険課›",
        ),
    ]
}
