use super::*;
use crate::Publish;
use std::time::Duration;

fn desk(clean_session: bool) -> Desk {
    Desk::new(&Options { clean_session, max_packet_size: 1000, ..Options::new("h", 1, "c") })
}

fn outgoing(id: u32) -> Outgoing {
    let message = Publish { topic: "t".into(), qos: 1, ..Publish::default() };
    Outgoing { publish: PublishId(id), message, sent_before: false }
}

fn online(desk: &mut Desk, session_present: bool, now: Instant) {
    desk.connected(session_present, &Terms::default(), now);
}

fn next_publish(desk: &mut Desk) -> Option<u32> {
    match desk.next(Instant::now()) {
        Some(Next::Publish(outgoing)) => Some(outgoing.publish.0),
        _ => None,
    }
}

/// What the library had queued and not read is lost with its event loop; ours is not.
#[test]
fn what_was_handed_over_and_not_taken_keeps_its_place() {
    let mut desk = desk(true);
    for id in 0..100 {
        desk.publish(outgoing(id)).unwrap();
    }
    assert_eq!(next_publish(&mut desk), None, "not online");
    online(&mut desk, false, Instant::now());
    let handed: Vec<_> = std::iter::from_fn(|| next_publish(&mut desk)).collect();
    assert!(handed.len() > 10 && handed.len() < 100, "bounded: {}", handed.len());
    desk.taken(1, Instant::now());
    desk.taken(2, Instant::now());
    assert_eq!(desk.disconnected(false), [PublishId(0), PublishId(1)]);

    online(&mut desk, false, Instant::now());
    let again: Vec<_> = std::iter::from_fn(|| next_publish(&mut desk)).take(20).collect();
    assert!(again.into_iter().eq(2..22));
    let (unknown, unsent) = desk.close();
    assert_eq!((unknown, unsent.last()), (Vec::new(), Some(&PublishId(99))));
}

/// Hours without a connection are not the fault of the one that comes then.
#[test]
fn a_publish_of_an_earlier_connection_waits_anew_on_the_next() {
    let mut desk = desk(false);
    let first = Instant::now();
    online(&mut desk, false, first);
    desk.publish(outgoing(1)).unwrap();
    assert_eq!(next_publish(&mut desk), Some(1));
    desk.taken(7, first);
    assert_eq!(desk.disconnected(false), []);

    let second = first + Duration::from_secs(3600);
    online(&mut desk, true, second);
    assert_eq!(desk.blocked_since(), Some(second));
    let answered = desk.acknowledged(7, second + Duration::from_secs(1));
    assert_eq!(answered, Some((PublishId(1), 3_601_000_000)), "counted from when it was sent first");
    assert_eq!(desk.blocked_since(), None);
}
