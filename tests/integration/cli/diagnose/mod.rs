//! `diagnose`: each failure of the matrix with its step, cause and fix, against real servers; and the green runs.

// Helpers of tests may panic as tests do: clippy takes this line for it.
#![cfg(test)]

mod between;
mod client;
mod hubs;
mod mqtt;
mod network;
mod server;

use anyhow::{Context, Result, ensure};
use hubscope_tests::program::{cli, run};
use serde_json::Value;
use tempfile::TempDir;

/// The steps' names, in their order.
const STEPS: [&str; 10] = [
    "resolve_name",
    "open_port",
    "tls_handshake",
    "server_chain",
    "host_name",
    "client_certificate",
    "connect",
    "subscribe",
    "publish",
    "echo",
];

/// What `diagnose --json` printed.
struct Report {
    json: Value,
    code: Option<i32>,
}

impl Report {
    fn step(&self, name: &str) -> &Value {
        let place = STEPS.iter().position(|step| *step == name).unwrap();
        &self.json["steps"][place]
    }

    fn states(&self) -> Vec<&str> {
        STEPS.iter().map(|step| self.step(step)["state"].as_str().unwrap()).collect()
    }

    /// The run failed at `step` for `cause`, offers `fix` first, explains itself, and reached nothing more of MQTT.
    #[track_caller]
    fn fails(&self, step: &str, cause: &str, fix: &str) {
        let failed = STEPS.iter().find(|name| self.step(name)["state"] == "failed");
        assert_eq!(failed, Some(&step), "{:#}", self.json);
        let found = self.step(step);
        assert_eq!(found["cause"], cause, "{found:#}");
        assert_eq!(found["fixes"][0]["fix"], fix, "{found:#}");
        let explanation = found["explanation"]["template"].as_str().unwrap();
        assert!(explanation.len() > 40 || explanation.contains("{error}"), "{explanation}");
        let place = STEPS.iter().position(|name| *name == step).unwrap();
        for later in &STEPS[(place + 1).max(6)..] {
            assert_eq!(self.step(later)["state"], "not_reached", "{later}");
        }
        assert!(matches!(self.code, Some(2 | 3)), "{:?}", self.code);
    }

    #[track_caller]
    fn is_green(&self, not_needed: &[&str]) {
        for (name, state) in STEPS.iter().zip(self.states()) {
            let expected = if not_needed.contains(name) { "not_needed" } else { "ok" };
            assert_eq!(state, expected, "{name}: {:#}", self.json);
        }
        assert_eq!(self.code, Some(0));
    }
}

const TLS: [&str; 4] = ["tls_handshake", "server_chain", "host_name", "client_certificate"];

async fn diagnose(arguments: &[&str]) -> Result<Report> {
    let mut command = cli()?;
    command.args(["diagnose", "--json"]).args(arguments);
    let ended = run(command).await?;
    let json: Value = serde_json::from_slice(&ended.stdout).with_context(|| ended.stderr.clone())?;
    let names = json["steps"].as_array().context("steps")?.iter().map(|step| step["step"].clone());
    ensure!(names.eq(STEPS.iter().map(|name| Value::from(*name))), "the steps are not in order: {json}");
    Ok(Report { json, code: ended.code })
}

async fn on_port(port: u16, arguments: &[&str]) -> Result<Report> {
    let port = port.to_string();
    diagnose(&[&["-h", "127.0.0.1", "-p", &port], arguments].concat()).await
}

/// Files for the command line.
struct Files(TempDir);

impl Files {
    fn new() -> Result<Self> {
        Ok(Self(tempfile::tempdir()?))
    }

    fn write(&self, name: &str, content: &str) -> Result<String> {
        let path = self.0.path().join(name);
        std::fs::write(&path, content)?;
        Ok(path.display().to_string())
    }
}
