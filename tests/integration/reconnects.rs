//! Many reconnects of one process, which must leave nothing behind. A program of its own: it counts what belongs to the
//! whole process.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result};
use hubscope_model::MqttVersion;
use hubscope_mqtt::{Options, Session, Timing, Transport, WebSocket};
use hubscope_tests::mosquitto::{Broker, Config, Door};
use hubscope_tests::peer::Peer;
use hubscope_tests::recorder::Recorder;
use hubscope_tests::until;
use std::time::Duration;

/// Open files of this process.
fn files() -> usize {
    std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count)
}

/// Pages of memory in use.
fn pages() -> Result<usize> {
    let text = std::fs::read_to_string("/proc/self/statm")?;
    Ok(text.split(' ').nth(1).context("the resident pages")?.parse()?)
}

fn tasks() -> usize {
    tokio::runtime::Handle::current().metrics().num_alive_tasks()
}

fn options(port: u16, version: MqttVersion) -> Options {
    let timing =
        Timing { first_wait: Duration::from_millis(1), longest_wait: Duration::from_millis(1), ..Timing::default() };
    Options { version, clean_session: false, timing, ..Options::new("127.0.0.1", port, "again") }
}

/// One session that loses its connection so many times, with something open in both directions.
async fn lose(times: usize) -> Result<()> {
    for version in [MqttVersion::V311, MqttVersion::V5] {
        let peer = Peer::listen(version == MqttVersion::V5).await;
        let recorder = Recorder::default();
        let session = Session::start(options(peer.port(), version), recorder.sink());
        session.subscribe("again/#", 1)?;
        for _ in 0..times {
            drop(peer.welcome(true).await);
        }
        session.close().await;
    }
    Ok(())
}

/// So many sessions with a broker, each way that there is, the tunnel too.
async fn begin(times: usize, broker: &Broker) {
    for round in 0..times {
        let version = if round % 2 == 0 { MqttVersion::V311 } else { MqttVersion::V5 };
        let mut options = Options { clean_session: true, ..options(broker.port(), version) };
        match round % 3 {
            0 => {}
            1 => {
                options.port = broker.door(0);
                options.transport = Transport::WebSocket(WebSocket::default());
            }
            _ => options.address = Some(hubscope_mqtt::Address::new("127.0.0.1", broker.port())),
        }
        let recorder = Recorder::default();
        let session = Session::start(options, recorder.sink());
        recorder.wait_online(1).await;
        session.close().await;
    }
}

async fn leaves_nothing_behind(times: usize) -> Result<()> {
    let ws = Door { web_socket: true, ..Door::default() };
    let broker = Broker::start(&Config::default().door(ws))?;
    // What is made once and kept: buffers of the allocator, the state that is copied for each connection.
    lose(20).await?;
    begin(20, &broker).await;
    until("the first tasks end", || tasks() == 0).await;
    let (files_before, pages_before) = (files(), pages()?);
    lose(times).await?;
    begin(times, &broker).await;
    until("all tasks end", || tasks() == 0).await;
    until("all files are closed", || files() <= files_before).await;
    let grown = pages()?.saturating_sub(pages_before) * 4096;
    println!("{times} reconnects: {grown} B more, {} files, {} tasks", files(), tasks());
    assert!(grown < 8 * 1024 * 1024, "{grown} B more");
    Ok(())
}

#[tokio::test]
async fn fifty_reconnects_leave_nothing_behind() -> Result<()> {
    leaves_nothing_behind(50).await
}

#[tokio::test]
#[ignore = "takes a minute; cargo xtask soak"]
async fn a_thousand_reconnects_leave_nothing_behind() -> Result<()> {
    leaves_nothing_behind(1_000).await
}
