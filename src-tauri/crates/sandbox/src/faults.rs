//! What the hub does wrong on purpose, so that a client can be seen to cope: to whom, how often, and until when.
//! Anything here breaks the protocol or uses its refusals; the hub's own state stays right.

mod line;
mod pace;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use line::Line;

use parking_lot::Mutex;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// Faults at a time.
const MOST: usize = 64;

/// What the hub does wrong, to whom and how often. As text: `NAME[=VALUE][,topic=…][,packet=…][,client=…][,times=…]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub misdeed: Misdeed,
    /// Only to the client with this id; None: to every client.
    pub client: Option<String>,
    /// How often; None: until it is withdrawn. Of no use with a throttle, which lasts.
    pub times: Option<u32>,
}

/// One way to do wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misdeed {
    /// CONNACK with this code: of MQTT 3.1.1 (1 to 5) or MQTT 5 (0x80 and up); the other version gets its own code for
    /// the same, where there is one.
    RefuseConnect { code: u8 },
    /// SUBACK with this code of MQTT 5 (0x80 and up; 0x80 in MQTT 3.1.1), for one filter or for all.
    RefuseSubscribe { code: u8, filter: Option<String> },
    /// PUBACK or PUBREC with this code of MQTT 5 (0x80 and up), for topics that a filter matches or for all. MQTT
    /// 3.1.1 has no such answer, and QoS 0 none at all: there the connection ends.
    RefusePublish { code: u8, filter: Option<String> },
    /// CONNACK says of the session the contrary of what is true.
    WrongSessionPresent,
    /// A packet of this kind, or any, is held back, and what comes after it too.
    Delay { time: Duration, packet: Option<PacketKind> },
    /// The connection gives out no more than this.
    Throttle { bytes_per_second: u32 },
    /// The first half of a packet of this kind, and the connection's end.
    Cut { packet: PacketKind },
    /// A packet of this kind is not sent.
    Lose { packet: PacketKind },
    /// PUBLISH is filled up to this size in bytes, whatever the client said it takes.
    Oversized { bytes: usize },
    /// A packet of this kind has its reserved flags wrong; PUBLISH has QoS 3.
    Malformed { packet: PacketKind },
}

/// A control packet that the hub sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PacketKind {
    Connack,
    Publish,
    Puback,
    Pubrec,
    Pubrel,
    Pubcomp,
    Suback,
    Unsuback,
    Pingresp,
    Disconnect,
}

/// A fault of this run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FaultId(u64);

/// The faults of a running sandbox; can be changed at any time, and clients that are connected feel it at once.
#[derive(Clone, Debug, Default)]
pub struct Faults(Arc<Mutex<Armed>>);

#[derive(Debug, Default)]
struct Armed {
    next: u64,
    faults: BTreeMap<FaultId, Fault>,
}

impl Faults {
    /// Adds a fault. None if there are 64 already.
    pub fn inject(&self, fault: Fault) -> Option<FaultId> {
        let mut armed = self.0.lock();
        if armed.faults.len() >= MOST {
            return None;
        }
        armed.next += 1;
        let id = FaultId(armed.next);
        armed.faults.insert(id, fault);
        Some(id)
    }

    /// Takes a fault back. False if it is not there (any more).
    pub fn withdraw(&self, id: FaultId) -> bool {
        self.0.lock().faults.remove(&id).is_some()
    }

    /// Takes all faults back.
    pub fn clear(&self) {
        self.0.lock().faults.clear();
    }

    /// The faults there are, with what is left of their number of times, oldest first.
    pub fn list(&self) -> Vec<(FaultId, Fault)> {
        self.0.lock().faults.iter().map(|(id, fault)| (*id, fault.clone())).collect()
    }

    /// The oldest fault against a client that `pick` takes; it is used up by one time.
    pub(crate) fn strike<T>(&self, client: &str, pick: impl Fn(&Misdeed) -> Option<T>) -> Option<T> {
        let mut armed = self.0.lock();
        let against = |fault: &Fault| fault.client.as_deref().is_none_or(|id| id == client);
        let found = armed.faults.iter_mut().filter(|(_, fault)| against(fault));
        let (id, left, picked) = found.filter_map(|(id, f)| Some((*id, &mut f.times, pick(&f.misdeed)?))).next()?;
        if let Some(times) = left {
            *times = times.saturating_sub(1);
            if *times == 0 {
                armed.faults.remove(&id);
            }
        }
        Some(picked)
    }

    /// The code of a refused CONNECT, for MQTT 3.1.1 and 5.
    pub(crate) fn refuses_connect(&self, client: &str) -> Option<(u8, u8)> {
        self.strike(client, |misdeed| match misdeed {
            Misdeed::RefuseConnect { code } => Some(connect_codes(*code)),
            _ => None,
        })
    }

    pub(crate) fn refuses_subscribe(&self, client: &str, wanted: &str) -> Option<u8> {
        self.strike(client, |misdeed| match misdeed {
            Misdeed::RefuseSubscribe { code, filter } => {
                filter.as_deref().is_none_or(|filter| filter == wanted).then_some(*code)
            }
            _ => None,
        })
    }

    pub(crate) fn refuses_publish(&self, client: &str, topic: &str) -> Option<u8> {
        self.strike(client, |misdeed| match misdeed {
            Misdeed::RefusePublish { code, filter } => {
                filter.as_deref().is_none_or(|filter| crate::topics::matches(filter, topic)).then_some(*code)
            }
            _ => None,
        })
    }

    pub(crate) fn lies_about_sessions(&self, client: &str) -> bool {
        let lies = |misdeed: &Misdeed| matches!(misdeed, Misdeed::WrongSessionPresent).then_some(());
        self.strike(client, lies).is_some()
    }
}

/// The codes of CONNACK that mean the same in MQTT 3.1.1 (section 3.2.2.3) and MQTT 5 (section 3.2.2.2).
fn connect_codes(code: u8) -> (u8, u8) {
    const PAIRS: [(u8, u8); 5] = [(1, 0x84), (2, 0x85), (3, 0x88), (4, 0x86), (5, 0x87)];
    let pair = PAIRS.into_iter().find(|(three, five)| *three == code || *five == code);
    // What MQTT 3.1.1 has no word for is "not authorized"; what is no code of either is "unspecified error".
    pair.unwrap_or((5, code.max(0x80)))
}
