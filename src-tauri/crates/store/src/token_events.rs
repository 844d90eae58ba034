//! What was seen of devices' credentials.

use std::collections::HashMap;

use hubscope_model::{DeviceId, TokenEvent};
use sqlx::Row;

use crate::hubs::{found, id};
use crate::json::{read, write};
use crate::newest::keep_newest;
use crate::{Store, StoreError};

/// Events kept of one device; the oldest goes first.
const KEPT: i64 = 200;

impl Store {
    /// Adds an event. `NotFound` when the device is gone for good.
    pub async fn add_token_event(&self, device: DeviceId, event: &TokenEvent) -> Result<(), StoreError> {
        let mut transaction = self.writer()?.begin().await?;
        let added = sqlx::query("INSERT INTO token_events (device, json) SELECT id, ? FROM devices WHERE id = ?")
            .bind(write(event)?)
            .bind(device.to_string())
            .execute(&mut *transaction)
            .await?;
        found(added.rows_affected(), "device")?;
        keep_newest(&mut transaction, "token_events", "device = ?1", &device.to_string(), KEPT).await?;
        Ok(transaction.commit().await?)
    }

    /// The events of all devices, each device's newest last.
    pub async fn all_token_events(&self) -> Result<HashMap<DeviceId, Vec<TokenEvent>>, StoreError> {
        let rows = sqlx::query("SELECT device, json FROM token_events ORDER BY id").fetch_all(self.readers()).await?;
        let mut events: HashMap<DeviceId, Vec<TokenEvent>> = HashMap::new();
        for row in &rows {
            let event = read(row.try_get("json")?, "history of a credential")?;
            events.entry(id(row, "device")?).or_default().push(event);
        }
        Ok(events)
    }

    /// The events of a device, newest last.
    pub async fn token_events(&self, device: DeviceId) -> Result<Vec<TokenEvent>, StoreError> {
        let rows: Vec<String> = sqlx::query_scalar("SELECT json FROM token_events WHERE device = ? ORDER BY id")
            .bind(device.to_string())
            .fetch_all(self.readers())
            .await?;
        rows.iter().map(|json| read(json, "history of a credential")).collect()
    }
}
