//! What the library's 3.1.1 errors mean.

use super::{
    Failure, Scene, broken, closed, handshake, inbound_too_large, internal, no_pong, opening, refusals, stream,
    timeout, unreadable, untrusted,
};
use hubscope_model::{Code, Error, Text, text};
use rumqttc::mqttbytes::Error as PacketError;
use rumqttc::{ConnectReturnCode, ConnectionError, StateError, TlsError};

pub(crate) fn explain(error: ConnectionError, scene: &Scene) -> Failure {
    match error {
        ConnectionError::Io(error) => opening(&error, &scene.endpoint),
        ConnectionError::NetworkTimeout => timeout(scene),
        ConnectionError::Tls(error) => tls(error, scene),
        ConnectionError::ConnectionRefused(code) => refused(code),
        ConnectionError::NotConnAck(_) => unreadable(scene, None, text!("the first packet was not CONNACK")),
        ConnectionError::MqttState(error) => state(error, scene),
        ConnectionError::Websocket(error) => stream::web_socket(&error, scene),
        ConnectionError::ResponseValidation(error) => stream::no_web_socket(scene, error),
        // Why a tunnel was not opened it tells by itself.
        error @ (ConnectionError::FlushTimeout
        | ConnectionError::Proxy(_)
        | ConnectionError::RequestsDone
        | ConnectionError::WsConnect(_)
        | ConnectionError::InvalidUrl(_)) => internal(error.to_string()),
    }
}

pub(super) fn tls(error: TlsError, scene: &Scene) -> Failure {
    match error {
        TlsError::Io(error) => handshake(&error, scene),
        TlsError::TLS(error) => untrusted(&error),
        TlsError::DNSName(_) => Failure::fatal(
            Error::new(Code::TlsNameMismatch, "The host cannot be checked against a certificate.")
                .hint("Use a host name or an IP address."),
        ),
        error => internal(error.to_string()),
    }
}

fn state(error: StateError, scene: &Scene) -> Failure {
    match error {
        StateError::ConnectionAborted => closed(scene, None),
        StateError::AwaitPingResp => no_pong(scene),
        StateError::Io(error) | StateError::Deserialization(PacketError::Io(error)) => broken(&error, scene),
        StateError::Deserialization(PacketError::PayloadSizeLimitExceeded(size)) => inbound_too_large(scene, size),
        StateError::Deserialization(PacketError::BoundaryCrossed(length)) => {
            unreadable(scene, Some(length), Text::verbatim(PacketError::BoundaryCrossed(length).to_string()))
        }
        StateError::Deserialization(error) => unreadable(scene, None, Text::verbatim(error.to_string())),
        StateError::Unsolicited(id) => {
            unreadable(scene, None, text!("an acknowledgement of packet {id}, which was not sent", id))
        }
        StateError::WrongPacket => unreadable(scene, None, text!("a packet that only a client may send")),
        error @ (StateError::InvalidState | StateError::CollisionTimeout | StateError::EmptySubscription) => {
            internal(error.to_string())
        }
    }
}

/// CONNACK return codes (3.1.1 section 3.2.2.3).
fn refused(code: ConnectReturnCode) -> Failure {
    let number = code as u8;
    let failure = match code {
        ConnectReturnCode::RefusedProtocolVersion => refusals::version("MQTT 3.1.1", "MQTT 5"),
        ConnectReturnCode::BadClientId => refusals::client_id(),
        ConnectReturnCode::ServiceUnavailable => refusals::unavailable(),
        ConnectReturnCode::BadUserNamePassword => refusals::user_name_or_password(),
        ConnectReturnCode::NotAuthorized => refusals::not_authorised(),
        ConnectReturnCode::Success => internal("a CONNACK that accepts was taken for a refusal".into()),
    };
    let Failure { error, weight } = failure;
    Failure { error: error.detail(text!("CONNACK return code {number}", number)), weight }
}
