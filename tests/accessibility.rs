//! The report that a build writes about its own pages.

#![allow(clippy::unwrap_used, reason = "tests, in functions of their own")]

mod support;

use std::convert::Infallible;
use std::path::Path;

use kohyo::audit::Audit;
use support::Sandbox;

#[test]
fn the_pages_of_a_site_have_no_findings_nor_has_the_report() {
    let sandbox = Sandbox::new();
    let run = sandbox.run(&["build", "--allow-errors", "--as-of", "2026-12-01"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stderr.contains("ページの検査で"), "{}", run.stderr);
    let root = sandbox.root().join("public");
    let name = |path: &Path| path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
    let files: Vec<String> = kohyo::fs::files_below(&root).unwrap().iter().map(|path| name(path)).collect();
    let read = |path: &str| Ok::<_, Infallible>(sandbox.text(&format!("../public/{path}")));
    let audit = Audit::new(None);
    for file in files.iter().filter(|file| Path::new(file).extension().is_some_and(|end| end == "html")) {
        audit.page(file, &read(file).unwrap());
    }
    let report = audit.finish(&files, &read).unwrap();
    assert_eq!(report.findings, []);
    assert!(report.pages.iter().any(|page| page.path == "accessibility/report/index.html"));
}

#[test]
fn a_theme_that_breaks_something_is_told_of_and_stops_nothing() {
    let sandbox = Sandbox::new();
    let standard = include_str!("../themes/standard/templates/404.html");
    let broken = standard
        .replace("</header>", "</header><p><a href=\"/gone/\">先</a><a href=\"/data/#gone\">所</a></p>");
    sandbox.write("../theme/templates/404.html", broken);
    let theme = sandbox.root().join("theme");
    let run = sandbox.run(&[
        "build",
        "--allow-errors",
        "--as-of",
        "2026-12-01",
        "--theme",
        theme.to_str().unwrap(),
    ]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("指摘が 2 件あります"), "{}", run.stderr);
    let report = sandbox.text("../public/accessibility/report/index.html");
    for told in ["/404.html", "<code>&#x2F;gone&#x2F;</code>", "<code>&#x2F;data&#x2F;#gone</code>"] {
        let plain = told.replace("&#x2F;", "/");
        assert!(report.contains(told) || report.contains(&plain), "{told}");
    }
    let pages = sandbox.text("../public/accessibility/report/pages.csv");
    assert!(pages.lines().any(|line| line.starts_with("/404.html,") && line.contains(",2,代表,")), "{pages}");
}
