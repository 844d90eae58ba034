//! Control packets as lines on standard error.

use crate::escape::escape;
use hubscope_hubs::kaa::topic::masked;
use hubscope_model::{ControlPacket, Direction};
use jiff::Timestamp;
use std::fmt::Write as _;

/// Prints one line. It may wait for who reads standard error, as every message there.
pub fn print(packet: &ControlPacket) {
    tokio::task::block_in_place(|| eprintln!("{}", line(packet)));
}

/// Time in UTC, direction, kind, packet id, flags, size, topic, reason, the rest.
fn line(packet: &ControlPacket) -> String {
    let ControlPacket { time, direction, kind, size, id, qos, dup, retain, topic, reason, details } = packet;
    let time = Timestamp::from_microsecond(*time).map(|time| time.strftime("%H:%M:%S%.6f").to_string());
    let arrow = if *direction == Direction::Out { "out" } else { "in " };
    let name = serde_json::to_value(kind).unwrap_or_default();
    let mut line = format!("{} {arrow} {}", time.unwrap_or_default(), name.as_str().unwrap_or_default());
    // Writing to a string cannot fail.
    let mut add = |text: std::fmt::Arguments| {
        let _infallible = write!(line, " {text}");
    };
    if let Some(id) = id {
        add(format_args!("id={id}"));
    }
    if let Some(qos) = qos {
        add(format_args!("qos={qos}"));
    }
    for (flag, name) in [(dup, "dup"), (retain, "retain")] {
        if *flag {
            add(format_args!("{name}"));
        }
    }
    match size {
        Some(size) => add(format_args!("{size} B")),
        None => add(format_args!("? B")),
    }
    if let Some(topic) = topic {
        add(format_args!("topic={:?}", masked(topic)));
    }
    if let Some(reason) = reason {
        add(format_args!("0x{:02x} {}", reason.code, reason.name));
    }
    for detail in details {
        add(format_args!("{}={:?}", detail.name, masked(&detail.value)));
    }
    escape(&line).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hubscope_model::{PacketKind, PacketReason, Property};

    #[test]
    fn a_packet_is_one_line_without_secrets_and_without_control_characters() {
        let packet = ControlPacket {
            time: 1_000_001,
            direction: Direction::In,
            kind: PacketKind::Publish,
            size: Some(70),
            id: Some(3),
            qos: Some(1),
            dup: true,
            retain: true,
            topic: Some("kp1/app-v1/dcx/a-secret-token/json\n".into()),
            reason: Some(PacketReason { code: 0x87, name: "Not authorized".into() }),
            details: vec![Property { name: "a\u{1b}".into(), value: "b".into() }],
        };
        let line = line(&packet);
        assert!(line.starts_with("00:00:01.000001 in  PUBLISH id=3 qos=1 dup retain 70 B topic="), "{line}");
        assert!(line.ends_with("0x87 Not authorized a\\u{1b}=\"b\""), "{line}");
        assert!(!line.contains("a-secret") && !line.contains('\n') && !line.contains('\u{1b}'), "{line}");
    }
}
