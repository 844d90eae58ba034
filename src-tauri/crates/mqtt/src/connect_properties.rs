//! What an MQTT 5 CONNECT carries besides the credential.

/// Properties of CONNECT (MQTT 5 section 3.1.2.11); 3.1.1 has none. The largest packet is [`crate::Options::max_packet_size`].
/// Enhanced authentication is not among them: the library cannot read an AUTH packet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConnectProperties {
    /// Seconds that the broker keeps the session after a connection. None: for ever, or not at all where the session is clean.
    pub session_expiry: Option<u32>,
    /// QoS 1 and 2 messages that the broker may have under way to us at once. None: 65,535. 0 counts as 1.
    pub receive_maximum: Option<u16>,
    /// Topic aliases that the broker may use towards us; 0: none.
    pub topic_alias_maximum: u16,
    /// Names topics that we publish to by an alias once the broker knows it, as far as it allows.
    pub use_topic_aliases: bool,
    /// Whether the broker may send reason strings and user properties with every kind of packet. None: it may.
    pub request_problem_information: Option<bool>,
    /// Asks for the base of response topics (`Terms::response_information`).
    pub request_response_information: bool,
    pub user_properties: Vec<(String, String)>,
}
