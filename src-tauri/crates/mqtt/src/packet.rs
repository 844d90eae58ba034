//! Control packets as a packet lane shows them.
//!
//! The library hands out packets that came in as values, and of those that go out only kind and packet id. Sizes are
//! therefore computed: of what came in from the library's own encoding of it, of what goes out from what was handed over.
//! Both are what is on the wire where the shortest encoding is used, which servers do; a PUBLISH that names its topic by
//! an alias is counted with its topic.

use crate::properties::text_or_hex;
use crate::{Options, Publish};
use hubscope_model::{ControlPacket, Direction, MqttVersion, PacketKind, PacketReason, Property};

/// Characters of a topic that are kept.
const LONGEST_TOPIC: usize = 1024;
/// Characters of a detail that are kept, and how many details.
const LONGEST_DETAIL: usize = 256;
const MOST_DETAILS: usize = 32;

/// A packet of which nothing is known but its kind.
pub(crate) fn of_kind(kind: PacketKind, direction: Direction, id: Option<u16>) -> ControlPacket {
    ControlPacket {
        time: crate::time::unix_micros(),
        direction,
        kind,
        size: Some(if id.is_some() { 4 } else { 2 }),
        id,
        qos: None,
        dup: false,
        retain: false,
        topic: None,
        reason: None,
        details: Vec::new(),
    }
}

/// What an encoded packet says, whatever kind it has but PUBLISH. None if it is cut short.
pub(crate) fn of_bytes(bytes: &[u8], direction: Direction, version: MqttVersion) -> Option<ControlPacket> {
    let kind = kind(*bytes.first()?)?;
    let length = bytes.get(1..)?.iter().take_while(|byte| **byte & 0x80 != 0).count() + 1;
    let body = bytes.get(1 + length..)?;
    let has_id = !matches!(
        kind,
        PacketKind::Connect | PacketKind::Connack | PacketKind::Pingreq | PacketKind::Pingresp | PacketKind::Disconnect
    );
    let id = if has_id { Some(u16::from_be_bytes([*body.first()?, *body.get(1)?])) } else { None };
    let code = code(kind, body, version);
    Some(ControlPacket {
        size: u32::try_from(bytes.len()).ok(),
        reason: code.map(|code| PacketReason { code, name: reason_name(kind, code, version).to_owned() }),
        ..of_kind(kind, direction, id)
    })
}

/// A PUBLISH, without its payload.
pub(crate) fn publish(direction: Direction, message: &Publish, size: usize) -> ControlPacket {
    ControlPacket {
        size: u32::try_from(size).ok(),
        qos: Some(message.qos),
        retain: message.retain,
        topic: (!message.topic.is_empty()).then(|| cut(&message.topic, LONGEST_TOPIC)),
        details: vec![detail("payload", &format!("{} B", message.payload.len()))],
        ..of_kind(PacketKind::Publish, direction, None)
    }
}

/// CONNECT, of whose credential only says whether it is there.
pub(crate) fn connect(options: &Options, size: usize) -> ControlPacket {
    let five = options.version == MqttVersion::V5;
    let sent = |is_empty: bool| if is_empty { "none" } else { "sent" };
    let mut details = vec![
        detail("version", if five { "5" } else { "3.1.1" }),
        detail(if five { "clean start" } else { "clean session" }, if options.clean_session { "yes" } else { "no" }),
        detail("keep-alive", &format!("{} s", options.keep_alive().as_secs())),
        detail("client id", &options.client_id),
        detail("user name", sent(options.connect_user_name().is_empty())),
        detail("password", sent(options.connect_password().is_empty())),
    ];
    if let Some(will) = &options.will {
        details.push(detail("will QoS", &will.message.qos.to_string()));
        details.push(detail("will retain", if will.message.retain { "yes" } else { "no" }));
    }
    let topic = options.will.as_ref().map(|will| cut(&will.message.topic, LONGEST_TOPIC));
    let size = u32::try_from(size).ok();
    ControlPacket { size, topic, details, ..of_kind(PacketKind::Connect, Direction::Out, None) }
}

/// CONNACK that refuses: the library tells its code only, and the size of one with properties stays unknown.
pub(crate) fn refusal(code: u8, version: MqttVersion) -> ControlPacket {
    let name = reason_name(PacketKind::Connack, code, version).to_owned();
    ControlPacket {
        size: (version == MqttVersion::V311).then_some(4),
        reason: Some(PacketReason { code, name }),
        ..of_kind(PacketKind::Connack, Direction::In, None)
    }
}

pub(crate) fn detail(name: &str, value: &str) -> Property {
    Property { name: name.to_owned(), value: cut(value, LONGEST_DETAIL) }
}

/// Adds properties, as far as they have room.
pub(crate) fn add_details(packet: &mut ControlPacket, more: impl IntoIterator<Item = Property>) {
    let room = MOST_DETAILS.saturating_sub(packet.details.len());
    let more = more.into_iter().map(|property| Property {
        name: cut(&property.name, LONGEST_DETAIL),
        value: cut(&property.value, LONGEST_DETAIL),
    });
    packet.details.extend(more.take(room));
}

/// A topic from the wire, which may be none.
pub(crate) fn topic(bytes: &[u8]) -> Option<String> {
    (!bytes.is_empty()).then(|| cut(&text_or_hex(bytes), LONGEST_TOPIC))
}

/// A topic or filter of ours.
pub(crate) fn filter(text: &str) -> Option<String> {
    Some(cut(text, LONGEST_TOPIC))
}

fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

fn kind(first: u8) -> Option<PacketKind> {
    use PacketKind as K;
    let kinds = [
        K::Connect,
        K::Connack,
        K::Publish,
        K::Puback,
        K::Pubrec,
        K::Pubrel,
        K::Pubcomp,
        K::Subscribe,
        K::Suback,
        K::Unsubscribe,
        K::Unsuback,
        K::Pingreq,
        K::Pingresp,
        K::Disconnect,
    ];
    kinds.get(usize::from(first >> 4).checked_sub(1)?).copied()
}

/// Where a packet of this kind carries its code. MQTT 5 leaves a success away (3.4.2.1, 3.14.2.1).
fn code(kind: PacketKind, body: &[u8], version: MqttVersion) -> Option<u8> {
    let five = version == MqttVersion::V5;
    match kind {
        PacketKind::Connack => body.get(1).copied(),
        // One filter is asked for at a time.
        PacketKind::Suback => body.last().copied(),
        PacketKind::Unsuback if five => body.last().copied(),
        PacketKind::Puback | PacketKind::Pubrec | PacketKind::Pubrel | PacketKind::Pubcomp if five => {
            Some(body.get(2).copied().unwrap_or_default())
        }
        PacketKind::Disconnect if five => Some(body.first().copied().unwrap_or_default()),
        _ => None,
    }
}

/// The names of the specification: MQTT 5 section 2.4, 3.1.1 sections 3.2.2.3 and 3.9.3.
fn reason_name(kind: PacketKind, code: u8, version: MqttVersion) -> &'static str {
    if version == MqttVersion::V311 && kind == PacketKind::Connack {
        return match code {
            0 => "Connection accepted",
            1 => "Unacceptable protocol version",
            2 => "Identifier rejected",
            3 => "Server unavailable",
            4 => "Bad user name or password",
            5 => "Not authorized",
            _ => "Reserved",
        };
    }
    match (code, kind) {
        (0x00, PacketKind::Suback) => "Granted QoS 0",
        (0x00, PacketKind::Disconnect) => "Normal disconnection",
        (0x00, _) => "Success",
        (0x01, _) => "Granted QoS 1",
        (0x02, _) => "Granted QoS 2",
        (0x04, _) => "Disconnect with will message",
        (0x10, _) => "No matching subscribers",
        (0x11, _) => "No subscription existed",
        (0x18, _) => "Continue authentication",
        (0x19, _) => "Re-authenticate",
        (0x80, PacketKind::Suback) if version == MqttVersion::V311 => "Failure",
        (0x80, _) => "Unspecified error",
        (0x81, _) => "Malformed packet",
        (0x82, _) => "Protocol error",
        (0x83, _) => "Implementation specific error",
        (0x84, _) => "Unsupported protocol version",
        (0x85, _) => "Client identifier not valid",
        (0x86, _) => "Bad user name or password",
        (0x87, _) => "Not authorized",
        (0x88, _) => "Server unavailable",
        (0x89, _) => "Server busy",
        (0x8a, _) => "Banned",
        (0x8b, _) => "Server shutting down",
        (0x8c, _) => "Bad authentication method",
        (0x8d, _) => "Keep alive timeout",
        (0x8e, _) => "Session taken over",
        (0x8f, _) => "Topic filter invalid",
        (0x90, _) => "Topic name invalid",
        (0x91, _) => "Packet identifier in use",
        (0x92, _) => "Packet identifier not found",
        (0x93, _) => "Receive maximum exceeded",
        (0x94, _) => "Topic alias invalid",
        (0x95, _) => "Packet too large",
        (0x96, _) => "Message rate too high",
        (0x97, _) => "Quota exceeded",
        (0x98, _) => "Administrative action",
        (0x99, _) => "Payload format invalid",
        (0x9a, _) => "Retain not supported",
        (0x9b, _) => "QoS not supported",
        (0x9c, _) => "Use another server",
        (0x9d, _) => "Server moved",
        (0x9e, _) => "Shared subscriptions not supported",
        (0x9f, _) => "Connection rate exceeded",
        (0xa0, _) => "Maximum connect time",
        (0xa1, _) => "Subscription identifiers not supported",
        (0xa2, _) => "Wildcard subscriptions not supported",
        _ => "Unknown code",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_ids_are_read_where_each_kind_has_them() {
        let read = |bytes: &[u8], version| {
            let packet = of_bytes(bytes, Direction::In, version).unwrap();
            (packet.kind, packet.id, packet.reason.map(|reason| (reason.code, reason.name)), packet.size)
        };
        let some = |code, name: &str| Some((code, name.to_owned()));
        use MqttVersion::{V5, V311};
        use PacketKind as K;
        assert_eq!(read(&[0x20, 2, 0, 5], V311), (K::Connack, None, some(5, "Not authorized"), Some(4)));
        assert_eq!(read(&[0x40, 2, 0, 7], V311), (K::Puback, Some(7), None, Some(4)));
        assert_eq!(read(&[0x40, 2, 1, 7], V5), (K::Puback, Some(263), some(0, "Success"), Some(4)));
        assert_eq!(read(&[0x40, 3, 0, 7, 0x10], V5).2, some(0x10, "No matching subscribers"));
        assert_eq!(read(&[0x90, 3, 0, 1, 2], V311).2, some(2, "Granted QoS 2"));
        assert_eq!(read(&[0x90, 4, 0, 1, 0, 0x87], V5).2, some(0x87, "Not authorized"));
        assert_eq!(read(&[0xe0, 0], V5), (K::Disconnect, None, some(0, "Normal disconnection"), Some(2)));
        assert_eq!(read(&[0xd0, 0], V311), (K::Pingresp, None, None, Some(2)));
        assert_eq!(of_bytes(&[0x40, 2, 0], Direction::In, V5), None);
        assert_eq!(of_bytes(&[], Direction::In, V5), None);
    }

    #[test]
    fn what_strangers_send_is_cut() {
        let mut packet = of_kind(PacketKind::Publish, Direction::In, None);
        add_details(&mut packet, (0..100).map(|_| detail("ä", &"ö".repeat(10_000))));
        assert_eq!(packet.details.len(), MOST_DETAILS);
        assert!(packet.details[0].value.chars().count() <= LONGEST_DETAIL + 1);
        assert_eq!(topic("ü".repeat(5_000).as_bytes()).unwrap().chars().count(), LONGEST_TOPIC + 1);
    }
}
