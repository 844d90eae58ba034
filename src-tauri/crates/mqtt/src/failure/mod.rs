//! Why a connection ended, as a model error, and whether trying again can help.

pub(crate) mod reasons;
mod refusals;
mod stream;
pub(crate) mod v4;
pub(crate) mod v5;

use crate::Options;
use hubscope_model::{Code, Error, MqttVersion, Text, text};
use std::io;

const NO_ANSWER: Text = text!("Check host and port; a firewall may drop the packets.");

/// The end of a connection or of an attempt.
#[derive(Debug)]
pub(crate) struct Failure {
    pub error: Error,
    pub weight: Weight,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// May be gone at the next attempt.
    Passing,
    /// Likely the same again: three equal ones in a row end the session.
    Counted,
    /// Trying again cannot help.
    Fatal,
}

impl Failure {
    /// An error that time can cure.
    pub fn passing(error: Error) -> Self {
        Self { error: error.retryable(), weight: Weight::Passing }
    }

    pub fn counted(error: Error) -> Self {
        Self { error, weight: Weight::Counted }
    }

    pub fn fatal(error: Error) -> Self {
        Self { error, weight: Weight::Fatal }
    }

    /// An error of our own side, before anything was sent.
    pub fn own(error: Error) -> Self {
        let weight = if error.retryable { Weight::Passing } else { Weight::Fatal };
        Self { error, weight }
    }
}

/// What must be known of a connection to tell what its end means.
#[derive(Clone, Debug)]
pub(crate) struct Scene {
    /// "host:port", for words.
    pub endpoint: String,
    pub tls: bool,
    pub version: MqttVersion,
    /// CONNACK came.
    pub online: bool,
    /// Largest packet that we take.
    pub max_packet_size: u32,
    /// Seconds that connecting may take.
    pub connect_seconds: u64,
}

impl Scene {
    pub fn new(options: &Options) -> Self {
        Self {
            endpoint: options.endpoint(),
            tls: options.tls.is_some(),
            version: options.version,
            online: false,
            max_packet_size: options.max_packet_size,
            connect_seconds: options.timing.connect.as_secs().max(1),
        }
    }
}

/// An error of the socket while it was being opened. The library resolves the name in the same step; only that
/// part fails without an error number of the system (on Windows with one of the resolver's own).
pub(crate) fn opening(error: &io::Error, endpoint: &str) -> Failure {
    let failure = match (error.raw_os_error(), error.kind()) {
        (None | Some(11001..=11004), _) => {
            Error::new(Code::HostNotFound, format!("No address is known for the host of {endpoint}."))
                .hint("Check the host name, and that this machine is on the network.")
        }
        (_, io::ErrorKind::ConnectionRefused) => {
            Error::new(Code::ConnectionRefused, format!("Nothing listens at {endpoint}."))
                .hint("Check the port, and that the broker runs.")
        }
        (_, io::ErrorKind::TimedOut) => {
            Error::new(Code::ConnectionTimeout, format!("{endpoint} did not answer.")).hint(NO_ANSWER)
        }
        (_, io::ErrorKind::NetworkUnreachable | io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkDown) => {
            Error::new(Code::NetworkUnreachable, format!("There is no way from this machine to {endpoint}."))
                .hint("Check the network connection, VPN and proxy.")
        }
        _ => Error::new(Code::NetworkUnreachable, format!("The connection to {endpoint} could not be opened.")),
    };
    Failure::passing(failure.detail(error.to_string()))
}

fn timeout(scene: &Scene) -> Failure {
    let Scene { endpoint, connect_seconds, .. } = scene;
    Failure::passing(
        Error::new(Code::ConnectionTimeout, format!("{endpoint} did not answer within {connect_seconds} s."))
            .hint(NO_ANSWER),
    )
}

/// The handshake failed. rustls wraps its own errors into an I/O error.
fn handshake(error: &io::Error, scene: &Scene) -> Failure {
    if let Some(tls) = rustls_error(error) {
        return untrusted(tls);
    }
    let error = Error::new(
        Code::PortIsNotTls,
        format!("{} closed the connection during the TLS handshake: it probably does not speak TLS.", scene.endpoint),
    )
    .detail(error.to_string())
    .hint("Turn TLS off, or use the port for TLS (often 8883).");
    // A guess from how it ended; a broker that is just restarting ends the same way.
    Failure::counted(error)
}

/// The TLS error inside; over a WebSocket it is wrapped several times.
fn rustls_error(error: &io::Error) -> Option<&rustls::Error> {
    let first = error.get_ref().map(|inner| inner as &(dyn std::error::Error + 'static));
    std::iter::successors(first, |error| match error.downcast_ref::<io::Error>() {
        Some(io) => io.get_ref().map(|inner| inner as _),
        None => error.source(),
    })
    .find_map(|error| error.downcast_ref())
}

fn untrusted(error: &rustls::Error) -> Failure {
    Failure::fatal(hubscope_pki::explain(error))
}

/// The stream broke after it was open.
fn broken(error: &io::Error, scene: &Scene) -> Failure {
    if let Some(tls) = rustls_error(error) {
        return untrusted(tls);
    }
    closed(scene, Some(Text::verbatim(error.to_string())))
}

/// The other side closed the connection without a word of MQTT.
fn closed(scene: &Scene, detail: Option<Text>) -> Failure {
    let endpoint = &scene.endpoint;
    let mut error = if scene.online {
        Error::new(Code::ConnectionLost, format!("The connection to {endpoint} was closed by the other side."))
            .hint("If it happens at once after every connect, another client may use the same client id.")
    } else {
        let hint = match (scene.tls, scene.version) {
            (true, MqttVersion::V311) => {
                text!("The broker may expect another client id or credential, or a client certificate.")
            }
            (true, MqttVersion::V5) => text!(
                "The broker may expect another client id or credential, or a client certificate, or speak MQTT 3.1.1 only."
            ),
            (false, MqttVersion::V311) => text!("The broker may expect another client id or credential, or TLS."),
            (false, MqttVersion::V5) => {
                text!("The broker may expect another client id or credential, or TLS, or speak MQTT 3.1.1 only.")
            }
        };
        Error::new(Code::ClosedBeforeAnswer, format!("{endpoint} closed the connection before it answered CONNECT."))
            .hint(hint)
    };
    error.detail = detail.map(Box::new);
    Failure::passing(error)
}

/// Bytes that are no MQTT packet. `crossed`: a text was announced as longer than its packet.
fn unreadable(scene: &Scene, crossed: Option<usize>, detail: Text) -> Failure {
    let endpoint = &scene.endpoint;
    // A TLS alert record (15 03 vv 00 02, RFC 8446 section 5.1) read as MQTT: a packet of three bytes that
    // begins with the text length vv00.
    if !scene.online && !scene.tls && crossed.is_some_and(|length| matches!(length, 0x0100 | 0x0200 | 0x0300)) {
        return wants_tls(endpoint, detail);
    }
    if !scene.online {
        return Failure::counted(
            Error::new(Code::ProtocolError, format!("{endpoint} answered with something that is not MQTT."))
                .detail(detail)
                .hint("Check that the port belongs to an MQTT broker."),
        );
    }
    Failure::counted(
        Error::new(Code::ProtocolError, "The broker sent a packet that breaks the protocol.").detail(detail),
    )
}

/// We spoke plainly to a TLS server.
pub(crate) fn wants_tls(endpoint: &str, detail: Text) -> Failure {
    Failure::fatal(
        Error::new(Code::PortWantsTls, format!("{endpoint} speaks TLS; the connection was plain."))
            .detail(detail)
            .hint("Turn TLS on, or use the plain port (often 1883)."),
    )
}

fn inbound_too_large(scene: &Scene, size: usize) -> Failure {
    let limit = scene.max_packet_size;
    Failure::counted(
        Error::new(Code::PacketTooLarge, format!("The broker sent a packet of {size} bytes; {limit} are allowed."))
            .hint("Raise the maximum packet size of the connection."),
    )
}

fn no_pong(scene: &Scene) -> Failure {
    Failure::passing(
        Error::new(Code::KeepAliveTimeout, format!("{} did not answer a PING.", scene.endpoint))
            .hint("The network may be gone, or the broker overloaded."),
    )
}

/// Our side of the library gave up; no user action helps.
fn internal(detail: String) -> Failure {
    Failure::counted(Error::new(Code::Internal, "The connection ended for a reason inside Hubscope.").detail(detail))
}

/// The broker says nothing any more.
pub(crate) fn silent(endpoint: &str, seconds: u64) -> Failure {
    Failure::passing(
        Error::new(Code::ConnectionLost, format!("{endpoint} said nothing for {seconds} s; given up."))
            .hint("The network may be gone, or the broker overloaded."),
    )
}

/// The broker talks, and leaves something unanswered that everything else waits behind.
pub(crate) fn stuck(endpoint: &str, seconds: u64) -> Failure {
    Failure::passing(
        Error::new(Code::ConnectionLost, format!("{endpoint} left a request unanswered for {seconds} s; given up."))
            .hint("The broker may be overloaded, or have lost an acknowledgement."),
    )
}

/// The machine slept for longer than a broker waits.
pub(crate) fn slept(seconds: u64) -> Failure {
    Failure::passing(
        Error::new(Code::ConnectionLost, format!("This machine slept for {seconds} s; the connection is made anew."))
            .hint("Nothing has to be done."),
    )
}
