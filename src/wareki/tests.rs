use std::path::Path;

use proptest::prelude::*;

use super::*;

/// One line per date: ISO, printed form, warnings in order.
#[track_caller]
fn check(text: &str, iso: &str, wareki: &str, warnings: &[&str]) {
    let parsed = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(parsed.date.iso(), iso, "{text}");
    assert_eq!(parsed.date.wareki(), wareki, "{text}");
    let found: Vec<String> = parsed.warnings.iter().map(label).collect();
    assert_eq!(found, warnings, "{text}");
}

/// The warning as the vectors of the form study call it.
fn label(warning: &Warning) -> String {
    match warning {
        Warning::FirstYear => "1年→元年".to_owned(),
        Warning::Width => "width/ligature normalised".to_owned(),
        Warning::Abbreviated => "abbreviated era".to_owned(),
        Warning::Slash | Warning::WesternYear => "western year".to_owned(),
        Warning::AfterEraEnd { era, .. } => format!("{era}の終了後(改元後の日付)"),
        Warning::BeforeEraStart { era, .. } => format!("{era}の開始前"),
        Warning::Weekday { .. } => "weekday".to_owned(),
    }
}

#[track_caller]
fn check_error(text: &str, error: &str) {
    let found = parse(text).map(|parsed| parsed.date.iso());
    assert_eq!(found.map_err(|e| e.to_string()), Err(error.to_owned()));
}

#[track_caller]
fn check_found(text: &str, expected: &[(&str, &str)]) {
    let found: Vec<(&str, String)> =
        find_all(text).into_iter().map(|(range, parsed)| (&text[range], parsed.date.iso())).collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(t, iso)| (*t, iso.as_str())).collect();
    assert_eq!(found, expected);
}

// The vectors lie beside the project, not in it; a checkout without them runs the tables below.
#[test]
fn form_study_vectors() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/forms/wareki-vectors.json");
    #[allow(clippy::disallowed_methods, reason = "a test reads its own data")]
    let Ok(json) = std::fs::read_to_string(&path) else {
        eprintln!("SKIP form_study_vectors: {} is absent", path.display());
        return;
    };
    let vectors: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    assert!(!vectors.is_empty());
    for vector in &vectors {
        check_vector(vector);
    }
}

fn check_vector(vector: &serde_json::Value) {
    let text = vector["in"].as_str().unwrap();
    let out = &vector["out"];
    let Some(iso) = out["iso"].as_str() else {
        assert!(parse(text).is_err(), "{text}");
        return;
    };
    // The study gives fiscal years a precision of their own; a CivilDate has none, so they are refused.
    if out["precision"] == "fiscal-year" {
        assert_eq!(parse(text), Err(DateError::FiscalYear));
        return;
    }
    let warnings = out["warnings"].as_array().unwrap();
    let warnings: Vec<&str> = warnings.iter().map(|w| w.as_str().unwrap()).collect();
    check(text, iso, out["canonical"].as_str().unwrap(), &warnings);
    let precision = match parse(text).unwrap().date.precision() {
        Precision::Day => "day",
        Precision::Month => "month",
        Precision::Year => "year",
    };
    assert_eq!(out["precision"], precision, "{text}");
}

#[test]
fn canonical_notations() {
    check("令和2年4月3日", "2020-04-03", "令和2年4月3日", &[]);
    check("2020-04-03", "2020-04-03", "令和2年4月3日", &[]);
    check("2020-04", "2020-04", "令和2年4月", &[]);
    check("2020", "2020", "令和2年", &[]);
    check("\u{3000}令和2年4月\n", "2020-04", "令和2年4月", &[]);
    check("令和 2年\u{3000}4月 3日", "2020-04-03", "令和2年4月3日", &[]);
    check("平成三年十月二十日", "1991-10-20", "平成3年10月20日", &[]);
    check("昭和四五年一〇月三十一日", "1970-10-31", "昭和45年10月31日", &[]);
}

#[test]
fn other_notations_leave_a_warning() {
    let (width, western) = ("width/ligature normalised", "western year");
    check("平成1年2月3日", "1989-02-03", "平成元年2月3日", &["1年→元年"]);
    check("令和一年六月", "2019-06", "令和元年6月", &["1年→元年"]);
    check("２０２０－０４－０３", "2020-04-03", "令和2年4月3日", &[width]);
    check("２０２０／４／３", "2020-04-03", "令和2年4月3日", &[width, western]);
    check("2020-4-3", "2020-04-03", "令和2年4月3日", &[western]);
    check("2020.4.3", "2020-04-03", "令和2年4月3日", &[western]);
    check("2020/4", "2020-04", "令和2年4月", &[western]);
    check("2020年", "2020", "令和2年", &[western]);
    check("㍼50年4月", "1975-04", "昭和50年4月", &[width]);
    check("S50/4/1", "1975-04-01", "昭和50年4月1日", &["abbreviated era"]);
    check("H2年4月1日", "1990-04-01", "平成2年4月1日", &["abbreviated era"]);
    check("令和2.4.3", "2020-04-03", "令和2年4月3日", &["abbreviated era"]);
}

#[test]
fn era_boundaries() {
    let over = "平成の終了後(改元後の日付)";
    check("昭和元年12月", "1926-12", "昭和元年12月", &[]);
    check("大正15年12月", "1926-12", "昭和元年12月", &[]);
    check("大正15年12月24日", "1926-12-24", "大正15年12月24日", &[]);
    check("昭和64年1月", "1989-01", "平成元年1月", &[]);
    check("平成31年", "2019", "令和元年", &[]);
    check("平成33年2月", "2021-02", "令和3年2月", &[over]);
    check("令和元年4月", "2019-04", "平成31年4月", &["令和の開始前"]);
    check("令和99年1月1日", "2117-01-01", "令和99年1月1日", &[]);
    check("2118-01-01", "2118-01-01", "2118年1月1日", &[]);
    check("1872年12月31日", "1872-12-31", "1872年12月31日", &[]);
}

#[test]
fn weekdays() {
    check("令和2年4月3日（金）", "2020-04-03", "令和2年4月3日", &[]);
    check("2020-04-03 (金曜日)", "2020-04-03", "令和2年4月3日", &[]);
    check("令和2年4月3日(土)", "2020-04-03", "令和2年4月3日", &["weekday"]);
    let warning = parse("令和2年4月3日(土)").unwrap().warnings[0];
    assert_eq!(warning.to_string(), "曜日が合いません。「土」とありますが、この日は「金」です。");
}

#[test]
fn errors_say_what_to_write() {
    let form = "「2021-03-12」か「令和3年3月12日」の形で書いてください。";
    check_error("  ", &format!("日付がありません。{form}"));
    check_error("未定", &format!("「未定」は日付として読めません。{form}"));
    check_error("4月3日", &format!("「4月3日」は日付として読めません。{form}"));
    check_error("令和2年度", &format!("年度は日付ではありません。{form}"));
    check_error("平成15年法律第1号", &format!("法令番号は日付ではありません。{form}"));
    let besides = |extra| format!("日付のほかに「{extra}」があります。日付だけを{form}");
    check_error("令和2年4月3日から", &besides("から"));
    check_error("公表日 令和2年4月3日", &besides("公表日"));
    check_error("令和2年4月3", &besides("3"));
    check_error("2020年2月30日", "令和2年2月に30日はありません。日は1から29までで書いてください。");
    check_error("2021-02-29", "令和3年2月に29日はありません。日は1から28までで書いてください。");
    check_error("令和2年4月0日", "令和2年4月に0日はありません。日は1から30までで書いてください。");
    check_error("R2.13.1", "13月はありません。月は1から12までで書いてください。");
    check_error("平成零年", "0年はありません。最初の年は「元年」と書いてください。");
    let lunar = "明治5年までの日付は太陰太陽暦なので扱えません。\
                 西暦に直して「1872-12-31」の形で書いてください。";
    check_error("明治元年", lunar);
}

#[test]
fn long_numbers_are_not_cut_into_dates() {
    for text in ["令和100年", "昭和二百年", "平成二十八九年", "20200403", "0999-01-01", "R2", "M"]
    {
        assert!(matches!(parse(text), Err(DateError::NotADate { .. })), "{text}");
    }
    assert!(parse("2020-04-031").is_err());
}

#[test]
fn finds_dates_in_running_text() {
    check_found(
        "令和2年4月3日（金）から令和2年5月7日まで",
        &[("令和2年4月3日（金）", "2020-04-03"), ("令和2年5月7日", "2020-05-07")],
    );
    check_found("②2020/4/3、③R2.4.4", &[("2020/4/3", "2020-04-03"), ("R2.4.4", "2020-04-04")]);
    check_found("1令和２年４月３日", &[("令和２年４月３日", "2020-04-03")]);
    check_found("2020/4/3-2020/5/7", &[("2020/4/3", "2020-04-03"), ("2020/5/7", "2020-05-07")]);
    check_found("平成30年5月以降", &[("平成30年5月", "2018-05")]);
    check_found("令和2年4月 30日間", &[("令和2年4月", "2020-04")]);
    check_found("令和2年\n4月", &[("令和2年", "2020")]);
}

#[test]
fn passes_over_what_is_no_date() {
    check_found("番号法（平成15年法律第1号）と昭和二十五年札幌市条例第二号", &[]);
    check_found("平成30年5月27日告示第2号", &[]);
    check_found("令和2年に改めた規則第3条", &[("令和2年", "2020")]);
    check_found("令和2年度、令和２年 度", &[]);
    check_found("令和2年2月30日と2020/13/1", &[]);
    check_found("TR2.4.3 R2.4.3.1 2020-04-03a 12020/4/3 https://x/2020/4/3/", &[]);
    check_found("電話 2020-1234、2020年問題の3021年、H31.4", &[("2020年", "2020")]);
}

#[test]
fn order_is_by_time_and_a_month_comes_before_its_days() {
    let texts = ["2019", "2019-05", "2019-05-01", "2019-05-31", "2019-06", "2020"];
    let dates: Vec<CivilDate> = texts.iter().map(|text| parse(text).unwrap().date).collect();
    assert!(dates.is_sorted());
}

#[test]
fn constructors_refuse_what_does_not_exist() {
    assert_eq!(CivilDate::from_ymd(2100, 2, 29), None);
    assert_eq!(CivilDate::from_ymd(2020, 4, 0), None);
    assert_eq!(CivilDate::from_ymd(2020, 4, 255), None);
    assert_eq!(CivilDate::from_ym(2020, 0), None);
    assert_eq!(CivilDate::from_ym(2020, 13), None);
    assert_eq!(CivilDate::from_year(999), None);
    assert!(CivilDate::from_ymd(9999, 12, 31).is_some());
}

/// Years of the eras come up often enough to be tried at every boundary.
fn any_date() -> impl Strategy<Value = CivilDate> {
    let year = prop_oneof![1000i16..=9999, 1860i16..=2130];
    let parts = (year, proptest::option::of((1u8..=12, proptest::option::of(1u8..=31))));
    parts.prop_filter_map("no such day", |(year, rest)| match rest {
        None => CivilDate::from_year(year),
        Some((month, None)) => CivilDate::from_ym(year, month),
        Some((month, Some(day))) => CivilDate::from_ymd(year, month, day),
    })
}

/// Strings made of the characters that dates are made of, so that the grammar is entered.
fn date_like() -> impl Strategy<Value = String> {
    "[平成令和昭元年度月日間0-9０-９〇一二十./／\\-RHＲ㋿(（水)） \u{3000}法律第é]{0,24}"
}

fn check_total(text: &str) {
    let whole = parse(text);
    if let Err(error) = &whole {
        assert!(!error.to_string().is_empty());
    }
    let mut end = 0;
    for (range, parsed) in find_all(text) {
        assert!(end <= range.start && range.start < range.end);
        assert!(text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
        assert_eq!(parse(&text[range.clone()]).as_ref(), Ok(&parsed));
        end = range.end;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn printed_forms_read_back(date in any_date()) {
        let expected = Ok(Parsed { date, warnings: Vec::new() });
        prop_assert_eq!(parse(&date.iso()), expected.clone());
        if date.wareki().starts_with(char::is_numeric) {
            prop_assert_eq!(parse(&date.wareki()).map(|p| p.date), Ok(date));
        } else {
            prop_assert_eq!(parse(&date.wareki()), expected);
        }
    }

    #[test]
    fn any_text_is_read_without_panic(text in any::<String>()) {
        check_total(&text);
    }

    #[test]
    fn date_like_text_is_read_without_panic(text in date_like()) {
        check_total(&text);
    }
}

#[test]
fn a_date_may_mean_every_day_between_its_bounds() {
    let bounds = |date: Option<CivilDate>| {
        let (first, last) = date.unwrap().bounds();
        [first.iso(), last.iso()]
    };
    assert_eq!(bounds(CivilDate::from_ymd(2024, 2, 29)), ["2024-02-29", "2024-02-29"]);
    assert_eq!(bounds(CivilDate::from_ym(2024, 2)), ["2024-02-01", "2024-02-29"]);
    assert_eq!(bounds(CivilDate::from_year(2023)), ["2023-01-01", "2023-12-31"]);
}

#[test]
fn months_later_is_a_day_that_exists() {
    let later = |y, m, d, months| CivilDate::from_ymd(y, m, d).unwrap().plus_months(months).unwrap().iso();
    assert_eq!(later(2026, 1, 31, 1), "2026-02-28");
    assert_eq!(later(2026, 11, 21, 14), "2028-01-21");
    assert_eq!(CivilDate::from_ym(2026, 1).unwrap().plus_months(1), None);
}
