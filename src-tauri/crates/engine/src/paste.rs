//! Pasted addresses and command lines become a hub and a device.

use crate::Engine;
use crate::changes::Area;
use crate::secrets::{SecretKind, row};
use hubscope_hubs::paste::{Pasted, PastedCredential, recognise};
use hubscope_model::{
    ClientId, DeviceId, FileHandle, Hub, HubId, PasteAdd, PasteAdded, PasteText, Recognised, Result, Subscription,
    SubscriptionId,
};
use hubscope_pki::Ca;
use hubscope_store::{DeviceRecord, HubRecord, StoredCredential};

impl Engine {
    pub(crate) fn recognise_paste(&self, paste: PasteText) -> Result<Recognised> {
        Ok(recognise(&paste.text.into_inner())?.recognised)
    }

    pub(crate) async fn add_paste(&self, client: ClientId, add: PasteAdd) -> Result<PasteAdded> {
        let pasted = recognise(&add.text.into_inner())?;
        let ca = match add.ca {
            Some(handle) => Some(self.read_ca_file(client, handle).await?),
            None => None,
        };
        let hub = self.paste_hub(&pasted.recognised, ca).await?;
        let device = self.paste_device(hub, &pasted).await?;
        self.changes.bump(Area::Tree);
        Ok(PasteAdded { hub, device, message: pasted.recognised.message })
    }

    async fn read_ca_file(&self, client: ClientId, handle: FileHandle) -> Result<Ca> {
        let (name, bytes) = self.read_file(client, handle).await?;
        hubscope_pki::read_ca(&bytes, &name)
    }

    /// The hub with the same address, or a new one. A CA that was chosen now is the one that counts.
    async fn paste_hub(&self, recognised: &Recognised, ca: Option<Ca>) -> Result<HubId> {
        let hubs = self.workspace.store()?.hubs().await?;
        let same = hubs.into_iter().find(|record| {
            let hub = &record.hub;
            (hub.host.as_str(), hub.port, hub.tls, hub.kind)
                == (recognised.host.as_str(), recognised.port, recognised.tls, recognised.kind)
        });
        let record = match (same, ca) {
            (Some(record), None) => return Ok(record.hub.id),
            (Some(record), Some(ca)) => {
                HubRecord { hub: Hub { ca: Some(ca.summary), ..record.hub }, ca_pem: Some(ca.pem) }
            }
            (None, ca) => {
                let (ca, ca_pem) = ca.map_or((None, None), |ca| (Some(ca.summary), Some(ca.pem)));
                let hub = Hub {
                    id: HubId::new(),
                    kind: recognised.kind,
                    name: recognised.host.clone(),
                    host: recognised.host.clone(),
                    port: recognised.port,
                    tls: recognised.tls,
                    ca,
                };
                HubRecord { hub, ca_pem }
            }
        };
        self.store_hub(&record).await?;
        Ok(record.hub.id)
    }

    async fn paste_device(&self, hub: HubId, pasted: &Pasted) -> Result<DeviceId> {
        let recognised = &pasted.recognised;
        let client_id = recognised.client_id.clone().unwrap_or_else(hubscope_hubs::generate_client_id);
        let (credential, secret) = match &pasted.credential {
            PastedCredential::None => (StoredCredential::None, None),
            PastedCredential::AccessToken(token) => (StoredCredential::AccessToken, Some((SecretKind::Token, token))),
            PastedCredential::Basic { user_name, password } => (
                StoredCredential::Basic { user_name: user_name.clone() },
                password.as_ref().map(|password| (SecretKind::Password, password)),
            ),
        };
        let record = DeviceRecord {
            id: DeviceId::new(),
            hub,
            name: device_name(recognised).unwrap_or_else(|| client_id.clone()),
            client_id,
            credential,
            options: pasted.options.clone(),
        };
        self.workspace.store()?.save_device(&record).await?;
        if let Some((kind, secret)) = secret {
            self.workspace.set_secret(&row(record.id, kind), secret.clone()).await?;
        }
        for (colour, pasted) in (1..=8).cycle().zip(&recognised.subscriptions) {
            let subscription = Subscription {
                id: SubscriptionId::new(),
                device: record.id,
                filter: pasted.filter.clone(),
                qos: pasted.qos.min(1),
                colour,
                alias: None,
                enabled: true,
            };
            self.workspace.store()?.save_subscription(&subscription).await?;
        }
        Ok(record.id)
    }
}

/// What the text calls the device, if anything.
fn device_name(recognised: &Recognised) -> Option<String> {
    let names = [&recognised.client_id, &recognised.user_name];
    names.into_iter().flatten().find(|name| !name.trim().is_empty()).cloned()
}
