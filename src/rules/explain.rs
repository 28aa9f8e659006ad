//! 検査規則 for people: one rule in full, the list of all, and the reference as Markdown.

use std::fmt::Write as _;

use super::{Confidence, Family, Rule, catalogue};

/// From this likeness on (0 to 1) a code may have meant another one.
const PLAUSIBLE: f64 = 0.6;

impl Confidence {
    /// The letter, and what it says about a rule.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::A => "A（法令・様式などの原文で確かめたもの、又はこのプログラムの書き方の決まり）",
            Self::B => "B（原文を引用した資料で確かめたもの）",
            Self::C => "C（公表されている評価書の実例から分かったもの）",
            Self::D => "D（原文で確かめていないもの。公表を止めることはない）",
        }
    }
}

/// The rule in full, as plain text.
pub fn text(rule: &Rule) -> String {
    let mut out = format!("{} {}\n", rule.code, rule.title);
    let mut line = |name: &str, text: &str| {
        if !text.trim().is_empty() {
            let _ = write!(out, "\n{name}\n{}\n", indented(text));
        }
    };
    line("重さ", weight(rule));
    line("確かさ", rule.confidence.in_words());
    line("検査していない理由", rule.not_checked.as_deref().unwrap_or_default());
    line("なぜ必要か", &rule.why);
    line("根拠", &rule.source);
    line("直し方", &rule.fix);
    if let Some(example) = &rule.example {
        line("誤りの例", &example.wrong);
        line("正しい例", &example.right);
    }
    line("別の名前", &rule.aliases.join("、"));
    line("検査の例外", exceptable(rule));
    out
}

/// All rules, one a line: code, weight, confidence, title.
pub fn list() -> String {
    let width = catalogue().all().map(|rule| rule.code.len()).max().unwrap_or_default();
    let mut out = String::new();
    for (family, rules) in families() {
        let _ = writeln!(out, "{}", family.title);
        for rule in rules {
            let state = if rule.is_checked() { "" } else { "（検査していない）" };
            let (severity, confidence) = (rule.severity.label(), rule.confidence);
            let _ =
                writeln!(out, "  {:width$}  {severity}  {confidence:?}  {}{state}", rule.code, rule.title);
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{}", numbers());
    out
}

/// The rule in full, as a section of the reference.
pub fn markdown(rule: &Rule) -> String {
    let mut out = format!("### {} {}\n", rule.code, rule.title);
    let mut paragraph = |text: String| {
        let _ = write!(out, "\n{text}\n");
    };
    let mut facts =
        vec![format!("重さ: {}", weight(rule)), format!("確かさ: {}", rule.confidence.in_words())];
    if !rule.aliases.is_empty() {
        facts.push(format!("別の名前: {}", rule.aliases.join("、")));
    }
    if rule.is_checked() {
        facts.push(format!("検査の例外: {}", exceptable(rule)));
    }
    paragraph(facts.iter().map(|fact| format!("- {}", escaped(fact))).collect::<Vec<_>>().join("\n"));
    let not_checked = rule.not_checked.as_deref().unwrap_or_default();
    let parts = [
        ("検査していない理由", not_checked),
        ("なぜ必要か", &rule.why),
        ("根拠", &rule.source),
        ("直し方", &rule.fix),
    ];
    for (name, text) in parts.into_iter().filter(|(_, text)| !text.trim().is_empty()) {
        paragraph(format!("**{name}**　{}", escaped(text.trim())));
    }
    if let Some(example) = &rule.example {
        for (name, text) in [("誤りの例", &example.wrong), ("正しい例", &example.right)] {
            paragraph(format!("{name}:\n\n{}", fenced(text)));
        }
    }
    out
}

/// The whole reference as Markdown.
pub fn reference() -> String {
    let mut out = String::from(
        "# 検査規則\n\n\
         `kohyo check` が評価書について確かめることの一覧です。この文書は検査規則のデータから作られます。直接書き換えずに、\
         `src/rules/catalogue/` を直してから次のコマンドで作り直してください。\n\n\
         ```\ncargo run -q --no-default-features -- explain --all --format markdown > docs/rules.md\n```\n\n",
    );
    let _ = writeln!(out, "{}\n", numbers());
    out += "重さの「誤り」は公表を止めます。「注意」は確かめる必要があり、「参考」は知らせるだけです。確かさは次のとおりです。\n\n";
    for confidence in [Confidence::A, Confidence::B, Confidence::C, Confidence::D] {
        let _ = writeln!(out, "- {}", confidence.in_words());
    }
    out += "\n## 目次\n";
    for (family, rules) in families() {
        let _ = write!(
            out,
            "\n### [{}](#{})\n\n| コード | 題 | 重さ | 確かさ |\n|---|---|---|---|\n",
            family.title, family.id
        );
        for rule in rules {
            let (code, title) = (&rule.code, cell(&rule.title));
            let weight = if rule.is_checked() { rule.severity.label() } else { "検査していない" };
            let anchor = anchor(rule);
            let _ = writeln!(out, "| [{code}](#{anchor}) | {title} | {weight} | {:?} |", rule.confidence);
        }
    }
    for (family, rules) in families() {
        let _ = write!(out, "\n<a id=\"{}\"></a>\n\n## {}\n", family.id, family.title);
        for rule in rules {
            let _ = write!(out, "\n<a id=\"{}\"></a>\n\n{}", anchor(rule), markdown(rule));
        }
    }
    let not_checked: Vec<_> = catalogue().all().filter(|rule| !rule.is_checked()).collect();
    if !not_checked.is_empty() {
        out += "\n## 検査していない規則\n\n| コード | 題 | 理由 |\n|---|---|---|\n";
        for rule in not_checked {
            let reason = cell(rule.not_checked.as_deref().unwrap_or_default());
            let _ =
                writeln!(out, "| [{}](#{}) | {} | {reason} |", rule.code, anchor(rule), cell(&rule.title));
        }
    }
    out
}

/// The codes and aliases that a name that is none of them may have meant, best first.
pub fn near(name: &str) -> Vec<&'static str> {
    let name = name.trim().to_ascii_uppercase();
    let names = catalogue().all().flat_map(|rule| std::iter::once(&rule.code).chain(&rule.aliases));
    let mut near: Vec<_> = names
        .map(|code| {
            (strsim::normalized_damerau_levenshtein(&code.to_ascii_uppercase(), &name), code.as_str())
        })
        .filter(|(likeness, _)| *likeness >= PLAUSIBLE)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    near.into_iter().take(3).map(|(_, code)| code).collect()
}

/// The rules by family, in the order of the reference; families without rules are left out.
fn families() -> Vec<(Family, Vec<&'static Rule>)> {
    let mut all: Vec<(Family, Vec<&'static Rule>)> = Vec::new();
    for rule in catalogue().all() {
        match all.last_mut().filter(|(family, _)| *family == rule.family) {
            Some((_, rules)) => rules.push(rule),
            None => all.push((rule.family, vec![rule])),
        }
    }
    all
}

fn numbers() -> String {
    let (all, checked) = (catalogue().all().count(), catalogue().all().filter(|r| r.is_checked()).count());
    format!(
        "全部で {all} 件です。検査しているものが {checked} 件、検査していないものが {} 件あります。",
        all - checked
    )
}

fn weight(rule: &Rule) -> &'static str {
    match rule.severity {
        super::Severity::Error => "誤り（直すまで公表できない）",
        super::Severity::Warning => "注意（公表はできるが、確かめる）",
        super::Severity::Info => "参考（知らせるだけで、直す必要はない）",
    }
}

fn exceptable(rule: &Rule) -> &'static str {
    match (rule.is_checked(), rule.exceptable) {
        (false, _) => "",
        (true, true) => "理由・日付・判断した人を書いて、例外にできる",
        (true, false) => "例外にできない",
    }
}

fn anchor(rule: &Rule) -> String {
    rule.code.to_ascii_lowercase()
}

fn indented(text: &str) -> String {
    text.trim_end()
        .lines()
        .map(|line| format!("  {line}").trim_end().to_owned())
        .collect::<Vec<_>>()
        .join("\n")
}

/// A text in a table.
fn cell(text: &str) -> String {
    escaped(text.trim()).replace('|', "\\|").replace('\n', " ")
}

/// A text as itself: no link, no emphasis, no markup.
fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, sign| {
        if matches!(sign, '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '`' | '#') {
            out.push('\\');
        }
        out.push(sign);
        out
    })
}

/// A text in a fence that it cannot end.
fn fenced(text: &str) -> String {
    let mut fence = "```".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    format!("{fence}yaml\n{}\n{fence}", text.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_checked_rule_says_why_where_from_and_what_to_do() {
        let rules = catalogue().all().filter(|r| r.is_checked());
        let is_silent = |rule: &&Rule| {
            [&rule.why, &rule.source, &rule.fix].iter().any(|text| text.trim().is_empty())
                || rule.example.is_none()
        };
        let silent: Vec<_> = rules.filter(is_silent).map(|rule| rule.code.as_str()).collect();
        assert!(silent.is_empty(), "why, source, fix or example is missing: {silent:?}");
    }

    #[test]
    fn families_are_files() {
        assert!(catalogue().all().all(|rule| !rule.family.id.is_empty()));
    }

    #[test]
    fn a_slip_in_a_code_finds_it() {
        assert_eq!(near("REQ-1").first(), Some(&"REQ-01"));
        assert_eq!(near("val-99").len(), 3);
        assert!(near("まったく").is_empty());
    }

    #[test]
    fn markup_in_a_text_stays_text() {
        assert_eq!(escaped("[a](b) <c> *d*"), "\\[a\\](b) \\<c\\> \\*d\\*");
        assert!(fenced("```").starts_with("````yaml"));
    }
}
