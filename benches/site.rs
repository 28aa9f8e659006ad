//! Whole builds: time, pages per second, megabytes per second and peak memory for 100, 1,000 and 4,000 assessments.
//!
//! `cargo bench --bench site -- 100 1000` chooses the sizes. The peak is that of the process that builds, read from the
//! operating system (Linux only; elsewhere it is left out).

mod support;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use kohyo::fs;

fn main() {
    let chosen: Vec<usize> = std::env::args().filter_map(|a| a.parse().ok()).collect();
    let sizes = if chosen.is_empty() { vec![100, 1_000, 4_000] } else { chosen };
    println!("assessments   content MB   seconds   pages/s    MB/s   peak MiB");
    for size in sizes {
        measure(size);
    }
}

fn measure(size: usize) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let (content, out) = (dir.path().join("content"), dir.path().join("public"));
    support::write(&content, size);
    let began = Instant::now();
    let peak = build(&content, &out);
    let seconds = began.elapsed().as_secs_f64();
    let (files, bytes) = total(&out);
    let content_bytes = total(&content).1;
    #[allow(clippy::cast_precision_loss, reason = "figures for people")]
    let (pages, megabytes, content_megabytes) =
        (files as f64, bytes as f64 / 1e6, content_bytes as f64 / 1e6);
    let peak = peak.map_or_else(|| "-".to_owned(), |kib| (kib / 1024).to_string());
    println!(
        "{size:>11}   {content_megabytes:>10.1}   {seconds:>7.2}   {:>7.0}   {:>5.1}   {peak:>8}",
        pages / seconds,
        megabytes / seconds
    );
}

/// Builds in a process of its own and returns its peak memory in KiB.
fn build(content: &Path, out: &Path) -> Option<u64> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kohyo"))
        .args(["build", "--as-of", "2026-01-01", "--content"])
        .arg(content)
        .arg("--out")
        .arg(out)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    loop {
        if let Some(kib) = high_water(&status) {
            peak = Some(kib);
        }
        if let Some(exit) = child.try_wait().expect("the program can be waited for") {
            assert!(exit.success(), "the build failed: {exit}");
            return peak;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn high_water(status: &str) -> Option<u64> {
    let bytes = fs::read(Path::new(status)).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let line = text.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Number of pages and bytes of all files below a folder.
fn total(root: &Path) -> (usize, u64) {
    let files = fs::files_below(root).unwrap_or_default();
    let pages = files.iter().filter(|f| f.extension().is_some_and(|e| e == "html")).count();
    let bytes = files.iter().filter_map(|f| f.metadata().ok()).map(|m| m.len()).sum();
    (pages, bytes)
}
