//! How far a build is: a bar on a terminal, one line per stage elsewhere.

use std::io::IsTerminal as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::pipeline::{Observer, Stage};

/// Shows the progress of the pipeline on standard error.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    state: Mutex<State>,
    steps: AtomicUsize,
}

#[derive(Default)]
struct State {
    stage: Option<Stage>,
    began: Option<Instant>,
}

impl Progress {
    pub(super) fn new() -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr_with_hz(10));
            let style = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
            bar
        });
        Self { bar, state: Mutex::default(), steps: AtomicUsize::new(0) }
    }
}

impl Observer for Progress {
    fn begin(&self, stage: Stage, steps: usize) {
        self.steps.store(0, Ordering::Relaxed);
        if let Ok(mut state) = self.state.lock() {
            *state = State { stage: Some(stage), began: Some(Instant::now()) };
        }
        if let Some(bar) = &self.bar {
            bar.reset();
            bar.set_length(u64::try_from(steps).unwrap_or_default());
            bar.set_message(stage.label());
        }
    }

    fn step(&self) {
        self.steps.fetch_add(1, Ordering::Relaxed);
        if let Some(bar) = &self.bar {
            bar.inc(1);
        }
    }

    fn end(&self) {
        let Ok(state) = self.state.lock() else { return };
        let (Some(stage), Some(began)) = (state.stage, state.began) else { return };
        let steps = self.steps.load(Ordering::Relaxed);
        let count = if steps > 0 { format!(" {steps} 件") } else { String::new() };
        let line = format!("{}:{count}（{}）", stage.label(), seconds(began.elapsed()));
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        anstream::eprintln!("{line}");
    }
}

/// A duration for people: `0.35 秒`.
pub(super) fn seconds(duration: Duration) -> String {
    format!("{:.2} 秒", duration.as_secs_f64())
}
