//! Addresses on the web as people write them in settings and on the command line: read in one place, refused with a reason.

/// Why an address is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It begins with neither `https://` nor `http://`.
    Scheme,
    /// There is no host, or not one that could be.
    Host,
    /// A blank or a sign that no address has.
    Sign,
    /// The address of a site has `?` or `#`.
    Query,
    /// The address of a site ends with the name of a file.
    File,
    /// The address of a site has `//`, `.` or `..` between its folders.
    Folder,
}

impl Fault {
    /// What is wrong with a text.
    pub fn about(self, text: &str) -> String {
        match self {
            Self::Scheme => format!("「{text}」は URL ではありません"),
            Self::Host => format!("「{text}」のホスト名（https:// の次の部分）が正しくありません"),
            Self::Sign => format!("「{text}」に、空白や URL に使えない文字があります"),
            Self::Query => format!("公開先の URL「{text}」に「?」か「#」があります"),
            Self::File => format!("公開先の URL「{text}」がファイルの名前で終わっています"),
            Self::Folder => format!("公開先の URL「{text}」に、空のフォルダか「.」だけのフォルダがあります"),
        }
    }

    /// What to do.
    pub fn help(self) -> &'static str {
        match self {
            Self::Scheme => "https:// で始まる URL を書いてください。",
            Self::Host => "「https://www.city.example.jp/」のように、半角のホスト名を書いてください。",
            Self::Sign => {
                "空白や全角の記号を消してください。日本語の部分は、ブラウザーのアドレス欄から写すと %E3… の形になります。"
            }
            Self::Query => {
                "サイトを置くフォルダまでを書いてください（例: https://www.city.example.jp/hyoka/）。「?」や「#」から後は書きません。"
            }
            Self::File => {
                "サイトを置くフォルダまでを書いてください（例: https://www.city.example.jp/hyoka/）。「index.html」などのファイルの名前は書きません。"
            }
            Self::Folder => {
                "サイトを置くフォルダまでを、「/」を一つずつ入れて書いてください（例: https://www.city.example.jp/hyoka/）。"
            }
        }
    }
}

/// Endings of files that are pages.
const PAGES: [&str; 11] =
    ["html", "htm", "xhtml", "shtml", "php", "asp", "aspx", "jsp", "cgi", "xml", "json"];

/// An address that a link may lead to.
pub fn website(text: &str) -> Result<String, Fault> {
    let text = text.trim();
    let (host, rest) = split(text)?;
    let is_sign = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"`{}|^\\".contains(c);
    if !rest.chars().chain(host.chars()).all(is_sign) {
        return Err(Fault::Sign);
    }
    if is_host(host) { Ok(text.to_owned()) } else { Err(Fault::Host) }
}

/// The address that a site is published at, with a slash at its end.
pub fn base_url(text: &str) -> Result<String, Fault> {
    let text = website(text)?;
    let (_, path) = split(&text)?;
    if !text.is_ascii() {
        return Err(Fault::Sign);
    }
    if path.contains(['?', '#']) {
        return Err(Fault::Query);
    }
    let path = path.strip_prefix('/').unwrap_or(path);
    let folders = path.strip_suffix('/').unwrap_or(path);
    let is_folder = |folder: &str| !matches!(folder, "" | "." | "..");
    if !path.is_empty() && !folders.split('/').all(is_folder) {
        return Err(Fault::Folder);
    }
    let ending = path.rsplit('/').next().and_then(|last| last.rsplit_once('.')).map(|(_, ending)| ending);
    if ending.is_some_and(|ending| PAGES.contains(&ending.to_ascii_lowercase().as_str())) {
        return Err(Fault::File);
    }
    Ok(if text.ends_with('/') { text } else { format!("{text}/") })
}

/// The host, with its port, and what follows.
fn split(text: &str) -> Result<(&str, &str), Fault> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).ok_or(Fault::Scheme)?;
    Ok(rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len())))
}

fn is_host(host: &str) -> bool {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => {
            let Some((address, port)) = rest.split_once(']') else { return false };
            if address.parse::<std::net::Ipv6Addr>().is_err() {
                return false;
            }
            ("localhost", port)
        }
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let is_port =
        port.is_empty() || port.strip_prefix(':').is_some_and(|digits| digits.parse::<u16>().is_ok());
    // Letters of other writings may be part of a name, but not the wide forms of ours.
    let is_letter = |c: char| c == '-' || c.is_alphanumeric() && !('\u{FF00}'..='\u{FFEF}').contains(&c);
    let is_label = |label: &str| {
        !label.is_empty() && !label.starts_with('-') && !label.ends_with('-') && label.chars().all(is_letter)
    };
    is_port && name.strip_suffix('.').unwrap_or(name).split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn links_lead_to_hosts() {
        for right in [
            "https://www.city.example.jp/?a=1&b=2",
            "http://localhost:8000/x",
            "https://[::1]:80/",
            "https://例え.jp/評価書#一",
            "https://example.jp",
        ] {
            assert_eq!(website(right), Ok(right.to_owned()));
        }
        for (wrong, fault) in [
            ("www.city.example.jp", Fault::Scheme),
            ("/here", Fault::Scheme),
            ("javascript:alert(1)", Fault::Scheme),
            ("https://", Fault::Host),
            ("https:///hyoka/", Fault::Host),
            ("https://https://example.jp/", Fault::Host),
            ("https://a..jp/", Fault::Host),
            ("https://user@example.jp/", Fault::Host),
            ("https://ｗｗｗ.example.jp/", Fault::Host),
            ("https://example.jp:x/", Fault::Host),
            ("https://example.jp/a b", Fault::Sign),
            ("https://example.jp/\u{3000}a", Fault::Sign),
            ("https://exa mple.jp/", Fault::Sign),
            ("https://example.jp/\"x", Fault::Sign),
        ] {
            assert_eq!(website(wrong), Err(fault), "{wrong}");
        }
    }

    #[test]
    fn a_site_is_at_a_folder() {
        for (written, read) in [
            ("https://example.jp", "https://example.jp/"),
            ("https://example.jp/hyoka", "https://example.jp/hyoka/"),
            (" https://example.jp/a/v1.2/ ", "https://example.jp/a/v1.2/"),
        ] {
            assert_eq!(base_url(written), Ok(read.to_owned()));
        }
        for (wrong, fault) in [
            ("https://example.jp/?page=1", Fault::Query),
            ("https://example.jp/#top", Fault::Query),
            ("https://example.jp/hyoka/index.html", Fault::File),
            ("https://example.jp/INDEX.PHP", Fault::File),
            ("https://example.jp//hyoka/", Fault::Folder),
            ("https://example.jp/hyoka/../", Fault::Folder),
            ("https://example.jp/評価書/", Fault::Sign),
        ] {
            assert_eq!(base_url(wrong), Err(fault), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_once_is_read_again(text in "(https?://)?[a-z.:/?# あ-]{0,20}") {
            if let Ok(read) = base_url(&text) {
                prop_assert!(read.ends_with('/'));
                prop_assert_eq!(base_url(&read), Ok(read));
            }
        }
    }
}
