//! stub
#[derive(clap::Args)]
pub(super) struct Arguments {}
pub(super) fn run(_arguments: &Arguments) -> u8 {
    2
}
