//! Unfinished forms and messages, so that they survive a restart.

use crate::{Store, StoreError};

/// Drafts kept; the one that was changed longest ago goes first.
const KEPT: i64 = 500;

impl Store {
    /// The draft of `key`, as it was written.
    pub async fn draft(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(sqlx::query_scalar("SELECT json FROM drafts WHERE key = ?").bind(key).fetch_optional(self.readers()).await?)
    }

    /// Keeps a draft in the place of the one that `key` had; None forgets it.
    pub async fn set_draft(&self, key: &str, json: Option<&str>) -> Result<(), StoreError> {
        let Some(json) = json else {
            sqlx::query("DELETE FROM drafts WHERE key = ?").bind(key).execute(self.writer()?).await?;
            return Ok(());
        };
        let mut transaction = self.writer()?.begin().await?;
        sqlx::query(
            "INSERT INTO drafts (key, json, changed) VALUES (?, ?, (SELECT coalesce(max(changed), 0) + 1 FROM drafts))
             ON CONFLICT (key) DO UPDATE SET json = excluded.json, changed = excluded.changed",
        )
        .bind(key)
        .bind(json)
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "DELETE FROM drafts WHERE changed <= (SELECT changed FROM drafts ORDER BY changed DESC LIMIT 1 OFFSET ?)",
        )
        .bind(KEPT)
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }
}
