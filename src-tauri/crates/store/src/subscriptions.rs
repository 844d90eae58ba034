//! Subscriptions of devices.

use hubscope_model::{DeviceId, Subscription};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::hubs::{found, id};
use crate::json::{read, write};
use crate::{Store, StoreError};

impl Store {
    /// The subscriptions of a device, in the order in which they were added.
    pub async fn subscriptions(&self, device: DeviceId) -> Result<Vec<Subscription>, StoreError> {
        let rows = sqlx::query("SELECT * FROM subscriptions WHERE device = ? AND deleted_at IS NULL ORDER BY position")
            .bind(device.to_string())
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(subscription).collect()
    }

    /// The subscriptions of all devices, in the order in which they were added.
    pub async fn all_subscriptions(&self) -> Result<Vec<Subscription>, StoreError> {
        let rows = sqlx::query("SELECT * FROM subscriptions WHERE deleted_at IS NULL ORDER BY position")
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(subscription).collect()
    }

    /// Adds a subscription, or changes the one with its id. `NotFound` when its device was deleted.
    pub async fn save_subscription(&self, subscription: &Subscription) -> Result<(), StoreError> {
        save(&mut *self.writer()?.acquire().await?, subscription).await
    }
}

pub(crate) async fn save(connection: &mut SqliteConnection, subscription: &Subscription) -> Result<(), StoreError> {
    let saved = sqlx::query(
        "INSERT INTO subscriptions (id, position, device, filter, qos, colour, alias, enabled, options)
         SELECT ?, (SELECT coalesce(max(position), 0) + 1 FROM subscriptions), devices.id, ?, ?, ?, ?, ?, ?
         FROM devices WHERE devices.id = ? AND devices.deleted_at IS NULL
         ON CONFLICT (id) DO UPDATE SET
             device = excluded.device, filter = excluded.filter, qos = excluded.qos,
             colour = excluded.colour, alias = excluded.alias, enabled = excluded.enabled,
             options = excluded.options
         WHERE deleted_at IS NULL",
    )
    .bind(subscription.id.to_string())
    .bind(&subscription.filter)
    .bind(subscription.qos)
    .bind(subscription.colour)
    .bind(&subscription.alias)
    .bind(subscription.enabled)
    .bind(write(&subscription.options)?)
    .bind(subscription.device.to_string())
    .execute(connection)
    .await?;
    found(saved.rows_affected(), "device")
}

fn subscription(row: &SqliteRow) -> Result<Subscription, StoreError> {
    Ok(Subscription {
        id: id(row, "id")?,
        device: id(row, "device")?,
        filter: row.try_get("filter")?,
        qos: row.try_get("qos")?,
        colour: row.try_get("colour")?,
        alias: row.try_get("alias")?,
        enabled: row.try_get("enabled")?,
        options: read(row.try_get("options")?, "options of a subscription")?,
    })
}
