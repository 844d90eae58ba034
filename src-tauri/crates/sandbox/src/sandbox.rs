//! The hub as a whole: start, what to know of it, stop.

use crate::arrivals::{Arrivals, Watch};
use crate::broker::{Broker, Reach};
use crate::cast::{self, Cast};
use crate::connection::Context;
use crate::counters::Counters;
use crate::doors::{self, Addresses, Doors};
use crate::faults::Faults;
use crate::listener::Door;
use crate::login::{ClientCredentials, Policy, Rest, SimulatedDevice};
use crate::message::{Message, Qos};
use crate::options::{Behaviour, Options};
use crate::personality::kaa::{self, Kaa};
use crate::{devices, listener, services};
use hubscope_model::{Code, Error, Personality, Result};
use hubscope_pki::{Authority, ServerIdentity};
use hubscope_vault::Secret;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// A running sandbox hub. Dropping it ends it, in the background; [`Sandbox::stop`] waits.
pub struct Sandbox {
    personality: Personality,
    addresses: Addresses,
    ca_pem: String,
    devices: Vec<SimulatedDevice>,
    rest: Option<Rest>,
    clients: Option<ClientCredentials>,
    policy: Option<Policy>,
    broker: Arc<Broker>,
    arrivals: Arrivals,
    faults: Faults,
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Sandbox {
    /// Starts a hub with fresh secrets and a fresh certificate authority. Must be called within a tokio runtime.
    ///
    /// Errors: `PortInUse` for a given port that is taken, `SandboxFailed` for the rest.
    pub async fn start(options: Options) -> Result<Self> {
        Self::start_with(options, Behaviour::default()).await
    }

    /// [`Sandbox::start`] with other limits, a seed, or without traffic of its own.
    pub async fn start_with(options: Options, behaviour: Behaviour) -> Result<Self> {
        let personality = options.personality;
        let doors = Doors::open(options).await?;
        let addresses = doors.addresses()?;
        let authority = Authority::new("Hubscope sandbox")?;
        let limits = behaviour.limits.clone().of(personality);
        let broker = Arc::new(Broker::new(limits.clone()));
        let cast = cast::gather(personality, &behaviour, &broker, &authority)?;
        let server = authority.issue_server(&["localhost", "127.0.0.1"])?;
        let sandbox = Self {
            personality,
            addresses,
            ca_pem: authority.pem().to_owned(),
            devices: cast.devices.clone(),
            rest: rest(addresses, cast.kaa.as_deref()),
            clients: cast.clients.clone(),
            policy: cast.policy.clone(),
            broker,
            arrivals: Arrivals::default(),
            faults: Faults::default(),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
        };
        for fault in behaviour.faults {
            sandbox.faults.inject(fault).ok_or_else(too_many_faults)?;
        }
        let (broker, stop) = (sandbox.broker.clone(), sandbox.stop.clone());
        sandbox.tasks.spawn(async move { stop.run_until_cancelled(broker.keep_time()).await });
        if !behaviour.quiet {
            devices::spawn(personality, &sandbox.broker, behaviour.seed, &sandbox.tasks, &sandbox.stop);
            services::spawn(personality, &cast, &sandbox.broker, &sandbox.tasks, &sandbox.stop);
        }
        let context = Context {
            broker: sandbox.broker.clone(),
            hub: cast.hub.clone(),
            arrivals: sandbox.arrivals.clone(),
            limits,
            faults: sandbox.faults.clone(),
            stop: sandbox.stop.clone(),
        };
        sandbox.serve(doors, &server, Arc::new(context), cast)?;
        Ok(sandbox)
    }

    /// Begins to accept at every door.
    fn serve(&self, doors: Doors, server: &ServerIdentity, context: Arc<Context>, cast: Cast) -> Result<()> {
        let tls = match self.personality {
            Personality::Broker if !cast.asks_clients => server.server_config()?,
            // The real hubs ask for a client certificate and take clients that have none.
            _ => server.server_config_asking_clients()?,
        };
        let sockets = Arc::new(Semaphore::new(context.limits.clients + context.limits.waiting));
        let (tls, path) = (Some(TlsAcceptor::from(tls)), doors::path(self.personality));
        let open = [
            (doors.plain, Door { tls: None, path: None }),
            (Some(doors.secure), Door { tls: tls.clone(), path: None }),
            (doors.web, Door { tls: None, path }),
            (doors.secure_web, Door { tls, path }),
        ];
        for (listener, door) in open.into_iter().filter_map(|(listener, door)| Some((listener?, door))) {
            let accept = listener::accept(listener, door, context.clone(), sockets.clone(), self.tasks.clone());
            self.tasks.spawn(accept);
        }
        if let (Some(listener), Some(kaa)) = (doors.http, cast.kaa) {
            self.tasks.spawn(kaa::serve(listener, kaa, self.stop.clone()));
        }
        Ok(())
    }

    pub fn personality(&self) -> Personality {
        self.personality
    }

    /// The plain listener; Azure has none.
    pub fn mqtt(&self) -> Option<SocketAddr> {
        self.addresses.plain
    }

    /// The TLS listener. Its certificate is for `localhost` and `127.0.0.1`.
    pub fn mqtts(&self) -> SocketAddr {
        self.addresses.secure
    }

    /// The URL of MQTT over WebSocket; only the broker has one without TLS.
    pub fn ws(&self) -> Option<String> {
        Some(format!("ws://{}{}", self.addresses.web?, doors::path(self.personality)?))
    }

    /// The URL of MQTT over WebSocket with TLS; ThingsBoard and Kaa have none.
    pub fn wss(&self) -> Option<String> {
        Some(format!("wss://{}{}", self.addresses.secure_web?, doors::path(self.personality)?))
    }

    /// What the hub does wrong on purpose, to be changed at any time.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// The root certificate to trust, PEM. New at every start.
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// The devices with their logins of this run, in the order of [`crate::known_devices`].
    pub fn devices(&self) -> &[SimulatedDevice] {
        &self.devices
    }

    /// Kaa: the API by which an endpoint token's state is read and changed.
    pub fn rest(&self) -> Option<&Rest> {
        self.rest.as_ref()
    }

    /// Kaa: what every client must present, if [`Behaviour::client_credentials`] says so.
    pub fn client_credentials(&self) -> Option<&ClientCredentials> {
        self.clients.as_ref()
    }

    /// Azure: the shared access policy that opens the whole hub.
    pub fn policy(&self) -> Option<&Policy> {
        self.policy.as_ref()
    }

    /// What the hub counted since its start.
    pub fn counters(&self) -> Counters {
        self.broker.counters()
    }

    /// Watches what clients send from now on, as the services behind a hub would.
    pub fn watch(&self) -> Watch {
        self.arrivals.watch()
    }

    /// Sends a QoS 1 message as the services behind a hub would: to the sessions that speak for a device and
    /// subscribed to the topic, also to those that are kept for a client that is away. Says to how many.
    pub fn send(&self, device: &str, topic: &str, payload: impl Into<Vec<u8>>) -> usize {
        self.broker.send(device, Message::new(topic, payload, Qos::AtLeastOnce, false), Reach::All)
    }

    /// Ends listeners, clients (MQTT 5 clients are told 0x8B) and simulated devices; returns when all are gone,
    /// which takes at most [`crate::Limits::farewell`].
    pub async fn stop(self) {
        let tasks = self.tasks.clone();
        drop(self);
        tasks.close();
        tasks.wait().await;
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sandbox = f.debug_struct("Sandbox");
        sandbox.field("personality", &self.personality).field("addresses", &self.addresses);
        sandbox.finish_non_exhaustive()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

fn rest(addresses: Addresses, kaa: Option<&Kaa>) -> Option<Rest> {
    let base_url = format!("http://{}", addresses.http?);
    Some(Rest { base_url, header: kaa::HEADER, api_key: Secret::new(kaa?.api_key.clone()) })
}

fn too_many_faults() -> Error {
    Error::new(Code::SandboxFailed, "The sandbox takes 64 faults at a time.").hint("Leave some out.")
}
