//! Hubs, devices and subscriptions: forms checked, stored, and followed by live sessions.

use crate::Engine;
use crate::changes::Area;
use crate::secrets::{SecretKind, row};
use hubscope_model::{
    CaChange, ClientId, Code, Credential, CredentialDraft, Device, DeviceDraft, DeviceId, Error, FieldProblem, Hub,
    HubDraft, HubId, HubKind, Problem, Result, SecretDraft, SecretSummary, Session, Subscription, SubscriptionDraft,
    SubscriptionId, Subscriptions, Tree,
};
use hubscope_pki::Trust;
use hubscope_store::{DeviceRecord, HubRecord, StoredCredential};
use hubscope_vault::Secret;

impl Engine {
    pub(crate) async fn tree(&self) -> Result<Tree> {
        let store = self.workspace.store()?;
        let hubs = store.hubs().await?.into_iter().map(|record| record.hub).collect();
        let mut devices = Vec::new();
        for record in store.devices().await? {
            devices.push(self.device_model(record).await);
        }
        Ok(Tree { hubs, devices })
    }

    pub(crate) async fn save_hub(&self, client: ClientId, draft: HubDraft) -> Result<Hub> {
        hubscope_hubs::check_hub(&draft)?;
        let old = match draft.id {
            Some(id) => Some(self.hub_record(id).await?),
            None => None,
        };
        let (ca, ca_pem) = match draft.ca {
            CaChange::Keep => old.map_or((None, None), |old| (old.hub.ca, old.ca_pem)),
            CaChange::SystemRoots => (None, None),
            CaChange::File { handle } => {
                let (name, bytes) = self.read_file(client, handle).await?;
                let ca = hubscope_pki::read_ca(&bytes, &name)?;
                (Some(ca.summary), Some(ca.pem))
            }
        };
        let id = draft.id.unwrap_or_default();
        let hub =
            Hub { id, kind: draft.kind, name: draft.name, host: draft.host, port: draft.port, tls: draft.tls, ca };
        self.store_hub(&HubRecord { hub: hub.clone(), ca_pem }).await?;
        Ok(hub)
    }

    pub(crate) async fn store_hub(&self, record: &HubRecord) -> Result<()> {
        self.workspace.store()?.save_hub(record).await?;
        self.changes.bump(Area::Tree);
        Ok(())
    }

    pub(crate) async fn delete_hub(&self, id: HubId) -> Result<()> {
        let devices = self.workspace.store()?.devices().await?;
        self.workspace.store()?.delete_hub(id).await?;
        self.sessions.close_many(devices.iter().filter(|device| device.hub == id).map(|device| device.id)).await;
        self.changes.bump(Area::Tree);
        Ok(())
    }

    pub(crate) async fn restore_hub(&self, id: HubId) -> Result<()> {
        self.workspace.store()?.restore_hub(id).await?;
        self.changes.bump(Area::Tree);
        Ok(())
    }

    pub(crate) async fn save_device(&self, draft: DeviceDraft) -> Result<Device> {
        let hub = self.hub_record(draft.hub).await?.hub;
        hubscope_hubs::check_device(&draft, hub.kind)?;
        let new = draft.id.is_none();
        let id = draft.id.unwrap_or_default();
        let (credential, secret) = match draft.credential {
            CredentialDraft::None => (StoredCredential::None, None),
            CredentialDraft::AccessToken { token } => (StoredCredential::AccessToken, Some((SecretKind::Token, token))),
            CredentialDraft::Basic { user_name, password } => {
                (StoredCredential::Basic { user_name }, Some((SecretKind::Password, password)))
            }
        };
        let record = DeviceRecord {
            id,
            hub: draft.hub,
            name: draft.name,
            client_id: draft.client_id,
            credential,
            options: draft.options,
        };
        self.workspace.store()?.save_device(&record).await?;
        self.replace_secrets(id, secret).await?;
        if new {
            self.add_suggested_subscriptions(id, hub.kind).await?;
        }
        self.changes.bump(Area::Tree);
        Ok(self.device_model(record).await)
    }

    /// Stores the credential's secret and removes those of another kind.
    async fn replace_secrets(&self, id: DeviceId, secret: Option<(SecretKind, SecretDraft)>) -> Result<()> {
        let kept = secret.as_ref().map(|(kind, _)| *kind);
        for kind in [SecretKind::Token, SecretKind::Password] {
            if kept != Some(kind) {
                self.workspace.remove_secret(&row(id, kind)).await?;
            }
        }
        match secret {
            Some((kind, draft)) => self.workspace.change_secret(&row(id, kind), draft).await,
            None => Ok(()),
        }
    }

    async fn add_suggested_subscriptions(&self, device: DeviceId, kind: HubKind) -> Result<()> {
        for (colour, (filter, qos)) in (1..=8).zip(hubscope_hubs::suggested_subscriptions(kind)) {
            let subscription = Subscription {
                id: SubscriptionId::new(),
                device,
                filter: (*filter).to_owned(),
                qos: *qos,
                colour,
                alias: None,
                enabled: true,
            };
            self.workspace.store()?.save_subscription(&subscription).await?;
        }
        Ok(())
    }

    pub(crate) async fn delete_device(&self, id: DeviceId) -> Result<()> {
        self.workspace.store()?.delete_device(id).await?;
        self.sessions.close(id).await;
        self.changes.bump(Area::Tree);
        Ok(())
    }

    pub(crate) async fn restore_device(&self, id: DeviceId) -> Result<()> {
        self.workspace.store()?.restore_device(id).await?;
        self.changes.bump(Area::Tree);
        Ok(())
    }

    pub(crate) async fn subscriptions(&self, device: DeviceId) -> Result<Subscriptions> {
        Ok(Subscriptions { subscriptions: self.workspace.store()?.subscriptions(device).await? })
    }

    pub(crate) async fn save_subscription(&self, draft: SubscriptionDraft) -> Result<Subscription> {
        let hub = self.hub_record(self.device_record(draft.device).await?.hub).await?.hub;
        hubscope_hubs::check_subscription(&draft, hub.kind)?;
        let _turn = self.subscribing.lock().await;
        let existing = self.workspace.store()?.subscriptions(draft.device).await?;
        if existing.iter().any(|one| one.filter == draft.filter && Some(one.id) != draft.id) {
            return Err(Error::fields(vec![FieldProblem { field: "filter".into(), problem: Problem::Duplicate }]));
        }
        let old = existing.iter().find(|one| Some(one.id) == draft.id);
        let subscription = Subscription {
            id: draft.id.unwrap_or_default(),
            device: draft.device,
            filter: draft.filter,
            qos: draft.qos,
            colour: draft.colour.or(old.map(|old| old.colour)).unwrap_or_else(|| free_colour(&existing)),
            alias: draft.alias,
            enabled: draft.enabled,
        };
        self.workspace.store()?.save_subscription(&subscription).await?;
        self.follow(draft.device).await?;
        Ok(subscription)
    }

    pub(crate) async fn delete_subscription(&self, id: SubscriptionId) -> Result<()> {
        let _turn = self.subscribing.lock().await;
        let device = self.workspace.store()?.delete_subscription(id).await?;
        self.follow(device).await
    }

    async fn follow(&self, device: DeviceId) -> Result<()> {
        self.sessions.follow(device, self.workspace.store()?.subscriptions(device).await?);
        self.changes.bump(Area::Tree);
        Ok(())
    }

    pub(crate) async fn connect(&self, id: DeviceId) -> Result<Session> {
        let record = self.device_record(id).await?;
        let HubRecord { hub, ca_pem } = self.hub_record(record.hub).await?;
        if hub.kind == HubKind::Sandbox && !self.sandbox.is_running().await {
            return Err(Error::new(Code::NotConnected, "The sandbox hub is not running.").hint("Start the sandbox."));
        }
        let trust = ca_pem.map_or(Trust::System, Trust::CaPem);
        let secret = self.connector_secret(&record).await?;
        // Tokens stand in topics on some hubs; a password never does, and may be an everyday word.
        let token = secret.iter().filter(|_| record.credential == StoredCredential::AccessToken);
        let topic_secrets = token.map(hubscope_vault::for_redactor).collect();
        let device = self.device_model(record).await;
        let options = hubscope_hubs::connect_options(&hub, &trust, &device, secret)?;
        // The old session first: what is switched while it closes must reach the new one.
        self.sessions.close(id).await;
        let _turn = self.subscribing.lock().await;
        let subscriptions = self.workspace.store()?.subscriptions(id).await?;
        Ok(self.sessions.start(&device, options, topic_secrets, subscriptions).await)
    }

    /// The secret that a device connects with, if its credential has one.
    async fn connector_secret(&self, record: &DeviceRecord) -> Result<Option<Secret<String>>> {
        let kind = match record.credential {
            StoredCredential::None => return Ok(None),
            StoredCredential::AccessToken => SecretKind::Token,
            StoredCredential::Basic { .. } => SecretKind::Password,
        };
        let secret = self.workspace.secret(&row(record.id, kind)).await?;
        if secret.is_none() && kind == SecretKind::Token {
            return Err(Error::new(Code::SecretMissing, "The access token of this device is not stored.")
                .hint("Enter the token in the device's credentials."));
        }
        Ok(secret)
    }

    pub(crate) async fn hub_record(&self, id: HubId) -> Result<HubRecord> {
        let hubs = self.workspace.store()?.hubs().await?;
        hubs.into_iter().find(|record| record.hub.id == id).ok_or_else(|| missing("hub"))
    }

    async fn device_record(&self, id: DeviceId) -> Result<DeviceRecord> {
        let devices = self.workspace.store()?.devices().await?;
        devices.into_iter().find(|record| record.id == id).ok_or_else(|| missing("device"))
    }

    async fn device_model(&self, record: DeviceRecord) -> Device {
        let credential = match record.credential {
            StoredCredential::None => Credential::None,
            StoredCredential::AccessToken => {
                Credential::AccessToken { token: self.summary(record.id, SecretKind::Token).await }
            }
            StoredCredential::Basic { user_name } => {
                Credential::Basic { user_name, password: self.summary(record.id, SecretKind::Password).await }
            }
        };
        Device {
            id: record.id,
            hub: record.hub,
            name: record.name,
            client_id: record.client_id,
            credential,
            options: record.options,
        }
    }

    async fn summary(&self, device: DeviceId, kind: SecretKind) -> SecretSummary {
        self.workspace.secret_summary(&row(device, kind)).await
    }
}

/// The data colour that the fewest subscriptions use.
fn free_colour(existing: &[Subscription]) -> u8 {
    (1..=8).min_by_key(|colour| existing.iter().filter(|one| one.colour == *colour).count()).unwrap_or(1)
}

fn missing(what: &str) -> Error {
    Error::new(Code::NotFound, format!("This {what} no longer exists."))
}
