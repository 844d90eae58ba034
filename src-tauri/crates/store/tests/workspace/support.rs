//! What the tests of the workspace share: a home of their own and things to put there.

use std::collections::BTreeMap;

use hubscope_model::{
    CaSummary, Certificate, Credential, DeviceId, Hub, HubDetails, HubId, HubKind, MqttVersion, SessionOptions,
    Settings, Subscription, SubscriptionId, Theme,
};
use hubscope_store::{DeviceRecord, HubRecord, StoredCertificate};

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
        details: HubDetails { policy: Some("iothubowner".into()), ..HubDetails::default() },
        sandbox: false,
        secrets: Vec::new(),
    };
    HubRecord { hub, ca_pem: Some("-----BEGIN CERTIFICATE-----\n".into()) }
}

pub fn device(hub: HubId, name: &str) -> DeviceRecord {
    DeviceRecord {
        id: DeviceId::new(),
        hub,
        name: name.into(),
        client_id: format!("client-{name}"),
        credential: Credential::Basic { user_name: "ада".into() },
        certificate: Some(StoredCertificate {
            summary: certificate(),
            chain_pem: "-----BEGIN CERTIFICATE-----\n".into(),
        }),
        credential_set: Some(1_700_000_000),
        options: SessionOptions {
            version: MqttVersion::V5,
            clean_session: false,
            keep_alive: 65_535,
            max_packet_size: 268_435_455,
        },
    }
}

fn certificate() -> Certificate {
    Certificate {
        subject: "CN=thermo".into(),
        common_name: Some("thermo".into()),
        issuer: "CN=Test CA".into(),
        serial: "4711".into(),
        not_before: 1_700_000_000,
        not_after: 1_800_000_000,
        key: "P-256".into(),
        sha1: "A".repeat(40),
        sha256: "B".repeat(64),
        thingsboard_id: "c".repeat(64),
        chain: 2,
        self_signed: false,
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
    Settings {
        theme: Theme::Dark,
        panes: BTreeMap::from([("tree".into(), 280), ("größe".into(), 1)]),
        vault_idle_minutes: Some(15),
        ..Settings::default()
    }
}
