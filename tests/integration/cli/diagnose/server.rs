//! The server's side of TLS.

use super::{Files, Report, TLS, diagnose, on_port};
use anyhow::Result;
use hubscope_tests::certificates::{Ca, Identity, Valid, self_signed};
use hubscope_tests::mosquitto::{Broker, Config};
use hubscope_tests::s_server::SServer;

const HERE: [&str; 2] = ["IP:127.0.0.1", "DNS:broker.example"];

/// A broker that shows `identity`, looked at by a hub that trusts `ca`.
async fn look(identity: &Identity, ca: &str) -> Result<Report> {
    let broker = Broker::start(&Config::tls(identity))?;
    let files = Files::new()?;
    let ca = files.write("ca.pem", ca)?;
    on_port(broker.port(), &["--cafile", &ca]).await
}

fn with_issuer(leaf: Identity, issuer: &Ca) -> Identity {
    Identity { chain_pem: format!("{}{}", leaf.chain_pem, issuer.pem), ..leaf }
}

#[tokio::test]
async fn a_trusted_broker_is_green() -> Result<()> {
    let ca = Ca::new("Own CA")?;
    let report = look(&ca.server(&HERE, Valid::Now)?, &ca.pem).await?;
    report.is_green(&["client_certificate"]);
    let tls = &report.step("tls_handshake")["evidence"];
    assert_eq!((&tls["version"], tls["cipher"].is_string()), (&"TLS 1.3".into(), true));
    let leaf = &report.step("server_chain")["evidence"]["certificates"][0];
    assert_eq!(leaf["certificate"]["issuer"], "CN=Own CA");
    assert_eq!(leaf["certificate"]["key"], "P-256");
    assert_eq!(leaf["certificate"]["sha256"].as_str().map(str::len), Some(64));
    assert_eq!(report.step("host_name")["evidence"]["names"], serde_json::json!(["127.0.0.1", "broker.example"]));
    assert_eq!(report.step("connect")["evidence"]["code"]["code"], 0);
    Ok(())
}

#[tokio::test]
async fn an_unknown_ca_can_be_trusted_and_the_name_is_judged_anyway() -> Result<()> {
    let (ca, other) = (Ca::new("ACME Lab Root CA")?, Ca::new("Other CA")?);
    let report = look(&with_issuer(ca.server(&HERE, Valid::Now)?, &ca), &other.pem).await?;
    report.fails("server_chain", "unknown_ca", "trust_ca");
    assert_eq!(report.step("tls_handshake")["state"], "ok");
    assert_eq!(report.step("host_name")["state"], "ok");
    assert_eq!(report.step("client_certificate")["state"], "not_reached");
    let chain = &report.step("server_chain")["evidence"]["certificates"];
    assert_eq!(report.step("server_chain")["fixes"][0]["sha256"], chain[1]["certificate"]["sha256"]);
    assert!(report.step("server_chain")["said"][0].as_str().unwrap().contains("UnknownIssuer"));
    Ok(())
}

#[tokio::test]
async fn a_certificate_that_nobody_signed() -> Result<()> {
    let other = Ca::new("Other CA")?;
    look(&self_signed(&HERE, false)?, &other.pem).await?.fails("server_chain", "self_signed", "trust_ca");
    let as_ca = look(&self_signed(&HERE, true)?, &other.pem).await?;
    as_ca.fails("server_chain", "certificate_unusable", "pin_leaf");
    Ok(())
}

#[tokio::test]
async fn an_intermediate_that_was_not_sent() -> Result<()> {
    let root = Ca::new("Root CA")?;
    let issuing = root.intermediate("Issuing CA 2")?;
    let leaf = issuing.server(&HERE, Valid::Now)?;
    let report = look(&leaf, &root.pem).await?;
    report.fails("server_chain", "incomplete_chain", "choose_ca_file");
    assert!(report.step("server_chain")["explanation"]["args"]["issuer"].as_str().unwrap().contains("Issuing CA 2"));
    look(&with_issuer(leaf, &issuing), &root.pem).await?.is_green(&["client_certificate"]);
    Ok(())
}

#[tokio::test]
async fn a_ca_that_was_made_anew() -> Result<()> {
    let (old, new) = (Ca::new("Own CA")?, Ca::new("Own CA")?);
    let report = look(&new.server(&HERE, Valid::Now)?, &old.pem).await?;
    report.fails("server_chain", "other_ca_key", "choose_ca_file");
    Ok(())
}

#[tokio::test]
async fn certificates_out_of_their_time_name_both_clocks() -> Result<()> {
    let ca = Ca::new("Own CA")?;
    let expired = look(&ca.server(&HERE, Valid::Expired)?, &ca.pem).await?;
    expired.fails("server_chain", "certificate_expired", "set_clock");
    let early = look(&ca.server(&HERE, Valid::NotYet)?, &ca.pem).await?;
    early.fails("server_chain", "certificate_not_yet_valid", "set_clock");
    let words = &early.step("server_chain")["explanation"]["args"];
    assert_eq!(words["start"]["args"]["words"], "2098-01-01T00:00:00Z");
    assert!(words["skew"].as_str().unwrap().contains(" h"), "{words}");
    Ok(())
}

#[tokio::test]
async fn a_certificate_for_another_host_offers_its_name() -> Result<()> {
    let ca = Ca::new("Own CA")?;
    let report = look(&ca.server(&["DNS:broker.example"], Valid::Now)?, &ca.pem).await?;
    report.fails("host_name", "host_name_mismatch", "enter_host");
    assert_eq!(report.step("host_name")["fixes"][0]["host"], "broker.example");
    assert_eq!(report.step("server_chain")["state"], "ok");
    Ok(())
}

#[tokio::test]
async fn a_proxy_that_opens_tls_is_named() -> Result<()> {
    let (proxy, other) = (Ca::new("Zscaler Root CA")?, Ca::new("Other CA")?);
    let leaf = with_issuer(proxy.server(&HERE, Valid::Now)?, &proxy);
    let report = look(&leaf, &other.pem).await?;
    report.fails("server_chain", "tls_inspection", "change_proxy");
    assert_eq!(report.step("server_chain")["explanation"]["args"]["issuer"], "Zscaler");
    // Trusted, it works, and is said.
    let trusted = look(&leaf, &proxy.pem).await?;
    trusted.is_green(&["client_certificate"]);
    assert_eq!(trusted.step("server_chain")["cause"], "tls_inspection");
    // A hub whose vendor names its roots shows another.
    let azure = Ca::new("Company CA")?;
    let names = ["DNS:hub.azure-devices.net"];
    let broker = Broker::start(&Config::tls(&with_issuer(azure.server(&names, Valid::Now)?, &azure)))?;
    let files = Files::new()?;
    let ca = files.write("ca.pem", &other.pem)?;
    let to = format!("127.0.0.1:{}", broker.port());
    let arguments = ["-h", "hub.azure-devices.net", "-p", "8883", "--connect-to", &to, "--cafile", &ca];
    diagnose(&arguments).await?.fails("server_chain", "tls_inspection", "change_proxy");
    Ok(())
}

#[tokio::test]
async fn tls_to_a_plain_port_and_plain_to_a_tls_port() -> Result<()> {
    let ca = Ca::new("Own CA")?;
    let files = Files::new()?;
    let file = files.write("ca.pem", &ca.pem)?;
    let plain = Broker::start(&Config::default())?;
    on_port(plain.port(), &["--cafile", &file]).await?.fails("tls_handshake", "port_is_not_tls", "turn_tls_off");
    on_port(plain.port(), &[]).await?.is_green(&TLS);
    let secure = Broker::start(&Config::tls(&ca.server(&HERE, Valid::Now)?))?;
    on_port(secure.port(), &[]).await?.fails("tls_handshake", "port_wants_tls", "turn_tls_on");
    Ok(())
}

#[tokio::test]
async fn a_server_with_old_tls_only() -> Result<()> {
    let ca = Ca::new("Own CA")?;
    let files = Files::new()?;
    let file = files.write("ca.pem", &ca.pem)?;
    let old = ["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"];
    let server = SServer::start(&ca.server(&HERE, Valid::Now)?, None, &old).await?;
    on_port(server.port, &["--cafile", &file]).await?.fails("tls_handshake", "tls_version", "change_port");
    Ok(())
}

#[tokio::test]
async fn a_server_that_wants_another_protocol_by_alpn() -> Result<()> {
    let (ca, files) = (Ca::new("Own CA")?, Files::new()?);
    let file = files.write("ca.pem", &ca.pem)?;
    let server = SServer::start(&ca.server(&HERE, Valid::Now)?, None, &["-alpn", "x-amzn-mqtt-ca"]).await?;
    let report = on_port(server.port, &["--cafile", &file, "--tls-alpn", "mqtt"]).await?;
    report.fails("tls_handshake", "tls_refused", "enter_host");
    assert!(report.step("tls_handshake")["said"][0].as_str().unwrap().contains("NoApplicationProtocol"));
    Ok(())
}

#[tokio::test]
async fn a_pinned_server_and_another_in_its_place() -> Result<()> {
    let (ca, files) = (Ca::new("Own CA")?, Files::new()?);
    // Neither name nor CA would do.
    let (own, other) = (ca.server(&["DNS:broker.example"], Valid::Now)?, ca.server(&HERE, Valid::Now)?);
    let pin = files.write("pin.pem", &own.chain_pem)?;
    let broker = Broker::start(&Config::tls(&own))?;
    let report = on_port(broker.port(), &["--pin", &pin]).await?;
    report.is_green(&["host_name", "client_certificate"]);
    assert_eq!(report.step("server_chain")["evidence"]["trust"], "pinned_leaf");
    let broker = Broker::start(&Config::tls(&other))?;
    let report = on_port(broker.port(), &["--pin", &pin]).await?;
    report.fails("server_chain", "not_pinned", "pin_leaf");
    let shown = &report.step("server_chain")["evidence"]["certificates"][0]["certificate"]["sha256"];
    assert_eq!(&report.step("server_chain")["fixes"][0]["sha256"], shown);
    Ok(())
}

#[tokio::test]
async fn a_ca_beside_the_system_and_a_root_that_was_given_up() -> Result<()> {
    let (ca, files) = (Ca::new("Own CA")?, Files::new()?);
    let file = files.write("ca.pem", &ca.pem)?;
    let broker = Broker::start(&Config::tls(&ca.server(&HERE, Valid::Now)?))?;
    let report = on_port(broker.port(), &["--cafile", &file, "--tls-use-os-certs"]).await?;
    report.is_green(&["client_certificate"]);
    assert_eq!(report.step("server_chain")["evidence"]["trust"], "system_and_ca");

    // A chain that names Azure's old root as its end, from a CA that has the name and is trusted here.
    let old = Ca::with_subject("/C=IE/O=Baltimore/OU=CyberTrust/CN=Baltimore CyberTrust Root")?;
    let report = look(&old.server(&HERE, Valid::Now)?, &old.pem).await?;
    report.is_green(&["client_certificate"]);
    let chain = report.step("server_chain");
    assert_eq!((&chain["cause"], &chain["evidence"]["root"]["retired"]), (&"retired_root".into(), &true.into()));
    assert_eq!(chain["evidence"]["root"]["name"], "Baltimore CyberTrust Root");
    Ok(())
}
