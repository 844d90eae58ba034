//! From where on the log and the packet lane of a device are shown after a clear. They stay as they are: counters go on,
//! and what was cleared comes back by undo until it is evicted.

use crate::Engine;
use crate::changes::Area;
use crate::undo::Step;
use hubscope_model::{DeviceId, EntryClass, Result, Seq, UndoId, UndoKind, Undoable, ViewSpec};
use parking_lot::Mutex;
use std::collections::HashMap;

/// What of a device was cleared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Hidden {
    Messages,
    Activity,
    Packets,
}

impl Hidden {
    /// What shows something else after a clear.
    pub fn area(self) -> Area {
        match self {
            Self::Messages | Self::Activity => Area::Cleared,
            Self::Packets => Area::Packets,
        }
    }
}

/// Clears, oldest first, each with the first entry of the log, or the first row of the lane, that it left.
type Clears = Vec<(UndoId, u64)>;

/// The clears of each device: the latest that is left says where views begin.
#[derive(Default)]
pub(crate) struct Cleared(Mutex<HashMap<(DeviceId, Hidden), Clears>>);

impl Cleared {
    fn clear(&self, device: DeviceId, hidden: Hidden, id: UndoId, before: u64) {
        self.0.lock().entry((device, hidden)).or_default().push((id, before));
    }

    pub fn bring_back(&self, device: DeviceId, hidden: Hidden, id: UndoId) {
        let mut all = self.0.lock();
        if let Some(clears) = all.get_mut(&(device, hidden)) {
            clears.retain(|(clear, _)| *clear != id);
        }
        all.retain(|_, clears| !clears.is_empty());
    }

    /// A clear can no longer be taken back: those before it mean nothing any more.
    pub fn settle(&self, device: DeviceId, hidden: Hidden, id: UndoId) {
        if let Some(clears) = self.0.lock().get_mut(&(device, hidden))
            && let Some(place) = clears.iter().position(|(clear, _)| *clear == id)
        {
            clears.drain(..place);
        }
    }

    /// The first entry that a view may show. Views of everything show everything.
    pub fn first(&self, spec: &ViewSpec) -> Seq {
        let Some(device) = spec.device else { return 0 };
        let messages = spec.classes.is_empty() || spec.classes.contains(&EntryClass::Message);
        self.first_of(device, if messages { Hidden::Messages } else { Hidden::Activity })
    }

    /// The first entry or row of a device that may be shown.
    pub fn first_of(&self, device: DeviceId, hidden: Hidden) -> u64 {
        let all = self.0.lock();
        let clears = all.get(&(device, hidden)).map_or(&[][..], Vec::as_slice);
        clears.iter().map(|(_, before)| *before).max().unwrap_or_default()
    }
}

impl Engine {
    /// Hides what the log or the packet lane holds of a device now.
    pub(crate) async fn clear(&self, device: DeviceId, hidden: Hidden) -> Result<Undoable> {
        let name = self.device_record(device).await?.name;
        let (kind, end) = match hidden {
            Hidden::Messages => (UndoKind::Messages, self.monitor.end()),
            Hidden::Activity => (UndoKind::Activity, self.monitor.end()),
            Hidden::Packets => (UndoKind::Packets, self.lanes.end(device)),
        };
        let id = self.undo.number();
        self.cleared.clear(device, hidden, id, end);
        self.changes.bump(hidden.area());
        Ok(self.can_undo(id, kind, name, Step::Hidden(device, hidden)).await)
    }
}
