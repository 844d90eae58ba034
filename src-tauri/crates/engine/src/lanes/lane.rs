//! One packet lane: a ring of rows, each answer beside its question.

use hubscope_model::{ClientId, ControlPacket, Direction, LaneRow, LaneStatus, PacketKind};
use std::collections::{HashSet, VecDeque};

/// Rows of one lane; the oldest goes first.
pub const MOST_ROWS: usize = 10_000;
/// Bytes of their texts.
pub const MOST_BYTES: usize = 8 * 1024 * 1024;
/// How far back the packet that a packet answers is looked for.
const FARTHEST_QUESTION: usize = 1_000;

/// The rows of one device, bounded in number and size.
#[derive(Default)]
pub struct Lane {
    pub watchers: HashSet<ClientId>,
    rows: VecDeque<Row>,
    /// Number of the oldest row.
    first: u64,
    /// Of the texts of all rows.
    bytes: usize,
}

/// A packet, or the mark of when watching began.
pub struct Row {
    pub time: i64,
    pub packet: Option<ControlPacket>,
}

impl Row {
    fn bytes(&self) -> usize {
        let Some(packet) = &self.packet else { return 0 };
        let details = packet.details.iter().map(|detail| detail.name.len() + detail.value.len());
        packet.topic.as_ref().map_or(0, String::len) + details.sum::<usize>()
    }
}

impl Lane {
    /// Number of the next row.
    pub fn end(&self) -> u64 {
        self.first + self.rows.len() as u64
    }

    /// Adds a row; the oldest goes when there are too many.
    pub fn push(&mut self, row: Row) {
        self.bytes += row.bytes();
        self.rows.push_back(row);
        while self.rows.len() > MOST_ROWS || self.bytes > MOST_BYTES {
            let Some(oldest) = self.rows.pop_front() else { return };
            self.bytes -= oldest.bytes();
            self.first += 1;
        }
    }

    /// How the lane stands for who sees it from row `shown` on.
    pub fn status(&self, shown: u64) -> LaneStatus {
        let first = shown.max(self.first);
        let skipped = usize::try_from(first - self.first).unwrap_or(usize::MAX);
        let (mut bytes_in, mut bytes_out) = (0, 0);
        for packet in self.rows.iter().skip(skipped).filter_map(|row| row.packet.as_ref()) {
            let bytes = if packet.direction == Direction::Out { &mut bytes_out } else { &mut bytes_in };
            *bytes += u64::from(packet.size.unwrap_or_default());
        }
        LaneStatus { open: !self.watchers.is_empty(), first, end: self.end(), bytes_in, bytes_out }
    }

    /// Rows from number `from` on.
    pub fn rows(&self, from: u64, count: u32) -> Vec<LaneRow> {
        let places = (from.max(self.first)..self.end()).take(count as usize);
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
