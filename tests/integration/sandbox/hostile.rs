//! Peers that break the rules, over real sockets.

use crate::{plain, quiet, token};
use anyhow::Result;
use hubscope_sandbox::{Behaviour, Limits, Options, Sandbox};
use hubscope_tests::within;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Everything that the hub sends until it closes.
async fn until_closed(stream: &mut TcpStream) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    match within("the hub closes", stream.read_to_end(&mut all)).await {
        Ok(_) => Ok(all),
        // Closed with our bytes unread: as good.
        Err(error) if error.kind() == std::io::ErrorKind::ConnectionReset => Ok(all),
        Err(error) => Err(error.into()),
    }
}

/// CONNECT of MQTT 3.1.1 or 5 with a token.
fn connect(level: u8, token: &str) -> Vec<u8> {
    let mut body = [b"\x00\x04MQTT".as_slice(), &[level, 0x82, 0, 0]].concat();
    body.extend(if level == 5 { [0].as_slice() } else { &[] });
    body.extend(b"\x00\x03raw");
    body.extend([0, token.len() as u8]);
    body.extend(token.as_bytes());
    [&[0x10, body.len() as u8], body.as_slice()].concat()
}

/// Connects and reads the CONNACK.
async fn join(address: SocketAddr, level: u8, token: &str) -> Result<TcpStream> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(&connect(level, token)).await?;
    let mut head = [0; 2];
    within("CONNACK", stream.read_exact(&mut head)).await?;
    let mut rest = vec![0; head[1].into()];
    within("CONNACK", stream.read_exact(&mut rest)).await?;
    assert_eq!((head[0], rest[1]), (0x20, 0));
    Ok(stream)
}

#[tokio::test]
async fn what_is_not_mqtt_is_closed_on_both_doors() -> Result<()> {
    let sandbox = quiet().await?;
    let rubbish: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let zeros = [0; 64];
    let stranger = connect(4, "x");
    let cases: [&[u8]; 5] =
        [b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", &rubbish, &zeros, &[0x10, 0xff, 0xff, 0xff, 0xff], &stranger];
    for address in [plain(&sandbox), sandbox.mqtts()] {
        for bytes in cases {
            let mut stream = TcpStream::connect(address).await?;
            // The hub may close before all is written.
            let _closed_early = stream.write_all(bytes).await;
            until_closed(&mut stream).await?;
        }
    }
    assert_eq!(sandbox.counters().connected, 0);
    sandbox.stop().await;
    Ok(())
}

#[tokio::test]
async fn a_packet_over_the_limit_is_refused_by_its_header() -> Result<()> {
    let sandbox = quiet().await?;
    let token = token(&sandbox, "thermo-a");
    // 256 MiB are announced, and never come.
    let header = [0x30, 0xff, 0xff, 0xff, 0x7f];
    let mut five = join(plain(&sandbox), 5, &token).await?;
    five.write_all(&header).await?;
    assert_eq!(until_closed(&mut five).await?, [0xe0, 2, 0x95, 0]);
    let mut three = join(plain(&sandbox), 4, &token).await?;
    three.write_all(&header).await?;
    assert_eq!(until_closed(&mut three).await?, b"");
    let mut nobody = TcpStream::connect(plain(&sandbox)).await?;
    nobody.write_all(&[0x10, 0xff, 0xff, 0xff, 0x7f]).await?;
    assert_eq!(until_closed(&mut nobody).await?, b"");
    Ok(())
}

#[tokio::test]
async fn a_packet_may_come_in_pieces() -> Result<()> {
    let sandbox = quiet().await?;
    let mut stream = TcpStream::connect(plain(&sandbox)).await?;
    stream.set_nodelay(true)?;
    for byte in connect(4, &token(&sandbox, "thermo-a")) {
        stream.write_all(&[byte]).await?;
    }
    let mut answer = [0; 4];
    within("CONNACK", stream.read_exact(&mut answer)).await?;
    assert_eq!(answer, [0x20, 2, 0, 0]);
    // Two packets and a half at once, then the other half.
    stream.write_all(&[0xc0, 0, 0xc0, 0, 0xc0]).await?;
    within("PINGRESP", stream.read_exact(&mut answer)).await?;
    stream.write_all(&[0]).await?;
    let mut last = [0; 2];
    within("PINGRESP", stream.read_exact(&mut last)).await?;
    assert_eq!((answer, last), ([0xd0, 0, 0xd0, 0], [0xd0, 0]));
    Ok(())
}

#[tokio::test]
async fn half_a_connect_is_not_waited_for() -> Result<()> {
    let limits = Limits { connect_timeout: Duration::from_millis(100), ..Limits::default() };
    let sandbox =
        Sandbox::start_with(Options::default(), Behaviour { limits, quiet: true, ..Behaviour::default() }).await?;
    let half = &connect(4, "somebody")[..10];
    for address in [plain(&sandbox), sandbox.mqtts()] {
        let mut silent = TcpStream::connect(address).await?;
        let mut slow = TcpStream::connect(address).await?;
        slow.write_all(half).await?;
        assert_eq!(until_closed(&mut silent).await?, b"");
        until_closed(&mut slow).await?;
    }
    Ok(())
}

#[tokio::test]
async fn many_silent_sockets_do_not_keep_clients_out_for_long() -> Result<()> {
    let limits = Limits { clients: 4, waiting: 4, connect_timeout: Duration::from_millis(300), ..Limits::default() };
    let sandbox =
        Sandbox::start_with(Options::default(), Behaviour { limits, quiet: true, ..Behaviour::default() }).await?;
    let mut silent = Vec::new();
    for _ in 0..50 {
        silent.push(TcpStream::connect(plain(&sandbox)).await?);
    }
    let token = token(&sandbox, "thermo-a");
    let joined = async {
        loop {
            let mut stream = TcpStream::connect(plain(&sandbox)).await?;
            let mut answer = [0; 4];
            let asked = stream.write_all(&connect(4, &token)).await;
            if asked.is_ok() && stream.read_exact(&mut answer).await.is_ok() {
                return anyhow::Ok(answer);
            }
        }
    };
    assert_eq!(within("a client gets in", joined).await?, [0x20, 2, 0, 0]);
    Ok(())
}
