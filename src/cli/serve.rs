//! `kohyo serve`: build, show on this machine only, build again when a file changes.

use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use clap::Args;
use notify_debouncer_full::notify::{EventKind, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, new_debouncer};
use tiny_http::{Header, Request, Response, Server};

use super::build::{self, report};
use super::check::{Format, show};
use super::progress::Progress;
use super::{DONE, fail};
use crate::fs;

/// Pages ask here whether there is a newer version; only pages sent by this command do.
const VERSION_PATH: &str = "/_kohyo/version";
/// Sent behind every page: asks for the version once a second and loads the page again when it has changed.
const RELOAD_SCRIPT: &str = "<script>(()=>{let v;setInterval(async()=>{try{const n=await(await fetch('/_kohyo/version')).text();\
if(v!==undefined&&n!==v)location.reload();v=n}catch{}},1000)})()</script>";
/// Ports that are tried when the wanted one is taken.
const MORE_PORTS: u16 = 20;

#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    build: build::Arguments,
    /// 使うポート（既定は 4680。ふさがっていれば次の番号を試す）
    #[arg(
        long,
        value_name = "N",
        default_value_t = 4680,
        hide_default_value = true,
        help_heading = "オプション"
    )]
    port: u16,
    /// ブラウザーで開く
    #[arg(long, help_heading = "オプション")]
    open: bool,
}

pub(super) fn run(arguments: &Arguments) -> u8 {
    if let Err(message) = arguments.build.set_jobs() {
        return fail(message);
    }
    // Watching begins before the first build, so that no save falls between the two.
    let changes = watch(&arguments.build);
    rebuild(&arguments.build);
    let Some((server, port)) = listen(arguments.port) else {
        return fail(format!(
            "ポート {} から {} までがすべてふさがっています",
            arguments.port,
            arguments.port.saturating_add(MORE_PORTS)
        ));
    };
    let address = format!("http://127.0.0.1:{port}/");
    anstream::eprintln!(
        "{address} で表示しています。ファイルを保存すると作り直します。終わるときは Ctrl+C を押してください。"
    );
    if arguments.open && opener::open_browser(&address).is_err() {
        anstream::eprintln!("ブラウザーを開けませんでした。上の URL をブラウザーに入れてください。");
    }
    let version = AtomicUsize::new(1);
    std::thread::scope(|scope| {
        scope.spawn(|| rebuild_on(changes, &arguments.build, &version));
        for request in server.incoming_requests() {
            answer(request, &arguments.build.out, version.load(Ordering::Relaxed));
        }
    });
    DONE
}

fn rebuild(arguments: &build::Arguments) -> bool {
    let began = Instant::now();
    match crate::pipeline::build(&arguments.options(), &Progress::new()) {
        Ok(outcome) => {
            show(&outcome.diagnostics, Format::Human);
            report(&outcome, arguments, began) == DONE
        }
        Err(error) => {
            anstream::eprintln!("{error}");
            false
        }
    }
}

/// Opens the wanted port or one of the next; 0 lets the system choose.
fn listen(wanted: u16) -> Option<(Server, u16)> {
    let server = (wanted..=wanted.saturating_add(MORE_PORTS))
        .find_map(|port| Server::http(("127.0.0.1", port)).ok())?;
    let port = server.server_addr().to_ip()?.port();
    Some((server, port))
}

/// A watched content folder: events arrive as long as the watcher lives.
struct Changes {
    events: mpsc::Receiver<()>,
    _watcher: Box<dyn std::any::Any + Send>,
}

/// Watches the content and the theme; none where the system does not allow it.
fn watch(arguments: &build::Arguments) -> Option<Changes> {
    let (sender, events) = mpsc::channel::<()>();
    let on_event = move |result: DebounceEventResult| {
        // Reading a file is an event too: without this a build would start the next one.
        let is_change = |events: &[notify_debouncer_full::DebouncedEvent]| {
            events.iter().any(|e| !matches!(e.kind, EventKind::Access(_)))
        };
        if result.is_ok_and(|events| is_change(&events)) {
            let _ = sender.send(());
        }
    };
    let Ok(mut watcher) = new_debouncer(Duration::from_millis(200), None, on_event) else {
        anstream::eprintln!("ファイルの変更を見張れません。変更したら、もう一度実行してください。");
        return None;
    };
    for folder in std::iter::once(&arguments.content).chain(&arguments.theme) {
        if watcher.watch(folder, RecursiveMode::Recursive).is_err() {
            anstream::eprintln!("{} の変更を見張れません。", folder.display());
        }
    }
    Some(Changes { events, _watcher: Box::new(watcher) })
}

/// Builds again after every change, until the process ends.
fn rebuild_on(changes: Option<Changes>, arguments: &build::Arguments, version: &AtomicUsize) {
    let Some(changes) = changes else { return };
    while changes.events.recv().is_ok() {
        while changes.events.try_recv().is_ok() {}
        if rebuild(arguments) {
            version.fetch_add(1, Ordering::Relaxed);
        }
    }
}

fn answer(request: Request, root: &Path, version: usize) {
    let url = request.url().to_owned();
    if url == VERSION_PATH {
        let _ = request.respond(Response::from_string(version.to_string()));
        return;
    }
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let Some(relative) = safe_path(path) else {
        let _ = request.respond(Response::from_string("見つかりません").with_status_code(404));
        return;
    };
    let file = root.join(relative);
    if file.is_dir() && !path.ends_with('/') {
        let response = Response::from_string("")
            .with_status_code(301)
            .with_header(header("Location", &format!("{path}/")));
        let _ = request.respond(response);
        return;
    }
    let file = if file.is_dir() { file.join("index.html") } else { file };
    let (file, status) = if file.is_file() { (file, 200) } else { (root.join("404.html"), 404) };
    let mut bytes = fs::read(&file).unwrap_or_default();
    let kind = content_type(&file);
    if kind.starts_with("text/html") {
        bytes.extend_from_slice(RELOAD_SCRIPT.as_bytes());
    }
    let response = Response::from_data(bytes)
        .with_status_code(status)
        .with_header(header("Content-Type", kind))
        .with_header(header("Cache-Control", "no-store"))
        // The whole answer is at hand; in pieces, its length would be unknown and letters cut in two.
        .with_chunked_threshold(usize::MAX);
    let _ = request.respond(response);
}

/// The file that a URL path means; none where it would lead out of the site.
fn safe_path(path: &str) -> Option<PathBuf> {
    let decoded = percent_decode(path.trim_start_matches('/'))?;
    let path = PathBuf::from(decoded);
    let is_inside = path.components().all(|c| matches!(c, Component::Normal(_) | Component::CurDir));
    is_inside.then_some(path)
}

fn percent_decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [rest.next()?, rest.next()?];
        bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
    }
    String::from_utf8(bytes).ok()
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value).unwrap_or_else(|()| unreachable!("names and values are plain ascii"))
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|e| e.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "xml" => "application/xml; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out_of_the_site() {
        for path in ["/../a", "/a/../../b", "/%2e%2e/a", "/%2fetc/passwd"] {
            assert_eq!(safe_path(path).filter(|p| p.is_absolute() || p.starts_with("..")), None, "{path}");
        }
        assert_eq!(safe_path("/../a"), None);
        assert_eq!(safe_path("/%2e%2e/a"), None);
        assert_eq!(safe_path("/019984/12-a/"), Some(PathBuf::from("019984/12-a/")));
    }
}
