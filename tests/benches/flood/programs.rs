//! Where the measured programs are.

use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use std::process::Command;

pub struct Programs {
    pub hubscope_cli: PathBuf,
    pub bare_loop: PathBuf,
    /// Root folder of an installed or unpacked mosquitto.
    mosquitto: PathBuf,
}

impl Programs {
    /// Builds the release programs of this workspace and finds mosquitto in `HUBSCOPE_MOSQUITTO`, a
    /// folder that holds `usr/sbin/mosquitto`; without it the system's.
    pub fn find() -> Result<Self> {
        // This program is …/release/deps/flood-HASH.
        let itself = std::env::current_exe()?;
        let release = itself.parent().and_then(Path::parent).context("the target folder")?.to_path_buf();
        build(&["--package", "hubscope-cli"])?;
        build(&["--package", "hubscope-mqtt", "--example", "bare_loop"])?;
        let mosquitto = std::env::var_os("HUBSCOPE_MOSQUITTO").map_or_else(|| PathBuf::from("/"), PathBuf::from);
        ensure!(mosquitto.join("usr/sbin/mosquitto").is_file(), "no mosquitto: run this with `cargo xtask bench`");
        Ok(Self {
            hubscope_cli: release.join("hubscope-cli"),
            bare_loop: release.join("examples/bare_loop"),
            mosquitto,
        })
    }

    /// `mosquitto`, with its own libraries.
    pub fn mosquitto(&self) -> Command {
        self.of_mosquitto("usr/sbin/mosquitto")
    }

    /// `mosquitto_sub`, with its own libraries.
    pub fn mosquitto_sub(&self) -> Command {
        self.of_mosquitto("usr/bin/mosquitto_sub")
    }

    fn of_mosquitto(&self, program: &str) -> Command {
        let mut command = Command::new(self.mosquitto.join(program));
        if self.mosquitto != Path::new("/") {
            let libraries = ["usr/lib", "lib"].map(|folder| self.mosquitto.join(folder).join("x86_64-linux-gnu"));
            if let Ok(path) = std::env::join_paths(libraries) {
                command.env("LD_LIBRARY_PATH", path);
            }
        }
        command
    }
}

fn build(arguments: &[&str]) -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo).args(["build", "--release", "--quiet"]).args(arguments).status()?;
    ensure!(status.success(), "cargo build {arguments:?} failed");
    Ok(())
}
