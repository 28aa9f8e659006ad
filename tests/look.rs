//! The look of a city's site: colours, logo and links of `site.yaml`, and a theme's folder that replaces files of ours one by one.

#![allow(clippy::unwrap_used, reason = "a test ends where something is wrong")]

mod support;

use support::{Run, Sandbox};

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 120 40\"><rect width=\"120\" height=\"40\"/></svg>";
const SETTINGS: &str = concat!(
    "色:\n  明るい画面:\n    強調色: \"#0a6b3f\"\n  暗い画面:\n    リンクの色: \"#8fe0b8\"\n",
    "ロゴ:\n  ファイル: mark.SVG\n  代替テキスト: みほん市の章\n",
    "ヘッダーのリンク:\n  - 名前: 市のホームページ\n    リンク先: https://www.city.example.jp/?a=1&b=2\n",
    "フッターのリンク:\n  - 名前: 個人情報の保護\n    リンク先: https://www.city.example.jp/kojin/\n",
);

fn build(sandbox: &Sandbox, more: &[&str]) -> Run {
    sandbox.run(&[&["build", "--as-of", "2026-11-20"], more].concat())
}

fn built(sandbox: &Sandbox, more: &[&str]) {
    let run = build(sandbox, more);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
}

fn published(sandbox: &Sandbox, file: &str) -> String {
    String::from_utf8(kohyo::fs::read(&sandbox.root().join("public").join(file)).unwrap()).unwrap()
}

/// Puts lines into `site.yaml` in the place of that about the theme.
fn set(sandbox: &Sandbox, lines: &str) {
    sandbox.replace("site.yaml", "theme: standard\n", lines);
}

fn without_blanks(css: &str) -> String {
    css.replace([' ', '\n'], "")
}

#[test]
fn a_city_sets_colours_logo_and_links_without_a_template() {
    let sandbox = Sandbox::new();
    set(&sandbox, SETTINGS);
    sandbox.write("mark.SVG", SVG);
    built(&sandbox, &[]);
    assert_eq!(published(&sandbox, "assets/logo.svg"), SVG);
    for (page, root) in [("index.html", "./"), ("019984/index.html", "../"), ("404.html", "/")] {
        let html = published(&sandbox, page);
        assert!(html.contains(&format!("src=\"{root}assets/logo.svg?v=")), "{page}");
        assert!(
            html.contains("alt=\"みほん市の章\"") && html.contains("width=\"120\" height=\"40\""),
            "{page}"
        );
        let (header, footer) = html.split_once("<main").unwrap();
        assert!(header.contains("https://www.city.example.jp/?a=1&amp;b=2"), "{page}");
        assert!(header.contains(">市のホームページ</a>") && footer.contains(">個人情報の保護</a>"), "{page}");
        assert!(!html.contains("style=") && !html.contains("<style"), "{page}");
    }
    let css = without_blanks(&published(&sandbox, "assets/style.css"));
    assert!(css.contains("--accent:#0a6b3f"), "the accent is in the style sheet");
    let city = css.rfind("--link:#8fe0b8").unwrap();
    let standard = css.find("--link:#a3bcff").unwrap();
    assert!(city > standard, "the city's colours come last");
}

#[test]
fn a_city_without_settings_has_no_empty_parts() {
    let sandbox = Sandbox::new();
    built(&sandbox, &[]);
    let html = published(&sandbox, "index.html");
    assert!(!html.contains("site-links") && !html.contains("class=\"logo\""));
}

#[test]
fn the_review_pack_has_the_colours_of_the_city() {
    let sandbox = Sandbox::new();
    let repository = support::repository::Repository::around(&sandbox);
    set(&sandbox, SETTINGS);
    sandbox.write("mark.SVG", SVG);
    repository.commit("2025-03-01", "before");
    let run =
        sandbox.run(&["review", "content", "--base", "HEAD", "--as-of", "2025-09-01", "--out", "pack.html"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let pack = String::from_utf8(kohyo::fs::read(&sandbox.root().join("pack.html")).unwrap()).unwrap();
    assert!(without_blanks(&pack).contains("--accent:#0a6b3f"));
}

#[test]
fn a_folder_of_the_city_replaces_files_one_by_one() {
    let sandbox = Sandbox::new();
    set(&sandbox, "テーマ: _theme\n");
    let footer = "<footer class=\"site-footer\"><p>市の足元 {{ page.site.title }}</p></footer>";
    sandbox.write("_theme/templates/site-footer.html", footer);
    sandbox.write("_theme/styles/85-due.css", ".due { --mark-of-the-city: 1; }");
    sandbox.write("_theme/assets/icon.svg", SVG);
    sandbox.write("_theme/words.yaml", "skip: 中身へ\n");
    built(&sandbox, &[]);
    let html = published(&sandbox, "index.html");
    assert!(html.contains("市の足元"), "the template of the city");
    assert!(
        html.contains("class=\"site-header\"") || html.contains("class=site-header"),
        "the other templates"
    );
    assert!(html.contains("中身へ") && html.contains("自治体"), "one word of the city, the others ours");
    assert_eq!(published(&sandbox, "assets/icon.svg"), SVG);
    let css = published(&sandbox, "assets/style.css");
    assert!(css.contains("--mark-of-the-city") && css.contains(".chip"), "one part of the style sheet");
    assert!(!css.contains(".due dd"), "the part that was replaced is gone");
}

#[test]
fn a_theme_on_the_command_line_goes_before_that_of_the_settings() {
    let sandbox = Sandbox::new();
    set(&sandbox, "theme: _theme\n");
    sandbox.write("_theme/words.yaml", "skip: 設定のことば\n");
    sandbox.write("../other/words.yaml", "skip: 指定のことば\n");
    built(&sandbox, &["--theme", "other"]);
    let html = published(&sandbox, "index.html");
    assert!(html.contains("指定のことば") && !html.contains("設定のことば"));
}

#[test]
fn an_own_style_sheet_has_the_colours_too() {
    let sandbox = Sandbox::new();
    set(&sandbox, "theme: _theme\ncolors:\n  light:\n    accent: \"#0a6b3f\"\n");
    sandbox.write("_theme/assets/style.css", "body { color: black; }\n");
    built(&sandbox, &[]);
    let css = without_blanks(&published(&sandbox, "assets/style.css"));
    assert!(css.starts_with("body{color") && css.contains("--accent:#0a6b3f"), "{css}");
}

#[test]
fn what_is_not_there_stops_the_build() {
    for (lines, expected) in [
        ("theme: _none\n", "LOOK-02"),
        ("theme: ..\n", "LOOK-02"),
        ("theme: .\n", "LOOK-02"),
        ("license: https://example.jp/terms （CC BY 4.0）\n", "VAL-"),
        ("logo:\n  file: none.svg\n  alt: 市\n", "LOOK-02"),
        ("colors:\n  light:\n    accent: \"#ffcc00\"\n", "LOOK-01"),
    ] {
        let sandbox = Sandbox::new();
        set(&sandbox, lines);
        let run = build(&sandbox, &[]);
        assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
        assert!(format!("{}{}", run.stdout, run.stderr).contains(expected), "{lines}{}", run.stdout);
        assert!(!sandbox.root().join("public").exists(), "{lines}");
    }
    let sandbox = Sandbox::new();
    let run = build(&sandbox, &["--theme", "nowhere"]);
    assert!(run.code != 0 && run.stderr.contains("nowhere"), "{}", run.stderr);
}

#[test]
fn what_nobody_put_into_a_theme_is_no_part_of_it() {
    let sandbox = Sandbox::new();
    built(&sandbox, &[]);
    let style = published(&sandbox, "assets/style.css");
    set(&sandbox, "theme: _theme\n");
    for file in [
        "styles/.DS_Store",
        "styles/Thumbs.db",
        "styles/README.md",
        "templates/.DS_Store",
        "assets/.DS_Store",
    ] {
        sandbox.write(&format!("_theme/{file}"), b"\0\0\0\x01Bud1\xff");
    }
    built(&sandbox, &[]);
    assert_eq!(published(&sandbox, "assets/style.css"), style);
    assert!(!sandbox.root().join("public/assets/.DS_Store").exists());
}

#[test]
fn an_address_that_no_site_can_have_is_refused_with_the_reason() {
    let sandbox = Sandbox::new();
    for (address, reason) in [
        ("www.city.example.jp", "URL ではありません"),
        ("https://www.city.example.jp/hyoka/index.html", "ファイルの名前で終わっています"),
        ("https://www.city.example.jp/?p=1", "「?」か「#」"),
    ] {
        let run = build(&sandbox, &["--base-url", address]);
        assert!(run.code == 2 && run.stderr.contains(reason), "{}", run.stderr);
        let run = sandbox.run(&["export", "--base-url", address]);
        assert!(run.code == 2 && run.stderr.contains(reason), "{}", run.stderr);
    }
}

#[test]
fn a_template_that_fails_on_a_page_is_named_with_its_file() {
    let sandbox = Sandbox::new();
    set(&sandbox, "theme: _theme\n");
    sandbox.write("_theme/templates/site-footer.html", "<footer>\n{{ view.nothing.at_all }}\n</footer>");
    let run = build(&sandbox, &[]);
    assert!(
        run.code != 0 && run.stderr.contains("_theme/templates/site-footer.html の2行"),
        "{}",
        run.stderr
    );
}
