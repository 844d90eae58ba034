//! Control packets of a session, as its packet lane shows them.

use crate::{DeviceId, Direction, FileHandle, Property};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Control packet types (MQTT 3.1.1 and 5, section 2.1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "UPPERCASE")]
pub enum PacketKind {
    Connect,
    Connack,
    Publish,
    Puback,
    Pubrec,
    Pubrel,
    Pubcomp,
    Subscribe,
    Suback,
    Unsubscribe,
    Unsuback,
    Pingreq,
    Pingresp,
    Disconnect,
}

/// A return or reason code and its name in the specification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PacketReason {
    pub code: u8,
    pub name: String,
}

/// A control packet without its payload and without the secrets of a CONNECT.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ControlPacket {
    /// Unix microseconds: when it was read, or handed to the connection. A CONNECT has the time of its answer, since
    /// when it was written cannot be seen.
    pub time: i64,
    pub direction: Direction,
    pub kind: PacketKind,
    /// Whole packet, in bytes, as the shortest encoding has it. None where its content is not known.
    pub size: Option<u32>,
    pub id: Option<u16>,
    /// PUBLISH only.
    pub qos: Option<u8>,
    pub dup: bool,
    pub retain: bool,
    /// Topic name or filter, secrets in it masked; at most 1 KiB.
    pub topic: Option<String>,
    pub reason: Option<PacketReason>,
    /// What else it says: the flags of CONNECT, the size of a payload, properties of MQTT 5.
    pub details: Vec<Property>,
}

/// One row of a lane. A lane that was closed in between says so where it was opened again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LaneRow {
    /// Counted from 0 since the lane was first opened.
    pub number: u64,
    /// None: the lane was opened here; what came before was not watched.
    pub packet: Option<ControlPacket>,
    /// When: that of the packet, or when the lane was opened. Unix microseconds.
    pub time: i64,
    /// Microseconds from the packet that it answers.
    pub after: Option<u64>,
}

/// Where a device's lane stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LaneStatus {
    /// Somebody watches.
    pub open: bool,
    /// The oldest row that is kept, and one past the newest.
    pub first: u64,
    pub end: u64,
    /// Bytes of the packets kept that went each way.
    pub bytes_in: u64,
    pub bytes_out: u64,
}

#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct LaneRequest {
    pub device: DeviceId,
    pub from: u64,
    pub count: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LaneRows {
    pub status: LaneStatus,
    pub rows: Vec<LaneRow>,
}

/// Where an export of a lane went: a file of this name, a download, or nowhere because the dialog was closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LaneExported {
    pub file_name: Option<String>,
    pub download: Option<FileHandle>,
    pub packets: u32,
}
