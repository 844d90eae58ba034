//! How a device's credential becomes the options of its session.

use crate::azure::{self, dps};
use crate::{expand_topic, host, message, options_in_force};
use hubscope_model::{Code, Credential, Device, Error, Hub, HubKind, MqttVersion, Result, SecretField};
use hubscope_mqtt::Options;
use hubscope_pki::{ClientIdentity, Trust};
use hubscope_vault::Secret;
use std::collections::HashMap;
use std::time::Duration;

/// Secrets of a device or of a hub, by field.
pub type Secrets = HashMap<SecretField, Secret<String>>;

/// The user name of a ThingsBoard device that asks to be provisioned (ThingsBoard, "Device provisioning").
pub(crate) const PROVISION: &str = "provision";

/// What CONNECT carries for `device` on `hub`. `identity` is the client certificate that the server is shown if it
/// asks, with its key.
///
/// # Errors
/// `SecretMissing` when the credential needs a secret and none came; `InvalidKey` or `InvalidSasToken` for secrets
/// that are none; `BadRequest` for a will's payload that is not base64; `TlsFailed`, `NotACertificate` or `NotAPrivateKey` when `trust` or `identity` cannot be used.
pub fn connect_options(
    hub: &Hub,
    trust: &Trust,
    device: &Device,
    identity: Option<&ClientIdentity>,
    secrets: &Secrets,
) -> Result<Options> {
    let mut options = Options::new(host::for_network(azure::tcp_host(hub)), hub.port, device.client_id.clone());
    if hub.transport.is_tls() {
        options.tls = Some(hubscope_pki::client_config(trust, identity)?);
    }
    let wanted = options_in_force(hub.kind, &device.options);
    options.version = wanted.version;
    options.keep_alive = wanted.keep_alive;
    options.max_packet_size = wanted.max_packet_size;
    options.clean_session = wanted.clean_session;
    options.properties = wanted.properties;
    let will = wanted.will.as_ref();
    options.will =
        will.map(|will| message::will(will, expand_topic(device, secrets, &will.topic), wanted.version)).transpose()?;
    if matches!(hub.kind, HubKind::AzureIotHub | HubKind::AzureDps) {
        options.timing.connect = Duration::from_secs(azure::SLOWEST_ANSWER);
        options.user_name = Some(azure_user_name(hub, device));
    }
    log_in(&mut options, hub, device, secrets)?;
    Ok(options)
}

/// The user name that Azure dictates, whatever the credential.
pub(crate) fn azure_user_name(hub: &Hub, device: &Device) -> String {
    match hub.kind {
        HubKind::AzureDps => dps::user_name(hub.details.id_scope.as_deref().unwrap_or_default(), &device.client_id),
        // Hubscope does not name itself: what is shown here is pasted into other clients.
        _ => azure::user_name(&hub.host, &device.client_id, None),
    }
}

fn log_in(options: &mut Options, hub: &Hub, device: &Device, secrets: &Secrets) -> Result<()> {
    match &device.credential {
        Credential::None => {}
        Credential::X509 { .. } if device.certificate.is_none() => return Err(missing(SecretField::PrivateKey)),
        Credential::X509 { .. } => {}
        // ThingsBoard and the sandbox: the token is the user name, a password is not looked at.
        Credential::AccessToken => options.user_name_secret = Some(needed(secrets, SecretField::Token)?),
        Credential::Basic { user_name } => basic(options, user_name, device, secrets)?,
        Credential::SharedAccessKey { .. } | Credential::SasToken | Credential::GroupKey { .. } => {
            options.token = azure::source(hub, device, secrets)?;
            // A token that came from elsewhere cannot be renewed.
            options.auto_renew = device.credential.sas().is_some_and(|sas| sas.auto_renew);
        }
        Credential::Provision => options.user_name = Some(PROVISION.to_owned()),
        Credential::EndpointToken { user_name, .. } => {
            // It goes into every topic.
            needed(secrets, SecretField::Token)?;
            basic(options, user_name.as_deref().unwrap_or_default(), device, secrets)?;
        }
    }
    Ok(())
}

/// User name and password, each of which may be missing.
fn basic(options: &mut Options, user_name: &str, device: &Device, secrets: &Secrets) -> Result<()> {
    let password = secrets.get(&SecretField::Password).cloned();
    if password.is_none() && device.secrets.iter().any(|stored| stored.field == SecretField::Password) {
        return Err(missing(SecretField::Password));
    }
    // MQTT 3.1.1 section 3.1.2.9: no password without a user name.
    if user_name.is_empty() && password.is_some() && options.version == MqttVersion::V311 {
        return Err(Error::new(Code::BadUserNameOrPassword, "MQTT 3.1.1 sends no password without a user name.")
            .hint("Enter a user name, or choose MQTT 5."));
    }
    options.user_name = Some(user_name.to_owned()).filter(|name| !name.is_empty());
    options.password = password;
    Ok(())
}

fn needed(secrets: &Secrets, field: SecretField) -> Result<Secret<String>> {
    secrets.get(&field).cloned().ok_or_else(|| missing(field))
}

/// A secret that the credential cannot do without.
pub(crate) fn missing(field: SecretField) -> Error {
    let what = match field {
        SecretField::Token => "token",
        SecretField::Password => "password",
        SecretField::PrimaryKey => "primary key",
        SecretField::SecondaryKey => "secondary key",
        SecretField::GroupKey => "group key",
        SecretField::PrivateKey => "client certificate with its key",
        SecretField::ProvisionKey => "provisioning key",
        SecretField::ProvisionSecret => "provisioning secret",
        SecretField::PolicyKey => "policy key",
        SecretField::ApiKey => "API key",
        SecretField::ProxyPassword => "proxy password",
        SecretField::Headers => "set of WebSocket headers",
    };
    Error::new(Code::SecretMissing, format!("The {what} of this credential is not stored."))
        .hint("Enter it again in the device's credential.")
}
