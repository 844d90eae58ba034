//! What the tests of the workspace share: a home of their own and things to put there.

use std::collections::BTreeMap;

use hubscope_model::{
    CaSummary, DeviceId, Hub, HubId, HubKind, MqttVersion, SessionOptions, Settings, Subscription, SubscriptionId,
    Theme,
};
use hubscope_store::{DeviceRecord, HubRecord, StoredCredential};

/// A name that is hard to store: right-to-left, an astral character, a quote, a NUL, 4,000 characters.
pub fn hard_name() -> String {
    format!("Wärme-ß \u{202e}עברית\u{202c} 🛰 '; DROP TABLE hubs; -- \0 {}", "長い".repeat(2_000))
}

pub fn hub(name: &str) -> HubRecord {
    let hub = Hub {
        id: HubId::new(),
        kind: HubKind::MqttBroker,
        name: name.into(),
        host: "broker.example".into(),
        port: 8883,
        tls: true,
        ca: Some(CaSummary { file_name: "ca.pem".into(), subject: "CN=Root".into(), not_after: 4_102_444_800 }),
    };
    HubRecord { hub, ca_pem: Some("-----BEGIN CERTIFICATE-----\n".into()) }
}

pub fn device(hub: HubId, name: &str) -> DeviceRecord {
    DeviceRecord {
        id: DeviceId::new(),
        hub,
        name: name.into(),
        client_id: format!("client-{name}"),
        credential: StoredCredential::Basic { user_name: "ада".into() },
        options: SessionOptions {
            version: MqttVersion::V5,
            clean_session: false,
            keep_alive: 65_535,
            max_packet_size: 268_435_455,
        },
    }
}

pub fn subscription(device: DeviceId, filter: &str) -> Subscription {
    Subscription {
        id: SubscriptionId::new(),
        device,
        filter: filter.into(),
        qos: 1,
        colour: 8,
        alias: Some("Wärme".into()),
        enabled: false,
    }
}

pub fn settings() -> Settings {
    Settings { theme: Theme::Dark, panes: BTreeMap::from([("tree".into(), 280), ("größe".into(), 1)]) }
}
