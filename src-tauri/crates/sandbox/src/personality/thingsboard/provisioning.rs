//! Device provisioning over MQTT, with the strategy "allow to create new devices" ("Device provisioning").

use super::{Credential, Device};
use crate::fresh;
use serde::Deserialize;
use serde_json::{Value, json};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

pub(super) const REQUEST: &str = "/provision/request";
pub(super) const RESPONSE: &str = "/provision/response";
/// Devices that a sandbox has at most.
const MOST: usize = 200;

/// The device profile's key and secret.
pub(crate) struct Profile {
    pub key: Zeroizing<String>,
    pub secret: Zeroizing<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Request {
    device_name: Option<String>,
    provision_device_key: String,
    provision_device_secret: String,
    credentials_type: Option<String>,
    token: Option<String>,
    username: Option<String>,
    password: Option<String>,
    client_id: Option<String>,
}

impl Profile {
    /// The answer to a request; a device that is made is added.
    pub(super) fn answer(&self, payload: &[u8], devices: &mut Vec<Device>) -> Value {
        let failure = json!({"status": "FAILURE", "errorMsg": "Failed to provision device!"});
        let Ok(request) = serde_json::from_slice::<Request>(payload) else { return failure };
        let key = self.key.as_bytes().ct_eq(request.provision_device_key.as_bytes());
        let secret = self.secret.as_bytes().ct_eq(request.provision_device_secret.as_bytes());
        if !bool::from(key & secret) {
            return json!({"status": "NOT_FOUND", "errorMsg": "Provision data was not found!"});
        }
        let name = request.device_name.clone().unwrap_or_else(|| fresh::token().to_string());
        if devices.len() >= MOST || devices.iter().any(|device| *device.id == *name) {
            return failure;
        }
        let Some((credential, kind, value)) = credential(request) else { return failure };
        devices.push(Device { id: name.into(), credential });
        json!({"status": "SUCCESS", "credentialsType": kind, "credentialsValue": value})
    }
}

/// The new device's credential, its kind, and how it is told.
fn credential(request: Request) -> Option<(Credential, &'static str, Value)> {
    match request.credentials_type.as_deref() {
        None | Some("ACCESS_TOKEN") => {
            let token = request.token.map_or_else(fresh::token, Zeroizing::new);
            let value = json!(*token);
            Some((Credential::Token(token), "ACCESS_TOKEN", value))
        }
        Some("MQTT_BASIC") if request.client_id.is_some() || request.username.is_some() => {
            let value = json!({"clientId": request.client_id, "userName": request.username,
                               "password": request.password});
            let credential = Credential::Basic {
                client_id: request.client_id,
                user_name: request.username,
                password: request.password.map(Zeroizing::new),
            };
            Some((credential, "MQTT_BASIC", value))
        }
        _ => None,
    }
}
