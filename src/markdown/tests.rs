use proptest::prelude::*;

use super::*;

fn resolve(reference: &str) -> Option<String> {
    reference.starts_with('Ⅱ').then(|| format!("../15-a/#{}", reference.len()))
}

fn html(text: &str) -> String {
    to_html(text, &Options { heading_base: 4, footnote_prefix: "", resolve_link: &resolve })
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(html(text), expected);
}

#[test]
fn wrapped_japanese_is_joined_and_enumerations_stay_lines() {
    check("対象者を把\n握する。", "<p>対象者を把握する。</p>");
    check("new\nline", "<p>new line</p>");
    check("次のとおり。\n・住所\n・氏名", "<p>次のとおり。<br>・住所<br>・氏名</p>");
    check("次のとおり。\n①把握\n（２）記録\n※注", "<p>次のとおり。<br>①把握<br>（２）記録<br>※注</p>");
    check("対象\n**①把握**", "<p>対象<br><strong>①把握</strong></p>");
    check("次のとおり。\n1\\. 住所\n2\\. 氏名", "<p>次のとおり。<br>1. 住所<br>2. 氏名</p>");
    check("対象  \n記録", "<p>対象<br>記録</p>");
    check("終わる。\n　次の段落", "<p>終わる。<br>　次の段落</p>");
}

#[test]
fn angle_brackets_and_html_are_text() {
    check("<入手したリスク>", "<p>&lt;入手したリスク&gt;</p>");
    check("a <b>x</b>", "<p>a &lt;b&gt;x&lt;/b&gt;</p>");
    check("<script>\nalert(1)\n</script>", "<p>&lt;script&gt;<br>alert(1)<br>&lt;/script&gt;</p>");
    check("<div>\n\n本文", "<p>&lt;div&gt;</p><p>本文</p>");
    check("<note:x>", "<p>&lt;note:x&gt;</p>");
    check("| a |\n|---|\n| 一<br>二 |", &table("a", "<th scope=\"col\">a</th>", "<td>一<br>二</td>"));
}

#[test]
fn addresses_are_checked() {
    check(
        "[市](https://a.example.jp/?a=1&b=2)",
        "<p><a href=\"https://a.example.jp/?a=1&amp;b=2\">市</a></p>",
    );
    check("[x](javascript:alert(1))", "<p>x</p>");
    check("[x](&#106;avascript:alert(1))", "<p>x</p>");
    check("<mail@a.example.jp>", "<p><a href=\"mailto:mail@a.example.jp\">mail@a.example.jp</a></p>");
    check("[](../a/)", "<p><a href=\"../a/\">../a/</a></p>");
    check("![流れ図](figures/a.svg)", "<p><img src=\"figures/a.svg\" alt=\"流れ図\"></p>");
    check("![流れ図](https://a.example.jp/a.png)", "<p>流れ図</p>");
    check(
        "市の頁（https://a.example.jp/b_c_d）",
        "<p>市の頁（<a href=\"https://a.example.jp/b_c_d\">https://a.example.jp/b_c_d</a>）</p>",
    );
}

#[test]
fn headings_follow_the_page_without_a_jump() {
    check("# 一\n\n## 二\n\n# 三", "<h4>一</h4><h5>二</h5><h4>三</h4>");
    check("# 一\n\n#### 二\n\n## 三", "<h4>一</h4><h5>二</h5><h5>三</h5>");
    check("# 一\n\n## 二\n\n### 三\n\n#### 四", "<h4>一</h4><h5>二</h5><h6>三</h6><h6>四</h6>");
}

fn table(name: &str, head: &str, body: &str) -> String {
    format!(
        "<div class=\"table-scroll\" role=\"region\" tabindex=\"0\" aria-label=\"表（{name}）\"><table><thead><tr>{head}\
         </tr></thead><tbody><tr>{body}</tr></tbody></table></div>"
    )
}

#[test]
fn tables_have_a_name_scopes_and_classes() {
    check(
        "| 項目 | 数 | |\n|---|--:|---|\n| 氏名 | 1 | **「要」**の |",
        &table(
            "項目、数",
            "<th scope=\"col\">項目</th><th scope=\"col\" class=\"align-right\">数</th><td></td>",
            "<td>氏名</td><td class=\"align-right\">1</td><td><strong>「要」</strong>の</td>",
        ),
    );
}

#[test]
fn emphasis_works_beside_brackets() {
    check("これは**「強調」**です", "<p>これは<strong>「強調」</strong>です</p>");
    check("**これは**「強調」", "<p><strong>これは</strong>「強調」</p>");
    check("「引用」**と続く**", "<p>「引用」<strong>と続く</strong></p>");
    check("日本語*（斜体）*日本語", "<p>日本語<em>（斜体）</em>日本語</p>");
    check("**「甲」**と**「乙」**の", "<p><strong>「甲」</strong>と<strong>「乙」</strong>の</p>");
    check("5*3=15、2*4=8", "<p>5<em>3=15、2</em>4=8</p>");
    check("`は**「x」**と`", "<p><code>は**「x」**と</code></p>");
}

#[test]
fn waves_brackets_and_dashes_are_no_markup() {
    check("10～20歳、~~昭和~~、[ ] 済", "<p>10～20歳、~~昭和~~、[ ] 済</p>");
    check("- [ ] 甲", "<ul><li>[ ] 甲</li></ul>");
    check("注[^1]です", "<p>注[^1]です</p>");
}

#[test]
fn lists_keep_their_numbers() {
    check("3. 甲\n4. 乙", "<ol start=\"3\"><li>甲</li><li>乙</li></ol>");
    check("1. 甲\n\n2. 乙", "<ol><li><p>甲</p></li><li><p>乙</p></li></ol>");
}

#[test]
fn indented_prose_is_prose() {
    check("　　字下げ", "<p>　　字下げ</p>");
    check("    ・住所\n      [[Ⅱ.3]]\n", "<p>・住所<br><a href=\"../15-a/#5\">Ⅱ.3</a></p>");
    check("```\n a<b\n```", "<pre><code> a&lt;b\n</code></pre>");
}

#[test]
fn references_become_links_where_they_resolve() {
    check("詳しくは[[Ⅱ.3.⑧ 使用方法]]を", "<p>詳しくは<a href=\"../15-a/#22\">Ⅱ.3.⑧ 使用方法</a>を</p>");
    check("[[Ⅱ.3|使用]]、[[ない]]、[[]]", "<p><a href=\"../15-a/#5\">使用</a>、[[ない]]、[[]]</p>");
    check("\\[[Ⅱ.3]]と`[[Ⅱ.3]]`", "<p>[[Ⅱ.3]]と<code>[[Ⅱ.3]]</code></p>");
    check("[[[Ⅱ]]]", "<p>[<a href=\"../15-a/#3\">Ⅱ</a>]</p>");
    check("[甲[[Ⅱ]]](../a/)", "<p><a href=\"../a/\">甲[[Ⅱ]]</a></p>");
}

#[test]
fn links_are_found_with_their_place() {
    let text = "甲[[Ⅱ.3]]\n\n    [[ Ⅲ ]]\n\n`[[Ⅳ]]`\n\n```\n[[Ⅴ]]\n```\n- **は**[[a|b]]";
    let found = links(text);
    assert_eq!(found.iter().map(|(_, target)| *target).collect::<Vec<_>>(), ["Ⅱ.3", "Ⅲ", "a"]);
    assert_eq!(&text[found[1].0.clone()], " Ⅲ ");
}

#[test]
fn footnotes_have_ids_of_the_page() {
    let options = Options { heading_base: 4, footnote_prefix: "ii-3", resolve_link: &resolve };
    assert_eq!(
        to_html("注[^a]と[^a]\n\n[^a]: 説明\n", &options),
        "<p>注<sup><a href=\"#ii-3-fn1\" id=\"ii-3-fnref1\">注1</a></sup>と<sup><a href=\"#ii-3-fn1\">注1</a></sup></p>\
         <div class=\"footnote\" id=\"ii-3-fn1\"><span class=\"footnote-number\"><a href=\"#ii-3-fnref1\">注1</a></span>\
         <p>説明</p></div>"
    );
}

/// Reads HTML as strictly as it is written: every tag closed in order, every attribute in double quotes.
/// Gives the text content and the addresses.
fn read_back(html: &str) -> (String, Vec<String>) {
    let (mut text, mut addresses, mut open) = (String::new(), Vec::new(), Vec::new());
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        text.push_str(&rest[..start]);
        let end = start + rest[start..].find('>').expect("a tag ends");
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{html}");
            continue;
        }
        let name = tag.split(' ').next().unwrap();
        assert!(!["script", "style", "iframe", "input"].contains(&name), "{html}");
        assert!(!tag.contains(" on") && !tag.contains("style="), "{html}");
        for attribute in ["href=\"", "src=\""] {
            let address = tag.split(attribute).nth(1).map(|a| a.split('"').next().unwrap().to_owned());
            addresses.extend(address);
        }
        if !["br", "hr", "img"].contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{html}");
    text.push_str(rest);
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    (text, addresses)
}

/// Pieces that are markup, or that look like it.
fn piece() -> impl Strategy<Value = String> {
    const KNOWN: &[&str] = &[
        "*",
        "**",
        "「",
        "」",
        "は",
        "\n",
        "\n\n",
        "    ",
        "\t",
        "- ",
        "1. ",
        "| ",
        "|---|\n",
        "[[",
        "]]",
        "[",
        "]",
        "(",
        ")",
        "`",
        "```",
        "<",
        ">",
        "<b>",
        "<script>",
        "<!--",
        "-->",
        "javascript:",
        "http://a",
        "&",
        "&#106;",
        "\\",
        "![",
        "#",
        "# ",
        "> ",
        "[^1]",
        "[^1]: ",
        "\u{205F}",
        "\u{3000}",
        "~",
        "_",
        "Ⅱ.3",
        "①",
        "---",
        "\r\n",
        "\0",
    ];
    prop_oneof![4 => proptest::sample::select(KNOWN).prop_map(str::to_owned), 1 => any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_becomes_balanced_and_harmless_html(pieces in prop::collection::vec(piece(), 0..40)) {
        let text = pieces.concat();
        let options = Options { heading_base: 3, footnote_prefix: "p", resolve_link: &resolve };
        let html = to_html(&text, &options);
        let (_, addresses) = read_back(&html);
        for address in addresses {
            prop_assert!(address::may_link(&address), "{}", address);
        }
        for (place, target) in links(&text) {
            prop_assert!(text[place].contains(target));
        }
    }

    #[test]
    fn plain_prose_keeps_every_character(text in "[ぁ-んァ-ヶ一-龠。、「」（）①-⑳・※～％０-９A-Za-z0-9〇々ー　]{0,60}") {
        let (content, _) = read_back(&html(&text));
        prop_assert_eq!(content, text);
    }

    #[test]
    fn wrapped_prose_keeps_every_character(lines in prop::collection::vec("[ぁ-んァ-ヶ一-龠。、「」（）①-⑳・]{1,20}", 1..6)) {
        let (content, _) = read_back(&html(&lines.join("\n")));
        prop_assert_eq!(content, lines.concat());
    }

    #[test]
    fn what_is_a_link_to_the_checker_is_a_link_on_the_page(pieces in prop::collection::vec(piece(), 0..30)) {
        // Outside of a link of Markdown, which cannot hold another one, and without footnotes.
        let text: String = pieces.concat().replace(['(', ')', '<', '^', ':'], "");
        let asked = std::cell::RefCell::new(Vec::new());
        let ask = |reference: &str| { asked.borrow_mut().push(reference.to_owned()); None };
        to_html(&text, &Options { heading_base: 3, footnote_prefix: "p", resolve_link: &ask });
        let found: Vec<String> = links(&text).into_iter().map(|(_, target)| target.to_owned()).collect();
        prop_assert_eq!(asked.into_inner(), found);
    }
}

#[test]
fn a_line_that_looks_like_a_link_definition_is_text() {
    let shown = html("[備考]: 係の者が確かめる。\n\n[備考]: 二度目も残る。\n\n本文の[備考]も文字のまま。");
    for words in ["[備考]: 係の者が確かめる。", "[備考]: 二度目も残る。", "本文の[備考]も文字のまま。"]
    {
        assert!(shown.contains(words), "{shown}");
    }
    assert!(!shown.contains("<a"), "{shown}");
}

#[track_caller]
fn check_plain(text: &str, expected: &[(BlockKind, &str)]) {
    let blocks = plain_blocks(text);
    let blocks: Vec<_> = blocks.iter().map(|b| (b.kind, b.text.as_str())).collect();
    assert_eq!(blocks, expected);
}

#[test]
fn plain_blocks_are_the_lines_that_the_page_shows() {
    use BlockKind::{Entry, Heading, Paragraph, Row};
    check_plain(
        "次のとお\n**り**。\n・住所\n1\\. 氏名\n\n> 引用",
        &[(Paragraph, "次のとおり。"), (Paragraph, "・住所"), (Paragraph, "1. 氏名"), (Paragraph, "引用")],
    );
    check_plain(
        "## 記録\n\n3. 受付\n   - 窓口\n     ①郵送\n4. 交付\n\n   続き",
        &[
            (Heading, "記録"),
            (Entry(1), "3. 受付"),
            (Entry(2), "窓口"),
            (Paragraph, "①郵送"),
            (Entry(1), "4. 交付"),
            (Paragraph, "続き"),
        ],
    );
    check_plain("| a | b |\n|---|---|\n| 一<br>二 | 三 |", &[(Row, "a | b"), (Row, "一 二 | 三")]);
    check_plain(
        "[[Ⅱ.3|使用]]と[市](https://example.jp)[^1]\n\n[^1]: 注釈",
        &[(Paragraph, "使用と市注1"), (Paragraph, "注1 注釈")],
    );
    check_plain(
        "<措置>\n本文\n\n    字下げ\n\n```\na\n  b\n```",
        &[
            (Paragraph, "<措置>"),
            (Paragraph, "本文"),
            (Paragraph, "字下げ"),
            (Paragraph, "a"),
            (Paragraph, "  b"),
        ],
    );
}

/// The characters of a page, without those of tags, blanks and the marks that blocks have of their own.
fn shown(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text.push_str(part.split_once('>').map_or(part, |(_, text)| text));
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}

proptest! {
    /// A diff must not show what the page does not show.
    #[test]
    fn plain_blocks_say_what_the_page_says(text in "([あ-お漢ア*_・①（）<>\\\\`\\[\\]# a-c0-2。\\n\u{3000}]|\\*\\*|\n\n){0,60}") {
        // The numbers of an ordered list are no characters of the page.
        let numbered = events(&text, true).iter().any(|(e, _)| matches!(e, Event::Start(Tag::List(Some(_)))));
        prop_assume!(!numbered);
        let options = Options { heading_base: 4, footnote_prefix: "x", resolve_link: &|_| Some(String::new()) };
        let plain: String = plain_blocks(&text).iter().map(|b| b.text.as_str()).collect();
        let plain: String = plain.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        prop_assert_eq!(plain, shown(&to_html(&text, &options)));
    }
}
