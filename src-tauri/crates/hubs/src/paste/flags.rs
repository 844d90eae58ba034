//! Every option of mosquitto_pub and mosquitto_sub (2.0 and 2.1) and of MQTT.js' `mqtt` (5), by what it takes and what
//! it means here.
//!
//! The ones without a meaning here are listed, too: only who knows how many words an option takes
//! can read the ones behind it.

/// What an option means to Hubscope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    Host,
    Port,
    Topic,
    Qos,
    UserName,
    Password,
    ClientId,
    Version,
    KeepSession,
    KeepAlive,
    Message,
    EmptyMessage,
    Retain,
    Url,
    /// Of a WebSocket.
    Path,
    /// File of a Unix socket.
    Socket,
    Alpn,
    Proxy,
    SessionExpiry,
    WillTopic,
    WillPayload,
    WillQos,
    WillRetain,
    /// `mqtt`, `mqtts` …
    Protocol,
    CaFile,
    /// Asks for TLS with the system's roots.
    SystemRoots,
    /// Asks for TLS in a way that is not followed; named as ignored.
    OtherTls,
    /// Read, named as ignored, without effect.
    Ignored,
}

/// An option and how many words follow it.
pub struct Flag {
    names: &'static [&'static str],
    pub words: usize,
    pub meaning: Meaning,
}

const fn flag(names: &'static [&'static str], words: usize, meaning: Meaning) -> Flag {
    Flag { names, words, meaning }
}

/// The option called `name`, if the program has it.
pub fn find(program: &'static [Flag], name: &str) -> Option<&'static Flag> {
    program.iter().find(|flag| flag.names.contains(&name))
}

use Meaning::*;

pub const MOSQUITTO: &[Flag] = &[
    flag(&["-h", "--host"], 1, Host),
    flag(&["-p", "--port"], 1, Port),
    flag(&["-t", "--topic"], 1, Topic),
    flag(&["-q", "--qos"], 1, Qos),
    flag(&["-u", "--username"], 1, UserName),
    flag(&["-P", "--pw"], 1, Password),
    flag(&["-i", "--id"], 1, ClientId),
    flag(&["-V", "--protocol-version"], 1, Version),
    flag(&["-c", "--disable-clean-session"], 0, KeepSession),
    flag(&["-k", "--keepalive"], 1, KeepAlive),
    flag(&["-m", "--message"], 1, Message),
    flag(&["-n", "--null-message"], 0, EmptyMessage),
    flag(&["-r", "--retain"], 0, Retain),
    flag(&["-L", "--url"], 1, Url),
    flag(&["--cafile"], 1, CaFile),
    flag(&["--tls-use-os-certs"], 0, SystemRoots),
    flag(&["--capath", "--psk"], 1, OtherTls),
    flag(&["--tls-alpn"], 1, Alpn),
    flag(&["--unix"], 1, Socket),
    flag(&["--proxy"], 1, Proxy),
    flag(&["-x", "--session-expiry-interval"], 1, SessionExpiry),
    flag(&["--will-topic"], 1, WillTopic),
    flag(&["--will-payload"], 1, WillPayload),
    flag(&["--will-qos"], 1, WillQos),
    flag(&["--will-retain"], 0, WillRetain),
    flag(&["--cert", "--key", "--keyform", "--ciphers", "--tls-version"], 1, Ignored),
    flag(&["--tls-engine", "--tls-engine-kpass-sha1", "--tls-keylog", "--psk-identity"], 1, Ignored),
    // Never followed: an unchecked certificate is no TLS.
    flag(&["--insecure", "--no-tls"], 0, Ignored),
    flag(&["-A", "-I", "--id-prefix"], 1, Ignored),
    flag(&["-C", "-F", "-T", "--filter-out", "-U", "--unsubscribe", "-W", "--random-filter", "-o"], 1, Ignored),
    flag(&["-f", "--file", "-M", "--max-inflight", "--repeat", "--repeat-delay", "--retain-handling"], 1, Ignored),
    flag(&["-e"], 1, Ignored),
    flag(&["-d", "--debug", "-E", "-l", "--stdin-line", "-s", "--stdin-file", "-N", "-R", "-S"], 0, Ignored),
    flag(&["-v", "--verbose", "--quiet", "--pretty", "--nodelay", "--watch"], 0, Ignored),
    flag(&["--retain-as-published", "--retained-only", "--remove-retained", "--help", "--version"], 0, Ignored),
    // `-D command name value`; a user property has one word more.
    flag(&["-D", "--property"], 3, Ignored),
];

pub const MQTTJS: &[Flag] = &[
    flag(&["-h", "--host", "--hostname"], 1, Host),
    flag(&["-p", "--port"], 1, Port),
    flag(&["-t", "--topic"], 1, Topic),
    flag(&["-q", "--qos"], 1, Qos),
    flag(&["-u", "--username"], 1, UserName),
    flag(&["-P", "--password"], 1, Password),
    flag(&["-i", "--id", "--clientId", "--client-id"], 1, ClientId),
    flag(&["-V", "--protocolVersion", "--protocol-version"], 1, Version),
    flag(&["--no-clean"], 0, KeepSession),
    flag(&["-k", "--keepalive", "--keep-alive"], 1, KeepAlive),
    flag(&["-m", "--message"], 1, Message),
    flag(&["-r", "--retain"], 0, Retain),
    flag(&["-C", "-l", "--protocol"], 1, Protocol),
    flag(&["--ca", "--cafile"], 1, CaFile),
    flag(&["--cert", "--key"], 1, OtherTls),
    // Never followed: an unchecked certificate is no TLS.
    flag(&["--insecure"], 0, Ignored),
    flag(&["--path"], 1, Path),
    flag(&["--will-topic"], 1, WillTopic),
    flag(&["--will-payload", "--will-message"], 1, WillPayload),
    flag(&["--will-qos"], 1, WillQos),
    flag(&["--will-retain"], 0, WillRetain),
    flag(&["-s", "--stdin", "-M", "--multiline", "-v", "--verbose", "-c", "--clean"], 0, Ignored),
    flag(&["-H", "--help"], 0, Ignored),
];
