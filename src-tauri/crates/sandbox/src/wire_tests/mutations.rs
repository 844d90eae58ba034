//! Packets with bytes changed, cut and added: nothing that a peer sends may panic.

use super::*;
use crate::faults::Line;
use crate::handshake::{self, Connect};
use crate::packets::{Incoming, Welcome};
use crate::protocol::Protocol;
use bytes::BytesMut;
use mqtt_protocol_core::mqtt::result_code::MqttError;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::collections::HashSet;

const ROUNDS: u64 = 20_000;

fn accept(connect: &Connect) -> Result<Protocol, MqttError> {
    let (welcome, line) = (Welcome::default(), Line::new(Faults::default(), "c"));
    Protocol::accept(connect, &welcome, &Limits::default(), HashSet::new(), line)
}

/// One to three changes.
fn mutate(mut bytes: Vec<u8>, random: &mut StdRng) -> BytesMut {
    for _ in 0..random.random_range(1..=3) {
        let at = random.random_range(0..bytes.len());
        match random.random_range(0..4) {
            0 => bytes[at] = random.random(),
            1 => bytes[at] ^= 1 << random.random_range(0..8),
            2 => bytes.insert(at, random.random()),
            _ if bytes.len() > 1 => drop(bytes.remove(at)),
            _ => {}
        }
    }
    bytes.as_slice().into()
}

fn connects() -> Vec<Vec<u8>> {
    let properties = b"\x11\x00\x00\x00\x05\x21\x00\x05\x27\x00\x00\x10\x00\x22\x00\x05\x26\x00\x01k\x00\x01v";
    let will = [text("w"), text("x")].concat();
    let will =
        packet(0x10, &[b"\x00\x04MQTT\x05\xee\x00\x00\x00", &text("c"), &[0], &will, &text("token"), &text("p")]);
    vec![connect_3("client", 10), connect_5("client", 10, properties), will]
}

#[tokio::test]
async fn a_broken_connect_never_panics() {
    let (mut random, mut accepted) = (StdRng::seed_from_u64(1), 0);
    for round in 0..ROUNDS {
        let connects = connects();
        let mut input = mutate(connects[round as usize % connects.len()].clone(), &mut random);
        let Ok(Some(frame)) = crate::frame::next(&mut input, 100_000) else { continue };
        match handshake::read_connect(&frame) {
            Ok(connect) => {
                accepted += 1;
                assert!(accept(&connect).is_ok(), "{:02x?}", frame.bytes);
            }
            Err(refused) => drop(handshake::refusal(refused)),
        }
    }
    assert!(accepted > ROUNDS / 20, "{accepted}");
}

#[tokio::test]
async fn a_broken_packet_never_panics() {
    let properties = b"\x01\x01\x02\x00\x00\x00\x05\x03\x00\x01t\x08\x00\x01r\x09\x00\x01c\x26\x00\x01k\x00\x01v";
    let three = [
        publish_3(3, "a/b", &[0, 1], "payload"),
        publish_3(4, "a/b", &[0, 1], "payload"),
        subscribe_3("a/+", 1),
        packet(0xa2, &[&[0, 1], &text("a/+")]),
        vec![0x40, 2, 0, 1],
        vec![0x62, 2, 0, 1],
        vec![0xe0, 0],
    ];
    let five = [
        publish_5(3, "a/b", &[0, 1], properties, "payload"),
        publish_5(0, "", &[], &[0x23, 0, 1], "payload"),
        subscribe_5("a/+", 0x19, &[0x0b, 7]),
        packet(0xa2, &[&[0, 1, 0], &text("a/+")]),
        vec![0x40, 4, 0, 1, 0, 0],
        vec![0x62, 2, 0, 1],
        vec![0x50, 3, 0, 1, 0x80],
        vec![0xe0, 2, 4, 0],
        vec![0xf0, 2, 0x18, 0],
    ];
    let (mut random, mut understood) = (StdRng::seed_from_u64(2), 0);
    for round in 0..ROUNDS {
        let (connect, packets) = match round % 2 {
            0 => (connect_3("c", 0), three.as_slice()),
            _ => (connect_5("c", 0, &[0x21, 0, 2]), five.as_slice()),
        };
        let frame = crate::frame::next(&mut connect.as_slice().into(), 1000).unwrap().unwrap();
        let connect = handshake::read_connect(&frame).ok().unwrap();
        let mut protocol = accept(&connect).unwrap();
        let original = packets[random.random_range(0..packets.len())].clone();
        let mut input = mutate(original, &mut random);
        while let Ok(Some(frame)) = crate::frame::next(&mut input, 1000) {
            for incoming in protocol.receive(&frame) {
                understood += 1;
                match incoming {
                    Incoming::Publish { id, message } => protocol.answer_publish(message.qos, id, Ok(1)),
                    Incoming::Received(id) => protocol.release(id),
                    Incoming::Released(id) => protocol.complete(id, true),
                    Incoming::Subscribe { id, wishes } => {
                        let grants: Vec<_> = wishes.iter().map(|wish| Ok(wish.subscription.qos)).collect();
                        protocol.answer_subscribe(id, &grants);
                    }
                    Incoming::Unsubscribe { id, filters } => {
                        protocol.answer_unsubscribe(id, &vec![true; filters.len()]);
                    }
                    Incoming::Unacceptable(reason) => protocol.disconnect(reason),
                    Incoming::Done(_) | Incoming::Goodbye { .. } => {}
                }
            }
        }
    }
    assert!(understood > ROUNDS / 20, "{understood}");
}
