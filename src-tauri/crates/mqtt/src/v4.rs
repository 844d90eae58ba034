//! MQTT 3.1.1 on the library's event loop.

use crate::desk::Desk;
use crate::failure::{self, Failure, Scene};
use crate::flight::{HANDED_OVER, RING, Repeat};
use crate::link::{Happening, Link, Requests};
use crate::outbox::Outgoing;
use crate::sink::{Received, Topic};
use crate::subscriptions::Ask;
use crate::transport::Carrier;
use crate::tunnel::Tunnel;
use crate::{Options, Publish, Will, packet};
use bytes::{Bytes, BytesMut};
use hubscope_model::{ControlPacket, Direction, MqttVersion, PacketKind, Terms, text};
use rumqttc::{
    AsyncClient, Connect, ConnectionError, Event, EventLoop, LastWill, MqttOptions, MqttState, NetworkOptions,
    Outgoing as Sent, Packet, PubRel, Publish as Sending, QoS, Request, Subscribe, SubscribeReasonCode, Unsubscribe,
};
use std::sync::LazyLock;
use std::time::Duration;

/// A state that answers the PUBREL of any id. The library takes that of an id that it does not know for a fault, and a
/// fresh event loop knows none, also not those of a session that the broker kept.
static ANSWERS_EVERY_PUBREL: LazyLock<MqttState> = LazyLock::new(|| {
    let mut state = MqttState::new(RING, false);
    (1..=u16::MAX).for_each(|id| expect_pubrel(&mut state, id));
    state
});

/// Seconds. Our own watch over what the broker says ends a connection long before.
const LONGEST_WRITE: u64 = 24 * 60 * 60;

pub(crate) struct V4 {
    event_loop: EventLoop,
    scene: Scene,
    /// The return code of the CONNACK that refused.
    refused: Option<u8>,
}

/// A fresh event loop: nothing of an earlier connection can leak into this one.
pub(crate) fn open(options: &Options, carrier: Carrier, tunnel: Option<&Tunnel>) -> (V4, AsyncClient) {
    let mut mqtt = MqttOptions::new(options.client_id.as_str(), carrier.address, options.port);
    mqtt.set_transport(carrier.transport);
    mqtt.set_request_modifier(Carrier::into_modifier(carrier.headers));
    if let Some(tunnel) = tunnel {
        mqtt.set_proxy(tunnel.proxy());
    }
    mqtt.set_keep_alive(options.keep_alive());
    mqtt.set_clean_session(options.clean_session);
    mqtt.set_inflight(RING);
    // Outgoing packets were checked before they were handed over; a second bound here would cost the connection.
    mqtt.set_max_packet_size(options.max_packet_size as usize, usize::MAX);
    if let Some(will) = &options.will {
        mqtt.set_last_will(self::will(will));
    }
    if !(options.connect_user_name().is_empty() && options.connect_password().is_empty()) {
        mqtt.set_credentials(options.connect_user_name(), options.connect_password());
    }
    // One place more than we hand over, for DISCONNECT.
    let (client, mut event_loop) = AsyncClient::new(mqtt, HANDED_OVER + 2);
    event_loop.state = ANSWERS_EVERY_PUBREL.clone();
    event_loop.set_network_options(network(options));
    (V4 { event_loop, scene: Scene::new(options), refused: None }, client)
}

pub(crate) fn network(options: &Options) -> NetworkOptions {
    let mut network = NetworkOptions::new();
    // Without it small packets wait for the peer's delayed acknowledgement: 500 messages a second at best.
    network.set_tcp_nodelay(true);
    network.set_connection_timeout(options.timing.connect.as_secs().max(1));
    network
}

/// Makes the library answer the PUBREL of `id`, as if its PUBLISH had come.
fn expect_pubrel(state: &mut MqttState, id: u16) {
    let mut publish = Sending::from_bytes("", QoS::ExactlyOnce, Bytes::new());
    publish.pkid = id;
    let events = state.events.len();
    // The answer to a PUBLISH that never came goes nowhere; taking one in cannot fail.
    let _unsent = state.handle_incoming_packet(Packet::Publish(publish));
    state.events.truncate(events);
}

impl Link for V4 {
    type Event = Event;

    async fn poll(&mut self) -> Result<Event, Failure> {
        self.event_loop.poll().await.map_err(|error| {
            if let ConnectionError::ConnectionRefused(code) = &error {
                self.refused = Some(*code as u8);
            }
            failure::v4::explain(error, &self.scene)
        })
    }

    fn ready(&mut self) -> Option<Event> {
        self.event_loop.state.events.pop_front()
    }

    fn packet(&self, event: &Event, desk: &Desk) -> Option<ControlPacket> {
        use PacketKind as K;
        let out = |kind, id: u16| Some(packet::of_kind(kind, Direction::Out, Some(id)));
        match event {
            Event::Incoming(packet) => lane(packet, Direction::In),
            Event::Outgoing(Sent::Publish(id)) => desk.publish_packet(*id),
            Event::Outgoing(Sent::Subscribe(id) | Sent::Unsubscribe(id)) => {
                let packet = match desk.asked()? {
                    Ask::Subscribe { filter, subscription } => {
                        Packet::Subscribe(Subscribe { pkid: *id, ..Subscribe::new(filter, level(subscription.qos)) })
                    }
                    Ask::Unsubscribe { filter } => Packet::Unsubscribe(Unsubscribe { pkid: *id, topics: vec![filter] }),
                };
                lane(&packet, Direction::Out)
            }
            Event::Outgoing(Sent::PubAck(id)) => out(K::Puback, *id),
            Event::Outgoing(Sent::PubRec(id)) => out(K::Pubrec, *id),
            Event::Outgoing(Sent::PubRel(id)) => out(K::Pubrel, *id),
            Event::Outgoing(Sent::PubComp(id)) => out(K::Pubcomp, *id),
            Event::Outgoing(Sent::PingReq) => Some(packet::of_kind(K::Pingreq, Direction::Out, None)),
            Event::Outgoing(Sent::Disconnect) => Some(packet::of_kind(K::Disconnect, Direction::Out, None)),
            Event::Outgoing(Sent::PingResp | Sent::AwaitAck(_)) => None,
        }
    }

    fn refusal(&self) -> Option<ControlPacket> {
        self.refused.map(|code| packet::refusal(code, MqttVersion::V311))
    }

    fn read(&mut self, event: Event) -> Result<Happening, Failure> {
        Ok(match event {
            Event::Incoming(Packet::PubRel(release)) => {
                // A broker may repeat it.
                expect_pubrel(&mut self.event_loop.state, release.pkid);
                Happening::Settled(release.pkid)
            }
            Event::Incoming(packet) => incoming(packet),
            Event::Outgoing(Sent::Publish(id)) => Happening::PublishTaken(id),
            Event::Outgoing(Sent::PingReq) => Happening::PingSent,
            Event::Outgoing(Sent::Disconnect) => Happening::Disconnected,
            Event::Outgoing(_) => Happening::Nothing,
        })
    }

    fn repeat(&mut self, open: Vec<Repeat>) {
        self.event_loop.pending.extend(open.into_iter().map(|open| match open {
            Repeat::Publish(id, outgoing) => {
                let mut publish = sending(outgoing.message);
                publish.pkid = id;
                publish.dup = true;
                Request::Publish(publish)
            }
            Repeat::Release(id) => Request::PubRel(PubRel::new(id)),
        }));
    }

    fn heard(&mut self) {
        self.event_loop.state.await_pingresp = false;
    }

    fn connected(&mut self) -> Duration {
        self.scene.online = true;
        // The library takes the time for connecting for that of every write too; a slow line needs longer.
        self.event_loop.network_options.set_connection_timeout(LONGEST_WRITE);
        self.event_loop.mqtt_options.keep_alive()
    }
}

/// What the packet lane shows of a packet.
fn lane(packet: &Packet, direction: Direction) -> Option<ControlPacket> {
    if let Packet::Publish(publish) = packet {
        let message = Publish {
            topic: publish.topic.clone(),
            payload: publish.payload.clone(),
            qos: publish.qos as u8,
            retain: publish.retain,
            ..Publish::default()
        };
        let id = (publish.pkid > 0).then_some(publish.pkid);
        return Some(ControlPacket { id, dup: publish.dup, ..packet::publish(direction, &message, publish.size()) });
    }
    let mut bytes = BytesMut::new();
    packet.write(&mut bytes, usize::MAX).ok()?;
    let mut shown = packet::of_bytes(&bytes, direction, MqttVersion::V311)?;
    match packet {
        Packet::Subscribe(subscribe) => {
            let asked = subscribe.filters.first()?;
            shown.topic = packet::filter(&asked.path);
            shown.qos = Some(asked.qos as u8);
        }
        Packet::Unsubscribe(unsubscribe) => shown.topic = packet::filter(unsubscribe.topics.first()?),
        Packet::ConnAck(answer) => {
            shown.details.push(packet::detail("session present", if answer.session_present { "yes" } else { "no" }));
        }
        _ => {}
    }
    Some(shown)
}

/// Bytes of CONNECT, the credential by its length.
pub(crate) fn connect_size(options: &Options) -> usize {
    let mut connect = Connect::new(options.client_id.as_str());
    connect.last_will = options.will.as_ref().map(will);
    let (user_name, password) = (options.connect_user_name().len(), options.connect_password().len());
    if user_name + password > 0 {
        connect.set_login("x".repeat(user_name), "x".repeat(password));
    }
    connect.size()
}

fn will(will: &Will) -> LastWill {
    let Publish { topic, payload, qos, retain, .. } = will.message.clone();
    LastWill { topic, message: payload, qos: level(qos), retain }
}

fn incoming(packet: Packet) -> Happening {
    match packet {
        Packet::Publish(publish) => {
            let id = publish.pkid;
            let received = Received {
                topic: Topic::from(publish.topic),
                payload: publish.payload,
                qos: publish.qos as u8,
                retain: publish.retain,
                dup: publish.dup,
                properties: Vec::new(),
            };
            if received.qos < 2 { Happening::Message(received) } else { Happening::MessageOnce(id, received) }
        }
        Packet::ConnAck(answer) => {
            Happening::Connected { session_present: answer.session_present, terms: Box::new(Terms::default()) }
        }
        Packet::PubRec(record) => Happening::Released(record.pkid),
        Packet::PubAck(ack) => Happening::Acknowledged { id: ack.pkid, refused: None },
        Packet::PubComp(complete) => Happening::Acknowledged { id: complete.pkid, refused: None },
        Packet::SubAck(ack) => Happening::Subscribed(match ack.return_codes.first() {
            Some(SubscribeReasonCode::Success(qos)) => Ok(*qos as u8),
            _ => Err(text!("the broker refused the subscription and gave no reason")),
        }),
        Packet::UnsubAck(_) => Happening::Unsubscribed,
        Packet::PingResp => Happening::Pong,
        _ => Happening::Nothing,
    }
}

fn level(qos: u8) -> QoS {
    match qos {
        0 => QoS::AtMostOnce,
        1 => QoS::AtLeastOnce,
        _ => QoS::ExactlyOnce,
    }
}

pub(crate) fn sending(message: Publish) -> Sending {
    let Publish { topic, payload, qos, retain, .. } = message;
    let mut publish = Sending::from_bytes(topic, level(qos), payload);
    publish.retain = retain;
    publish
}

/// Sending fails only when the event loop is gone, and then its end is already being dealt with.
impl Requests for AsyncClient {
    async fn ask(&self, ask: Ask) {
        let _gone = match ask {
            Ask::Subscribe { filter, subscription } => self.subscribe(filter, level(subscription.qos)).await,
            Ask::Unsubscribe { filter } => self.unsubscribe(filter).await,
        };
    }

    async fn publish(&self, outgoing: Outgoing) {
        let Publish { topic, payload, qos, retain, .. } = outgoing.message;
        let _gone = self.publish_bytes(topic, level(qos), retain, payload).await;
    }

    async fn disconnect(&self) {
        let _gone = AsyncClient::disconnect(self).await;
    }
}
