//! What a session is told before it starts.

use crate::failure::Failure;
use crate::message::{Will, check_text, check_user_properties};
use crate::route::{Address, Proxy, Route, bracketed};
use crate::{ConnectProperties, KeyLog, TokenSource, Transport};
use hubscope_model::{Code, Error, MqttVersion};
use hubscope_vault::Secret;
use std::sync::Arc;
use std::time::Duration;

/// Everything that a session needs to connect and to stay connected.
#[derive(Clone, Debug)]
pub struct Options {
    /// Host name or address; IPv6 with or without brackets.
    pub host: String,
    pub port: u16,
    pub transport: Transport,
    /// None: no TLS.
    pub tls: Option<Arc<rustls::ClientConfig>>,
    /// Protocols that TLS offers by ALPN (RFC 7301), most wanted first; added to those of `tls`.
    pub alpn: Vec<String>,
    /// Where TLS keys go, if anywhere.
    pub key_log: KeyLog,
    /// Tells [`crate::Sink::packet`] of every control packet from the first on; [`crate::Session::watch_packets`] changes it.
    pub watch_packets: bool,
    /// Connects here instead; `host` and `port` stay the names for TLS (SNI and certificate) and for HTTP.
    pub address: Option<Address>,
    pub proxy: Option<Proxy>,
    pub version: MqttVersion,
    /// Empty: the broker chooses one. Needs a clean session.
    pub client_id: String,
    pub user_name: Option<String>,
    /// A token that stands in the place of the user name; wins over `user_name`.
    pub user_name_secret: Option<Secret<String>>,
    pub password: Option<Secret<String>>,
    /// Where the password is a token that ends: each CONNECT carries a fresh one, in the place of `password`.
    pub token: Option<Arc<dyn TokenSource>>,
    /// Whether a session exchanges its token by itself before it ends, by a planned reconnect. Without, the hub ends
    /// the connection with the token. [`crate::Session::set_auto_renew`] changes it later.
    pub auto_renew: bool,
    /// 3.1.1: clean session. 5: clean start, and the session ends with the connection unless `properties` say otherwise.
    pub clean_session: bool,
    pub will: Option<Will>,
    /// MQTT 5 only.
    pub properties: ConnectProperties,
    /// Seconds between PINGs. 5 to 65535; smaller values count as 5 (the MQTT 5 side of the library takes no less).
    pub keep_alive: u16,
    /// Largest packet that is taken and sent, in bytes.
    pub max_packet_size: u32,
    pub retry: Retry,
    pub timing: Timing,
}

impl Options {
    /// A clean 3.1.1 session over plain TCP without a credential.
    pub fn new(host: impl Into<String>, port: u16, client_id: impl Into<String>) -> Self {
        Self {
            host: host.into(),
            port,
            transport: Transport::Tcp,
            tls: None,
            alpn: Vec::new(),
            key_log: KeyLog::default(),
            watch_packets: false,
            address: None,
            proxy: None,
            version: MqttVersion::V311,
            client_id: client_id.into(),
            user_name: None,
            user_name_secret: None,
            password: None,
            token: None,
            auto_renew: true,
            clean_session: true,
            will: None,
            properties: ConnectProperties::default(),
            keep_alive: 60,
            max_packet_size: 16 * 1024 * 1024,
            retry: Retry::Forever,
            timing: Timing::default(),
        }
    }

    /// What the library would panic on or send wrong.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        if self.client_id.is_empty() && !self.clean_session {
            let error = Error::new(Code::ClientIdRefused, "A session that is kept needs a client id.");
            return Err(Failure::fatal(error.hint("Enter a client id, or use a clean session.")));
        }
        let texts = [("client_id", self.client_id.as_str()), ("user_name", self.connect_user_name())];
        let texts = texts.into_iter().chain([("password", self.connect_password())]);
        let mut checked = texts.map(|(field, text)| check_text(field, text));
        let will = || self.will.as_ref().map_or(Ok(()), Will::check);
        checked
            .try_for_each(|checked| checked)
            .and_then(|()| will())
            .and_then(|()| check_user_properties(&self.properties.user_properties))
            .map_err(Failure::own)
    }

    /// The host without the brackets of an IPv6 address, which belong to URLs.
    pub(crate) fn bare_host(&self) -> &str {
        self.host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(&self.host)
    }

    pub(crate) fn url_host(&self) -> String {
        bracketed(self.bare_host())
    }

    /// The other end, for words.
    pub(crate) fn endpoint(&self) -> String {
        match &self.transport {
            #[cfg(unix)]
            Transport::Unix(path) => path.display().to_string(),
            Transport::Tcp | Transport::WebSocket(_) => format!("{}:{}", self.url_host(), self.port),
        }
    }

    /// Host and port, as the broker is named.
    pub(crate) fn name(&self) -> Address {
        Address::new(self.bare_host(), self.port)
    }

    /// Whether the library cannot go the way by itself.
    pub(crate) fn needs_tunnel(&self) -> bool {
        self.address.is_some() || self.proxy.is_some()
    }

    pub(crate) fn route(&self) -> Route {
        Route { target: self.address.clone().unwrap_or_else(|| self.name()), proxy: self.proxy.clone() }
    }

    /// The keep-alive in force.
    pub(crate) fn keep_alive(&self) -> Duration {
        Duration::from_secs(self.keep_alive.max(5).into())
    }

    /// User name and password that a CONNECT at `now` (Unix seconds) would carry, for whoever asked to have them.
    ///
    /// # Errors
    /// Those of the token's source.
    pub fn login(&self, now: i64) -> hubscope_model::Result<(Secret<String>, Secret<String>)> {
        let user_name = Secret::new(self.connect_user_name().to_owned().into());
        let password = match &self.token {
            Some(source) => source.fresh(now)?.password,
            None => Secret::new(self.connect_password().to_owned().into()),
        };
        Ok((user_name, password))
    }

    /// The user name that CONNECT carries.
    pub(crate) fn connect_user_name(&self) -> &str {
        match &self.user_name_secret {
            Some(token) => hubscope_vault::for_connector(token),
            None => self.user_name.as_deref().unwrap_or_default(),
        }
    }

    /// The password that CONNECT carries.
    pub(crate) fn connect_password(&self) -> &str {
        self.password.as_ref().map(hubscope_vault::for_connector).unwrap_or_default()
    }
}

/// What follows the end of a connection that nobody asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Try again, with back-off, until a cause that trying again cannot cure.
    Forever,
    /// The first failure is final, and so is the loss of a connection.
    Never,
}

/// The session's clocks. Tests shorten them.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// Upper bound of the first wait; it doubles with every attempt. The wait itself is drawn from 0 to the bound.
    pub first_wait: Duration,
    /// Upper bound of every wait.
    pub longest_wait: Duration,
    /// From the name lookup to CONNACK; whole seconds.
    pub connect: Duration,
    /// A connection on which the broker said nothing for so long is given up, PINGs included; so it must be longer
    /// than the keep-alive, or idle connections end. None: one and a half times the keep-alive.
    pub silence: Option<Duration>,
    /// Unix microseconds. A machine that slept is told by this clock running away from the other.
    pub clock: fn() -> i64,
    /// How long a renewal waits for the acknowledgements that are still open before it reconnects.
    pub settle: Duration,
    /// How long a polite DISCONNECT may take.
    pub close: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            first_wait: Duration::from_secs(1),
            longest_wait: Duration::from_secs(60),
            connect: Duration::from_secs(20),
            silence: None,
            clock: crate::time::unix_micros,
            settle: Duration::from_secs(2),
            close: Duration::from_secs(2),
        }
    }
}
