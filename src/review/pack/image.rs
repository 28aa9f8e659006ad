//! Figures inside the pack: small ones as `data:` addresses, so that the file needs no other; large ones by name.

/// Larger images are left out of the pack.
const LARGEST: usize = 200 * 1024;

/// An image as a `data:` address; none where it is large, or of a kind that browsers do not show.
pub fn image(file: &str, bytes: &[u8]) -> Option<String> {
    let extension = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let kind = match extension.as_str() {
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        _ => return None,
    };
    if bytes.len() > LARGEST {
        return None;
    }
    let mut address = format!("data:{kind};base64,");
    base64(bytes, &mut address);
    Some(address)
}

/// Base64 (RFC 4648) of some bytes, with padding.
pub(super) fn base64(bytes: &[u8], out: &mut String) {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    out.reserve(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let at = |index: usize| usize::from(group.get(index).copied().unwrap_or_default());
        let bits = (at(0) << 16) | (at(1) << 8) | at(2);
        for place in 0..4 {
            let is_filled = place <= group.len();
            out.push(if is_filled { char::from(SIGNS[bits >> (18 - 6 * place) & 63]) } else { '=' });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        let of = |text: &str| {
            let mut out = String::new();
            base64(text.as_bytes(), &mut out);
            out
        };
        let known = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"];
        for (length, expected) in known.iter().enumerate() {
            assert_eq!(of(&"foobar"[..length]), *expected);
        }
        assert_eq!(of("図"), "5Zuz");
    }

    #[test]
    fn only_small_images_of_known_kinds_are_inside() {
        assert_eq!(image("a.PNG", b"foo").as_deref(), Some("data:image/png;base64,Zm9v"));
        assert!(image("a.png", &vec![0; LARGEST]).is_some());
        assert_eq!(image("a.png", &vec![0; LARGEST + 1]), None);
        assert_eq!(image("a.pdf", b"foo"), None);
    }
}
