//! Where things are.

use crate::child;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use tokio::process::Command;

/// The folders that tasks work in.
pub struct Places {
    /// The repository.
    pub root: PathBuf,
    /// Cargo's target folder, wherever the user put it.
    pub target: PathBuf,
}

impl Places {
    /// Asks cargo.
    pub async fn find() -> Result<Self> {
        // Asked at run time: with a target folder that several checkouts share, the built program may be another's.
        let here = std::env::var("CARGO_MANIFEST_DIR").context("start this as `cargo xtask`")?;
        let root =
            Path::new(&here).ancestors().nth(2).context("xtask lies two folders below the repository")?.to_path_buf();
        let mut ask = cargo();
        ask.args(["metadata", "--format-version", "1", "--no-deps"]).current_dir(&root);
        let answer: serde_json::Value = serde_json::from_str(&child::read(ask).await?)?;
        let target = answer["target_directory"].as_str().context("cargo metadata names no target folder")?.into();
        Ok(Self { root, target })
    }

    /// A program of the debug build.
    pub fn debug(&self, program: &str) -> PathBuf {
        self.target.join("debug").join(format!("{program}{}", std::env::consts::EXE_SUFFIX))
    }

    /// A program of the release build.
    pub fn release(&self, program: &str) -> PathBuf {
        self.target.join("release").join(format!("{program}{}", std::env::consts::EXE_SUFFIX))
    }

    /// Programs that only the tests need; nothing in it is installed.
    pub fn tools(&self) -> PathBuf {
        self.target.join("tools")
    }

    /// Output of steps.
    pub fn logs(&self) -> PathBuf {
        self.target.join("xtask")
    }

    pub fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    pub fn e2e(&self) -> PathBuf {
        self.root.join("tests").join("e2e")
    }
}

/// The cargo that runs us.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// npm, which is a script with an ending of its own on Windows.
pub fn npm() -> Command {
    Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

/// Where a program of this name is found on the path.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
