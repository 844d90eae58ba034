//! The embedded hub in the workspace: started and stopped here, its devices put into the tree.

use crate::Engine;
use crate::changes::{Area, Changes};
use crate::secrets::{SecretKind, row};
use hubscope_model::{
    DeviceId, Hub, HubId, HubKind, Result, SandboxDevice, SandboxState, SessionOptions, Subscription, SubscriptionId,
};
use hubscope_sandbox::{DEVICES, Options, Sandbox};
use hubscope_store::{DeviceRecord, HubRecord, StoredCredential};
use hubscope_vault::Secret;
use parking_lot::Mutex;
use zeroize::Zeroizing;

/// The sandbox of this engine, if it runs, and what pages are told of it.
pub struct SandboxHub {
    running: tokio::sync::Mutex<Option<Sandbox>>,
    state: Mutex<SandboxState>,
}

impl Default for SandboxHub {
    fn default() -> Self {
        Self { running: tokio::sync::Mutex::new(None), state: Mutex::new(SandboxState::Stopped) }
    }
}

impl SandboxHub {
    fn set(&self, state: SandboxState, changes: &Changes) {
        *self.state.lock() = state;
        changes.bump(Area::Sandbox);
    }

    pub async fn is_running(&self) -> bool {
        self.running.lock().await.is_some()
    }

    pub async fn stop(&self, changes: &Changes) {
        if let Some(sandbox) = self.running.lock().await.take() {
            sandbox.stop().await;
            self.set(SandboxState::Stopped, changes);
        }
    }
}

impl Engine {
    pub(crate) async fn sandbox_model(&self) -> Result<hubscope_model::Sandbox> {
        let state = self.sandbox.state.lock().clone();
        // Pages ask before there is a workspace too; then the devices are only not in the tree.
        let hub = match self.workspace.store() {
            Ok(store) => store.hubs().await?.into_iter().find(|record| record.hub.kind == HubKind::Sandbox),
            Err(_) => None,
        };
        let known = match &hub {
            Some(record) => self.sandbox_devices(record.hub.id).await?,
            None => Vec::new(),
        };
        let devices = DEVICES.iter().map(|device| SandboxDevice {
            id: device.id.to_owned(),
            faulty: device.faulty,
            device: known.iter().find(|record| record.name == device.id).map(|record| record.id),
        });
        Ok(hubscope_model::Sandbox { state, hub: hub.map(|record| record.hub.id), devices: devices.collect() })
    }

    pub(crate) async fn start_sandbox(&self) -> Result<hubscope_model::Sandbox> {
        let mut running = self.sandbox.running.lock().await;
        if running.is_none() {
            self.sandbox.set(SandboxState::Starting, &self.changes);
            match self.launch().await {
                Ok(sandbox) => {
                    let state =
                        SandboxState::Running { mqtt: sandbox.mqtt().to_string(), mqtts: sandbox.mqtts().to_string() };
                    *running = Some(sandbox);
                    self.sandbox.set(state, &self.changes);
                }
                Err(error) => {
                    self.sandbox.set(SandboxState::Failed { error: error.clone() }, &self.changes);
                    return Err(error);
                }
            }
        }
        drop(running);
        self.sandbox_model().await
    }

    /// Starts the hub and enters it: every start has new ports, tokens and a new CA.
    async fn launch(&self) -> Result<Sandbox> {
        let sandbox = Sandbox::start(Options::default()).await?;
        match self.enter_sandbox(&sandbox).await {
            Ok(()) => Ok(sandbox),
            Err(error) => {
                sandbox.stop().await;
                Err(error)
            }
        }
    }

    async fn enter_sandbox(&self, sandbox: &Sandbox) -> Result<()> {
        let store = self.workspace.store()?;
        let old = store.hubs().await?.into_iter().find(|record| record.hub.kind == HubKind::Sandbox);
        let address = sandbox.mqtt();
        let hub = Hub {
            id: old.as_ref().map_or_else(HubId::new, |record| record.hub.id),
            kind: HubKind::Sandbox,
            name: old.map_or_else(|| "Sandbox".to_owned(), |record| record.hub.name),
            host: address.ip().to_string(),
            port: address.port(),
            tls: false,
            ca: None,
        };
        store.save_hub(&HubRecord { hub: hub.clone(), ca_pem: None }).await?;
        let known = self.sandbox_devices(hub.id).await?;
        for simulated in sandbox.devices() {
            let device = match known.iter().find(|record| record.name == simulated.id) {
                Some(record) => record.id,
                None => self.add_sandbox_device(hub.id, &simulated.id).await?,
            };
            let token = Secret::new(Zeroizing::new(simulated.token.clone()));
            self.workspace.set_secret(&row(device, SecretKind::Token), token).await?;
        }
        self.changes.bump(Area::Tree);
        Ok(())
    }

    async fn add_sandbox_device(&self, hub: HubId, name: &str) -> Result<DeviceId> {
        let store = self.workspace.store()?;
        let record = DeviceRecord {
            id: DeviceId::new(),
            hub,
            name: name.to_owned(),
            // Not the simulated device's own client id: the broker would throw one of the two out.
            client_id: hubscope_hubs::generate_client_id(),
            credential: StoredCredential::AccessToken,
            options: SessionOptions::default(),
        };
        store.save_device(&record).await?;
        let subscription = Subscription {
            id: SubscriptionId::new(),
            device: record.id,
            filter: format!("devices/{name}/#"),
            qos: 1,
            colour: 1,
            alias: None,
            enabled: true,
        };
        store.save_subscription(&subscription).await?;
        Ok(record.id)
    }

    async fn sandbox_devices(&self, hub: HubId) -> Result<Vec<DeviceRecord>> {
        let devices = self.workspace.store()?.devices().await?;
        Ok(devices.into_iter().filter(|record| record.hub == hub).collect())
    }

    pub(crate) async fn stop_sandbox(&self) -> Result<hubscope_model::Sandbox> {
        let model = self.sandbox_model().await?;
        for device in model.devices.iter().filter_map(|device| device.device) {
            self.sessions.close(device).await;
        }
        self.sandbox.stop(&self.changes).await;
        self.sandbox_model().await
    }
}
