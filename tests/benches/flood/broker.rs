//! The same from a real mosquitto, fed by one publisher as fast as it takes messages.

use crate::cell::{Cell, Figures, Run, children_cpu, finish};
use crate::packets::{self, DISCONNECT, FILTER};
use crate::peers::{PEERS, Peer};
use crate::programs::Programs;
use anyhow::{Context, Result, bail};
use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStderr, Command};

/// How long mosquitto may take to start, and a peer to subscribe.
const PATIENCE: Duration = Duration::from_secs(20);

/// Messages between two looks at the socket.
const ROUND: u64 = packets::TOPICS as u64;

pub async fn run(programs: &Programs, cell: &Cell) -> Result<Vec<Figures>> {
    let mut figures: Vec<Figures> = PEERS.iter().map(|peer| Figures { peer, runs: Vec::new() }).collect();
    for _ in 0..cell.runs {
        for figures in &mut figures {
            let run = measure(programs, figures.peer, cell).await.with_context(|| figures.peer.name)?;
            figures.runs.push(run);
        }
    }
    Ok(figures)
}

async fn measure(programs: &Programs, peer: &Peer, cell: &Cell) -> Result<Run> {
    let mut broker = Broker::start(programs).await?;
    let messages = cell.messages / peer.part;
    let before = children_cpu()?;
    let child = peer.command(programs, broker.port, messages).spawn()?;
    broker.subscribed().await?;
    let started = Instant::now();
    let (port, size) = (broker.port, cell.size);
    let publisher = tokio::task::spawn_blocking(move || publish(port, size, messages));
    let run = finish(child, before, started, messages).await?;
    publisher.await??;
    broker.stop().await?;
    Ok(run)
}

/// Sends QoS 0 messages; the broker's socket sets the pace.
fn publish(port: u16, size: usize, messages: u64) -> Result<()> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.write_all(&packets::connect("publisher"))?;
    packets::read(&mut stream)?;
    let packets = packets::publishes(size);
    let round = packets.concat();
    for _ in 0..messages / ROUND {
        stream.write_all(&round)?;
    }
    let rest = usize::try_from(messages % ROUND)?;
    stream.write_all(&packets[..rest].concat())?;
    stream.write_all(DISCONNECT)?;
    Ok(())
}

/// A mosquitto of our own on loopback that drops nothing, and says who subscribes.
struct Broker {
    port: u16,
    process: Child,
    log: Lines<BufReader<ChildStderr>>,
    _folder: tempfile::TempDir,
}

impl Broker {
    async fn start(programs: &Programs) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        // The port is free again before mosquitto takes it; on a bench machine nobody is faster.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let configuration = folder.path().join("mosquitto.conf");
        std::fs::write(
            &configuration,
            format!(
                "listener {port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\nset_tcp_nodelay true\n\
                 user root\nlog_dest stderr\nlog_type subscribe\nlog_type information\n"
            ),
        )?;
        let mut command = Command::from(programs.mosquitto());
        command.arg("-c").arg(&configuration).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut process = command.kill_on_drop(true).spawn()?;
        let log = BufReader::new(process.stderr.take().context("stderr")?).lines();
        let mut broker = Self { port, process, log, _folder: folder };
        broker.wait_for("running").await?;
        Ok(broker)
    }

    async fn subscribed(&mut self) -> Result<()> {
        self.wait_for(FILTER).await
    }

    async fn wait_for(&mut self, text: &str) -> Result<()> {
        let said = async {
            while let Some(line) = self.log.next_line().await? {
                if line.contains(text) {
                    return Ok(());
                }
            }
            bail!("mosquitto ended")
        };
        tokio::time::timeout(PATIENCE, said).await.with_context(|| format!("mosquitto never said {text}"))?
    }

    /// Ends it before the next processor time is read: it is a child, too.
    async fn stop(mut self) -> Result<()> {
        self.process.kill().await?;
        Ok(())
    }
}
