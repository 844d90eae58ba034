//! `serve`: one line with the address, the page behind it, a polite end.

use anyhow::{Context, Result};
use hubscope_tests::program::{Program, cli};
use hubscope_tests::within;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[tokio::test]
async fn it_prints_an_address_and_serves_the_page() -> Result<()> {
    let home = tempfile::tempdir()?;
    let mut command = cli()?;
    command.arg("serve").env("HUBSCOPE_HOME", home.path()).env("HUBSCOPE_VAULT", "memory");
    let mut server = Program::start(command)?;
    let line = server.line().await?;
    let (address, token) = line.strip_prefix("http://").and_then(|rest| rest.split_once("/#")).context("http://")?;
    assert!(token.len() >= 43, "256 bits: {token}");
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(format!("GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes()).await?;
    let mut answer = String::new();
    within("the page comes", stream.read_to_string(&mut answer)).await?;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(!answer.contains(token));
    server.signal("INT")?;
    let ended = server.end().await?;
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(home.path().join("workspace.sqlite").is_file());
    Ok(())
}
