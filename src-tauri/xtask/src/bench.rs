//! `cargo xtask bench`: the release build, measured side by side with its peers.

use crate::places::{Places, cargo, npm};
use crate::{child, needs, npm as packages, tools};
use anyhow::Result;
use std::process::ExitCode;
use tokio::process::Command;

/// Measures what reaches the log (`flood`, `broker`) and the open window (`window`): all, or what `arguments` name.
pub async fn bench(places: &Places, yes: bool, arguments: &[String]) -> Result<ExitCode> {
    needs::provide(&[needs::COMPILER, needs::APP, needs::TESTS], yes).await?;
    match arguments.split_first() {
        None => {
            log(places, &[]).await?;
            window(places, &[]).await?;
        }
        Some((section, rest)) if section == "window" => window(places, rest).await?,
        Some(_) => log(places, arguments).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Messages into the log, beside a bare library loop and mosquitto_sub.
async fn log(places: &Places, arguments: &[String]) -> Result<()> {
    let mut measure = cargo();
    measure.args(["bench", "--package", "hubscope-tests", "--bench", "flood", "--"]).args(arguments);
    measure.current_dir(&places.root).env("HUBSCOPE_MOSQUITTO", tools::mosquitto(places).await?);
    child::check(measure).await
}

/// The real window at paced rates.
async fn window(places: &Places, arguments: &[String]) -> Result<()> {
    packages::install(&places.ui()).await?;
    packages::install(&places.e2e()).await?;
    let mut page = npm();
    page.args(["run", "--silent", "build"]).current_dir(places.ui());
    child::check(page).await?;
    let mut app = cargo();
    app.args(["build", "--release", "--package", "hubscope"]).current_dir(&places.root);
    child::check(app).await?;
    let mut measure = Command::new("dbus-run-session");
    measure.args(["--", "node", "tests/benches/window.mjs"]).args(arguments).current_dir(&places.root);
    measure.env("HUBSCOPE_APP", places.release("hubscope"));
    measure.env("HUBSCOPE_MOSQUITTO", tools::mosquitto(places).await?);
    measure.env("TAURI_DRIVER", tools::tauri_driver(places).await?);
    child::check(measure).await
}
