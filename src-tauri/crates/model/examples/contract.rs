//! Prints the TypeScript contract; `cargo xtask contract` writes it into the page's sources. With the path of a file
//! it says whether that file is current instead.

use std::process::ExitCode;

fn main() -> ExitCode {
    let current = hubscope_model::contract::typescript();
    let Some(path) = std::env::args_os().nth(1) else {
        print!("{current}");
        return ExitCode::SUCCESS;
    };
    if std::fs::read_to_string(&path).is_ok_and(|committed| committed == current) {
        return ExitCode::SUCCESS;
    }
    eprintln!("{} is stale: run `cargo xtask contract`", path.to_string_lossy());
    ExitCode::FAILURE
}
