//! What a text means, once its platform is known, and its last checks.

use super::{Pasted, not_recognised};
use crate::{Secrets, default_options, host};
use hubscope_model::{
    Certificate, Code, Connection, Credential, Error, HubDetails, HubKind, MqttVersion, PasteForm, PasteWarning,
    PastedMessage, PastedSubscription, Recognised, Result, SecretField, SessionOptions, StoredSecret, Transport, text,
    topic,
};
use hubscope_pki::Identity;

/// A hub, a device on it, and what it would do.
pub struct Found {
    pub form: PasteForm,
    pub kind: HubKind,
    /// Empty: missing.
    pub host: String,
    pub port: u16,
    pub transport: Transport,
    pub connection: Connection,
    pub options: SessionOptions,
    pub client_id: Option<String>,
    pub credential: Credential,
    pub secrets: Secrets,
    pub identity: Option<Identity>,
    /// A certificate without its key, which proves nothing.
    pub certificate: Option<Certificate>,
    pub details: HubDetails,
    pub ca_file: Option<String>,
    pub subscriptions: Vec<PastedSubscription>,
    pub message: Option<PastedMessage>,
    pub ignored: Vec<String>,
    pub warnings: Vec<PasteWarning>,
}

impl Found {
    /// Over TLS, with nothing but an address.
    pub fn new(form: PasteForm, kind: HubKind, host: &str) -> Self {
        Self {
            form,
            kind,
            host: host.to_owned(),
            port: 8883,
            transport: Transport::Mqtts,
            connection: Connection::default(),
            options: default_options(kind),
            client_id: None,
            credential: Credential::None,
            secrets: Secrets::new(),
            identity: None,
            certificate: None,
            details: HubDetails::default(),
            ca_file: None,
            subscriptions: Vec::new(),
            message: None,
            ignored: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// # Errors
    /// `NotRecognised` for a host or port that cannot be one, `InvalidTopic`, `InvalidTopicFilter`.
    pub fn finish(self) -> Result<Pasted> {
        if !self.host.is_empty() && host::problem(&self.host).is_some() {
            return Err(not_recognised(text!("The host is not a host name or address.")));
        }
        if self.port == 0 && self.transport != Transport::Unix {
            return Err(not_recognised(text!("A port is a number from 1 to 65535.")));
        }
        check_topics(&self.subscriptions, self.message.as_ref())?;
        let missing = self.missing();
        let mut secrets: Vec<StoredSecret> =
            self.secrets.iter().map(|(field, secret)| StoredSecret { field: *field, ends: secret.ends() }).collect();
        secrets.sort_by_key(|secret| secret.field);
        let recognised = Recognised {
            form: self.form,
            kind: self.kind,
            host: self.host,
            port: self.port,
            transport: self.transport,
            connection: self.connection,
            version: self.options.version,
            client_id: self.client_id.filter(|id| !id.is_empty()),
            credential: self.credential,
            secrets,
            details: self.details,
            certificate: self.identity.as_ref().map(|identity| identity.summary.clone()).or(self.certificate),
            ca_file: self.ca_file,
            subscriptions: self.subscriptions,
            message: self.message,
            ignored: self.ignored,
            warnings: self.warnings,
            missing,
            // Only who has the workspace can say.
            policy_here: None,
        };
        Ok(Pasted { recognised, secrets: self.secrets, identity: self.identity, options: self.options })
    }

    /// Fields without which hub and device cannot be saved, by their names in the forms.
    fn missing(&self) -> Vec<String> {
        let mut missing = Vec::new();
        let mut need = |there: bool, name: &str| {
            if !there {
                missing.push(name.to_owned());
            }
        };
        need(!self.host.is_empty() || self.transport == Transport::Unix, "host");
        if self.form == PasteForm::ServiceConnectionString {
            // Its host is the service's own; devices come by another one and the ID scope.
            need(self.kind != HubKind::AzureDps || self.details.id_scope.is_some(), "id_scope");
            return missing;
        }
        let azure = matches!(self.kind, HubKind::AzureIotHub | HubKind::AzureDps);
        need(!azure || self.client_id.as_ref().is_some_and(|id| !id.is_empty()), "client_id");
        need(self.kind != HubKind::AzureDps || self.details.id_scope.is_some(), "id_scope");
        match &self.credential {
            Credential::X509 { .. } if self.certificate.is_some() => need(false, SecretField::PrivateKey.name()),
            Credential::X509 { .. } => need(self.identity.is_some(), "certificate"),
            Credential::Provision => {
                for field in self.credential.secrets() {
                    need(self.secrets.contains_key(field), field.name());
                }
            }
            Credential::EndpointToken { app_version, .. } => {
                need(!app_version.is_empty(), "app_version");
                need(self.secrets.contains_key(&SecretField::Token), SecretField::Token.name());
            }
            Credential::None => {}
            // A user name may go without a password, and on MQTT 3.1.1 no password without a user name (3.1.2.9).
            Credential::Basic { user_name } => {
                let alone = user_name.is_empty() && self.secrets.contains_key(&SecretField::Password);
                need(!alone || self.options.version == MqttVersion::V5, "user_name");
            }
            other => {
                let first = other.secrets().first();
                need(
                    first.is_none_or(|field| self.secrets.contains_key(field)),
                    first.map_or("", |field| field.name()),
                );
            }
        }
        missing
    }
}

fn check_topics(subscriptions: &[PastedSubscription], message: Option<&PastedMessage>) -> Result<()> {
    for PastedSubscription { filter, .. } in subscriptions {
        topic::validate_filter(filter).map_err(|why| {
            Error::new(Code::InvalidTopicFilter, format!("A topic filter in this text is not legal: {why}."))
                .hint("Correct it, then paste again.")
        })?;
    }
    if let Some(message) = message {
        topic::validate_name(&message.topic).map_err(|why| {
            Error::new(Code::InvalidTopic, format!("The topic of this text cannot be published to: {why}."))
                .hint("Correct it, then paste again.")
        })?;
    }
    Ok(())
}
