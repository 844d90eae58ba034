//! What the tests run in Python, each in an environment of its own: the vendors' SDKs bring packages that exclude each
//! other.

use crate::child;
use crate::places::Places;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use tokio::process::Command;

/// Files of tests/python without their ending.
const LISTS: [&str; 5] = ["azure", "certificates", "notifications", "paho", "thingsboard"];

/// Makes the environments, only when their list is another one than last time; says below which folder they are.
pub async fn environments(places: &Places) -> Result<PathBuf> {
    let folder = places.tools().join("python");
    for name in LISTS {
        let list = places.root.join("tests").join("python").join(format!("{name}.txt"));
        install(&folder.join(name), &list).await?;
    }
    Ok(folder)
}

async fn install(environment: &Path, list: &Path) -> Result<()> {
    let wanted = std::fs::read(list).with_context(|| format!("{} cannot be read", list.display()))?;
    // A copy of the list says what is there; it is written last.
    let stamp = environment.join("installed.txt");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("> pip install -r {}", list.display());
    let mut make = Command::new(if cfg!(windows) { "python" } else { "python3" });
    make.args(["-m", "venv", "--clear"]).arg(environment);
    child::check(make).await?;
    let python = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };
    let mut install = Command::new(environment.join(python));
    // The list is complete: nothing is added that it does not pin.
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "-r"]).arg(list);
    child::check(install).await?;
    std::fs::write(&stamp, wanted).with_context(|| format!("{} cannot be written", stamp.display()))
}
