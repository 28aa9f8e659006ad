//! 意見募集: a public hearing on an assessment. The form has no room for it while it is going on; pages announce it.

use crate::wareki::CivilDate;

/// 意見募集, as far as pages tell of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consultation {
    /// 開始日, the first day.
    pub from: CivilDate,
    /// 終了日, the last day.
    pub to: CivilDate,
    /// 宛先.
    pub destination: Destination,
    /// 説明, Markdown.
    pub note: Option<String>,
}

/// Where opinions are sent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// An e-mail address.
    Mail(String),
    /// A form on the web; [`Destination::PLACE`] in its address stands for the item.
    Form(String),
}

impl Destination {
    /// What stands for the item in the address of a form.
    pub const PLACE: &'static str = "{項目}";

    /// The destination that a text names; none where it is neither an e-mail address nor one on the web.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if is_mail(text) {
            return Some(Self::Mail(text.to_owned()));
        }
        is_address(text).then(|| Self::Form(text.to_owned()))
    }
}

/// How far a hearing is on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It is still to come.
    Announced,
    /// Opinions are received.
    Open,
    /// It is over.
    Over,
}

impl Consultation {
    /// How far it is on a day. The first and the last day belong to it.
    pub fn stage(&self, day: CivilDate) -> Stage {
        if day < self.from {
            Stage::Announced
        } else if day > self.to {
            Stage::Over
        } else {
            Stage::Open
        }
    }
}

/// An address as municipalities have them: no quotes, no brackets, nothing that a `mailto:` would have to escape.
fn is_mail(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let is_sign = |c: char| c.is_ascii_alphanumeric() || "._+-".contains(c);
    let is_local = !local.is_empty()
        && local.chars().all(is_sign)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    is_local && is_host(domain)
}

fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let mut labels = host.rsplit('.');
    let last = labels.next().unwrap_or_default();
    last.len() > 1
        && last.chars().all(|c| c.is_ascii_alphabetic())
        && host.contains('.')
        && labels.all(is_label)
}

fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let Some(rest) = rest else { return false };
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let is_bare =
        rest.replace(Destination::PLACE, "").chars().all(|c| c.is_ascii_graphic() && !"<>\"{}".contains(c));
    is_host(host) && is_bare
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_words() {
        let parse = Destination::parse;
        for mail in ["iken@city.mihon.example.lg.jp", " a.b+c@example.jp ", "a_b-c@ex-ample.co.jp"] {
            assert_eq!(parse(mail), Some(Destination::Mail(mail.trim().to_owned())));
        }
        for form in ["https://www.city.mihon.example.lg.jp/iken?item={項目}", "http://example.jp/"] {
            assert_eq!(parse(form), Some(Destination::Form(form.to_owned())));
        }
        for wrong in [
            "",
            "総務課",
            "iken＠city.mihon.example.lg.jp",
            "iken@mihon",
            "iken@city..jp",
            ".iken@example.jp",
            "a b@example.jp",
            "a@b@example.jp",
            "iken@-example.jp",
            "iken@example.jp?subject=x",
            "https://",
            "https://example.jp/<b>",
            "https://example.jp/a b",
            "javascript://example.jp/",
            "ftp://example.jp/",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_first_and_the_last_day_belong_to_the_hearing() {
        let day = |month, day| CivilDate::from_ymd(2026, month, day).unwrap();
        let consultation = Consultation {
            from: day(12, 1),
            to: day(12, 28),
            destination: Destination::Mail("iken@example.jp".to_owned()),
            note: None,
        };
        let stages = [day(11, 30), day(12, 1), day(12, 28), day(12, 29)].map(|day| consultation.stage(day));
        assert_eq!(stages, [Stage::Announced, Stage::Open, Stage::Open, Stage::Over]);
    }
}
