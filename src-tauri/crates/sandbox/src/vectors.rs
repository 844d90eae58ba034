//! Facts about MQTT, shared with the client's tests.

use serde_json::Value;

pub(crate) struct Vectors(Value);

impl Vectors {
    pub fn load() -> Self {
        Self(serde_json::from_str(include_str!("../../../../tests/fixtures/mqtt_vectors.json")).unwrap())
    }

    /// The cases of a key; never none.
    pub fn rows(&self, key: &str) -> &[Value] {
        let rows = self.0[key].as_array().unwrap();
        assert!(!rows.is_empty());
        rows
    }
}
