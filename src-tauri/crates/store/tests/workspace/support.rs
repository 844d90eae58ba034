//! What the tests of the workspace share: a home of their own and things to put there.

use std::collections::BTreeMap;

use hubscope_model::{
    CaSummary, Certificate, ConnectProperties, Connection, Credential, DeviceId, Hub, HubDetails, HubId, HubKind,
    MessageProperties, MqttVersion, PayloadDraft, Proxy, ProxyChoice, ProxyKind, Retained, ServerAddress,
    SessionOptions, Settings, SubscribeOptions, Subscription, SubscriptionId, Theme, Transport, Will,
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
        transport: Transport::Wss,
        connection: Connection {
            path: "/größe?a=b".into(),
            socket: String::new(),
            alpn: vec!["x-amzn-mqtt-ca".into()],
            address: Some(ServerAddress { host: "::1".into(), port: 8443 }),
            proxy: ProxyChoice::Own {
                proxy: Proxy {
                    kind: ProxyKind::Socks5h,
                    host: "proxy.example".into(),
                    port: 1080,
                    user_name: Some("ада".into()),
                },
            },
        },
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
            properties: ConnectProperties {
                session_expiry: Some(u32::MAX),
                receive_maximum: Some(1),
                topic_alias_maximum: 9,
                use_topic_aliases: true,
                request_problem_information: Some(false),
                request_response_information: true,
                user_properties: vec![("größe".into(), String::new()), ("größe".into(), "2".into())],
            },
            will: Some(will()),
        },
    }
}

fn will() -> Will {
    Will {
        topic: "status/größe".into(),
        payload: PayloadDraft::Base64 { base64: "AP8=".into() },
        qos: 2,
        retain: true,
        delay: Some(30),
        properties: MessageProperties {
            payload_is_text: Some(false),
            message_expiry: Some(60),
            content_type: Some("text/plain".into()),
            response_topic: Some("answer".into()),
            correlation_data: Some(PayloadDraft::Text { text: "7".into() }),
            user_properties: vec![("c".into(), "d".into())],
        },
    }
}

pub fn certificate() -> Certificate {
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
        options: SubscribeOptions {
            no_local: true,
            retain_as_published: true,
            retained: Retained::IfNew,
            identifier: Some(268_435_455),
            user_properties: vec![("a".into(), "b".into())],
        },
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
