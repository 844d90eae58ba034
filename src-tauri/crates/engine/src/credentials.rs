//! Credentials in the hand of their user: shown, copied, swapped, and SAS tokens made and read.

use crate::Engine;
use crate::changes::Area;
use crate::clients::not_in_this_shell;
use crate::secrets::{device_row, hub_row};
use hubscope_hubs::azure::dps::derive_device_key;
use hubscope_hubs::azure::{connection_string, sas};
use hubscope_hubs::{Secrets, connect_options};
use hubscope_model::{
    Certificate, CertificateFiles, ClientId, Code, CopyRequest, CopyWhat, Credential, DecodedSas, Device, DeviceId,
    EntryClass, Error, Hub, HubId, KeyChoice, MadeSas, Result, Revealed, SasDecode, SasEnd, SasExit, SasMake, SasScope,
    SasSignature, SecretField, SecretRef, Severity,
};
use hubscope_pki::Trust;
use hubscope_vault::{Secret, reveal, to_clipboard};
use zeroize::Zeroizing;

impl Engine {
    pub(crate) async fn read_certificate(&self, client: ClientId, files: CertificateFiles) -> Result<Certificate> {
        Ok(self.read_identity(client, files).await?.summary)
    }

    pub(crate) async fn swap_keys(&self, id: DeviceId) -> Result<Device> {
        let record = self.device_record(id).await?;
        if !matches!(record.credential, Credential::SharedAccessKey { .. }) {
            return Err(Error::new(Code::BadRequest, "Only shared access keys can change places."));
        }
        let [primary, secondary] =
            [SecretField::PrimaryKey, SecretField::SecondaryKey].map(|field| device_row(id, field));
        self.workspace.swap_secrets(&primary, &secondary).await?;
        self.note_set(&record).await?;
        self.changes.bump(Area::Tree);
        Ok(self.device_model(record).await)
    }

    pub(crate) async fn reveal_secret(&self, client: ClientId, which: SecretRef) -> Result<Revealed> {
        self.may_reveal(client)?;
        let secret = self.secret_of(which.device, which.field).await?;
        self.note_exit(which.device, &format!("{} shown", word(which.field))).await;
        Ok(Revealed { text: reveal(&secret) })
    }

    pub(crate) async fn copy_secret(&self, client: ClientId, request: CopyRequest) -> Result<()> {
        self.may_reveal(client)?;
        let face = self.clients.face(client)?;
        let device = request.device;
        let (secret, what) = match request.what {
            CopyWhat::Secret { field } => (self.secret_of(device, field).await?, word(field).to_owned()),
            CopyWhat::SasToken => (self.fresh_sas(device, None).await?, "SAS token".to_owned()),
            CopyWhat::DerivedKey => (self.derived_key(device).await?, "Derived key".to_owned()),
            CopyWhat::ConnectionString => (self.connection_string(device).await?, "Connection string".to_owned()),
            CopyWhat::Everything => (self.everything(device).await?, "Connection data with its secret".to_owned()),
        };
        face.copy(to_clipboard(&secret))?;
        self.note_exit(device, &format!("{what} copied to the clipboard")).await;
        Ok(())
    }

    pub(crate) async fn make_sas(&self, client: ClientId, make: SasMake) -> Result<MadeSas> {
        self.may_reveal(client)?;
        let face = self.clients.face(client)?;
        let now = crate::now() / 1_000_000;
        let expiry = match make.end {
            SasEnd::After { seconds } => now + i64::from(seconds),
            SasEnd::At { time } => time,
        };
        if expiry <= now {
            return Err(Error::new(Code::TokenExpired, "That end is in the past.").hint("Choose a later one."));
        }
        let (token, device, hub) = match make.scope {
            SasScope::Device { device } => (self.fresh_sas(device, Some(expiry)).await?, Some(device), None),
            scope => {
                let hub = hub_of(&scope);
                (self.hub_sas(scope, expiry).await?, None, hub)
            }
        };
        let decoded = self.decoded(&token, device, hub).await?;
        if make.exit == SasExit::Clipboard {
            face.copy(to_clipboard(&token))?;
        }
        let way = if make.exit == SasExit::Clipboard { "copied to the clipboard" } else { "shown" };
        self.note_made(device, &format!("SAS token for {} {way}", decoded.resource)).await;
        let token = (make.exit == SasExit::Reveal).then(|| Revealed { text: reveal(&token) });
        Ok(MadeSas { decoded, token })
    }

    pub(crate) async fn decode_sas(&self, decode: SasDecode) -> Result<DecodedSas> {
        self.decoded(&Secret::new(decode.token.into_inner()), decode.device, None).await
    }

    /// The token of the live session, or the one that a connect would send now. The page asks by itself, so that this is
    /// no use of the vault.
    pub(crate) async fn current_sas(&self, device: DeviceId) -> Result<DecodedSas> {
        let record = self.device_record(device).await?;
        if record.credential == Credential::SasToken {
            let token = self.workspace.look_at_secret(&device_row(device, SecretField::Token)).await?;
            let token = token.ok_or_else(missing)?;
            return self.decoded(&token, Some(device), None).await;
        }
        let expiry = self.sessions.live(device).filter(|live| live.is_online()).and_then(|live| live.token());
        // Signing again with the same key and end gives the same token.
        let token = self.fresh_sas(device, expiry.map(|token| token.expires)).await?;
        self.decoded(&token, Some(device), None).await
    }

    async fn secret_of(&self, device: DeviceId, field: SecretField) -> Result<Secret<String>> {
        let row = match field {
            SecretField::PolicyKey | SecretField::ApiKey => hub_row(self.device_record(device).await?.hub, field),
            field => device_row(device, field),
        };
        self.workspace.secret(&row).await?.ok_or_else(missing)
    }

    /// A token of the device's key; None: of the lifetime that its credential says.
    async fn fresh_sas(&self, device: DeviceId, expiry: Option<i64>) -> Result<Secret<String>> {
        let record = self.device_record(device).await?;
        let hub = self.hub_record(record.hub).await?.hub;
        let options = record.credential.sas().ok_or_else(|| {
            Error::new(Code::BadRequest, "This credential makes no SAS tokens.").hint("Choose shared access keys.")
        })?;
        let secrets = self.look_at_connector_secrets(&record).await?;
        let expiry = expiry.unwrap_or_else(|| crate::now() / 1_000_000 + i64::from(options.lifetime));
        let model = self.device_model(record).await;
        hubscope_hubs::azure::device_token(&hub, &model, &secrets, expiry)
    }

    /// The key that a DPS registration has of its enrolment group.
    async fn derived_key(&self, device: DeviceId) -> Result<Secret<String>> {
        let group_key = self.secret_of(device, SecretField::GroupKey).await?;
        derive_device_key(&group_key, &self.device_record(device).await?.client_id)
    }

    /// A token of the hub's policy key.
    async fn hub_sas(&self, scope: SasScope, expiry: i64) -> Result<Secret<String>> {
        let (id, resource, event_hubs) = match scope {
            SasScope::Service { hub } => (hub, self.host(hub).await?, false),
            SasScope::PolicyDevice { hub, device_id: None } => {
                (hub, format!("{}/devices", self.host(hub).await?), false)
            }
            SasScope::PolicyDevice { hub, device_id: Some(id) } => {
                (hub, sas::device_resource(&self.host(hub).await?, &id), false)
            }
            SasScope::EventHubs { hub, namespace_host, entity } => {
                (hub, format!("sb://{namespace_host}/{entity}"), true)
            }
            SasScope::Device { .. } => return Err(Error::new(Code::BadRequest, "A device signs with its own key.")),
        };
        let hub = self.hub_record(id).await?.hub;
        let policy = hub.details.policy.ok_or_else(missing)?;
        let key = self.workspace.secret(&hub_row(id, SecretField::PolicyKey)).await?.ok_or_else(missing)?;
        match event_hubs {
            true => sas::make_event_hubs(&resource, &key, expiry, &policy),
            false => sas::make(&resource, &key, expiry, Some(&policy)),
        }
    }

    async fn host(&self, hub: HubId) -> Result<String> {
        Ok(self.hub_record(hub).await?.hub.host)
    }

    /// What a token says, held against the keys of the device and of its hub, or of `hub` alone.
    async fn decoded(
        &self,
        token: &Secret<String>,
        device: Option<DeviceId>,
        mut hub_id: Option<HubId>,
    ) -> Result<DecodedSas> {
        let text = hubscope_vault::for_connector(token);
        let read = sas::decode(text)?;
        let (mut fits, mut signature) = (None, SasSignature::NotChecked);
        if let Some(id) = device {
            let record = self.device_record(id).await?;
            let hub = self.hub_record(record.hub).await?.hub;
            hub_id = Some(hub.id);
            let secrets = self.look_at_connector_secrets(&record).await?;
            let model = self.device_model(record).await;
            fits = Some(hubscope_hubs::azure::opens(&read, &hub, &model));
            signature = hubscope_hubs::azure::checked_signature(&read, &model, &secrets);
        }
        if read.policy.is_some()
            && let Some(hub) = hub_id
            && let Some(key) = self.workspace.look_at_secret(&hub_row(hub, SecretField::PolicyKey)).await?
        {
            signature = if sas::is_signed_by(&read, &key) { SasSignature::Key } else { SasSignature::Wrong };
        }
        Ok(DecodedSas {
            masked: sas::masked(text),
            expired: read.expiry <= crate::now() / 1_000_000,
            resource: read.resource,
            expiry: read.expiry,
            policy: read.policy,
            resource_fits: fits,
            signature,
        })
    }

    async fn connection_string(&self, device: DeviceId) -> Result<Secret<String>> {
        let record = self.device_record(device).await?;
        let hub = self.hub_record(record.hub).await?.hub;
        let secrets = self.connector_secrets(&record).await?;
        let choice = match &record.credential {
            Credential::SharedAccessKey { sign_with, .. } => *sign_with,
            _ => KeyChoice::Primary,
        };
        let model = self.device_model(record).await;
        connection_string::of_device(&hub, &model, &secrets, choice)
    }

    /// What CONNECT carries, one field a line.
    async fn everything(&self, device: DeviceId) -> Result<Secret<String>> {
        let record = self.device_record(device).await?;
        let stored = self.hub_record(record.hub).await?;
        let secrets: Secrets = self.connector_secrets(&record).await?;
        let model = self.device_model(record).await;
        Ok(Secret::new(connect_text(&stored.hub, &model, &secrets)?))
    }

    fn may_reveal(&self, client: ClientId) -> Result<()> {
        match self.clients.face(client)?.may_reveal() {
            true => Ok(()),
            false => Err(not_in_this_shell("Secrets do not leave by a browser.")),
        }
    }

    async fn note_exit(&self, device: DeviceId, text: &str) {
        self.note_made(Some(device), text).await;
    }

    /// A secret that left is a line in the activity, with the device's name and never with the secret.
    async fn note_made(&self, device: Option<DeviceId>, text: &str) {
        self.workspace.secrets.touch();
        let name = match device {
            Some(device) => self.device_record(device).await.map(|record| format!("{}: ", record.name)),
            None => Ok(String::new()),
        };
        let session = device.and_then(|device| self.sessions.live(device)).map(|live| live.facts.id);
        let text = format!("{}{text}", name.unwrap_or_default());
        self.monitor.append_event(crate::now(), session, EntryClass::Event, Severity::Info, &text);
        self.changes.ring();
    }
}

fn hub_of(scope: &SasScope) -> Option<HubId> {
    match scope {
        SasScope::Device { .. } => None,
        SasScope::Service { hub } | SasScope::PolicyDevice { hub, .. } | SasScope::EventHubs { hub, .. } => Some(*hub),
    }
}

fn connect_text(hub: &Hub, device: &Device, secrets: &Secrets) -> Result<Zeroizing<String>> {
    // Only the text of CONNECT is asked for; the roots of a plain configuration do.
    let options = connect_options(hub, &Trust::System, device, None, secrets)?;
    let (user_name, password) = options.login(crate::now() / 1_000_000)?;
    Ok(Zeroizing::new(format!(
        "host: {}\nport: {}\ntls: {}\nclient id: {}\nuser name: {}\npassword: {}\n",
        hub.host,
        hub.port,
        if hub.tls { "yes" } else { "no" },
        options.client_id,
        to_clipboard(&user_name).as_str(),
        to_clipboard(&password).as_str(),
    )))
}

fn word(field: SecretField) -> &'static str {
    match field {
        SecretField::Token => "Token",
        SecretField::Password => "Password",
        SecretField::PrimaryKey => "Primary key",
        SecretField::SecondaryKey => "Secondary key",
        SecretField::GroupKey => "Group key",
        SecretField::PrivateKey => "Private key",
        SecretField::ProvisionKey => "Provisioning key",
        SecretField::ProvisionSecret => "Provisioning secret",
        SecretField::PolicyKey => "Policy key",
        SecretField::ApiKey => "API key",
    }
}

fn missing() -> Error {
    Error::new(Code::SecretMissing, "That secret is not stored.").hint("Enter it in the form and save.")
}
