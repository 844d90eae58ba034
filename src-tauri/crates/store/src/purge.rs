//! Removes for good what was deleted before the workspace was opened.

use sqlx::SqlitePool;

use crate::StoreError;

/// Removes deleted hubs and devices with their subscriptions and secrets.
pub(crate) async fn deleted(writer: &SqlitePool) -> Result<(), StoreError> {
    let mut transaction = writer.begin().await?;
    let purged = [
        // The secrets first: their rows name the devices that go next.
        "DELETE FROM secrets WHERE EXISTS (
             SELECT 1 FROM devices JOIN hubs ON hubs.id = devices.hub
             WHERE (devices.deleted_at IS NOT NULL OR hubs.deleted_at IS NOT NULL)
               AND secrets.row LIKE 'device/' || devices.id || '/%')",
        "DELETE FROM hubs WHERE deleted_at IS NOT NULL",
        "DELETE FROM devices WHERE deleted_at IS NOT NULL",
    ];
    for statement in purged {
        sqlx::query(statement).execute(&mut *transaction).await?;
    }
    Ok(transaction.commit().await?)
}
