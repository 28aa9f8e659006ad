//! Images by their first bytes: what they are, and how large.

use regex::Regex;

/// The kinds of image that a logo may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageKind {
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
    /// Scalable Vector Graphics.
    Svg,
}

const PNG_START: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG_START: &[u8] = &[0xff, 0xd8, 0xff];
/// An `<svg>` may stand behind a declaration and a comment.
const SVG_HEAD: usize = 4_000;

impl ImageKind {
    /// What bytes are, whatever their file is called.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(PNG_START) {
            return Some(Self::Png);
        }
        if bytes.starts_with(JPEG_START) {
            return Some(Self::Jpeg);
        }
        svg_tag(bytes).map(|_| Self::Svg)
    }

    /// What the ending of a file name promises.
    pub fn named(file: &str) -> Option<Self> {
        match file.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "png" => Some(Self::Png),
            "jpg" | "jpeg" => Some(Self::Jpeg),
            "svg" => Some(Self::Svg),
            _ => None,
        }
    }
}

/// Width and height in pixels of the page; none where the image does not say.
pub fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let (width, height) = match ImageKind::of(bytes)? {
        ImageKind::Png => (number(bytes, 16, 4)?, number(bytes, 20, 4)?),
        ImageKind::Jpeg => jpeg_size(bytes)?,
        ImageKind::Svg => svg_size(svg_tag(bytes)?)?,
    };
    (width > 0 && height > 0).then_some((width, height))
}

/// A number of some bytes, the weightiest first.
fn number(bytes: &[u8], from: usize, count: usize) -> Option<u32> {
    let digits = bytes.get(from..from.checked_add(count)?)?;
    Some(digits.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

/// The size stands in the segment that begins a frame; before it there are others to leap over.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    while bytes.get(at)? == &0xff {
        let marker = *bytes.get(at + 1)?;
        let is_frame = matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
        if is_frame {
            return Some((number(bytes, at + 7, 2)?, number(bytes, at + 5, 2)?));
        }
        // A filling byte before the marker itself.
        let length = if marker == 0xff { 1 } else { number(bytes, at + 2, 2)?.checked_add(2)? };
        at = at.checked_add(usize::try_from(length).ok()?)?;
    }
    None
}

fn svg_tag(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(SVG_HEAD)];
    // The head may end within a letter.
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).ok()?
        }
        Err(_) => return None,
    };
    let start =
        text.find("<svg").filter(|_| text.trim_start_matches('\u{feff}').trim_start().starts_with('<'))?;
    let tag = &text[start..];
    Some(&tag[..tag.find('>')?])
}

fn svg_size(tag: &str) -> Option<(u32, u32)> {
    let attribute = |name: &str| {
        let pattern = Regex::new(&format!(r#"\s{name}\s*=\s*["']([^"']*)["']"#)).ok()?;
        Some(pattern.captures(tag)?.get(1)?.as_str().trim().to_owned())
    };
    let pixels = |text: String| rounded(text.strip_suffix("px").unwrap_or(&text));
    if let (Some(width), Some(height)) =
        (attribute("width").and_then(pixels), attribute("height").and_then(pixels))
    {
        return Some((width, height));
    }
    let view = attribute("viewBox")?;
    let mut parts = view.split([' ', ',', '\t', '\n']).filter(|part| !part.is_empty()).skip(2);
    Some((rounded(parts.next()?)?, rounded(parts.next()?)?))
}

/// A whole number of pixels; a drawing has no more of them than a screen.
fn rounded(text: &str) -> Option<u32> {
    let number: f64 = text.parse().ok()?;
    (0.0..=100_000.0).contains(&number).then(|| format!("{number:.0}").parse().ok())?
}

/// What an SVG holds that could run or load something: a script, an attribute for events, an address of another host.
pub fn unsafe_in_svg(bytes: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(bytes).to_ascii_lowercase();
    if text.contains("<script") || text.contains(":script") || text.contains("javascript:") {
        return Some("スクリプト");
    }
    if text.contains("<!entity") {
        return Some("実体の定義（<!ENTITY>）");
    }
    let has = |pattern: &str| Regex::new(pattern).is_ok_and(|pattern| pattern.is_match(&text));
    // Blanks may stand around the equals sign, and a value may hold what looks like the end of a tag.
    if has(r#"[\s"'/]on[a-z]+\s*="#) {
        return Some("動作の指定（onclick など）");
    }
    let loads = [
        r#"[\s"'/:](?:href|src)\s*=\s*["']?\s*(?:https?:|//)"#,
        r#"url\(\s*["']?\s*(?:https?:|//)"#,
        "@import",
    ];
    loads.iter().any(|load| has(load)).then_some("ほかのサイトへの参照")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let head = [PNG_START, b"\0\0\0\x0dIHDR"].concat();
        [head, width.to_be_bytes().to_vec(), height.to_be_bytes().to_vec()].concat()
    }

    #[test]
    fn sizes_are_read_from_the_first_bytes() {
        assert_eq!(size(&png(320, 80)), Some((320, 80)));
        let comment = [0xff, 0xfe, 0, 4, b'a', b'b'];
        let frame = [0xff, 0xc2, 0, 11, 8, 0, 80, 1, 64, 3, 0];
        let jpeg = [&[0xff, 0xd8][..], &comment, &[0xff], &frame].concat();
        assert_eq!((ImageKind::of(&jpeg), size(&jpeg)), (Some(ImageKind::Jpeg), Some((320, 80))));
        for (svg, expected) in [
            ("<svg xmlns='x' width='320px' height=\"80\">", Some((320, 80))),
            ("\u{feff}<?xml version=\"1.0\"?>\n<!-- 市章 -->\n<svg viewBox=\"0 0 32.4, 8\">", Some((32, 8))),
            ("<svg width=\"100%\" height=\"100%\" viewBox='0 0 10 20'>", Some((10, 20))),
            ("<svg>", None),
            ("<svg viewBox='0 0 0 0'>", None),
        ] {
            assert_eq!(
                (ImageKind::of(svg.as_bytes()), size(svg.as_bytes())),
                (Some(ImageKind::Svg), expected),
                "{svg}"
            );
        }
    }

    #[test]
    fn other_files_are_no_images() {
        for bytes in [&b""[..], b"GIF89a", b"text about <svg> and more", b"\xff\xfe<svg>"] {
            assert_eq!(ImageKind::of(bytes), None, "{bytes:?}");
        }
        let long = format!("<svg>{}", "市".repeat(5_000));
        assert_eq!(ImageKind::of(long.as_bytes()), Some(ImageKind::Svg));
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            for start in [&b""[..], PNG_START, JPEG_START, b"<svg "] {
                let _ = size(&[start, &bytes].concat());
            }
        }
    }

    #[test]
    fn what_could_run_or_load_is_found_in_an_svg() {
        for good in [
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox='0 0 4 1'>\
             <title>市章</title><use xlink:href=\"#a\"/><path d=\"M0 0\" fill=\"url(#b)\"/></svg>",
            "<svg><image href=\"data:image/png;base64,AAAA\"/></svg>",
        ] {
            assert_eq!(unsafe_in_svg(good.as_bytes()), None, "{good}");
        }
        for bad in [
            "<svg><script>x()</script></svg>",
            "<svg onload=\"x()\"></svg>",
            "<svg><a\nOnClick='x()'/></svg>",
            "<svg onload = \"x()\"></svg>",
            "<svg data-a=\"1>2\" onload=\"x()\"></svg>",
            "<svg><image href = ' https://a.example/x.png'/></svg>",
            "<svg><rect fill=\"url( 'https://a.example/x#y')\"/></svg>",
            "<svg><image xlink:href=\"https://a.example/x.png\"/></svg>",
            "<svg><image href='//a.example/x.png'/></svg>",
            "<svg><a href=\"javascript:x()\"/></svg>",
            "<svg><style>@import 'a.css'</style></svg>",
            "<svg><rect fill=\"url(https://a.example/x#y)\"/></svg>",
        ] {
            assert!(unsafe_in_svg(bad.as_bytes()).is_some(), "{bad}");
        }
    }
}
