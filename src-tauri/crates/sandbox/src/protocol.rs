//! One client's protocol state: MQTT 3.1.1 and 5 behind one type, on a library that does no I/O.

use crate::broker::{PublishProblem, SubscribeProblem};
use crate::frame::Frame;
use crate::handshake::Connect;
use crate::limits::Limits;
use crate::message::Qos;
use crate::outbox::Outgoing;
use crate::packets::{self, Incoming, Welcome};
use bytes::BytesMut;
use mqtt_protocol_core::mqtt::connection::{ConnectionOptions, Event, TimerKind};
use mqtt_protocol_core::mqtt::packet::{GenericPacketTrait, Packet};
use mqtt_protocol_core::mqtt::result_code::{DisconnectReasonCode, MqttError};
use mqtt_protocol_core::mqtt::{Connection, Version, common::Cursor, role};
use std::time::Duration;
use tokio::time::Instant;

pub(crate) struct Protocol {
    core: Connection<role::Server>,
    version: Version,
    /// Largest packet that the client takes.
    largest: usize,
    /// QoS 1 messages that may be on their way at a time.
    pub window: usize,
    /// Bytes to write.
    pub output: BytesMut,
    /// When the client has been silent for too long: 1.5 times its keep-alive [MQTT-3.1.2-22].
    pub deadline: Option<Instant>,
    /// Nothing more is read; what is in `output` is still sent.
    pub closing: bool,
}

impl Protocol {
    /// Accepts a CONNECT: `output` holds the CONNACK.
    pub fn accept(connect: &Connect, welcome: &Welcome, limits: &Limits) -> Result<Self, MqttError> {
        let largest = u32::try_from(limits.packet).unwrap_or(u32::MAX);
        let options = ConnectionOptions::new().maximum_packet_size_recv(largest);
        let mut protocol = Self {
            core: Connection::with_options(connect.version, options),
            version: connect.version,
            largest: connect.maximum_packet_size.map_or(usize::MAX, |size| size as usize),
            window: limits.inflight.min(connect.receive_maximum.into()),
            output: BytesMut::new(),
            deadline: None,
            closing: false,
        };
        protocol.core.set_auto_ping_response(true);
        let bare = packets::bare_connect(connect)?;
        let events = protocol.core.recv(&mut Cursor::new(&bare));
        protocol.digest(events);
        protocol.send(packets::connack(connect.version, welcome)?);
        Ok(protocol)
    }

    /// Takes a packet in; answers PINGREQ itself.
    pub fn receive(&mut self, frame: &Frame) -> Vec<Incoming> {
        let events = self.core.recv(&mut Cursor::new(&frame.bytes));
        let received = self.digest(events);
        if self.closing {
            return Vec::new();
        }
        received.into_iter().filter_map(packets::incoming).collect()
    }

    /// Sends a message. False if the client cannot take one of this size: it is then treated as delivered
    /// [MQTT-3.1.2-25].
    pub fn publish(&mut self, outgoing: &Outgoing) -> bool {
        if let Some(id) = outgoing.id
            && self.core.register_packet_id(id).is_err()
        {
            return false;
        }
        match packets::publish(self.version, outgoing) {
            Ok(packet) if packet.size() <= self.largest => {
                self.send(packet);
                true
            }
            _ => {
                if let Some(id) = outgoing.id {
                    let events = self.core.release_packet_id(id);
                    self.digest(events);
                }
                false
            }
        }
    }

    /// Answers a PUBLISH. MQTT 3.1.1 and QoS 0 have no negative answer: there the connection ends.
    pub fn answer_publish(&mut self, id: Option<u16>, outcome: Result<usize, PublishProblem>) {
        match (id, outcome) {
            (Some(id), outcome) if outcome.is_ok() || self.version == Version::V5_0 => {
                self.try_send(packets::puback(self.version, id, outcome));
            }
            (None, Ok(_) | Err(PublishProblem::TopicUnknown)) => {}
            (Some(id), outcome @ Err(PublishProblem::TopicUnknown)) => {
                self.try_send(packets::puback(self.version, id, outcome));
            }
            // MQTT 5 has a word for it, which QoS 0 does not carry.
            (None, Err(PublishProblem::Payload)) if self.version == Version::V5_0 => {}
            (_, Err(PublishProblem::Payload)) => self.disconnect(DisconnectReasonCode::PayloadFormatInvalid),
            (_, Err(PublishProblem::RetainedFull)) => self.disconnect(DisconnectReasonCode::QuotaExceeded),
            (_, _) => self.disconnect(DisconnectReasonCode::TopicNameInvalid),
        }
    }

    pub fn answer_subscribe(&mut self, id: u16, grants: &[Result<Qos, SubscribeProblem>]) {
        self.try_send(packets::suback(self.version, id, grants));
    }

    /// `existed` says for each filter whether there was a subscription.
    pub fn answer_unsubscribe(&mut self, id: u16, existed: &[bool]) {
        self.try_send(packets::unsuback(self.version, id, existed));
    }

    /// Ends the connection, with the reason where the protocol can carry one.
    pub fn disconnect(&mut self, reason: DisconnectReasonCode) {
        if self.version == Version::V5_0 && !self.closing {
            self.try_send(packets::disconnect(reason));
        }
        self.closing = true;
    }

    /// The deadline passed without a packet.
    pub fn keep_alive_expired(&mut self) {
        self.deadline = None;
        self.disconnect(DisconnectReasonCode::KeepAliveTimeout);
    }

    fn try_send(&mut self, packet: Result<Packet, MqttError>) {
        match packet {
            Ok(packet) => self.send(packet),
            Err(_) => self.closing = true,
        }
    }

    fn send(&mut self, packet: Packet) {
        let events = self.core.send(packet);
        self.digest(events);
    }

    /// Does what the library asks for; hands out the packets that came in.
    fn digest(&mut self, events: Vec<Event>) -> Vec<Packet> {
        let mut received = Vec::new();
        for event in events {
            match event {
                Event::NotifyPacketReceived(packet) => received.push(packet),
                Event::RequestSendPacket { packet, .. } => {
                    self.output.extend_from_slice(&packet.to_continuous_buffer());
                }
                Event::RequestTimerReset { kind: TimerKind::PingreqRecv, duration_ms } => {
                    self.deadline = Some(Instant::now() + Duration::from_millis(duration_ms));
                }
                Event::RequestTimerCancel(TimerKind::PingreqRecv) => self.deadline = None,
                Event::NotifyError(error) => {
                    tracing::debug!(?error, "protocol error of a sandbox client");
                    self.closing = true;
                }
                Event::RequestClose => self.closing = true,
                Event::RequestTimerReset { .. } | Event::RequestTimerCancel(_) | Event::NotifyPacketIdReleased(_) => {}
            }
        }
        received
    }
}
