//! CONNECT and everything that can be wrong with it.

use super::*;

#[tokio::test(start_paused = true)]
async fn the_answer_says_what_the_hub_offers() {
    let mut hub = Hub::new();
    assert_eq!(hub.dial().ask(&connect_3("c", 0)).await.unwrap(), [0x20, 2, 0, 0]);
    // Receive maximum 128, topic alias maximum 64, maximum packet size 1 MiB.
    let mut expected = vec![0x20, 14, 0, 0, 11, 0x21, 0, 128, 0x22, 0, 64, 0x27];
    expected.extend((1024_u32 * 1024).to_be_bytes());
    assert_eq!(hub.dial().ask(&connect_5("e", 0, &[])).await.unwrap(), expected);
}

#[tokio::test(start_paused = true)]
async fn an_empty_client_id_gets_one() {
    let mut hub = Hub::new();
    let answer = hub.dial().ask(&connect_5("", 0, &[])).await.unwrap();
    let assigned = answer.windows(10).position(|window| window.starts_with(&[0x12]) && window.ends_with(b"sandbox"));
    assert!(assigned.is_some(), "{answer:02x?}");
    assert_eq!(hub.dial().ask(&connect_3("", 0)).await.unwrap(), [0x20, 2, 0, 0]);
    assert_eq!(hub.context.broker.counters().connected, 2);
}

#[tokio::test(start_paused = true)]
async fn a_topic_alias_maximum_of_zero_is_legal() {
    let mut hub = Hub::new();
    hub.client(connect_5("c", 0, &[0x22, 0, 0])).await;
}

#[tokio::test(start_paused = true)]
async fn wrong_credentials_are_refused_as_a_hub_would() {
    let mut hub = Hub::new();
    for (flags, login, v3, v5) in
        [(0x02, vec![], 5, 0x87), (0x82, text("nope"), 5, 0x87), (0xc2, [text("d"), text("nope")].concat(), 4, 0x86)]
    {
        let connect = packet(0x10, &[b"\x00\x04MQTT\x04", &[flags, 0, 0], &text("c"), &login]);
        let mut raw = hub.dial();
        assert_eq!(raw.ask(&connect).await.unwrap(), [0x20, 2, 0, v3]);
        assert_eq!(raw.packet().await, None);
        let connect = packet(0x10, &[b"\x00\x04MQTT\x05", &[flags, 0, 0, 0], &text("c"), &login]);
        let mut raw = hub.dial();
        assert_eq!(raw.ask(&connect).await.unwrap(), [0x20, 3, 0, v5, 0]);
        assert_eq!(raw.packet().await, None);
    }
    assert_eq!(hub.context.broker.counters().connected, 0);
}

#[tokio::test(start_paused = true)]
async fn what_is_not_connect_ends_the_connection() {
    let mut hub = Hub::new();
    let tls_hello = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03";
    let too_large = [0x10, 0xff, 0xff, 0xff, 0x7f];
    let cases: [&[u8]; 6] =
        [b"GET / HTTP/1.1\r\n\r\n", tls_hello, &[0xc0, 0], &[0x10, 0], &too_large, &[0x10, 0xff, 0xff, 0xff, 0xff]];
    for bytes in cases {
        let mut raw = hub.dial();
        assert_eq!(raw.ask(bytes).await, None, "{bytes:02x?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_slow_connect_is_not_waited_for() {
    let mut hub = Hub::new();
    let start = Instant::now();
    let mut silent = hub.dial();
    let mut slow = hub.dial();
    let drip = async {
        for byte in connect_3("somebody-with-a-long-client-id", 0) {
            if slow.0.write_all(&[byte]).await.is_err() {
                break;
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        slow.packet().await
    };
    let (silent, slow) = tokio::join!(silent.packet(), drip);
    assert_eq!((silent, slow), (None, None));
    assert!(start.elapsed() < Duration::from_secs(12), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_full_hub_says_so() {
    let mut hub = Hub::with(Limits { clients: 1, ..Limits::default() });
    let first = hub.client(connect_3("a", 0)).await;
    assert_eq!(hub.dial().ask(&connect_3("b", 0)).await.unwrap(), [0x20, 2, 0, 3]);
    assert_eq!(hub.dial().ask(&connect_5("b", 0, &[])).await.unwrap(), [0x20, 3, 0, 0x89, 0]);
    // The same client id takes the place over, and a free place is taken.
    let second = hub.client(connect_3("a", 0)).await;
    drop((first, second));
    while hub.context.broker.counters().clients > 0 {
        tokio::task::yield_now().await;
    }
    hub.client(connect_3("b", 0)).await;
}

#[tokio::test(start_paused = true)]
async fn who_asks_is_told_where_answers_may_go() {
    let mut hub = Hub::new();
    let answer = hub.dial().ask(&connect_5("c", 0, &[0x19, 1])).await.unwrap();
    let property = [b"\x1a\x00\x0b".as_slice(), b"responses/c"].concat();
    assert!(answer.windows(property.len()).any(|window| window == property), "{answer:02x?}");
    let answer = hub.dial().ask(&connect_5("d", 0, &[0x19, 0])).await.unwrap();
    assert!(!answer.contains(&0x1a), "{answer:02x?}");
}

#[tokio::test(start_paused = true)]
async fn a_keep_alive_of_the_hub_is_told_and_holds() {
    let mut hub = Hub::with(Limits { keep_alive: Some(10), ..Limits::default() });
    for wanted in [0, 11] {
        let mut raw = hub.dial();
        let answer = raw.ask(&connect_5("c", wanted, &[])).await.unwrap();
        assert!(answer.windows(3).any(|window| window == [0x13, 0, 10]), "{answer:02x?}");
        let start = Instant::now();
        assert_eq!(raw.packet().await.unwrap(), [0xe0, 2, 0x8d, 0]);
        assert_eq!(start.elapsed().as_secs(), 15);
    }
    let answer = hub.dial().ask(&connect_5("c", 10, &[])).await.unwrap();
    assert!(!answer.windows(3).any(|window| window == [0x13, 0, 10]), "{answer:02x?}");
    // MQTT 3.1.1 has no way to be told: the client's own counts.
    let mut three = hub.client(connect_3("three", 0)).await;
    assert!(three.is_silent().await);
}

#[tokio::test(start_paused = true)]
async fn an_open_hub_lets_clients_without_a_login_in_and_no_wrong_login() {
    let directory = Directory::new([("d".into(), "token".to_owned().into())]).open_to_everybody(true);
    let mut hub = Hub::playing(Limits::default(), |_| Arc::new(directory));
    let answer = hub.dial().ask(&connect_as(4, true, "c", None, None)).await.unwrap();
    assert_eq!(answer, [0x20, 2, 0, 0]);
    let answer = hub.dial().ask(&connect_as(4, true, "d", Some("nope"), None)).await.unwrap();
    assert_eq!(answer, [0x20, 2, 0, 5]);
}
