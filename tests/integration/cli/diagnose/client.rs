//! The client's certificate.

use super::{Files, Report, on_port};
use anyhow::Result;
use hubscope_tests::certificates::{Ca, Identity, Valid};
use hubscope_tests::mosquitto::{Broker, Config, Door};
use hubscope_tests::s_server::SServer;

struct World {
    ca: Ca,
    server: Identity,
    files: Files,
    file: String,
}

impl World {
    fn new() -> Result<Self> {
        let (ca, files) = (Ca::new("Own CA")?, Files::new()?);
        let server = ca.server(&["IP:127.0.0.1"], Valid::Now)?;
        let file = files.write("ca.pem", &ca.pem)?;
        Ok(Self { ca, server, files, file })
    }

    /// A broker that lets in clients with a certificate of the CA only.
    fn broker(&self) -> Result<Broker> {
        let door = Door { tls: Some(self.server.clone()), client_ca: Some(self.ca.pem.clone()), ..Door::default() };
        Broker::start(&Config::default().door(door))
    }

    /// The same with nothing but TLS behind, in an older version.
    async fn tls12(&self) -> Result<SServer> {
        SServer::start(&self.server, Some(&self.ca.pem), &["-tls1_2"]).await
    }

    async fn show(&self, port: u16, client: Option<&Identity>) -> Result<Report> {
        let Some(client) = client else { return on_port(port, &["--cafile", &self.file]).await };
        let certificate = self.files.write("client.pem", &client.chain_pem)?;
        let key = self.files.write("client.key", &client.key_pem)?;
        on_port(port, &["--cafile", &self.file, "--cert", &certificate, "--key", &key]).await
    }
}

#[tokio::test]
async fn one_that_the_server_takes() -> Result<()> {
    let world = World::new()?;
    let broker = world.broker()?;
    let report = world.show(broker.door(0), Some(&world.ca.client("device-1")?)).await?;
    report.is_green(&[]);
    let seen = &report.step("client_certificate")["evidence"];
    assert_eq!((&seen["asked"], &seen["sent"], &seen["accepted"]), (&true.into(), &true.into(), &true.into()));
    assert_eq!(seen["certificate"]["common_name"], "device-1");
    Ok(())
}

#[tokio::test]
async fn none_where_one_is_wanted() -> Result<()> {
    let world = World::new()?;
    let broker = world.broker()?;
    let report = world.show(broker.door(0), None).await?;
    report.fails("client_certificate", "client_certificate_missing", "choose_client_certificate");
    assert!(report.step("client_certificate")["said"][0].as_str().unwrap().contains("CertificateRequired"));
    let old = world.tls12().await?;
    let report = world.show(old.port, None).await?;
    report.fails("client_certificate", "client_certificate_missing", "choose_client_certificate");
    assert_eq!(report.step("tls_handshake")["evidence"]["version"], "TLS 1.2");
    assert_eq!(report.step("client_certificate")["evidence"]["cas"], serde_json::json!(["CN=Own CA"]));
    Ok(())
}

#[tokio::test]
async fn one_of_another_ca() -> Result<()> {
    let world = World::new()?;
    let client = Ca::new("Strange CA")?.client("device-1")?;
    let (broker, old) = (world.broker()?, world.tls12().await?);
    for port in [broker.door(0), old.port] {
        let report = world.show(port, Some(&client)).await?;
        report.fails("client_certificate", "client_certificate_unknown_ca", "choose_client_certificate");
        assert_eq!(report.step("client_certificate")["evidence"]["accepted"], false);
    }
    Ok(())
}

#[tokio::test]
async fn one_whose_time_is_over() -> Result<()> {
    let world = World::new()?;
    let client = world.ca.client_valid("device-1", Valid::Expired)?;
    let (broker, old) = (world.broker()?, world.tls12().await?);
    for port in [broker.door(0), old.port] {
        let report = world.show(port, Some(&client)).await?;
        report.fails("client_certificate", "client_certificate_expired", "choose_client_certificate");
    }
    Ok(())
}

#[tokio::test]
async fn a_key_that_does_not_match_is_never_sent() -> Result<()> {
    let world = World::new()?;
    let (client, other) = (world.ca.client("device-1")?, world.ca.client("device-2")?);
    let broker = world.broker()?;
    let mixed = Identity { key_pem: other.key_pem, ..client };
    let report = world.show(broker.door(0), Some(&mixed)).await?;
    report.fails("client_certificate", "client_key_mismatch", "choose_client_certificate");
    Ok(())
}

#[tokio::test]
async fn one_that_was_revoked() -> Result<()> {
    let world = World::new()?;
    let client = world.ca.client("device-1")?;
    let list = world.files.write("revoked.pem", &world.ca.revocation_list(&client)?)?;
    let lines = format!("cafile {}\nrequire_certificate true\ncrlfile {list}", world.file);
    let broker = Broker::start(&Config::tls(&world.server).line(&lines))?;
    let report = world.show(broker.port(), Some(&client)).await?;
    report.fails("client_certificate", "client_certificate_refused", "choose_client_certificate");
    let found = report.step("client_certificate");
    assert_eq!(found["summary"]["template"], "yours was revoked");
    assert!(found["said"][0].as_str().unwrap().contains("CertificateRevoked"), "{found:#}");
    world.show(broker.port(), Some(&world.ca.client("device-2")?)).await?.is_green(&[]);
    Ok(())
}
