//! The embedded hub in the workspace: started and stopped here, its devices put into the tree.

mod entry;

use crate::Engine;
use crate::changes::{Area, Changes};
use hubscope_model::{Code, DeviceId, Error, HubId, Personality, Result, SandboxDevice, SandboxState};
use hubscope_sandbox::{Options, Sandbox, known_devices};
use hubscope_store::DeviceRecord;
use parking_lot::Mutex;
use uuid::Uuid;

/// Each personality is one hub in every workspace, whatever the user calls it.
fn hub_id(personality: Personality) -> HubId {
    let name: &[u8] = match personality {
        Personality::Broker => b"hubscope sandbox",
        Personality::Azure => b"hubscope sandbox azure",
        Personality::ThingsBoard => b"hubscope sandbox thingsboard",
        Personality::Kaa => b"hubscope sandbox kaa",
    };
    HubId(Uuid::new_v5(&Uuid::NAMESPACE_OID, name))
}

/// A simulated device's place in the workspace, whatever the user calls it.
fn device_id(personality: Personality, simulated: &str) -> DeviceId {
    DeviceId(Uuid::new_v5(&hub_id(personality).0, simulated.as_bytes()))
}

/// The sandbox of this engine, if it runs, and what pages are told of it.
pub struct SandboxHub {
    running: tokio::sync::Mutex<Option<Sandbox>>,
    told: Mutex<(SandboxState, Personality)>,
}

impl Default for SandboxHub {
    fn default() -> Self {
        let told = Mutex::new((SandboxState::Stopped, Personality::default()));
        Self { running: tokio::sync::Mutex::new(None), told }
    }
}

impl SandboxHub {
    fn set(&self, state: SandboxState, changes: &Changes) {
        self.told.lock().0 = state;
        changes.bump(Area::Sandbox);
    }

    /// Whether it runs and is this hub.
    pub async fn plays(&self, hub: HubId) -> bool {
        self.running.lock().await.as_ref().is_some_and(|sandbox| hub_id(sandbox.personality()) == hub)
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
        let (state, personality) = self.sandbox.told.lock().clone();
        // Pages ask before there is a workspace too; then the devices are only not in the tree.
        let (hub, known) = match self.workspace.store() {
            Ok(store) => {
                let hubs = store.hubs().await?;
                let hub = hubs.into_iter().map(|record| record.hub.id).find(|id| *id == hub_id(personality));
                (hub, self.sandbox_devices(personality).await?)
            }
            Err(_) => (None, Vec::new()),
        };
        let devices = known_devices(personality).iter().map(|device| SandboxDevice {
            id: device.id.to_owned(),
            faulty: device.faulty,
            device: known.iter().map(|record| record.id).find(|id| *id == device_id(personality, device.id)),
        });
        Ok(hubscope_model::Sandbox { state, personality, hub, devices: devices.collect() })
    }

    /// Starts the hub, or makes the one that runs change its personality.
    pub(crate) async fn start_sandbox(&self, personality: Personality) -> Result<hubscope_model::Sandbox> {
        let mut running = self.sandbox.running.lock().await;
        // Whoever stops the engine comes for the sandbox next, and through this lock.
        if self.stop.is_cancelled() {
            return Err(Error::new(Code::Cancelled, "Hubscope is closing and starts nothing more."));
        }
        if let Some(sandbox) = running.take() {
            if sandbox.personality() == personality {
                // Its hub may have been deleted meanwhile.
                let entered = self.enter_sandbox(&sandbox).await;
                *running = Some(sandbox);
                entered?;
            } else {
                let devices = self.sandbox_devices(sandbox.personality()).await?;
                self.sessions.close_many(devices.iter().map(|record| record.id)).await;
                sandbox.stop().await;
            }
        }
        if running.is_none() {
            self.sandbox.told.lock().1 = personality;
            self.sandbox.set(SandboxState::Starting, &self.changes);
            match self.launch(personality).await {
                Ok(sandbox) => {
                    let mqtt = sandbox.mqtt().map(|address| address.to_string());
                    let state = SandboxState::Running { mqtt, mqtts: sandbox.mqtts().to_string() };
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

    /// Starts the hub and enters it: every start has new ports, secrets and a new CA.
    async fn launch(&self, personality: Personality) -> Result<Sandbox> {
        let sandbox = Sandbox::start(Options { personality, ..Options::default() }).await?;
        match self.enter_sandbox(&sandbox).await {
            Ok(()) => Ok(sandbox),
            Err(error) => {
                sandbox.stop().await;
                Err(error)
            }
        }
    }

    /// All devices of the sandbox hub, the user's own too.
    async fn sandbox_devices(&self, personality: Personality) -> Result<Vec<DeviceRecord>> {
        let devices = self.workspace.store()?.devices().await?;
        Ok(devices.into_iter().filter(|record| record.hub == hub_id(personality)).collect())
    }

    pub(crate) async fn stop_sandbox(&self) -> Result<hubscope_model::Sandbox> {
        let personality = self.sandbox.told.lock().1;
        let devices = self.sandbox_devices(personality).await?;
        self.sessions.close_many(devices.iter().map(|record| record.id)).await;
        self.sandbox.stop(&self.changes).await;
        self.sandbox_model().await
    }
}
