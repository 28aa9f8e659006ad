//! `kohyo serve`: shows the site on this machine and builds it again when a file is saved.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests, in functions of their own")]

mod support;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use support::Sandbox;

/// A server that ends with the test.
struct Server {
    child: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts the server on a port that the system chooses, and reads from what it says which one that is.
fn start(sandbox: &Sandbox) -> Server {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kohyo"))
        .current_dir(sandbox.root())
        .args(["serve", "--as-of", "2026-11-20", "--port", "0"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
    let port = said
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| line.split("http://127.0.0.1:").nth(1)?.split('/').next()?.parse().ok())
        .expect("the server says where it is");
    // Somebody must go on reading, or the server would wait for its words to be taken.
    std::thread::spawn(move || said.for_each(drop));
    Server { child, port }
}

fn get(port: u16, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n").ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    Some(answer)
}

/// Asks again until the answer is as wished; the number of tries is bounded, not the time of one.
fn wait_for(port: u16, path: &str, is_there: impl Fn(&str) -> bool) -> String {
    for _ in 0..300 {
        if let Some(answer) = get(port, path).filter(|a| is_there(a)) {
            return answer;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    let last = get(port, path).unwrap_or_default();
    panic!("{path} never became what was expected: {}", last.lines().next().unwrap_or_default());
}

#[test]
fn a_saved_change_is_shown_and_a_mistake_keeps_the_last_site() {
    let sandbox = Sandbox::new();
    let server = start(&sandbox);
    let page = "/019984/8-kaigo-kiso/";
    wait_for(server.port, page, |a| a.starts_with("HTTP/1.1 200") && a.contains("</html>"));
    let file = "019984-mihon/8-kaigo-kiso/assessment.yaml";
    let before = sandbox.text(file);
    sandbox.replace(file, "特記事項: なし", "特記事項: 保存したら見える文章");
    wait_for(server.port, page, |a| a.contains("保存したら見える文章"));
    sandbox.write(file, before.replace("公表日:", "公表の日:"));
    std::thread::sleep(Duration::from_millis(1500));
    wait_for(server.port, page, |a| a.contains("保存したら見える文章"));
    assert!(get(server.port, "/nowhere/").unwrap().starts_with("HTTP/1.1 404"));
    assert!(get(server.port, "/019984").unwrap().contains("Location: /019984/"));
    assert!(get(server.port, "/%2e%2e/content/site.yaml").unwrap().starts_with("HTTP/1.1 404"));
}
