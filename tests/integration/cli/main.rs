//! The command line as scripts and people use it, against real brokers and clients.

mod certificates;
mod credentials;
mod diagnose;
mod exits;
mod mutual_tls;
mod package;
mod packets;
mod publish;
mod quiet;
mod sandbox;
mod secrets;
mod serve;
mod sub;
mod terminal;
mod tls;
mod ways;

use anyhow::Result;
use hubscope_tests::mosquitto::{Broker, tool};
use hubscope_tests::program::{Program, cli};
use std::process::Command;

/// `hubscope-cli sub` on a plain broker, subscribed.
async fn subscriber(broker: &Broker, arguments: &[&str]) -> Result<Program> {
    let mut command = on_broker("sub", broker)?;
    command.args(arguments);
    let mut program = Program::start(command)?;
    program.says("subscribed").await?;
    Ok(program)
}

/// `hubscope-cli VERB -h 127.0.0.1 -p PORT`.
fn on_broker(verb: &str, broker: &Broker) -> Result<Command> {
    let mut command = cli()?;
    command.args([verb, "-h", "127.0.0.1", "-p", &broker.port().to_string()]);
    Ok(command)
}

/// `mosquitto_pub` or `mosquitto_sub` on a plain broker.
fn mosquitto_client(name: &str, broker: &Broker, arguments: &[&str]) -> Result<Command> {
    let mut command = tool(name)?;
    command.args(["-h", "127.0.0.1", "-p", &broker.port().to_string()]).args(arguments);
    Ok(command)
}
