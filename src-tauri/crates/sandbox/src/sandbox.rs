//! The hub as a whole: start, what to know of it, stop.

use crate::auth::{self, Directory};
use crate::broker::Broker;
use crate::connection::Context;
use crate::counters::Counters;
use crate::devices::{self, DEVICES};
use crate::limits::Limits;
use crate::listener;
use hubscope_model::{Code, Error, Result};
use hubscope_pki::Authority;
use rand::SeedableRng;
use rand::rngs::StdRng;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Where to listen; None lets the system choose. Always 127.0.0.1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    pub mqtt_port: Option<u16>,
    pub mqtts_port: Option<u16>,
}

/// How a sandbox behaves; the default is what users get.
#[derive(Clone, Debug, Default)]
pub struct Behaviour {
    pub limits: Limits,
    /// Makes the simulated devices (not the tokens) repeat themselves from run to run.
    pub seed: Option<u64>,
    /// Leaves the simulated devices off: a hub with five identities and no traffic of its own.
    pub quiet: bool,
}

/// A device of the sandbox and its credential for this run.
#[derive(Clone, PartialEq, Eq)]
pub struct SimulatedDevice {
    pub id: String,
    /// As user name without password, or as password with `id` as user name.
    pub token: String,
    /// It misbehaves on purpose.
    pub faulty: bool,
}

impl fmt::Debug for SimulatedDevice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SimulatedDevice").field("id", &self.id).field("faulty", &self.faulty).finish_non_exhaustive()
    }
}

/// A running sandbox hub. Dropping it ends it, in the background; [`Sandbox::stop`] waits.
pub struct Sandbox {
    mqtt: SocketAddr,
    mqtts: SocketAddr,
    ca_pem: String,
    devices: Vec<SimulatedDevice>,
    broker: Arc<Broker>,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Sandbox {
    /// Starts a hub with fresh tokens and a fresh certificate authority. Must be called within a tokio runtime.
    ///
    /// Errors: `PortInUse` for a given port that is taken, `SandboxFailed` for the rest.
    pub async fn start(options: Options) -> Result<Self> {
        Self::start_with(options, Behaviour::default()).await
    }

    /// [`Sandbox::start`] with other limits, a seed, or without traffic of its own.
    pub async fn start_with(options: Options, behaviour: Behaviour) -> Result<Self> {
        let plain = listener::bind(options.mqtt_port).await?;
        let secure = listener::bind(options.mqtts_port).await?;
        let authority = Authority::new("Hubscope sandbox")?;
        let tls = authority.issue_server(&["localhost", "127.0.0.1"])?.server_config()?;
        let devices = new_devices();
        let logins = devices.iter().map(|device| (device.id.clone(), device.token.clone()));
        let sandbox = Self {
            mqtt: address(&plain)?,
            mqtts: address(&secure)?,
            ca_pem: authority.pem().to_owned(),
            broker: Arc::new(Broker::new(behaviour.limits.clone())),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
            devices: devices.clone(),
        };
        let context = Arc::new(Context {
            broker: sandbox.broker.clone(),
            directory: Directory::new(logins),
            limits: behaviour.limits,
            stop: sandbox.stop.clone(),
        });
        let sockets = Arc::new(Semaphore::new(context.limits.clients + context.limits.waiting));
        for (listener, tls) in [(plain, None), (secure, Some(TlsAcceptor::from(tls)))] {
            let accept = listener::accept(listener, tls, context.clone(), sockets.clone(), sandbox.tasks.clone());
            sandbox.tasks.spawn(accept);
        }
        if !behaviour.quiet {
            devices::spawn(&sandbox.broker, behaviour.seed, &sandbox.tasks, &sandbox.stop);
        }
        Ok(sandbox)
    }

    /// The plain listener.
    pub fn mqtt(&self) -> SocketAddr {
        self.mqtt
    }

    /// The TLS listener. Its certificate is for `localhost` and `127.0.0.1`.
    pub fn mqtts(&self) -> SocketAddr {
        self.mqtts
    }

    /// The root certificate to trust, PEM. New at every start.
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// The devices with their tokens of this run, in the order of [`DEVICES`].
    pub fn devices(&self) -> &[SimulatedDevice] {
        &self.devices
    }

    /// What the hub counted since its start.
    pub fn counters(&self) -> Counters {
        self.broker.counters()
    }

    /// Ends listeners, clients (MQTT 5 clients are told 0x8B) and simulated devices; returns when all are gone,
    /// which takes at most [`Limits::farewell`].
    pub async fn stop(self) {
        let tasks = self.tasks.clone();
        drop(self);
        tasks.close();
        tasks.wait().await;
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("mqtt", &self.mqtt).field("mqtts", &self.mqtts).finish_non_exhaustive()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

fn new_devices() -> Vec<SimulatedDevice> {
    let mut random = StdRng::from_os_rng();
    let device = |known: &devices::KnownDevice| SimulatedDevice {
        id: known.id.to_owned(),
        token: auth::new_token(&mut random),
        faulty: known.faulty,
    };
    DEVICES.iter().map(device).collect()
}

fn address(listener: &tokio::net::TcpListener) -> Result<SocketAddr> {
    listener.local_addr().map_err(|error| {
        Error::new(Code::SandboxFailed, "The sandbox cannot tell its own address.").detail(error.to_string())
    })
}
