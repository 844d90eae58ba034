//! Bad luck, again and again: the web shell's process with devices at a real mosquitto and at its sandbox, while brokers
//! die and freeze, the network is cut, the disk is full, the clock jumps, and the user goes on. After each round the
//! process must have counted everything and kept nothing open.
//!
//! `HUBSCOPE_SOAK_MINUTES` (30) and `HUBSCOPE_SOAK_SEED` (drawn, and printed) are for the long form.

// Helpers of tests may panic as tests do: clippy takes this line for it.
#![cfg(test)]
#![cfg(target_os = "linux")]

mod check;
mod fault;
mod process;
mod world;

use check::Footprint;
use fault::Fault;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use std::time::Duration;
use tokio::time::Instant;
use world::World;

/// How long it goes on, and how hard.
struct Length {
    seed: u64,
    /// At least one round is run.
    time: Duration,
    /// A fault lasts one to four of these.
    unit: Duration,
}

#[tokio::test(flavor = "multi_thread")]
async fn one_round_of_bad_luck_is_survived() {
    live_through(Length { seed: 1, time: Duration::ZERO, unit: Duration::from_millis(200) }).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "takes half an hour; cargo xtask soak"]
async fn half_an_hour_of_bad_luck_is_survived() {
    let minutes = number("HUBSCOPE_SOAK_MINUTES").unwrap_or(30);
    let seed = number("HUBSCOPE_SOAK_SEED").unwrap_or_else(rand::random);
    // Four units are longer than the silence after which a connection counts as dead.
    live_through(Length { seed, time: Duration::from_secs(60 * minutes), unit: Duration::from_millis(2_500) }).await;
}

fn number(name: &str) -> Option<u64> {
    Some(std::env::var(name).ok()?.parse().unwrap())
}

async fn live_through(length: Length) {
    println!("HUBSCOPE_SOAK_SEED={}", length.seed);
    let mut dice = StdRng::seed_from_u64(length.seed);
    let mut world = World::start().await;
    world.settle().await;
    let begin = Footprint::of(&world.process);
    println!("{:>5} s  {}  at the beginning", 0, begin);
    let started = Instant::now();
    let mut worst = begin;
    loop {
        let mut round = Fault::all(&world);
        round.shuffle(&mut dice);
        for fault in round {
            fault.strike(&mut world, &mut dice, length.unit).await;
        }
        world.settle().await;
        let now = Footprint::back_to(begin, &world.process).await;
        worst = worst.max(now);
        println!("{:>5} s  {now}  {}", started.elapsed().as_secs(), world.counters());
        if started.elapsed() >= length.time {
            break;
        }
    }
    world.keeps_its_workspace().await;
    println!("faults: {}", world.told());
    println!("from {begin} to {worst} at most");
    world.end().await;
}
