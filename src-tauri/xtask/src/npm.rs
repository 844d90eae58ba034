//! `npm ci`, only when the lock file is another one than last time.

use crate::child;
use crate::places::npm;
use anyhow::{Context, Result};
use std::path::Path;

/// Installs the packages of `folder`. A copy of the lock file inside `node_modules` says what is there.
pub async fn install(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let wanted = std::fs::read(&lock).with_context(|| format!("{} cannot be read", lock.display()))?;
    let stamp = folder.join("node_modules").join(".installed-lock.json");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    println!("> npm ci in {}", folder.display());
    let mut command = npm();
    command.args(["ci", "--no-audit", "--no-fund"]).current_dir(folder);
    child::check(command).await?;
    std::fs::write(&stamp, wanted).with_context(|| format!("{} cannot be written", stamp.display()))
}
