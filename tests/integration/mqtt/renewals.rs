//! A token is exchanged in the life of a session: what a planned reconnect must not cost.

use crate::{VERSIONS, options, publish, start};
use hubscope_model::{Code, Error, Grant, MqttVersion, PublishId, PublishOutcome, SessionState};
use hubscope_mqtt::{Event, FreshToken, Options, Session, TokenSource};
use hubscope_tests::mosquitto::{Broker, Config};
use hubscope_tests::peer::{Peer, Wire, kind};
use hubscope_tests::recorder::{Recorder, Told};
use hubscope_tests::within;
use hubscope_vault::Secret;
use parking_lot::Mutex;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// Makes the tokens "token 1", "token 2" … as long as no failure is planned.
struct Source {
    /// Seconds.
    life: i64,
    made: AtomicI64,
    failures: Mutex<Vec<Error>>,
}

impl TokenSource for Source {
    fn fresh(&self, now: i64) -> hubscope_model::Result<FreshToken> {
        if let Some(error) = self.failures.lock().pop() {
            return Err(error);
        }
        let number = self.made.fetch_add(1, Ordering::Relaxed) + 1;
        let password = Secret::new(format!("token {number}").into());
        Ok(FreshToken { password, issued: now, expires: now + self.life + number })
    }
}

/// Tokens that end in an hour, or, with `life`, so many seconds after they were made.
fn source(life: i64) -> Arc<Source> {
    Arc::new(Source { life, made: AtomicI64::new(0), failures: Mutex::default() })
}

const HOUR: i64 = 3600;

fn with_token(port: u16, version: MqttVersion, source: &Arc<Source>) -> Options {
    let mut options = options(port, version);
    options.user_name = Some("device".into());
    options.token = Some(source.clone());
    options
}

async fn listen(version: MqttVersion) -> Peer {
    Peer::listen(version == MqttVersion::V5).await
}

/// The next connection, welcomed, after a look at its password.
async fn welcome_with(peer: &Peer, password: &str, session_present: bool) -> Wire {
    let mut wire = peer.accept().await;
    let connect = wire.expect(kind::CONNECT).await;
    let connect = wire.read_connect(&connect);
    assert_eq!((connect.user_name.as_str(), connect.password.as_str()), ("device", password));
    wire.connack(session_present, 0).await;
    wire
}

async fn subscribe(session: &Session, recorder: &Recorder, wire: &mut Wire, filter: &str) {
    session.subscribe(filter, 1).unwrap();
    let request = wire.expect(kind::SUBSCRIBE).await;
    wire.suback(&request, 1).await;
    recorder.wait_subscribed(filter, 1).await;
}

/// The events of `told` that `pick` takes.
fn picked<T>(told: &[Told], pick: impl Fn(&Event) -> Option<T>) -> Vec<T> {
    let events = told.iter().filter_map(|told| match told {
        Told::Event(event) => Some(event),
        _ => None,
    });
    events.filter_map(pick).collect()
}

fn gap(event: &Event) -> Option<u64> {
    match event {
        Event::Renewed { gap } => Some(*gap),
        _ => None,
    }
}

fn failure(event: &Event) -> Option<Error> {
    match event {
        Event::RenewalFailed { error } => Some(error.clone()),
        _ => None,
    }
}

fn token(event: &Event) -> Option<(i64, i64, Option<i64>)> {
    match event {
        Event::Token { issued, expires, renews } => Some((*issued, *expires, *renews)),
        _ => None,
    }
}

async fn wait<T>(recorder: &Recorder, what: &str, times: usize, pick: impl Fn(&Event) -> Option<T>) -> Vec<T> {
    recorder
        .until(what, |told| {
            let found = picked(told, &pick);
            (found.len() >= times).then_some(found)
        })
        .await
}

fn states(recorder: &Recorder) -> Vec<&'static str> {
    picked(&recorder.told(), |event| match event {
        Event::State(SessionState::Connecting { .. }) => Some("connecting"),
        Event::State(SessionState::Online { .. }) => Some("online"),
        Event::State(SessionState::Waiting { .. }) => Some("waiting"),
        Event::State(SessionState::Closing) => Some("closing"),
        Event::State(SessionState::Idle) => Some("idle"),
        Event::State(SessionState::Failed { .. }) => Some("failed"),
        _ => None,
    })
}

/// The session waits for what is open, hands out nothing new meanwhile, leaves politely and comes back with the
/// next token, its subscriptions and everything that was not acknowledged; nobody saw it wait or lose anything.
#[tokio::test]
async fn a_renewal_keeps_publishes_and_subscriptions() {
    for version in VERSIONS {
        let peer = listen(version).await;
        let source = source(HOUR);
        let mut options = with_token(peer.port(), version, &source);
        options.timing.settle = Duration::from_millis(200);
        let (session, recorder) = start(options);
        let mut wire = welcome_with(&peer, "token 1", false).await;
        subscribe(&session, &recorder, &mut wire, "a/#").await;
        let mut open = Vec::new();
        for id in 1..=3 {
            publish(&session, id, "up", id.to_string(), 1).unwrap();
            open.push(wire.expect_publish().await.id);
        }

        session.renew().unwrap();
        // One is answered in time, two are not; the last comes when nothing is handed out any more.
        wire.puback(open[1]).await;
        recorder.wait_outcomes(1).await;
        wire.expect(kind::DISCONNECT).await;
        publish(&session, 4, "up", "4", 1).unwrap();
        assert!(wire.read().await.is_none(), "nothing after DISCONNECT");

        let mut wire = welcome_with(&peer, "token 2", false).await;
        let request = wire.expect(kind::SUBSCRIBE).await;
        assert_eq!(wire.filter(&request), "a/#");
        wire.suback(&request, 1).await;
        for payload in ["1", "3", "4"] {
            let again = wire.expect_publish().await;
            assert_eq!((again.payload.as_slice(), again.dup), (payload.as_bytes(), false), "the session is a new one");
            wire.puback(again.id).await;
        }
        let outcomes = recorder.wait_outcomes(4).await;
        assert!(
            outcomes.iter().all(|(_, outcome)| matches!(outcome, PublishOutcome::Acknowledged { .. })),
            "{outcomes:?}"
        );
        assert_eq!(recorder.wait_subscribed("a/#", 2).await, Grant::Granted { qos: 1 });
        assert_eq!(picked(&recorder.told(), gap).len(), 1);
        session.close().await;
        assert_eq!(states(&recorder), ["connecting", "online", "connecting", "online", "closing", "idle"]);
    }
}

/// With a session that the broker keeps, what was not answered is repeated as 4.4.0-1 wants it; if the broker lost
/// the session after all, it is sent anew: the reconnect was ours, so it must cost nothing.
#[tokio::test]
async fn a_renewal_of_a_kept_session_repeats_or_sends_anew() {
    for version in VERSIONS {
        for present in [true, false] {
            let peer = listen(version).await;
            let source = source(HOUR);
            let mut options = with_token(peer.port(), version, &source);
            options.clean_session = false;
            options.timing.settle = Duration::ZERO;
            let (session, recorder) = start(options);
            let mut wire = welcome_with(&peer, "token 1", false).await;
            publish(&session, 1, "up", "1", 1).unwrap();
            let first = wire.expect_publish().await;
            session.renew().unwrap();
            wire.expect(kind::DISCONNECT).await;

            // An attempt that fails on the way changes nothing.
            drop(peer.accept().await);
            // It asks whether the port wants TLS.
            drop(peer.accept().await);
            let mut wire = welcome_with(&peer, "token 3", present).await;
            let again = wire.expect_publish().await;
            assert_eq!((again.payload, again.dup), (first.payload, present));
            wire.puback(again.id).await;
            let outcomes = recorder.wait_outcomes(1).await;
            assert!(matches!(outcomes[0], (PublishId(1), PublishOutcome::Acknowledged { .. })), "{outcomes:?}");
            session.close().await;
        }
    }
}

/// Nobody has to ask: the token is exchanged before it ends, as often as needed, and each time that is told.
#[tokio::test]
async fn tokens_are_renewed_by_themselves_before_they_end() {
    let peer = listen(MqttVersion::V311).await;
    let source = source(2);
    let (session, recorder) = start(with_token(peer.port(), MqttVersion::V311, &source));
    for number in 1..=3 {
        let mut wire = welcome_with(&peer, &format!("token {number}"), false).await;
        recorder.wait_online(number).await;
        let (issued, expires, renews) = picked(&recorder.told(), token)[number - 1];
        let renews = renews.unwrap();
        assert!(issued < renews && renews < expires, "{issued} {renews} {expires}");
        if number < 3 {
            wire.expect(kind::DISCONNECT).await;
        } else {
            // Switched off in time, it stays until the hub ends it.
            session.set_auto_renew(false);
            let (.., renews) = wait(&recorder, "the token told again", 4, token).await[3];
            assert_eq!(renews, None);
            drop(wire);
        }
    }
    recorder.wait_waiting(1).await;
    let (.., renews) = wait(&recorder, "the next token", 5, token).await[4];
    assert_eq!(renews, None, "the switch outlives the connection");
    assert_eq!(picked(&recorder.told(), gap).len(), 2);
    session.close().await;
}

/// No token can be made: the connection stays as it is, and it is tried again.
#[tokio::test]
async fn a_source_that_fails_leaves_the_connection_alone() {
    let peer = listen(MqttVersion::V311).await;
    let source = source(1);
    let (session, recorder) = start(with_token(peer.port(), MqttVersion::V311, &source));
    let mut wire = welcome_with(&peer, "token 1", false).await;
    let locked = || Error::new(Code::VaultLocked, "The vault is locked.");
    source.failures.lock().extend([locked(), locked()]);
    for times in 1..=2 {
        assert_eq!(wait(&recorder, "a failed renewal", times, failure).await[times - 1], locked());
        publish(&session, times as u32, "up", "still here", 1).unwrap();
        let sent = wire.expect_publish().await;
        wire.puback(sent.id).await;
    }
    wire.expect(kind::DISCONNECT).await;
    let _wire = welcome_with(&peer, "token 2", false).await;
    wait(&recorder, "the renewal", 1, gap).await;
    assert_eq!(states(&recorder), ["connecting", "online", "connecting", "online"]);
    session.close().await;
}

/// A source that has no other token, a pasted one say, is no reason to reconnect for ever.
#[tokio::test]
async fn the_same_token_again_is_no_renewal() {
    struct Pasted;
    impl TokenSource for Pasted {
        fn fresh(&self, _: i64) -> hubscope_model::Result<FreshToken> {
            let password = Secret::new("pasted".to_owned().into());
            Ok(FreshToken { password, issued: 1_000, expires: 2_000 })
        }
    }
    let peer = listen(MqttVersion::V311).await;
    let (session, recorder) =
        start(Options { token: Some(Arc::new(Pasted)), ..options(peer.port(), MqttVersion::V311) });
    let wire = peer.welcome(false).await;
    let failures = wait(&recorder, "failed renewals", 2, failure).await;
    assert!(failures.iter().all(|error| error.code == Code::SecretMissing && error.hint.is_some()), "{failures:?}");
    session.close().await;
    assert!(!peer.is_knocked().await);
    drop(wire);
}

/// A token that cannot be made at all ends the session in the source's words, before anything is sent; an error that
/// time cures does not.
#[tokio::test]
async fn without_a_first_token_nothing_is_sent() {
    let peer = listen(MqttVersion::V311).await;
    let missing = source(HOUR);
    missing.failures.lock().push(Error::new(Code::InvalidKey, "The key is not base64."));
    let (session, recorder) = start(with_token(peer.port(), MqttVersion::V311, &missing));
    assert_eq!(recorder.wait_failed().await.code, Code::InvalidKey);
    session.close().await;
    assert!(!peer.is_knocked().await);

    let locked = source(HOUR);
    locked.failures.lock().push(Error::new(Code::VaultUnavailable, "Not now.").retryable());
    let (session, recorder) = start(with_token(peer.port(), MqttVersion::V311, &locked));
    assert_eq!(recorder.wait_waiting(1).await.code, Code::VaultUnavailable);
    let _wire = welcome_with(&peer, "token 1", false).await;
    recorder.wait_online(1).await;
    session.close().await;
}

/// The hub is away just then: the failure is told once, the session recovers as from any break, and the renewal
/// counts from when the old connection was given up. A refusal of the new token is final.
#[tokio::test]
async fn a_reconnect_that_fails_is_told_and_tried_again() {
    for version in VERSIONS {
        let peer = listen(version).await;
        let source = source(HOUR);
        let (session, recorder) = start(with_token(peer.port(), version, &source));
        let mut wire = welcome_with(&peer, "token 1", false).await;
        recorder.wait_online(1).await;
        session.renew().unwrap();
        wire.expect(kind::DISCONNECT).await;
        for _ in 0..2 {
            let mut wire = peer.accept().await;
            wire.expect(kind::CONNECT).await;
            wire.connack(false, if version == MqttVersion::V5 { 0x88 } else { 3 }).await;
        }
        let mut wire = welcome_with(&peer, "token 4", false).await;
        wait(&recorder, "the renewal", 1, gap).await;
        let failures = picked(&recorder.told(), failure);
        assert_eq!(failures.iter().map(|error| error.code).collect::<Vec<_>>(), [Code::ServerUnavailable]);
        assert_eq!(recorder.reasons(), [Code::ServerUnavailable; 2]);

        session.renew().unwrap();
        wire.expect(kind::DISCONNECT).await;
        let mut wire = peer.accept().await;
        wire.expect(kind::CONNECT).await;
        wire.connack(false, if version == MqttVersion::V5 { 0x87 } else { 5 }).await;
        assert_eq!(recorder.wait_failed().await.code, Code::NotAuthorised);
        assert_eq!(picked(&recorder.told(), failure).len(), 2);
        assert_eq!(session.renew().unwrap_err().code, Code::NotConnected);
        session.close().await;
    }
}

/// Who closes does not wait for a renewal, and what its publishes became is not guessed.
#[tokio::test]
async fn closing_in_the_midst_of_a_renewal() {
    for version in VERSIONS {
        let peer = listen(version).await;
        let source = source(HOUR);
        let mut options = with_token(peer.port(), version, &source);
        options.timing.settle = Duration::from_secs(3600);
        let (session, recorder) = start(options);
        let mut wire = welcome_with(&peer, "token 1", false).await;
        publish(&session, 1, "up", "1", 1).unwrap();
        wire.expect_publish().await;
        session.renew().unwrap();
        let closing = tokio::spawn({
            let session = session.clone();
            async move { session.close().await }
        });
        wire.expect(kind::DISCONNECT).await;
        within("close", closing).await.unwrap();
        assert_eq!(recorder.outcomes(), [(PublishId(1), PublishOutcome::Unknown)]);
        assert!(!peer.is_knocked().await);

        // The same while the reconnect is on its way: it was sent once, so nobody knows.
        let mut options = with_token(peer.port(), version, &source);
        options.timing.settle = Duration::ZERO;
        let (session, recorder) = start(options);
        let mut wire = peer.welcome(false).await;
        publish(&session, 1, "up", "1", 1).unwrap();
        wire.expect_publish().await;
        session.renew().unwrap();
        wire.expect(kind::DISCONNECT).await;
        publish(&session, 2, "up", "2", 1).unwrap();
        let _silent = peer.accept().await;
        within("close", session.close()).await;
        let outcomes = recorder.outcomes();
        assert_eq!(outcomes[0], (PublishId(1), PublishOutcome::Unknown));
        assert!(matches!(outcomes[1], (PublishId(2), PublishOutcome::Refused { .. })), "{outcomes:?}");
    }
}

#[tokio::test]
async fn a_session_without_a_token_renews_nothing() {
    let peer = listen(MqttVersion::V311).await;
    let (session, recorder) = start(options(peer.port(), MqttVersion::V311));
    let _wire = peer.welcome(false).await;
    recorder.wait_online(1).await;
    assert_eq!(session.renew().unwrap_err().code, Code::BadRequest);
    session.close().await;
    assert!(picked(&recorder.told(), token).is_empty());
}

/// A real broker that keeps the session: ten renewals under traffic in both directions, and every QoS 1 message
/// arrives at least once, from us and at us.
#[tokio::test]
async fn ten_renewals_lose_nothing_in_either_direction() {
    const RENEWALS: usize = 10;
    let broker = Broker::start(&Config::default()).unwrap();
    for version in VERSIONS {
        let source = source(HOUR);
        let mut device = with_token(broker.port(), version, &source);
        device.client_id = format!("device-{version:?}");
        device.clean_session = false;
        let (session, recorder) = start(device);
        session.subscribe("down", 1).unwrap();
        recorder.wait_subscribed("down", 1).await;
        let mut other = options(broker.port(), version);
        other.client_id = format!("other-{version:?}");
        let (other, heard) = start(other);
        other.subscribe("up", 1).unwrap();
        heard.wait_subscribed("up", 1).await;

        let mut sent = 0;
        for renewal in 1..=RENEWALS {
            recorder.wait_online(renewal).await;
            session.renew().unwrap();
            // Sent around the reconnect, until it is over: before it, into it, after it.
            while picked(&recorder.told(), gap).len() < renewal {
                publish(&session, sent, "up", sent.to_string(), 1).unwrap();
                publish(&other, sent, "down", sent.to_string(), 1).unwrap();
                sent += 1;
                heard.wait_outcomes(sent as usize).await;
            }
        }
        let count = sent as usize;
        let outcomes = recorder.wait_outcomes(count).await;
        assert!(
            outcomes.iter().all(|(_, outcome)| matches!(outcome, PublishOutcome::Acknowledged { .. })),
            "{outcomes:?}"
        );
        for arrived in [&heard, &recorder] {
            let all = arrived
                .until("every message", |told| {
                    let numbers: BTreeSet<u32> = told
                        .iter()
                        .filter_map(|told| match told {
                            Told::Message(message) => String::from_utf8_lossy(&message.payload).parse().ok(),
                            _ => None,
                        })
                        .collect();
                    (numbers.len() >= count).then_some(numbers)
                })
                .await;
            assert!(all.into_iter().eq(0..sent));
        }
        assert_eq!(source.made.load(Ordering::Relaxed), RENEWALS as i64 + 1);
        assert!(picked(&recorder.told(), failure).is_empty() && recorder.reasons().is_empty());
        session.close().await;
        other.close().await;
    }
}
