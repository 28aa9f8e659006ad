//! How a site looks, from `site.yaml`: colours that can be read, a logo that is there, links, and the theme's folder.

use super::settings::{Field, Holds, Reader};
use crate::assessment::{Colors, Logo, Look, NamedLink};
use crate::color::{Color, DARK, Ground, LIGHT, READABLE, Scheme};
use crate::diagnostic::{Code, Diagnostic};
use crate::image::{ImageKind, unsafe_in_svg};
#[cfg(test)]
use crate::read::SourceFile;

/// The theme that needs no folder.
pub(super) const STANDARD: &str = "standard";

/// What stands beside `site.yaml` in the content folder.
pub struct Beside<'a> {
    /// The contents of a file; none where it is missing or lies outside.
    pub file: &'a dyn Fn(&str) -> Option<Vec<u8>>,
    /// Whether a folder is there.
    pub has_folder: &'a dyn Fn(&str) -> bool,
}

pub(crate) const COLOR_FIELDS: [Field; 4] = [
    Field {
        name: "accent",
        aliases: &["強調色"],
        holds: Holds::Color,
        about: "見出しの線や印の色（例: \"#00118f\"）。",
    },
    Field {
        name: "accent_soft",
        aliases: &["薄い強調色"],
        holds: Holds::Color,
        about: "囲みなどの地の色。書かなければ強調色から作る。",
    },
    Field { name: "link", aliases: &["リンクの色"], holds: Holds::Color, about: "リンクの色。" },
    Field {
        name: "visited",
        aliases: &["見たリンクの色"],
        holds: Holds::Color,
        about: "一度見たページへのリンクの色。",
    },
];

pub(crate) const SCHEME_FIELDS: [Field; 2] = [
    Field {
        name: "light",
        aliases: &["明るい画面"],
        holds: Holds::Map(&COLOR_FIELDS),
        about: "明るい画面と紙での色。",
    },
    Field {
        name: "dark",
        aliases: &["暗い画面"],
        holds: Holds::Map(&COLOR_FIELDS),
        about: "暗い画面での色。",
    },
];

pub(crate) const LOGO_FIELDS: [Field; 2] = [
    Field {
        name: "file",
        aliases: &["ファイル"],
        holds: Holds::Text,
        about: "画像のファイル（svg、png、jpg）。site.yaml のあるフォルダからの位置を書く（例: logo.svg）。",
    },
    Field {
        name: "alt",
        aliases: &["代替テキスト"],
        holds: Holds::Text,
        about: "画像を見られない人に読み上げる文（例: みほん市）。",
    },
];

pub(crate) const LINK_FIELDS: [Field; 2] = [
    Field {
        name: "label",
        aliases: &["名前"],
        holds: Holds::Text,
        about: "リンクの文（例: 市のホームページ）。",
    },
    Field {
        name: "url",
        aliases: &["リンク先"],
        holds: Holds::Address,
        about: "リンク先の URL（https:// で始まる）。",
    },
];

/// Reads what a site's settings say about its look.
pub(super) fn read(reader: &mut Reader<'_>, beside: Option<&Beside<'_>>) -> Look {
    let (light, dark) = colors(reader);
    Look {
        light,
        dark,
        logo: logo(reader, beside),
        header_links: links(reader, "header_links"),
        footer_links: links(reader, "footer_links"),
    }
}

/// The theme: `standard`, or the folder whose files replace those of it.
pub(super) fn theme(reader: &mut Reader<'_>, beside: Option<&Beside<'_>>) -> String {
    let theme = reader.text("theme").unwrap_or_else(|| STANDARD.to_owned());
    if theme == STANDARD || beside.is_none_or(|beside| (beside.has_folder)(&theme)) {
        return theme;
    }
    let message = format!("テーマのフォルダ「{theme}」がありません");
    let help = "フォルダは site.yaml のあるフォルダからの位置で書きます（例: _theme）。自治体のテーマを使わないなら、この行を消すか standard と書いてください。";
    reader.report("theme", Code::MISSING_LOOK, message, |d| d.help(help));
    STANDARD.to_owned()
}

fn colors(reader: &mut Reader<'_>) -> (Colors, Colors) {
    let mut found = (Colors::default(), Colors::default());
    let Some(mut schemes) = reader.below("colors", "色", &SCHEME_FIELDS) else { return found };
    schemes.tell_empty(&[]);
    for (name, scheme, colors) in [("light", LIGHT, &mut found.0), ("dark", DARK, &mut found.1)] {
        let Some(mut below) = schemes.below(name, "画面の色", &COLOR_FIELDS) else { continue };
        below.tell_empty(&[]);
        *colors = Colors {
            accent: color(&mut below, "accent"),
            accent_soft: color(&mut below, "accent_soft"),
            link: color(&mut below, "link"),
            visited: color(&mut below, "visited"),
        };
        judge(&mut below, &scheme, colors);
        schemes.diagnostics.append(&mut below.diagnostics);
    }
    reader.diagnostics.append(&mut schemes.diagnostics);
    found
}

fn color(reader: &mut Reader<'_>, name: &str) -> Option<Color> {
    let text = reader.text(name)?;
    let color = Color::parse(&text);
    if color.is_none() {
        let message = format!("「{text}」は色ではありません");
        let help = "「#」と6桁の16進数を、引用符で囲んで書いてください（例: \"#00118f\"）。";
        reader.report(name, Code::WRONG_TYPE, message, |d| d.help(help));
    }
    color
}

/// Says of every colour of the city that cannot be read, how far it is from that, and which one could be.
fn judge(reader: &mut Reader<'_>, scheme: &Scheme, colors: &Colors) {
    let soft_of = |accent: Option<Color>| accent.map_or(scheme.accent_soft, |accent| scheme.soft_of(accent));
    let mut soft = soft_of(colors.accent);
    if let Some(ground) = colors.accent_soft {
        let own = [
            Ground { name: "強調色", color: scheme.accent },
            Ground { name: "リンクの色", color: scheme.link },
            Ground { name: "見たリンクの色", color: scheme.visited },
        ];
        let is_given = [colors.accent, colors.link, colors.visited].map(|color| color.is_some());
        let own = own.into_iter().zip(is_given).filter(|(_, given)| !given).map(|(color, _)| color);
        let texts: Vec<_> = scheme.texts().chain(own).collect();
        if can_be_read(reader, "accent_soft", ground, |_| texts.clone()) {
            soft = ground;
        }
    }
    let given = colors.accent_soft.is_some_and(|ground| ground == soft);
    if let Some(accent) = colors.accent {
        let soft_under = |accent: Color| if given { soft } else { scheme.soft_of(accent) };
        can_be_read(reader, "accent", accent, |accent| scheme.grounds(soft_under(accent)).to_vec());
    }
    for (name, color) in [("link", colors.link), ("visited", colors.visited)] {
        let Some(color) = color else { continue };
        can_be_read(reader, name, color, |_| scheme.grounds(soft).to_vec());
    }
}

/// Reports a colour that cannot be read with one of the others; whether it can.
fn can_be_read(
    reader: &mut Reader<'_>,
    name: &str,
    color: Color,
    others: impl Fn(Color) -> Vec<Ground>,
) -> bool {
    let worst = |color: Color| {
        let ratios = others(color).into_iter().map(|other| (color.contrast(other.color), other));
        ratios.min_by(|one, two| one.0.total_cmp(&two.0))
    };
    let passes = |color: Color| worst(color).is_none_or(|(ratio, _)| ratio >= READABLE);
    let Some((ratio, other)) = worst(color).filter(|_| !passes(color)) else { return true };
    let label = COLOR_FIELDS.iter().find(|field| field.name == name).map_or(name, |field| field.aliases[0]);
    // Cut, not rounded: 4.498 is not 4.5.
    let shown = (ratio * 100.0).floor() / 100.0;
    let message = format!(
        "{label} {color} と{} {} のコントラスト比は {shown:.2}:1 です。{READABLE}:1 以上が必要です",
        other.name, other.color
    );
    let near = color.nearest(passes).map(|near| near.to_string());
    reader.report(name, Code::CONTRAST, message, |diagnostic: Diagnostic| match near {
        Some(near) => {
            diagnostic.help(format!("足りる色のうち、最も近い色: {near}")).suggest(format!("\"{near}\""))
        }
        None => diagnostic.help("ほかの色と合わせて選び直してください。"),
    });
    false
}

fn logo(reader: &mut Reader<'_>, beside: Option<&Beside<'_>>) -> Option<Logo> {
    let mut below = reader.below("logo", "ロゴ", &LOGO_FIELDS)?;
    let place = reader.span("logo").unwrap_or_default();
    let file = below.required_below("file", place, "画像のファイルの名前を書いてください（例: logo.svg）。");
    let help = "画像を見られない人に読み上げる文を書いてください（例: みほん市）。";
    let alternative = below.required_below("alt", place, help);
    let is_there = file.as_deref().is_some_and(|file| is_logo(&mut below, file, beside));
    reader.diagnostics.append(&mut below.diagnostics);
    Some(Logo { file: file.filter(|_| is_there)?, alternative: alternative? })
}

fn is_logo(reader: &mut Reader<'_>, file: &str, beside: Option<&Beside<'_>>) -> bool {
    let message = match (ImageKind::named(file), beside.map(|beside| (beside.file)(file))) {
        (None, _) => format!("「{file}」は svg、png、jpg のファイルではありません"),
        (Some(_), None) => return true,
        (Some(_), Some(None)) => format!("ロゴのファイル「{file}」がありません"),
        (Some(kind), Some(Some(bytes))) if ImageKind::of(&bytes) == Some(kind) => {
            let Some(what) = unsafe_in_svg(&bytes).filter(|_| kind == ImageKind::Svg) else { return true };
            let message = format!("ロゴのファイル「{file}」の中に、{what}があります");
            let help = "作図のソフトで「最適化した SVG」や png として書き出し直してください。";
            reader.report("file", Code::MISSING_LOOK, message, |d| d.help(help));
            return false;
        }
        (Some(_), Some(Some(_))) => format!("「{file}」の中身が、名前のとおりの画像ではありません"),
    };
    let help = "画像を site.yaml と同じフォルダに置き、「logo.svg」のように名前を書いてください。使えるのは svg、png、jpg です。";
    reader.report("file", Code::MISSING_LOOK, message, |d| d.help(help));
    false
}

fn links(reader: &mut Reader<'_>, name: &str) -> Vec<NamedLink> {
    let mut found = Vec::new();
    for (place, mut below) in reader.rows(name, "リンク", &LINK_FIELDS) {
        let label =
            below.required_below("label", place, "リンクの文を書いてください（例: 市のホームページ）。");
        let help = "https:// で始まる URL を書いてください。";
        let is_written = below.required_below("url", place, help).is_some();
        let url = below.website("url").filter(|_| is_written);
        reader.diagnostics.append(&mut below.diagnostics);
        found.extend(label.zip(url).map(|(label, url)| NamedLink { label, url }));
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::assessment::{NamedLink, SiteSettings};
    use crate::check::settings::{site, site_beside};

    use super::*;

    const SVG: &[u8] = b"<svg viewBox='0 0 4 1'></svg>";

    fn read(yaml: &str) -> (SiteSettings, Vec<Diagnostic>) {
        let file = SourceFile::new("site.yaml", format!("title: 見本\n{yaml}"));
        let beside = Beside {
            file: &|name| match name {
                "logo.svg" | "really-svg.png" => Some(SVG.to_vec()),
                _ => None,
            },
            has_folder: &|name| name == "_theme",
        };
        let (settings, found) = site_beside(&file, Some(&beside));
        (settings.unwrap(), found)
    }

    fn told(yaml: &str) -> Vec<(String, String)> {
        let found = read(yaml).1.into_iter();
        found.map(|d| (format!("{} {}", d.code.id(), d.place.unwrap().line), d.message)).collect()
    }

    #[test]
    fn a_city_sets_its_look_in_japanese() {
        let (settings, found) = read(concat!(
            "色:\n  明るい画面:\n    強調色: \"#0A6B3F\"\n    リンクの色: 0a5\n",
            "ロゴ:\n  ファイル: logo.svg\n  代替テキスト: みほん市\n",
            "ヘッダーのリンク:\n  - 名前: 市のホームページ\n    リンク先: https://example.jp/\n",
            "フッターのリンク:\n  - label: 個人情報保護\n    url: https://example.jp/kojin/\n",
            "テーマ: _theme\n",
        ));
        let codes: Vec<_> = found.iter().map(|d| d.code.id()).collect();
        assert_eq!(codes, ["LOOK-01"], "{found:?}");
        assert_eq!(settings.look.light.accent, Color::parse("#0a6b3f"));
        assert_eq!(settings.look.dark, Colors::default());
        assert_eq!(settings.look.logo.unwrap().asset(), "assets/logo.svg");
        let link = |label: &str, url: &str| NamedLink { label: label.to_owned(), url: url.to_owned() };
        assert_eq!(settings.look.header_links, [link("市のホームページ", "https://example.jp/")]);
        assert_eq!(settings.look.footer_links, [link("個人情報保護", "https://example.jp/kojin/")]);
        assert_eq!(settings.theme, "_theme");
    }

    #[test]
    fn a_colour_that_cannot_be_read_is_told_with_one_that_can() {
        let (_, found) = read("colors:\n  light:\n    accent: \"#ff9900\"\n  dark:\n    link: \"#0000ff\"\n");
        let [light, dark] = &found[..] else { panic!("{found:?}") };
        assert!(light.message.starts_with("強調色 #ff9900 と"), "{}", light.message);
        assert!(light.message.contains("4.5:1 以上が必要です"), "{}", light.message);
        assert_eq!(light.place.as_ref().map(|p| (p.line, p.column)), Some((4, 13)));
        for (finding, ground) in [(light, LIGHT.page), (dark, DARK.page)] {
            let near = Color::parse(finding.suggestion.as_deref().unwrap().trim_matches('"')).unwrap();
            assert!(near.contrast(ground) >= READABLE);
        }
        let [_, .., dark_ground] = DARK.grounds(DARK.accent_soft);
        let link = Color::parse(dark.suggestion.as_deref().unwrap().trim_matches('"')).unwrap();
        assert!(link.contrast(dark_ground.color) >= READABLE, "links stand on what was removed, too");
        // What is suggested passes.
        let near = light.suggestion.as_deref().unwrap();
        assert_eq!(told(&format!("colors:\n  light:\n    accent: {near}\n")), []);
    }

    #[test]
    fn the_ground_of_the_accent_is_judged_by_what_is_read_on_it() {
        let found = told("colors:\n  light:\n    accent: \"#00118f\"\n    accent_soft: \"#7777ff\"\n");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].0 == "LOOK-01 5" && found[0].1.starts_with("薄い強調色 #7777ff と"), "{found:?}");
        // On the grounds of the page it can be read, on its own it cannot.
        let found = told("colors:\n  light:\n    accent: \"#737373\"\n    accent_soft: \"#e0e0e0\"\n");
        assert!(found[0].1.contains("薄い強調色 #e0e0e0 のコントラスト比は 3.5"), "{found:?}");
    }

    #[test]
    fn what_is_missing_is_told_where_it_is_named() {
        let code = |yaml: &str| told(yaml).into_iter().map(|(code, _)| code).collect::<Vec<_>>();
        assert_eq!(code("logo:\n  file: none.svg\n  alt: 市\n"), ["LOOK-02 3"]);
        assert_eq!(code("logo:\n  file: logo.gif\n  alt: 市\n"), ["LOOK-02 3"]);
        assert_eq!(code("logo:\n  file: really-svg.png\n  alt: 市\n"), ["LOOK-02 3"]);
        assert_eq!(code("logo:\n  file: logo.svg\n"), ["REQ-01 3"]);
        assert_eq!(code("logo: logo.svg\n"), ["VAL-01 2"]);
        assert_eq!(code("theme: nowhere\n"), ["LOOK-02 2"]);
        assert_eq!(code("theme: standard\n"), [""; 0]);
        assert_eq!(code("header_links:\n  - label: 市\n    url: /here\n"), ["VAL-01 4"]);
        assert_eq!(code("header_links:\n  - 市\n"), ["VAL-01 3"]);
        assert_eq!(code("header_links: 市\n"), ["VAL-01 2"]);
        assert_eq!(code("footer_links:\n  - url: https://example.jp/\n"), ["REQ-01 3"]);
        assert_eq!(code("colors:\n  light:\n    accent: 赤\n"), ["VAL-01 4"]);
        assert_eq!(code("colors:\n  light:\n    acent: \"#000\"\n"), ["KEY-02 4"]);
        assert_eq!(code("colors: \"#00118f\"\n"), ["VAL-01 2"]);
        assert_eq!(code("ロゴ:\n"), ["KEY-04 2"]);
        assert_eq!(code("base_url:\ncolors:\n  light:\n"), ["KEY-04 2", "KEY-04 4"]);
        assert_eq!(code("色:\n  暗い画面:\n    強調色: #8fe0b8\n"), ["YAML-06 4"]);
    }

    #[test]
    fn an_unquoted_colour_is_told_with_its_correction() {
        let (_, found) = read("色:\n  明るい画面:\n    強調色: #0a6b3f # green\n");
        let fix = found[0].fix.as_ref().unwrap();
        assert_eq!((fix.line, fix.from.as_str(), fix.to.as_str()), (4, "#0a6b3f", "\"#0a6b3f\""));
        // A comment in Japanese is told by the reader of the file, and once.
        assert_eq!(told("色:\n  明るい画面:\n    強調色: #0a6b3f # 市の色\n").len(), 1);
    }

    #[test]
    fn keys_are_named_as_their_author_writes_them() {
        let first = |yaml: &str| read(yaml).1.remove(0);
        let logo = first("ロゴ:\n  ファイル: logo.svg\n");
        assert!(logo.message.contains("「代替テキスト」"), "{}", logo.message);
        let logo = first("logo:\n  file: logo.svg\n");
        assert!(logo.message.contains("「alt」"), "{}", logo.message);
        let color = first("色:\n  明るい画面:\n    強調の色: \"#00118f\"\n");
        assert_eq!(color.suggestion.as_deref(), Some("強調色"));
        assert!(color.help[0].contains("見たリンクの色") && !color.help[0].contains("visited"), "{color:?}");
    }

    #[test]
    fn without_the_folder_only_the_words_are_judged() {
        let file =
            SourceFile::new("site.yaml", "title: 見本\nlogo:\n  file: none.svg\n  alt: 市\ntheme: x\n");
        let (settings, found) = site(&file);
        assert_eq!(found, []);
        assert!(settings.unwrap().look.logo.is_some());
    }
}
