//! How fast messages get into the log, beside a bare library loop and mosquitto_sub, in one run.
//!
//! `cargo xtask bench [flood] [broker] [--runs N] [--share PERCENT]`: sections (all unless named), runs
//! of each cell (the median counts), and how much of the full number of messages to send. Linux only.

mod broker;
mod cell;
mod generator;
mod packets;
mod peers;
mod programs;
mod table;

use anyhow::{Context, Result, bail};
use programs::Programs;

/// Payload bytes and messages of a full run. Long enough that start-up does not count.
const SIZES: [(usize, u64); 3] = [(20, 4_000_000), (200, 4_000_000), (1000, 1_500_000)];

struct Choice {
    flood: bool,
    broker: bool,
    runs: usize,
    /// Percent of the messages of a full run.
    share: u64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    // `cargo bench` says so; `cargo test --all-targets` does not, and has nothing to measure.
    let Some(place) = arguments.iter().position(|argument| argument == "--bench") else { return Ok(()) };
    arguments.remove(place);
    let choice = choice(&arguments)?;
    let programs = Programs::find()?;
    if choice.flood {
        println!("### Flood\n\n{}", table::HEAD);
        for (size, messages) in SIZES {
            let cell = cell::Cell { size, messages: messages * choice.share / 100, runs: choice.runs };
            table::print(&cell, &generator::run(&programs, &cell).await?);
        }
    }
    if choice.broker {
        println!("\n### From a real mosquitto\n\n{}", table::HEAD);
        for (size, messages) in SIZES {
            let cell = cell::Cell { size, messages: messages / 4 * choice.share / 100, runs: choice.runs };
            table::print(&cell, &broker::run(&programs, &cell).await?);
        }
    }
    Ok(())
}

fn choice(arguments: &[String]) -> Result<Choice> {
    let mut choice = Choice { flood: false, broker: false, runs: 3, share: 100 };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "flood" => choice.flood = true,
            "broker" => choice.broker = true,
            "--runs" => choice.runs = arguments.next().context("--runs N")?.parse()?,
            "--share" => choice.share = arguments.next().context("--share PERCENT")?.parse()?,
            other => bail!("{other} is no section and no option"),
        }
    }
    if !choice.flood && !choice.broker {
        (choice.flood, choice.broker) = (true, true);
    }
    Ok(choice)
}
