//! MQTT 3.1.1 on the library's event loop.

use crate::Options;
use crate::failure::{self, Failure, Scene};
use crate::flight::{HANDED_OVER, RING};
use crate::link::{Happening, Link, Requests};
use crate::outbox::Outgoing;
use crate::sink::{Received, Terms, Topic};
use crate::subscriptions::Ask;
use crate::transport::Carrier;
use crate::tunnel::Tunnel;
use rumqttc::{
    AsyncClient, Event, EventLoop, MqttOptions, NetworkOptions, Outgoing as Sent, Packet, Publish, QoS, Request,
    SubscribeReasonCode,
};
use std::time::Duration;

pub(crate) struct V4 {
    event_loop: EventLoop,
    scene: Scene,
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
    if !(options.connect_user_name().is_empty() && options.connect_password().is_empty()) {
        mqtt.set_credentials(options.connect_user_name(), options.connect_password());
    }
    // One place more than we hand over, for DISCONNECT.
    let (client, mut event_loop) = AsyncClient::new(mqtt, HANDED_OVER + 2);
    event_loop.set_network_options(network(options));
    (V4 { event_loop, scene: Scene::new(options) }, client)
}

pub(crate) fn network(options: &Options) -> NetworkOptions {
    let mut network = NetworkOptions::new();
    // Without it small packets wait for the peer's delayed acknowledgement: 500 messages a second at best.
    network.set_tcp_nodelay(true);
    network.set_connection_timeout(options.timing.connect.as_secs().max(1));
    network
}

impl Link for V4 {
    type Event = Event;

    async fn poll(&mut self) -> Result<Event, Failure> {
        self.event_loop.poll().await.map_err(|error| failure::v4::explain(error, &self.scene))
    }

    fn ready(&mut self) -> Option<Event> {
        self.event_loop.state.events.pop_front()
    }

    fn read(event: Event) -> Result<Happening, Failure> {
        Ok(match event {
            Event::Incoming(packet) => incoming(packet),
            Event::Outgoing(Sent::Publish(id)) => Happening::PublishTaken(id),
            Event::Outgoing(Sent::PingReq) => Happening::PingSent,
            Event::Outgoing(Sent::Disconnect) => Happening::Disconnected,
            Event::Outgoing(_) => Happening::Nothing,
        })
    }

    fn repeat(&mut self, publishes: Vec<(u16, Outgoing)>) {
        self.event_loop.pending.extend(publishes.into_iter().map(|(id, outgoing)| {
            let mut publish = packet(outgoing);
            publish.pkid = id;
            publish.dup = true;
            Request::Publish(publish)
        }));
    }

    fn connected(&mut self) -> Duration {
        self.scene.online = true;
        self.event_loop.mqtt_options.keep_alive()
    }
}

fn incoming(packet: Packet) -> Happening {
    match packet {
        Packet::Publish(publish) => Happening::Message(Received {
            topic: Topic::from(publish.topic),
            payload: publish.payload,
            qos: publish.qos as u8,
            retain: publish.retain,
            dup: publish.dup,
            properties: Vec::new(),
        }),
        Packet::ConnAck(answer) => {
            Happening::Connected { session_present: answer.session_present, receive_max: None, terms: Terms::default() }
        }
        Packet::PubAck(ack) => Happening::Acknowledged { id: ack.pkid, refused: None },
        Packet::SubAck(ack) => Happening::Subscribed(match ack.return_codes.first() {
            Some(SubscribeReasonCode::Success(qos)) => Ok(*qos as u8),
            _ => Err("the broker refused the subscription and gave no reason".into()),
        }),
        Packet::UnsubAck(_) => Happening::Unsubscribed,
        Packet::PingResp => Happening::Pong,
        _ => Happening::Nothing,
    }
}

fn level(qos: u8) -> QoS {
    if qos == 0 { QoS::AtMostOnce } else { QoS::AtLeastOnce }
}

fn packet(outgoing: Outgoing) -> Publish {
    let mut publish = Publish::from_bytes(outgoing.topic, level(outgoing.qos), outgoing.payload);
    publish.retain = outgoing.retain;
    publish
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
