//! Settings: one row of JSON, so that a new setting needs no migration.

use hubscope_model::Settings;

use crate::{Store, StoreError};

impl Store {
    /// The settings; the defaults when none were stored.
    pub async fn settings(&self) -> Result<Settings, StoreError> {
        let json: Option<String> =
            sqlx::query_scalar("SELECT json FROM settings").fetch_optional(self.readers()).await?;
        json.map_or_else(|| Ok(Settings::default()), |json| serde_json::from_str(&json).map_err(unreadable))
    }

    /// Stores all settings.
    pub async fn set_settings(&self, settings: &Settings) -> Result<(), StoreError> {
        let json = serde_json::to_string(settings).map_err(unreadable)?;
        sqlx::query("INSERT INTO settings (only_row, json) VALUES (1, ?) ON CONFLICT (only_row) DO UPDATE SET json = excluded.json")
            .bind(json)
            .execute(self.writer()?)
            .await?;
        Ok(())
    }
}

fn unreadable(error: serde_json::Error) -> StoreError {
    StoreError::Damaged(format!("the settings cannot be read: {error}"))
}
