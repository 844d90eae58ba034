//! A started sandbox is entered into the workspace as a hub with devices, as a user would by hand.

use super::{device_id, hub_id};
use crate::Engine;
use crate::changes::Area;
use crate::devices::DEVICE_SECRETS;
use crate::secrets::{device_row, hub_row};
use hubscope_model::{
    Credential, Hub, HubDetails, HubKind, KeyChoice, Personality, Result, SasOptions, SecretField, SubscribeOptions,
    Subscription, SubscriptionId, Transport, TrustMode,
};
use hubscope_pki::{Identity, Trusted, read_ca, read_identity};
use hubscope_sandbox::{Login, Sandbox, SimulatedDevice};
use hubscope_store::{Deletion, DeviceRecord, HubRecord, StoreError, StoredCertificate};
use hubscope_vault::{Secret, for_connector};

/// What a simulated device logs in with, in the workspace's terms.
struct Entry {
    client_id: String,
    credential: Credential,
    secrets: Vec<(SecretField, Secret<String>)>,
    identity: Option<Identity>,
}

impl Engine {
    /// Puts hub and devices into the tree, deleted ones too, with the address and secrets of this start.
    pub(super) async fn enter_sandbox(&self, sandbox: &Sandbox) -> Result<()> {
        let store = self.workspace.store()?;
        self.workspace.takes_secrets().await?;
        let personality = sandbox.personality();
        let id = hub_id(personality);
        found(store.restore(&Deletion::Hub(id)).await)?;
        let old = store.hubs().await?.into_iter().find(|record| record.hub.id == id);
        let name = old.map_or_else(|| sandbox_name(personality).to_owned(), |record| record.hub.name);
        store.save_hub(&hub_record(sandbox, name)?).await?;
        let policy = sandbox.policy().map(|policy| (SecretField::PolicyKey, &policy.key));
        let api = sandbox.rest().map(|rest| (SecretField::ApiKey, &rest.api_key));
        for (field, secret) in policy.into_iter().chain(api) {
            self.workspace.set_secret(&hub_row(id, field), secret.clone()).await?;
        }
        for simulated in sandbox.devices() {
            self.enter_device(sandbox, simulated).await?;
        }
        self.changes.bump(Area::Tree);
        self.changes.bump(Area::Tokens);
        Ok(())
    }

    async fn enter_device(&self, sandbox: &Sandbox, simulated: &SimulatedDevice) -> Result<()> {
        let store = self.workspace.store()?;
        let personality = sandbox.personality();
        let id = device_id(personality, &simulated.id);
        let known = found(store.restore(&Deletion::Device(id)).await)?;
        let old = store.devices().await?.into_iter().find(|record| record.id == id).filter(|_| known);
        let Entry { client_id, credential, secrets, identity } = entry(sandbox, simulated)?;
        let new = old.is_none();
        let record = DeviceRecord {
            id,
            hub: hub_id(personality),
            name: old.as_ref().map_or_else(|| simulated.id.clone(), |old| old.name.clone()),
            client_id: old.as_ref().map_or(client_id, |old| old.client_id.clone()),
            credential,
            certificate: identity.as_ref().map(|identity| StoredCertificate {
                summary: identity.summary.clone(),
                chain_pem: identity.chain_pem.clone(),
            }),
            credential_set: Some(crate::now() / 1_000_000),
            options: old.map_or_else(|| hubscope_hubs::default_options(hub_kind(personality)), |old| old.options),
        };
        store.save_device(&record).await?;
        for field in DEVICE_SECRETS {
            let key = identity.as_ref().map(|identity| &identity.key).filter(|_| *field == SecretField::PrivateKey);
            match secrets.iter().find(|(of, _)| of == field).map(|(_, secret)| secret).or(key) {
                Some(secret) => self.workspace.set_secret(&device_row(id, *field), secret.clone()).await?,
                None => self.workspace.remove_secret(&device_row(id, *field)).await?,
            }
        }
        // The secrets are new at every start.
        self.note_set(&record).await?;
        match new {
            true => self.subscribe_sandbox_device(&record, &simulated.id, sandbox).await,
            false => Ok(()),
        }
    }

    async fn subscribe_sandbox_device(&self, record: &DeviceRecord, name: &str, sandbox: &Sandbox) -> Result<()> {
        if sandbox.personality() != Personality::Broker {
            let hub = self.hub_record(record.hub).await?.hub;
            return self.add_suggested_subscriptions(record, &hub).await;
        }
        let subscription = Subscription {
            id: SubscriptionId::new(),
            device: record.id,
            filter: format!("devices/{name}/#"),
            qos: 1,
            colour: 1,
            alias: None,
            enabled: true,
            options: SubscribeOptions::default(),
        };
        self.workspace.store()?.save_subscription(&subscription).await?;
        Ok(())
    }
}

/// Whether something was there to be restored; the first start has nothing.
fn found(restored: std::result::Result<(), StoreError>) -> Result<bool> {
    match restored {
        Ok(()) => Ok(true),
        Err(StoreError::NotFound(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn sandbox_name(personality: Personality) -> &'static str {
    match personality {
        Personality::Broker => "Sandbox",
        Personality::Azure => "Sandbox as Azure IoT Hub",
        Personality::ThingsBoard => "Sandbox as ThingsBoard",
        Personality::Kaa => "Sandbox as Kaa",
    }
}

fn hub_kind(personality: Personality) -> HubKind {
    match personality {
        Personality::Broker => HubKind::Sandbox,
        Personality::Azure => HubKind::AzureIotHub,
        Personality::ThingsBoard => HubKind::ThingsBoard,
        Personality::Kaa => HubKind::Kaa,
    }
}

/// The broker is entered plain, as before; the others with TLS, since their certificates need it.
fn hub_record(sandbox: &Sandbox, name: String) -> Result<HubRecord> {
    let personality = sandbox.personality();
    let plain = sandbox.mqtt().filter(|_| personality == Personality::Broker);
    let address = plain.unwrap_or_else(|| sandbox.mqtts());
    let transport = if plain.is_none() { Transport::Mqtts } else { Transport::Mqtt };
    let (mode, ca) = match transport.is_tls() {
        true => (TrustMode::CaOnly, read_ca(sandbox.ca_pem().as_bytes(), "sandbox-ca.pem")?),
        false => (TrustMode::System, Trusted::default()),
    };
    let host = match personality {
        Personality::Broker => address.ip().to_string(),
        // The name that stands in Azure's tokens.
        _ => "localhost".to_owned(),
    };
    let details = HubDetails {
        policy: sandbox.policy().map(|policy| policy.name.to_owned()),
        kaa: sandbox.rest().map(|rest| hubscope_model::KaaRest {
            header: rest.header.to_owned(),
            ..hubscope_hubs::kaa::settings::default_rest(&rest.base_url)
        }),
        ..HubDetails::default()
    };
    let hub = Hub {
        id: hub_id(personality),
        name,
        details,
        sandbox: true,
        ..Hub::new(hub_kind(personality), host, address.port(), transport)
    };
    Ok(HubRecord::new(hub, mode, ca))
}

fn entry(sandbox: &Sandbox, simulated: &SimulatedDevice) -> Result<Entry> {
    let mut entry = Entry {
        // Not the simulated device's own client id: the broker would throw one of the two out.
        client_id: hubscope_hubs::generate_client_id(),
        credential: Credential::None,
        secrets: Vec::new(),
        identity: None,
    };
    if sandbox.personality() == Personality::Azure {
        entry.client_id.clone_from(&simulated.id);
    }
    match &simulated.login {
        Login::Token { token } => {
            entry.credential = Credential::AccessToken;
            entry.secrets.push((SecretField::Token, token.clone()));
        }
        Login::SharedAccessKey { primary, secondary } => {
            entry.credential =
                Credential::SharedAccessKey { sign_with: KeyChoice::Primary, sas: SasOptions::default() };
            entry.secrets.push((SecretField::PrimaryKey, primary.clone()));
            entry.secrets.push((SecretField::SecondaryKey, secondary.clone()));
        }
        Login::X509 { chain_pem, key_pem, trust } => {
            entry.credential = Credential::X509 { trust: *trust };
            entry.identity = Some(identity(chain_pem, key_pem)?);
        }
        Login::Basic { client_id, user_name, password } => {
            if let Some(client_id) = client_id {
                entry.client_id.clone_from(client_id);
            }
            entry.credential = Credential::Basic { user_name: user_name.clone().unwrap_or_default() };
            entry.secrets.extend(password.clone().map(|password| (SecretField::Password, password)));
        }
        Login::Provision { key, secret } => {
            entry.credential = Credential::Provision;
            entry.secrets.push((SecretField::ProvisionKey, key.clone()));
            entry.secrets.push((SecretField::ProvisionSecret, secret.clone()));
        }
        Login::EndpointToken { app_version, endpoint_id, token } => {
            let clients = sandbox.client_credentials();
            entry.credential = Credential::EndpointToken {
                app_version: app_version.clone(),
                endpoint_id: Some(endpoint_id.clone()),
                user_name: clients.map(|clients| clients.user_name.clone()),
            };
            entry.secrets.push((SecretField::Token, token.clone()));
            entry.secrets.extend(clients.map(|clients| (SecretField::Password, clients.password.clone())));
        }
    }
    Ok(entry)
}

fn identity(chain_pem: &str, key_pem: &Secret<String>) -> Result<Identity> {
    read_identity(chain_pem.as_bytes(), Some(for_connector(key_pem).as_bytes()), None)
}
