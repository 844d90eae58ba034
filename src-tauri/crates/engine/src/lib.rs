//! The application without a face: implements the command table, owns sessions, views and jobs.
//!
//! A shell starts one [`Engine`], attaches a [`Face`] for each window or socket, and passes calls to
//! [`hubscope_model::dispatch`]. Everything a client opened ends when the shell detaches it.

mod account;
mod arrange;
mod broker_tests;
mod changes;
mod cleared;
mod clients;
mod commands;
mod composing;
mod connect_once;
mod credentials;
mod devices;
mod diagnoses;
mod duplicate;
mod files;
mod jobs;
mod key_logs;
mod lanes;
mod live;
mod moment;
mod options;
mod paste;
mod presets;
mod sandbox;
mod sas;
mod secrets;
mod sessions;
mod settings;
#[cfg(test)]
mod tests;
mod ticker;
mod tokens;
mod transfer;
mod tree;
mod trust;
mod undo;
mod vault;
mod views;
mod windows;
mod workspace;

pub use clients::Face;
pub use options::{EngineOptions, VaultChoice};
pub use windows::NewWindow;

use broker_tests::BrokerTests;
use changes::Changes;
use clients::Clients;
use diagnoses::Diagnoses;
use hubscope_hubs::ProxyVariables;
use hubscope_model::{ClientId, DeviceId};
use hubscope_monitor::{Limits, Monitor};
use key_logs::KeyLogs;
use lanes::Lanes;
use sandbox::SandboxHub;
use sessions::Sessions;
use std::collections::HashMap;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use workspace::Workspace;

/// The running application. Cheap to share; ends with [`Engine::stop`].
pub struct Engine {
    monitor: Monitor,
    workspace: Workspace,
    sessions: Sessions,
    lanes: Arc<Lanes>,
    key_logs: KeyLogs,
    broker_tests: BrokerTests,
    diagnoses: Diagnoses,
    sandbox: SandboxHub,
    clients: Arc<Clients>,
    changes: Arc<Changes>,
    /// Bounds of the log where the settings choose none.
    limits: Limits,
    undo: undo::Undo,
    cleared: cleared::Cleared,
    /// Port at which hubs are asked for their time.
    https_port: u16,
    proxies: ProxyVariables,
    /// When each endpoint token was read from its hub last, Unix seconds; at most one a device.
    token_reads: parking_lot::Mutex<HashMap<DeviceId, i64>>,
    /// Held while subscriptions are changed and the live session is told: in one order for both.
    subscribing: tokio::sync::Mutex<()>,
    tasks: TaskTracker,
    stop: CancellationToken,
}

impl Engine {
    /// Opens the workspace and starts the ticker. Never fails: what is wrong with the workspace or the vault is a
    /// state that every page shows.
    pub async fn start(options: EngineOptions) -> Arc<Self> {
        hubscope_pki::install_crypto_provider();
        let changes = Arc::new(Changes::default());
        let tasks = TaskTracker::new();
        let monitor = Monitor::new(options.limits);
        let lanes = Arc::<Lanes>::default();
        let limits = options.limits;
        let workspace = Workspace::open(options.home, options.vault, changes.clone(), &tasks).await;
        let engine = Arc::new(Self {
            sessions: Sessions::new(monitor.clone(), changes.clone(), lanes.clone()),
            lanes,
            key_logs: KeyLogs::default(),
            broker_tests: BrokerTests::default(),
            diagnoses: Diagnoses::default(),
            monitor,
            workspace,
            sandbox: SandboxHub::default(),
            clients: Arc::default(),
            changes,
            limits,
            undo: Default::default(),
            cleared: Default::default(),
            https_port: options.https_port,
            proxies: options.proxies,
            token_reads: Default::default(),
            subscribing: tokio::sync::Mutex::default(),
            tasks,
            stop: CancellationToken::new(),
        });
        if let Ok(settings) = engine.workspace.settings().await {
            engine.monitor.set_limits(engine.limits_of(&settings));
        }
        engine.tasks.spawn(ticker::run(
            engine.monitor.clone(),
            engine.clients.clone(),
            engine.sessions.clone(),
            engine.changes.clone(),
            engine.stop.clone(),
        ));
        engine.tasks.spawn(tokens::watch::run(Arc::downgrade(&engine), engine.stop.clone()));
        engine.tasks.spawn(vault::lock_when_idle(Arc::downgrade(&engine), engine.stop.clone()));
        engine
    }

    /// Adds a client. Its views, jobs and files end with [`Engine::detach`].
    pub fn attach(&self, face: Arc<dyn Face>) -> ClientId {
        self.clients.add(face)
    }

    /// Ends a client and all it owns.
    pub fn detach(&self, client: ClientId) {
        self.leave_lanes(client);
        if let Some(views) = self.clients.remove(client) {
            views.into_iter().for_each(|view| self.monitor.close_view(view));
        }
    }

    /// Closes every session politely, stops the sandbox, ends all tasks, closes the database.
    pub async fn stop(&self) {
        self.stop.cancel();
        self.clients.cancel_all_jobs();
        self.sessions.close_all().await;
        self.sandbox.stop(&self.changes).await;
        self.tasks.close();
        self.tasks.wait().await;
        self.workspace.close().await;
    }
}

/// Now, as Unix microseconds.
fn now() -> i64 {
    let since_epoch = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_epoch.as_micros()).unwrap_or(i64::MAX)
}
