//! One spelling of the numbers in a text about laws: 第十九条 is 第19条, 別表第１ is 別表第一.

use std::sync::OnceLock;

use regex::Regex;

/// One spelling of numbers in a folded text.
pub(super) fn normal(folded: &str) -> String {
    arabic(&table_numbers(folded))
}

/// 第十九条第八号 as 第19条第8号. 別表第一 stays as it is.
fn arabic(text: &str) -> String {
    static KANJI: OnceLock<Regex> = OnceLock::new();
    let pattern = KANJI.get_or_init(|| {
        let pattern = "(別表)?第([一二三四五六七八九十百千]+)(条|項|号)((?:の[一二三四五六七八九十]+)*)";
        Regex::new(pattern).unwrap_or_else(|e| panic!("{pattern}: {e}"))
    });
    let written = |found: &regex::Captures<'_>| {
        // 「別表第一項番10」 is the first table.
        if found.get(1).is_some() {
            return found[0].to_owned();
        }
        let more: Vec<String> =
            found[4].split('の').skip(1).map(|number| format!("の{}", kanji_number(number))).collect();
        format!("第{}{}{}", kanji_number(&found[2]), &found[3], more.concat())
    };
    pattern.replace_all(text, written).into_owned()
}

fn kanji_number(kanji: &str) -> u32 {
    let (mut sum, mut digit) = (0, 0);
    for sign in kanji.chars() {
        let unit = match sign {
            '千' => 1000,
            '百' => 100,
            '十' => 10,
            _ => {
                let value = "一二三四五六七八九".chars().zip(1..).find(|(c, _)| *c == sign);
                digit = value.map_or(0, |(_, value)| value);
                continue;
            }
        };
        sum += digit.max(1) * unit;
        digit = 0;
    }
    sum + digit
}

/// The number of a table apart from what follows it, while the blank is still there: 「別表第2 16の項」.
pub(super) fn with_table_names(line: &str) -> String {
    static NUMBERED: OnceLock<Regex> = OnceLock::new();
    let numbered = NUMBERED.get_or_init(|| {
        let pattern = r"別表第\s*([1-3１-３])([^0-9０-９])";
        Regex::new(pattern).unwrap_or_else(|e| panic!("{pattern}: {e}"))
    });
    let named = numbered.replace_all(line, |found: &regex::Captures<'_>| {
        let kanji = match &found[1] {
            "1" | "１" => "一",
            "2" | "２" => "二",
            _ => "三",
        };
        format!("別表第{kanji}{}", &found[2])
    });
    named.into_owned()
}

/// One spelling of the numbers of tables: 別表第１ is 別表第一.
fn table_numbers(folded: &str) -> String {
    let mut text = folded.to_owned();
    for (digit, kanji) in [("1", "一"), ("2", "二"), ("3", "三")] {
        for written in [digit, kanji] {
            text = text.replace(&format!("別表(第{written})"), &format!("別表第{kanji}"));
        }
    }
    for (digit, kanji) in [("1", "一"), ("2", "二"), ("3", "三")] {
        let from = format!("別表第{digit}");
        let to = format!("別表第{kanji}");
        // 別表第19の項 is not the first table.
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(at) = rest.find(&from) {
            let end = at + from.len();
            let is_number = rest[end..].starts_with(|c: char| c.is_ascii_digit());
            out.push_str(&rest[..at]);
            out.push_str(if is_number { &from } else { &to });
            rest = &rest[end..];
        }
        out.push_str(rest);
        text = out;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kanji_are_read_as_numbers() {
        assert_eq!(["十", "二十一", "百三", "三百二十"].map(kanji_number), [10, 21, 103, 320]);
        assert_eq!(normal("第十二条の二、別表第一、第三者"), "第12条の2、別表第一、第三者");
        assert_eq!(normal("別表(第1)の10の項、別表第19の項"), "別表第一の10の項、別表第19の項");
        assert_eq!(with_table_names("別表第２ 16の項"), "別表第二 16の項");
    }
}
