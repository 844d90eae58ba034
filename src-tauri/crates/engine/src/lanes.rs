//! Packet lanes: the control packets of a device's sessions, while a page watches them.

use crate::Engine;
use crate::changes::{Area, Changes};
use crate::now;
use crate::transfer::Placed;
use hubscope_model::{
    ClientId, Code, ControlPacket, DeviceId, Direction, Error, LaneExported, LaneRequest, LaneRow, LaneRows,
    LaneStatus, PacketKind, Result,
};
use parking_lot::Mutex;
use serde_json::json;
use std::collections::{HashMap, HashSet, VecDeque};

/// Rows of one lane; the oldest goes first.
const MOST_ROWS: usize = 10_000;
/// Bytes of their texts.
const MOST_BYTES: usize = 8 * 1024 * 1024;
/// Rows in one answer.
const MOST_ASKED: u32 = 500;
/// How far back the packet that a packet answers is looked for.
const FARTHEST_QUESTION: usize = 1_000;

/// All lanes, by device. A lane stays when it is closed, and ends with the program.
#[derive(Default)]
pub struct Lanes {
    lanes: Mutex<HashMap<DeviceId, Lane>>,
}

#[derive(Default)]
struct Lane {
    watchers: HashSet<ClientId>,
    rows: VecDeque<Row>,
    /// Number of the oldest row.
    first: u64,
    /// Rows before this one were cleared, and those before the second one earlier.
    shown: u64,
    shown_before: u64,
    /// Of the texts of all rows.
    bytes: usize,
}

struct Row {
    time: i64,
    packet: Option<ControlPacket>,
}

impl Row {
    fn bytes(&self) -> usize {
        let Some(packet) = &self.packet else { return 0 };
        let details = packet.details.iter().map(|detail| detail.name.len() + detail.value.len());
        packet.topic.as_ref().map_or(0, String::len) + details.sum::<usize>()
    }
}

impl Lane {
    fn end(&self) -> u64 {
        self.first + self.rows.len() as u64
    }

    fn push(&mut self, row: Row) {
        self.bytes += row.bytes();
        self.rows.push_back(row);
        while self.rows.len() > MOST_ROWS || self.bytes > MOST_BYTES {
            let Some(oldest) = self.rows.pop_front() else { return };
            self.bytes -= oldest.bytes();
            self.first += 1;
        }
    }

    /// Number of the oldest row that is shown.
    fn begin(&self) -> u64 {
        self.shown.max(self.first)
    }

    fn status(&self) -> LaneStatus {
        let skipped = usize::try_from(self.begin() - self.first).unwrap_or(usize::MAX);
        let (mut bytes_in, mut bytes_out) = (0, 0);
        for packet in self.rows.iter().skip(skipped).filter_map(|row| row.packet.as_ref()) {
            let bytes = if packet.direction == Direction::Out { &mut bytes_out } else { &mut bytes_in };
            *bytes += u64::from(packet.size.unwrap_or_default());
        }
        LaneStatus { open: !self.watchers.is_empty(), first: self.begin(), end: self.end(), bytes_in, bytes_out }
    }

    fn rows(&self, from: u64, count: u32) -> Vec<LaneRow> {
        let from = from.max(self.begin());
        let places = (from..self.end()).take(count as usize);
        places.filter_map(|number| self.row(number)).collect()
    }

    fn row(&self, number: u64) -> Option<LaneRow> {
        let place = usize::try_from(number.checked_sub(self.first)?).ok()?;
        let row = self.rows.get(place)?;
        let after = row.packet.as_ref().and_then(|packet| self.after(place, packet));
        Some(LaneRow { number, packet: row.packet.clone(), time: row.time, after })
    }

    /// Microseconds from the question to this answer.
    fn after(&self, place: usize, answer: &ControlPacket) -> Option<u64> {
        let question = question(answer.kind)?;
        let earlier = self.rows.range(place.saturating_sub(FARTHEST_QUESTION)..place).rev();
        let asked = earlier
            .filter_map(|row| row.packet.as_ref())
            .find(|packet| packet.kind == question && packet.id == answer.id && packet.direction != answer.direction)?;
        // A CONNECT has the time of its answer.
        (question != PacketKind::Connect).then(|| u64::try_from(answer.time - asked.time).unwrap_or_default())
    }
}

/// What a packet answers.
fn question(kind: PacketKind) -> Option<PacketKind> {
    Some(match kind {
        PacketKind::Puback | PacketKind::Pubrec => PacketKind::Publish,
        PacketKind::Pubrel => PacketKind::Pubrec,
        PacketKind::Pubcomp => PacketKind::Pubrel,
        PacketKind::Suback => PacketKind::Subscribe,
        PacketKind::Unsuback => PacketKind::Unsubscribe,
        PacketKind::Pingresp => PacketKind::Pingreq,
        _ => return None,
    })
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

    fn with<T>(&self, device: DeviceId, work: impl FnOnce(&mut Lane) -> T) -> T {
        work(self.lanes.lock().entry(device).or_default())
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
        let rows = |lane: &mut Lane| LaneRows { status: lane.status(), rows: lane.rows(from, count.min(MOST_ASKED)) };
        Ok(self.lanes.with(device, rows))
    }

    pub(crate) fn clear_lane(&self, device: DeviceId) -> Result<LaneStatus> {
        self.lanes.with(device, |lane| {
            lane.shown_before = lane.shown;
            lane.shown = lane.end();
        });
        self.lane_changed(device)
    }

    pub(crate) fn restore_lane(&self, device: DeviceId) -> Result<LaneStatus> {
        self.lanes.with(device, |lane| lane.shown = lane.shown_before);
        self.lane_changed(device)
    }

    pub(crate) async fn export_lane(&self, client: ClientId, device: DeviceId) -> Result<LaneExported> {
        let rows = self.lanes.with(device, |lane| lane.rows(0, u32::MAX));
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
        Ok(self.lanes.with(device, |lane| lane.status()))
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
    use super::*;
    use hubscope_model::Property;

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
        lanes.with(device, |lane| (lane.status(), lane.rows(0, u32::MAX)))
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
        lanes.with(device, |lane| assert!(lane.bytes <= MOST_BYTES && lane.rows.len() == 10, "{}", lane.rows.len()));
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
