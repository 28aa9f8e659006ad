//! Dates in running text that cannot be.

use std::sync::OnceLock;

use regex::Regex;

use super::Spot;
use crate::diagnostic::Code;
use crate::wareki::{self, CivilDate, DateError, Warning};

const MEND: &str = "正しい日付を確かめて書き直してください。";

/// The dates of a text that are on no calendar, under an era that was over, or with another weekday. A year of 平成 that was
/// still to come is right in a document of that time.
pub(super) fn spots(text: &str, published: Option<CivilDate>) -> Vec<Spot> {
    let found = date_like().find_iter(text).filter_map(|found| {
        let rest = &text[found.end()..];
        if rest.starts_with('度')
            || rest.trim_start().starts_with(['法', '政', '省', '条', '規', '内', '総', '訓', '告'])
        {
            return None;
        }
        let (message, suggestion) = problem(found.as_str(), published)?;
        Some(Spot { code: Code::DATE_IN_TEXT, bytes: found.range(), message, help: MEND, suggestion })
    });
    found.collect()
}

fn problem(text: &str, published: Option<CivilDate>) -> Option<(String, Option<String>)> {
    let parsed = match wareki::parse(text) {
        Ok(parsed) => parsed,
        Err(error @ (DateError::NoSuchMonth { .. } | DateError::NoSuchDay { .. } | DateError::YearZero)) => {
            return Some((format!("「{text}」という日付はありません（{error}）"), None));
        }
        Err(_) => return None,
    };
    let of_its_time = |era: &str| {
        let last_of_heisei = CivilDate::from_ymd(2019, 4, 30);
        era == "平成" && published.zip(last_of_heisei).is_none_or(|(day, last)| day <= last)
    };
    parsed.warnings.iter().find_map(|warning| match warning {
        Warning::AfterEraEnd { era, date } if !of_its_time(era) => {
            Some((format!("「{text}」の時点では、{era}は終わっています"), Some(date.wareki())))
        }
        Warning::BeforeEraStart { era, date } => {
            Some((format!("「{text}」の時点では、{era}はまだ始まっていません"), Some(date.wareki())))
        }
        Warning::Weekday { written, actual } => {
            Some((format!("「{text}」は{written}曜日ではなく{actual}曜日です"), None))
        }
        _ => None,
    })
}

/// # Panics
/// Never in a tested build: the expression is part of the program.
fn date_like() -> &'static Regex {
    static DATE: OnceLock<Regex> = OnceLock::new();
    DATE.get_or_init(|| {
        let number = "[0-9０-９]{1,2}";
        let year = format!("(?:大正|昭和|平成|令和)[ 　]?(?:元|{number})年|(?:19|20)[0-9]{{2}}年");
        let day = format!("[ 　]?{number}月(?:[ 　]?{number}日(?:[（(][月火水木金土日](?:曜日?)?[）)])?)?");
        Regex::new(&format!("(?:{year})(?:{day})?"))
            .unwrap_or_else(|e| panic!("an expression of the program: {e}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Option<&str>)]) {
        let spots = spots(text, CivilDate::from_ymd(2025, 3, 14));
        let found: Vec<_> = spots.iter().map(|s| (&text[s.bytes.clone()], s.suggestion.as_deref())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn dates_that_cannot_be() {
        check("令和5年13月1日から", &[("令和5年13月1日", None)]);
        check("令和５年２月３０日から", &[("令和５年２月３０日", None)]);
        check("平成35年4月まで", &[("平成35年4月", Some("令和5年4月"))]);
        check(
            "平成31年5月1日と平成35年",
            &[("平成31年5月1日", Some("令和元年5月1日")), ("平成35年", Some("令和5年"))],
        );
        check("令和7年3月14日（木）", &[("令和7年3月14日（木）", None)]);
        check("2023年2月29日", &[("2023年2月29日", None)]);
    }

    #[test]
    fn dates_that_can_be() {
        for text in [
            "令和7年3月14日（金）から令和元年5月1日まで",
            "平成31年度、平成32年度の予算",
            "平成25年法律第27号、昭和40年法律第141号",
            "平成26年内閣府・総務省令第5号",
            "令和1年10月、平成31年4月30日、平成31年1月",
            "2024年2月29日、1、2年、10年",
            "過去3年13月",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn a_document_of_heisei_may_look_ahead() {
        assert_eq!(spots("平成33年3月まで", CivilDate::from_ymd(2018, 5, 1)), []);
        assert_eq!(spots("平成33年3月まで", None), []);
    }
}
