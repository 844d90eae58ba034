//! What is printed once the sandbox listens: one line of JSON with all that a client needs, its secrets too.

use hubscope_model::Personality;
use hubscope_sandbox::{Login, Rest, Sandbox, SimulatedDevice};
use hubscope_vault::to_terminal;
use serde::Serialize;
use std::io;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The name by which the sandbox's Azure hub knows itself. Its SDKs know port 8883 only: `--mqtts-port 8883`.
const AZURE_HOST: &str = "localhost";

type Shown = Zeroizing<String>;

#[derive(Serialize)]
pub struct Line<'a> {
    personality: Personality,
    /// Plain MQTT; null where the hub has none.
    mqtt: Option<String>,
    mqtts: String,
    /// MQTT over WebSocket, as a URL; null where the hub has none.
    ws: Option<String>,
    wss: Option<String>,
    /// The sandbox's CA as PEM; removed with its directory when the sandbox ends.
    ca_file: PathBuf,
    #[serde(skip_serializing_if = "Option::is_none")]
    rest: Option<RestLine<'a>>,
    /// Azure: for the hub's service side.
    #[serde(skip_serializing_if = "Option::is_none")]
    service_connection_string: Option<Shown>,
    devices: Vec<Device<'a>>,
}

#[derive(Serialize)]
struct RestLine<'a> {
    url: &'a str,
    header: &'a str,
    api_key: Shown,
}

#[derive(Serialize)]
struct Device<'a> {
    id: &'a str,
    faulty: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    connection_string: Option<Shown>,
    #[serde(flatten)]
    login: LoginLine<'a>,
}

/// The fields of one kind of login.
#[derive(Serialize)]
#[serde(untagged)]
enum LoginLine<'a> {
    /// The user name to connect with; the broker also takes it as password beside the id as user name.
    Token {
        token: Shown,
    },
    /// All that is needed is in the connection string.
    SharedAccessKey {},
    X509 {
        certificate_file: PathBuf,
        key_file: PathBuf,
    },
    Basic {
        #[serde(skip_serializing_if = "Option::is_none")]
        client_id: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        user_name: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        password: Option<Shown>,
    },
    Provision {
        provision_key: Shown,
        provision_secret: Shown,
    },
    EndpointToken {
        app_version: &'a str,
        endpoint_id: &'a str,
        endpoint_token: Shown,
    },
}

impl<'a> Line<'a> {
    /// `directory` is where [`write_files`] wrote.
    pub fn of(sandbox: &'a Sandbox, directory: &Path) -> Self {
        Self {
            personality: sandbox.personality(),
            mqtt: sandbox.mqtt().map(|address| address.to_string()),
            mqtts: sandbox.mqtts().to_string(),
            ws: sandbox.ws(),
            wss: sandbox.wss(),
            ca_file: directory.join("ca.pem"),
            rest: sandbox.rest().map(rest),
            service_connection_string: sandbox
                .policy()
                .map(|policy| to_terminal(&policy.connection_string(AZURE_HOST))),
            devices: sandbox.devices().iter().map(|one| device(one, sandbox.personality(), directory)).collect(),
        }
    }
}

fn rest(rest: &Rest) -> RestLine<'_> {
    RestLine { url: &rest.base_url, header: rest.header, api_key: to_terminal(&rest.api_key) }
}

fn device<'a>(device: &'a SimulatedDevice, personality: Personality, directory: &Path) -> Device<'a> {
    let azure = personality == Personality::Azure;
    let connection_string = device.connection_string(AZURE_HOST).filter(|_| azure);
    Device {
        id: &device.id,
        faulty: device.faulty,
        connection_string: connection_string.as_ref().map(to_terminal),
        login: login(device, directory),
    }
}

fn login<'a>(device: &'a SimulatedDevice, directory: &Path) -> LoginLine<'a> {
    match &device.login {
        Login::Token { token } => LoginLine::Token { token: to_terminal(token) },
        Login::SharedAccessKey { .. } => LoginLine::SharedAccessKey {},
        Login::X509 { .. } => LoginLine::X509 {
            certificate_file: certificate_file(directory, &device.id),
            key_file: key_file(directory, &device.id),
        },
        Login::Basic { client_id, user_name, password } => LoginLine::Basic {
            client_id: client_id.as_deref(),
            user_name: user_name.as_deref(),
            password: password.as_ref().map(to_terminal),
        },
        Login::Provision { key, secret } => {
            LoginLine::Provision { provision_key: to_terminal(key), provision_secret: to_terminal(secret) }
        }
        Login::EndpointToken { app_version, endpoint_id, token } => {
            LoginLine::EndpointToken { app_version, endpoint_id, endpoint_token: to_terminal(token) }
        }
    }
}

/// Writes what clients want as files: the CA, and the certificates and keys of devices.
pub fn write_files(sandbox: &Sandbox, directory: &Path) -> io::Result<()> {
    std::fs::write(directory.join("ca.pem"), sandbox.ca_pem())?;
    for device in sandbox.devices() {
        if let Login::X509 { chain_pem, key_pem, .. } = &device.login {
            std::fs::write(certificate_file(directory, &device.id), chain_pem)?;
            std::fs::write(key_file(directory, &device.id), to_terminal(key_pem))?;
        }
    }
    Ok(())
}

fn certificate_file(directory: &Path, id: &str) -> PathBuf {
    directory.join(format!("{id}.pem"))
}

fn key_file(directory: &Path, id: &str) -> PathBuf {
    directory.join(format!("{id}.key"))
}
