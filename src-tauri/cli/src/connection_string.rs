//! `connection-string parse`: what a connection string says, without its secret.

use crate::args::{ConnectionStringArgs, ConnectionStringCommand};
use crate::failure::Failure;
use crate::{output, source};
use hubscope_hubs::azure::connection_string::{ConnectionString, Proof, Subject, parse};
use serde::Serialize;

/// What is printed.
#[derive(Serialize)]
struct Answer {
    /// "device", "module" or "policy".
    kind: &'static str,
    host: String,
    gateway: Option<String>,
    device_id: Option<String>,
    module_id: Option<String>,
    policy: Option<String>,
    /// "key", "token" or "x509".
    proof: &'static str,
    /// The last characters of key or token, where it is long enough.
    ends: Option<String>,
    /// Spaces or a last semicolon were dropped.
    trimmed: bool,
}

pub fn run(args: ConnectionStringArgs) -> Result<(), Failure> {
    let ConnectionStringCommand::Parse(args) = args.command;
    let text = source::connection_string(args.source)?;
    let answer = answer(parse(&text).map_err(Failure::usage)?);
    output::answer(args.json, &answer, &facts(&answer))
}

fn answer(string: ConnectionString) -> Answer {
    let (kind, device_id, module_id, policy) = match string.subject {
        Subject::Device(device) => ("device", Some(device), None, None),
        Subject::Module(device, module) => ("module", Some(device), Some(module), None),
        Subject::Policy(policy) => ("policy", None, None, Some(policy)),
    };
    let (proof, ends) = match &string.proof {
        Proof::Key(key) => ("key", key.ends()),
        Proof::Token(token) => ("token", token.ends()),
        Proof::X509 => ("x509", None),
    };
    Answer {
        kind,
        host: string.host,
        gateway: string.gateway,
        device_id,
        module_id,
        policy,
        proof,
        ends,
        trimmed: string.trimmed,
    }
}

fn facts(answer: &Answer) -> Vec<(&'static str, String)> {
    let proof = match &answer.ends {
        Some(ends) => format!("{} •{ends}", answer.proof),
        None => answer.proof.to_owned(),
    };
    let optional = |name, value: &Option<String>| value.clone().map(|value| (name, value));
    let facts = [
        Some(("kind", answer.kind.to_owned())),
        Some(("host", answer.host.clone())),
        optional("gateway", &answer.gateway),
        optional("device id", &answer.device_id),
        optional("module id", &answer.module_id),
        optional("policy", &answer.policy),
        Some(("proof", proof)),
        answer.trimmed.then(|| ("note", "spaces or a last semicolon were dropped".to_owned())),
    ];
    facts.into_iter().flatten().collect()
}
