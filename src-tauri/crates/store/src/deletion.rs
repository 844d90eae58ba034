//! What is deleted is hidden first. It comes back by [`Store::restore`], and goes for good by [`Store::purge`] or when
//! the workspace is opened again; its sealed secrets go with it.

use hubscope_model::{CertificateRequestId, DeviceId, FolderId, HubId, SavedMessageId, SubscriptionId};
use sqlx::{AssertSqlSafe, Row, SqliteConnection};

use crate::hubs::{found, id};
use crate::{Store, StoreError, purge};

/// A thing that can be deleted and brought back.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Deletion {
    /// With its devices and folders.
    Hub(HubId),
    Device(DeviceId),
    Folder(FolderId),
    Preset(String),
    Subscription(SubscriptionId),
    SavedMessage(SavedMessageId),
    /// With its key.
    CertificateRequest(CertificateRequestId),
}

impl Deletion {
    fn table(&self) -> &'static str {
        match self {
            Self::Hub(_) => "hubs",
            Self::Device(_) => "devices",
            Self::Folder(_) => "folders",
            Self::Preset(_) => "presets",
            Self::Subscription(_) => "subscriptions",
            Self::SavedMessage(_) => "saved_messages",
            Self::CertificateRequest(_) => "certificate_requests",
        }
    }

    fn what(&self) -> &'static str {
        match self {
            Self::Hub(_) => "hub",
            Self::Device(_) => "device",
            Self::Folder(_) => "folder",
            Self::Preset(_) => "preset",
            Self::Subscription(_) => "subscription",
            Self::SavedMessage(_) => "saved message",
            Self::CertificateRequest(_) => "certificate request",
        }
    }

    fn key(&self) -> String {
        match self {
            Self::Hub(id) => id.to_string(),
            Self::Device(id) => id.to_string(),
            Self::Folder(id) => id.to_string(),
            Self::Preset(id) => id.clone(),
            Self::Subscription(id) => id.to_string(),
            Self::SavedMessage(id) => id.to_string(),
            Self::CertificateRequest(id) => id.to_string(),
        }
    }
}

impl Store {
    /// Hides a thing. `NotFound` when it is not there or hidden already.
    pub async fn delete(&self, what: &Deletion) -> Result<(), StoreError> {
        let table = what.table();
        self.hide(what, format!("UPDATE {table} SET deleted_at = unixepoch() WHERE id = ? AND deleted_at IS NULL"))
            .await
    }

    /// Brings a hidden thing back as it was. One that is there stays as it is.
    pub async fn restore(&self, what: &Deletion) -> Result<(), StoreError> {
        self.hide(what, format!("UPDATE {} SET deleted_at = NULL WHERE id = ?", what.table())).await
    }

    async fn hide(&self, what: &Deletion, statement: String) -> Result<(), StoreError> {
        // Made of the table's name alone.
        let hidden = sqlx::query(AssertSqlSafe(statement)).bind(what.key()).execute(self.writer()?).await?;
        found(hidden.rows_affected(), what.what())
    }

    /// Removes a hidden thing for good, with its sealed secrets; one that is not hidden stays. Answers the beginnings
    /// of the secret rows that went, for who keeps secrets elsewhere.
    pub async fn purge(&self, what: &Deletion) -> Result<Vec<String>, StoreError> {
        let mut transaction = self.writer()?.begin().await?;
        let gone = match what {
            Deletion::Hub(hub) => {
                let rows = rows_of_hub(&mut transaction, *hub).await?;
                purge::deleted_hub(&mut transaction, *hub).await?;
                rows
            }
            Deletion::Device(device) => match purge::deleted_device(&mut transaction, *device).await? {
                true => vec![format!("device/{device}/")],
                false => Vec::new(),
            },
            Deletion::CertificateRequest(request) => match purge::deleted_request(&mut transaction, *request).await? {
                true => vec![format!("request/{request}/")],
                false => Vec::new(),
            },
            Deletion::Folder(_) | Deletion::Preset(_) | Deletion::Subscription(_) | Deletion::SavedMessage(_) => {
                let statement = format!("DELETE FROM {} WHERE id = ? AND deleted_at IS NOT NULL", what.table());
                sqlx::query(AssertSqlSafe(statement)).bind(what.key()).execute(&mut *transaction).await?;
                Vec::new()
            }
        };
        transaction.commit().await?;
        Ok(gone)
    }

    /// Whose subscription or saved message this is, hidden or not.
    pub async fn owner(&self, what: &Deletion) -> Result<DeviceId, StoreError> {
        let statement = match what {
            Deletion::Subscription(_) => "SELECT device FROM subscriptions WHERE id = ?",
            Deletion::SavedMessage(_) => "SELECT device FROM saved_messages WHERE id = ?",
            _ => return Err(StoreError::NotFound(what.what())),
        };
        let row = sqlx::query(statement).bind(what.key()).fetch_optional(self.readers()).await?;
        id(&row.ok_or(StoreError::NotFound(what.what()))?, "device")
    }
}

async fn rows_of_hub(connection: &mut SqliteConnection, hub: HubId) -> Result<Vec<String>, StoreError> {
    let devices = sqlx::query(
        "SELECT devices.id FROM devices JOIN hubs ON hubs.id = devices.hub
         WHERE hubs.id = ? AND hubs.deleted_at IS NOT NULL",
    )
    .bind(hub.to_string())
    .fetch_all(&mut *connection)
    .await?;
    // Also of a hub that is not hidden: nothing of it goes then.
    let hidden: Option<i64> = sqlx::query_scalar("SELECT 1 FROM hubs WHERE id = ? AND deleted_at IS NOT NULL")
        .bind(hub.to_string())
        .fetch_optional(connection)
        .await?;
    let mut rows: Vec<_> = hidden.map(|_| format!("hub/{hub}/")).into_iter().collect();
    for device in &devices {
        rows.push(format!("device/{}/", device.try_get::<String, _>("id")?));
    }
    Ok(rows)
}
