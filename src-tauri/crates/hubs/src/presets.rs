//! Known endpoints that are built in, to start a hub form from. Sources: the vendors' pages on connecting over MQTT.

use crate::{azure, kaa};
use hubscope_model::{Connection, HubDetails, HubKind, HubPreset, HubTrust, KaaRest, Transport};

/// The MQTT address and the REST API of Kaa Cloud.
pub(crate) const KAA_CLOUD: &str = "mqtt.cloud.kaaiot.com";
const KAA_CLOUD_REST: &str = "https://cloud.kaaiot.com";
/// Serves all of DPS but the national clouds.
pub(crate) const DPS_GLOBAL: &str = "global.azure-devices-provisioning.net";

/// In the order in which they are offered. All use TLS, but for the plain brokers.
pub fn presets() -> Vec<HubPreset> {
    vec![
        preset("mqtt", "MQTT broker", HubKind::MqttBroker, "", 1883),
        preset("mqtts", "MQTT broker with TLS", HubKind::MqttBroker, "", 8883),
        web_socket(preset("ws", "MQTT broker over WebSocket", HubKind::MqttBroker, "", 80), Transport::Ws, "/mqtt"),
        web_socket(
            preset("wss", "MQTT broker over secure WebSocket", HubKind::MqttBroker, "", 443),
            Transport::Wss,
            "/mqtt",
        ),
        preset("azure-iot-hub", "Azure IoT Hub", HubKind::AzureIotHub, "", 8883),
        web_socket(
            preset("azure-iot-hub-websocket", "Azure IoT Hub over port 443", HubKind::AzureIotHub, "", 443),
            Transport::Wss,
            azure::WEB_SOCKET_PATH,
        ),
        preset("azure-dps", "Azure Device Provisioning Service", HubKind::AzureDps, DPS_GLOBAL, 8883),
        web_socket(
            preset(
                "azure-dps-websocket",
                "Azure Device Provisioning Service over port 443",
                HubKind::AzureDps,
                DPS_GLOBAL,
                443,
            ),
            Transport::Wss,
            azure::WEB_SOCKET_PATH,
        ),
        preset("thingsboard-cloud", "ThingsBoard Cloud", HubKind::ThingsBoard, "mqtt.thingsboard.cloud", 8883),
        preset(
            "thingsboard-cloud-eu",
            "ThingsBoard Cloud, Europe",
            HubKind::ThingsBoard,
            "mqtt.eu.thingsboard.cloud",
            8883,
        ),
        // White-labels keep ThingsBoard's credentials and topics; their host names are the customer's.
        preset("magenta-iot-hub", "Magenta IoT Hub", HubKind::ThingsBoard, "", 8883),
        preset("thingsboard", "Own ThingsBoard server", HubKind::ThingsBoard, "", 8883),
        kaa("kaa-cloud", "Kaa Cloud", KAA_CLOUD, kaa_cloud_rest()),
        kaa("kaa", "Own Kaa cluster", "", kaa::settings::default_rest("")),
    ]
}

/// How Kaa Cloud is asked for the state of a token.
pub(crate) fn kaa_cloud_rest() -> KaaRest {
    kaa::settings::default_rest(KAA_CLOUD_REST)
}

fn preset(id: &str, name: &str, kind: HubKind, host: &str, port: u16) -> HubPreset {
    HubPreset {
        id: id.to_owned(),
        name: name.to_owned(),
        kind,
        host: host.to_owned(),
        port,
        transport: if port == 8883 { Transport::Mqtts } else { Transport::Mqtt },
        connection: Connection::default(),
        trust: HubTrust::default(),
        own: false,
        details: HubDetails { preset: Some(id.to_owned()), ..HubDetails::default() },
    }
}

fn web_socket(mut preset: HubPreset, transport: Transport, path: &str) -> HubPreset {
    preset.transport = transport;
    path.clone_into(&mut preset.connection.path);
    preset
}

fn kaa(id: &str, name: &str, host: &str, rest: KaaRest) -> HubPreset {
    let mut preset = preset(id, name, HubKind::Kaa, host, 8883);
    preset.details.kaa = Some(rest);
    preset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_stable_words_and_known_addresses_are_legal() {
        let presets = presets();
        for (index, preset) in presets.iter().enumerate() {
            assert!(preset.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", preset.id);
            assert!(presets.iter().skip(index + 1).all(|other| other.id != preset.id), "{}", preset.id);
            assert!(preset.host.is_empty() || crate::host::problem(&preset.host).is_none(), "{}", preset.host);
            assert_eq!(preset.details.kaa.is_some(), preset.kind == HubKind::Kaa);
        }
        assert!(kaa::settings::check(&kaa_cloud_rest()).is_empty());
    }
}
