//! Pasted addresses, command lines, connection strings and tokens become a hub and a device.

use crate::Engine;
use crate::changes::Area;
use crate::secrets::{device_row, hub_row};
use crate::tree::HUB_SECRETS;
use hubscope_hubs::paste::{Pasted, recognise};
use hubscope_model::{
    CertificateDraft, ClientId, Code, Connection, Credential, DeviceDraft, DeviceId, Error, FieldProblem, FileHandle,
    Hub, HubId, PasteAdd, PasteAdded, PasteForm, PasteText, PolicyChoice, PolicyHere, Problem, ProxyChoice, Recognised,
    Result, SecretField, SubscribeOptions, Subscription, SubscriptionId, TrustMode,
};
use hubscope_pki::Trusted;
use hubscope_store::{DeviceRecord, HubRecord, StoredCertificate};

impl Engine {
    pub(crate) async fn recognise_paste(&self, paste: PasteText) -> Result<Recognised> {
        let mut pasted = recognise(&paste.text.into_inner())?;
        let here = self.hub_here(&pasted.recognised).await?;
        if let Some(record) = here {
            pasted.recognised.policy_here = self.policy_here(&record.hub, &pasted).await?;
            fill_from(&mut pasted.recognised, &record.hub);
        }
        Ok(pasted.recognised)
    }

    pub(crate) async fn add_paste(&self, client: ClientId, add: PasteAdd) -> Result<PasteAdded> {
        let mut pasted = recognise(&add.text.into_inner())?;
        let target = match add.hub {
            Some(id) => Some(self.hub_record(id).await?),
            None => self.hub_here(&pasted.recognised).await?,
        };
        if add.hub.is_some()
            && let Some(record) = &target
        {
            put_on(&mut pasted, &record.hub)?;
        }
        if let Some(record) = &target {
            fill_from(&mut pasted.recognised, &record.hub);
        }
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
        let hub = self.paste_hub(&pasted, target, ca, add.policy).await?;
        let device = match names_device(&pasted.recognised) {
            true => Some(self.paste_device(hub, &pasted).await?),
            false => None,
        };
        self.changes.bump(Area::Tree);
        Ok(PasteAdded { hub, device, message: pasted.recognised.message })
    }

    async fn read_ca_file(&self, client: ClientId, handle: FileHandle) -> Result<Trusted> {
        let (name, bytes) = self.read_file(client, handle).await?;
        hubscope_pki::read_ca(&bytes, &name)
    }

    /// The hub here that the text means: with the same address, or, for a policy, of the same name.
    async fn hub_here(&self, recognised: &Recognised) -> Result<Option<HubRecord>> {
        let hubs = self.workspace.store()?.hubs().await?;
        let policy = recognised.form == PasteForm::ServiceConnectionString;
        let means = if policy { is_service } else { same_address };
        Ok(hubs.into_iter().find(|record| !record.hub.sandbox && means(&record.hub, recognised)))
    }

    /// What saving a pasted policy would take away from `hub`; None when it is the same, or there is none yet. A key
    /// that cannot be compared counts as another.
    async fn policy_here(&self, hub: &Hub, pasted: &Pasted) -> Result<Option<PolicyHere>> {
        let Some(key) = pasted.secrets.get(&SecretField::PolicyKey) else { return Ok(None) };
        let row = hub_row(hub.id, SecretField::PolicyKey);
        let stored = self.workspace.stored_secret(&row, SecretField::PolicyKey).await;
        let same_key = match self.workspace.look_at_secret(&row).await {
            Ok(Some(here)) => here.is_same(key),
            Ok(None) => stored.is_none(),
            Err(error) if error.code == Code::WorkspaceUnavailable => return Err(error),
            Err(_) => false,
        };
        let policy = hub.details.policy.clone().filter(|name| !name.is_empty());
        let same_name = policy.is_none() || policy == pasted.recognised.details.policy;
        let here = PolicyHere { hub: hub.id, name: hub.name.clone(), policy, key: stored };
        Ok((!(same_key && same_name)).then_some(here))
    }

    /// Stores the hub: the one here, or a new one. A CA that was chosen now is the one that counts; a policy that is
    /// here stays unless it is to be replaced.
    async fn paste_hub(
        &self,
        pasted: &Pasted,
        target: Option<HubRecord>,
        ca: Option<Trusted>,
        choice: PolicyChoice,
    ) -> Result<HubId> {
        let recognised = &pasted.recognised;
        let keep = match &target {
            Some(record) => choice == PolicyChoice::Keep && self.policy_here(&record.hub, pasted).await?.is_some(),
            None => false,
        };
        let mut record = target.unwrap_or_else(|| HubRecord { hub: new_hub(recognised), trust_pem: String::new() });
        if let Some(ca) = ca {
            record = HubRecord::new(record.hub, TrustMode::CaOnly, ca);
        }
        if !keep && recognised.details.policy.is_some() {
            record.hub.details.policy.clone_from(&recognised.details.policy);
            if recognised.details.service_host.is_some() {
                record.hub.details.service_host.clone_from(&recognised.details.service_host);
            }
        }
        self.store_hub(&record).await?;
        for field in HUB_SECRETS {
            if let Some(secret) = pasted.secrets.get(field).filter(|_| !keep) {
                self.workspace.set_secret(&hub_row(record.hub.id, *field), secret.clone()).await?;
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
                qos: pasted.qos,
                colour,
                alias: None,
                enabled: true,
                options: SubscribeOptions::default(),
            };
            self.workspace.store()?.save_subscription(&subscription).await?;
        }
        Ok(())
    }
}

fn same_address(hub: &Hub, recognised: &Recognised) -> bool {
    (hub.port, hub.transport, hub.kind, &hub.details.id_scope)
        == (recognised.port, recognised.transport, recognised.kind, &recognised.details.id_scope)
        && hub.host.eq_ignore_ascii_case(&recognised.host)
        && goes_the_way(&hub.connection, recognised)
}

/// Whether the text would take the way that is stored. One that says nothing of a proxy or ALPN leaves those of the hub.
fn goes_the_way(here: &Connection, Recognised { transport, connection, .. }: &Recognised) -> bool {
    let says_nothing = connection.proxy == ProxyChoice::None && connection.alpn.is_empty();
    here.socket == connection.socket
        && (!transport.is_web_socket() || here.path == connection.path)
        && (says_nothing || (&here.proxy, &here.alpn) == (&connection.proxy, &connection.alpn))
}

/// Whether a policy's connection string is of this hub, or of this provisioning service.
fn is_service(hub: &Hub, recognised: &Recognised) -> bool {
    let named = recognised.details.service_host.as_deref().unwrap_or(&recognised.host);
    let hosts = [Some(hub.host.as_str()), hub.details.service_host.as_deref()];
    hub.kind == recognised.kind && hosts.into_iter().flatten().any(|host| host.eq_ignore_ascii_case(named))
}

/// A pasted policy names no ID scope; the service that is here has one.
fn fill_from(recognised: &mut Recognised, hub: &Hub) {
    if recognised.details.id_scope.is_none() && hub.details.id_scope.is_some() {
        recognised.details.id_scope.clone_from(&hub.details.id_scope);
        recognised.missing.retain(|field| field != "id_scope");
    }
}

/// Puts the device of a pasted certificate on a hub that is here, as the hub's form would take it.
fn put_on(pasted: &mut Pasted, hub: &Hub) -> Result<()> {
    let recognised = &mut pasted.recognised;
    if recognised.form != PasteForm::Pem {
        return Err(Error::new(Code::BadRequest, "Only a certificate is put on a hub that is chosen."));
    }
    recognised.missing.retain(|field| field != "host");
    pasted.options = hubscope_hubs::default_options(hub.kind);
    let client_id = recognised.client_id.clone().unwrap_or_default();
    let draft = DeviceDraft {
        id: None,
        hub: hub.id,
        name: if client_id.is_empty() { hub.name.clone() } else { client_id.clone() },
        client_id,
        credential: recognised.credential.clone(),
        secrets: Vec::new(),
        certificate: CertificateDraft::Keep,
        options: pasted.options.clone(),
    };
    hubscope_hubs::check_device(&draft, hub, &[], recognised.certificate.as_ref())
}

fn new_hub(recognised: &Recognised) -> Hub {
    Hub {
        name: if recognised.host.is_empty() { recognised.connection.socket.clone() } else { recognised.host.clone() },
        connection: recognised.connection.clone(),
        details: recognised.details.clone(),
        ..Hub::new(recognised.kind, recognised.host.clone(), recognised.port, recognised.transport)
    }
}

/// A service connection string makes a hub alone.
fn names_device(recognised: &Recognised) -> bool {
    recognised.form != PasteForm::ServiceConnectionString
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
