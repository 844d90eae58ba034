//! What the library's 3.1.1 errors mean.

use super::{
    Failure, Scene, broken, closed, handshake, inbound_too_large, internal, no_pong, opening, timeout, unreadable,
    untrusted,
};
use hubscope_model::{Code, Error};
use rumqttc::mqttbytes::Error as PacketError;
use rumqttc::{ConnectReturnCode, ConnectionError, StateError, TlsError};

pub(crate) fn explain(error: ConnectionError, scene: &Scene) -> Failure {
    match error {
        ConnectionError::Io(error) => opening(&error, scene),
        ConnectionError::NetworkTimeout => timeout(scene),
        ConnectionError::FlushTimeout => super::stuck(&scene.endpoint, scene.connect_seconds),
        ConnectionError::Tls(error) => tls(error, scene),
        ConnectionError::ConnectionRefused(code) => refused(code),
        ConnectionError::NotConnAck(_) => unreadable(scene, None, "the first packet was not CONNACK".into()),
        ConnectionError::MqttState(error) => state(error, scene),
        error @ ConnectionError::RequestsDone => internal(error.to_string()),
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
            unreadable(scene, Some(length), PacketError::BoundaryCrossed(length).to_string())
        }
        StateError::Deserialization(error) => unreadable(scene, None, error.to_string()),
        StateError::Unsolicited(id) => {
            unreadable(scene, None, format!("an acknowledgement of packet {id}, which was not sent"))
        }
        StateError::WrongPacket => unreadable(scene, None, "a packet that only a client may send".into()),
        error @ (StateError::InvalidState | StateError::CollisionTimeout | StateError::EmptySubscription) => {
            internal(error.to_string())
        }
    }
}

/// CONNACK return codes (3.1.1 section 3.2.2.3).
fn refused(code: ConnectReturnCode) -> Failure {
    let number = code as u8;
    let failure = match code {
        ConnectReturnCode::RefusedProtocolVersion => Failure::fatal(
            Error::new(Code::ProtocolVersionRefused, "The broker does not accept MQTT 3.1.1.").hint("Try MQTT 5."),
        ),
        ConnectReturnCode::BadClientId => Failure::fatal(
            Error::new(Code::ClientIdRefused, "The broker refused the client id.")
                .hint("It may be too long, hold characters that the broker does not allow, or be reserved."),
        ),
        ConnectReturnCode::ServiceUnavailable => Failure::passing(
            Error::new(Code::ServerUnavailable, "The broker is up, but its MQTT service is not available.")
                .hint("Try again later."),
        ),
        ConnectReturnCode::BadUserNamePassword => Failure::fatal(
            Error::new(Code::BadUserNameOrPassword, "The broker refused the user name or password.")
                .hint("Check the credential of the device."),
        ),
        ConnectReturnCode::NotAuthorized => Failure::fatal(
            Error::new(Code::NotAuthorised, "The broker does not let this client in.")
                .hint("Check user name, password or token; many brokers answer a wrong password so."),
        ),
        ConnectReturnCode::Success => internal("a CONNACK that accepts was taken for a refusal".into()),
    };
    let Failure { error, weight } = failure;
    Failure { error: error.detail(format!("CONNACK return code {number}")), weight }
}
