//! What the server answers to a CONNECT whose credential it does not know.

use hubscope_model::MqttVersion;

/// What a CONNECT carried. An empty client id counts as none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Presented<'a> {
    pub user_name: Option<&'a str>,
    /// A password was sent, be it empty.
    pub password: bool,
    pub client_id: &'a str,
    /// A client certificate was shown in the handshake.
    pub certificate: bool,
}

/// The CONNACK code for credentials that no device has (`MqttTransportHandler`): a return code of MQTT 3.1.1 or a
/// reason code of MQTT 5.
pub fn answer_to_unknown(presented: Presented<'_>, version: MqttVersion) -> u8 {
    let named = presented.user_name.is_some() || presented.password;
    let (v3, v5) = match (presented.certificate, named, presented.client_id.is_empty()) {
        // Not authorised.
        (true, ..) | (false, false, true) => (5, 0x87),
        // Bad user name or password, which the server calls "not authorised" in 3.1.1.
        (false, true, _) => (5, 0x86),
        // Identifier rejected.
        (false, false, false) => (2, 0x85),
    };
    match version {
        MqttVersion::V311 => v3,
        MqttVersion::V5 => v5,
    }
}
