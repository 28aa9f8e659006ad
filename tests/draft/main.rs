//! Rows that are drafted for what differs between two versions.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends where something is wrong")]
#![allow(clippy::wildcard_imports, reason = "every room uses the same setting")]

#[path = "../simulator/dice.rs"]
#[allow(dead_code, reason = "the simulator uses more of it")]
mod dice;
#[path = "../mutations/edit.rs"]
#[allow(dead_code, reason = "the places of an edit are not needed here")]
mod edit;

mod forms;
mod random;
mod rows;
mod setting;
mod year;
