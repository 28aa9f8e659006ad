//! `kohyo resolve`: what programs get for item references.

#![allow(clippy::unwrap_used, reason = "a test ends where something is wrong")]

use assert_cmd::Command;

fn resolve(arguments: &[&str], input: &str) -> (Option<i32>, String) {
    let mut command = Command::cargo_bin("kohyo").unwrap();
    let output = command.arg("resolve").args(arguments).write_stdin(input).output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn every_line_has_an_answer_in_its_order() {
    let input = "Ⅱ.3.⑧ 使用方法\nⅡ３　⑧使用方法\n2021-10-27\tⅡ.4.委託事項2.⑥ 委託先名\n\nまったく別の言葉\n";
    let (code, answers) = resolve(&["--form", "全項目評価書"], input);
    insta::assert_snapshot!(answers);
    assert_eq!(code, Some(0), "a line without an answer is an answer");
}

#[test]
fn with_several_files_the_file_is_a_part_of_the_answer() {
    let (_, answers) = resolve(&["--form", "全項目評価書", "--files", "2"], "Ⅱ（2）.3.⑧ 使用方法\n");
    assert!(answers.contains("\"id\":\"ii[2].3.usage\""), "{answers}");
}

#[test]
fn an_unknown_form_is_told() {
    let (code, _) = resolve(&["--form", "様式9"], "");
    assert_eq!(code, Some(2));
}
