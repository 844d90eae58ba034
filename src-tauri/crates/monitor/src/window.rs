//! Rows and details for the page. Bytes are copied under the lock; what takes time is done after it.

use crate::detail::Sample;
use crate::log::properties;
use crate::log::segment::{INLINE_TOPIC, Kept, NO_TOPIC};
use crate::preview::{head_bytes, preview};
use crate::state::State;
use hubscope_model::{Entry, PayloadForm, Row, RowTopic, Seq, TopicId, ViewId, ViewStatus};

/// Most rows a window has, and most characters a preview has.
const MOST_ROWS: u32 = 500;
const MOST_CHARACTERS: usize = 400;
/// Most bytes that a row carries of a topic that was not interned: more than a column shows, and 500 rows of them are no
/// flood. The details have it whole.
const LONGEST_TOPIC: usize = 1024;

/// Rows whose previews are still to be made from the bytes that were copied for them.
pub(crate) struct RawWindow {
    pub(crate) status: ViewStatus,
    rows: Vec<(Row, usize)>,
    heads: Vec<u8>,
    characters: usize,
}

impl State {
    /// Copies what a window needs; None when there is no such view.
    pub(crate) fn raw_window(&self, view: ViewId, from: u64, count: u32, characters: u16) -> Option<RawWindow> {
        let at = self.views.get(&view)?;
        let status = at.status(&self.log);
        let places = at.window(from, u64::from(count.min(MOST_ROWS)), &self.log);
        let characters = usize::from(characters).min(MOST_CHARACTERS);
        let mut window = RawWindow { status, rows: Vec::with_capacity(places.len()), heads: Vec::new(), characters };
        for (ordinal, seq) in places {
            let Some(entry) = self.log.entry(seq).or_else(|| self.pins.entry(seq)) else { continue };
            let head = &entry.body[..entry.body.len().min(head_bytes(characters))];
            window.heads.extend_from_slice(head);
            window.rows.push((self.row(ordinal, entry), head.len()));
        }
        Some(window)
    }

    fn row(&self, ordinal: u64, entry: Kept<'_>) -> Row {
        let head = entry.head;
        let session = self.sessions.get(head.session);
        Row {
            ordinal,
            seq: entry.seq,
            time: head.time,
            class: head.flags.class(),
            direction: head.flags.direction(),
            session: session.map(|session| session.id),
            topic: topic_of(entry),
            size: entry.body.len() as u32,
            qos: head.flags.qos(),
            retain: head.flags.retain(),
            colour: session.and_then(|session| session.colour(head.slot)),
            severity: head.flags.severity(),
            outcome: entry.outcome.cloned(),
            preview: Vec::new(),
            text: entry.text(),
            cut: false,
            unverified: session.is_some_and(|session| session.unverified),
        }
    }

    /// Copies what the details of an entry need; the sample decides its form.
    pub(crate) fn raw_entry(&self, seq: Seq) -> Option<(Entry, Sample)> {
        let entry = self.entry(seq)?;
        let (head, flags) = (entry.head, entry.head.flags);
        let session = self.sessions.get(head.session);
        let topic = match head.topic {
            NO_TOPIC => None,
            INLINE_TOPIC => entry.inline_topic(),
            id => self.topics.text(id),
        };
        let payload = if flags.is_message() { entry.body } else { &[] };
        let details = Entry {
            seq,
            time: head.time,
            class: flags.class(),
            direction: flags.direction(),
            session: session.map(|session| session.id),
            device: session.and_then(|session| session.device),
            topic: topic.map(str::to_owned),
            qos: flags.qos(),
            retain: flags.retain(),
            dup: flags.dup(),
            size: payload.len() as u32,
            form: PayloadForm::Empty,
            severity: flags.severity(),
            text: entry.text(),
            outcome: entry.outcome.cloned(),
            properties: properties::read(entry.properties()),
        };
        Some((details, Sample::of(payload)))
    }
}

impl RawWindow {
    /// The rows with their previews.
    pub(crate) fn rows(self) -> Vec<Row> {
        let mut heads = self.heads.as_slice();
        let finish = |(mut row, length): (Row, usize)| {
            let (head, rest) = heads.split_at(length);
            heads = rest;
            let whole = head.len() == row.size as usize;
            match row.text {
                None => (row.preview, row.cut) = preview(head, whole, self.characters),
                Some(_) => row.size = 0,
            }
            row
        };
        self.rows.into_iter().map(finish).collect()
    }
}

fn topic_of(entry: Kept<'_>) -> Option<RowTopic> {
    match entry.head.topic {
        NO_TOPIC => None,
        INLINE_TOPIC => entry.inline_topic().map(|whole| {
            let text = &whole[..whole.floor_char_boundary(LONGEST_TOPIC)];
            RowTopic::Text { text: text.to_owned(), cut: text.len() < whole.len() }
        }),
        id => Some(RowTopic::Id(TopicId(id))),
    }
}
