//! Devices: their forms, what is shown of them, and how they connect.

use crate::Engine;
use crate::account::Account;
use crate::changes::Area;
use crate::secrets::device_row;
use hubscope_hubs::Secrets;
use hubscope_model::{
    CertificateDraft, CertificateFiles, ClientId, Code, ConnectParameters, Credential, Device, DeviceDraft, DeviceId,
    Error, Hub, PemSource, Result, SasOptions, SecretDraft, SecretEntry, SecretField, Session, StoredSecret,
    SubscribeOptions, Subscription, SubscriptionId, UndoKind, Undoable,
};
use hubscope_mqtt::Options;
use hubscope_pki::{ClientIdentity, Identity, Trust};
use hubscope_store::{Deletion, DeviceRecord, StoredCertificate};
use hubscope_vault::Secret;

/// What a device can have, of any credential.
pub(crate) const DEVICE_SECRETS: &[SecretField] = &[
    SecretField::Token,
    SecretField::Password,
    SecretField::PrimaryKey,
    SecretField::SecondaryKey,
    SecretField::GroupKey,
    SecretField::PrivateKey,
    SecretField::ProvisionKey,
    SecretField::ProvisionSecret,
];

/// A form, read and checked, before anything is stored.
struct Checked {
    record: DeviceRecord,
    hub: Hub,
    /// What becomes of each secret that the credential has.
    secrets: Vec<(SecretField, SecretDraft)>,
    /// Of a new certificate.
    key: Option<Secret<String>>,
    changed: bool,
}

impl Engine {
    pub(crate) async fn save_device(&self, client: ClientId, draft: DeviceDraft) -> Result<Device> {
        let new = draft.id.is_none();
        let Checked { record, hub, secrets, key, changed } = self.checked(client, draft).await?;
        if key.is_some() || secrets.iter().any(|(_, draft)| matches!(draft, SecretDraft::Set { .. })) {
            self.workspace.takes_secrets().await?;
        }
        self.workspace.store()?.save_device(&record).await?;
        self.replace_secrets(record.id, secrets).await?;
        if let Some(key) = key {
            self.workspace.set_secret(&device_row(record.id, SecretField::PrivateKey), key).await?;
        }
        if new {
            self.add_suggested_subscriptions(&record, &hub).await?;
        }
        if let Some(sas) = record.credential.sas() {
            self.sessions.set_auto_renew(record.id, sas.auto_renew);
        }
        if changed {
            self.note_set(&record).await?;
        }
        self.changes.bump(Area::Tree);
        self.changes.bump(Area::Tokens);
        Ok(self.device_model(record).await)
    }

    /// What CONNECT would carry with this form.
    pub(crate) async fn preview(&self, client: ClientId, draft: DeviceDraft) -> Result<ConnectParameters> {
        let hub = self.hub_record(draft.hub).await?.hub;
        let stored = self.stored_of_draft(&draft).await;
        let certificate = self.certificate_of_draft(client, &draft).await?.map(|(certificate, _)| certificate.summary);
        let device = Device {
            id: draft.id.unwrap_or_default(),
            hub: draft.hub,
            name: draft.name,
            client_id: draft.client_id,
            secrets: stored.into_iter().filter(|one| draft.credential.secrets().contains(&one.field)).collect(),
            credential: draft.credential,
            certificate,
            credential_set: None,
            options: draft.options,
        };
        Ok(hubscope_hubs::preview(&hub, &device))
    }

    async fn checked(&self, client: ClientId, draft: DeviceDraft) -> Result<Checked> {
        let hub = self.hub_record(draft.hub).await?.hub;
        let old = match draft.id {
            Some(id) => Some(self.device_record(id).await?),
            None => None,
        };
        let stored = match draft.id {
            Some(id) => self.stored_secrets(id).await,
            None => Vec::new(),
        };
        let read = self.certificate_of_draft(client, &draft).await?;
        let summary = read.as_ref().map(|(certificate, _)| &certificate.summary);
        hubscope_hubs::check_device(&draft, &hub, &stored, summary)?;
        let (certificate, key) = read.map_or((None, None), |(certificate, key)| (Some(certificate), key));
        let secrets = secrets_to_store(&draft);
        let set = key.is_some() || secrets.iter().any(|(_, draft)| matches!(draft, SecretDraft::Set { .. }));
        let changed = set
            || old
                .as_ref()
                .is_none_or(|old| proof(&old.credential) != proof(&draft.credential) || old.certificate != certificate);
        let record = DeviceRecord {
            id: draft.id.unwrap_or_default(),
            hub: draft.hub,
            name: draft.name,
            client_id: draft.client_id,
            credential: draft.credential,
            certificate,
            credential_set: if changed {
                Some(crate::now() / 1_000_000)
            } else {
                old.and_then(|old| old.credential_set)
            },
            options: draft.options,
        };
        Ok(Checked { record, hub, secrets, key, changed })
    }

    /// The certificate that a form leaves the device with, and its key if it is a new one.
    async fn certificate_of_draft(
        &self,
        client: ClientId,
        draft: &DeviceDraft,
    ) -> Result<Option<(StoredCertificate, Option<Secret<String>>)>> {
        match (&draft.certificate, draft.id) {
            (CertificateDraft::Clear, _) | (CertificateDraft::Keep, None) => Ok(None),
            (CertificateDraft::Keep, Some(id)) => {
                Ok(self.device_record(id).await?.certificate.map(|certificate| (certificate, None)))
            }
            (CertificateDraft::Set { files }, _) => {
                let Identity { summary, chain_pem, key } = self.read_identity(client, files.clone()).await?;
                Ok(Some((StoredCertificate { summary, chain_pem }, Some(key))))
            }
        }
    }

    /// Reads a certificate and its key from files or pasted text.
    pub(crate) async fn read_identity(&self, client: ClientId, files: CertificateFiles) -> Result<Identity> {
        let certificate = self.pem(client, files.certificate).await?;
        let key = match files.key {
            Some(key) => Some(self.pem(client, key).await?),
            None => None,
        };
        let passphrase = files.passphrase.filter(|text| !text.is_empty()).map(|text| Secret::new(text.into_inner()));
        hubscope_pki::read_identity(&certificate, key.as_ref().map(|key| key.as_slice()), passphrase.as_ref())
    }

    /// The bytes of a file or a pasted text.
    pub(crate) async fn pem(&self, client: ClientId, source: PemSource) -> Result<zeroize::Zeroizing<Vec<u8>>> {
        Ok(zeroize::Zeroizing::new(match source {
            PemSource::Text { text } => text.into_inner().as_bytes().to_vec(),
            PemSource::File { handle } => self.read_file(client, handle).await?.1,
        }))
    }

    /// The stored secrets as they will be with a form: what is set now with its end, the rest as it is.
    async fn stored_of_draft(&self, draft: &DeviceDraft) -> Vec<StoredSecret> {
        let mut stored = match draft.id {
            Some(id) => self.stored_secrets(id).await,
            None => Vec::new(),
        };
        for SecretEntry { field, draft } in &draft.secrets {
            let ends = match draft {
                SecretDraft::Keep => continue,
                SecretDraft::Set { value } if !value.is_empty() => Some(Secret::new(value.clone().into_inner()).ends()),
                SecretDraft::Set { .. } | SecretDraft::Clear => None,
            };
            stored.retain(|one| one.field != *field);
            stored.extend(ends.map(|ends| StoredSecret { field: *field, ends }));
        }
        stored
    }

    /// Stores the credential's secrets and removes those of another kind.
    async fn replace_secrets(&self, id: DeviceId, secrets: Vec<(SecretField, SecretDraft)>) -> Result<()> {
        for field in DEVICE_SECRETS {
            if !secrets.iter().any(|(kept, _)| kept == field) {
                self.workspace.remove_secret(&device_row(id, *field)).await?;
            }
        }
        for (field, draft) in secrets {
            self.workspace.change_secret(&device_row(id, field), draft).await?;
        }
        Ok(())
    }

    pub(crate) async fn add_suggested_subscriptions(&self, device: &DeviceRecord, hub: &Hub) -> Result<()> {
        let model = self.device_model(device.clone()).await;
        for (colour, (filter, qos)) in (1..=8).zip(hubscope_hubs::first_subscriptions(hub, &model)) {
            let subscription = Subscription {
                id: SubscriptionId::new(),
                device: device.id,
                filter,
                qos,
                colour,
                alias: None,
                enabled: true,
                options: SubscribeOptions::default(),
            };
            self.workspace.store()?.save_subscription(&subscription).await?;
        }
        Ok(())
    }

    pub(crate) async fn delete_device(&self, id: DeviceId) -> Result<Undoable> {
        let name = self.device_record(id).await?.name;
        let undo = self.delete(UndoKind::Device, name, Deletion::Device(id)).await?;
        self.sessions.close(id).await;
        self.diagnoses.forget(id);
        self.changes.bump(Area::Tree);
        Ok(undo)
    }

    pub(crate) async fn connect(&self, id: DeviceId) -> Result<Session> {
        let (account, options) = self.connection(id).await?;
        self.start_session(account, options, false).await
    }

    /// `unverified`: nobody checked the server.
    pub(crate) async fn start_session(&self, account: Account, options: Options, unverified: bool) -> Result<Session> {
        let id = account.device.id;
        let options = Options { key_log: self.key_logs.of(id), ..options };
        // The old session first: what is switched while it closes must reach the new one.
        self.sessions.close(id).await;
        let _turn = self.subscribing.lock().await;
        let subscriptions = self.workspace.store()?.subscriptions(id).await?;
        self.sessions.start(account, options, subscriptions, unverified).await
    }

    /// Whom a connection of a device acts for, and how it is made.
    pub(crate) async fn connection(&self, id: DeviceId) -> Result<(Account, Options)> {
        let record = self.device_record(id).await?;
        let identity = self.client_identity(&record).await?;
        let (account, options, _) = self.connection_as(record, identity.as_ref()).await?;
        Ok((account, options))
    }

    /// The same for a device that shows `identity`, and whom its server is trusted by.
    pub(crate) async fn connection_as(
        &self,
        record: DeviceRecord,
        identity: Option<&ClientIdentity>,
    ) -> Result<(Account, Options, Trust)> {
        let stored = self.hub_record(record.hub).await?;
        let trust = stored.trust();
        let hub = stored.hub;
        if hub.sandbox && !self.sandbox.plays(hub.id).await {
            return Err(Error::new(Code::NotConnected, "The sandbox hub is not running.").hint("Start the sandbox."));
        }
        let secrets = self.connector_secrets(&record).await?;
        let device = self.device_model(record).await;
        let mut options = hubscope_hubs::connect_options(&hub, &trust, &device, identity, &secrets)?;
        let hub = self.hub_model(hub).await;
        hubscope_hubs::reach(&mut options, &hub, &self.way_secrets(hub.id).await?, &self.proxies)?;
        Ok((Account { hub, device, secrets }, options, trust))
    }

    /// The secrets that a device connects with, to be used.
    pub(crate) async fn connector_secrets(&self, record: &DeviceRecord) -> Result<Secrets> {
        self.workspace.secrets.touch();
        self.look_at_connector_secrets(record).await
    }

    /// The same for what is only shown of them: does not count as use, which keeps the vault open.
    pub(crate) async fn look_at_connector_secrets(&self, record: &DeviceRecord) -> Result<Secrets> {
        let mut secrets = Secrets::default();
        for field in record.credential.secrets() {
            if let Some(secret) = self.workspace.look_at_secret(&device_row(record.id, *field)).await? {
                secrets.insert(*field, secret);
            }
        }
        Ok(secrets)
    }

    pub(crate) async fn client_identity(&self, record: &DeviceRecord) -> Result<Option<ClientIdentity>> {
        let Some(certificate) = &record.certificate else { return Ok(None) };
        let key = self.workspace.secret(&device_row(record.id, SecretField::PrivateKey)).await?.ok_or_else(|| {
            Error::new(Code::SecretMissing, "The private key of this device's certificate is not stored.")
                .hint("Import the certificate with its key again.")
        })?;
        Ok(Some(ClientIdentity { chain_pem: certificate.chain_pem.clone(), key }))
    }

    pub(crate) async fn device_record(&self, id: DeviceId) -> Result<DeviceRecord> {
        Ok(self.workspace.store()?.device(id).await?)
    }

    pub(crate) async fn device_model(&self, record: DeviceRecord) -> Device {
        let mut secrets = self.stored_secrets(record.id).await;
        // The key of a deleted certificate waits to come back with it.
        secrets.retain(|one| one.field != SecretField::PrivateKey || record.certificate.is_some());
        Device {
            id: record.id,
            hub: record.hub,
            name: record.name,
            client_id: record.client_id,
            credential: record.credential,
            secrets,
            certificate: record.certificate.map(|certificate| certificate.summary),
            credential_set: record.credential_set,
            options: record.options,
        }
    }

    pub(crate) async fn stored_secrets(&self, device: DeviceId) -> Vec<StoredSecret> {
        let mut stored = Vec::new();
        for field in DEVICE_SECRETS {
            stored.extend(self.workspace.stored_secret(&device_row(device, *field), *field).await);
        }
        stored
    }
}

/// What of a credential proves the identity: how its tokens are renewed does not.
fn proof(credential: &Credential) -> Credential {
    let mut proof = credential.clone();
    if let Credential::SharedAccessKey { sas, .. } | Credential::GroupKey { sas } = &mut proof {
        *sas = SasOptions::default();
    }
    proof
}

/// The secrets of the form's credential and certificate; those the form does not name are kept. A new certificate's
/// key comes beside.
fn secrets_to_store(draft: &DeviceDraft) -> Vec<(SecretField, SecretDraft)> {
    let of_form = |field: SecretField| {
        let entry = draft.secrets.iter().find(|entry| entry.field == field);
        entry.map_or(SecretDraft::Keep, |entry| entry.draft.clone())
    };
    let mut secrets: Vec<_> = draft.credential.secrets().iter().map(|field| (*field, of_form(*field))).collect();
    if !matches!(draft.certificate, CertificateDraft::Clear) {
        secrets.push((SecretField::PrivateKey, SecretDraft::Keep));
    }
    secrets
}
