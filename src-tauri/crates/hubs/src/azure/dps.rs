//! The device provisioning service. Sources: Microsoft, "Communicate with DPS using the MQTT protocol", "Symmetric key
//! attestation".

use super::key::signing_key;
use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hubscope_model::Result;
use hubscope_vault::Secret;
use zeroize::Zeroizing;

/// What the Python SDK sends, and the page shows.
const API_VERSION: &str = "2019-03-31";
/// The policy that registrations sign as.
pub const POLICY: &str = "registration";
/// Where the service answers.
pub const ANSWERS: &str = "$dps/registrations/res/#";
/// Where a registration is asked for.
pub const REGISTER: &str = "$dps/registrations/PUT/iotdps-register/?$rid=1";

/// The user name of CONNECT. Unlike the hub's it has no question mark: the version is the last level of a path.
pub fn user_name(id_scope: &str, registration_id: &str) -> String {
    format!("{}/api-version={API_VERSION}", resource(id_scope, registration_id))
}

/// What a registration's token opens.
pub fn resource(id_scope: &str, registration_id: &str) -> String {
    format!("{id_scope}/registrations/{registration_id}")
}

/// The key of one device of an enrolment group, base64.
///
/// # Errors
/// `InvalidKey` when the group's key is not base64 of 16 to 64 bytes.
pub fn derive_device_key(group_key: &Secret<String>, registration_id: &str) -> Result<Secret<String>> {
    let key = hmac::sign(&signing_key(group_key)?, registration_id.as_bytes());
    Ok(Secret::new(Zeroizing::new(STANDARD.encode(key))))
}

/// Whether `id` can be a registration id: up to 128 letters, digits and `-._:`.
pub(crate) fn is_registration_id(id: &str) -> bool {
    (1..=128).contains(&id.len()) && id.chars().all(|c| c.is_ascii_alphanumeric() || "-._:".contains(c))
}
