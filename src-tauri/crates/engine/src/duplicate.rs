//! Copies of hubs and devices.

use crate::Engine;
use crate::devices::DEVICE_SECRETS;
use crate::secrets::{device_row, hub_row};
use crate::transfer::Plan;
use crate::tree::HUB_SECRETS;
use hubscope_model::{
    Code, DeviceId, Error, Folder, FolderId, HubId, HubKind, Result, SubscriptionId, TreeDuplicate, TreeItem,
};
use hubscope_store::{DeviceRecord, HubRecord};
use std::collections::HashMap;

impl Engine {
    /// Copies a hub or device beside the original, with its secrets only where that was asked for.
    pub(crate) async fn duplicate(&self, what: TreeDuplicate) -> Result<TreeItem> {
        self.workspace.writable()?;
        let mut plan = Plan::default();
        let copy = match what.item {
            TreeItem::Hub { hub } => TreeItem::Hub { hub: self.plan_hub(&mut plan, hub, what.secrets).await? },
            TreeItem::Device { device } => {
                let record = self.device_record(device).await?;
                let name = copied(&record.name);
                let copy = self.plan_device(&mut plan, record, None, name, what.secrets).await?;
                if let Some(folder) = self.layout().await?.device_folders.get(&device) {
                    plan.import.device_folders.push((copy, *folder));
                }
                TreeItem::Device { device: copy }
            }
            TreeItem::Folder { .. } => {
                return Err(Error::new(Code::BadRequest, "Folders are not copied. Copy what lies in them."));
            }
        };
        let credentials = plan.credentials.clone();
        self.carry_out(plan).await?;
        for record in &credentials {
            self.note_imported(record).await?;
        }
        self.put_behind(what.item, copy).await?;
        Ok(copy)
    }

    async fn plan_hub(&self, plan: &mut Plan, id: HubId, secrets: bool) -> Result<HubId> {
        let store = self.workspace.store()?;
        let HubRecord { mut hub, trust_pem } = self.hub_record(id).await?;
        if hub.sandbox {
            return Err(Error::new(Code::BadRequest, "The sandbox makes its hubs itself and cannot be copied."));
        }
        let layout = store.layout().await?;
        (hub.id, hub.name) = (HubId::new(), copied(&hub.name));
        let copy = hub.id;
        plan.import.hubs.push(HubRecord { hub, trust_pem });
        plan.import.hub_folders.extend(layout.hub_folders.get(&id).map(|folder| (copy, *folder)));
        let rows = HUB_SECRETS.iter().map(|field| (hub_row(id, *field), hub_row(copy, *field)));
        self.plan_secrets(plan, rows, secrets).await?;
        let mut folders: HashMap<FolderId, FolderId> = HashMap::new();
        for old in layout.folders.iter().filter(|folder| folder.hub == Some(id)) {
            let folder = Folder { id: FolderId::new(), hub: Some(copy), name: old.name.clone() };
            folders.insert(old.id, folder.id);
            plan.import.folders.push(folder);
        }
        for record in store.devices().await?.into_iter().filter(|record| record.hub == id) {
            let (device, name) = (record.id, record.name.clone());
            let made = self.plan_device(plan, record, Some(copy), name, secrets).await?;
            let folder = layout.device_folders.get(&device).and_then(|folder| folders.get(folder));
            plan.import.device_folders.extend(folder.map(|folder| (made, *folder)));
        }
        Ok(copy)
    }

    async fn plan_device(
        &self,
        plan: &mut Plan,
        mut record: DeviceRecord,
        hub: Option<HubId>,
        name: String,
        secrets: bool,
    ) -> Result<DeviceId> {
        let store = self.workspace.store()?;
        let id = record.id;
        let source = self.hub_record(record.hub).await?.hub;
        if source.sandbox {
            return Err(Error::new(Code::BadRequest, "The sandbox makes its devices itself; they cannot be copied."));
        }
        (record.id, record.name, record.hub) = (DeviceId::new(), name, hub.unwrap_or(record.hub));
        // Two sessions with one client id throw each other out. Azure gives its ids itself, so the user changes those.
        if hub.is_none() && !record.client_id.is_empty() && !is_given_by_hub(source.kind) {
            record.client_id = hubscope_hubs::generate_client_id();
        }
        let rows = DEVICE_SECRETS.iter().map(|field| (device_row(id, *field), device_row(record.id, *field)));
        self.plan_secrets(plan, rows, secrets).await?;
        for mut subscription in store.subscriptions(id).await? {
            (subscription.id, subscription.device) = (SubscriptionId::new(), record.id);
            plan.import.subscriptions.push(subscription);
        }
        let made = record.id;
        plan.credentials.push(record.clone());
        plan.import.devices.push(record);
        Ok(made)
    }

    async fn plan_secrets(
        &self,
        plan: &mut Plan,
        rows: impl Iterator<Item = (String, String)>,
        wanted: bool,
    ) -> Result<()> {
        for (from, to) in rows.filter(|_| wanted) {
            match self.workspace.secret(&from).await {
                Ok(secret) => plan.secrets.extend(secret.map(|secret| (to, secret))),
                // No key here opens it, so there is nothing to copy.
                Err(error) if error.code == Code::SecretMissing => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Puts a copy right behind what it is a copy of.
    async fn put_behind(&self, original: TreeItem, copy: TreeItem) -> Result<()> {
        let back = self.place_now(original).await?.1;
        self.workspace.store()?.place(copy, back.folder, back.before).await?;
        self.changes.bump(crate::changes::Area::Tree);
        Ok(())
    }
}

fn is_given_by_hub(kind: HubKind) -> bool {
    matches!(kind, HubKind::AzureIotHub | HubKind::AzureDps)
}

/// The name of a copy.
pub(crate) fn copied(name: &str) -> String {
    format!("{name} (2)")
}
