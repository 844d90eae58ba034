//! Start, ports, tokens, stop.

use crate::{quiet, token};
use anyhow::Result;
use hubscope_model::Code;
use hubscope_sandbox::{DEVICES, Options, Sandbox};
use hubscope_tests::mosquitto::free_port;
use hubscope_tests::within;
use std::net::{Ipv4Addr, SocketAddr};
use tokio::net::{TcpListener, TcpStream};

#[tokio::test]
async fn a_taken_port_is_named_with_the_next_step() -> Result<()> {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let port = taken.local_addr()?.port();
    for options in
        [Options { mqtt_port: Some(port), mqtts_port: None }, Options { mqtt_port: None, mqtts_port: Some(port) }]
    {
        let Err(error) = Sandbox::start(options).await else { anyhow::bail!("started on a taken port") };
        assert_eq!(error.code, Code::PortInUse);
        assert!(error.message.contains(&port.to_string()) && error.hint.is_some());
    }
    Ok(())
}

#[tokio::test]
async fn given_ports_are_used_and_free_again_after_stop() -> Result<()> {
    let (plain, secure) = (free_port()?, free_port()?);
    let options = Options { mqtt_port: Some(plain), mqtts_port: Some(secure) };
    for _ in 0..3 {
        let sandbox = Sandbox::start(options).await?;
        assert_eq!(sandbox.mqtt(), SocketAddr::from((Ipv4Addr::LOCALHOST, plain)));
        assert_eq!(sandbox.mqtts(), SocketAddr::from((Ipv4Addr::LOCALHOST, secure)));
        let client = TcpStream::connect(sandbox.mqtt()).await?;
        within("the sandbox stops", sandbox.stop()).await;
        assert!(TcpStream::connect(SocketAddr::from((Ipv4Addr::LOCALHOST, plain))).await.is_err());
        drop(client);
    }
    Ok(())
}

#[tokio::test]
async fn every_run_has_tokens_and_an_authority_of_its_own() -> Result<()> {
    let (one, other) = (quiet().await?, quiet().await?);
    let ids: Vec<_> = one.devices().iter().map(|device| (device.id.as_str(), device.faulty)).collect();
    assert_eq!(ids, DEVICES.map(|device| (device.id, device.faulty)));
    for device in DEVICES {
        assert_ne!(token(&one, device.id), token(&other, device.id));
        assert_eq!(token(&one, device.id).len(), 20);
    }
    assert_ne!(one.ca_pem(), other.ca_pem());
    assert!(!format!("{:?}", one.devices()).contains(&token(&one, "pump-1")));
    Ok(())
}

#[tokio::test]
async fn dropping_ends_it_too() -> Result<()> {
    let sandbox = Sandbox::start(Options::default()).await?;
    let address = sandbox.mqtt();
    drop(sandbox);
    let refused = async {
        while TcpStream::connect(address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    within("the listener is gone", refused).await;
    Ok(())
}
