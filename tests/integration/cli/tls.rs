//! TLS: what is trusted, and what is not.

use anyhow::Result;
use hubscope_tests::certificates::{Ca, Identity, Valid};
use hubscope_tests::mosquitto::{Broker, Config};
use hubscope_tests::program::{Ended, Program, cli, run_cli};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

struct World {
    ca: Ca,
    folder: TempDir,
}

impl World {
    fn new() -> Result<Self> {
        let world = Self { ca: Ca::new("Test CA")?, folder: tempfile::tempdir()? };
        std::fs::write(world.ca_file(), &world.ca.pem)?;
        Ok(world)
    }

    fn ca_file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    fn server(&self, valid: Valid) -> Result<Identity> {
        self.ca.server(&["IP:127.0.0.1"], valid)
    }
}

async fn connect(host: &str, port: u16, ca_file: &Path) -> Result<Ended> {
    run_cli(&["sub", "-h", host, "-p", &port.to_string(), "-t", "x", "--cafile", &ca_file.to_string_lossy()]).await
}

#[tokio::test]
async fn a_trusted_broker_with_user_and_password() -> Result<()> {
    let world = World::new()?;
    let broker = Broker::start(&Config::tls(&world.server(Valid::Now)?).login("me", "s3:cret/word"))?;
    let ca_file = world.ca_file().to_string_lossy().into_owned();
    let password_file = world.folder.path().join("password");
    std::fs::write(&password_file, "s3:cret/word\n")?;
    let url = format!("mqtts://me:s3%3Acret%2Fword@127.0.0.1:{}/lab/#", broker.port());
    let mut by_url = cli()?;
    by_url.args(["sub", "--url", &url, "--cafile", &ca_file, "-C", "1"]);
    let mut subscriber = Program::start(by_url)?;
    subscriber.says("subscribed").await?;
    let port = broker.port().to_string();
    let mut by_file = vec!["pub", "-h", "127.0.0.1", "-p", &port, "--cafile", &ca_file, "-u", "me"];
    let password_file = password_file.to_string_lossy().into_owned();
    by_file.extend(["--password-file", &password_file, "-t", "lab/1", "-q", "1", "-m", "hello"]);
    let published = run_cli(&by_file).await?;
    assert_eq!(published.code, Some(0), "{}", published.stderr);
    assert_eq!(subscriber.end().await?.text(), "hello\n");
    Ok(())
}

#[tokio::test]
async fn untrusted_expired_and_foreign_certificates_are_no_connection() -> Result<()> {
    let world = World::new()?;
    let good = Broker::start(&Config::tls(&world.server(Valid::Now)?))?;
    let other = World::new()?;
    let unknown = connect("127.0.0.1", good.port(), &other.ca_file()).await?;
    let mismatch = connect("localhost", good.port(), &world.ca_file()).await?;
    let old = Broker::start(&Config::tls(&world.server(Valid::Expired)?))?;
    let expired = connect("127.0.0.1", old.port(), &world.ca_file()).await?;
    for ended in [&unknown, &mismatch, &expired] {
        assert_eq!(ended.code, Some(2), "{}", ended.stderr);
        assert!(ended.stderr.contains("next:"), "{}", ended.stderr);
    }
    assert_ne!(unknown.stderr, mismatch.stderr);
    assert!(expired.stderr.contains("expired"), "{}", expired.stderr);
    Ok(())
}

#[tokio::test]
async fn tls_to_a_plain_port_and_plain_to_a_tls_port_are_told_apart() -> Result<()> {
    let world = World::new()?;
    let plain = Broker::start(&Config::default())?;
    let secure = Broker::start(&Config::tls(&world.server(Valid::Now)?))?;
    let to_plain = connect("127.0.0.1", plain.port(), &world.ca_file()).await?;
    let to_secure = run_cli(&["sub", "-h", "127.0.0.1", "-p", &secure.port().to_string(), "-t", "x"]).await?;
    assert_eq!((to_plain.code, to_secure.code), (Some(2), Some(2)), "{}\n{}", to_plain.stderr, to_secure.stderr);
    assert_ne!(to_plain.stderr, to_secure.stderr);
    Ok(())
}

#[tokio::test]
async fn a_ca_file_that_is_none_is_said_before_anything_is_sent() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("notes.txt");
    std::fs::write(&file, "not a certificate")?;
    let ended = connect("127.0.0.1", 1, &file).await?;
    assert_eq!(ended.code, Some(1), "{}", ended.stderr);
    let ended = connect("127.0.0.1", 1, &folder.path().join("nowhere")).await?;
    assert_eq!(ended.code, Some(1), "{}", ended.stderr);
    Ok(())
}
