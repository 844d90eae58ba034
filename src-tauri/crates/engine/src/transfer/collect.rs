//! From the workspace into an export.

use super::format::{
    Document, FileCertificate, FileDevice, FileHub, FilePreset, FileSecrets, FileSubscription, FileTrust,
};
use super::here::Here;
use crate::Engine;
use crate::secrets::{device_row, hub_row};
use crate::tree::HUB_SECRETS;
use hubscope_model::{Code, Error, HubId, Result, SecretField, Subscription, TrustMode};
use hubscope_pki::Trusted;
use hubscope_store::{DeviceRecord, HubRecord, PresetRecord};
use hubscope_vault::to_export;

impl Engine {
    /// The hubs asked for, or all with the settings; the sandbox's are made anew at every start and stay out.
    pub(super) async fn collect(&self, asked: Option<&[HubId]>, with_secrets: bool) -> Result<Document> {
        let here = Here::of(self.workspace.store()?).await?;
        // Of the whole workspace only: neither belongs to a hub.
        let (settings, presets) = match asked {
            None => (Some(self.workspace.settings().await?), here.presets.iter().map(file_preset).collect()),
            Some(_) => (None, Vec::new()),
        };
        let chosen: Vec<&HubRecord> = match asked {
            None => here.hubs.iter().filter(|record| !record.hub.sandbox).collect(),
            Some(ids) => ids.iter().map(|id| here.exportable(*id)).collect::<Result<_>>()?,
        };
        let mut hubs = Vec::new();
        for record in chosen {
            let mut devices = Vec::new();
            for device in here.devices.iter().filter(|device| device.hub == record.hub.id) {
                let rows = secret_fields(device).map(|field| (field, device_row(device.id, field)));
                let secrets = self.file_secrets(rows, with_secrets).await?;
                let mut file = file_device(device, here.subscriptions(device.id), secrets);
                file.folder = here.folder_name(here.layout.device_folders.get(&device.id));
                devices.push(file);
            }
            let rows = HUB_SECRETS.iter().map(|field| (*field, hub_row(record.hub.id, *field)));
            let secrets = self.file_secrets(rows, with_secrets).await?;
            let mut file = file_hub(record, devices, secrets);
            file.folder = here.folder_name(here.layout.hub_folders.get(&record.hub.id));
            file.folders = here.folder_names(Some(record.hub.id));
            hubs.push(file);
        }
        let mut document = Document::new(settings, hubs, presets);
        // An empty folder of hubs belongs to the whole workspace only.
        let all = here.folder_names(None).into_iter();
        document.folders = all
            .filter(|name| asked.is_none() || document.hubs.iter().any(|hub| hub.folder.as_ref() == Some(name)))
            .collect();
        Ok(document)
    }

    async fn file_secrets(
        &self,
        rows: impl Iterator<Item = (SecretField, String)>,
        with_secrets: bool,
    ) -> Result<FileSecrets> {
        let mut secrets = FileSecrets::new();
        for (field, row) in rows.filter(|_| with_secrets) {
            match self.workspace.secret(&row).await {
                Ok(Some(secret)) => {
                    secrets.insert(field, to_export(&secret));
                }
                Ok(None) => {}
                // No key here opens it, so there is nothing to take along.
                Err(error) if error.code == Code::SecretMissing => tracing::warn!(row, "a secret cannot be exported"),
                Err(error) => return Err(error),
            }
        }
        Ok(secrets)
    }
}

impl Here {
    fn exportable(&self, id: HubId) -> Result<&HubRecord> {
        let found = self.hubs.iter().find(|record| record.hub.id == id);
        let record = found.ok_or_else(|| crate::tree::missing("hub"))?;
        match record.hub.sandbox {
            false => Ok(record),
            true => Err(Error::new(Code::BadRequest, "The sandbox is made anew at every start and is not exported.")),
        }
    }
}

/// The secrets that a device's credential and certificate have.
pub(super) fn secret_fields(device: &DeviceRecord) -> impl Iterator<Item = SecretField> {
    let key = device.certificate.as_ref().map(|_| SecretField::PrivateKey);
    device.credential.secrets().iter().copied().chain(key)
}

fn file_hub(record: &HubRecord, devices: Vec<FileDevice>, secrets: FileSecrets) -> FileHub {
    let HubRecord { hub, .. } = record;
    FileHub {
        id: hub.id,
        kind: hub.kind,
        name: hub.name.clone(),
        host: hub.host.clone(),
        port: hub.port,
        transport: hub.transport,
        connection: hub.connection.clone(),
        trust: file_trust(hub.trust.mode, &record.trusted()),
        ca: None,
        details: hub.details.clone(),
        folder: None,
        folders: Vec::new(),
        left_out: Vec::new(),
        secrets,
        devices,
    }
}

fn file_preset(record: &PresetRecord) -> FilePreset {
    let PresetRecord { preset, .. } = record;
    FilePreset {
        id: preset.id.clone(),
        name: preset.name.clone(),
        kind: preset.kind,
        host: preset.host.clone(),
        port: preset.port,
        transport: preset.transport,
        connection: preset.connection.clone(),
        trust: file_trust(preset.trust.mode, &record.trusted()),
        ca: None,
    }
}

pub(super) fn file_trust(mode: TrustMode, trusted: &Trusted) -> FileTrust {
    let alone = |sha256: &str| trusted.only(|one| one == sha256).pem;
    let certificates = trusted.certificates.iter();
    let file = |one: &hubscope_model::TrustedCertificate| FileCertificate {
        source: one.source.clone(),
        pem: alone(&one.sha256),
    };
    FileTrust { mode, certificates: certificates.map(file).collect() }
}

fn file_device(device: &DeviceRecord, subscriptions: &[Subscription], secrets: FileSecrets) -> FileDevice {
    FileDevice {
        id: device.id,
        name: device.name.clone(),
        client_id: device.client_id.clone(),
        credential: device.credential.clone(),
        certificate: device.certificate.as_ref().map(|certificate| certificate.chain_pem.clone()),
        credential_set: device.credential_set,
        options: device.options.clone(),
        subscriptions: subscriptions.iter().map(file_subscription).collect(),
        folder: None,
        left_out: Vec::new(),
        secrets,
    }
}

pub(super) fn file_subscription(one: &Subscription) -> FileSubscription {
    FileSubscription {
        filter: one.filter.clone(),
        qos: one.qos,
        colour: one.colour,
        alias: one.alias.clone(),
        enabled: one.enabled,
        options: one.options.clone(),
    }
}
