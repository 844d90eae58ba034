//! Removes for good what was deleted.

use hubscope_model::{CertificateRequestId, DeviceId, HubId};
use sqlx::{SqliteConnection, SqlitePool};

use crate::StoreError;

/// Removes what was deleted or cleared before the workspace was opened; secrets go with their hubs and devices.
pub(crate) async fn deleted(writer: &SqlitePool) -> Result<(), StoreError> {
    let mut transaction = writer.begin().await?;
    let purged = [
        // The secrets first: their rows name the things that go next. An id is 36 characters.
        "DELETE FROM secrets WHERE row LIKE 'device/%' AND substr(row, 8, 36) IN (
             SELECT devices.id FROM devices JOIN hubs ON hubs.id = devices.hub
             WHERE devices.deleted_at IS NOT NULL OR hubs.deleted_at IS NOT NULL)",
        "DELETE FROM secrets WHERE row LIKE 'hub/%' AND substr(row, 5, 36) IN (
             SELECT id FROM hubs WHERE deleted_at IS NOT NULL)",
        // A SHA-256 is 64 characters.
        "DELETE FROM secrets WHERE row LIKE 'certificate/%' AND substr(row, 13, 64) IN (
             SELECT sha256 FROM certificates WHERE deleted_at IS NOT NULL)",
        "DELETE FROM secrets WHERE row LIKE 'request/%' AND substr(row, 9, 36) IN (
             SELECT id FROM certificate_requests WHERE deleted_at IS NOT NULL)",
        // The key of a certificate that went from its device.
        "DELETE FROM secrets WHERE row LIKE 'device/%/private_key' AND substr(row, 8, 36) IN (
             SELECT id FROM devices WHERE certificate IS NULL)",
        "DELETE FROM certificates WHERE deleted_at IS NOT NULL",
        "DELETE FROM certificate_requests WHERE deleted_at IS NOT NULL",
        "DELETE FROM hubs WHERE deleted_at IS NOT NULL",
        "DELETE FROM devices WHERE deleted_at IS NOT NULL",
        "DELETE FROM presets WHERE deleted_at IS NOT NULL",
        "DELETE FROM folders WHERE deleted_at IS NOT NULL",
        "DELETE FROM subscriptions WHERE deleted_at IS NOT NULL",
        "DELETE FROM saved_messages WHERE deleted_at IS NOT NULL",
        "DELETE FROM publishes WHERE cleared IS NOT NULL",
        "DELETE FROM folded WHERE item NOT IN (SELECT id FROM hubs UNION SELECT id FROM folders)",
    ];
    for statement in purged {
        sqlx::query(statement).execute(&mut *transaction).await?;
    }
    Ok(transaction.commit().await?)
}

/// Removes one hub, if it was deleted, with its devices.
pub(crate) async fn deleted_hub(connection: &mut SqliteConnection, hub: HubId) -> Result<(), StoreError> {
    let purged = [
        "DELETE FROM secrets WHERE row LIKE 'device/%' AND substr(row, 8, 36) IN (
             SELECT devices.id FROM devices JOIN hubs ON hubs.id = devices.hub
             WHERE hubs.id = ? AND hubs.deleted_at IS NOT NULL)",
        "DELETE FROM secrets WHERE row LIKE 'hub/%' AND substr(row, 5, 36) IN (
             SELECT id FROM hubs WHERE id = ? AND deleted_at IS NOT NULL)",
        "DELETE FROM hubs WHERE id = ? AND deleted_at IS NOT NULL",
    ];
    for statement in purged {
        sqlx::query(statement).bind(hub.to_string()).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Removes one device, if it or its hub was deleted; answers whether it went.
pub(crate) async fn deleted_device(connection: &mut SqliteConnection, device: DeviceId) -> Result<bool, StoreError> {
    let purged = [
        "DELETE FROM secrets WHERE row LIKE 'device/%' AND substr(row, 8, 36) IN (
             SELECT devices.id FROM devices JOIN hubs ON hubs.id = devices.hub
             WHERE devices.id = ? AND (devices.deleted_at IS NOT NULL OR hubs.deleted_at IS NOT NULL))",
        "DELETE FROM devices WHERE id = ? AND (deleted_at IS NOT NULL OR EXISTS (
             SELECT 1 FROM hubs WHERE hubs.id = devices.hub AND hubs.deleted_at IS NOT NULL))",
    ];
    let mut rows = 0;
    for statement in purged {
        rows = sqlx::query(statement).bind(device.to_string()).execute(&mut *connection).await?.rows_affected();
    }
    Ok(rows > 0)
}

/// Removes one certificate request, if it was deleted; answers whether it went.
pub(crate) async fn deleted_request(
    connection: &mut SqliteConnection,
    request: CertificateRequestId,
) -> Result<bool, StoreError> {
    let purged = [
        "DELETE FROM secrets WHERE row LIKE 'request/%' AND substr(row, 9, 36) IN (
             SELECT id FROM certificate_requests WHERE id = ? AND deleted_at IS NOT NULL)",
        "DELETE FROM certificate_requests WHERE id = ? AND deleted_at IS NOT NULL",
    ];
    let mut rows = 0;
    for statement in purged {
        rows = sqlx::query(statement).bind(request.to_string()).execute(&mut *connection).await?.rows_affected();
    }
    Ok(rows > 0)
}
