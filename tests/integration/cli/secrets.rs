//! However a password comes in, it does not come out.

use anyhow::Result;
use hubscope_tests::mosquitto::{Broker, Config};
use hubscope_tests::program::{Ended, cli, run};
use std::process::Command;

const PASSWORD: &str = "Planted-Zq7x-password";

fn says_nothing(ended: &Ended, how: &str) {
    let all = format!("{}{}", ended.text(), ended.stderr);
    assert!(!all.contains("Zq7x"), "{how}: {all}");
}

/// A command with the password given in this way.
fn with_password(way: &str, port: u16, folder: &std::path::Path) -> Result<Command> {
    let mut command = cli()?;
    let port = port.to_string();
    command.args(["pub", "-t", "x", "-q", "1", "-m", "y"]);
    if way == "url" {
        command.args(["--url", &format!("mqtt://me:{PASSWORD}@127.0.0.1:{port}")]);
        return Ok(command);
    }
    command.args(["-h", "127.0.0.1", "-p", &port, "-u", "me"]);
    match way {
        "option" => command.args(["-P", PASSWORD]),
        "file" => {
            let file = folder.join("password");
            std::fs::write(&file, format!("{PASSWORD}\n"))?;
            command.arg("--password-file").arg(file)
        }
        _ => command.env("HUBSCOPE_PASSWORD", PASSWORD),
    };
    Ok(command)
}

#[tokio::test]
async fn neither_success_nor_refusal_nor_a_closed_port_shows_it() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let right = Broker::start(&Config::default().login("me", PASSWORD))?;
    let wrong = Broker::start(&Config::default().login("me", "another"))?;
    let closed = hubscope_tests::mosquitto::free_port()?;
    for way in ["option", "file", "environment", "url"] {
        for (port, code) in [(right.port(), 0), (wrong.port(), 3), (closed, 2)] {
            let ended = run(with_password(way, port, folder.path())?).await?;
            assert_eq!(ended.code, Some(code), "{way}: {}", ended.stderr);
            says_nothing(&ended, way);
        }
    }
    Ok(())
}

#[tokio::test]
async fn usage_errors_do_not_repeat_it() -> Result<()> {
    for arguments in [
        &["sub", "-t", "x", "-P", PASSWORD][..],
        &["sub", "-t", "x", "-u", "me", "-P", "my", PASSWORD],
        &["sub", "-t", "x", "--url", "mqtt://me:a/Planted-Zq7x@host"],
        &["sub", "-t", "x", "--url", "mqtt://me:Planted-Zq7x@host:70000"],
        &["sub", "-t", "x", "--url", "me:Planted-Zq7x@host"],
        &["sub", "-t", "x", "-P", PASSWORD, "--password-file", "nowhere"],
        &["sub", "-P", PASSWORD],
    ] {
        let ended = hubscope_tests::program::run_cli(arguments).await?;
        assert_eq!(ended.code, Some(1), "{arguments:?}: {}", ended.stderr);
        says_nothing(&ended, &format!("{arguments:?}"));
    }
    Ok(())
}
