//! What a new device of a platform usually listens to.

use hubscope_model::HubKind;

/// Filters and QoS that a new device starts with. A broker's device starts with none: what it may
/// read is not known. ThingsBoard takes exactly these strings (device API, MQTT transport).
pub fn suggested_subscriptions(kind: HubKind) -> &'static [(&'static str, u8)] {
    match kind {
        HubKind::ThingsBoard => &[
            ("v1/devices/me/attributes", 1),
            ("v1/devices/me/attributes/response/+", 1),
            ("v1/devices/me/rpc/request/+", 1),
        ],
        HubKind::MqttBroker | HubKind::Sandbox => &[],
    }
}
