//! Credentials in the hand of their user: shown, copied, swapped.

use crate::Engine;
use crate::changes::Area;
use crate::clients::not_in_this_shell;
use crate::devices::DEVICE_SECRETS;
use crate::secrets::{device_row, hub_row};
use crate::tree::HUB_SECRETS;
use hubscope_hubs::azure::connection_string;
use hubscope_hubs::azure::dps::derive_device_key;
use hubscope_hubs::{Secrets, connect_options};
use hubscope_model::{
    Certificate, CertificateFiles, ClientId, Code, CopyRequest, CopyWhat, Credential, Device, DeviceId, EntryClass,
    Error, Hub, KeyChoice, Result, Revealed, SecretField, SecretOwner, SecretRef, Severity, Text, text,
};
use hubscope_pki::{ClientIdentity, Trust};
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
        let secret = self.secret_of(which.owner, which.field).await?;
        self.note_exit(which.owner, text!("{what} shown", what = word(which.field))).await;
        Ok(Revealed { text: reveal(&secret) })
    }

    pub(crate) async fn copy_secret(&self, client: ClientId, request: CopyRequest) -> Result<()> {
        self.may_reveal(client)?;
        let face = self.clients.face(client)?;
        let (secret, what) = match (request.owner, request.what) {
            (owner, CopyWhat::Secret { field }) => (self.secret_of(owner, field).await?, word(field)),
            (SecretOwner::Device { device }, CopyWhat::SasToken) => {
                (self.fresh_sas(device, None).await?, text!("SAS token"))
            }
            (SecretOwner::Device { device }, CopyWhat::DerivedKey) => {
                (self.derived_key(device).await?, text!("Derived key"))
            }
            (SecretOwner::Device { device }, CopyWhat::ConnectionString) => {
                (self.connection_string(device).await?, text!("Connection string"))
            }
            (SecretOwner::Device { device }, CopyWhat::Everything) => {
                (self.everything(device).await?, text!("Connection data with its secrets"))
            }
            (SecretOwner::Hub { .. }, _) => {
                return Err(Error::new(Code::BadRequest, "Of a hub only its secrets can be copied."));
            }
        };
        face.copy(to_clipboard(&secret))?;
        self.note_exit(request.owner, text!("{what} copied to the clipboard", what)).await;
        Ok(())
    }

    pub(crate) async fn secret_of(&self, owner: SecretOwner, field: SecretField) -> Result<Secret<String>> {
        let row = match owner {
            SecretOwner::Device { device } if DEVICE_SECRETS.contains(&field) => device_row(device, field),
            SecretOwner::Hub { hub } if HUB_SECRETS.contains(&field) => hub_row(hub, field),
            _ => return Err(Error::new(Code::BadRequest, "There is no such secret.")),
        };
        self.workspace.secret(&row).await?.ok_or_else(missing)
    }

    /// The key that a DPS registration has of its enrolment group.
    async fn derived_key(&self, device: DeviceId) -> Result<Secret<String>> {
        let group_key = self.secret_of(SecretOwner::Device { device }, SecretField::GroupKey).await?;
        derive_device_key(&group_key, &self.device_record(device).await?.client_id)
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

    /// All that a client needs, one field a line, PEM last.
    async fn everything(&self, device: DeviceId) -> Result<Secret<String>> {
        let record = self.device_record(device).await?;
        let stored = self.hub_record(record.hub).await?;
        let secrets: Secrets = self.connector_secrets(&record).await?;
        let identity = self.client_identity(&record).await?;
        let model = self.device_model(record).await;
        let mut text = connect_text(&stored.hub, &model, &secrets)?;
        push_endpoint(&mut text, &model.credential, &secrets)?;
        if let Some(ClientIdentity { chain_pem, key }) = identity {
            text.push_str(&format!("certificate:\n{}\nprivate key:\n", chain_pem.trim_end()));
            text.push_str(to_clipboard(&key).trim_end());
            text.push('\n');
        }
        Ok(Secret::new(text))
    }

    pub(crate) fn may_reveal(&self, client: ClientId) -> Result<()> {
        match self.clients.face(client)?.may_reveal() {
            true => Ok(()),
            false => Err(not_in_this_shell("Secrets do not leave by a browser.")),
        }
    }

    /// A secret that left is a line in the activity, with the name of its owner and never with the secret.
    pub(crate) async fn note_exit(&self, owner: SecretOwner, said: Text) {
        self.workspace.secrets.touch();
        let (name, session) = match owner {
            SecretOwner::Device { device } => (
                self.device_record(device).await.map(|record| record.name),
                self.sessions.live(device).map(|live| live.facts.id),
            ),
            SecretOwner::Hub { hub } => (self.hub_record(hub).await.map(|record| record.hub.name), None),
        };
        let text = match name {
            Ok(name) => text!("{name}: {said}", name, said),
            Err(_) => said,
        };
        self.monitor.append_event(crate::now(), session, EntryClass::Event, Severity::Info, text);
        self.changes.ring();
    }
}

fn connect_text(hub: &Hub, device: &Device, secrets: &Secrets) -> Result<Zeroizing<String>> {
    // Only the text of CONNECT is asked for; the roots of a plain configuration do.
    let options = connect_options(hub, &Trust::System, device, None, secrets)?;
    let (user_name, password) = options.login(crate::now() / 1_000_000)?;
    Ok(Zeroizing::new(format!(
        "host: {}\nport: {}\ntransport: {}\nclient id: {}\nuser name: {}\npassword: {}\n",
        hub.host,
        hub.port,
        hub.transport.name(),
        options.client_id,
        to_clipboard(&user_name).as_str(),
        to_clipboard(&password).as_str(),
    )))
}

/// What of Kaa's protocol is not in CONNECT (1/KP: the token stands in every topic).
fn push_endpoint(text: &mut Zeroizing<String>, credential: &Credential, secrets: &Secrets) -> Result<()> {
    let Credential::EndpointToken { app_version, .. } = credential else { return Ok(()) };
    let token = to_clipboard(secrets.get(&SecretField::Token).ok_or_else(missing)?);
    text.push_str(&format!("app version: {app_version}\nendpoint token: "));
    text.push_str(&token);
    text.push_str(&format!("\ntopic prefix: kp1/{app_version}/dcx/"));
    text.push_str(&token);
    text.push_str("/\n");
    Ok(())
}

fn word(field: SecretField) -> Text {
    match field {
        SecretField::Token => text!("Token"),
        SecretField::Password => text!("Password"),
        SecretField::PrimaryKey => text!("Primary key"),
        SecretField::SecondaryKey => text!("Secondary key"),
        SecretField::GroupKey => text!("Group key"),
        SecretField::PrivateKey => text!("Private key"),
        SecretField::ProvisionKey => text!("Provisioning key"),
        SecretField::ProvisionSecret => text!("Provisioning secret"),
        SecretField::PolicyKey => text!("Policy key"),
        SecretField::ApiKey => text!("API key"),
        SecretField::ProxyPassword => text!("Proxy password"),
        SecretField::Headers => text!("WebSocket headers"),
    }
}

pub(crate) fn missing() -> Error {
    Error::new(Code::SecretMissing, "That secret is not stored.").hint("Enter it in the form and save.")
}
