//! What a hub dictates, whatever a form says.

use crate::azure;
use hubscope_model::{ConnectProperties, HubKind, MqttVersion, SessionOptions, Transport};

/// The bounds of a kind of hub.
pub(crate) struct Limits {
    /// Only MQTT 3.1.1 is spoken.
    pub only_v311: bool,
    /// Sessions are never kept.
    only_clean: bool,
    /// Longest keep-alive, seconds.
    pub keep_alive: u16,
    /// Largest packet, bytes; None: the protocol's.
    largest_packet: Option<u32>,
    /// Nobody can raise `largest_packet`.
    fixed: bool,
    /// Highest QoS that can be used.
    pub qos: u8,
    /// Retained messages are kept.
    pub retain: bool,
}

/// The bounds of `kind`.
pub(crate) fn of(kind: HubKind) -> Limits {
    let broker = Limits {
        only_v311: false,
        only_clean: false,
        keep_alive: u16::MAX,
        largest_packet: None,
        fixed: false,
        qos: 2,
        retain: true,
    };
    match kind {
        HubKind::MqttBroker | HubKind::Sandbox => broker,
        // NETTY_MAX_PAYLOAD_SIZE is 65,536 unless the server's owner changes it. A wish for a kept session is answered
        // with a "session present" that is not true.
        HubKind::ThingsBoard => {
            Limits { only_clean: true, largest_packet: Some(65_536), qos: 1, retain: false, ..broker }
        }
        HubKind::AzureIotHub => Limits {
            only_v311: true,
            keep_alive: azure::LONGEST_KEEP_ALIVE,
            largest_packet: Some(azure::LARGEST_MESSAGE),
            fixed: true,
            qos: 1,
            retain: false,
            ..broker
        },
        HubKind::AzureDps => Limits {
            only_v311: true,
            only_clean: true,
            keep_alive: azure::LONGEST_KEEP_ALIVE,
            largest_packet: Some(azure::LARGEST_MESSAGE),
            fixed: true,
            qos: 1,
            retain: false,
        },
        HubKind::Kaa => Limits { retain: false, ..broker },
    }
}

/// The options of a new device on a hub of `kind`. Azure keeps what waits for a device that is away, and its vendor's
/// clients stay silent for 240 s ("Communicate with an IoT hub using the MQTT protocol").
pub fn default_options(kind: HubKind) -> SessionOptions {
    let wanted = match kind {
        HubKind::AzureIotHub => SessionOptions { clean_session: false, keep_alive: 240, ..SessionOptions::default() },
        _ => SessionOptions::default(),
    };
    options_in_force(kind, &wanted)
}

/// The options that a session on a hub of `kind` has when its device wishes for `wanted`. A packet size that its user
/// chose stays where a server's owner may have raised the limit.
pub fn options_in_force(kind: HubKind, wanted: &SessionOptions) -> SessionOptions {
    let limits = of(kind);
    let version = if limits.only_v311 { MqttVersion::V311 } else { wanted.version };
    let mut properties = match version {
        MqttVersion::V311 => ConnectProperties::default(),
        MqttVersion::V5 => wanted.properties.clone(),
    };
    if limits.only_clean {
        properties.session_expiry = None;
    }
    let chosen = wanted.max_packet_size != SessionOptions::default().max_packet_size;
    SessionOptions {
        version,
        clean_session: wanted.clean_session || limits.only_clean,
        keep_alive: wanted.keep_alive.min(limits.keep_alive),
        max_packet_size: match limits.largest_packet {
            Some(largest) if limits.fixed || !chosen => wanted.max_packet_size.min(largest),
            _ => wanted.max_packet_size,
        },
        properties,
        will: wanted.will.clone(),
    }
}

/// What carries MQTT to hubs of `kind`. Only brokers are met at Unix sockets; ThingsBoard and Kaa document MQTT with and
/// without TLS and no WebSocket, Azure TLS and WebSocket over TLS.
pub(crate) fn transports(kind: HubKind) -> &'static [Transport] {
    use Transport::{Mqtt, Mqtts, Unix, Ws, Wss};
    match kind {
        HubKind::MqttBroker | HubKind::Sandbox => &[Mqtt, Mqtts, Ws, Wss, Unix],
        HubKind::AzureIotHub | HubKind::AzureDps => &[Mqtts, Wss],
        HubKind::ThingsBoard | HubKind::Kaa => &[Mqtt, Mqtts],
    }
}
