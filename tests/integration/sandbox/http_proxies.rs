//! What a hub is asked over HTTP goes by the hub's proxy, as its MQTT does: nobody here could look up `hub.example`.

use super::{device, quiet_as};
use anyhow::{Context, Result};
use hubscope_hubs::clock;
use hubscope_hubs::kaa::{rest::Rest, settings::default_rest};
use hubscope_model::{Code, Personality, TokenState};
use hubscope_mqtt::{Address, Proxy, ProxyKind};
use hubscope_pki::Trust;
use hubscope_sandbox::Login;
use hubscope_tests::certificates::{Ca, Valid};
use hubscope_tests::fail;
use hubscope_tests::mosquitto::{Broker, Config, Door};
use hubscope_tests::proxy::{self, Kind};
use hubscope_vault::Secret;
use zeroize::Zeroizing;

const PASSWORD: &str = "pläin: 8K/d@3";

fn through(kind: ProxyKind, port: u16, password: &str) -> Proxy {
    let login = ("me".to_owned(), Secret::new(Zeroizing::new(password.to_owned())));
    Proxy { kind, address: Address::new("127.0.0.1", port), login: Some(login) }
}

#[tokio::test]
async fn kaas_api_is_asked_through_socks() -> Result<()> {
    let sandbox = quiet_as(Personality::Kaa).await?;
    let api = sandbox.rest().context("a REST API")?;
    let port = api.base_url.rsplit(':').next().context("a port")?.parse()?;
    let server = proxy::Proxy::start(Kind::Socks5, Some(&format!("me:{PASSWORD}")), port).await?;
    let Login::EndpointToken { endpoint_id, app_version, .. } = &device(&sandbox, "boiler-1").login else {
        fail("no endpoint token")
    };
    // Plain HTTP is for this machine only; its discard port answers nobody.
    let settings = default_rest("http://127.0.0.1:9");
    let settings = hubscope_model::KaaRest { header: api.header.to_owned(), ..settings };
    let rest = |password| {
        let proxy = through(ProxyKind::Socks5h, server.port, password);
        Rest::new(&settings, &Trust::System, Some(&proxy), &api.api_key)
    };
    assert_eq!(rest(PASSWORD)?.read(endpoint_id, app_version).await?, TokenState::Active);
    assert_eq!(server.asked(), ["127.0.0.1:9"]);
    let refused = rest("wrong")?.read(endpoint_id, app_version).await.map(|_| ());
    assert_eq!(refused.err().map(|error| error.code), Some(Code::ConnectionRefused));
    Ok(())
}

#[tokio::test]
async fn a_hubs_clock_is_read_through_connect() -> Result<()> {
    let ca = Ca::new("Proxy CA")?;
    let identity = ca.server(&["DNS:hub.example"], Valid::Now)?;
    let door = Door { web_socket: true, tls: Some(identity), ..Door::default() };
    let broker = Broker::start(&Config::default().door(door))?;
    let server = proxy::Proxy::start(Kind::Http, Some(&format!("me:{PASSWORD}")), broker.door(0)).await?;
    let trust = Trust::CaPem(ca.pem.clone());
    let ask = async |password| {
        let proxy = through(ProxyKind::Http, server.port, password);
        clock::skew("hub.example", 443, &trust, Some(&proxy)).await.map_err(|error| error.code)
    };
    // TLS for hub.example was spoken with the broker, whose HTTP has no date.
    assert_eq!(ask(PASSWORD).await, Err(Code::RestFailed));
    assert_eq!(server.asked(), ["hub.example:443"]);
    assert_eq!(ask("wrong").await, Err(Code::ConnectionRefused));
    Ok(())
}
