//! Scripts of tests/python, each with the interpreter that has its SDK.

use crate::program::Program;
use crate::root;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A script that runs and tells line by line what happens.
#[derive(Debug)]
pub struct Script {
    program: Program,
}

impl Script {
    /// `kind` names the library: `azure`, `paho` or `thingsboard`.
    pub fn start(kind: &str, argument: &Value) -> Result<Self> {
        let mut python = Command::new(interpreter(kind)?);
        python.arg(root().join("tests/python").join(format!("{kind}_device.py"))).arg(argument.to_string());
        Ok(Self { program: Program::start(python)? })
    }

    /// The next line.
    pub async fn next(&mut self) -> Result<Value> {
        Ok(serde_json::from_str(&self.program.line().await?)?)
    }

    /// The next line, which must tell of this.
    pub async fn expect(&mut self, what: &str) -> Result<Value> {
        let line = self.next().await?;
        ensure!(line["what"] == what, "{what} was expected, and {line} came");
        Ok(line)
    }
}

/// A script that is run to its end, with the libraries of the list that has its name.
pub fn script(name: &str) -> Result<Command> {
    let mut python = Command::new(interpreter(name)?);
    python.arg(root().join("tests/python").join(format!("{name}.py")));
    Ok(python)
}

/// The interpreter that `HUBSCOPE_PYTHON` has below it, else the one that xtask made for this target folder.
fn interpreter(kind: &str) -> Result<PathBuf> {
    let folder = match std::env::var_os("HUBSCOPE_PYTHON") {
        Some(folder) => PathBuf::from(folder),
        // A test is …/target/debug/deps/NAME-HASH.
        None => {
            let itself = std::env::current_exe()?;
            itself.ancestors().nth(3).context("the target folder")?.join("tools").join("python")
        }
    };
    let python = folder.join(kind).join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    ensure!(Path::new(&python).exists(), "{} is missing: run `cargo xtask test --only rust`", python.display());
    Ok(python)
}
