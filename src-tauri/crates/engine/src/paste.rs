//! Pasted addresses, command lines, connection strings and tokens become a hub and a device.

use crate::Engine;
use crate::changes::Area;
use crate::secrets::{device_row, hub_row};
use hubscope_hubs::paste::{Pasted, recognise};
use hubscope_model::{
    ClientId, Credential, DeviceId, Error, FieldProblem, FileHandle, Hub, HubId, PasteAdd, PasteAdded, PasteText,
    Problem, Recognised, Result, SecretField, Subscription, SubscriptionId,
};
use hubscope_pki::Ca;
use hubscope_store::{DeviceRecord, HubRecord, StoredCertificate};

impl Engine {
    pub(crate) fn recognise_paste(&self, paste: PasteText) -> Result<Recognised> {
        Ok(recognise(&paste.text.into_inner())?.recognised)
    }

    pub(crate) async fn add_paste(&self, client: ClientId, add: PasteAdd) -> Result<PasteAdded> {
        let pasted = recognise(&add.text.into_inner())?;
        if !pasted.recognised.missing.is_empty() {
            let required = |field: &String| FieldProblem { field: field.clone(), problem: Problem::Required };
            return Err(Error::fields(pasted.recognised.missing.iter().map(required).collect()));
        }
        if !pasted.secrets.is_empty() || pasted.identity.is_some() {
            self.workspace.takes_secrets().await?;
        }
        let ca = match add.ca {
            Some(handle) => Some(self.read_ca_file(client, handle).await?),
            None => None,
        };
        let hub = self.paste_hub(&pasted, ca).await?;
        let device = match names_device(&pasted.recognised) {
            true => Some(self.paste_device(hub, &pasted).await?),
            false => None,
        };
        self.changes.bump(Area::Tree);
        Ok(PasteAdded { hub, device, message: pasted.recognised.message })
    }

    async fn read_ca_file(&self, client: ClientId, handle: FileHandle) -> Result<Ca> {
        let (name, bytes) = self.read_file(client, handle).await?;
        hubscope_pki::read_ca(&bytes, &name)
    }

    /// The hub with the same address, or a new one. A CA that was chosen now is the one that counts.
    async fn paste_hub(&self, pasted: &Pasted, ca: Option<Ca>) -> Result<HubId> {
        let recognised = &pasted.recognised;
        let hubs = self.workspace.store()?.hubs().await?;
        let same = hubs.into_iter().filter(|record| !record.hub.sandbox).find(|record| {
            let hub = &record.hub;
            (hub.host.as_str(), hub.port, hub.tls, hub.kind, &hub.details.id_scope)
                == (
                    recognised.host.as_str(),
                    recognised.port,
                    recognised.tls,
                    recognised.kind,
                    &recognised.details.id_scope,
                )
        });
        let mut record = same.unwrap_or_else(|| HubRecord { hub: new_hub(recognised), ca_pem: None });
        if let Some(Ca { summary, pem, .. }) = ca {
            (record.hub.ca, record.ca_pem) = (Some(summary), Some(pem));
        }
        if recognised.details.policy.is_some() {
            record.hub.details.policy.clone_from(&recognised.details.policy);
        }
        self.store_hub(&record).await?;
        for field in [SecretField::PolicyKey, SecretField::ApiKey] {
            if let Some(secret) = pasted.secrets.get(&field) {
                self.workspace.set_secret(&hub_row(record.hub.id, field), secret.clone()).await?;
            }
        }
        Ok(record.hub.id)
    }

    async fn paste_device(&self, hub: HubId, pasted: &Pasted) -> Result<DeviceId> {
        let recognised = &pasted.recognised;
        let client_id = recognised.client_id.clone().unwrap_or_else(hubscope_hubs::generate_client_id);
        let certificate = pasted.identity.as_ref().map(|identity| StoredCertificate {
            summary: identity.summary.clone(),
            chain_pem: identity.chain_pem.clone(),
        });
        let record = DeviceRecord {
            id: DeviceId::new(),
            hub,
            name: device_name(recognised).unwrap_or_else(|| client_id.clone()),
            client_id,
            credential: recognised.credential.clone(),
            certificate,
            credential_set: Some(crate::now() / 1_000_000),
            options: pasted.options.clone(),
        };
        self.workspace.store()?.save_device(&record).await?;
        for field in record.credential.secrets() {
            if let Some(secret) = pasted.secrets.get(field) {
                self.workspace.set_secret(&device_row(record.id, *field), secret.clone()).await?;
            }
        }
        if let Some(identity) = &pasted.identity {
            let row = device_row(record.id, SecretField::PrivateKey);
            self.workspace.set_secret(&row, identity.key.clone()).await?;
        }
        self.note_set(&record).await?;
        self.paste_subscriptions(&record, recognised).await?;
        Ok(record.id)
    }

    /// Those of the text; without any, what the hub suggests.
    async fn paste_subscriptions(&self, device: &DeviceRecord, recognised: &Recognised) -> Result<()> {
        if recognised.subscriptions.is_empty() {
            let hub = self.hub_record(device.hub).await?.hub;
            return self.add_suggested_subscriptions(device, &hub).await;
        }
        for (colour, pasted) in (1..=8).cycle().zip(&recognised.subscriptions) {
            let subscription = Subscription {
                id: SubscriptionId::new(),
                device: device.id,
                filter: pasted.filter.clone(),
                qos: pasted.qos.min(1),
                colour,
                alias: None,
                enabled: true,
            };
            self.workspace.store()?.save_subscription(&subscription).await?;
        }
        Ok(())
    }
}

fn new_hub(recognised: &Recognised) -> Hub {
    Hub {
        id: HubId::new(),
        kind: recognised.kind,
        name: recognised.host.clone(),
        host: recognised.host.clone(),
        port: recognised.port,
        tls: recognised.tls,
        ca: None,
        details: recognised.details.clone(),
        sandbox: false,
        secrets: Vec::new(),
    }
}

/// A service connection string makes a hub alone.
fn names_device(recognised: &Recognised) -> bool {
    recognised.form != hubscope_model::PasteForm::ServiceConnectionString
}

/// What the text calls the device, if anything.
fn device_name(recognised: &Recognised) -> Option<String> {
    let user_name = match &recognised.credential {
        Credential::Basic { user_name } => Some(user_name),
        _ => None,
    };
    let names = [recognised.client_id.as_ref(), user_name];
    names.into_iter().flatten().find(|name| !name.trim().is_empty()).cloned()
}
