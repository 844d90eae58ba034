//! A peer that speaks MQTT by hand: it does exactly what a test tells it, right or wrong.

use crate::within;
use std::net::{Ipv4Addr, SocketAddr};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Control packet types (3.1.1 and 5, section 2.2.1).
pub mod kind {
    pub const CONNECT: u8 = 1;
    pub const PUBLISH: u8 = 3;
    pub const PUBACK: u8 = 4;
    pub const PUBREC: u8 = 5;
    pub const PUBREL: u8 = 6;
    pub const PUBCOMP: u8 = 7;
    pub const SUBSCRIBE: u8 = 8;
    pub const UNSUBSCRIBE: u8 = 10;
    pub const PINGREQ: u8 = 12;
    pub const DISCONNECT: u8 = 14;
}

/// Where clients connect to.
#[derive(Debug)]
pub struct Peer {
    listener: TcpListener,
    five: bool,
}

/// A control packet as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packet {
    pub kind: u8,
    pub flags: u8,
    pub body: Vec<u8>,
}

/// A PUBLISH taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publish {
    pub topic: String,
    pub payload: Vec<u8>,
    pub qos: u8,
    pub dup: bool,
    /// 0 for QoS 0.
    pub id: u16,
    /// As encoded.
    pub properties: Vec<u8>,
}

/// What a CONNECT says of its client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connect {
    pub client_id: String,
    pub clean: bool,
    /// Empty when it carries none.
    pub user_name: String,
    pub password: String,
}

impl Peer {
    /// `five`: its packets have the property fields of MQTT 5.
    pub async fn listen(five: bool) -> Self {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await {
            Ok(listener) => Self { listener, five },
            Err(error) => crate::fail(&format!("no port for a peer: {error}")),
        }
    }

    pub fn port(&self) -> u16 {
        self.listener.local_addr().map(|address| address.port()).unwrap_or_default()
    }

    /// The next connection, before anything was read of it.
    pub async fn accept(&self) -> Wire {
        match within("a client connects", self.listener.accept()).await {
            Ok((stream, address)) => Wire { stream, address, five: self.five },
            Err(error) => crate::fail(&format!("accept: {error}")),
        }
    }

    /// The next connection with its CONNECT answered: return code 0.
    pub async fn welcome(&self, session_present: bool) -> Wire {
        let mut wire = self.accept().await;
        wire.expect(kind::CONNECT).await;
        wire.connack(session_present, 0).await;
        wire
    }

    /// Whether a client waits to be accepted, now.
    pub async fn is_knocked(&self) -> bool {
        std::future::poll_fn(|context| std::task::Poll::Ready(self.listener.poll_accept(context).is_ready())).await
    }
}

/// One connection of a client.
#[derive(Debug)]
pub struct Wire {
    stream: TcpStream,
    pub address: SocketAddr,
    five: bool,
}

impl Wire {
    pub async fn write(&mut self, bytes: &[u8]) {
        within("the client reads", self.stream.write_all(bytes))
            .await
            .unwrap_or_else(|error| crate::fail(&format!("write: {error}")));
    }

    /// The next packet, or None when the client closed.
    pub async fn read(&mut self) -> Option<Packet> {
        within("the client sends a packet or closes", self.next()).await
    }

    /// The next packet that is not a PING; PINGs are answered.
    pub async fn expect(&mut self, kind: u8) -> Packet {
        loop {
            match self.read().await {
                Some(packet) if packet.kind == kind => return packet,
                Some(packet) if packet.kind == kind::PINGREQ => self.write(&[0xD0, 0]).await,
                other => crate::fail(&format!("expected packet type {kind}, got {other:?}")),
            }
        }
    }

    /// The next packet of this type; what comes before it is not answered.
    pub async fn expect_silently(&mut self, kind: u8) -> Packet {
        loop {
            match self.read().await {
                Some(packet) if packet.kind == kind => return packet,
                Some(_) => {}
                None => crate::fail(&format!("expected packet type {kind}, but the client closed")),
            }
        }
    }

    /// An HTTP head, up to its empty line.
    pub async fn read_head(&mut self) -> String {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            match within("the client sends a request", self.stream.read_u8()).await {
                Ok(byte) => head.push(byte),
                Err(error) => crate::fail(&format!("no request: {error}")),
            }
        }
        String::from_utf8_lossy(&head).into_owned()
    }

    async fn next(&mut self) -> Option<Packet> {
        let first = self.stream.read_u8().await.ok()?;
        let (mut length, mut shift) = (0usize, 0);
        loop {
            let byte = self.stream.read_u8().await.ok()?;
            length |= usize::from(byte & 0x7F) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                break;
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await.ok()?;
        Some(Packet { kind: first >> 4, flags: first & 0x0F, body })
    }

    pub async fn connack(&mut self, session_present: bool, code: u8) {
        self.connack_with(session_present, code, &[]).await;
    }

    /// `properties` are encoded MQTT 5 properties; ignored for 3.1.1.
    pub async fn connack_with(&mut self, session_present: bool, code: u8, properties: &[u8]) {
        let mut body = vec![u8::from(session_present), code];
        self.add_properties(&mut body, properties);
        self.write(&packet(0x20, &body)).await;
    }

    pub async fn puback(&mut self, id: u16) {
        self.answer(kind::PUBACK, id).await;
    }

    /// PUBACK, PUBREC, PUBREL or PUBCOMP of a packet id, with success.
    pub async fn answer(&mut self, kind: u8, id: u16) {
        // Only PUBREL has a flag (3.6.1).
        let flags = if kind == kind::PUBREL { 2 } else { 0 };
        self.write(&packet((kind << 4) | flags, &id.to_be_bytes())).await;
    }

    /// The packet id of the next packet, which must be of this kind and begin with one.
    pub async fn expect_id(&mut self, kind: u8) -> u16 {
        let packet = self.expect(kind).await;
        u16::from_be_bytes([packet.body[0], packet.body[1]])
    }

    /// SUBACK for the SUBSCRIBE in `request`, with one code.
    pub async fn suback(&mut self, request: &Packet, code: u8) {
        let mut body = request.body[..2].to_vec();
        self.add_properties(&mut body, &[]);
        body.push(code);
        self.write(&packet(0x90, &body)).await;
    }

    pub async fn unsuback(&mut self, request: &Packet) {
        let mut body = request.body[..2].to_vec();
        if self.five {
            body.extend([0, 0]);
        }
        self.write(&packet(0xB0, &body)).await;
    }

    /// A PUBLISH packet as this peer would send it.
    pub fn publish(&self, topic: &str, payload: &[u8], qos: u8, id: u16) -> Vec<u8> {
        self.publish_with(topic, payload, qos, id, &[])
    }

    /// The same with encoded MQTT 5 properties.
    pub fn publish_with(&self, topic: &str, payload: &[u8], qos: u8, id: u16, properties: &[u8]) -> Vec<u8> {
        let mut body = text(topic);
        if qos > 0 {
            body.extend(id.to_be_bytes());
        }
        self.add_properties(&mut body, properties);
        body.extend(payload);
        packet(0x30 | (qos << 1), &body)
    }

    fn add_properties(&self, body: &mut Vec<u8>, properties: &[u8]) {
        if self.five {
            body.extend(length(properties.len()));
            body.extend(properties);
        }
    }

    /// The filter of a SUBSCRIBE or UNSUBSCRIBE with one filter.
    pub fn filter(&self, request: &Packet) -> String {
        let start = if self.five { 3 } else { 2 };
        read_text(&request.body[start..]).0
    }

    /// Takes a PUBLISH apart that carries less than 128 bytes of MQTT 5 properties.
    pub fn read_publish(&self, packet: &Packet) -> Publish {
        let qos = (packet.flags >> 1) & 3;
        let (topic, mut rest) = read_text(&packet.body);
        let mut id = 0;
        if qos > 0 {
            id = u16::from_be_bytes([rest[0], rest[1]]);
            rest = &rest[2..];
        }
        let (properties, payload) = if self.five { rest[1..].split_at(rest[0].into()) } else { rest.split_at(0) };
        let (properties, payload) = (properties.to_vec(), payload.to_vec());
        Publish { topic, payload, qos, dup: packet.flags & 8 != 0, id, properties }
    }

    /// Takes a CONNECT apart that carries no will.
    pub fn read_connect(&self, packet: &Packet) -> Connect {
        // "MQTT" with its length, the level, then flags and keep-alive.
        let flags = packet.body[7];
        let properties = if self.five { 1 + usize::from(packet.body[10]) } else { 0 };
        let (client_id, mut rest) = read_text(&packet.body[10 + properties..]);
        let mut field = |bit: u8| {
            if flags & bit == 0 {
                return String::new();
            }
            let (text, after) = read_text(rest);
            rest = after;
            text
        };
        Connect { client_id, clean: flags & 2 != 0, user_name: field(0x80), password: field(0x40) }
    }

    /// Behaves from here on: answers everything with success until the client closes. Returns the publishes.
    pub async fn serve(mut self) -> Vec<Publish> {
        let mut publishes = Vec::new();
        while let Some(packet) = self.next().await {
            match packet.kind {
                kind::PUBLISH => {
                    let publish = self.read_publish(&packet);
                    match publish.qos {
                        0 => {}
                        1 => self.puback(publish.id).await,
                        _ => self.answer(kind::PUBREC, publish.id).await,
                    }
                    publishes.push(publish);
                }
                kind::PUBREL => {
                    self.answer(kind::PUBCOMP, u16::from_be_bytes([packet.body[0], packet.body[1]])).await;
                }
                kind::SUBSCRIBE => self.suback(&packet, 1).await,
                kind::UNSUBSCRIBE => self.unsuback(&packet).await,
                kind::PINGREQ => self.write(&[0xD0, 0]).await,
                _ => {}
            }
        }
        publishes
    }

    pub async fn expect_publish(&mut self) -> Publish {
        let packet = self.expect(kind::PUBLISH).await;
        self.read_publish(&packet)
    }
}

/// A control packet of any content.
pub fn packet(first: u8, body: &[u8]) -> Vec<u8> {
    let mut bytes = vec![first];
    bytes.extend(length(body.len()));
    bytes.extend(body);
    bytes
}

fn length(mut value: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(value & 0x7F).unwrap_or_default();
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

fn text(text: &str) -> Vec<u8> {
    let mut bytes = u16::try_from(text.len()).unwrap_or_default().to_be_bytes().to_vec();
    bytes.extend(text.as_bytes());
    bytes
}

fn read_text(bytes: &[u8]) -> (String, &[u8]) {
    let length = usize::from(u16::from_be_bytes([bytes[0], bytes[1]]));
    (String::from_utf8_lossy(&bytes[2..2 + length]).into_owned(), &bytes[2 + length..])
}
