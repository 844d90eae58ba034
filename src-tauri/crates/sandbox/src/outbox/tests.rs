//! The order, the window and the bounds.

use super::*;
use crate::message::Message;
use std::sync::Arc;

fn delivery(payload: &str, qos: Qos) -> Delivery {
    let message = Arc::new(Message::new("t", payload, qos, false));
    Delivery { message, qos, retain: false, subscription_ids: Vec::new() }
}

fn payload(outgoing: &Outgoing) -> &[u8] {
    match outgoing {
        Outgoing::Message { delivery, .. } => delivery.message.payload.as_slice(),
        Outgoing::Release(_) => b"PUBREL",
    }
}

fn payloads(taken: &[Outgoing]) -> Vec<&[u8]> {
    taken.iter().map(payload).collect()
}

fn headers(taken: &[Outgoing]) -> Vec<(Option<u16>, bool)> {
    let header = |outgoing: &Outgoing| match outgoing {
        Outgoing::Message { id, dup, .. } => (*id, *dup),
        Outgoing::Release(id) => (Some(*id), false),
    };
    taken.iter().map(header).collect()
}

#[test]
fn the_bound_drops_qos_0_and_refuses_qos_1() {
    let mut outbox = Outbox::default();
    let limit = 2 * delivery("1", Qos::AtMostOnce).message.cost();
    assert_eq!(outbox.push(delivery("1", Qos::AtMostOnce), limit), Pushed::Queued);
    assert_eq!(outbox.push(delivery("2", Qos::AtLeastOnce), limit), Pushed::Queued);
    assert_eq!(outbox.push(delivery("3", Qos::AtMostOnce), limit), Pushed::Dropped);
    assert_eq!(outbox.push(delivery("4", Qos::AtLeastOnce), limit), Pushed::Overflow);
    assert_eq!(payloads(&outbox.take(usize::MAX, 1)), [b"1", b"2"]);
}

#[test]
fn order_is_kept_when_the_window_is_full() {
    let mut outbox = Outbox::default();
    for (payload, qos) in [("1", Qos::AtLeastOnce), ("2", Qos::AtLeastOnce), ("3", Qos::AtMostOnce)] {
        outbox.push(delivery(payload, qos), usize::MAX);
    }
    assert_eq!(payloads(&outbox.take(usize::MAX, 1)), [b"1"]);
    assert_eq!(payloads(&outbox.take(usize::MAX, 1)), [b""; 0]);
    outbox.done(1);
    assert_eq!(payloads(&outbox.take(usize::MAX, 1)), [b"2", b"3"]);
}

#[test]
fn an_unacknowledged_message_holds_its_room() {
    let mut outbox = Outbox::default();
    let cost = delivery("1", Qos::AtLeastOnce).message.cost();
    outbox.push(delivery("1", Qos::AtLeastOnce), cost);
    assert_eq!(outbox.take(usize::MAX, 1).len(), 1);
    assert_eq!(outbox.push(delivery("2", Qos::AtLeastOnce), cost), Pushed::Overflow);
    outbox.done(7);
    assert_eq!(outbox.push(delivery("2", Qos::AtLeastOnce), cost), Pushed::Overflow);
    outbox.done(1);
    assert_eq!(outbox.push(delivery("2", Qos::AtLeastOnce), cost), Pushed::Queued);
}

#[test]
fn a_small_budget_takes_one_at_a_time() {
    let mut outbox = Outbox::default();
    outbox.push(delivery("1", Qos::AtMostOnce), usize::MAX);
    outbox.push(delivery("2", Qos::AtMostOnce), usize::MAX);
    assert_eq!(outbox.take(0, 1).len(), 0);
    assert_eq!(outbox.take(1, 1).len(), 1);
    assert_eq!(outbox.take(1, 1).len(), 1);
    assert_eq!(outbox.bytes, 0);
}

#[test]
fn what_was_not_acknowledged_is_sent_again_first_and_with_its_id() {
    let mut outbox = Outbox::default();
    for (payload, qos) in [("1", Qos::AtLeastOnce), ("2", Qos::AtLeastOnce), ("3", Qos::AtLeastOnce)] {
        outbox.push(delivery(payload, qos), usize::MAX);
    }
    outbox.take(usize::MAX, 2);
    outbox.done(1);
    outbox.push(delivery("0", Qos::AtMostOnce), usize::MAX);
    outbox.rewind();
    assert_eq!(outbox.push_away(delivery("0", Qos::AtMostOnce), 9, usize::MAX), Pushed::Dropped);
    assert_eq!(outbox.push_away(delivery("4", Qos::AtLeastOnce), 3, usize::MAX), Pushed::Queued);
    assert_eq!(outbox.push_away(delivery("5", Qos::AtLeastOnce), 3, usize::MAX), Pushed::Dropped);
    let taken = outbox.take(usize::MAX, 9);
    assert_eq!(payloads(&taken), [b"2", b"3", b"4"]);
    assert_eq!(headers(&taken), [(Some(2), true), (Some(3), false), (Some(4), false)]);
    for id in 2..=4 {
        outbox.done(id);
    }
    assert_eq!(outbox.bytes, 0);
}

#[test]
fn ids_on_their_way_are_skipped() {
    let mut outbox = Outbox::default();
    outbox.push(delivery("1", Qos::AtLeastOnce), usize::MAX);
    outbox.take(usize::MAX, 9);
    outbox.last_id = u16::MAX;
    outbox.push(delivery("2", Qos::AtLeastOnce), usize::MAX);
    assert_eq!(headers(&outbox.take(usize::MAX, 9)), [(Some(2), false)]);
}

#[test]
fn a_received_message_is_released_and_not_sent_again() {
    let mut outbox = Outbox::default();
    for payload in ["1", "2"] {
        outbox.push(delivery(payload, Qos::ExactlyOnce), usize::MAX);
    }
    assert_eq!(payloads(&outbox.take(usize::MAX, 9)), [b"1", b"2"]);
    assert!(outbox.received(1));
    assert!(!outbox.received(7));
    // Its id is in use until PUBCOMP, and so is its place in the window.
    outbox.push(delivery("3", Qos::ExactlyOnce), usize::MAX);
    assert!(outbox.take(usize::MAX, 2).is_empty());
    outbox.rewind();
    let taken = outbox.take(usize::MAX, 9);
    assert_eq!(payloads(&taken), [b"PUBREL".as_slice(), b"2", b"3"]);
    assert_eq!(headers(&taken), [(Some(1), false), (Some(2), true), (Some(3), false)]);
    for id in 1..=3 {
        outbox.done(id);
    }
    assert_eq!((outbox.bytes, outbox.inflight.len()), (0, 0));
}
