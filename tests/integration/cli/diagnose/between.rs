//! What something between changes or holds back.

use super::{Files, on_port};
use anyhow::Result;
use hubscope_tests::certificates::{Ca, Valid};
use hubscope_tests::mosquitto::{Broker, Config};
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// What a relay does to the server's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spoils {
    /// The first ones are changed.
    Handshake,
    /// Those that come after the client's side of the handshake are changed.
    Rest,
    /// On the third connection, those that come after the client's side of the handshake are held back.
    Verdict,
}

/// Leads to `port`.
async fn relay(port: u16, spoils: Spoils) -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let own = listener.local_addr()?.port();
    let count = AtomicUsize::new(0);
    tokio::spawn(async move {
        while let Ok((visitor, _)) = listener.accept().await {
            let place = count.fetch_add(1, Ordering::SeqCst);
            let Ok(server) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await else { return };
            tokio::spawn(lead(visitor, server, spoils, place));
        }
    });
    Ok(own)
}

async fn lead(visitor: TcpStream, server: TcpStream, spoils: Spoils, place: usize) {
    let ((from, to), (back_from, back_to)) = (visitor.into_split(), server.into_split());
    let (answered, done) = (AtomicBool::new(false), AtomicBool::new(false));
    tokio::select! {
        () = forward(from, back_to, |_| {
            // The client speaks again after the server has: its side of the handshake is complete.
            done.fetch_or(answered.load(Ordering::SeqCst), Ordering::SeqCst);
            true
        }) => {}
        () = forward(back_from, to, |bytes| {
            let is_first = !answered.swap(true, Ordering::SeqCst);
            let is_rest = done.load(Ordering::SeqCst);
            match spoils {
                Spoils::Handshake if is_first => spoil(bytes),
                Spoils::Rest if is_rest => spoil(bytes),
                Spoils::Verdict if is_rest && place == 2 => return false,
                _ => {}
            }
            true
        }) => {}
    }
}

/// The last byte belongs to no header.
fn spoil(bytes: &mut [u8]) {
    if let Some(last) = bytes.last_mut() {
        *last ^= 0x55;
    }
}

/// One direction; `look` may change what goes on, and says whether it does.
async fn forward(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, look: impl Fn(&mut [u8]) -> bool) {
    let mut bytes = vec![0; 16 * 1024];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        if look(&mut bytes[..count]) && to.write_all(&bytes[..count]).await.is_err() {
            return;
        }
    }
}

#[tokio::test]
async fn tls_that_is_changed_on_the_way() -> Result<()> {
    let (ca, files) = (Ca::new("Own CA")?, Files::new()?);
    let broker = Broker::start(&Config::tls(&ca.server(&["IP:127.0.0.1"], Valid::Now)?))?;
    let file = files.write("ca.pem", &ca.pem)?;
    for (spoils, step) in [(Spoils::Handshake, "tls_handshake"), (Spoils::Rest, "connect")] {
        let port = relay(broker.port(), spoils).await?;
        on_port(port, &["--cafile", &file]).await?.fails(step, "tls_broken", "change_proxy");
    }
    Ok(())
}

#[tokio::test]
async fn a_refusal_of_the_certificate_that_comes_late_is_told_at_its_step() -> Result<()> {
    let (ca, files) = (Ca::new("Own CA")?, Files::new()?);
    let file = files.write("ca.pem", &ca.pem)?;
    let config = Config::tls(&ca.server(&["IP:127.0.0.1"], Valid::Now)?);
    let broker = Broker::start(&config.line(&format!("cafile {file}\nrequire_certificate true")))?;
    let client = Ca::new("Strange CA")?.client("device-1")?;
    let (certificate, key) = (files.write("client.pem", &client.chain_pem)?, files.write("key.pem", &client.key_pem)?);
    let port = relay(broker.port(), Spoils::Verdict).await?;
    let report = on_port(port, &["--cafile", &file, "--cert", &certificate, "--key", &key]).await?;
    report.fails("client_certificate", "client_certificate_refused", "choose_client_certificate");
    assert_eq!(report.step("client_certificate")["evidence"]["accepted"], false);
    Ok(())
}
