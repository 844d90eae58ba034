//! Certificates, keys and the devices that get them: stored together, all or nothing.

use super::{certificate_row, event, seconds, with_chain};
use crate::Engine;
use crate::changes::Area;
use crate::secrets::{device_row, in_memory};
use hubscope_model::{
    CertificateDraft, CertificateFacts, CertificateHappening, CertificateTrust, Credential, DeviceDraft, DeviceId,
    HubKind, Result, SecretField,
};
use hubscope_store::{CertificateChange, CertificateRecord, DeviceRecord, StoredCertificate};
use hubscope_vault::Secret;

/// What is to be stored; the keys are sealed on the way.
#[derive(Default)]
pub(super) struct Change {
    pub store: CertificateChange,
    /// Private keys by row.
    pub keys: Vec<(String, Secret<String>)>,
}

impl Change {
    /// A certificate, its key if there is one, and how it came.
    pub fn add(&mut self, record: CertificateRecord, key: Option<Secret<String>>, how: CertificateHappening) {
        self.keys.extend(key.map(|key| (certificate_row(record.sha256()), key)));
        self.note(record.sha256(), how);
        self.store.added.push(record);
    }

    pub fn note(&mut self, sha256: &str, what: CertificateHappening) {
        self.store.events.push((sha256.to_owned(), event(what)));
    }

    /// A device gets a certificate with its key.
    pub fn give(&mut self, device: DeviceRecord, key: Secret<String>) {
        if let Some(certificate) = &device.certificate {
            self.note(&certificate.summary.sha256.clone(), CertificateHappening::Given { device: device.name.clone() });
        }
        self.keys.push((device_row(device.id, SecretField::PrivateKey), key));
        self.store.devices.push(device);
    }
}

impl Engine {
    /// Seals the keys and stores all of it, or nothing.
    pub(super) async fn store_certificates(&self, change: Change) -> Result<()> {
        let Change { mut store, keys } = change;
        let vault = self.workspace.vault().await?;
        {
            let _turn = self.workspace.secrets.turn.read().await;
            self.workspace.secrets.touch();
            let (mut gone, mut kept) = (store.unused_secrets.clone(), Vec::new());
            if in_memory(&vault.level()) {
                kept = keys;
            } else {
                for (row, key) in keys {
                    store.secrets.push((row.clone(), vault.seal(&row, &key)?));
                    // One from before the vault could be used would hide the new one.
                    gone.push(row);
                }
            }
            self.workspace.store()?.change_certificates(&store).await?;
            self.workspace.replace_in_memory(&gone, kept);
        }
        for device in &store.devices {
            self.note_set(device).await?;
        }
        self.certificates_changed(!store.devices.is_empty());
        Ok(())
    }

    /// `devices`: some have another certificate now.
    pub(super) fn certificates_changed(&self, devices: bool) {
        self.changes.bump(Area::Certificates);
        if devices {
            self.changes.bump(Area::Tree);
            self.changes.bump(Area::Tokens);
        }
    }

    /// A device as it is with this certificate. Where a certificate is no use beside another credential, it becomes the
    /// credential; the secrets of the old one stay, should the user go back to it.
    pub(super) async fn device_with(
        &self,
        id: DeviceId,
        facts: &CertificateFacts,
        chain_pem: &str,
    ) -> Result<DeviceRecord> {
        let summary = with_chain(facts, chain_pem);
        let mut device = self.device_record(id).await?;
        let hub = self.hub_record(device.hub).await?.hub;
        let alone = matches!(hub.kind, HubKind::AzureIotHub | HubKind::AzureDps | HubKind::ThingsBoard);
        if alone && !matches!(device.credential, Credential::X509 { .. }) {
            device.credential = Credential::X509 { trust: CertificateTrust::Authority };
        }
        let draft = DeviceDraft {
            id: Some(id),
            hub: device.hub,
            name: device.name.clone(),
            client_id: device.client_id.clone(),
            credential: device.credential.clone(),
            secrets: Vec::new(),
            certificate: CertificateDraft::Keep,
            options: device.options.clone(),
        };
        hubscope_hubs::check_device(&draft, &hub, &self.stored_secrets(id).await, Some(&summary))?;
        device.certificate = Some(StoredCertificate { summary, chain_pem: chain_pem.to_owned() });
        device.credential_set = Some(seconds());
        Ok(device)
    }
}
