//! One client's protocol state: MQTT 3.1.1 and 5 behind one type, on a library that does no I/O.

use crate::aliases::Aliases;
use crate::broker::{PublishProblem, SubscribeProblem};
use crate::faults::Line;
use crate::frame::Frame;
use crate::handshake::Connect;
use crate::limits::Limits;
use crate::message::{Delivery, Qos};
use crate::outbox::Outgoing;
use crate::packets::{self, Incoming, Welcome};
use mqtt_protocol_core::mqtt::connection::{ConnectionOptions, Event, TimerKind};
use mqtt_protocol_core::mqtt::packet::{GenericPacketTrait, Packet};
use mqtt_protocol_core::mqtt::result_code::{DisconnectReasonCode, MqttError};
use mqtt_protocol_core::mqtt::{Connection, Version, common::Cursor, role};
use std::collections::HashSet;
use std::time::Duration;
use tokio::time::Instant;

pub(crate) struct Protocol {
    core: Connection<role::Server>,
    version: Version,
    /// Largest packet that the client takes.
    largest: usize,
    /// Messages of QoS 1 and 2 that may be on their way at a time.
    pub window: usize,
    aliases: Aliases,
    /// Bytes to write.
    pub output: Line,
    /// When the client has been silent for too long: 1.5 times its keep-alive [MQTT-3.1.2-22].
    pub deadline: Option<Instant>,
    /// Nothing more is read; what is in `output` is still sent.
    pub closing: bool,
}

impl Protocol {
    /// Accepts a CONNECT: `output` holds the CONNACK. `received` are the ids of QoS 2 messages that the client has not
    /// released yet.
    pub fn accept(
        connect: &Connect,
        welcome: &Welcome,
        limits: &Limits,
        received: HashSet<u16>,
        output: Line,
    ) -> Result<Self, MqttError> {
        let largest = u32::try_from(limits.packet).unwrap_or(u32::MAX);
        let options = ConnectionOptions::new().maximum_packet_size_recv(largest);
        let mut protocol = Self {
            core: Connection::with_options(connect.version, options),
            version: connect.version,
            largest: connect.maximum_packet_size.map_or(usize::MAX, |size| size as usize),
            window: limits.inflight.min(connect.receive_maximum.into()),
            aliases: Aliases::new(connect.topic_alias_maximum.min(limits.topic_aliases)),
            output,
            deadline: None,
            closing: false,
        };
        protocol.core.set_auto_ping_response(true);
        let bare = packets::bare_connect(connect)?;
        let events = protocol.core.recv(&mut Cursor::new(&bare));
        protocol.digest(events);
        protocol.send(packets::connack(connect.version, welcome)?);
        protocol.core.restore_qos2_publish_handled(received.into_iter().collect());
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

    /// Sends a message, or PUBREL. The id of a message that the client cannot take because of its size: it is then
    /// treated as delivered [MQTT-3.1.2-25].
    pub fn send_out(&mut self, outgoing: &Outgoing) -> Option<u16> {
        match outgoing {
            Outgoing::Message { delivery, id, dup } => {
                let sent = self.publish(delivery, *id, *dup);
                id.filter(|_| !sent)
            }
            // Of an earlier connection of the session: on this one the id was not in use yet.
            Outgoing::Release(id) => {
                if self.core.register_packet_id(*id).is_ok() {
                    self.release(*id);
                }
                None
            }
        }
    }

    fn publish(&mut self, delivery: &Delivery, id: Option<u16>, dup: bool) -> bool {
        if let Some(id) = id
            && self.core.register_packet_id(id).is_err()
        {
            return false;
        }
        let topic = &delivery.message.topic;
        // What has no room for an alias is sent without one.
        for alias in [self.aliases.of(topic), None] {
            match packets::publish(self.version, delivery, id, dup, alias) {
                Ok(packet) if packet.size() <= self.largest => {
                    self.send(packet);
                    if let Some((alias, false)) = alias {
                        self.aliases.told(topic, alias);
                    }
                    return true;
                }
                _ => {}
            }
        }
        if let Some(id) = id {
            let events = self.core.release_packet_id(id);
            self.digest(events);
        }
        false
    }

    /// Tells the client that its QoS 2 message is known to have arrived.
    pub fn release(&mut self, id: u16) {
        self.try_send(packets::pubrel(self.version, id));
    }

    /// Answers PUBREL.
    pub fn complete(&mut self, id: u16, known: bool) {
        self.try_send(packets::pubcomp(self.version, id, known));
    }

    /// Answers a PUBLISH. MQTT 3.1.1 and QoS 0 have no negative answer: there the connection ends.
    pub fn answer_publish(&mut self, qos: Qos, id: Option<u16>, outcome: Result<usize, PublishProblem>) {
        let reason = match outcome {
            Ok(_) | Err(PublishProblem::TopicUnknown) => None,
            // MQTT 5 has a word for it, which QoS 0 does not carry.
            Err(PublishProblem::Payload) if self.version == Version::V5_0 && id.is_none() => None,
            Err(PublishProblem::Payload) => Some(DisconnectReasonCode::PayloadFormatInvalid),
            Err(PublishProblem::RetainedFull) => Some(DisconnectReasonCode::QuotaExceeded),
            Err(PublishProblem::TopicName) => Some(DisconnectReasonCode::TopicNameInvalid),
            Err(PublishProblem::Gone) => Some(DisconnectReasonCode::SessionTakenOver),
            Err(PublishProblem::OnDemand(code)) => {
                let same = DisconnectReasonCode::try_from(code);
                Some(same.unwrap_or(DisconnectReasonCode::UnspecifiedError))
            }
        };
        match (id, reason) {
            (Some(id), None) => self.acknowledge(qos, id, outcome),
            (Some(id), Some(_)) if self.version == Version::V5_0 => self.acknowledge(qos, id, outcome),
            (None, None) => {}
            (_, Some(reason)) => self.disconnect(reason),
        }
    }

    fn acknowledge(&mut self, qos: Qos, id: u16, outcome: Result<usize, PublishProblem>) {
        self.try_send(match qos {
            Qos::ExactlyOnce => packets::pubrec(self.version, id, outcome),
            Qos::AtMostOnce | Qos::AtLeastOnce => packets::puback(self.version, id, outcome),
        });
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
                    self.output.push(&packet.to_continuous_buffer());
                    self.closing |= self.output.is_cut();
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
