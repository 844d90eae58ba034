//! What can be taken back: one bounded stack of the workspace, for every window of it.

use crate::Engine;
use crate::changes::Area;
use crate::cleared::Hidden;
use hubscope_model::{
    Code, DeviceId, Error, FolderId, HubId, HubTrust, Result, Settings, TreeMove, UndoEntry, UndoId, UndoKind,
    UndoStack, Undoable,
};
use hubscope_store::Deletion;
use parking_lot::Mutex;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};

/// Steps that can be taken back. What an older one hid goes for good.
const MOST: usize = 50;

/// How one thing is taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Deleted(Deletion),
    /// Publishes that were cleared under the step's number.
    PublishesCleared,
    /// What views or the packet lane of a device no longer show.
    Hidden(DeviceId, Hidden),
    /// The settings before.
    SettingsReset(Box<Settings>),
    /// What an import added.
    Imported {
        hubs: Vec<HubId>,
        devices: Vec<DeviceId>,
        folders: Vec<FolderId>,
    },
    /// Where an item of the tree was.
    Moved(TreeMove),
    /// The trust of a hub before, and the PEM of its certificates.
    Trusted(HubId, HubTrust, String),
}

struct Slot {
    entry: UndoEntry,
    step: Step,
}

#[derive(Default)]
pub(crate) struct Undo {
    slots: Mutex<VecDeque<Slot>>,
    next: AtomicU32,
}

impl Undo {
    /// A number for a step that needs it before it is done.
    pub fn number(&self) -> UndoId {
        UndoId(self.next.fetch_add(1, Ordering::Relaxed))
    }

    /// Adds a step; answers the one that is too old now.
    fn push(&self, slot: Slot) -> Option<Slot> {
        let mut slots = self.slots.lock();
        // Deleted again: what was said of it before must not take it away for good.
        if matches!(slot.step, Step::Deleted(_)) {
            slots.retain(|other| other.step != slot.step);
        }
        slots.push_back(slot);
        if slots.len() > MOST { slots.pop_front() } else { None }
    }

    fn take(&self, which: Option<UndoId>) -> Option<(usize, Slot)> {
        let mut slots = self.slots.lock();
        let place = match which {
            Some(id) => slots.iter().position(|slot| slot.entry.id == id)?,
            None => slots.len().checked_sub(1)?,
        };
        slots.remove(place).map(|slot| (place, slot))
    }

    fn put_back(&self, place: usize, slot: Slot) {
        let mut slots = self.slots.lock();
        let place = place.min(slots.len());
        slots.insert(place, slot);
    }

    pub fn list(&self) -> UndoStack {
        UndoStack { entries: self.slots.lock().iter().map(|slot| slot.entry.clone()).collect() }
    }
}

impl Engine {
    /// Hides a thing of the store, to be taken back.
    pub(crate) async fn delete(&self, kind: UndoKind, name: String, what: Deletion) -> Result<Undoable> {
        self.workspace.store()?.delete(&what).await?;
        Ok(self.can_undo(self.undo.number(), kind, name, Step::Deleted(what)).await)
    }

    /// Puts a step that was done on the stack.
    pub(crate) async fn can_undo(&self, id: UndoId, kind: UndoKind, name: String, step: Step) -> Undoable {
        let old = self.undo.push(Slot { entry: UndoEntry { id, kind, name }, step });
        if let Some(old) = old
            && let Err(error) = self.forget_for_good(&old).await
        {
            // It stays hidden, and goes when the workspace is opened again.
            tracing::warn!(code = ?error.code, "what can no longer be taken back was not removed");
        }
        Undoable { undo: id }
    }

    pub(crate) async fn run_undo(&self, which: Option<UndoId>) -> Result<UndoEntry> {
        self.workspace.writable()?;
        let (place, slot) =
            self.undo.take(which).ok_or_else(|| Error::new(Code::NotFound, "There is nothing to take back."))?;
        match self.take_back(&slot).await {
            Ok(()) => Ok(slot.entry),
            Err(error) if error.code == Code::NotFound => Err(error),
            Err(error) => {
                self.undo.put_back(place, slot);
                Err(error)
            }
        }
    }

    async fn take_back(&self, slot: &Slot) -> Result<()> {
        let store = self.workspace.store()?;
        match &slot.step {
            Step::Deleted(what) => {
                store.restore(what).await?;
                if matches!(what, Deletion::Subscription(_)) {
                    let device = store.owner(what).await?;
                    let _turn = self.subscribing.lock().await;
                    self.follow(device).await?;
                }
            }
            Step::PublishesCleared => store.restore_publishes(slot.entry.id.0).await?,
            Step::Hidden(device, hidden) => self.cleared.bring_back(*device, *hidden, slot.entry.id),
            Step::SettingsReset(before) => self.change_tastes((**before).clone()).await?,
            Step::Imported { hubs, devices, folders } => self.take_import_back(hubs, devices, folders).await?,
            Step::Trusted(hub, before, pem) => self.take_trust_back(*hub, before, pem).await?,
            Step::Moved(back) => store.place(back.item, back.folder, back.before).await?,
        }
        self.changes.bump(area_of(&slot.step));
        Ok(())
    }

    /// Removes what an import added; a hub that got further devices since stays with them.
    async fn take_import_back(&self, hubs: &[HubId], devices: &[DeviceId], folders: &[FolderId]) -> Result<()> {
        let store = self.workspace.store()?;
        self.sessions.close_many(devices.iter().copied()).await;
        let here = store.devices().await?;
        let alone = |hub: &&HubId| here.iter().filter(|one| one.hub == **hub).all(|one| devices.contains(&one.id));
        let gone = devices.iter().copied().map(Deletion::Device);
        let gone = gone.chain(hubs.iter().filter(alone).copied().map(Deletion::Hub));
        for what in gone.chain(folders.iter().copied().map(Deletion::Folder)) {
            // What the user deleted since is hidden already.
            match store.delete(&what).await {
                Ok(()) | Err(hubscope_store::StoreError::NotFound(_)) => {}
                Err(error) => return Err(error.into()),
            }
            self.purge(&what).await?;
        }
        self.changes.bump(Area::Tokens);
        Ok(())
    }

    async fn forget_for_good(&self, slot: &Slot) -> Result<()> {
        match &slot.step {
            Step::Deleted(what) => self.purge(what).await,
            Step::PublishesCleared => Ok(self.workspace.store()?.purge_publishes(slot.entry.id.0).await?),
            Step::Hidden(device, hidden) => {
                self.cleared.settle(*device, *hidden, slot.entry.id);
                Ok(())
            }
            Step::SettingsReset(_) | Step::Imported { .. } | Step::Moved(_) | Step::Trusted(..) => Ok(()),
        }
    }

    async fn purge(&self, what: &Deletion) -> Result<()> {
        let rows = self.workspace.store()?.purge(what).await?;
        self.workspace.forget_secrets_of(&rows);
        Ok(())
    }
}

fn area_of(step: &Step) -> Area {
    match step {
        Step::Deleted(Deletion::SavedMessage(_)) | Step::PublishesCleared => Area::Composing,
        Step::Hidden(_, hidden) => hidden.area(),
        Step::SettingsReset(_) => Area::Settings,
        Step::Deleted(_) | Step::Imported { .. } | Step::Moved(_) | Step::Trusted(..) => Area::Tree,
    }
}
