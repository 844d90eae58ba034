//! Azure's own texts: connection strings and SAS tokens, and the user names that carry a hub's name.

use super::found::Found;
use super::{Pasted, not_recognised};
use crate::azure::connection_string::{self, ConnectionString, Proof, Subject};
use crate::azure::sas::{self, Sas};
use crate::presets;
use hubscope_model::{
    CertificateTrust, Code, Credential, Error, HubKind, PasteForm, PasteWarning, Result, SasOptions, SecretField, text,
};
use hubscope_vault::Secret;
use std::time::{SystemTime, UNIX_EPOCH};
use zeroize::Zeroizing;

/// Seconds before its end at which a pasted token is worth a warning.
const SOON: i64 = 3600;

pub fn is_hub_host(host: &str) -> bool {
    [".azure-devices.net", ".azure-devices.cn", ".azure-devices.us"].iter().any(|domain| host.ends_with(domain))
}

pub fn is_dps_host(host: &str) -> bool {
    let domains =
        [".azure-devices-provisioning.net", ".azure-devices-provisioning.cn", ".azure-devices-provisioning.us"];
    domains.iter().any(|domain| host.ends_with(domain))
}

/// Host and client id of a device's user name, `{host}/{device}[/{module}]/?api-version=…`.
pub fn hub_user_name(user_name: &str) -> Option<(&str, &str)> {
    let (path, _) = user_name.split_once("/?api-version=")?;
    path.split_once('/').filter(|(host, id)| !host.is_empty() && !id.is_empty())
}

/// Id scope and registration id of a user name of DPS, `{idScope}/registrations/{id}/api-version=…`.
pub fn dps_user_name(user_name: &str) -> Option<(&str, &str)> {
    let (path, _) = user_name.split_once("/api-version=")?;
    path.split_once("/registrations/").filter(|(scope, id)| !scope.is_empty() && !id.is_empty())
}

/// Whether the text is to be read as a connection string: what is wrong with it is then said.
pub fn looks_like_connection_string(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["hostname=", "endpoint=sb://", "deviceid=", "sharedaccesskeyname="].iter().any(|key| lower.contains(key))
        && !text.contains(char::is_control)
}

/// # Errors
/// As [`connection_string::parse`].
pub fn connection_string(text: &str) -> Result<Pasted> {
    of_string(connection_string::parse(text)?)?.finish()
}

/// Hub and device (or policy) of a connection string.
pub fn of_string(string: ConnectionString) -> Result<Found> {
    let mut found = Found::new(PasteForm::DeviceConnectionString, HubKind::AzureIotHub, &string.host);
    if let Some(gateway) = string.gateway {
        found.details.gateway = Some(gateway);
        found.warnings.push(PasteWarning::Gateway);
    }
    if string.trimmed {
        found.warnings.push(PasteWarning::Trimmed);
    }
    match string.subject {
        Subject::Device(device) => found.client_id = Some(device),
        Subject::Module(device, module) => {
            found.form = PasteForm::ModuleConnectionString;
            found.client_id = Some(format!("{device}/{module}"));
        }
        Subject::Policy(policy) => {
            found.form = PasteForm::ServiceConnectionString;
            found.details.policy = Some(policy);
            if is_dps_host(&found.host.to_ascii_lowercase()) {
                found.kind = HubKind::AzureDps;
                found.details.service_host = Some(found.host.clone());
                presets::DPS_GLOBAL.clone_into(&mut found.host);
            }
        }
    }
    match string.proof {
        Proof::Key(key) if found.form == PasteForm::ServiceConnectionString => {
            found.secrets.insert(SecretField::PolicyKey, key);
        }
        Proof::Key(key) => {
            found.secrets.insert(SecretField::PrimaryKey, key);
            found.credential =
                Credential::SharedAccessKey { sign_with: Default::default(), sas: SasOptions::default() };
        }
        Proof::X509 => found.credential = Credential::X509 { trust: CertificateTrust::Authority },
        Proof::Token(token) => keep_token(&mut found, token)?,
    }
    Ok(found)
}

/// A SAS token alone: its resource names hub and device.
///
/// # Errors
/// As [`sas::decode`]; `EventHubsConnectionString` for a token of Event Hubs; `NotRecognised` for one that is for no
/// device.
pub fn sas_token(text: &str) -> Result<Pasted> {
    let sas = sas::decode(text)?;
    let mut found = Found::new(PasteForm::SasToken, HubKind::AzureIotHub, "");
    name_resource(&mut found, &sas.resource)?;
    warn(&mut found, &sas, now());
    found.secrets.insert(SecretField::Token, Secret::new(Zeroizing::new(text.to_owned())));
    found.credential = Credential::SasToken;
    found.finish()
}

/// A password that must be a SAS token.
///
/// # Errors
/// As [`sas::decode`].
pub fn take_token(found: &mut Found, password: Zeroizing<String>) -> Result<()> {
    let token = Secret::new(password);
    keep_token(found, token)
}

fn keep_token(found: &mut Found, token: Secret<String>) -> Result<()> {
    let sas = sas::decode(hubscope_vault::for_connector(&token))?;
    if found.client_id.is_none() {
        name_resource(found, &sas.resource)?;
    }
    warn(found, &sas, now());
    found.secrets.insert(SecretField::Token, token);
    found.credential = Credential::SasToken;
    Ok(())
}

/// Takes host and device from what a token opens.
fn name_resource(found: &mut Found, resource: &str) -> Result<()> {
    if resource.contains("://") || resource.contains(".servicebus.") {
        return Err(Error::new(Code::EventHubsConnectionString, "This SAS token is for Event Hubs, not for a device.")
            .hint("Paste a token whose resource reads HOST/devices/DEVICE."));
    }
    if let Some((scope, registration)) = resource.split_once("/registrations/") {
        found.kind = HubKind::AzureDps;
        found.details.id_scope = Some(scope.to_owned());
        found.client_id = Some(registration.to_owned());
        if found.host.is_empty() {
            presets::DPS_GLOBAL.clone_into(&mut found.host);
        }
        return Ok(());
    }
    let (host, id) = resource.split_once("/devices/").ok_or_else(|| {
        not_recognised(text!(
            "This SAS token opens the hub's service API and is for no device. Paste the device's own token."
        ))
    })?;
    name_hub(found, host);
    found.client_id = Some(id.replacen("/modules/", "/", 1));
    Ok(())
}

/// The hub by the name that user name or token carry. Another address to connect to is a gateway's.
pub fn name_hub(found: &mut Found, name: &str) {
    if !found.host.is_empty() && !found.host.eq_ignore_ascii_case(name) && found.details.gateway.is_none() {
        found.details.gateway = Some(std::mem::take(&mut found.host));
        found.warnings.push(PasteWarning::Gateway);
    }
    name.clone_into(&mut found.host);
}

fn warn(found: &mut Found, sas: &Sas, now: i64) {
    let warning = match sas.expiry - now {
        left if left <= 0 => PasteWarning::SasExpired,
        left if left < SOON => PasteWarning::SasEndsSoon,
        _ => return,
    };
    found.warnings.push(warning);
}

/// Unix seconds. A clock before 1970 counts as its beginning.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
