//! Rules across the items of one document (FORM).

use super::case::{Case, case};

const KAIGO: &str = "019984-mihon/8-kaigo/assessment.yaml";

pub fn cases() -> Vec<Case> {
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
    ]
}
