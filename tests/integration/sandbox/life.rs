//! Start, ports, tokens, stop.

use crate::{plain, quiet, token};
use anyhow::Result;
use hubscope_model::{Code, Personality};
use hubscope_sandbox::{Options, Sandbox, known_devices};
use hubscope_tests::mosquitto::free_port;
use hubscope_tests::within;
use std::net::{Ipv4Addr, SocketAddr};
use tokio::net::{TcpListener, TcpStream};

#[tokio::test]
async fn a_taken_port_is_named_with_the_next_step() -> Result<()> {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let port = taken.local_addr()?.port();
    for options in [
        Options { mqtt_port: Some(port), ..Options::default() },
        Options { mqtts_port: Some(port), ..Options::default() },
    ] {
        let Err(error) = Sandbox::start(options).await else { anyhow::bail!("started on a taken port") };
        assert_eq!(error.code, Code::PortInUse);
        assert!(error.message.contains(&port.to_string()) && error.hint.is_some());
    }
    Ok(())
}

#[tokio::test]
async fn given_ports_are_used_and_free_again_after_stop() -> Result<()> {
    let (open, secure) = (free_port()?, free_port()?);
    let options = Options { mqtt_port: Some(open), mqtts_port: Some(secure), ..Options::default() };
    for _ in 0..3 {
        let sandbox = Sandbox::start(options).await?;
        assert_eq!(plain(&sandbox), SocketAddr::from((Ipv4Addr::LOCALHOST, open)));
        assert_eq!(sandbox.mqtts(), SocketAddr::from((Ipv4Addr::LOCALHOST, secure)));
        let client = TcpStream::connect(plain(&sandbox)).await?;
        within("the sandbox stops", sandbox.stop()).await;
        assert!(TcpStream::connect(SocketAddr::from((Ipv4Addr::LOCALHOST, open))).await.is_err());
        drop(client);
    }
    Ok(())
}

#[tokio::test]
async fn every_run_has_tokens_and_an_authority_of_its_own() -> Result<()> {
    let (one, other) = (quiet().await?, quiet().await?);
    let ids: Vec<_> = one.devices().iter().map(|device| (device.id.as_str(), device.faulty)).collect();
    let known = known_devices(Personality::Broker);
    assert_eq!(ids, known.iter().map(|device| (device.id, device.faulty)).collect::<Vec<_>>());
    for device in known {
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
    let address = plain(&sandbox);
    drop(sandbox);
    let refused = async {
        while TcpStream::connect(address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    within("the listener is gone", refused).await;
    Ok(())
}
