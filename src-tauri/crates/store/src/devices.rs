//! Devices in the workspace. Their secrets are stored apart, sealed.

use hubscope_model::{DeviceId, HubId, MqttVersion, SessionOptions};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use crate::hubs::{found, id};
use crate::{Store, StoreError};

/// A credential without its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoredCredential {
    None,
    /// ThingsBoard's: the token is the MQTT user name.
    AccessToken,
    Basic {
        user_name: String,
    },
}

/// A device as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceRecord {
    pub id: DeviceId,
    pub hub: HubId,
    pub name: String,
    pub client_id: String,
    pub credential: StoredCredential,
    pub options: SessionOptions,
}

impl Store {
    /// All devices of all hubs, in the order in which they were added.
    pub async fn devices(&self) -> Result<Vec<DeviceRecord>, StoreError> {
        let rows = sqlx::query(
            "SELECT devices.* FROM devices JOIN hubs ON hubs.id = devices.hub
             WHERE devices.deleted_at IS NULL AND hubs.deleted_at IS NULL ORDER BY devices.position",
        )
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(record).collect()
    }

    /// Adds a device, or changes the one with its id. `NotFound` when it or its hub was deleted.
    pub async fn save_device(&self, device: &DeviceRecord) -> Result<(), StoreError> {
        let (credential, user_name) = match &device.credential {
            StoredCredential::None => ("none", None),
            StoredCredential::AccessToken => ("access_token", None),
            StoredCredential::Basic { user_name } => ("basic", Some(user_name)),
        };
        let saved = sqlx::query(
            "INSERT INTO devices (id, position, hub, name, client_id, credential, user_name,
                                  mqtt_version, clean_session, keep_alive, max_packet_size)
             SELECT ?, (SELECT coalesce(max(position), 0) + 1 FROM devices), hubs.id, ?, ?, ?, ?, ?, ?, ?, ?
             FROM hubs WHERE hubs.id = ? AND hubs.deleted_at IS NULL
             ON CONFLICT (id) DO UPDATE SET
                 hub = excluded.hub, name = excluded.name, client_id = excluded.client_id,
                 credential = excluded.credential, user_name = excluded.user_name,
                 mqtt_version = excluded.mqtt_version, clean_session = excluded.clean_session,
                 keep_alive = excluded.keep_alive, max_packet_size = excluded.max_packet_size
             WHERE deleted_at IS NULL",
        )
        .bind(device.id.to_string())
        .bind(&device.name)
        .bind(&device.client_id)
        .bind(credential)
        .bind(user_name)
        .bind(version_text(device.options.version))
        .bind(device.options.clean_session)
        .bind(device.options.keep_alive)
        .bind(device.options.max_packet_size)
        .bind(device.hub.to_string())
        .execute(self.writer()?)
        .await?;
        found(saved.rows_affected(), "device or its hub")
    }

    /// Hides a device, until it is restored or the workspace is opened again.
    pub async fn delete_device(&self, device: DeviceId) -> Result<(), StoreError> {
        let deleted = sqlx::query("UPDATE devices SET deleted_at = unixepoch() WHERE id = ? AND deleted_at IS NULL")
            .bind(device.to_string())
            .execute(self.writer()?)
            .await?;
        found(deleted.rows_affected(), "device")
    }

    /// Brings a deleted device back, with its subscriptions and secrets. One that is there stays as it is.
    pub async fn restore_device(&self, device: DeviceId) -> Result<(), StoreError> {
        let restored = sqlx::query("UPDATE devices SET deleted_at = NULL WHERE id = ?")
            .bind(device.to_string())
            .execute(self.writer()?)
            .await?;
        found(restored.rows_affected(), "device")
    }
}

fn record(row: &SqliteRow) -> Result<DeviceRecord, StoreError> {
    let options = SessionOptions {
        version: version(row.try_get("mqtt_version")?)?,
        clean_session: row.try_get("clean_session")?,
        keep_alive: row.try_get("keep_alive")?,
        max_packet_size: row.try_get("max_packet_size")?,
    };
    Ok(DeviceRecord {
        id: id(row, "id")?,
        hub: id(row, "hub")?,
        name: row.try_get("name")?,
        client_id: row.try_get("client_id")?,
        credential: credential(row)?,
        options,
    })
}

fn credential(row: &SqliteRow) -> Result<StoredCredential, StoreError> {
    match row.try_get("credential")? {
        "none" => Ok(StoredCredential::None),
        "access_token" => Ok(StoredCredential::AccessToken),
        "basic" => Ok(StoredCredential::Basic { user_name: row.try_get("user_name")? }),
        other => Err(StoreError::Damaged(format!("there is no credential {other}"))),
    }
}

fn version_text(version: MqttVersion) -> &'static str {
    match version {
        MqttVersion::V311 => "3.1.1",
        MqttVersion::V5 => "5",
    }
}

fn version(text: &str) -> Result<MqttVersion, StoreError> {
    match text {
        "3.1.1" => Ok(MqttVersion::V311),
        "5" => Ok(MqttVersion::V5),
        other => Err(StoreError::Damaged(format!("there is no MQTT version {other}"))),
    }
}
