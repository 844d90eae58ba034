//! What the texts that speak MQTT's own words say (addresses, command lines, calls, blocks), before it is judged.

use super::flags::Meaning;
use super::platform;
use super::{Address, Pasted, not_recognised, parse_address, proxy, version};
use crate::Secrets;
use hubscope_model::{
    Connection, HubDetails, MessageProperties, MqttVersion, PasteForm, PastedMessage, PayloadDraft, ProxyChoice,
    Result, SecretField, SessionOptions, Transport, Will, text,
};
use hubscope_vault::Secret;
use zeroize::Zeroizing;

/// Host, credential, topics and options, as far as the text has them.
pub struct Parts {
    pub form: PasteForm,
    /// Empty: the text names none.
    pub host: String,
    pub port: Option<u16>,
    pub tls: bool,
    pub web_socket: bool,
    pub connection: Connection,
    pub options: SessionOptions,
    pub client_id: Option<String>,
    pub user_name: Option<Zeroizing<String>>,
    pub password: Option<Zeroizing<String>>,
    /// Secrets that the text calls by their own name.
    pub secrets: Secrets,
    /// Kaa.
    pub app_version: Option<String>,
    pub endpoint_id: Option<String>,
    pub details: HubDetails,
    pub ca_file: Option<String>,
    pub topics: Vec<String>,
    pub qos: u8,
    pub retain: bool,
    /// The text publishes; `payload` None is an empty message.
    pub publishes: bool,
    pub payload: Option<String>,
    /// A message beside what is subscribed to.
    pub message: Option<PastedMessage>,
    pub ignored: Vec<String>,
}

impl Parts {
    pub fn new(form: PasteForm) -> Self {
        Self {
            form,
            host: String::new(),
            port: None,
            tls: false,
            web_socket: false,
            connection: Connection::default(),
            options: SessionOptions::default(),
            client_id: None,
            user_name: None,
            password: None,
            secrets: Secrets::new(),
            app_version: None,
            endpoint_id: None,
            details: HubDetails::default(),
            ca_file: None,
            topics: Vec::new(),
            qos: 0,
            retain: false,
            publishes: false,
            payload: None,
            message: None,
            ignored: Vec::new(),
        }
    }

    pub fn of_address(address: Address) -> Self {
        let mut parts = Self::new(PasteForm::Url);
        parts.take_address(address);
        parts
    }

    /// # Errors
    /// What is wrong with what was said; see [`super::recognise`].
    pub fn finish(self) -> Result<Pasted> {
        platform::judge(self)?.finish()
    }

    /// What `-L`, the first argument of a call and a bare address have in common.
    pub fn take_address(&mut self, address: Address) {
        self.host = address.host;
        self.port = Some(address.port);
        self.tls |= address.transport.is_tls();
        self.web_socket |= address.transport.is_web_socket();
        if let Some(path) = address.path {
            self.connection.path = path;
        }
        self.user_name = address.user_name.or(self.user_name.take());
        self.password = address.password.or(self.password.take());
        self.topics.extend(address.topic);
        if address.has_query {
            self.ignore("?");
        }
    }

    /// What carries MQTT, by all that was said.
    pub fn transport(&self) -> Transport {
        match (self.connection.socket.is_empty(), self.web_socket, self.tls) {
            (false, ..) => Transport::Unix,
            (_, true, true) => Transport::Wss,
            (_, true, false) => Transport::Ws,
            (_, false, true) => Transport::Mqtts,
            (_, false, false) => Transport::Mqtt,
        }
    }

    /// The will, which a text may describe in any order.
    pub fn will(&mut self) -> &mut Will {
        self.options.will.get_or_insert_with(|| Will {
            topic: String::new(),
            payload: PayloadDraft::Text { text: String::new() },
            qos: 0,
            retain: false,
            delay: None,
            properties: MessageProperties::default(),
        })
    }

    /// Names something that was read and does nothing here. `name` is shown: it must be no value.
    pub fn ignore(&mut self, name: &str) {
        if !self.ignored.iter().any(|known| known == name) {
            self.ignored.push(name.to_owned());
        }
    }

    pub fn secret(&mut self, field: SecretField, text: &str) {
        if !text.is_empty() {
            self.secrets.insert(field, Secret::new(Zeroizing::new(text.to_owned())));
        }
    }

    /// Takes an option's value. Answers whether it had an effect.
    ///
    /// # Errors
    /// `NotRecognised` for a port or address that cannot be one.
    pub fn apply(&mut self, meaning: Meaning, value: &str) -> Result<bool> {
        match meaning {
            Meaning::Host => value.clone_into(&mut self.host),
            Meaning::Port => self.port = Some(port(value)?),
            Meaning::Topic => self.topics.push(value.to_owned()),
            Meaning::Qos => return Ok(self.qos(value)),
            Meaning::UserName => self.user_name = Some(Zeroizing::new(value.to_owned())),
            Meaning::Password => self.password = Some(Zeroizing::new(value.to_owned())),
            Meaning::ClientId => self.client_id = Some(value.to_owned()),
            Meaning::Version => match version(value) {
                Some(version) => self.options.version = version,
                None => return Ok(false),
            },
            Meaning::KeepSession => self.options.clean_session = false,
            Meaning::KeepAlive => match value.parse() {
                Ok(seconds) if seconds >= 5 => self.options.keep_alive = seconds,
                _ => return Ok(false),
            },
            Meaning::Message => self.payload = Some(value.to_owned()),
            Meaning::EmptyMessage => self.payload = None,
            Meaning::Retain => self.retain = true,
            Meaning::Url => self.take_address(parse_address(value)?),
            Meaning::Protocol => self.protocol(value)?,
            Meaning::Path => value.clone_into(&mut self.connection.path),
            Meaning::Socket => value.clone_into(&mut self.connection.socket),
            Meaning::Alpn => self.connection.alpn.push(value.to_owned()),
            Meaning::Proxy => return Ok(self.proxy(value)),
            Meaning::SessionExpiry => match value.parse() {
                Ok(seconds) => self.options.properties.session_expiry = Some(seconds),
                _ => return Ok(false),
            },
            Meaning::WillTopic => value.clone_into(&mut self.will().topic),
            Meaning::WillPayload => self.will().payload = PayloadDraft::Text { text: value.to_owned() },
            Meaning::WillQos => match value.parse() {
                Ok(qos @ 0..=2) => self.will().qos = qos,
                _ => return Ok(false),
            },
            Meaning::WillRetain => self.will().retain = true,
            Meaning::CaFile => {
                self.ca_file = Some(value.to_owned());
                self.tls = true;
            }
            Meaning::SystemRoots => self.tls = true,
            Meaning::OtherTls => {
                self.tls = true;
                return Ok(false);
            }
            Meaning::Ignored => return Ok(false),
        }
        Ok(true)
    }

    fn qos(&mut self, value: &str) -> bool {
        let read = value.parse().ok().filter(|qos| (0..=2).contains(qos));
        self.qos = read.unwrap_or(self.qos);
        read.is_some()
    }

    /// The proxy of the connection; one that is none is named.
    fn proxy(&mut self, value: &str) -> bool {
        let Some((proxy, password)) = proxy::read(value) else { return false };
        self.connection.proxy = ProxyChoice::Own { proxy };
        if let Some(password) = password {
            self.secrets.insert(SecretField::ProxyPassword, password);
        }
        true
    }

    /// MQTT.js' protocols.
    fn protocol(&mut self, value: &str) -> Result<()> {
        match value.trim_end_matches("://").trim_end_matches(':') {
            "mqtts" | "ssl" | "tls" => self.tls = true,
            "mqtt" | "tcp" => {}
            "ws" => self.web_socket = true,
            "wss" => (self.web_socket, self.tls) = (true, true),
            _ => return Err(not_recognised(text!("The protocol is none of mqtt, mqtts, ws and wss."))),
        }
        Ok(())
    }

    /// MQTT 3.1.1 allows a kept session only with a client id.
    pub fn keep_session_only_with_id(&mut self) {
        if self.client_id.is_none() && self.options.version == MqttVersion::V311 {
            self.options.clean_session = true;
        }
    }
}

/// # Errors
/// `NotRecognised`.
pub fn port(value: &str) -> Result<u16> {
    let port: u16 = value.parse().map_err(|_| not_recognised(text!("A port is a number from 1 to 65535.")))?;
    if port == 0 { Err(not_recognised(text!("A port is a number from 1 to 65535."))) } else { Ok(port) }
}
