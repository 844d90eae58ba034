//! `cargo xtask test`, to be grown.
use std::process::Command;

fn main() {
    let status = Command::new("cargo").args(["test", "-p", "hubscope-model"]).status();
    std::process::exit(if status.is_ok_and(|status| status.success()) { 0 } else { 1 });
}
