//! A server that takes one client and sends it messages as fast as the socket takes them.

use crate::cell::{Cell, Figures, Run, children_cpu, finish};
use crate::packets::{self, CONNACK, PINGRESP};
use crate::peers::{PEERS, Peer};
use crate::programs::Programs;
use anyhow::{Context, Result, bail};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

/// Bytes handed to the kernel at once.
const CHUNK: usize = 512 * 1024;

/// Measures every peer, in turns, so that the machine's moods hit all of them.
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
    let messages = cell.messages / peer.part;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    let chunk = Chunk::new(cell.size);
    let (started, when) = mpsc::channel();
    let server = thread::spawn(move || serve(&listener, &chunk, messages, &started));
    let before = children_cpu()?;
    let child = peer.command(programs, port, messages).spawn()?;
    // The flood begins only when the peer has subscribed; the thread answers or ends.
    let started = tokio::task::spawn_blocking(move || when.recv()).await?.context("the peer did not subscribe")?;
    let run = finish(child, before, started, messages).await?;
    match server.join() {
        Ok(result) => result?,
        Err(_) => bail!("the generator failed"),
    }
    Ok(run)
}

/// As many whole rounds over the topics as fit.
struct Chunk {
    bytes: Vec<u8>,
    /// Where each packet ends.
    ends: Vec<usize>,
}

impl Chunk {
    fn new(size: usize) -> Self {
        let mut chunk = Self { bytes: Vec::with_capacity(CHUNK), ends: Vec::new() };
        let packets = packets::publishes(size);
        while chunk.bytes.len() < CHUNK {
            for packet in &packets {
                chunk.bytes.extend_from_slice(packet);
                chunk.ends.push(chunk.bytes.len());
            }
        }
        chunk
    }
}

fn serve(listener: &TcpListener, chunk: &Chunk, messages: u64, started: &mpsc::Sender<Instant>) -> Result<()> {
    let (mut stream, _) = listener.accept()?;
    stream.set_nodelay(true)?;
    greet(&mut stream)?;
    started.send(Instant::now())?;
    let round = chunk.ends.len() as u64;
    for _ in 0..messages / round {
        stream.write_all(&chunk.bytes)?;
    }
    if let Some(last) = (messages % round).checked_sub(1) {
        stream.write_all(&chunk.bytes[..chunk.ends[last as usize]])?;
    }
    // The peer says DISCONNECT and closes, or just closes.
    let _ = stream.read_to_end(&mut Vec::new());
    Ok(())
}

/// Answers until the subscription is granted.
fn greet(stream: &mut TcpStream) -> Result<()> {
    loop {
        let (first, body) = packets::read(stream)?;
        match first >> 4 {
            1 => stream.write_all(CONNACK)?,
            12 => stream.write_all(PINGRESP)?,
            8 => {
                stream.write_all(&packets::suback(&body))?;
                return Ok(());
            }
            other => bail!("packet type {other} instead of SUBSCRIBE"),
        }
    }
}
