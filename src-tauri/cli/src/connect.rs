//! From arguments to the options of a session.

use crate::args::{ConnectArgs, ConnectPacketArgs};
use crate::failure::Failure;
use crate::property::Properties;
use hubscope_hubs::paste::{Address, parse_address};
use hubscope_model::{Code, Error, MqttVersion, Transport, TrustMode};
use hubscope_mqtt::{Options, Publish, PublishProperties, Retry, Subscription, WebSocket, Will};
use hubscope_pki::{Identity, Trust};
use hubscope_vault::Secret;
use std::path::Path;
use zeroize::Zeroizing;

/// What the protocol can carry; a pipe has no reason for less.
const LARGEST_PACKET: u32 = 268_435_460;
/// Larger than any PEM file of certificates that is one.
const LARGEST_CA: u64 = 1024 * 1024;

/// How to connect, the topic that a `--url` brought along, and the properties of what is sent.
pub struct Connection {
    pub options: Options,
    pub topic: Option<String>,
    pub publish: PublishProperties,
    pub subscribe: Subscription,
    /// What TLS was made with.
    pub trust: Trust,
    pub identity: Option<Identity>,
}

/// Reads address, credential and TLS settings. The password is the first of: `-P`,
/// `--password-file`, the URL's, `HUBSCOPE_PASSWORD`.
pub fn connection(args: ConnectArgs) -> Result<Connection, Failure> {
    let own_password = match (args.password, &args.password_file) {
        (Some(password), _) => Some(Zeroizing::new(password)),
        (None, Some(path)) => Some(first_line(path)?),
        (None, None) => None,
    };
    let address = args.url.map(Zeroizing::new).map(|url| parse_address(&url)).transpose().map_err(Failure::usage)?;
    let tls_asked = args.cafile.is_some()
        || args.pin.is_some()
        || args.cert.is_some()
        || args.tls_use_os_certs
        || args.way.wants_tls();
    let address = address.unwrap_or_else(|| {
        let tls = tls_asked || (args.port == Some(8883) && args.way.transport.is_none());
        let port = args.port.or(args.way.usual_port()).unwrap_or(if tls { 8883 } else { 1883 });
        let transport = if tls { Transport::Mqtts } else { Transport::Mqtt };
        Address {
            host: args.host,
            port,
            transport,
            path: None,
            user_name: None,
            password: None,
            topic: None,
            has_query: false,
        }
    });
    if hubscope_hubs::host::problem(&address.host).is_some() || address.port == 0 {
        return Err(Failure::usage(
            Error::new(Code::InvalidFields, "The address is not a host name with a port from 1 to 65535.")
                .hint("Give the name alone with -h and the port with -p, or both with --url mqtt://HOST:PORT."),
        ));
    }
    let id = args.id.unwrap_or_else(hubscope_hubs::generate_client_id);
    let mut options = Options::new(hubscope_hubs::host::for_network(&address.host), address.port, id);
    let trust = trust(args.cafile.as_deref(), args.tls_use_os_certs, args.pin.as_deref())?;
    let identity = identity(args.cert.as_deref(), args.key.as_deref())?;
    if address.transport.is_tls() || tls_asked {
        let shown = identity.as_ref().map(Identity::to_show);
        options.tls = Some(hubscope_pki::client_config(&trust, shown.as_ref()).map_err(Failure::usage)?);
    }
    options.version = args.protocol_version.into();
    options.user_name = args.user_name.or(address.user_name.map(|name| name.as_str().to_owned()));
    options.password = own_password.or(address.password).or_else(password_of_environment).map(Secret::new);
    if options.user_name.is_none() && options.password.is_some() && options.version == MqttVersion::V311 {
        return Err(Failure::usage(
            Error::new(Code::InvalidFields, "MQTT 3.1.1 sends no password without a user name.")
                .hint("Add -u NAME, or use -V mqttv5."),
        ));
    }
    options.clean_session = !args.disable_clean_session;
    options.keep_alive = args.keepalive;
    options.max_packet_size = LARGEST_PACKET;
    options.retry = Retry::Never;
    let Properties { connect, publish, subscribe, will } = Properties::read(&args.packet.properties)?;
    options.properties = connect;
    options.properties.session_expiry = args.packet.session_expiry_interval.or(options.properties.session_expiry);
    let asks_for_five = !args.packet.properties.is_empty() || args.packet.session_expiry_interval.is_some();
    if options.version == MqttVersion::V311 && asks_for_five {
        return Err(Failure::usage(
            Error::new(Code::InvalidFields, "MQTT 3.1.1 has no properties.")
                .hint("Add -V mqttv5, or leave -D and -x away."),
        ));
    }
    let will_was_described = will != Will::default();
    if let Some(topic) = args.packet.will_topic {
        let ConnectPacketArgs { will_payload, will_qos: qos, will_retain: retain, .. } = args.packet;
        let message = Publish { topic, payload: will_payload.into(), qos, retain, properties: will.message.properties };
        options.will = Some(Will { message, ..will });
    }
    if will_was_described && options.will.is_none() {
        return Err(Failure::usage(
            Error::new(Code::InvalidFields, "-D will describes a will that there is not.").hint("Add --will-topic."),
        ));
    }
    if let Some(path) = address.path {
        options.transport = hubscope_mqtt::Transport::WebSocket(WebSocket { path, headers: Vec::new() });
    }
    if let Some(path) = &args.key_log {
        options.key_log.start(path).map_err(|error| {
            let words = format!("{} cannot be written.", path.display());
            let error = Error::new(Code::FileUnwritable, words).detail(error.to_string());
            Failure::usage(error.hint("Check the path and its permissions."))
        })?;
    }
    args.way.apply(&mut options)?;
    Ok(Connection { options, topic: address.topic, publish, subscribe, trust, identity })
}

/// What servers are trusted by: the system, a CA file alone or beside it, or a pinned certificate.
pub fn trust(ca: Option<&Path>, system: bool, pin: Option<&Path>) -> Result<Trust, Failure> {
    let (mode, path) = match (ca, pin) {
        (None, None) => return Ok(Trust::System),
        (_, Some(path)) => (TrustMode::PinnedLeaf, path),
        (Some(path), None) if system => (TrustMode::SystemAndCa, path),
        (Some(path), None) => (TrustMode::CaOnly, path),
    };
    let (bytes, name) = (certificate_file(path)?, path.display().to_string());
    let read = if mode == TrustMode::PinnedLeaf { hubscope_pki::read_pins } else { hubscope_pki::read_ca };
    Ok(Trust::new(mode, read(&bytes, &name).map_err(Failure::usage)?.pem))
}

fn certificate_file(path: &Path) -> Result<Vec<u8>, Failure> {
    let size = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?.len();
    if size > LARGEST_CA {
        return Err(Failure::usage(
            Error::new(Code::FileTooLarge, format!("{} is no certificate file: {size} bytes.", path.display()))
                .hint("Give the PEM file of the CA with --cafile, or of the server with --pin."),
        ));
    }
    std::fs::read(path).map_err(|error| unreadable(path, &error))
}

/// The client certificate of two files.
pub fn identity(certificate: Option<&Path>, key: Option<&Path>) -> Result<Option<Identity>, Failure> {
    let (Some(certificate), Some(key)) = (certificate, key) else { return Ok(None) };
    let read = |path: &Path| std::fs::read(path).map(Zeroizing::new).map_err(|error| unreadable(path, &error));
    let (certificate, key) = (read(certificate)?, read(key)?);
    hubscope_pki::read_identity(&certificate, Some(&key), None).map(Some).map_err(Failure::usage)
}

/// A secret from a file.
pub fn first_line(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let text = std::fs::read_to_string(path).map(Zeroizing::new).map_err(|error| unreadable(path, &error))?;
    Ok(Zeroizing::new(text.lines().next().unwrap_or_default().to_owned()))
}

fn password_of_environment() -> Option<Zeroizing<String>> {
    std::env::var("HUBSCOPE_PASSWORD").ok().map(Zeroizing::new).filter(|password| !password.is_empty())
}

/// A file that the user named and that cannot be read.
pub fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::usage(
        Error::new(Code::FileUnreadable, format!("{} cannot be read.", path.display()))
            .detail(error.to_string())
            .hint("Check the path and its permissions."),
    )
}
