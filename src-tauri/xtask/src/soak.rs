//! `cargo xtask soak`: proofs that take minutes, each with a short sister in the test run.

use crate::places::{Places, cargo};
use crate::{child, needs, tools};
use anyhow::Result;
use std::process::ExitCode;

/// Runs the tests of the tests package that are marked as ignored for their length.
pub async fn soak(places: &Places, yes: bool) -> Result<ExitCode> {
    needs::provide(&[needs::COMPILER, needs::TESTS], yes).await?;
    let mut tests = cargo();
    tests.args(["test", "--package", "hubscope-tests", "--", "--ignored", "--nocapture"]).current_dir(&places.root);
    tests.env("HUBSCOPE_MOSQUITTO", tools::mosquitto(places).await?);
    tests.env("HUBSCOPE_FAKETIME", tools::faketime(places).await?);
    child::check(tests).await?;
    Ok(ExitCode::SUCCESS)
}
