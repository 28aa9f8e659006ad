//! 意見募集 on the page of a document: the banner, and what the link of each item is made of.

use serde::Serialize;

use super::frame::DateView;
use crate::assessment::{Assessment, Consultation, Destination, Stage};
use crate::markdown;
use crate::site::MunicipalityContext;
use crate::wareki::CivilDate;

/// A hearing that is going on or coming.
#[derive(Debug, Serialize)]
pub(super) struct OpinionsView {
    is_open: bool,
    /// Both days, with both calendars.
    from: String,
    to: String,
    /// The e-mail address; none for a form on the web.
    mail: Option<String>,
    /// Where an opinion on the whole document goes.
    whole: String,
    /// HTML.
    note: Option<String>,
    /// Where one on an item goes; none while nothing is received.
    item: Option<ItemAddress>,
}

/// An address that lacks the number of the item, percent-encoded, between its parts.
#[derive(Debug, Serialize, PartialEq, Eq)]
struct ItemAddress {
    before: String,
    after: String,
}

/// What the page says on a day; none when the hearing is over.
pub(super) fn opinions(
    municipality: &MunicipalityContext,
    assessment: &Assessment,
    call: &Consultation,
    day: CivilDate,
) -> Option<OpinionsView> {
    let stage = call.stage(day);
    if stage == Stage::Over {
        return None;
    }
    let is_open = stage == Stage::Open;
    let (whole, item) = addresses(municipality, assessment, &call.destination);
    let mail = match &call.destination {
        Destination::Mail(mail) => Some(mail.clone()),
        Destination::Form(_) => None,
    };
    let options =
        markdown::Options { heading_base: 3, footnote_prefix: "opinions-", resolve_link: &|_| None };
    let text = |date: CivilDate| DateView::from(date).text().to_owned();
    Some(OpinionsView {
        is_open,
        from: text(call.from),
        to: text(call.to),
        mail,
        whole,
        note: call.note.as_deref().map(|note| markdown::to_html_without_images(note, &options)),
        item: item.filter(|_| is_open),
    })
}

/// Where opinions on the whole document go, and those on an item: nowhere else where a form has no place for the item.
fn addresses(
    municipality: &MunicipalityContext,
    assessment: &Assessment,
    destination: &Destination,
) -> (String, Option<ItemAddress>) {
    match destination {
        // The code instead of the name, because a name takes nine bytes a letter, at every item.
        Destination::Mail(mail) => {
            let subject = format!("{}-{}", municipality.code, percent_encoded(&assessment.number));
            let whole = format!("mailto:{mail}?subject={subject}");
            let item = ItemAddress { before: format!("{whole}-"), after: String::new() };
            (format!("{whole}%20{}", percent_encoded(&municipality.name)), Some(item))
        }
        Destination::Form(form) => {
            let without = |part: &str| part.replace(Destination::PLACE, "");
            let item = form.split_once(Destination::PLACE);
            let item =
                item.map(|(before, after)| ItemAddress { before: before.to_owned(), after: without(after) });
            (without(form), item)
        }
    }
}

/// A text as a part of an address (RFC 3986).
pub(in crate::site) fn percent_encoded(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::sample;
    use crate::form::Form;
    use proptest::prelude::*;

    fn view(destination: &str, day: (u8, u8)) -> Option<OpinionsView> {
        let municipality = sample::municipality();
        let assessment = sample::assessment(&Form::all()[0].head.id, &[]);
        let date = |(month, day): (u8, u8)| CivilDate::from_ymd(2026, month, day).unwrap();
        let call = Consultation {
            from: date((12, 1)),
            to: date((12, 28)),
            destination: Destination::parse(destination).unwrap(),
            note: Some("案は市役所で見られます。![地図](map.png)".to_owned()),
        };
        opinions(&MunicipalityContext::new(&municipality), &assessment, &call, date(day))
    }

    #[test]
    fn it_is_announced_then_open_then_silent() {
        let mail = "iken@city.mihon.example.lg.jp";
        let before = view(mail, (11, 30)).unwrap();
        assert!(!before.is_open && before.item.is_none());
        assert_eq!(before.from, "令和8年（2026年）12月1日");
        let open = view(mail, (12, 28)).unwrap();
        assert!(open.is_open && open.item.is_some());
        // No file stands beside it that could be the image.
        assert_eq!(open.note.as_deref(), Some("<p>案は市役所で見られます。地図</p>"));
        assert!(view(mail, (12, 29)).is_none());
    }

    #[test]
    fn the_subject_says_which_item_of_which_document() {
        let open = view("iken@city.mihon.example.lg.jp", (12, 1)).unwrap();
        let name = "%E3%81%BF%E3%81%BB%E3%82%93%E5%B8%82";
        let start = "mailto:iken@city.mihon.example.lg.jp?subject=019984-8";
        assert_eq!(open.whole, format!("{start}%20{name}"));
        assert_eq!(open.item.unwrap().before, format!("{start}-"));
    }

    #[test]
    fn a_form_gets_the_item_only_where_it_has_a_place_for_it() {
        let open = view("https://example.jp/iken?item={項目}&x=1", (12, 1)).unwrap();
        let item =
            ItemAddress { before: "https://example.jp/iken?item=".to_owned(), after: "&x=1".to_owned() };
        assert_eq!((open.whole.as_str(), open.item), ("https://example.jp/iken?item=&x=1", Some(item)));
        let open = view("https://example.jp/iken", (12, 1)).unwrap();
        assert_eq!((open.whole.as_str(), open.item, open.mail), ("https://example.jp/iken", None, None));
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_read_back(text in ".{0,40}") {
            let encoded = percent_encoded(&text);
            prop_assert!(encoded.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b)));
            let mut bytes = Vec::new();
            let mut rest = encoded.as_str();
            while let Some(sign) = rest.chars().next() {
                let (byte, length) = match sign {
                    '%' => (u8::from_str_radix(&rest[1..3], 16).unwrap(), 3),
                    _ => (u8::try_from(sign).unwrap(), 1),
                };
                bytes.push(byte);
                rest = &rest[length..];
            }
            prop_assert_eq!(String::from_utf8(bytes).unwrap(), text);
        }
    }
}
