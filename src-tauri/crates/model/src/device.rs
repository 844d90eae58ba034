//! Devices, how they connect, and what they subscribe to.

use crate::{
    Certificate, CertificateDraft, ConnectProperties, Credential, DeviceId, HubId, SecretEntry, StoredSecret,
    SubscribeOptions, SubscriptionId, Will,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub enum MqttVersion {
    #[serde(rename = "3.1.1")]
    V311,
    #[serde(rename = "5")]
    V5,
}

/// MQTT options of a device's session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SessionOptions {
    pub version: MqttVersion,
    /// Clean session (3.1.1) or clean start (5), which ends with the connection unless `properties` say otherwise.
    pub clean_session: bool,
    /// Seconds, 5 to 65535.
    pub keep_alive: u16,
    /// Largest packet taken and sent, in bytes.
    pub max_packet_size: u32,
    /// MQTT 5 only.
    #[serde(default)]
    pub properties: ConnectProperties,
    #[serde(default)]
    pub will: Option<Will>,
}

impl Default for SessionOptions {
    fn default() -> Self {
        Self {
            version: MqttVersion::V311,
            clean_session: true,
            keep_alive: 60,
            max_packet_size: 16 * 1024 * 1024,
            properties: ConnectProperties::default(),
            will: None,
        }
    }
}

/// A device as stored and shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Device {
    pub id: DeviceId,
    pub hub: HubId,
    pub name: String,
    /// Azure: the device id, or `device/module`; DPS: the registration id.
    pub client_id: String,
    pub credential: Credential,
    /// Secrets that are stored, by field.
    pub secrets: Vec<StoredSecret>,
    pub certificate: Option<Certificate>,
    /// When the credential was stored or changed last, Unix seconds.
    pub credential_set: Option<i64>,
    pub options: SessionOptions,
}

/// A device form. Without `id` a new device is made.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct DeviceDraft {
    pub id: Option<DeviceId>,
    pub hub: HubId,
    pub name: String,
    pub client_id: String,
    pub credential: Credential,
    #[serde(default)]
    pub secrets: Vec<SecretEntry>,
    pub certificate: CertificateDraft,
    pub options: SessionOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeviceRef {
    pub device: DeviceId,
}

/// A freshly generated client id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GeneratedClientId {
    pub client_id: String,
}

/// A subscription as stored. `colour` is 1 to 8, a data colour of the palette.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Subscription {
    pub id: SubscriptionId,
    pub device: DeviceId,
    /// `$share/NAME/FILTER` is a shared one.
    pub filter: String,
    /// 0 to 2.
    pub qos: u8,
    pub colour: u8,
    pub alias: Option<String>,
    pub enabled: bool,
    /// MQTT 5 only.
    #[serde(default)]
    pub options: SubscribeOptions,
}

/// A subscription form. Without `id` a new one is made; without `colour` the next free one is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SubscriptionDraft {
    pub id: Option<SubscriptionId>,
    pub device: DeviceId,
    /// `$share/NAME/FILTER` is a shared one.
    pub filter: String,
    /// 0 to 2.
    pub qos: u8,
    pub colour: Option<u8>,
    pub alias: Option<String>,
    pub enabled: bool,
    /// MQTT 5 only.
    #[serde(default)]
    pub options: SubscribeOptions,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SubscriptionRef {
    pub subscription: SubscriptionId,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Subscriptions {
    pub subscriptions: Vec<Subscription>,
}

/// Hubs and devices in tree order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Tree {
    pub hubs: Vec<Hub>,
    pub devices: Vec<Device>,
}

use crate::Hub;
