//! stub
/// x
pub struct BuildOptions;
/// x
pub struct BuildOutcome;
/// x
pub struct BuildError;
/// x
pub fn build() {}
