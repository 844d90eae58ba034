//! How a device's credential becomes the options of its session.

use crate::host;
use hubscope_model::{Code, Credential, Device, Error, Hub, HubKind, MqttVersion, Result};
use hubscope_mqtt::Options;
use hubscope_pki::Trust;
use hubscope_vault::Secret;

/// What CONNECT carries for `device` on `hub`. `secret` is the token or password of its credential.
///
/// # Errors
/// `SecretMissing` when the credential needs a secret and none came; `TlsFailed` or `NotACertificate`
/// when `trust` cannot be used.
pub fn connect_options(hub: &Hub, trust: &Trust, device: &Device, secret: Option<Secret<String>>) -> Result<Options> {
    let mut options = Options::new(host::for_network(&hub.host), hub.port, device.client_id.clone());
    if hub.tls {
        options.tls = Some(hubscope_pki::client_config(trust)?);
    }
    options.version = device.options.version;
    options.keep_alive = device.options.keep_alive;
    options.max_packet_size = device.options.max_packet_size;
    // ThingsBoard keeps no session, and answers a wish for one with a "session present" that is not true.
    options.clean_session = device.options.clean_session || hub.kind == HubKind::ThingsBoard;
    match &device.credential {
        Credential::None => {}
        // ThingsBoard and the sandbox: the token is the user name, a password is not looked at.
        Credential::AccessToken { .. } => options.user_name_secret = Some(secret.ok_or_else(no_secret)?),
        Credential::Basic { user_name, password } => {
            if password.set && secret.is_none() {
                return Err(no_secret());
            }
            // MQTT 3.1.1 section 3.1.2.9: no password without a user name.
            if user_name.is_empty() && secret.is_some() && options.version == MqttVersion::V311 {
                return Err(Error::new(
                    Code::BadUserNameOrPassword,
                    "MQTT 3.1.1 sends no password without a user name.",
                )
                .hint("Enter a user name, or choose MQTT 5."));
            }
            options.user_name = Some(user_name.clone()).filter(|name| !name.is_empty());
            options.password = secret;
        }
    }
    Ok(options)
}

fn no_secret() -> Error {
    Error::new(Code::SecretMissing, "The secret of this device's credential is not stored.")
        .hint("Enter the token or password in the device's credential again.")
}
