//! The tokens of a device of the workspace.

use super::{dps, sas};
use crate::Secrets;
use crate::azure::sas::Sas;
use hubscope_model::{
    Code, Credential, Device, Error, Hub, HubKind, KeyChoice, Result, SasSignature, SecretField, text,
};
use hubscope_mqtt::{FreshToken, TokenSource};
use hubscope_vault::{Secret, for_connector};
use std::sync::Arc;

/// Makes the tokens of a session.
struct Maker {
    resource: String,
    key: Secret<String>,
    policy: Option<&'static str>,
    /// Seconds.
    lifetime: u32,
}

impl TokenSource for Maker {
    fn fresh(&self, now: i64) -> Result<FreshToken> {
        let expires = now.saturating_add(i64::from(self.lifetime));
        let password = sas::make(&self.resource, &self.key, expires, self.policy)?;
        Ok(FreshToken { password, issued: now, expires })
    }
}

/// A token that was made elsewhere: the same one for every CONNECT, until its time is over.
struct ReadyMade {
    token: Secret<String>,
    expires: i64,
}

impl TokenSource for ReadyMade {
    fn fresh(&self, now: i64) -> Result<FreshToken> {
        if now >= self.expires {
            return Err(Error::new(Code::TokenExpired, "The SAS token's time is over.")
                .detail(text!("it ended {seconds} s ago by this machine\'s clock", seconds = now - self.expires))
                .hint("Paste a new token, or store the device's key and have tokens made."));
        }
        Ok(FreshToken { password: self.token.clone(), issued: now, expires: self.expires })
    }
}

/// Where the passwords of the device's session come from; None when its credential has none.
///
/// # Errors
/// `SecretMissing`, `InvalidKey`, `InvalidSasToken`.
pub(crate) fn source(hub: &Hub, device: &Device, secrets: &Secrets) -> Result<Option<Arc<dyn TokenSource>>> {
    if device.credential == Credential::SasToken {
        let token = secret(secrets, SecretField::Token)?.clone();
        let expires = sas::decode(for_connector(&token))?.expiry;
        return Ok(Some(Arc::new(ReadyMade { token, expires })));
    }
    let Some(options) = device.credential.sas() else { return Ok(None) };
    let key = key(device, secrets)?;
    super::key::check(for_connector(&key))?;
    Ok(Some(Arc::new(Maker { resource: resource(hub, device), key, policy: policy(hub), lifetime: options.lifetime })))
}

/// A token of the device's own key that ends at `expiry`, Unix seconds.
///
/// # Errors
/// `SecretMissing`, `InvalidKey`.
pub fn device_token(hub: &Hub, device: &Device, secrets: &Secrets, expiry: i64) -> Result<Secret<String>> {
    sas::make(&resource(hub, device), &key(device, secrets)?, expiry, policy(hub))
}

/// Whether the token opens this device at this hub.
pub fn opens(sas: &Sas, hub: &Hub, device: &Device) -> bool {
    sas::covers(sas, &resource(hub, device))
}

/// Which of the device's keys made the token.
pub fn checked_signature(sas: &Sas, device: &Device, secrets: &Secrets) -> SasSignature {
    let candidates =
        [(SecretField::PrimaryKey, SasSignature::Primary), (SecretField::SecondaryKey, SasSignature::Secondary)];
    let derived =
        secrets.get(&SecretField::GroupKey).and_then(|key| dps::derive_device_key(key, &device.client_id).ok());
    let mut keys: Vec<_> = candidates.iter().filter_map(|(field, word)| Some((secrets.get(field)?, *word))).collect();
    keys.extend(derived.as_ref().map(|key| (key, SasSignature::Key)));
    match keys.iter().find(|(key, _)| sas::is_signed_by(sas, key)) {
        Some((_, word)) => *word,
        None if keys.is_empty() => SasSignature::NotChecked,
        None => SasSignature::Wrong,
    }
}

fn resource(hub: &Hub, device: &Device) -> String {
    match hub.kind {
        HubKind::AzureDps => dps::resource(hub.details.id_scope.as_deref().unwrap_or_default(), &device.client_id),
        _ => sas::device_resource(&hub.host, &device.client_id),
    }
}

fn policy(hub: &Hub) -> Option<&'static str> {
    (hub.kind == HubKind::AzureDps).then_some(dps::POLICY)
}

/// The key that signs.
fn key(device: &Device, secrets: &Secrets) -> Result<Secret<String>> {
    match &device.credential {
        Credential::GroupKey { .. } => {
            dps::derive_device_key(secret(secrets, SecretField::GroupKey)?, &device.client_id)
        }
        Credential::SharedAccessKey { sign_with: KeyChoice::Secondary, .. } => {
            secret(secrets, SecretField::SecondaryKey).cloned()
        }
        _ => secret(secrets, SecretField::PrimaryKey).cloned(),
    }
}

fn secret(secrets: &Secrets, field: SecretField) -> Result<&Secret<String>> {
    secrets.get(&field).ok_or_else(|| crate::connect::missing(field))
}
