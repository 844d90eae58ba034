//! The bytes on their way to one client, and what faults make of them: every packet passes here on its way out.

use super::pace::Pace;
use super::{Faults, Misdeed, PacketKind};
use bytes::{Buf, BytesMut};
use std::sync::Arc;
use tokio::time::Instant;

pub(crate) struct Line {
    faults: Faults,
    client: Arc<str>,
    bytes: BytesMut,
    pace: Pace,
    /// A packet was cut: nothing follows it.
    cut: bool,
}

impl Line {
    pub fn new(faults: Faults, client: &str) -> Self {
        Self { faults, client: client.into(), bytes: BytesMut::new(), pace: Pace::default(), cut: false }
    }

    /// Takes a whole packet.
    pub fn push(&mut self, packet: &[u8]) {
        let kind = packet.first().and_then(|first| PacketKind::of(*first));
        let Some(kind) = kind.filter(|_| !self.cut) else { return };
        let held = self.faults.strike(&self.client, |misdeed| match misdeed {
            Misdeed::Delay { time, packet } if packet.is_none_or(|packet| packet == kind) => Some(*time),
            _ => None,
        });
        if let Some(time) = held {
            self.pace.hold(time);
        }
        let struck = self.faults.strike(&self.client, |misdeed| spoils(misdeed, kind).then(|| misdeed.clone()));
        match struck {
            Some(Misdeed::Lose { .. }) => {}
            Some(Misdeed::Cut { .. }) => {
                self.bytes.extend_from_slice(&packet[..packet.len() / 2]);
                self.cut = true;
            }
            Some(Misdeed::Malformed { .. }) => {
                self.bytes.extend_from_slice(&[malformed(packet[0])]);
                self.bytes.extend_from_slice(&packet[1..]);
            }
            Some(Misdeed::Oversized { bytes }) => self.push_filled(packet, bytes),
            _ => self.bytes.extend_from_slice(packet),
        }
    }

    /// A PUBLISH with bytes at the end of its payload, up to a size.
    fn push_filled(&mut self, packet: &[u8], size: usize) {
        let header = packet.iter().skip(1).position(|byte| byte & 0x80 == 0).map_or(packet.len(), |last| last + 2);
        let (more, mut length) = (size.saturating_sub(packet.len()), packet.len() - header);
        length += more;
        self.bytes.extend_from_slice(&packet[..1]);
        // The variable byte integer of section 1.5.5.
        loop {
            let (byte, rest) = ((length % 128) as u8, length / 128);
            self.bytes.extend_from_slice(&[if rest > 0 { byte | 0x80 } else { byte }]);
            length = rest;
            if rest == 0 {
                break;
            }
        }
        self.bytes.extend_from_slice(&packet[header..]);
        self.bytes.resize(self.bytes.len() + more, b'x');
    }

    pub fn len(&self) -> usize {
        self.bytes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// Nothing more can be sent.
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    /// The time before which nothing may be written, if it is to come.
    pub fn gate(&mut self) -> Option<Instant> {
        self.pace.gate()
    }

    /// What may be written now.
    pub fn ready(&self) -> &[u8] {
        let share = self.throttle().map_or(self.bytes.len(), Pace::share);
        &self.bytes[..share.min(self.bytes.len())]
    }

    /// So much of it was written.
    pub fn written(&mut self, bytes: usize) {
        self.bytes.advance(bytes);
        if let Some(rate) = self.throttle() {
            self.pace.spent(bytes, rate);
        }
    }

    /// All that is left, however long it was to be held back.
    pub fn into_bytes(self) -> BytesMut {
        self.bytes
    }

    fn throttle(&self) -> Option<u32> {
        self.faults.strike(&self.client, |misdeed| match misdeed {
            Misdeed::Throttle { bytes_per_second } => Some(*bytes_per_second),
            _ => None,
        })
    }
}

/// Whether a misdeed changes packets of this kind.
fn spoils(misdeed: &Misdeed, kind: PacketKind) -> bool {
    match misdeed {
        Misdeed::Cut { packet } | Misdeed::Lose { packet } | Misdeed::Malformed { packet } => *packet == kind,
        Misdeed::Oversized { .. } => kind == PacketKind::Publish,
        _ => false,
    }
}

/// The first byte of a packet with flags that must close the connection (MQTT 5 section 2.1.3 [MQTT-2.1.3-1], and
/// [MQTT-3.3.1-4] for QoS 3).
fn malformed(first: u8) -> u8 {
    match first >> 4 {
        3 => first | 0b0110,
        _ => first ^ 0b1111,
    }
}
