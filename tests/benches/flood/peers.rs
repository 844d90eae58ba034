//! Who is measured.

use crate::packets::FILTER;
use crate::programs::Programs;
use std::process::{Command, Stdio};

pub const BARE: &str = "bare rumqttc loop";
pub const OURS: &str = "hubscope-cli sub --quiet, tree and one filtered view";
pub const MOSQUITTO: &str = "mosquitto_sub > /dev/null";

/// A program that connects to `port`, subscribes, and ends after `messages` messages.
pub struct Peer {
    pub name: &'static str,
    /// Divides the number of messages: a slower peer needs fewer for the same time.
    pub part: u64,
    command: fn(&Programs, &str, &str) -> Command,
}

pub const PEERS: [Peer; 3] = [
    Peer { name: BARE, part: 1, command: bare_loop },
    Peer { name: OURS, part: 1, command: hubscope_cli },
    Peer { name: MOSQUITTO, part: 4, command: mosquitto_sub },
];

impl Peer {
    pub fn command(&self, programs: &Programs, port: u16, messages: u64) -> tokio::process::Command {
        let mut command = (self.command)(programs, &port.to_string(), &messages.to_string());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut command = tokio::process::Command::from(command);
        command.kill_on_drop(true);
        command
    }
}

fn bare_loop(programs: &Programs, port: &str, messages: &str) -> Command {
    let mut command = Command::new(&programs.bare_loop);
    command.args(["127.0.0.1", port, FILTER, messages]);
    command
}

fn hubscope_cli(programs: &Programs, port: &str, messages: &str) -> Command {
    let mut command = Command::new(&programs.hubscope_cli);
    // The text is in no payload, so that every one is searched to its end.
    command.args(["sub", "-h", "127.0.0.1", "-p", port, "-t", FILTER, "-C", messages]);
    command.args(["--quiet", "--filter", "21.75"]);
    command
}

fn mosquitto_sub(programs: &Programs, port: &str, messages: &str) -> Command {
    let mut command = programs.mosquitto_sub();
    command.args(["-h", "127.0.0.1", "-p", port, "-t", FILTER, "-C", messages]);
    command
}
