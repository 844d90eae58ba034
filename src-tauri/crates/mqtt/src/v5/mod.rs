//! MQTT 5 on the library's event loop.

mod lane;
pub(crate) mod packets;
mod requests;

use crate::Options;
use crate::aliases::{Inbound, Outbound};
use crate::desk::Desk;
use crate::failure::{self, Failure, Scene};
use crate::flight::{HANDED_OVER, RING, Repeat};
use crate::link::{Happening, Link};
use crate::transport::Carrier;
use crate::tunnel::Tunnel;
use bytes::Bytes;
use hubscope_model::ControlPacket;
use requests::Client;
use rumqttc::Outgoing as Sent;
use rumqttc::v5::mqttbytes::QoS;
use rumqttc::v5::mqttbytes::v5::{ConnectReturnCode, Packet, PubCompReason, PubRecReason, PubRel, Publish as Sending};
use rumqttc::v5::{AsyncClient, ConnectionError, Event, EventLoop, MqttOptions, MqttState, Request};
use std::sync::atomic::Ordering;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

pub(crate) use lane::connect_size;
#[cfg(test)]
pub(crate) use packets::publish as packet;

/// A state that answers the PUBREL of any id. The library takes that of an id that it does not know for a fault, and a
/// fresh event loop knows none, also not those of a session that the broker kept.
static ANSWERS_EVERY_PUBREL: LazyLock<MqttState> = LazyLock::new(|| {
    let mut state = MqttState::new(RING, false);
    expect_every_pubrel(&mut state);
    state
});

pub(crate) struct V5 {
    event_loop: EventLoop,
    scene: Scene,
    keep_alive: Duration,
    inbound: Inbound,
    outbound: Arc<Outbound>,
    /// Places in the library's window that are taken for ever, and how many may be.
    leaked: u16,
    leaks_allowed: u16,
    /// The code of the CONNACK that refused.
    refused: Option<ConnectReturnCode>,
}

/// A fresh event loop: nothing of an earlier connection can leak into this one.
pub(crate) fn open(options: &Options, carrier: Carrier, tunnel: Option<&Tunnel>) -> (V5, Client) {
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
    mqtt.set_connect_properties(packets::connect_properties(options));
    if let Some(will) = &options.will {
        mqtt.set_last_will(packets::will(will));
    }
    if !(options.connect_user_name().is_empty() && options.connect_password().is_empty()) {
        mqtt.set_credentials(options.connect_user_name(), options.connect_password());
    }
    // One place more than we hand over, for DISCONNECT.
    let (client, mut event_loop) = AsyncClient::new(mqtt, HANDED_OVER + 2);
    event_loop.state = ANSWERS_EVERY_PUBREL.clone();
    let outbound = Arc::new(Outbound::default());
    let client = Client::new(client, options.properties.use_topic_aliases.then(|| outbound.clone()));
    let link = V5 {
        event_loop,
        scene: Scene::new(options),
        keep_alive: options.keep_alive(),
        inbound: Inbound::new(options.properties.topic_alias_maximum),
        outbound,
        leaked: 0,
        leaks_allowed: leaks_allowed(RING),
        refused: None,
    };
    (link, client)
}

/// A quarter of the window may be lost before it is mended: enough that mending is rare, and never all.
fn leaks_allowed(window: u16) -> u16 {
    window / 4
}

/// Makes the library answer the PUBREL of `id`, as if its PUBLISH had come.
fn expect_pubrel(state: &mut MqttState, id: u16) {
    let mut publish = Sending::new("", QoS::ExactlyOnce, Bytes::new(), None);
    publish.pkid = id;
    let events = state.events.len();
    // The answer to a PUBLISH that never came goes nowhere; taking one in cannot fail.
    let _unsent = state.handle_incoming_packet(Packet::Publish(publish));
    state.events.truncate(events);
}

fn expect_every_pubrel(state: &mut MqttState) {
    (1..=u16::MAX).for_each(|id| expect_pubrel(state, id));
}

impl V5 {
    /// The library counts a publish as open for ever when its PUBREC or PUBCOMP tells a failure. What is really open
    /// can be taken out of it and put in again, and then it has counted anew.
    fn mend_window(&mut self) {
        self.leaked += 1;
        if self.leaked <= self.leaks_allowed {
            return;
        }
        self.leaked = 0;
        let state = &mut self.event_loop.state;
        let events = state.events.len();
        for open in state.clean() {
            // What was sent once is not sent again, and so cannot be refused here.
            let _unsent = state.handle_outgoing_packet(open);
        }
        expect_every_pubrel(state);
        state.events.truncate(events);
    }

    fn incoming(&mut self, packet: Packet) -> Result<Happening, Failure> {
        match &packet {
            Packet::PubRel(release) => expect_pubrel(&mut self.event_loop.state, release.pkid),
            Packet::PubRec(record)
                if !matches!(record.reason, PubRecReason::Success | PubRecReason::NoMatchingSubscribers) =>
            {
                self.mend_window();
            }
            Packet::PubComp(complete) if complete.reason != PubCompReason::Success => self.mend_window(),
            Packet::ConnAck(answer) => {
                let properties = answer.properties.as_ref();
                let aliases = properties.and_then(|properties| properties.topic_alias_max).unwrap_or_default();
                self.outbound.maximum.store(aliases, Ordering::Relaxed);
                let window = properties.and_then(|properties| properties.receive_max).unwrap_or(RING);
                self.leaks_allowed = leaks_allowed(window.min(RING));
            }
            _ => {}
        }
        packets::read(packet, &mut self.inbound)
    }
}

impl Link for V5 {
    type Event = Event;

    async fn poll(&mut self) -> Result<Event, Failure> {
        match self.event_loop.poll().await {
            Ok(event) => Ok(event),
            Err(error) => {
                if let ConnectionError::ConnectionRefused(code) = &error {
                    self.refused = Some(*code);
                }
                let reference = packets::server_reference(&self.event_loop.state.events);
                Err(failure::v5::explain(error, &self.scene, reference))
            }
        }
    }

    fn ready(&mut self) -> Option<Event> {
        self.event_loop.state.events.pop_front()
    }

    fn packet(&self, event: &Event, desk: &Desk) -> Option<ControlPacket> {
        lane::shown(event, desk)
    }

    fn refusal(&self) -> Option<ControlPacket> {
        self.refused.and_then(lane::refusal)
    }

    fn read(&mut self, event: Event) -> Result<Happening, Failure> {
        match event {
            Event::Incoming(packet) => self.incoming(packet),
            Event::Outgoing(Sent::Publish(id)) => Ok(Happening::PublishTaken(id)),
            Event::Outgoing(Sent::PingReq) => Ok(Happening::PingSent),
            Event::Outgoing(Sent::Disconnect) => Ok(Happening::Disconnected),
            Event::Outgoing(_) => Ok(Happening::Nothing),
        }
    }

    fn repeat(&mut self, open: Vec<Repeat>) {
        self.event_loop.pending.extend(open.into_iter().map(|open| match open {
            Repeat::Publish(id, outgoing) => {
                let mut publish = packets::publish(outgoing.message);
                publish.pkid = id;
                publish.dup = true;
                Request::Publish(publish)
            }
            Repeat::Release(id) => Request::PubRel(PubRel::new(id, None)),
        }));
    }

    fn heard(&mut self) {
        self.event_loop.state.await_pingresp = false;
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
