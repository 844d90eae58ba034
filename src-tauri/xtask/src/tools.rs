//! Programs that only the tests need, put into the target folder: nothing is installed, nothing becomes a service.

use crate::child;
use crate::needs::{apt, is_root};
use crate::places::{Places, cargo, find_program};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use tokio::process::Command;

/// The newest tauri-driver that is no alpha.
const TAURI_DRIVER: &str = "2.1.0";

/// Where the tests find a mosquitto: an installed one, or an unpacked one.
pub async fn mosquitto(places: &Places) -> Result<PathBuf> {
    let installed = Path::new("/usr/sbin/mosquitto");
    if installed.is_file() && find_program("mosquitto_sub").is_some() {
        return Ok(PathBuf::from("/"));
    }
    unpacked(places, "mosquitto", "usr/sbin/mosquitto", &["mosquitto", "mosquitto-clients"]).await
}

/// The library that tells a program of the soak another time.
pub async fn faketime(places: &Places) -> Result<PathBuf> {
    unpacked(places, "faketime", "usr/lib", &["libfaketime"]).await
}

/// Packages of Debian in a folder of the tools; `sign` is there when they are.
async fn unpacked(places: &Places, name: &str, sign: &str, wanted: &[&str]) -> Result<PathBuf> {
    let folder = places.tools().join(name);
    if folder.join(sign).exists() {
        return Ok(folder);
    }
    if find_program("apt-get").is_none() {
        bail!("the tests need {}: install them with your package manager", wanted.join(" and "));
    }
    println!("> {name}, unpacked into {}", folder.display());
    let packages = missing_packages(wanted).await?;
    unpack(&packages, &folder).await?;
    Ok(folder)
}

/// What apt would install for them, without installing it.
async fn missing_packages(wanted: &[&str]) -> Result<Vec<String>> {
    if let Some(packages) = simulate(wanted).await {
        return Ok(packages);
    }
    // A bare machine has no package lists yet.
    child::check_asking(apt(is_root(), &["update", "--quiet"])).await?;
    simulate(wanted).await.with_context(|| format!("apt-get knows no package {}", wanted.join(", ")))
}

async fn simulate(wanted: &[&str]) -> Option<Vec<String>> {
    let mut ask = Command::new("apt-get");
    ask.args(["install", "--simulate", "--no-install-recommends"]).args(wanted);
    ask.env("LC_ALL", "C").stderr(std::process::Stdio::null());
    let plan = child::read(ask).await.ok()?;
    let packages: Vec<_> = plan.lines().filter_map(new_package).map(str::to_owned).collect();
    (!packages.is_empty()).then_some(packages)
}

/// The package of a line `Inst NAME (VERSION …)`. A line with `[VERSION]` is an upgrade of what is there.
fn new_package(line: &str) -> Option<&str> {
    let (name, rest) = line.strip_prefix("Inst ")?.split_once(' ')?;
    rest.starts_with('(').then_some(name)
}

async fn unpack(packages: &[String], folder: &Path) -> Result<()> {
    // Complete or absent: a broken download leaves only the folder that the next try starts over.
    let fresh = folder.with_extension("new");
    if fresh.exists() {
        std::fs::remove_dir_all(&fresh)?;
    }
    std::fs::create_dir_all(&fresh)?;
    let mut download = Command::new("apt-get");
    // As root apt would hand the download to a user who may not write here.
    download.args(["download", "--quiet", "-o", "APT::Sandbox::User=root"]).args(packages).current_dir(&fresh);
    child::check(download).await?;
    for file in std::fs::read_dir(&fresh)? {
        let file = file?.path();
        if file.extension().is_some_and(|ending| ending == "deb") {
            let mut extract = Command::new("dpkg");
            extract.arg("-x").arg(&file).arg(&fresh);
            child::check(extract).await?;
            std::fs::remove_file(&file)?;
        }
    }
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::rename(&fresh, folder).context("what was unpacked cannot be put in its place")
}

/// The bridge between WebDriver and the window, built once.
pub async fn tauri_driver(places: &Places) -> Result<PathBuf> {
    let driver = places.tools().join("bin").join("tauri-driver");
    if !driver.is_file() {
        println!("> cargo install tauri-driver {TAURI_DRIVER}");
        let mut install = cargo();
        install.args(["install", "tauri-driver", "--version", TAURI_DRIVER, "--locked", "--root"]).arg(places.tools());
        // The tools must not follow the project's own flags and lock file.
        install.current_dir(std::env::temp_dir()).env("CARGO_TARGET_DIR", places.tools().join("build"));
        child::check(install).await?;
    }
    Ok(driver)
}

/// The browser of the browser tests.
pub fn browser() -> Result<PathBuf> {
    ["chromium", "chromium-browser", "google-chrome"]
        .into_iter()
        .find_map(find_program)
        .context("no Chromium on the path")
}

#[cfg(test)]
mod tests {
    use super::new_package;

    #[test]
    fn only_new_packages_are_unpacked() {
        assert_eq!(new_package("Inst libcjson1 (1.7.15-1+deb12u4 Debian:12.12/oldstable [amd64])"), Some("libcjson1"));
        assert_eq!(new_package("Inst libssl3 [3.0.15-1] (3.0.17-1 Debian:12.12/oldstable [amd64])"), None);
        assert_eq!(new_package("Conf mosquitto (2.0.11-1.2+deb12u2 Debian:12.12/oldstable [amd64])"), None);
    }
}
