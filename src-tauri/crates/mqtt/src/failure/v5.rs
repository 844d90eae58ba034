//! What the library's MQTT 5 errors mean.

use super::{
    Failure, Scene, broken, closed, inbound_too_large, internal, no_pong, opening, reasons, refusals, stream, timeout,
    unreadable,
};
use hubscope_model::{Code, Error, Text, text};
use rumqttc::v5::mqttbytes::Error as PacketError;
use rumqttc::v5::mqttbytes::v5::{ConnectReturnCode as Connack, DisconnectReasonCode as Disconnect};
use rumqttc::v5::{ConnectionError, StateError};

/// `reference`: the other server that a DISCONNECT named.
pub(crate) fn explain(error: ConnectionError, scene: &Scene, reference: Option<String>) -> Failure {
    match error {
        ConnectionError::Io(error) => opening(&error, &scene.endpoint),
        ConnectionError::Timeout(_) => timeout(scene),
        ConnectionError::Tls(error) => super::v4::tls(error, scene),
        ConnectionError::ConnectionRefused(code) => refused(code),
        ConnectionError::NotConnAck(_) => unreadable(scene, None, text!("the first packet was not CONNACK")),
        ConnectionError::MqttState(error) => state(error, scene, reference),
        ConnectionError::Websocket(error) => stream::web_socket(&error, scene),
        ConnectionError::ResponseValidation(error) => stream::no_web_socket(scene, error),
        // Why a tunnel was not opened it tells by itself.
        error @ (ConnectionError::Proxy(_)
        | ConnectionError::RequestsDone
        | ConnectionError::WsConnect(_)
        | ConnectionError::InvalidUrl(_)) => internal(error.to_string()),
    }
}

fn state(error: StateError, scene: &Scene, reference: Option<String>) -> Failure {
    match error {
        StateError::ConnectionAborted => closed(scene, None),
        StateError::AwaitPingResp => no_pong(scene),
        StateError::Io(error) | StateError::Deserialization(PacketError::Io(error)) => broken(&error, scene),
        StateError::Deserialization(PacketError::PayloadSizeLimitExceeded { pkt_size, .. })
        | StateError::IncomingPacketTooLarge { pkt_size, .. } => inbound_too_large(scene, pkt_size),
        StateError::Deserialization(PacketError::BoundaryCrossed(length)) => {
            unreadable(scene, Some(length), Text::verbatim(PacketError::BoundaryCrossed(length).to_string()))
        }
        StateError::Deserialization(error) => unreadable(scene, None, Text::verbatim(error.to_string())),
        StateError::Unsolicited(id) => {
            unreadable(scene, None, text!("an acknowledgement of packet {id}, which was not sent", id))
        }
        StateError::WrongPacket => unreadable(scene, None, text!("a packet that only a client may send")),
        StateError::ServerDisconnect { reason_code, reason_string } => {
            let Failure { error, weight } = disconnected(reason_code, reason_string);
            let error = match reference {
                Some(server) => error.hint(text!("The broker names another server: {server}", server)),
                None => error,
            };
            Failure { error, weight }
        }
        StateError::ConnFail { reason } => refused(reason),
        error => internal(error.to_string()),
    }
}

/// CONNACK reason codes (5 section 3.2.2.2).
fn refused(code: Connack) -> Failure {
    let fatal = |words: &str, hint: Text| Failure::fatal(Error::new(Code::NotAuthorised, words).hint(hint));
    let later = |words: &str| Failure::passing(Error::new(Code::ServerUnavailable, words).hint("Try again later."));
    let counted = |code, words: &str, hint: Text| Failure::counted(Error::new(code, words).hint(hint));
    let failure = match code {
        Connack::RefusedProtocolVersion | Connack::UnsupportedProtocolVersion => {
            refusals::version("MQTT 5", "MQTT 3.1.1")
        }
        Connack::BadClientId | Connack::ClientIdentifierNotValid => refusals::client_id(),
        Connack::BadUserNamePassword => refusals::user_name_or_password(),
        Connack::NotAuthorized => refusals::not_authorised(),
        Connack::BadAuthenticationMethod => {
            fatal("The broker wants another way to authenticate.", text!("Check what the broker asks for."))
        }
        Connack::Banned => fatal("The broker has banned this client.", text!("Ask who runs the broker.")),
        Connack::ServiceUnavailable | Connack::ServerUnavailable => refusals::unavailable(),
        Connack::ServerBusy => later("The broker is busy."),
        Connack::ConnectionRateExceeded => later("Too many connects in a short time."),
        Connack::UseAnotherServer | Connack::ServerMoved => {
            counted(Code::Refused, "The broker sends clients to another server.", text!("Ask for the new host."))
        }
        Connack::PacketTooLarge => counted(
            Code::PacketTooLarge,
            "The broker found the CONNECT packet too large.",
            text!("Shorten the credential."),
        ),
        Connack::QuotaExceeded => {
            counted(Code::Refused, "A quota of the broker is used up.", text!("Ask who runs the broker."))
        }
        _ => Failure::counted(Error::new(Code::Refused, "The broker refused the connection.")),
    };
    let Failure { error, weight } = failure;
    Failure { error: error.detail(format!("CONNACK: {}", reasons::spaced(&format!("{code:?}")))), weight }
}

/// DISCONNECT from the server (5 section 3.14.2.1).
fn disconnected(code: Disconnect, said: Option<String>) -> Failure {
    let failure = match code {
        Disconnect::SessionTakenOver => Failure::fatal(
            Error::new(Code::SessionTakenOver, "Another client connected with the same client id.")
                .hint("Give each client an id of its own."),
        ),
        Disconnect::NotAuthorized => Failure::fatal(
            Error::new(Code::NotAuthorised, "The broker ended the session: it is not authorised.")
                .hint("Check the credential, and what it may do."),
        ),
        Disconnect::KeepAliveTimeout => Failure::passing(
            Error::new(Code::KeepAliveTimeout, "The broker missed our PING and ended the session.")
                .hint("The network may be slow; a longer keep-alive helps."),
        ),
        Disconnect::PacketTooLarge => Failure::counted(
            Error::new(Code::PacketTooLarge, "The broker ended the session: a packet was too large for it.")
                .hint("Send shorter payloads."),
        ),
        Disconnect::AdministrativeAction => Failure::counted(closed_by("an administrator closed the connection")),
        Disconnect::MalformedPacket | Disconnect::ProtocolError => {
            Failure::counted(Error::new(Code::ProtocolError, "The broker says that we broke the protocol."))
        }
        Disconnect::ServerShuttingDown => Failure::passing(closed_by("it is shutting down")),
        Disconnect::ServerBusy => Failure::passing(closed_by("it is busy")),
        Disconnect::MessageRateTooHigh => Failure::passing(closed_by("we sent messages too fast")),
        Disconnect::MaximumConnectTime => Failure::passing(closed_by("the longest time for a connection is over")),
        Disconnect::QuotaExceeded => Failure::passing(closed_by("a quota is used up")),
        Disconnect::UseAnotherServer | Disconnect::ServerMoved => {
            Failure::counted(closed_by("clients must use another server"))
        }
        other => Failure::counted(closed_by(&reasons::spaced(&format!("{other:?}")))),
    };
    let Failure { error, weight } = failure;
    let (name, number) = (reasons::spaced(&format!("{code:?}")), format!("0x{:02X}", code as u8));
    let said = reasons::with_text(text!("DISCONNECT: {name}, reason {number}", name, number), said);
    Failure { error: error.detail(said), weight }
}

fn closed_by(reason: &str) -> Error {
    Error::new(Code::ClosedByServer, format!("The broker ended the session: {reason}."))
}
