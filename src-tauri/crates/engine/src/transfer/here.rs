//! The workspace as an import finds it: which of its things are meant by those of a file, and where they differ.

use super::collect::file_subscription;
use super::format::{Document, FileDevice, FileHub, FilePreset, FileTrust};
use hubscope_model::{DeviceId, FolderId, HubId, Subscription, TreeLayout, TrustMode};
use hubscope_pki::Trusted;
use hubscope_store::{DeviceRecord, HubRecord, PresetRecord, Store, StoreError};
use std::collections::{HashMap, HashSet};

/// All hubs, devices, subscriptions and presets.
pub struct Here {
    pub hubs: Vec<HubRecord>,
    pub presets: Vec<PresetRecord>,
    pub devices: Vec<DeviceRecord>,
    pub layout: TreeLayout,
    subscriptions: HashMap<DeviceId, Vec<Subscription>>,
}

/// What a file means here, item by item.
pub struct Matches<'a> {
    pub hubs: Vec<Option<&'a HubRecord>>,
    pub devices: Vec<Option<&'a DeviceRecord>>,
}

impl Here {
    pub async fn of(store: &Store) -> Result<Self, StoreError> {
        let mut subscriptions: HashMap<DeviceId, Vec<Subscription>> = HashMap::new();
        for one in store.all_subscriptions().await? {
            subscriptions.entry(one.device).or_default().push(one);
        }
        let (hubs, devices) = (store.hubs().await?, store.devices().await?);
        Ok(Self { hubs, presets: store.presets().await?, devices, layout: store.layout().await?, subscriptions })
    }

    pub fn subscriptions(&self, device: DeviceId) -> &[Subscription] {
        self.subscriptions.get(&device).map_or(&[], Vec::as_slice)
    }

    /// What a folder is called.
    pub fn folder_name(&self, id: Option<&FolderId>) -> Option<String> {
        let id = id?;
        self.layout.folders.iter().find(|folder| folder.id == *id).map(|folder| folder.name.clone())
    }

    /// Names of the folders of hubs, or of one hub's devices, each once.
    pub fn folder_names(&self, hub: Option<HubId>) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for folder in self.layout.folders.iter().filter(|folder| folder.hub == hub) {
            if !names.contains(&folder.name) {
                names.push(folder.name.clone());
            }
        }
        names
    }

    /// A thing of the file means the one here with its id; else a hub the one with its address, a device the one with
    /// its client id at the same hub. One that is meant by its id is not meant by its address too.
    pub fn matches<'a>(&'a self, document: &Document) -> Matches<'a> {
        let hub_ids: HashSet<_> = document.hubs.iter().map(|hub| hub.id).collect();
        let device_ids: HashSet<_> = document.devices().map(|(_, device)| device.id).collect();
        let hub_of = |hub: &FileHub| {
            let by_id = self.hubs.iter().find(|record| record.hub.id == hub.id);
            by_id.or_else(|| {
                let mut others = self.hubs.iter().filter(|record| !hub_ids.contains(&record.hub.id));
                others.find(|record| same_address(hub, record))
            })
        };
        let device_of = |hub: &FileHub, device: &FileDevice| {
            let by_id = self.devices.iter().find(|record| record.id == device.id);
            by_id.or_else(|| {
                let at = hub_of(hub)?.hub.id;
                let mut others = self.devices.iter().filter(|record| !device_ids.contains(&record.id));
                others.find(|one| one.hub == at && one.client_id == device.client_id && !one.client_id.is_empty())
            })
        };
        Matches {
            hubs: document.hubs.iter().map(hub_of).collect(),
            devices: document.devices().map(|(hub, device)| device_of(hub, device)).collect(),
        }
    }

    /// The preset here with the id of one of the file.
    pub fn preset(&self, file: &FilePreset) -> Option<&PresetRecord> {
        self.presets.iter().find(|record| record.preset.id == file.id)
    }

    /// Names of the fields in which a hub of the file differs from the one here.
    pub fn hub_differences(&self, file: &FileHub, record: &HubRecord) -> Vec<String> {
        let hub = &record.hub;
        differing(&[
            ("kind", file.kind != hub.kind),
            ("name", file.name != hub.name),
            ("host", file.host != hub.host),
            ("port", file.port != hub.port),
            ("transport", file.transport != hub.transport),
            ("connection", file.connection != hub.connection),
            ("trust", differs(&file.trust, hub.trust.mode, &record.trusted())),
            ("details", file.details != hub.details),
        ])
    }

    /// The same for a device; `moved`: it is at another hub here.
    pub fn device_differences(&self, file: &FileDevice, record: &DeviceRecord, moved: bool) -> Vec<String> {
        let chain = record.certificate.as_ref().map(|certificate| certificate.chain_pem.as_str());
        let subscriptions: Vec<_> = self.subscriptions(record.id).iter().map(file_subscription).collect();
        differing(&[
            ("hub", moved),
            ("name", file.name != record.name),
            ("client_id", file.client_id != record.client_id),
            ("credential", file.credential != record.credential),
            ("certificate", file.certificate.as_deref() != chain),
            ("options", file.options != record.options),
            ("subscriptions", file.subscriptions != subscriptions),
        ])
    }
}

/// Names of the fields in which a preset of the file differs from the one here.
pub fn preset_differences(file: &FilePreset, record: &PresetRecord) -> Vec<String> {
    let preset = &record.preset;
    differing(&[
        ("kind", file.kind != preset.kind),
        ("name", file.name != preset.name),
        ("host", file.host != preset.host),
        ("port", file.port != preset.port),
        ("transport", file.transport != preset.transport),
        ("connection", file.connection != preset.connection),
        ("trust", differs(&file.trust, preset.trust.mode, &record.trusted())),
    ])
}

/// Whether a file trusts by other means; where a certificate came from is no difference.
fn differs(file: &FileTrust, mode: TrustMode, here: &Trusted) -> bool {
    let pem: String = file.certificates.iter().map(|one| one.pem.as_str()).collect();
    (file.mode, pem.as_str()) != (mode, here.pem.as_str())
}

fn same_address(file: &FileHub, record: &HubRecord) -> bool {
    let hub = &record.hub;
    !hub.sandbox
        && hub.kind == file.kind
        && hub.host.eq_ignore_ascii_case(&file.host)
        && hub.port == file.port
        && hub.connection.socket == file.connection.socket
}

fn differing(fields: &[(&str, bool)]) -> Vec<String> {
    fields.iter().filter(|(_, differs)| *differs).map(|(name, _)| (*name).to_owned()).collect()
}
