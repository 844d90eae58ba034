//! MQTT 3.1.1 packets as bytes, written here from the specification: nothing of ours or of a library.

use std::io::{self, Read};

/// Topics that the messages go round over.
pub const TOPICS: usize = 100;

/// The filter that covers them.
pub const FILTER: &str = "bench/#";

/// Pre-encoded QoS 0 PUBLISH packets (section 3.3), one a topic, with payloads of `size` bytes.
pub fn publishes(size: usize) -> Vec<Vec<u8>> {
    (0..TOPICS).map(|number| publish(&format!("bench/device{number:03}/temp"), &payload(number, size))).collect()
}

/// JSON where there is room for it.
fn payload(number: usize, size: usize) -> Vec<u8> {
    let start = format!("{{\"t\":21.5,\"n\":{number}");
    let mut payload = start.into_bytes();
    if payload.len() + 10 < size {
        payload.extend_from_slice(b",\"pad\":\"");
        payload.resize(size - 2, b'x');
        payload.push(b'"');
    } else {
        payload.resize(size - 1, b' ');
    }
    payload.push(b'}');
    payload
}

fn publish(topic: &str, payload: &[u8]) -> Vec<u8> {
    let mut packet = vec![0x30];
    remaining_length(&mut packet, 2 + topic.len() + payload.len());
    string(&mut packet, topic);
    packet.extend_from_slice(payload);
    packet
}

/// CONNECT of a clean session with a keep-alive of `0`, that is none (section 3.1).
pub fn connect(client_id: &str) -> Vec<u8> {
    let mut packet = vec![0x10];
    remaining_length(&mut packet, 10 + 2 + client_id.len());
    string(&mut packet, "MQTT");
    packet.extend_from_slice(&[4, 0b10, 0, 0]);
    string(&mut packet, client_id);
    packet
}

pub const CONNACK: &[u8] = &[0x20, 2, 0, 0];
pub const PINGRESP: &[u8] = &[0xd0, 0];
pub const DISCONNECT: &[u8] = &[0xe0, 0];

/// SUBACK that grants one filter QoS 0; `subscribe` is the body of the SUBSCRIBE.
pub fn suback(subscribe: &[u8]) -> Vec<u8> {
    [&[0x90, 3], &subscribe[..2], &[0]].concat()
}

/// Reads one packet: its first byte and its body.
pub fn read(stream: &mut impl Read) -> io::Result<(u8, Vec<u8>)> {
    let mut byte = [0];
    stream.read_exact(&mut byte)?;
    let first = byte[0];
    let (mut length, mut shift) = (0usize, 0);
    loop {
        stream.read_exact(&mut byte)?;
        length |= usize::from(byte[0] & 0x7f) << shift;
        shift += 7;
        if byte[0] & 0x80 == 0 {
            break;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok((first, body))
}

/// Section 2.2.3.
fn remaining_length(packet: &mut Vec<u8>, mut length: usize) {
    loop {
        let low = (length % 128) as u8;
        length /= 128;
        packet.push(if length > 0 { low | 0x80 } else { low });
        if length == 0 {
            return;
        }
    }
}

fn string(packet: &mut Vec<u8>, text: &str) {
    packet.extend_from_slice(&(text.len() as u16).to_be_bytes());
    packet.extend_from_slice(text.as_bytes());
}
