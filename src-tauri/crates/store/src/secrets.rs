//! Secrets as the vault sealed them; nothing here can open one.

use crate::{Store, StoreError};

impl Store {
    /// The sealed secret of `row`.
    pub async fn secret(&self, row: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(sqlx::query_scalar("SELECT sealed FROM secrets WHERE row = ?")
            .bind(row)
            .fetch_optional(self.readers())
            .await?)
    }

    /// Stores a sealed secret in place of the one that `row` had. A row is `<thing>/<id>/<field>`;
    /// what begins with `device/<id>/` goes with that device.
    pub async fn put_secret(&self, row: &str, sealed: &[u8]) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO secrets (row, sealed) VALUES (?, ?) ON CONFLICT (row) DO UPDATE SET sealed = excluded.sealed",
        )
        .bind(row)
        .bind(sealed)
        .execute(self.writer()?)
        .await?;
        Ok(())
    }

    /// Removes the secret of `row`, if there is one.
    pub async fn delete_secret(&self, row: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM secrets WHERE row = ?").bind(row).execute(self.writer()?).await?;
        Ok(())
    }
}
