//! Secrets as the vault sealed them, and the vault's header; nothing here can open one.

use sqlx::{Connection, Executor, Row, SqliteConnection};

use crate::{Store, StoreError};

impl Store {
    /// The sealed secret of `row`.
    pub async fn secret(&self, row: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(sqlx::query_scalar("SELECT sealed FROM secrets WHERE row = ?")
            .bind(row)
            .fetch_optional(self.readers())
            .await?)
    }

    /// Every row with its sealed secret.
    pub async fn secret_rows(&self) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let rows = sqlx::query("SELECT row, sealed FROM secrets ORDER BY row").fetch_all(self.readers()).await?;
        rows.iter().map(|row| Ok((row.try_get("row")?, row.try_get("sealed")?))).collect()
    }

    /// Stores a sealed secret in place of the one that `row` had. A row is `<thing>/<id>/<field>`;
    /// what begins with `device/<id>/` or `hub/<id>/` goes with that device or hub.
    pub async fn put_secret(&self, row: &str, sealed: &[u8]) -> Result<(), StoreError> {
        put(&mut *self.writer()?.acquire().await?, row, sealed).await
    }

    /// Removes the secret of `row`, if there is one.
    pub async fn delete_secret(&self, row: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM secrets WHERE row = ?").bind(row).execute(self.writer()?).await?;
        Ok(())
    }

    /// Puts these sealed secrets in the place of those that their rows have, and `header` in the place of the vault's
    /// header, all or nothing. A row that is gone stays gone. On the disk before it returns: what sealed them before
    /// may be destroyed then.
    pub async fn replace_secrets(&self, rows: &[(String, Vec<u8>)], header: Option<&str>) -> Result<(), StoreError> {
        let mut connection = self.writer()?.acquire().await?;
        durably(&mut connection).await?;
        let mut transaction = connection.begin().await?;
        for (row, sealed) in rows {
            sqlx::query("UPDATE secrets SET sealed = ? WHERE row = ?")
                .bind(sealed)
                .bind(row)
                .execute(&mut *transaction)
                .await?;
        }
        set_header(&mut transaction, header).await?;
        transaction.commit().await?;
        as_usual(&mut connection).await
    }

    /// What the vault needs to be opened by a passphrase; None while none guards it.
    pub async fn vault_header(&self) -> Result<Option<String>, StoreError> {
        Ok(sqlx::query_scalar("SELECT header FROM vault").fetch_optional(self.readers()).await?)
    }

    /// Replaces or removes the vault's header. On the disk before it returns.
    pub async fn set_vault_header(&self, header: Option<&str>) -> Result<(), StoreError> {
        self.replace_secrets(&[], header).await
    }
}

pub(crate) async fn put(connection: &mut SqliteConnection, row: &str, sealed: &[u8]) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO secrets (row, sealed) VALUES (?, ?) ON CONFLICT (row) DO UPDATE SET sealed = excluded.sealed",
    )
    .bind(row)
    .bind(sealed)
    .execute(connection)
    .await?;
    Ok(())
}

async fn set_header(connection: &mut SqliteConnection, header: Option<&str>) -> Result<(), StoreError> {
    let Some(header) = header else {
        connection.execute("DELETE FROM vault").await?;
        return Ok(());
    };
    sqlx::query("INSERT INTO vault (only_row, header) VALUES (1, ?) ON CONFLICT (only_row) DO UPDATE SET header = excluded.header")
        .bind(header)
        .execute(connection)
        .await?;
    Ok(())
}

/// From here on a commit is on the disk before it returns. In WAL mode NORMAL leaves that to the next checkpoint
/// (sqlite.org/pragma.html#pragma_synchronous), and a power cut could bring the old rows back.
async fn durably(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    connection.execute("PRAGMA synchronous = FULL").await?;
    Ok(())
}

async fn as_usual(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    connection.execute("PRAGMA synchronous = NORMAL").await?;
    Ok(())
}
