//! Connections driven byte by byte, over a pipe and with a clock that the test moves.

mod aliases;
mod azure;
mod connect;
mod exactly_once;
mod faults;
mod kaa;
mod kept;
mod messages;
mod mutations;
mod sessions;
mod shared;
mod thingsboard;
mod wills;

use crate::arrivals::Arrivals;
use crate::broker::Broker;
use crate::connection::{self, Context};
use crate::faults::Faults;
use crate::limits::Limits;
use crate::message::{Message, Qos};
use crate::personality::broker::Directory;
use crate::personality::{Hub as Rules, Peer};
use crate::sessions::SessionKey;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

/// Nobody's session, for messages from outside.
const NOBODY: SessionKey = SessionKey(0);

/// A hub without sockets: device `d`, token `token`.
struct Hub {
    context: Arc<Context>,
    tasks: JoinSet<()>,
}

impl Hub {
    fn new() -> Self {
        Self::with(Limits::default())
    }

    fn with(limits: Limits) -> Self {
        Self::playing(limits, |_| Arc::new(Directory::new([("d".into(), "token".to_owned().into())])))
    }

    /// A hub with other rules.
    fn playing(limits: Limits, rules: impl FnOnce(&Arc<Broker>) -> Arc<dyn Rules>) -> Self {
        let broker = Arc::new(Broker::new(limits.clone()));
        let context = Arc::new(Context {
            hub: rules(&broker),
            broker,
            arrivals: Arrivals::default(),
            limits,
            faults: Faults::default(),
            stop: CancellationToken::new(),
        });
        let (mut tasks, time) = (JoinSet::new(), context.clone());
        tasks.spawn(async move {
            time.stop.run_until_cancelled(time.broker.keep_time()).await;
        });
        Self { context, tasks }
    }

    /// A new connection on which nothing was sent.
    fn dial(&mut self) -> Raw {
        self.dial_as(Peer::default())
    }

    /// The same, with what TLS showed of the client.
    fn dial_as(&mut self, peer: Peer) -> Raw {
        let (near, far) = tokio::io::duplex(1024);
        let context = self.context.clone();
        let deadline = Instant::now() + context.limits.connect_timeout;
        self.tasks.spawn(async move {
            let (reader, writer) = tokio::io::split(far);
            connection::serve(reader, writer, &peer, &context, deadline).await;
        });
        Raw(near)
    }

    /// A connection for which `connect` was accepted.
    async fn client(&mut self, connect: Vec<u8>) -> Raw {
        let mut raw = self.dial();
        raw.send(&connect).await;
        let connack = raw.packet().await.unwrap();
        assert_eq!((connack[0], connack[3]), (0x20, 0), "{connack:02x?}");
        raw
    }

    fn publish(&self, topic: &str, payload: &str, qos: Qos, retain: bool) -> usize {
        self.context.broker.publish(NOBODY, Message::new(topic, payload, qos, retain)).unwrap()
    }
}

/// The peer's end of a connection.
struct Raw(DuplexStream);

impl Raw {
    async fn send(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).await.unwrap();
    }

    /// The next packet; None at the end of the stream. A minute of silence fails the test.
    async fn packet(&mut self) -> Option<Vec<u8>> {
        timeout(Duration::from_secs(60), self.read()).await.expect("no packet and no end")
    }

    async fn read(&mut self) -> Option<Vec<u8>> {
        let mut packet = vec![self.0.read_u8().await.ok()?];
        let (mut length, mut shift) = (0, 0);
        loop {
            let byte = self.0.read_u8().await.ok()?;
            packet.push(byte);
            length |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                break;
            }
        }
        let start = packet.len();
        packet.resize(start + length, 0);
        self.0.read_exact(&mut packet[start..]).await.ok()?;
        Some(packet)
    }

    /// Sends a packet and reads the answer.
    async fn ask(&mut self, bytes: &[u8]) -> Option<Vec<u8>> {
        self.send(bytes).await;
        self.packet().await
    }

    /// Nothing arrives for a while.
    async fn is_silent(&mut self) -> bool {
        timeout(Duration::from_secs(5), self.0.read_u8()).await.is_err()
    }
}

fn packet(first: u8, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    let mut bytes = vec![first];
    let mut left = body.len();
    loop {
        let more = if left > 127 { 0x80 } else { 0 };
        bytes.push((left % 128) as u8 | more);
        left /= 128;
        if left == 0 {
            break;
        }
    }
    [bytes, body].concat()
}

fn text(text: &str) -> Vec<u8> {
    [&(text.len() as u16).to_be_bytes()[..], text.as_bytes()].concat()
}

/// CONNECT with a login; `level` 4 or 5, `clean` as in clean session.
fn connect_as(level: u8, clean: bool, client_id: &str, user_name: Option<&str>, password: Option<&str>) -> Vec<u8> {
    let flags = (u8::from(clean) << 1) | user_name.map_or(0, |_| 0x80) | password.map_or(0, |_| 0x40);
    let no_properties: &[u8] = if level == 5 { &[0] } else { &[] };
    let login: Vec<u8> = [user_name, password].into_iter().flatten().flat_map(text).collect();
    packet(0x10, &[b"\x00\x04MQTT", &[level, flags, 0, 60], no_properties, &text(client_id), &login])
}

/// CONNECT of MQTT 3.1.1 with the token as user name.
fn connect_3(client_id: &str, keep_alive: u16) -> Vec<u8> {
    let keep_alive = keep_alive.to_be_bytes();
    packet(0x10, &[b"\x00\x04MQTT\x04\x82", &keep_alive, &text(client_id), &text("token")])
}

/// CONNECT of MQTT 5 with the token as user name; `properties` without their length.
fn connect_5(client_id: &str, keep_alive: u16, properties: &[u8]) -> Vec<u8> {
    let (keep_alive, length) = (keep_alive.to_be_bytes(), [properties.len() as u8]);
    packet(0x10, &[b"\x00\x04MQTT\x05\x82", &keep_alive, &length, properties, &text(client_id), &text("token")])
}

/// PUBLISH of MQTT 3.1.1; `flags` with QoS and retain.
fn publish_3(flags: u8, topic: &str, id: &[u8], payload: &str) -> Vec<u8> {
    packet(0x30 | flags, &[&text(topic), id, payload.as_bytes()])
}

/// PUBLISH of MQTT 5.
fn publish_5(flags: u8, topic: &str, id: &[u8], properties: &[u8], payload: &str) -> Vec<u8> {
    packet(0x30 | flags, &[&text(topic), id, &[properties.len() as u8], properties, payload.as_bytes()])
}

/// SUBSCRIBE of MQTT 3.1.1 with packet id 1.
fn subscribe_3(filter: &str, qos: u8) -> Vec<u8> {
    packet(0x82, &[&[0, 1], &text(filter), &[qos]])
}

/// SUBSCRIBE of MQTT 5 with packet id 1.
fn subscribe_5(filter: &str, options: u8, properties: &[u8]) -> Vec<u8> {
    packet(0x82, &[&[0, 1, properties.len() as u8], properties, &text(filter), &[options]])
}
