//! `cargo xtask bench`: the release build, measured side by side with its peers.

use crate::places::{Places, cargo};
use crate::{child, needs, tools};
use anyhow::Result;
use std::process::ExitCode;

/// Builds everything in the release profile and runs the benchmark with `arguments`.
pub async fn bench(places: &Places, yes: bool, arguments: &[String]) -> Result<ExitCode> {
    needs::provide(&[needs::COMPILER, needs::APP, needs::TESTS], yes).await?;
    let mosquitto = tools::mosquitto(places).await?;
    let mut build = cargo();
    build.args(["build", "--release", "--workspace", "--bins"]).current_dir(&places.root);
    child::check(build).await?;
    let mut measure = cargo();
    measure.args(["bench", "--package", "hubscope-tests", "--bench", "flood", "--"]).args(arguments);
    measure.current_dir(&places.root).env("HUBSCOPE_MOSQUITTO", mosquitto);
    child::check(measure).await?;
    Ok(ExitCode::SUCCESS)
}
