//! What devices published, and the messages that the user saved.

use hubscope_model::{DeviceId, HistoryEntry, PastPublish, SavedMessage, SavedMessageId};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use crate::hubs::found;
use crate::json::{read, write};
use crate::newest::keep_newest;
use crate::{Store, StoreError};

/// Publishes kept of one device; the oldest goes first.
const KEPT: i64 = 200;

impl Store {
    /// Adds a publish to its device's history. `NotFound` when the device is gone for good.
    pub async fn add_publish(&self, publish: &PastPublish) -> Result<(), StoreError> {
        let device = publish.draft.device.to_string();
        let mut transaction = self.writer()?.begin().await?;
        let added = sqlx::query("INSERT INTO publishes (device, json) SELECT id, ? FROM devices WHERE id = ?")
            .bind(write(publish)?)
            .bind(&device)
            .execute(&mut *transaction)
            .await?;
        found(added.rows_affected(), "device")?;
        keep_newest(&mut transaction, "publishes", "device = ?1 AND cleared IS NULL", &device, KEPT).await?;
        Ok(transaction.commit().await?)
    }

    /// The publishes of a device, newest first.
    pub async fn publishes(&self, device: DeviceId) -> Result<Vec<HistoryEntry>, StoreError> {
        let rows =
            sqlx::query("SELECT id, json FROM publishes WHERE device = ? AND cleared IS NULL ORDER BY id DESC LIMIT ?")
                .bind(device.to_string())
                .bind(KEPT)
                .fetch_all(self.readers())
                .await?;
        rows.iter().map(entry).collect()
    }

    /// Hides the publishes of a device, under a number that brings them back.
    pub async fn clear_publishes(&self, device: DeviceId, number: u32) -> Result<(), StoreError> {
        sqlx::query("UPDATE publishes SET cleared = ? WHERE device = ? AND cleared IS NULL")
            .bind(number)
            .bind(device.to_string())
            .execute(self.writer()?)
            .await?;
        Ok(())
    }

    /// Brings back the publishes that were cleared under a number.
    pub async fn restore_publishes(&self, number: u32) -> Result<(), StoreError> {
        self.on_cleared("UPDATE publishes SET cleared = NULL WHERE cleared = ?", number).await
    }

    /// Removes for good the publishes that were cleared under a number.
    pub async fn purge_publishes(&self, number: u32) -> Result<(), StoreError> {
        self.on_cleared("DELETE FROM publishes WHERE cleared = ?", number).await
    }

    async fn on_cleared(&self, statement: &'static str, number: u32) -> Result<(), StoreError> {
        sqlx::query(statement).bind(number).execute(self.writer()?).await?;
        Ok(())
    }

    /// The saved messages of a device, in their order.
    pub async fn saved_messages(&self, device: DeviceId) -> Result<Vec<SavedMessage>, StoreError> {
        let rows: Vec<String> = sqlx::query_scalar(
            "SELECT json FROM saved_messages WHERE device = ? AND deleted_at IS NULL ORDER BY position",
        )
        .bind(device.to_string())
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(|json| read(json, "saved message")).collect()
    }

    /// Adds a saved message at the end, or changes the one with its id. `NotFound` when its device was deleted.
    pub async fn save_message(&self, message: &SavedMessage) -> Result<(), StoreError> {
        let saved = sqlx::query(
            "INSERT INTO saved_messages (id, position, device, json)
             SELECT ?, (SELECT coalesce(max(position), 0) + 1 FROM saved_messages), devices.id, ?
             FROM devices WHERE devices.id = ? AND devices.deleted_at IS NULL
             ON CONFLICT (id) DO UPDATE SET json = excluded.json WHERE deleted_at IS NULL",
        )
        .bind(message.id.to_string())
        .bind(write(message)?)
        .bind(message.draft.device.to_string())
        .execute(self.writer()?)
        .await?;
        found(saved.rows_affected(), "device")
    }

    /// Puts the saved messages of a device into this order; those not named stay behind them.
    pub async fn order_messages(&self, device: DeviceId, order: &[SavedMessageId]) -> Result<(), StoreError> {
        let mut transaction = self.writer()?.begin().await?;
        let past: i64 = sqlx::query_scalar("SELECT coalesce(max(position), 0) + 1 FROM saved_messages")
            .fetch_one(&mut *transaction)
            .await?;
        let rest = self.saved_messages(device).await?.into_iter().map(|one| one.id).filter(|id| !order.contains(id));
        for (position, id) in (past..).zip(order.iter().copied().chain(rest)) {
            sqlx::query("UPDATE saved_messages SET position = ? WHERE id = ? AND device = ?")
                .bind(position)
                .bind(id.to_string())
                .bind(device.to_string())
                .execute(&mut *transaction)
                .await?;
        }
        Ok(transaction.commit().await?)
    }
}

fn entry(row: &SqliteRow) -> Result<HistoryEntry, StoreError> {
    let json: String = row.try_get("json")?;
    Ok(HistoryEntry { id: row.try_get("id")?, publish: read(&json, "history of publishes")? })
}
