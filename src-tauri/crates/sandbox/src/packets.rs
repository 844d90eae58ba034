//! Packets of both versions, read into and built from the sandbox's own words.

mod incoming;
mod outgoing;

pub(crate) use incoming::{Incoming, Wish, incoming};
pub(crate) use outgoing::{Welcome, connack, disconnect, puback, pubcomp, publish, pubrec, pubrel, suback, unsuback};

use crate::handshake::Connect;
use mqtt_protocol_core::mqtt::Version;
use mqtt_protocol_core::mqtt::packet::{MaximumPacketSize, Property, TopicAliasMaximum, v3_1_1, v5_0};
use mqtt_protocol_core::mqtt::result_code::MqttError;

/// A CONNECT with only what the protocol library works with: keep-alive and the client's own limits. Its session is
/// always clean, so that the library stores nothing; the window is kept by the outbox, because the library counts
/// below zero for what was sent on an earlier connection.
pub(crate) fn bare_connect(connect: &Connect) -> Result<Vec<u8>, MqttError> {
    if connect.version != Version::V5_0 {
        let bare = v3_1_1::Connect::builder().client_id("c")?.clean_session(true).keep_alive(connect.keep_alive);
        return Ok(bare.build()?.to_continuous_buffer());
    }
    let mut limits: Vec<Property> = Vec::new();
    if let Some(size) = connect.maximum_packet_size {
        limits.push(MaximumPacketSize::new(size)?.into());
    }
    if connect.topic_alias_maximum > 0 {
        limits.push(TopicAliasMaximum::new(connect.topic_alias_maximum)?.into());
    }
    let bare = v5_0::Connect::builder().client_id("c")?.clean_start(true).keep_alive(connect.keep_alive).props(limits);
    Ok(bare.build()?.to_continuous_buffer())
}
