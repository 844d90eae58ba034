//! The shapes of JSON that the server takes ("MQTT Device API", "Telemetry upload API", "Attributes API").

use serde_json::Value;

/// An object of keys, or an array of objects; with a time stamp `{"ts":…,"values":{…}}`.
pub(super) fn is_telemetry(payload: &[u8]) -> bool {
    match serde_json::from_slice(payload) {
        Ok(Value::Object(_)) => true,
        Ok(Value::Array(samples)) => samples.iter().all(Value::is_object),
        _ => false,
    }
}

pub(super) fn is_attributes(payload: &[u8]) -> bool {
    matches!(serde_json::from_slice(payload), Ok(Value::Object(_)))
}
