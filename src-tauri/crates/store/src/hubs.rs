//! Hubs in the workspace.

use hubscope_model::{Hub, HubId, HubKind, HubTrust, Transport};
use hubscope_pki::{Trust, Trusted};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::json::{read, write};
use crate::{Store, StoreError, trust};

/// A hub as stored. Its [`Hub::secrets`] are empty here: they are rows of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HubRecord {
    pub hub: Hub,
    /// The certificates of [`Hub::trust`], PEM; empty for none.
    pub trust_pem: String,
}

impl HubRecord {
    /// A hub that trusts `trusted` in the way of `mode`.
    pub fn new(mut hub: Hub, mode: hubscope_model::TrustMode, trusted: Trusted) -> Self {
        hub.trust = HubTrust { mode, certificates: trusted.certificates };
        Self { hub, trust_pem: trusted.pem }
    }

    /// Whom its server is trusted by.
    pub fn trust(&self) -> Trust {
        Trust::new(self.hub.trust.mode, self.trust_pem.as_str())
    }

    /// The certificates that it trusts.
    pub fn trusted(&self) -> Trusted {
        Trusted { certificates: self.hub.trust.certificates.clone(), pem: self.trust_pem.clone() }
    }
}

impl Store {
    /// All hubs, in the order of the tree.
    pub async fn hubs(&self) -> Result<Vec<HubRecord>, StoreError> {
        let rows = sqlx::query("SELECT * FROM hubs WHERE deleted_at IS NULL ORDER BY position")
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(record).collect()
    }

    /// Adds a hub, or changes the one with its id. A deleted hub is `NotFound`.
    pub async fn save_hub(&self, record: &HubRecord) -> Result<(), StoreError> {
        save(&mut *self.writer()?.acquire().await?, record).await
    }

    /// One hub.
    pub async fn hub(&self, hub: HubId) -> Result<HubRecord, StoreError> {
        let row = sqlx::query("SELECT * FROM hubs WHERE id = ? AND deleted_at IS NULL")
            .bind(hub.to_string())
            .fetch_optional(self.readers())
            .await?;
        record(&row.ok_or(StoreError::NotFound("hub"))?)
    }
}

pub(crate) async fn save(connection: &mut SqliteConnection, record: &HubRecord) -> Result<(), StoreError> {
    let HubRecord { hub, trust_pem } = record;
    let saved = sqlx::query(
        "INSERT INTO hubs (id, position, kind, name, host, port, transport, connection, trust, ca_pem, details, sandbox)
         VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM hubs), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET
             kind = excluded.kind, name = excluded.name, host = excluded.host, port = excluded.port,
             transport = excluded.transport, connection = excluded.connection,
             trust = excluded.trust, ca_pem = excluded.ca_pem,
             details = excluded.details, sandbox = excluded.sandbox
         WHERE deleted_at IS NULL",
    )
    .bind(hub.id.to_string())
    .bind(kind_text(hub.kind))
    .bind(&hub.name)
    .bind(&hub.host)
    .bind(hub.port)
    .bind(hub.transport.name())
    .bind(write(&hub.connection)?)
    .bind(write(&hub.trust)?)
    .bind(trust_pem)
    .bind(write(&hub.details)?)
    .bind(hub.sandbox)
    .execute(connection)
    .await?;
    found(saved.rows_affected(), "hub")
}

/// Turns "no row was touched" into an error.
pub(crate) fn found(rows: u64, what: &'static str) -> Result<(), StoreError> {
    if rows == 0 { Err(StoreError::NotFound(what)) } else { Ok(()) }
}

/// Reads a stored id.
pub(crate) fn id<T: std::str::FromStr>(row: &SqliteRow, column: &str) -> Result<T, StoreError> {
    let text: String = row.try_get(column)?;
    text.parse().map_err(|_| StoreError::Damaged(format!("{column} is not an id")))
}

fn record(row: &SqliteRow) -> Result<HubRecord, StoreError> {
    let trust_pem: Option<String> = row.try_get("ca_pem")?;
    let hub = Hub {
        id: id(row, "id")?,
        kind: kind(row.try_get("kind")?)?,
        name: row.try_get("name")?,
        host: row.try_get("host")?,
        port: row.try_get("port")?,
        transport: transport(row.try_get("transport")?)?,
        connection: read(row.try_get("connection")?, "connection of a hub")?,
        trust: stored_trust(row, trust_pem.as_deref())?,
        details: read(row.try_get("details")?, "details of a hub")?,
        sandbox: row.try_get("sandbox")?,
        secrets: Vec::new(),
    };
    Ok(HubRecord { hub, trust_pem: trust_pem.unwrap_or_default() })
}

fn stored_trust(row: &SqliteRow, pem: Option<&str>) -> Result<HubTrust, StoreError> {
    match row.try_get::<Option<&str>, _>("trust")? {
        Some(json) => read(json, "trust of a hub"),
        None => trust::of_ca_file(pem, row.try_get("ca_file_name")?),
    }
}

fn transport(text: &str) -> Result<Transport, StoreError> {
    text.parse().map_err(|()| StoreError::Damaged(format!("there is no transport {text}")))
}

fn kind_text(kind: HubKind) -> &'static str {
    match kind {
        HubKind::MqttBroker => "mqtt_broker",
        HubKind::ThingsBoard => "thingsboard",
        HubKind::AzureIotHub => "azure_iot_hub",
        HubKind::AzureDps => "azure_dps",
        HubKind::Kaa => "kaa",
        HubKind::Sandbox => "sandbox",
    }
}

fn kind(text: &str) -> Result<HubKind, StoreError> {
    match text {
        "mqtt_broker" => Ok(HubKind::MqttBroker),
        "thingsboard" => Ok(HubKind::ThingsBoard),
        "azure_iot_hub" => Ok(HubKind::AzureIotHub),
        "azure_dps" => Ok(HubKind::AzureDps),
        "kaa" => Ok(HubKind::Kaa),
        "sandbox" => Ok(HubKind::Sandbox),
        other => Err(StoreError::Damaged(format!("there is no hub kind {other}"))),
    }
}
