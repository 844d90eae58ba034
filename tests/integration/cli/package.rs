//! What packages bring beside the programs: made from the flags, or kept beside them and as new as they are.

use anyhow::{Context, Result};
use hubscope_tests::program::{run, run_cli};
use std::process::Command;

/// The commands that `--help` lists.
async fn commands() -> Result<Vec<String>> {
    let help = run_cli(&["--help"]).await?.text();
    let list = help.split_once("Commands:\n").context("a list of commands")?.1;
    let lines = list.lines().take_while(|line| line.starts_with("  "));
    Ok(lines.filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect())
}

#[tokio::test]
async fn completions_know_every_command() -> Result<()> {
    for shell in ["bash", "zsh", "fish"] {
        let script = run_cli(&["completions", shell]).await?;
        assert_eq!((script.code, script.stderr.as_str()), (Some(0), ""));
        for command in commands().await? {
            assert!(script.text().contains(&command), "{shell} does not know {command}");
        }
    }
    let script = tempfile::NamedTempFile::new()?;
    std::fs::write(script.path(), run_cli(&["completions", "bash"]).await?.stdout)?;
    let mut read = Command::new("bash");
    read.arg("-n").arg(script.path());
    let read = run(read).await?;
    assert_eq!((read.code, read.stderr.as_str()), (Some(0), ""), "bash reads it");
    Ok(())
}

#[tokio::test]
async fn every_command_has_a_manual_page() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let made = run_cli(&["manual", folder.path().to_str().context("a path")?]).await?;
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    for command in commands().await?.iter().filter(|command| *command != "help") {
        let page = std::fs::read_to_string(folder.path().join(format!("hubscope-cli-{command}.1")))
            .with_context(|| format!("no page of {command}"))?;
        assert!(page.contains(".SH NAME"), "{page}");
    }
    let nowhere = run_cli(&["manual", "/nowhere/at/all"]).await?;
    assert_eq!(nowhere.code, Some(1));
    assert!(nowhere.stderr.contains("could not be written"), "{}", nowhere.stderr);
    Ok(())
}

#[test]
fn what_describes_the_package_is_as_new_as_it() -> Result<()> {
    let read = |file: &str| {
        let path = hubscope_tests::root().join("src-tauri/app/package").join(file);
        std::fs::read_to_string(&path).with_context(|| path.display().to_string())
    };
    let version = env!("CARGO_PKG_VERSION");
    assert!(read("io.hubscope.app.metainfo.xml")?.contains(&format!(r#"<release version="{version}""#)));
    assert!(read("hubscope.1")?.contains(&format!(r#""Hubscope {version}""#)));
    // The window opens no file by its name: the entry must not say so.
    let entry = read("hubscope.desktop")?;
    assert!(!entry.contains("MimeType") && !entry.contains("%f") && !entry.contains("%u"), "{entry}");
    Ok(())
}
