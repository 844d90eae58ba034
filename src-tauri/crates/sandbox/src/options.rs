//! How a sandbox is started.

use crate::faults::Fault;
use crate::limits::Limits;
use hubscope_model::Personality;

/// Which hub to play and where to listen; a port of None lets the system choose. Always 127.0.0.1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    pub personality: Personality,
    /// Azure has no such port: there nothing listens, given or not.
    pub mqtt_port: Option<u16>,
    pub mqtts_port: Option<u16>,
    /// WebSocket; only the broker has it.
    pub ws_port: Option<u16>,
    /// WebSocket over TLS; broker and Azure have it.
    pub wss_port: Option<u16>,
    /// Kaa's REST API; the others have none yet.
    pub http_port: Option<u16>,
}

/// How a sandbox behaves; the default is what users get.
#[derive(Clone, Debug, Default)]
pub struct Behaviour {
    pub limits: Limits,
    /// Makes the simulated devices (not the secrets) repeat themselves from run to run.
    pub seed: Option<u64>,
    /// Leaves simulated devices and services off: a hub with its identities and no traffic of its own.
    pub quiet: bool,
    /// Kaa: the tenant asks every client for its credentials, MQTT basic or a registered certificate.
    pub client_credentials: bool,
    /// Broker: clients without user name and password are let in too.
    pub anonymous: bool,
    /// A CA (PEM) whose devices are let in by their certificates. Broker: without another login. Azure: as if each was
    /// registered "X.509 CA signed". ThingsBoard: as by a device profile that makes devices of certificate chains.
    pub client_ca: Option<String>,
    /// Certificates (PEM) of devices that are registered under their common names. Azure: by thumbprint. ThingsBoard:
    /// as X.509 credentials.
    pub client_certificates: Vec<String>,
    /// What it does wrong from the beginning; more can follow by [`crate::Sandbox::faults`].
    pub faults: Vec<Fault>,
}
