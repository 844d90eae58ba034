//! Values that the tree keeps of its own, after the log has evicted their entries.

use crate::log::segment::Kept;
use hubscope_model::Seq;
use std::collections::BTreeMap;

/// A longer payload is cut to this many bytes when it is copied.
const LONGEST: usize = 64 * 1024;

/// A copied value.
pub(crate) struct Value {
    pub(crate) time: i64,
    /// Payload bytes before the cut.
    pub(crate) size: u32,
    pub(crate) payload: Box<[u8]>,
}

impl Value {
    pub(crate) fn of(entry: Kept<'_>) -> Self {
        let payload = &entry.body[..entry.body.len().min(LONGEST)];
        Self { time: entry.head.time, size: entry.body.len() as u32, payload: payload.into() }
    }

    fn cost(&self) -> usize {
        self.payload.len() + size_of::<(Seq, Self)>()
    }
}

/// Copies within a budget. When it is spent, the oldest copies that are not their topic's last value go first.
pub(crate) struct Values {
    last: BTreeMap<Seq, Value>,
    earlier: BTreeMap<Seq, Value>,
    bytes: usize,
    budget: usize,
}

impl Values {
    pub(crate) fn new(budget: usize) -> Self {
        Self { last: BTreeMap::new(), earlier: BTreeMap::new(), bytes: 0, budget }
    }

    pub(crate) fn keep(&mut self, entry: Kept<'_>, is_last: bool) {
        let value = Value::of(entry);
        self.bytes += value.cost();
        if is_last { &mut self.last } else { &mut self.earlier }.insert(entry.seq, value);
        while self.bytes > self.budget {
            let Some((_, gone)) = self.earlier.pop_first().or_else(|| self.last.pop_first()) else { break };
            self.bytes -= gone.cost();
        }
    }

    /// Its topic has a newer value.
    pub(crate) fn supersede(&mut self, seq: Seq) {
        if let Some(value) = self.last.remove(&seq) {
            self.earlier.insert(seq, value);
        }
    }

    pub(crate) fn forget(&mut self, seq: Seq) {
        if let Some(value) = self.earlier.remove(&seq).or_else(|| self.last.remove(&seq)) {
            self.bytes -= value.cost();
        }
    }

    pub(crate) fn get(&self, seq: Seq) -> Option<&Value> {
        self.last.get(&seq).or_else(|| self.earlier.get(&seq))
    }
}
