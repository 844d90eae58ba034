//! `cargo xtask bundle`: a deb and an rpm with the app and the command line, made without the network but for the packages
//! that cargo and npm lack. docs/PACKAGES.md says what is in them.

mod check;
mod stage;
mod third_party;

use crate::places::{Places, cargo, npm};
use crate::{child, needs, npm as packages, run};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tokio::process::Command;

/// The same minor as the tauri crate.
const TAURI_CLI: &str = "2.12.5";
/// The npm package's name for the bundler.
const BUNDLER: &str = "@tauri-apps/cli";

/// Builds both packages and prints their sizes; `check` installs, uses and removes them in a clean root.
pub async fn bundle(places: &Places, yes: bool, check: bool) -> Result<ExitCode> {
    let mut sets = vec![needs::COMPILER, needs::APP];
    if check {
        sets.push(needs::PACKAGES);
    }
    needs::provide(&sets, yes).await?;
    packages::install(&places.ui()).await?;
    run::build_page(places).await?;
    build(places).await?;
    let stage = stage::fill(places).await?;
    let folder = pack(places, &stage).await?;
    let deb = made(&folder.join("deb"), "deb")?;
    let rpm = made(&folder.join("rpm"), "rpm")?;
    checksums(places, &[&deb, &rpm]).await?;
    for file in [&deb, &rpm] {
        println!("{:>7.2} MiB  {}", std::fs::metadata(file)?.len() as f64 / f64::from(1 << 20), file.display());
    }
    if check {
        check::check(places, &deb, &rpm).await?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Both programs in one build, so that what they share is compiled once.
async fn build(places: &Places) -> Result<()> {
    println!("> building hubscope and hubscope-cli, release profile");
    let mut command = cargo();
    command.args(["build", "--release", "--package", "hubscope", "--package", "hubscope-cli"]);
    command.current_dir(&places.root);
    child::check(command).await
}

/// Hands the programs and the stage to tauri's bundler; answers where it puts what it makes.
async fn pack(places: &Places, stage: &[(String, PathBuf)]) -> Result<PathBuf> {
    let folder = places.target.join("release").join("bundle");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    let files: Value =
        stage.iter().map(|(there, here)| (there.clone(), json!(here))).collect::<serde_json::Map<_, _>>().into();
    let config = json!({ "bundle": { "linux": { "deb": { "files": files }, "rpm": { "files": files } } } });
    let file = places.target.join("bundle").join("files.json");
    std::fs::write(&file, config.to_string())?;
    let mut command = Command::new(bundler(places).await?);
    command.args(["bundle", "--bundles", "deb,rpm", "--config"]).arg(&file).current_dir(&places.root);
    child::check(command).await?;
    Ok(folder)
}

/// tauri's command line, which the app itself does not need.
async fn bundler(places: &Places) -> Result<PathBuf> {
    let folder = places.tools().join("tauri-cli");
    let program = folder.join("node_modules").join(".bin").join("tauri");
    if !program.exists() {
        println!("> npm install {BUNDLER} {TAURI_CLI}");
        std::fs::create_dir_all(&folder)?;
        let mut install = npm();
        install.args(["install", "--no-save", "--no-audit", "--no-fund", "--prefix", "."]);
        install.arg(format!("{BUNDLER}@{TAURI_CLI}")).current_dir(&folder);
        child::check(install).await?;
    }
    Ok(program)
}

/// The one file with this ending.
fn made(folder: &Path, ending: &str) -> Result<PathBuf> {
    let files = std::fs::read_dir(folder).with_context(|| format!("{} was not made", folder.display()))?;
    files
        .filter_map(|file| Some(file.ok()?.path()))
        .find(|file| file.extension().is_some_and(|found| found == ending))
        .with_context(|| format!("no {ending} in {}", folder.display()))
}

async fn checksums(places: &Places, files: &[&Path]) -> Result<()> {
    let mut sums = String::new();
    for file in files {
        let mut command = Command::new("sha256sum");
        command.arg(file.file_name().context("a file")?).current_dir(file.parent().context("a folder")?);
        sums += &child::read(command).await?;
    }
    Ok(std::fs::write(places.target.join("bundle").join("SHA256SUMS"), sums)?)
}
