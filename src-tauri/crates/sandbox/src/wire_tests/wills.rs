//! Wills: their delay, their properties, and what calls them off.

use super::*;

/// CONNECT of MQTT 5 with a will of QoS 2 to `will`; both properties without their length.
fn connect_with_will(client: &str, clean: bool, properties: &[u8], will_properties: &[u8]) -> Vec<u8> {
    let flags = 0x94 | (u8::from(clean) << 1);
    let (length, will_length) = ([properties.len() as u8], [will_properties.len() as u8]);
    packet(
        0x10,
        &[
            b"\x00\x04MQTT\x05",
            &[flags, 0, 0],
            &length,
            properties,
            &text(client),
            &will_length,
            will_properties,
            &text("will"),
            &text("gone"),
            &text("token"),
        ],
    )
}

const EXPIRY_100: &[u8] = &[0x11, 0, 0, 0, 100];

fn delay(seconds: u8) -> [u8; 5] {
    [0x18, 0, 0, 0, seconds]
}

async fn watcher(hub: &mut Hub) -> Raw {
    let mut watcher = hub.client(connect_5("watcher", 0, &[])).await;
    watcher.ask(&subscribe_5("will", 2, &[])).await.unwrap();
    watcher
}

/// How long the will takes, in seconds.
async fn time_of_will(watcher: &mut Raw, properties: &[u8]) -> u64 {
    let start = Instant::now();
    let will = timeout(Duration::from_secs(1000), watcher.read()).await.unwrap().unwrap();
    assert_eq!((will[0], &will[2..8]), (0x34, text("will").as_slice()), "{will:02x?}");
    assert!(will.ends_with(&[&[properties.len() as u8], properties, b"gone"].concat()), "{will:02x?}");
    let id = [will[8], will[9]];
    watcher.ask(&[0x50, 2, id[0], id[1]]).await.unwrap();
    watcher.send(&[0x70, 2, id[0], id[1]]).await;
    start.elapsed().as_secs()
}

#[tokio::test(start_paused = true)]
async fn it_waits_for_its_delay_or_the_end_of_the_session() {
    let mut hub = Hub::new();
    let mut watcher = watcher(&mut hub).await;
    for (properties, delayed, expected) in
        [(EXPIRY_100, 30, 30), (&[], 30, 0), (EXPIRY_100, 200, 100), (EXPIRY_100, 0, 0)]
    {
        drop(hub.client(connect_with_will("c", true, properties, &delay(delayed))).await);
        assert_eq!(time_of_will(&mut watcher, &[]).await, expected, "{delayed}");
    }
}

#[tokio::test(start_paused = true)]
async fn it_keeps_its_properties_and_lives_from_its_publication_on() {
    let mut hub = Hub::new();
    let mut watcher = watcher(&mut hub).await;
    // Format, content type, user property; a message expiry of 60 s.
    let lasting: &[u8] = b"\x01\x01\x03\x00\x01t\x26\x00\x01k\x00\x01v";
    let will = [&delay(30), lasting, &[0x02, 0, 0, 0, 60]].concat();
    drop(hub.client(connect_with_will("c", true, EXPIRY_100, &will)).await);
    let expected = [lasting, &[0x02, 0, 0, 0, 60]].concat();
    assert_eq!(time_of_will(&mut watcher, &expected).await, 30);
}

#[tokio::test(start_paused = true)]
async fn a_session_that_goes_on_calls_it_off_and_a_new_one_does_not() {
    let mut hub = Hub::new();
    let mut watcher = watcher(&mut hub).await;
    drop(hub.client(connect_with_will("c", true, EXPIRY_100, &delay(30))).await);
    tokio::time::sleep(Duration::from_secs(10)).await;
    let mut back = hub.dial();
    assert_eq!(back.ask(&connect_with_will("c", false, EXPIRY_100, &delay(30))).await.unwrap()[2], 1);
    assert!(timeout(Duration::from_secs(60), watcher.read()).await.is_err());
    drop(back);
    tokio::time::sleep(Duration::from_secs(10)).await;
    // Clean start ends the session, and with it the waiting.
    let _fresh = hub.client(connect_5("c", 0, &[])).await;
    assert_eq!(time_of_will(&mut watcher, &[]).await, 0);
}

#[tokio::test(start_paused = true)]
async fn a_takeover_publishes_it_unless_the_session_goes_on_and_it_was_to_wait() {
    let mut hub = Hub::new();
    let mut watcher = watcher(&mut hub).await;
    let _first = hub.client(connect_with_will("c", true, EXPIRY_100, &delay(0))).await;
    let _second = hub.client(connect_with_will("c", false, EXPIRY_100, &delay(30))).await;
    assert_eq!(time_of_will(&mut watcher, &[]).await, 0);
    let _third = hub.client(connect_with_will("c", false, EXPIRY_100, &delay(30))).await;
    assert!(timeout(Duration::from_secs(60), watcher.read()).await.is_err());
    let _fourth = hub.client(connect_5("c", 0, &[])).await;
    assert_eq!(time_of_will(&mut watcher, &[]).await, 0);
}

#[tokio::test(start_paused = true)]
async fn a_session_without_an_end_cannot_be_asked_for_with_the_goodbye() {
    let mut hub = Hub::new();
    let mut raw = hub.client(connect_5("c", 0, &[])).await;
    assert_eq!(raw.ask(&[0xe0, 7, 0, 5, 0x11, 0, 0, 0, 10]).await.unwrap(), [0xe0, 2, 0x82, 0]);
}
