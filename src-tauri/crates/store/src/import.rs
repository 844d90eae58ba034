//! Many things at once, all or nothing.

use hubscope_model::{DeviceId, Folder, FolderId, HubId, Subscription, TreeItem};

use crate::{
    DeviceRecord, HubRecord, PresetRecord, Store, StoreError, devices, folders, hubs, presets, purge, secrets,
    subscriptions,
};

/// Things to be put into a workspace. One with the id of one that is there takes its place.
#[derive(Clone, Debug, Default)]
pub struct Import {
    pub hubs: Vec<HubRecord>,
    pub devices: Vec<DeviceRecord>,
    /// All subscriptions of the devices above: others of theirs are removed.
    pub subscriptions: Vec<Subscription>,
    pub presets: Vec<PresetRecord>,
    pub folders: Vec<Folder>,
    pub hub_folders: Vec<(HubId, FolderId)>,
    pub device_folders: Vec<(DeviceId, FolderId)>,
    /// Rows with what the vault sealed for them.
    pub secrets: Vec<(String, Vec<u8>)>,
    /// Rows that the devices above no longer use.
    pub unused_secrets: Vec<String>,
}

impl Store {
    /// Puts all of `import` in, or nothing. What was deleted and has an id of `import` is removed for good first: it
    /// can no longer come back beside what was imported.
    pub async fn import(&self, import: &Import) -> Result<(), StoreError> {
        let mut transaction = self.writer()?.begin().await?;
        for record in &import.hubs {
            purge::deleted_hub(&mut transaction, record.hub.id).await?;
            hubs::save(&mut transaction, record).await?;
        }
        for folder in &import.folders {
            folders::save(&mut transaction, folder).await?;
        }
        for device in &import.devices {
            purge::deleted_device(&mut transaction, device.id).await?;
            devices::save(&mut transaction, device).await?;
            sqlx::query("DELETE FROM subscriptions WHERE device = ?")
                .bind(device.id.to_string())
                .execute(&mut *transaction)
                .await?;
        }
        for subscription in &import.subscriptions {
            subscriptions::save(&mut transaction, subscription).await?;
        }
        for (hub, folder) in &import.hub_folders {
            folders::put_in(&mut transaction, TreeItem::Hub { hub: *hub }, *folder).await?;
        }
        for (device, folder) in &import.device_folders {
            folders::put_in(&mut transaction, TreeItem::Device { device: *device }, *folder).await?;
        }
        for preset in &import.presets {
            presets::save(&mut transaction, preset).await?;
        }
        for row in &import.unused_secrets {
            sqlx::query("DELETE FROM secrets WHERE row = ?").bind(row).execute(&mut *transaction).await?;
        }
        for (row, sealed) in &import.secrets {
            secrets::put(&mut transaction, row, sealed).await?;
        }
        Ok(transaction.commit().await?)
    }
}
