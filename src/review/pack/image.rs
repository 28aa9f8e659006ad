//! Figures inside the pack: small ones as `data:` addresses, so that the file needs no other; large ones by name.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;

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
    Some(format!("data:{kind};base64,{}", BASE64.encode(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_small_images_of_known_kinds_are_inside() {
        assert_eq!(image("a.PNG", b"foo").as_deref(), Some("data:image/png;base64,Zm9v"));
        assert!(image("a.png", &vec![0; LARGEST]).is_some());
        assert_eq!(image("a.png", &vec![0; LARGEST + 1]), None);
        assert_eq!(image("a.pdf", b"foo"), None);
    }
}
