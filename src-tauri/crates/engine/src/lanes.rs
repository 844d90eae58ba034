//! Packet lanes: the control packets of a device's sessions, while a page watches them.

mod lane;

use crate::Engine;
use crate::changes::{Area, Changes};
use crate::cleared::Hidden;
use crate::now;
use crate::transfer::Placed;
use hubscope_model::{
    ClientId, Code, ControlPacket, DeviceId, Error, LaneExported, LaneRequest, LaneRow, LaneRows, LaneStatus, Result,
};
use lane::{Lane, Row};
use parking_lot::Mutex;
use serde_json::json;
use std::collections::HashMap;

/// Rows in one answer.
const MOST_ASKED: u32 = 500;

/// All lanes, by device. A lane stays when it is closed, and ends with the program.
#[derive(Default)]
pub struct Lanes {
    lanes: Mutex<HashMap<DeviceId, Lane>>,
}

impl Lanes {
    /// Adds a packet, whose texts hold no secrets any more.
    pub fn push(&self, device: DeviceId, packet: ControlPacket, changes: &Changes) {
        {
            let mut lanes = self.lanes.lock();
            let Some(lane) = lanes.get_mut(&device).filter(|lane| !lane.watchers.is_empty()) else { return };
            lane.push(Row { time: packet.time, packet: Some(packet) });
        }
        changes.bump(Area::Packets);
    }

    pub fn is_open(&self, device: DeviceId) -> bool {
        self.lanes.lock().get(&device).is_some_and(|lane| !lane.watchers.is_empty())
    }

    /// Adds a watcher. The first one leaves a mark: what came before was not watched.
    fn open(&self, client: ClientId, device: DeviceId) {
        let mut lanes = self.lanes.lock();
        let lane = lanes.entry(device).or_default();
        if lane.watchers.is_empty() {
            lane.push(Row { time: now(), packet: None });
        }
        lane.watchers.insert(client);
    }

    fn close(&self, client: ClientId, device: DeviceId) {
        if let Some(lane) = self.lanes.lock().get_mut(&device) {
            lane.watchers.remove(&client);
        }
    }

    /// The client has ended: answers the devices whose lane nobody watches any more.
    fn leave(&self, client: ClientId) -> Vec<DeviceId> {
        let mut lanes = self.lanes.lock();
        let left = lanes.iter_mut().filter_map(|(device, lane)| {
            (lane.watchers.remove(&client) && lane.watchers.is_empty()).then_some(*device)
        });
        left.collect()
    }

    /// Looks at a lane; at an empty one where none was opened yet.
    fn with<T>(&self, device: DeviceId, look: impl FnOnce(&Lane) -> T) -> T {
        match self.lanes.lock().get(&device) {
            Some(lane) => look(lane),
            None => look(&Lane::default()),
        }
    }

    /// Number of a device's next row.
    pub fn end(&self, device: DeviceId) -> u64 {
        self.with(device, Lane::end)
    }
}

impl Engine {
    pub(crate) async fn open_lane(&self, client: ClientId, device: DeviceId) -> Result<LaneStatus> {
        self.device_record(device).await?;
        self.lanes.open(client, device);
        self.sessions.watch_packets(device, true);
        self.lane_changed(device)
    }

    pub(crate) fn close_lane(&self, client: ClientId, device: DeviceId) -> Result<LaneStatus> {
        self.lanes.close(client, device);
        self.sessions.watch_packets(device, self.lanes.is_open(device));
        self.lane_changed(device)
    }

    /// Closes what a client watched.
    pub(crate) fn leave_lanes(&self, client: ClientId) {
        for device in self.lanes.leave(client) {
            self.sessions.watch_packets(device, false);
        }
    }

    pub(crate) fn lane_rows(&self, request: LaneRequest) -> Result<LaneRows> {
        let LaneRequest { device, from, count } = request;
        let shown = self.cleared.first_of(device, Hidden::Packets);
        Ok(self.lanes.with(device, |lane| LaneRows {
            status: lane.status(shown),
            rows: lane.rows(from.max(shown), count.min(MOST_ASKED)),
        }))
    }

    pub(crate) async fn export_lane(&self, client: ClientId, device: DeviceId) -> Result<LaneExported> {
        let shown = self.cleared.first_of(device, Hidden::Packets);
        let rows = self.lanes.with(device, |lane| lane.rows(shown, u32::MAX));
        let packets = u32::try_from(rows.iter().filter(|row| row.packet.is_some()).count()).unwrap_or(u32::MAX);
        let lines = rows.iter().map(line).collect::<Result<Vec<_>>>()?.concat();
        let mut exported = LaneExported { packets, ..LaneExported::default() };
        match self.place(client, "packets.jsonl", lines.into_bytes()).await? {
            Placed::Nowhere => {}
            Placed::File(name) => exported.file_name = Some(name),
            Placed::Download(name, handle) => (exported.file_name, exported.download) = (Some(name), Some(handle)),
        }
        Ok(exported)
    }

    fn lane_changed(&self, device: DeviceId) -> Result<LaneStatus> {
        self.changes.bump(Area::Packets);
        let shown = self.cleared.first_of(device, Hidden::Packets);
        Ok(self.lanes.with(device, |lane| lane.status(shown)))
    }
}

/// A row as one line of JSON: the fields of the packet, its number, and what it took after its question.
fn line(row: &LaneRow) -> Result<String> {
    let failed = |error: serde_json::Error| {
        Error::new(Code::Internal, "The packets could not be written.").detail(error.to_string())
    };
    let mut value = match &row.packet {
        Some(packet) => serde_json::to_value(packet).map_err(failed)?,
        None => json!({ "time": row.time, "opened": true }),
    };
    value["number"] = json!(row.number);
    if let Some(after) = row.after {
        value["after"] = json!(after);
    }
    Ok(format!("{value}\n"))
}

#[cfg(test)]
mod tests {
    use super::lane::{MOST_BYTES, MOST_ROWS};
    use super::*;
    use hubscope_model::{Direction, PacketKind, Property};

    fn packet(kind: PacketKind, direction: Direction, id: u16, time: i64) -> ControlPacket {
        ControlPacket {
            time,
            direction,
            kind,
            size: Some(10),
            id: Some(id),
            qos: None,
            dup: false,
            retain: false,
            topic: None,
            reason: None,
            details: Vec::new(),
        }
    }

    fn lane(lanes: &Lanes, device: DeviceId) -> (LaneStatus, Vec<LaneRow>) {
        lanes.with(device, |lane| (lane.status(0), lane.rows(0, u32::MAX)))
    }

    #[test]
    fn it_is_bounded_in_rows_and_in_bytes() {
        let (lanes, changes, device) = (Lanes::default(), Changes::default(), DeviceId::new());
        lanes.open(ClientId(1), device);
        for id in 0..MOST_ROWS + 100 {
            lanes.push(device, packet(PacketKind::Publish, Direction::In, id as u16, 0), &changes);
        }
        let (status, rows) = lane(&lanes, device);
        // The mark of the opening is one of those that went.
        assert_eq!((rows.len(), status.first, status.end), (MOST_ROWS, 101, MOST_ROWS as u64 + 101));
        assert_eq!(rows[0].number, status.first);
        for _ in 0..100 {
            let text = "x".repeat(MOST_BYTES / 10);
            let details = vec![Property { name: String::new(), value: text }];
            let large = ControlPacket { details, ..packet(PacketKind::Publish, Direction::In, 1, 0) };
            lanes.push(device, large, &changes);
        }
        assert_eq!(lane(&lanes, device).1.len(), 10);
    }

    #[test]
    fn closed_it_keeps_nothing_and_says_where_it_was_opened_again() {
        let (lanes, changes, device) = (Lanes::default(), Changes::default(), DeviceId::new());
        let push = |id| lanes.push(device, packet(PacketKind::Publish, Direction::In, id, 0), &changes);
        push(1);
        lanes.open(ClientId(1), device);
        lanes.open(ClientId(2), device);
        push(2);
        assert!(lanes.leave(ClientId(1)).is_empty() && lanes.is_open(device), "the other one watches");
        lanes.close(ClientId(2), device);
        push(3);
        lanes.open(ClientId(1), device);
        push(4);
        let ids: Vec<_> =
            lane(&lanes, device).1.into_iter().map(|row| row.packet.and_then(|packet| packet.id)).collect();
        assert_eq!(ids, [None, Some(2), None, Some(4)]);
        assert_eq!(lanes.leave(ClientId(1)), [device]);
    }

    #[test]
    fn an_answer_knows_how_long_it_took() {
        let (lanes, changes, device) = (Lanes::default(), Changes::default(), DeviceId::new());
        lanes.open(ClientId(1), device);
        for (kind, direction, id, time) in [
            (PacketKind::Publish, Direction::Out, 1, 1_000),
            (PacketKind::Publish, Direction::In, 1, 1_100),
            (PacketKind::Puback, Direction::In, 1, 1_250),
            (PacketKind::Puback, Direction::Out, 1, 1_300),
            (PacketKind::Puback, Direction::In, 2, 1_400),
        ] {
            lanes.push(device, packet(kind, direction, id, time), &changes);
        }
        let after: Vec<_> = lane(&lanes, device).1.into_iter().map(|row| row.after).collect();
        assert_eq!(after, [None, None, None, Some(250), Some(200), None]);
    }
}
