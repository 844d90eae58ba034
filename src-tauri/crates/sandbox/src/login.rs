//! What a device of the sandbox needs to get in. New at every start.

use hubscope_model::CertificateTrust;
use hubscope_vault::{Secret, for_connector};
use zeroize::Zeroizing;

/// A device of the sandbox and its credential for this run.
#[derive(Clone, Debug)]
pub struct SimulatedDevice {
    /// As the hub knows it; of an Azure module `device/module`.
    pub id: String,
    /// It misbehaves on purpose, or the hub refuses it.
    pub faulty: bool,
    pub login: Login,
}

/// A credential, in the hub's own kinds.
#[derive(Clone, Debug)]
pub enum Login {
    /// Broker and ThingsBoard: the token is the user name. The broker also takes it as password beside the id.
    Token { token: Secret<String> },
    /// Azure IoT Hub: either key signs SAS tokens; base64.
    SharedAccessKey { primary: Secret<String>, secondary: Secret<String> },
    /// A client certificate: leaf first, then its issuers; the key is PKCS#8 PEM.
    X509 { chain_pem: String, key_pem: Secret<String>, trust: CertificateTrust },
    /// ThingsBoard MQTT basic: what is None must not be sent.
    Basic { client_id: Option<String>, user_name: Option<String>, password: Option<Secret<String>> },
    /// ThingsBoard device provisioning: the key and secret of the device profile.
    Provision { key: Secret<String>, secret: Secret<String> },
    /// Kaa: the token stands in every topic; the endpoint id is the one of the REST API.
    EndpointToken { app_version: String, endpoint_id: String, token: Secret<String> },
}

/// Kaa's REST API of this run.
#[derive(Clone, Debug)]
pub struct Rest {
    /// `http://127.0.0.1:PORT`
    pub base_url: String,
    /// The header that carries the key.
    pub header: &'static str,
    pub api_key: Secret<String>,
}

/// What a Kaa tenant asks of every client when it asks for client credentials.
#[derive(Clone, Debug)]
pub struct ClientCredentials {
    /// `name@tenant`
    pub user_name: String,
    pub password: Secret<String>,
    /// A certificate that is registered by issuer and serial, and its key: taken in place of the password.
    pub chain_pem: String,
    pub key_pem: Secret<String>,
}

/// Azure: a shared access policy, whose key opens the whole hub.
#[derive(Clone, Debug)]
pub struct Policy {
    pub name: &'static str,
    /// Base64.
    pub key: Secret<String>,
}

impl Policy {
    /// The service connection string at the hub `host`.
    pub fn connection_string(&self, host: &str) -> Secret<String> {
        let key = for_connector(&self.key);
        secret(format!("HostName={host};SharedAccessKeyName={};SharedAccessKey={key}", self.name))
    }
}

impl SimulatedDevice {
    /// Azure: the connection string with the primary key, or the one of a certificate, at the hub `host`.
    /// None for other credentials.
    pub fn connection_string(&self, host: &str) -> Option<Secret<String>> {
        let mut text = format!("HostName={host};DeviceId={}", self.id.replace('/', ";ModuleId="));
        match &self.login {
            Login::SharedAccessKey { primary, .. } => {
                text.push_str(";SharedAccessKey=");
                text.push_str(for_connector(primary));
            }
            Login::X509 { .. } => text.push_str(";x509=true"),
            _ => return None,
        }
        Some(secret(text))
    }
}

fn secret(text: String) -> Secret<String> {
    Secret::new(Zeroizing::new(text))
}
