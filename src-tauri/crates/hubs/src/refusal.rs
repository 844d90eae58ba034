//! A refused or broken connection in the words of the hub that did it: what the vendor's papers say the answer means,
//! and what to compare. Where they only suggest a cause, the words say "may".

mod azure;
mod kaa;
mod thingsboard;

use hubscope_model::{Code, Device, Error, Hub, HubKind, Text};

/// Gives an error of a session the words of its hub. Code, evidence and weight stay; errors that have nothing to do
/// with the hub's rules (no network, TLS, our own checks) stay as they are.
pub fn explain_refusal(hub: &Hub, device: &Device, error: Error) -> Error {
    let words = match (reason(error.code), hub.kind) {
        (None, _) | (_, HubKind::MqttBroker | HubKind::Sandbox) => None,
        (Some(reason), HubKind::AzureIotHub) => azure::iot_hub(reason, device),
        (Some(reason), HubKind::AzureDps) => azure::dps(reason, device),
        (Some(reason), HubKind::ThingsBoard) => thingsboard::words(reason, device),
        (Some(reason), HubKind::Kaa) => kaa::words(reason, device),
    };
    match words {
        Some(Words { message, hint }) => Error { message: message.to_owned(), hint: Some(Box::new(hint)), ..error },
        None => error,
    }
}

/// What happened to the connection, as far as a hub's rules can explain it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    /// CONNACK says: not authorised, or bad user name or password.
    Credential,
    /// CONNACK says: client id not taken.
    ClientId,
    /// CONNACK says: not now.
    Unavailable,
    /// CONNACK says: not this version of MQTT.
    Version,
    /// The server closed without a CONNACK.
    NoAnswer,
    /// The server closed a session without a reason.
    Dropped,
}

fn reason(code: Code) -> Option<Reason> {
    Some(match code {
        Code::NotAuthorised | Code::BadUserNameOrPassword => Reason::Credential,
        Code::ClientIdRefused => Reason::ClientId,
        Code::ServerUnavailable => Reason::Unavailable,
        Code::ProtocolVersionRefused => Reason::Version,
        Code::ClosedBeforeAnswer => Reason::NoAnswer,
        Code::ConnectionLost => Reason::Dropped,
        _ => return None,
    })
}

struct Words {
    message: &'static str,
    hint: Text,
}

fn words(message: &'static str, hint: Text) -> Option<Words> {
    Some(Words { message, hint })
}
