//! Hubs and subscriptions: forms checked, stored, and followed by live sessions.

use crate::Engine;
use crate::changes::Area;
use crate::secrets::hub_row;
use crate::trust::address;
use hubscope_hubs::Secrets;
use hubscope_model::{
    ClientId, Code, Credential, DeviceId, Error, FieldProblem, Hub, HubDraft, HubId, Problem, Result, SecretDraft,
    SecretEntry, SecretField, Subscription, SubscriptionDraft, SubscriptionId, Subscriptions, Tree, UndoKind, Undoable,
};
use hubscope_mqtt::Proxy;
use hubscope_store::{Deletion, HubRecord};

/// What a hub can have.
pub(crate) const HUB_SECRETS: &[SecretField] =
    &[SecretField::PolicyKey, SecretField::ApiKey, SecretField::ProxyPassword, SecretField::Headers];

impl Engine {
    pub(crate) async fn tree(&self) -> Result<Tree> {
        let store = self.workspace.store()?;
        let mut hubs = Vec::new();
        for record in store.hubs().await? {
            hubs.push(self.hub_model(record.hub).await);
        }
        let mut devices = Vec::new();
        for record in store.devices().await? {
            devices.push(self.device_model(record).await);
        }
        Ok(Tree { hubs, devices })
    }

    /// A stored hub with what is shown of its secrets.
    pub(crate) async fn hub_model(&self, mut hub: Hub) -> Hub {
        for field in HUB_SECRETS {
            hub.secrets.extend(self.workspace.stored_secret(&hub_row(hub.id, *field), *field).await);
        }
        hub
    }

    /// The secrets of the way to a hub, to be used.
    pub(crate) async fn way_secrets(&self, hub: HubId) -> Result<Secrets> {
        let mut secrets = Secrets::default();
        for field in [SecretField::ProxyPassword, SecretField::Headers] {
            if let Some(secret) = self.workspace.secret(&hub_row(hub, field)).await? {
                secrets.insert(field, secret);
            }
        }
        Ok(secrets)
    }

    /// The proxy by which a server of a hub is asked over HTTP.
    pub(crate) async fn hub_proxy(&self, hub: &Hub, host: &str, port: u16) -> Result<Option<Proxy>> {
        let hub = self.hub_model(hub.clone()).await;
        hubscope_hubs::proxy(&hub, &self.way_secrets(hub.id).await?, &self.proxies, host, port)
    }

    pub(crate) async fn save_hub(&self, client: ClientId, draft: HubDraft) -> Result<Hub> {
        let old = match draft.id {
            Some(id) => Some(self.hub_record(id).await?),
            None => None,
        };
        hubscope_hubs::check_hub(&draft, old.as_ref().is_some_and(|old| old.hub.sandbox))?;
        if draft.secrets.iter().any(|entry| matches!(entry.draft, SecretDraft::Set { .. })) {
            self.workspace.takes_secrets().await?;
        }
        let sandbox = old.as_ref().is_some_and(|old| old.hub.sandbox);
        let (mode, trusted) = self.drafted_trust(client, draft.trust, old, &address(&draft.host, draft.port)).await?;
        let hub = Hub {
            id: draft.id.unwrap_or_default(),
            name: draft.name,
            connection: draft.connection,
            details: draft.details,
            sandbox,
            ..Hub::new(draft.kind, draft.host, draft.port, draft.transport)
        };
        let record = HubRecord::new(hub, mode, trusted);
        self.store_hub(&record).await?;
        let hub = record.hub;
        for SecretEntry { field, draft } in draft.secrets {
            if HUB_SECRETS.contains(&field) {
                self.workspace.change_secret(&hub_row(hub.id, field), draft).await?;
            }
        }
        Ok(self.hub_model(hub).await)
    }

    pub(crate) async fn store_hub(&self, record: &HubRecord) -> Result<()> {
        self.workspace.store()?.save_hub(record).await?;
        self.changes.bump(Area::Tree);
        Ok(())
    }

    pub(crate) async fn delete_hub(&self, id: HubId) -> Result<Undoable> {
        let devices = self.workspace.store()?.devices().await?;
        let name = self.hub_record(id).await?.hub.name;
        let undo = self.delete(UndoKind::Hub, name, Deletion::Hub(id)).await?;
        let devices: Vec<_> = devices.iter().filter(|device| device.hub == id).map(|device| device.id).collect();
        devices.iter().for_each(|device| self.diagnoses.forget(*device));
        self.sessions.close_many(devices).await;
        self.changes.bump(Area::Tree);
        Ok(undo)
    }

    pub(crate) async fn subscriptions(&self, device: DeviceId) -> Result<Subscriptions> {
        Ok(Subscriptions { subscriptions: self.workspace.store()?.subscriptions(device).await? })
    }

    pub(crate) async fn save_subscription(&self, mut draft: SubscriptionDraft) -> Result<Subscription> {
        let record = self.device_record(draft.device).await?;
        let hub = self.hub_record(record.hub).await?.hub;
        hubscope_hubs::check_subscription(&draft, hub.kind)?;
        let _turn = self.subscribing.lock().await;
        let existing = self.workspace.store()?.subscriptions(draft.device).await?;
        // What is stored already was folded when it came.
        if matches!(record.credential, Credential::EndpointToken { .. })
            && existing.iter().all(|one| one.filter != draft.filter)
        {
            let secrets = self.connector_secrets(&record).await?;
            draft.filter = hubscope_hubs::fold_topic(&self.device_model(record).await, &secrets, &draft.filter);
        }
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
            options: draft.options,
        };
        self.workspace.store()?.save_subscription(&subscription).await?;
        self.follow(draft.device).await?;
        Ok(subscription)
    }

    pub(crate) async fn delete_subscription(&self, id: SubscriptionId) -> Result<Undoable> {
        let what = Deletion::Subscription(id);
        let _turn = self.subscribing.lock().await;
        let store = self.workspace.store()?;
        let device = store.owner(&what).await?;
        let name = store.subscriptions(device).await?.into_iter().find(|one| one.id == id).map(|one| one.filter);
        let undo = self.delete(UndoKind::Subscription, name.unwrap_or_default(), what).await?;
        self.follow(device).await?;
        Ok(undo)
    }

    /// Tells a live session of the device's subscriptions as they are stored now.
    pub(crate) async fn follow(&self, device: DeviceId) -> Result<()> {
        self.sessions.follow(device, self.workspace.store()?.subscriptions(device).await?);
        self.changes.bump(Area::Tree);
        Ok(())
    }

    pub(crate) async fn hub_record(&self, id: HubId) -> Result<HubRecord> {
        Ok(self.workspace.store()?.hub(id).await?)
    }
}

/// The data colour that the fewest subscriptions use.
fn free_colour(existing: &[Subscription]) -> u8 {
    (1..=8).min_by_key(|colour| existing.iter().filter(|one| one.colour == *colour).count()).unwrap_or(1)
}

pub(crate) fn missing(what: &str) -> Error {
    Error::new(Code::NotFound, format!("This {what} no longer exists."))
}
