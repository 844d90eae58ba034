//! What lay open when the first window was last used: one row of JSON.

use hubscope_model::Desk;

use crate::json::{read, write};
use crate::{Store, StoreError};

impl Store {
    /// What lay open; nothing when nothing was stored.
    pub async fn desk(&self) -> Result<Desk, StoreError> {
        let json: Option<String> = sqlx::query_scalar("SELECT json FROM desk").fetch_optional(self.readers()).await?;
        json.map_or_else(|| Ok(Desk::default()), |json| read(&json, "desk"))
    }

    /// Stores what lies open.
    pub async fn set_desk(&self, desk: &Desk) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO desk (only_row, json) VALUES (1, ?) ON CONFLICT (only_row) DO UPDATE SET json = excluded.json",
        )
        .bind(write(desk)?)
        .execute(self.writer()?)
        .await?;
        Ok(())
    }
}
