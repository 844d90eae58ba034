//! Endpoints that the user saved to start hub forms from.

use hubscope_model::{HubPreset, TrustMode};
use hubscope_pki::Trusted;
use serde::Deserialize;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::json::{read, write};
use crate::{Store, StoreError, trust};

/// A preset as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresetRecord {
    pub preset: HubPreset,
    /// The certificates of [`HubPreset::trust`], PEM; empty for none.
    pub trust_pem: String,
}

impl PresetRecord {
    /// The certificates that its hubs trust.
    pub fn trusted(&self) -> Trusted {
        Trusted { certificates: self.preset.trust.certificates.clone(), pem: self.trust_pem.clone() }
    }
}

/// What earlier versions said of a preset's trust.
#[derive(Deserialize)]
struct Earlier {
    ca: Option<CaFile>,
}

#[derive(Deserialize)]
struct CaFile {
    file_name: String,
}

impl Store {
    /// All presets, in the order in which they were saved.
    pub async fn presets(&self) -> Result<Vec<PresetRecord>, StoreError> {
        let rows = sqlx::query("SELECT * FROM presets WHERE deleted_at IS NULL ORDER BY position")
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(record).collect()
    }

    /// Adds a preset.
    pub async fn save_preset(&self, record: &PresetRecord) -> Result<(), StoreError> {
        save(&mut *self.writer()?.acquire().await?, record).await
    }
}

/// Adds a preset, or takes the place of the one with its id, deleted or not.
pub(crate) async fn save(connection: &mut SqliteConnection, record: &PresetRecord) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO presets (id, position, json, ca_pem)
         VALUES (?, (SELECT coalesce(max(position), 0) + 1 FROM presets), ?, ?)
         ON CONFLICT (id) DO UPDATE SET json = excluded.json, ca_pem = excluded.ca_pem, deleted_at = NULL",
    )
    .bind(&record.preset.id)
    .bind(write(&record.preset)?)
    .bind(&record.trust_pem)
    .execute(connection)
    .await?;
    Ok(())
}

fn record(row: &SqliteRow) -> Result<PresetRecord, StoreError> {
    let (json, pem): (&str, Option<&str>) = (row.try_get("json")?, row.try_get("ca_pem")?);
    let mut preset: HubPreset = read(json, "a preset")?;
    if let Some(pem) = pem.filter(|pem| !pem.is_empty() && preset.trust.mode == TrustMode::System) {
        let earlier: Earlier = read(json, "a preset")?;
        preset.trust = trust::of_ca_file(Some(pem), earlier.ca.as_ref().map(|ca| ca.file_name.as_str()))?;
    }
    Ok(PresetRecord { preset, trust_pem: pem.unwrap_or_default().to_owned() })
}
