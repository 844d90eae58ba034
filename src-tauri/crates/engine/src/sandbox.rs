//! The embedded hub in the workspace: started and stopped here, its devices put into the tree.

use crate::Engine;
use crate::changes::{Area, Changes};
use crate::secrets::{SecretKind, row};
use hubscope_model::{
    DeviceId, Hub, HubId, HubKind, Result, SandboxDevice, SandboxState, SessionOptions, Subscription, SubscriptionId,
};
use hubscope_sandbox::{DEVICES, Options, Sandbox};
use hubscope_store::{DeviceRecord, HubRecord, StoreError, StoredCredential};
use hubscope_vault::Secret;
use parking_lot::Mutex;
use uuid::Uuid;
use zeroize::Zeroizing;

/// The sandbox is one hub in every workspace, whatever the user calls it.
fn hub_id() -> HubId {
    HubId(Uuid::new_v5(&Uuid::NAMESPACE_OID, b"hubscope sandbox"))
}

/// A simulated device's place in the workspace, whatever the user calls it.
fn device_id(simulated: &str) -> DeviceId {
    DeviceId(Uuid::new_v5(&hub_id().0, simulated.as_bytes()))
}

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
        let (hub, known) = match self.workspace.store() {
            Ok(store) => (store.hubs().await?.into_iter().find(is_sandbox), self.sandbox_devices().await?),
            Err(_) => (None, Vec::new()),
        };
        let devices = DEVICES.iter().map(|device| SandboxDevice {
            id: device.id.to_owned(),
            faulty: device.faulty,
            device: known.iter().map(|record| record.id).find(|id| *id == device_id(device.id)),
        });
        Ok(hubscope_model::Sandbox { state, hub: hub.map(|record| record.hub.id), devices: devices.collect() })
    }

    pub(crate) async fn start_sandbox(&self) -> Result<hubscope_model::Sandbox> {
        let mut running = self.sandbox.running.lock().await;
        if let Some(sandbox) = running.as_ref() {
            // Its hub may have been deleted meanwhile.
            self.enter_sandbox(sandbox).await?;
        } else {
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

    /// Puts hub and devices into the tree, deleted ones too, with the address and tokens of this start.
    async fn enter_sandbox(&self, sandbox: &Sandbox) -> Result<()> {
        let store = self.workspace.store()?;
        // The first start has nothing to restore.
        if let Err(error) = store.restore_hub(hub_id()).await
            && !matches!(error, StoreError::NotFound(_))
        {
            return Err(error.into());
        }
        let old = store.hubs().await?.into_iter().find(is_sandbox);
        let address = sandbox.mqtt();
        let hub = Hub {
            id: hub_id(),
            kind: HubKind::Sandbox,
            name: old.map_or_else(|| "Sandbox".to_owned(), |record| record.hub.name),
            host: address.ip().to_string(),
            port: address.port(),
            tls: false,
            ca: None,
        };
        store.save_hub(&HubRecord { hub, ca_pem: None }).await?;
        for simulated in sandbox.devices() {
            let device = device_id(&simulated.id);
            match store.restore_device(device).await {
                Ok(()) => {}
                Err(StoreError::NotFound(_)) => self.add_sandbox_device(device, &simulated.id).await?,
                Err(error) => return Err(error.into()),
            }
            let token = Secret::new(Zeroizing::new(simulated.token.clone()));
            self.workspace.set_secret(&row(device, SecretKind::Token), token).await?;
        }
        self.changes.bump(Area::Tree);
        Ok(())
    }

    async fn add_sandbox_device(&self, id: DeviceId, name: &str) -> Result<()> {
        let store = self.workspace.store()?;
        let record = DeviceRecord {
            id,
            hub: hub_id(),
            name: name.to_owned(),
            // Not the simulated device's own client id: the broker would throw one of the two out.
            client_id: hubscope_hubs::generate_client_id(),
            credential: StoredCredential::AccessToken,
            options: SessionOptions::default(),
        };
        store.save_device(&record).await?;
        let subscription = Subscription {
            id: SubscriptionId::new(),
            device: id,
            filter: format!("devices/{name}/#"),
            qos: 1,
            colour: 1,
            alias: None,
            enabled: true,
        };
        store.save_subscription(&subscription).await?;
        Ok(())
    }

    /// All devices of the sandbox hub, the user's own too.
    async fn sandbox_devices(&self) -> Result<Vec<DeviceRecord>> {
        let devices = self.workspace.store()?.devices().await?;
        Ok(devices.into_iter().filter(|record| record.hub == hub_id()).collect())
    }

    pub(crate) async fn stop_sandbox(&self) -> Result<hubscope_model::Sandbox> {
        let devices = self.sandbox_devices().await?;
        self.sessions.close_many(devices.iter().map(|record| record.id)).await;
        self.sandbox.stop(&self.changes).await;
        self.sandbox_model().await
    }
}

fn is_sandbox(record: &HubRecord) -> bool {
    record.hub.id == hub_id()
}
