//! What the sandbox counted since it started.

/// Counts of the whole hub, simulated devices included except in `clients`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Clients online now.
    pub clients: u64,
    /// Clients accepted.
    pub connected: u64,
    /// Messages that came in.
    pub published: u64,
    /// Messages handed to connections to be sent, one for each receiving client.
    pub delivered: u64,
    /// Deliveries that were not made: a client reads too slowly, or a will found no room to be retained.
    pub dropped: u64,
}
