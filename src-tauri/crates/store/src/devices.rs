//! Devices in the workspace. Their secrets are stored apart, sealed.

use hubscope_model::{Certificate, Credential, DeviceId, HubId, MqttVersion, SessionOptions};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::hubs::{found, id};
use crate::json::{read, write};
use crate::{Store, StoreError};

/// A client certificate as stored. Its key is a secret: [`hubscope_model::SecretField::PrivateKey`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCertificate {
    pub summary: Certificate,
    /// PEM, the leaf first.
    pub chain_pem: String,
}

/// A device as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceRecord {
    pub id: DeviceId,
    pub hub: HubId,
    pub name: String,
    pub client_id: String,
    pub credential: Credential,
    pub certificate: Option<StoredCertificate>,
    /// When the credential was stored or changed last, Unix seconds.
    pub credential_set: Option<i64>,
    pub options: SessionOptions,
}

impl Store {
    /// All devices of all hubs, in the order of the tree.
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
        save(&mut *self.writer()?.acquire().await?, device).await
    }

    /// One device.
    pub async fn device(&self, device: DeviceId) -> Result<DeviceRecord, StoreError> {
        let row = sqlx::query(
            "SELECT devices.* FROM devices JOIN hubs ON hubs.id = devices.hub
             WHERE devices.id = ? AND devices.deleted_at IS NULL AND hubs.deleted_at IS NULL",
        )
        .bind(device.to_string())
        .fetch_optional(self.readers())
        .await?;
        record(&row.ok_or(StoreError::NotFound("device"))?)
    }
}

pub(crate) async fn save(connection: &mut SqliteConnection, device: &DeviceRecord) -> Result<(), StoreError> {
    let certificate = device.certificate.as_ref();
    let saved = sqlx::query(
        "INSERT INTO devices (id, position, hub, name, client_id, credential, certificate, certificate_pem,
                              credential_set, mqtt_version, clean_session, keep_alive, max_packet_size,
                              properties, will)
         SELECT ?, (SELECT coalesce(max(position), 0) + 1 FROM devices), hubs.id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
         FROM hubs WHERE hubs.id = ? AND hubs.deleted_at IS NULL
         ON CONFLICT (id) DO UPDATE SET
             hub = excluded.hub, name = excluded.name, client_id = excluded.client_id,
             credential = excluded.credential, certificate = excluded.certificate,
             certificate_pem = excluded.certificate_pem, credential_set = excluded.credential_set,
             mqtt_version = excluded.mqtt_version, clean_session = excluded.clean_session,
             keep_alive = excluded.keep_alive, max_packet_size = excluded.max_packet_size,
             properties = excluded.properties, will = excluded.will
         WHERE deleted_at IS NULL",
    )
    .bind(device.id.to_string())
    .bind(&device.name)
    .bind(&device.client_id)
    .bind(write(&device.credential)?)
    .bind(certificate.map(|one| write(&one.summary)).transpose()?)
    .bind(certificate.map(|one| &one.chain_pem))
    .bind(device.credential_set)
    .bind(version_text(device.options.version))
    .bind(device.options.clean_session)
    .bind(device.options.keep_alive)
    .bind(device.options.max_packet_size)
    .bind(write(&device.options.properties)?)
    .bind(device.options.will.as_ref().map(write).transpose()?)
    .bind(device.hub.to_string())
    .execute(connection)
    .await?;
    found(saved.rows_affected(), "device or its hub")
}

fn record(row: &SqliteRow) -> Result<DeviceRecord, StoreError> {
    let options = SessionOptions {
        version: version(row.try_get("mqtt_version")?)?,
        clean_session: row.try_get("clean_session")?,
        keep_alive: row.try_get("keep_alive")?,
        max_packet_size: row.try_get("max_packet_size")?,
        properties: read(row.try_get("properties")?, "properties of a device")?,
        will: row.try_get::<Option<&str>, _>("will")?.map(|json| read(json, "will of a device")).transpose()?,
    };
    Ok(DeviceRecord {
        id: id(row, "id")?,
        hub: id(row, "hub")?,
        name: row.try_get("name")?,
        client_id: row.try_get("client_id")?,
        credential: read(row.try_get("credential")?, "credential of a device")?,
        certificate: certificate(row)?,
        credential_set: row.try_get("credential_set")?,
        options,
    })
}

fn certificate(row: &SqliteRow) -> Result<Option<StoredCertificate>, StoreError> {
    let Some(summary) = row.try_get("certificate")? else {
        return Ok(None);
    };
    let summary = read(summary, "certificate of a device")?;
    Ok(Some(StoredCertificate { summary, chain_pem: row.try_get("certificate_pem")? }))
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
