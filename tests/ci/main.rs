//! The ready-made flow under `docs/ci/`: the files say what they must, the shell in them runs in real repositories, and every
//! command line in them and in the officers' page is one that the program takes.

#![allow(clippy::unwrap_used, reason = "tests, in functions of their own")]
#![allow(unreachable_pub, reason = "a test program has no users")]

#[path = "../support/mod.rs"]
mod support;

mod commands;
mod files;
#[cfg(unix)]
mod hook;
mod recipes;
#[cfg(unix)]
mod runner;
#[cfg(unix)]
mod scripts;
