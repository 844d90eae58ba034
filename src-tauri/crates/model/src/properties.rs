//! What MQTT 5 lets packets carry, and the last will, as forms have them.

use crate::PayloadDraft;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Properties of CONNECT (MQTT 5 section 3.1.2.11); 3.1.1 has none. The largest packet is an option of every session.
/// Enhanced authentication is not among them: the MQTT library cannot read an AUTH packet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ConnectProperties {
    /// Seconds that the broker keeps the session after a connection. None: for ever, or not at all where the session is
    /// clean.
    pub session_expiry: Option<u32>,
    /// QoS 1 and 2 messages that the broker may have under way to us at once. None: 65,535. 0 counts as 1.
    pub receive_maximum: Option<u16>,
    /// Topic aliases that the broker may use towards us; 0: none.
    pub topic_alias_maximum: u16,
    /// Names topics that we publish to by an alias once the broker knows it, as far as it allows.
    pub use_topic_aliases: bool,
    /// Whether the broker may send reason strings and user properties with every kind of packet. None: it may.
    pub request_problem_information: Option<bool>,
    /// Asks for the base of response topics ([`crate::Terms::response_information`]).
    pub request_response_information: bool,
    /// Names and values in the order in which they are sent; a name may come twice.
    pub user_properties: Vec<(String, String)>,
}

/// Properties of PUBLISH and of a will (MQTT 5 sections 3.3.2.3 and 3.1.3.2). The topic alias is not among them: it
/// belongs to a connection ([`ConnectProperties::use_topic_aliases`]).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct MessageProperties {
    /// Whether the payload is said to be UTF-8 text (true) or bytes (false).
    pub payload_is_text: Option<bool>,
    /// Seconds.
    pub message_expiry: Option<u32>,
    pub content_type: Option<String>,
    pub response_topic: Option<String>,
    pub correlation_data: Option<PayloadDraft>,
    /// As in [`ConnectProperties::user_properties`].
    pub user_properties: Vec<(String, String)>,
}

/// What the broker publishes for a device that goes without DISCONNECT (section 3.1.2.5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Will {
    pub topic: String,
    pub payload: PayloadDraft,
    /// 0 to 2.
    pub qos: u8,
    pub retain: bool,
    /// Seconds that the broker waits with it, for a device that comes back (MQTT 5).
    #[serde(default)]
    pub delay: Option<u32>,
    /// MQTT 5 only.
    #[serde(default)]
    pub properties: MessageProperties,
}

/// Which stored messages a subscription brings (retain handling, MQTT 5 section 3.8.3.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Retained {
    #[default]
    Always,
    /// Only if the broker did not have the subscription yet.
    IfNew,
    Never,
}

/// Options and properties of SUBSCRIBE (MQTT 5 sections 3.8.3.1 and 3.8.2.1); 3.1.1 has none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct SubscribeOptions {
    /// Messages that this device published itself do not come back. Not allowed for a shared subscription.
    pub no_local: bool,
    /// Messages keep their retain flag; else only those that were stored before the subscription have it.
    pub retain_as_published: bool,
    pub retained: Retained,
    /// Comes back with every message that matched this filter. 1 to 268,435,455.
    pub identifier: Option<u32>,
    pub user_properties: Vec<(String, String)>,
}
