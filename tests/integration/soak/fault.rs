//! What goes wrong.

use crate::world::World;
use hubscope_tests::cable::Cable;
use rand::Rng;
use rand::rngs::StdRng;
use serde_json::json;
use std::time::Duration;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// SIGKILL, and a new broker at the same port that knows nothing.
    BrokerKilled,
    /// SIGSTOP: connections stand, and nothing answers.
    BrokerFrozen,
    CableCut,
    CableHeld,
    /// Not a byte is left for the workspace.
    DiskFull,
    ClockForward,
    ClockBack,
    SandboxRestarted,
    /// The page's socket goes, and a new page comes.
    PageReloaded,
    /// The user disconnects a device and connects it again.
    Reconnected,
}

impl Fault {
    /// Those that this machine lets us do.
    pub fn all(world: &World) -> Vec<Self> {
        let mut all = vec![
            Self::BrokerKilled,
            Self::BrokerFrozen,
            Self::CableCut,
            Self::CableHeld,
            Self::ClockForward,
            Self::ClockBack,
            Self::SandboxRestarted,
            Self::PageReloaded,
            Self::Reconnected,
        ];
        if world.process.has_disk() {
            all.push(Self::DiskFull);
        } else {
            println!("left out, since this user may not mount a disk: {:?}", Self::DiskFull);
        }
        all
    }

    /// Lets it happen, for one to four units, while messages go on; and mends it.
    pub async fn strike(self, world: &mut World, dice: &mut StdRng, unit: Duration) {
        let time = unit.mul_f64(dice.random_range(1.0..4.0));
        world.note(self);
        match self {
            Self::BrokerKilled => {
                world.broker.kill().unwrap();
                world.talk(time).await;
                world.broker.resume().unwrap();
            }
            Self::BrokerFrozen => {
                world.broker.signal("STOP").unwrap();
                world.talk(time).await;
                world.broker.signal("CONT").unwrap();
            }
            Self::CableCut => pull(world, Cable::Cut, time).await,
            Self::CableHeld => pull(world, Cable::Held, time).await,
            Self::DiskFull => fill(world, time).await,
            Self::ClockForward => world.process.jump(dice.random_range(60..36_000)).unwrap(),
            Self::ClockBack => world.process.jump(-dice.random_range(60..36_000)).unwrap(),
            Self::SandboxRestarted => {
                world.call("sandbox.stop", json!({})).await;
                world.talk(time).await;
                world.start_sandbox().await;
            }
            Self::PageReloaded => world.reload().await,
            Self::Reconnected => {
                let device = world.devices[dice.random_range(0..world.devices.len())].clone();
                world.call("session.disconnect", json!({ "device": device })).await;
                world.talk(time).await;
                world.call("session.connect", json!({ "device": device })).await;
            }
        }
        world.talk(unit).await;
    }
}

async fn pull(world: &mut World, state: Cable, time: Duration) {
    world.cable.set(state);
    world.talk(time).await;
    world.cable.set(Cable::Whole);
}

/// Nothing can be saved and everything else goes on; then it can.
async fn fill(world: &mut World, time: Duration) {
    world.process.fill_disk().unwrap();
    let width = world.told().len();
    let settings = json!({ "panes": { "soak": width } });
    // Small changes may still fit into what SQLite has reserved.
    let mut refused = false;
    for _ in 0..20 {
        let answer = world.try_call("settings.set", settings.clone()).await;
        if let Err(error) = answer {
            assert_eq!(error["code"], "workspace_unavailable", "{error}");
            refused = true;
        }
    }
    println!("        the disk is full: {}", if refused { "refused" } else { "it still fitted" });
    world.talk(time).await;
    world.process.free_disk().unwrap();
    world.call("settings.set", settings.clone()).await;
    assert_eq!(world.call("settings.get", json!({})).await["panes"], settings["panes"]);
}
