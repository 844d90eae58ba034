//! `credential connect-parameters`: what CONNECT will carry, secrets masked.

use crate::args::{CredentialArgs, CredentialCommand};
use crate::failure::Failure;
use crate::{output, pasted, source};
use hubscope_hubs::paste::{Pasted, recognise};
use hubscope_model::{ConnectParameters, Credential, ShownValue, Transport};

pub fn run(args: CredentialArgs) -> Result<(), Failure> {
    let CredentialCommand::ConnectParameters(args) = args.command;
    let text = source::connection_string(args.source)?;
    let pasted = recognise(&text).map_err(Failure::usage)?;
    let parameters = parameters(pasted)?;
    output::answer(args.json, &parameters, &facts(&parameters))
}

fn parameters(pasted: Pasted) -> Result<ConnectParameters, Failure> {
    let Pasted { recognised, options, .. } = pasted::whole(pasted)?;
    let x509 = matches!(recognised.credential, Credential::X509 { .. });
    let (hub, device) = pasted::hub_and_device(recognised, options);
    let parameters = hubscope_hubs::preview(&hub, &device);
    // The text asks for a certificate that it does not hold.
    Ok(ConnectParameters { client_certificate: parameters.client_certificate || x509, ..parameters })
}

fn facts(parameters: &ConnectParameters) -> Vec<(&'static str, String)> {
    let carrier = match parameters.transport {
        Transport::Mqtt => "",
        Transport::Mqtts => " with TLS",
        Transport::Ws => " by WebSocket",
        Transport::Wss => " by WebSocket with TLS",
        Transport::Unix => " by a Unix socket",
    };
    let server = match parameters.transport {
        Transport::Unix => String::new(),
        _ => format!("{}:{}", parameters.host, parameters.port),
    };
    let path = parameters.path.as_deref().unwrap_or_default();
    let mut facts = vec![
        ("address", format!("{server}{path}{carrier}")),
        ("client id", shown(&parameters.client_id)),
        ("user name", shown(&parameters.user_name)),
        ("password", shown(&parameters.password)),
        ("clean session", if parameters.clean_session { "yes" } else { "no" }.to_owned()),
        ("keep-alive", format!("{} s", parameters.keep_alive)),
        ("largest packet", format!("{} bytes", parameters.max_packet_size)),
        ("highest QoS", parameters.max_qos.to_string()),
    ];
    if parameters.client_certificate {
        facts.push(("client certificate", "shown in the handshake".to_owned()));
    }
    if let Some(topic) = &parameters.topic {
        facts.push(("topic", topic.clone()));
    }
    facts
}

fn shown(value: &ShownValue) -> String {
    match value {
        ShownValue::Text { text } => text.clone(),
        ShownValue::Masked { word, ends: Some(ends) } => format!("{word} •{ends}"),
        ShownValue::Masked { word, ends: None } => format!("{word} •••"),
        ShownValue::Empty => "empty".to_owned(),
        ShownValue::Anything => "anything".to_owned(),
    }
}
