//! Numbers with check digits: 全国地方公共団体コード, read and explained, and 個人番号, recognised so that a leak is found.

use std::{error::Error, fmt};

/// 全国地方公共団体コード: six digits, kept as text because of the leading zero.
///
/// JIS X 0402; the first two digits are the prefecture of JIS X 0401.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MunicipalityCode(String);

impl MunicipalityCode {
    /// Reads exactly six digits, half or full width.
    ///
    /// # Errors
    ///
    /// Refuses other characters, other lengths, a prefecture outside 01 to 47 and a wrong check digit.
    /// For five digits the error names the six-digit code that was probably meant.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let digits = read_digits(text)?;
        match digits.len() {
            6 => checked(&digits).map(MunicipalityCode),
            5 => Err(CodeError::FiveDigits { completions: completions(&digits), digits }),
            found => Err(CodeError::Length { found }),
        }
    }

    /// Six digits that were not checked, for a document that is published with its faults on request.
    #[must_use]
    pub fn unchecked(digits: &str) -> Self {
        Self(digits.to_owned())
    }

    /// The six ASCII digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The prefecture of the first two digits; none where they are not 01 to 47, which only an unchecked code can have.
    #[must_use]
    pub fn prefecture(&self) -> Option<&'static Prefecture> {
        PREFECTURES.get(prefecture_number(&self.0).checked_sub(1)?)
    }
}

impl fmt::Display for MunicipalityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A prefecture (都道府県) of JIS X 0401.
#[derive(Debug, PartialEq, Eq)]
pub struct Prefecture {
    /// 1 (北海道) to 47 (沖縄県).
    pub number: u8,
    /// The Japanese name with 都, 道, 府 or 県.
    pub name: &'static str,
    /// Lower-case Hepburn letters without macrons and without "-ken", fit for a file name.
    pub romaji: &'static str,
}

/// Whether twelve ASCII digits have the check digit of a 個人番号.
///
/// The rule is 平成26年総務省令第85号 第5条. One random number in ten passes, so a hit is a suspicion and no proof.
/// Never print the number of a hit.
#[must_use]
pub fn is_my_number(digits: &str) -> bool {
    const WEIGHTS: [u32; 11] = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
    let is_number = digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number {
        return false;
    }
    let (body, check) = digits.split_at(11);
    let expected = match weighted_sum(body, &WEIGHTS) % 11 {
        0 | 1 => 0,
        remainder => 11 - remainder,
    };
    check.parse() == Ok(expected)
}

/// Why a text is not a 全国地方公共団体コード.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeError {
    /// Nothing was written.
    Empty,
    /// A character that is not a digit.
    NotADigit {
        /// The first such character.
        found: char,
    },
    /// Neither five nor six digits.
    Length {
        /// How many digits there are.
        found: usize,
    },
    /// Five digits: the check digit or a leading zero is missing.
    FiveDigits {
        /// The digits as written.
        digits: String,
        /// The valid six-digit codes they may stand for; may be empty.
        completions: Vec<String>,
    },
    /// The first two digits are no prefecture.
    NoSuchPrefecture {
        /// The code as written.
        digits: String,
    },
    /// The sixth digit does not fit the first five.
    CheckDigit {
        /// The code as written.
        digits: String,
        /// The check digit of the first five digits, 0 to 9.
        expected: u32,
    },
}

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CodeError::Empty => write!(f, "団体コードがありません。{EXPECTED}。"),
            CodeError::NotADigit { found } => {
                write!(f, "団体コードに数字でない「{found}」があります。{EXPECTED}。")
            }
            CodeError::Length { found } => write!(f, "団体コードが{found}桁です。{EXPECTED}。"),
            CodeError::FiveDigits { digits, completions } => fmt_five_digits(f, digits, completions),
            CodeError::NoSuchPrefecture { digits } => write!(
                f,
                "団体コード「{digits}」の上2桁は都道府県の番号（01から47まで）ではありません。\
                 {EXPECTED}。"
            ),
            CodeError::CheckDigit { digits, expected } => {
                let (body, check) = digits.split_at(5);
                write!(
                    f,
                    "団体コード「{digits}」の検査数字（6桁目）が合いません。\
                     上5桁が{body}なら{check}ではなく{expected}です。\
                     「{body}{expected}」と書くか、上5桁を確かめてください。"
                )
            }
        }
    }
}

impl Error for CodeError {}

/// The form to write, as every message ends.
const EXPECTED: &str = "総務省の全国地方公共団体コードを6桁の数字で書いてください（例「011002」）";

fn fmt_five_digits(f: &mut fmt::Formatter<'_>, digits: &str, completions: &[String]) -> fmt::Result {
    write!(f, "団体コード「{digits}」は5桁です。")?;
    if completions.is_empty() {
        return write!(f, "{EXPECTED}。");
    }
    let codes = completions.join("」か「");
    write!(f, "検査数字か先頭の0が抜けています。引用符で囲んで「{codes}」と書いてください。")
}

/// The digits in ASCII; full-width ones come from Japanese input methods and are meant as digits.
fn read_digits(text: &str) -> Result<String, CodeError> {
    if text.is_empty() {
        return Err(CodeError::Empty);
    }
    text.chars().map(read_digit).collect()
}

fn read_digit(found: char) -> Result<char, CodeError> {
    const OFFSET: u32 = '０' as u32 - '0' as u32;
    match found {
        '0'..='9' => Ok(found),
        '０'..='９' => char::from_u32(u32::from(found) - OFFSET).ok_or(CodeError::NotADigit { found }),
        _ => Err(CodeError::NotADigit { found }),
    }
}

/// Checks six ASCII digits.
fn checked(digits: &str) -> Result<String, CodeError> {
    let digits = digits.to_owned();
    if !(1..=PREFECTURES.len()).contains(&prefecture_number(&digits)) {
        return Err(CodeError::NoSuchPrefecture { digits });
    }
    let (body, check) = digits.split_at(5);
    let expected = check_digit(body);
    if check.parse() != Ok(expected) {
        return Err(CodeError::CheckDigit { digits, expected });
    }
    Ok(digits)
}

/// The valid codes that five digits may stand for: without check digit, or with the leading zero lost
/// as spreadsheets and unquoted YAML numbers lose it.
fn completions(digits: &str) -> Vec<String> {
    let with_check = format!("{digits}{}", check_digit(digits));
    let with_zero = format!("0{digits}");
    [with_check, with_zero].iter().filter_map(|code| checked(code).ok()).collect()
}

/// The last digit of 11 − (6a+5b+4c+3d+2e mod 11) for the first five digits (JIS X 0402).
fn check_digit(body: &str) -> u32 {
    (11 - weighted_sum(body, &[6, 5, 4, 3, 2]) % 11) % 10
}

fn weighted_sum(digits: &str, weights: &[u32]) -> u32 {
    let values = digits.bytes().map(|byte| u32::from(byte - b'0'));
    values.zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// The first two of at least two ASCII digits.
fn prefecture_number(digits: &str) -> usize {
    digits.bytes().take(2).fold(0, |number, byte| number * 10 + usize::from(byte - b'0'))
}

const fn prefecture(number: u8, name: &'static str, romaji: &'static str) -> Prefecture {
    Prefecture { number, name, romaji }
}

/// JIS X 0401, in the order of the numbers.
static PREFECTURES: [Prefecture; 47] = [
    prefecture(1, "北海道", "hokkaido"),
    prefecture(2, "青森県", "aomori"),
    prefecture(3, "岩手県", "iwate"),
    prefecture(4, "宮城県", "miyagi"),
    prefecture(5, "秋田県", "akita"),
    prefecture(6, "山形県", "yamagata"),
    prefecture(7, "福島県", "fukushima"),
    prefecture(8, "茨城県", "ibaraki"),
    prefecture(9, "栃木県", "tochigi"),
    prefecture(10, "群馬県", "gunma"),
    prefecture(11, "埼玉県", "saitama"),
    prefecture(12, "千葉県", "chiba"),
    prefecture(13, "東京都", "tokyo"),
    prefecture(14, "神奈川県", "kanagawa"),
    prefecture(15, "新潟県", "niigata"),
    prefecture(16, "富山県", "toyama"),
    prefecture(17, "石川県", "ishikawa"),
    prefecture(18, "福井県", "fukui"),
    prefecture(19, "山梨県", "yamanashi"),
    prefecture(20, "長野県", "nagano"),
    prefecture(21, "岐阜県", "gifu"),
    prefecture(22, "静岡県", "shizuoka"),
    prefecture(23, "愛知県", "aichi"),
    prefecture(24, "三重県", "mie"),
    prefecture(25, "滋賀県", "shiga"),
    prefecture(26, "京都府", "kyoto"),
    prefecture(27, "大阪府", "osaka"),
    prefecture(28, "兵庫県", "hyogo"),
    prefecture(29, "奈良県", "nara"),
    prefecture(30, "和歌山県", "wakayama"),
    prefecture(31, "鳥取県", "tottori"),
    prefecture(32, "島根県", "shimane"),
    prefecture(33, "岡山県", "okayama"),
    prefecture(34, "広島県", "hiroshima"),
    prefecture(35, "山口県", "yamaguchi"),
    prefecture(36, "徳島県", "tokushima"),
    prefecture(37, "香川県", "kagawa"),
    prefecture(38, "愛媛県", "ehime"),
    prefecture(39, "高知県", "kochi"),
    prefecture(40, "福岡県", "fukuoka"),
    prefecture(41, "佐賀県", "saga"),
    prefecture(42, "長崎県", "nagasaki"),
    prefecture(43, "熊本県", "kumamoto"),
    prefecture(44, "大分県", "oita"),
    prefecture(45, "宮崎県", "miyazaki"),
    prefecture(46, "鹿児島県", "kagoshima"),
    prefecture(47, "沖縄県", "okinawa"),
];

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;

    /// The pattern numbers of the form study, first eleven digits and check digit.
    const MY_NUMBERS: [(&str, char); 8] = [
        ("12345678901", '8'),
        ("00000000000", '0'),
        ("11111111111", '8'),
        ("99999999999", '6'),
        ("98765432109", '3'),
        ("10203040506", '1'),
        ("00000000005", '1'),
        ("00000000006", '0'),
    ];

    #[track_caller]
    fn check_error(text: &str, message: &str) {
        let error = MunicipalityCode::parse(text).unwrap_err();
        assert_eq!(error.to_string(), message);
    }

    #[track_caller]
    fn check_code(text: &str, code: &str, prefecture: &str) {
        let parsed = MunicipalityCode::parse(text).unwrap();
        assert_eq!((parsed.as_str(), parsed.prefecture().unwrap().name), (code, prefecture));
        assert_eq!(parsed.to_string(), code);
    }

    #[test]
    fn codes_with_a_right_check_digit() {
        check_code("010006", "010006", "北海道");
        check_code("011002", "011002", "北海道");
        check_code("０７２０４４", "072044", "福島県");
        check_code("131172", "131172", "東京都");
        check_code("401307", "401307", "福岡県");
        // Remainders 10, 0 and 1 are where the formula could be misread.
        check_code("431001", "431001", "熊本県");
        check_code("010031", "010031", "北海道");
        check_code("010090", "010090", "北海道");
    }

    #[test]
    fn errors_name_the_right_code() {
        check_error(
            "431002",
            "団体コード「431002」の検査数字（6桁目）が合いません。上5桁が43100なら2ではなく1です。\
             「431001」と書くか、上5桁を確かめてください。",
        );
        check_error(
            "43100",
            "団体コード「43100」は5桁です。検査数字か先頭の0が抜けています。\
             引用符で囲んで「431001」と書いてください。",
        );
        // 72 is no prefecture, so only the lost zero remains.
        check_error(
            "72044",
            "団体コード「72044」は5桁です。検査数字か先頭の0が抜けています。\
             引用符で囲んで「072044」と書いてください。",
        );
        // 10 and 01 are both prefectures; the author has to choose.
        let both = MunicipalityCode::parse("10006").unwrap_err().to_string();
        assert!(both.contains("」か「010006」"), "{both}");
    }

    #[test]
    fn errors_say_what_is_expected() {
        let form = "総務省の全国地方公共団体コードを6桁の数字で書いてください（例「011002」）。";
        check_error("", &format!("団体コードがありません。{form}"));
        check_error("01100-2", &format!("団体コードに数字でない「-」があります。{form}"));
        check_error("4310010", &format!("団体コードが7桁です。{form}"));
        check_error("99999", &format!("団体コード「99999」は5桁です。{form}"));
        for digits in ["480001", "000000"] {
            let no_prefecture = "の上2桁は都道府県の番号（01から47まで）ではありません。";
            check_error(digits, &format!("団体コード「{digits}」{no_prefecture}{form}"));
        }
    }

    #[test]
    fn prefectures_stand_at_their_numbers() {
        for (index, prefecture) in PREFECTURES.iter().enumerate() {
            assert_eq!(usize::from(prefecture.number), index + 1);
            assert!(prefecture.name.ends_with(['都', '道', '府', '県']));
            assert!(prefecture.romaji.bytes().all(|byte| byte.is_ascii_lowercase()));
        }
        assert_eq!(PREFECTURES[46].romaji, "okinawa");
    }

    #[test]
    fn only_the_right_check_digit_makes_a_my_number() {
        for (body, right) in MY_NUMBERS {
            for check in '0'..='9' {
                assert_eq!(is_my_number(&format!("{body}{check}")), check == right);
            }
        }
    }

    #[test]
    fn a_my_number_is_twelve_ascii_digits() {
        for text in ["", "12345678901", "1234567890180", "12345678901８", "12345678901a", "００００"] {
            assert!(!is_my_number(text));
        }
    }

    // The vectors lie beside the project, not in it; a checkout without them runs the tables above.
    #[test]
    fn form_study_vectors() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/forms/codes-vectors.json");
        #[allow(clippy::disallowed_methods, reason = "a test reads its own data")]
        let Ok(json) = std::fs::read_to_string(&path) else {
            eprintln!("SKIP form_study_vectors: {} is absent", path.display());
            return;
        };
        let vectors: serde_json::Value = serde_json::from_str(&json).unwrap();
        let list = |key: &str| vectors[key].as_array().unwrap().clone();
        for vector in list("kojin") {
            assert!(is_my_number(vector["full"].as_str().unwrap()));
        }
        for text in list("kojin_invalid") {
            assert!(!is_my_number(text.as_str().unwrap()));
        }
        for vector in list("dantai") {
            let (five, six) = (vector["code5"].as_str().unwrap(), vector["code6"].as_str().unwrap());
            assert_eq!(MunicipalityCode::parse(six).unwrap().as_str(), six);
            let error = MunicipalityCode::parse(five).unwrap_err().to_string();
            assert!(error.contains(six), "{error}");
        }
        for text in list("dantai_invalid") {
            assert!(MunicipalityCode::parse(text.as_str().unwrap()).is_err());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_read_without_panic(text in "[0-9０-９ -é]{0,13}|.*") {
            match MunicipalityCode::parse(&text) {
                Ok(code) => {
                    let number = format!("{:02}", code.prefecture().unwrap().number);
                    let starts = code.as_str().starts_with(&number);
                    prop_assert!(starts, "{} {}", code, number);
                }
                Err(error) => prop_assert!(!error.to_string().is_empty()),
            }
            let _ = is_my_number(&text);
        }

        // The error of every five digits names a code that is accepted.
        #[test]
        fn completed_codes_are_valid(number in 0u32..100_000) {
            let digits = format!("{number:05}");
            let Err(CodeError::FiveDigits { completions, .. }) = MunicipalityCode::parse(&digits) else {
                panic!("five digits must be refused");
            };
            for code in completions {
                prop_assert!(MunicipalityCode::parse(&code).is_ok());
            }
        }
    }
}
