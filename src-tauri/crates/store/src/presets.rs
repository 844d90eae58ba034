//! Endpoints that the user saved to start hub forms from.

use hubscope_model::HubPreset;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::json::{read, write};
use crate::{Store, StoreError};

/// A preset as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PresetRecord {
    pub preset: HubPreset,
    /// The certificates of [`HubPreset::ca`], PEM.
    pub ca_pem: Option<String>,
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
    .bind(&record.ca_pem)
    .execute(connection)
    .await?;
    Ok(())
}

fn record(row: &SqliteRow) -> Result<PresetRecord, StoreError> {
    Ok(PresetRecord { preset: read(row.try_get("json")?, "a preset")?, ca_pem: row.try_get("ca_pem")? })
}
