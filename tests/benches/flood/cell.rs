//! One cell of a table: a payload size, measured for each peer several times.

use crate::peers::Peer;
use anyhow::{Context, Result, ensure};
use std::time::{Duration, Instant};
use tokio::process::Child;

/// After this a peer is taken for stuck.
const DEADLINE: Duration = Duration::from_secs(120);

/// Kernel ticks a second, of the times in /proc (USER_HZ, 100 on every Linux).
const TICKS: f64 = 100.0;

pub struct Cell {
    /// Payload bytes.
    pub size: usize,
    pub messages: u64,
    /// Measurements; the median counts.
    pub runs: usize,
}

/// One peer's run.
#[derive(Clone, Copy)]
pub struct Run {
    pub per_second: f64,
    /// Microseconds of processor time a message, over all threads, start included.
    pub cpu: f64,
}

/// One peer's runs in a cell.
pub struct Figures {
    pub peer: &'static Peer,
    pub runs: Vec<Run>,
}

impl Figures {
    pub fn median(&self, of: impl Fn(&Run) -> f64) -> f64 {
        let mut values: Vec<f64> = self.runs.iter().map(of).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    }
}

/// Waits for the peer to end by itself; `started` is when the first message left.
pub async fn finish(mut peer: Child, cpu_before: f64, started: Instant, messages: u64) -> Result<Run> {
    let status = tokio::time::timeout(DEADLINE, peer.wait()).await.context("the peer did not get all messages")??;
    let seconds = started.elapsed().as_secs_f64();
    ensure!(status.success(), "the peer failed: {status}");
    let cpu = (children_cpu()? - cpu_before) * 1e6 / messages as f64;
    Ok(Run { per_second: messages as f64 / seconds, cpu })
}

/// Processor seconds of all children that have ended (proc(5), stat fields 16 and 17).
pub fn children_cpu() -> Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").context("this measures on Linux only")?;
    // Field 2 is the name in brackets and may hold blanks; field 3 follows it.
    let fields = stat.rsplit_once(')').context("stat")?.1;
    let ticks: Vec<f64> = fields.split_whitespace().skip(13).take(2).map(str::parse).collect::<Result<_, _>>()?;
    Ok(ticks.iter().sum::<f64>() / TICKS)
}
