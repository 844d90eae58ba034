//! Settings: one row of JSON, so that a new setting needs no migration.

use hubscope_model::Settings;

use crate::json::{read, write};
use crate::{Store, StoreError};

impl Store {
    /// The settings; the defaults when none were stored.
    pub async fn settings(&self) -> Result<Settings, StoreError> {
        let json: Option<String> =
            sqlx::query_scalar("SELECT json FROM settings").fetch_optional(self.readers()).await?;
        json.map_or_else(|| Ok(Settings::default()), |json| read(&json, "settings"))
    }

    /// Stores all settings.
    pub async fn set_settings(&self, settings: &Settings) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO settings (only_row, json) VALUES (1, ?) ON CONFLICT (only_row) DO UPDATE SET json = excluded.json")
            .bind(write(settings)?)
            .execute(self.writer()?)
            .await?;
        Ok(())
    }
}
