//! MQTT 5 on the library's event loop.

use crate::Options;
use crate::failure::{self, Failure, Scene, reasons};
use crate::flight::{HANDED_OVER, RING};
use crate::link::{Happening, Link, Requests};
use crate::outbox::Outgoing;
use crate::properties;
use crate::sink::{Received, Terms, Topic};
use crate::subscriptions::Ask;
use crate::transport::Carrier;
use crate::tunnel::Tunnel;
use hubscope_model::{Code, Error};
use rumqttc::Outgoing as Sent;
use rumqttc::v5::mqttbytes::QoS;
use rumqttc::v5::mqttbytes::v5::{ConnAck, ConnectProperties, Packet, Publish};
use rumqttc::v5::{AsyncClient, Event, EventLoop, MqttOptions, Request};
use std::time::Duration;

/// The session outlives its connection until the server decides otherwise (section 3.1.2.11.2).
const NEVER_EXPIRES: u32 = u32::MAX;

pub(crate) struct V5 {
    event_loop: EventLoop,
    scene: Scene,
    keep_alive: Duration,
}

/// A fresh event loop: nothing of an earlier connection can leak into this one.
pub(crate) fn open(options: &Options, carrier: Carrier, tunnel: Option<&Tunnel>) -> (V5, AsyncClient) {
    let mut mqtt = MqttOptions::new(options.client_id.as_str(), carrier.address, options.port);
    mqtt.set_transport(carrier.transport);
    mqtt.set_request_modifier(Carrier::into_modifier(carrier.headers));
    if let Some(tunnel) = tunnel {
        mqtt.set_proxy(tunnel.proxy());
    }
    mqtt.set_keep_alive(options.keep_alive());
    mqtt.set_clean_start(options.clean_session);
    mqtt.set_outgoing_inflight_upper_limit(RING);
    mqtt.set_connection_timeout(options.timing.connect.as_secs().max(1));
    mqtt.set_network_options(crate::v4::network(options));
    let mut wishes = ConnectProperties::new();
    wishes.max_packet_size = Some(options.max_packet_size.max(1));
    wishes.session_expiry_interval = (!options.clean_session).then_some(NEVER_EXPIRES);
    mqtt.set_connect_properties(wishes);
    if !(options.connect_user_name().is_empty() && options.connect_password().is_empty()) {
        mqtt.set_credentials(options.connect_user_name(), options.connect_password());
    }
    // One place more than we hand over, for DISCONNECT.
    let (client, event_loop) = AsyncClient::new(mqtt, HANDED_OVER + 2);
    (V5 { event_loop, scene: Scene::new(options), keep_alive: options.keep_alive() }, client)
}

impl Link for V5 {
    type Event = Event;

    async fn poll(&mut self) -> Result<Event, Failure> {
        self.event_loop.poll().await.map_err(|error| failure::v5::explain(error, &self.scene))
    }

    fn ready(&mut self) -> Option<Event> {
        self.event_loop.state.events.pop_front()
    }

    fn read(event: Event) -> Result<Happening, Failure> {
        match event {
            Event::Incoming(packet) => incoming(packet),
            Event::Outgoing(Sent::Publish(id)) => Ok(Happening::PublishTaken(id)),
            Event::Outgoing(Sent::PingReq) => Ok(Happening::PingSent),
            Event::Outgoing(Sent::Disconnect) => Ok(Happening::Disconnected),
            Event::Outgoing(_) => Ok(Happening::Nothing),
        }
    }

    fn repeat(&mut self, publishes: Vec<(u16, Outgoing)>) {
        self.event_loop.pending.extend(publishes.into_iter().map(|(id, outgoing)| {
            let mut publish = Publish::new(outgoing.topic, level(outgoing.qos), outgoing.payload, None);
            publish.retain = outgoing.retain;
            publish.pkid = id;
            publish.dup = true;
            Request::Publish(publish)
        }));
    }

    fn connected(&mut self) -> Duration {
        self.scene.online = true;
        // A server keep-alive of 0 turns PINGs off (3.2.2.3.14); the library would send them without a pause.
        if self.event_loop.options.keep_alive().is_zero() {
            self.event_loop.options.set_keep_alive(self.keep_alive);
        }
        self.event_loop.options.keep_alive()
    }
}

fn incoming(packet: Packet) -> Result<Happening, Failure> {
    Ok(match packet {
        Packet::Publish(publish) => Happening::Message(Received {
            topic: Topic::shared(publish.topic).ok_or_else(topic_is_not_text)?,
            payload: publish.payload,
            qos: publish.qos as u8,
            retain: publish.retain,
            dup: publish.dup,
            properties: publish.properties.map(properties::list).unwrap_or_default(),
        }),
        Packet::ConnAck(answer) => connected(answer),
        Packet::PubAck(ack) => Happening::Acknowledged {
            id: ack.pkid,
            refused: reasons::puback(ack.reason)
                .map(|words| reasons::with_text(words, ack.properties.and_then(|properties| properties.reason_string))),
        },
        Packet::SubAck(ack) => {
            let text = ack.properties.and_then(|properties| properties.reason_string);
            Happening::Subscribed(
                reasons::suback(ack.return_codes.first()).map_err(|words| reasons::with_text(words, text)),
            )
        }
        Packet::UnsubAck(_) => Happening::Unsubscribed,
        Packet::PingResp(_) => Happening::Pong,
        _ => Happening::Nothing,
    })
}

fn connected(answer: ConnAck) -> Happening {
    let session_present = answer.session_present;
    let Some(properties) = answer.properties else {
        return Happening::Connected { session_present, receive_max: None, terms: Terms::default() };
    };
    let terms = Terms {
        assigned_client_id: properties.assigned_client_identifier,
        keep_alive: properties.server_keep_alive,
        max_packet_size: properties.max_packet_size,
    };
    Happening::Connected { session_present, receive_max: properties.receive_max, terms }
}

/// MQTT-1.5.4-1: such a packet is malformed and the connection must be closed.
fn topic_is_not_text() -> Failure {
    Failure::counted(Error::new(Code::ProtocolError, "The server sent a topic name that is not UTF-8."))
}

fn level(qos: u8) -> QoS {
    if qos == 0 { QoS::AtMostOnce } else { QoS::AtLeastOnce }
}

/// Sending fails only when the event loop is gone, and then its end is already being dealt with.
impl Requests for AsyncClient {
    async fn ask(&self, ask: Ask) {
        let _gone = match ask {
            Ask::Subscribe { filter, qos } => self.subscribe(filter, level(qos)).await,
            Ask::Unsubscribe { filter } => self.unsubscribe(filter).await,
        };
    }

    async fn publish(&self, outgoing: Outgoing) {
        let Outgoing { topic, payload, qos, retain, .. } = outgoing;
        let _gone = self.publish_bytes(topic, level(qos), retain, payload).await;
    }

    async fn disconnect(&self) {
        let _gone = AsyncClient::disconnect(self).await;
    }
}
