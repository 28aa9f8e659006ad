//! Publication by date from real repositories: on every day the right version, and nothing of one that is still to come.

#![allow(clippy::unwrap_used, reason = "tests, in functions of their own")]
#![allow(clippy::wildcard_imports, reason = "every room uses the same setting")]

#[path = "../support/mod.rs"]
mod support;

mod days;
mod hearing;
mod identity;
mod refused;
mod setting;
mod taken_back;
