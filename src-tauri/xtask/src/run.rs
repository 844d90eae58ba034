//! `cargo xtask run`: from a bare machine to the open app.

use crate::places::{Places, cargo, npm};
use crate::{child, needs, npm as packages};
use anyhow::Result;
use std::process::ExitCode;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::process::Command;

/// Where Vite serves the page under `--dev`; `tauri.conf.json` and `vite.config.ts` name the same address.
const VITE: (&str, u16) = ("127.0.0.1", 5173);
const VITE_PATIENCE: Duration = Duration::from_secs(60);

/// Builds and opens the app, or the web shell where there is no display.
pub async fn run(places: &Places, yes: bool, dev: bool) -> Result<ExitCode> {
    let display = has_display();
    let mut sets = vec![needs::COMPILER];
    if display {
        sets.push(needs::APP);
    }
    needs::provide(&sets, yes).await?;
    packages::install(&places.ui()).await?;
    match (display, dev) {
        (true, true) => open_with_vite(places).await,
        (true, false) => {
            build_page(places).await?;
            build(places, "hubscope").await?;
            open(Command::new(places.release("hubscope"))).await
        }
        (false, _) => {
            build_page(places).await?;
            build(places, "hubscope-cli").await?;
            println!("There is no display, so the web shell starts. Open its address in a browser on this machine:");
            let mut serve = Command::new(places.release("hubscope-cli"));
            serve.arg("serve");
            open(serve).await
        }
    }
}

/// Windows and macOS always have one.
fn has_display() -> bool {
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// The page as it is embedded.
pub async fn build_page(places: &Places) -> Result<()> {
    println!("> building the page");
    let mut command = npm();
    command.args(["run", "--silent", "build"]).current_dir(places.ui());
    child::check(command).await
}

async fn build(places: &Places, package: &str) -> Result<()> {
    println!("> building {package}, release profile");
    let mut command = cargo();
    command.args(["build", "--release", "--package", package]).current_dir(&places.root);
    child::check(command).await
}

async fn open(command: Command) -> Result<ExitCode> {
    child::check(command).await?;
    Ok(ExitCode::SUCCESS)
}

/// The app without an embedded page: it loads the one that Vite serves and reloads.
async fn open_with_vite(places: &Places) -> Result<ExitCode> {
    let mut serve = npm();
    serve.args(["run", "dev"]).current_dir(places.ui());
    let mut vite = child::start(serve)?;
    let opened = async {
        wait_for_vite().await?;
        let mut app = cargo();
        app.args(["run", "--package", "hubscope", "--no-default-features"]).current_dir(&places.root);
        open(app).await
    };
    let result = opened.await;
    child::end(&mut vite).await;
    result
}

async fn wait_for_vite() -> Result<()> {
    let reached = async {
        while TcpStream::connect(VITE).await.is_err() {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    Ok(tokio::time::timeout(VITE_PATIENCE, reached).await?)
}
