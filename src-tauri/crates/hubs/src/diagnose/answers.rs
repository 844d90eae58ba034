//! Causes of MQTT, in words, each with what mends it.

use super::causes::{finding, tls_broken};
use super::outcome::Finding;
use crate::line::Trouble;
use hubscope_model::{Code, DiagnoseCause as C, DiagnoseFix as Fix, Error, MqttVersion, Text, text};

/// What a session was asked for when it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Subscribe,
    Publish,
    Echo,
}

/// An error before CONNACK, in the hub's own words where it has some.
pub(super) fn connect(error: &Error, version: MqttVersion) -> Finding {
    let other = match version {
        MqttVersion::V311 => MqttVersion::V5,
        MqttVersion::V5 => MqttVersion::V311,
    };
    let (cause, summary, fixes) = match error.code {
        Code::ProtocolVersionRefused => {
            (C::VersionRefused, text!("version refused"), vec![Fix::ChangeVersion { version: other }])
        }
        Code::ClientIdRefused => {
            (C::ClientIdRefused, text!("client id refused"), vec![Fix::ChangeClientId, Fix::EditCredential])
        }
        Code::BadUserNameOrPassword => {
            (C::CredentialRefused, text!("user name or password refused"), vec![Fix::EditCredential])
        }
        Code::NotAuthorised => (C::NotAuthorised, text!("not authorised"), vec![Fix::EditCredential]),
        Code::ServerUnavailable => (C::ServerUnavailable, text!("not available now"), vec![Fix::RunAgain]),
        Code::ClosedBeforeAnswer => (
            C::ClosedBeforeConnack,
            text!("closed without an answer"),
            vec![Fix::EditCredential, Fix::ChooseClientCertificate, Fix::ChangeClientId],
        ),
        Code::ConnectionTimeout => return no_connack(),
        Code::ProtocolError => (C::NotMqtt, text!("not MQTT"), vec![Fix::ChangePort]),
        Code::WebSocketRefused => (C::WebSocketRefused, text!("no WebSocket"), vec![Fix::ChangePath, Fix::ChangePort]),
        Code::ProxyFailed => (C::ProxyFailed, text!("the proxy failed"), vec![Fix::ChangeProxy]),
        Code::SessionTakenOver => return taken_over(),
        Code::TlsFailed => return tls_broken(),
        Code::SecretMissing | Code::InvalidKey | Code::InvalidSasToken | Code::TokenExpired | Code::BadRequest => {
            (C::CredentialUnusable, text!("the credential cannot be used"), vec![Fix::EditCredential])
        }
        _ => (C::Refused, text!("refused"), vec![Fix::RunAgain]),
    };
    finding(cause, summary, in_words(error), fixes)
}

/// The system's own error where a step before it had gone well.
pub(super) fn of_system(error: &Error) -> Finding {
    let (cause, summary) = match error.code {
        Code::HostNotFound => (C::NameNotFound, text!("name not found")),
        Code::ConnectionRefused => (C::ConnectionRefused, text!("refused")),
        _ => (C::NetworkUnreachable, text!("no way there")),
    };
    finding(cause, summary, in_words(error), vec![Fix::ChangePort, Fix::RunAgain])
}

pub(super) fn clock_skew(error: &Error) -> Finding {
    finding(C::ClockSkew, text!("the clock is wrong"), in_words(error), vec![Fix::SetClock, Fix::RunAgain])
}

pub(super) fn no_connack() -> Finding {
    let words = text!(
        "The server took the connection and left CONNECT unanswered. It may be overloaded, or the port may belong to another service that waits in silence."
    );
    finding(C::NoConnack, text!("no answer to CONNECT"), words, vec![Fix::ChangePort, Fix::RunAgain])
}

pub(super) fn taken_over() -> Finding {
    let words = text!(
        "Another client connected with the same client id, and the hub ended this connection for it. Most likely the device itself runs, or another tool uses its credential: stop one of them, or give each an id of its own."
    );
    finding(C::TakenOver, text!("taken over by another client"), words, vec![Fix::ChangeClientId, Fix::RunAgain])
}

pub(super) fn publish_refused(reason: Text) -> Finding {
    let words =
        text!("The hub refused the message: {reason}. The credential may not be allowed to publish there.", reason);
    finding(C::PublishRefused, text!("refused"), words, vec![Fix::EditCredential])
}

/// Why a question on a session that was up has no good answer.
pub(super) fn answer(trouble: Trouble, asked: Asked) -> Finding {
    match (trouble, asked) {
        (Trouble::Refused(reason), Asked::Subscribe) => finding(
            C::SubscribeRefused,
            text!("refused"),
            text!(
                "The hub refused the subscription: {reason}. The credential may not be allowed to read there.",
                reason
            ),
            vec![Fix::EditCredential],
        ),
        (Trouble::Refused(reason), _) => publish_refused(reason),
        (Trouble::NoAnswer(_) | Trouble::NoConnection, Asked::Subscribe) => finding(
            C::NoSuback,
            text!("no answer to SUBSCRIBE"),
            text!("The hub let the client in and left its subscription unanswered. It may be overloaded."),
            vec![Fix::RunAgain],
        ),
        (Trouble::NoAnswer(_) | Trouble::NoConnection, Asked::Publish) => finding(
            C::NoAcknowledgement,
            text!("no acknowledgement"),
            text!(
                "The hub did not acknowledge the message. It may be overloaded, or drop what this client may not publish."
            ),
            vec![Fix::EditCredential, Fix::RunAgain],
        ),
        (Trouble::NoAnswer(_) | Trouble::NoConnection, Asked::Echo) => finding(
            C::NoEcho,
            text!("nothing came back"),
            text!(
                "The message was taken and did not come back, although the subscription to its topic was granted. Rules of the broker may let this client write there and not read, or read and not write."
            ),
            vec![Fix::EditCredential, Fix::RunAgain],
        ),
        (Trouble::Unconfirmed, asked) => lost(asked, None),
        (Trouble::Failed(error), _) if error.code == Code::SessionTakenOver => taken_over(),
        (Trouble::Failed(error), _) if error.code == Code::TlsFailed => tls_broken(),
        (Trouble::Failed(error), asked) => lost(asked, Some(&error)),
    }
}

/// The hub ended the connection.
fn lost(asked: Asked, error: Option<&Error>) -> Finding {
    let words = match asked {
        Asked::Subscribe => text!(
            "The hub ended the connection when it got the subscription. Hubs that cannot say no do so for a topic that the client may not read."
        ),
        Asked::Publish | Asked::Echo => text!(
            "The hub ended the connection when it got the message. Hubs that cannot say no do so for a topic that the client may not publish to."
        ),
    };
    let words = match error {
        Some(error) => text!("{words} {error}", words, error),
        None => words,
    };
    finding(C::ConnectionLost, text!("the hub closed the connection"), words, vec![Fix::EditCredential, Fix::RunAgain])
}

/// What an error says, with its next step.
fn in_words(error: &Error) -> Text {
    match &error.hint {
        Some(hint) => text!("{error} {hint}", error, hint),
        None => text!("{error}", error),
    }
}
