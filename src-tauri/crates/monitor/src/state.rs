//! Everything behind the lock, and the way of one entry through it.

use crate::log::Log;
use crate::log::flags::Flags;
use crate::log::properties;
use crate::log::segment::{Head, INLINE_TOPIC, Kept, NO_SESSION, NO_SLOT, NO_TOPIC};
use crate::pins::Pins;
use crate::sessions::Sessions;
use crate::topics::Topics;
use crate::view::View;
use crate::{Limits, NewMessage, ScanNeeded, ScanProgress};
use hubscope_model::{Counters, Direction, EntryClass, PublishOutcome, Seq, SessionId, Severity, Text, ViewId, text};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Entries that are looked at for a new view before anyone is asked to scan.
const SCANNED_AT_ONCE: usize = 16 * 1024;

/// Longest text of an entry that is not a message.
const LONGEST_TEXT: usize = 8 * 1024;

pub(crate) struct State {
    pub(crate) log: Log,
    pub(crate) topics: Topics,
    pub(crate) sessions: Sessions,
    pub(crate) views: BTreeMap<ViewId, View>,
    pub(crate) pins: Pins,
    counted: Counted,
    tail: Vec<u8>,
}

/// received + sent = kept + evicted + dropped
#[derive(Default)]
struct Counted {
    received: u64,
    sent: u64,
    kept: u64,
    evicted: u64,
    dropped: u64,
    bytes: u64,
}

impl State {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            log: Log::new(limits),
            topics: Topics::new(),
            sessions: Sessions::default(),
            views: BTreeMap::new(),
            pins: Pins::default(),
            counted: Counted::default(),
            tail: Vec::new(),
        }
    }

    pub(crate) fn counters(&self) -> Counters {
        let Counted { received, sent, kept, evicted, dropped, bytes } = self.counted;
        let (log_bytes, log_budget) = (self.log.bytes(), self.log.budget());
        Counters { received, sent, kept, evicted, dropped, bytes, log_bytes, log_budget, ..Counters::default() }
    }

    pub(crate) fn append<'a>(&mut self, batch: impl IntoIterator<Item = NewMessage<'a>>) {
        let before = self.log.end();
        for message in batch {
            self.append_one(&message, before);
        }
        self.follow(before);
    }

    /// `before` is where the log ended when the lock was taken.
    fn append_one(&mut self, message: &NewMessage<'_>, before: Seq) {
        match message.direction {
            Direction::Out => self.counted.sent += 1,
            Direction::In | Direction::Hub => self.counted.received += 1,
        }
        self.counted.bytes += message.payload.len() as u64;
        let session = self.sessions.index(message.session, &mut self.topics);
        let scope = self.sessions.scope(session);
        let topic = self.topics.intern(scope, message.topic);
        let slot = self.sessions.count(session, message.direction, topic, message.topic, &mut self.topics);
        self.tail.clear();
        if topic == INLINE_TOPIC || !message.properties.is_empty() {
            self.write_tail(message, topic);
        }
        let need = message.payload.len() + self.tail.len();
        if !self.log.can_hold(need) {
            return self.drop_message(message, before);
        }
        self.make_room(need, before);
        let flags = Flags::message(message.direction, message.qos, message.retain, message.dup);
        let head = Head { time: message.time, session, topic, flags, slot };
        let seq = self.log.push(head, message.payload, &self.tail);
        self.counted.kept += 1;
        self.topics.pass(topic, scope, seq, self.log.first());
    }

    fn write_tail(&mut self, message: &NewMessage<'_>, topic: u32) {
        if topic == INLINE_TOPIC {
            properties::push_text(&self.topics.shown_text(message.topic), &mut self.tail);
        }
        for property in message.properties {
            properties::push_text(&property.name, &mut self.tail);
            properties::push_text(&self.topics.secrets.redact(&property.value), &mut self.tail);
        }
    }

    /// A text without the secrets that were declared.
    pub(crate) fn redact(&self, words: &str) -> String {
        self.topics.secrets.redact(words).into_owned()
    }

    pub(crate) fn redact_text(&self, text: Text) -> Text {
        text.map_plain(&mut |words| self.redact(&words))
    }

    /// A message larger than the whole log: a gap entry says so in its place.
    #[cold]
    fn drop_message(&mut self, message: &NewMessage<'_>, before: Seq) {
        self.counted.dropped += 1;
        let text = text!(
            "A message of {size} bytes on {topic} was dropped: it is larger than the log, which holds {budget} bytes.",
            size = message.payload.len(),
            topic = &*self.topics.shown_text(message.topic),
            budget = self.log.budget(),
        );
        self.push_other(message.time, Some(message.session), EntryClass::Gap, Severity::Warning, text, before);
    }

    pub(crate) fn append_event(
        &mut self,
        time: i64,
        session: Option<SessionId>,
        class: EntryClass,
        severity: Severity,
        text: Text,
    ) -> Seq {
        let before = self.log.end();
        let text = self.redact_text(text);
        self.push_other(time, session, class, severity, text, before);
        self.follow(before);
        before
    }

    fn push_other(
        &mut self,
        time: i64,
        session: Option<SessionId>,
        class: EntryClass,
        severity: Severity,
        text: Text,
        before: Seq,
    ) {
        // What it says in English can be searched; what it is made of lies behind that, for pages of other languages.
        let english = text.to_string();
        let english = cut(&english);
        // An endless one stays English.
        let parts = serde_json::to_vec(&text).ok().filter(|json| json.len() <= 2 * LONGEST_TEXT).unwrap_or_default();
        let session = session.map_or(NO_SESSION, |id| self.sessions.index(id, &mut self.topics));
        self.make_room(english.len() + parts.len(), before);
        let flags = Flags::other(class, severity);
        self.log.push(Head { time, session, topic: NO_TOPIC, flags, slot: NO_SLOT }, english.as_bytes(), &parts);
    }

    pub(crate) fn amend(&mut self, seq: Seq, mut outcome: PublishOutcome) {
        if let PublishOutcome::Refused { reason } = &mut outcome {
            let given = std::mem::replace(reason, Text::new(""));
            *reason = self.redact_text(given).map_plain(&mut |words| cut(&words).into_owned());
        }
        self.pins.amend(seq, outcome.clone());
        self.log.amend(seq, outcome);
        self.shrink();
        for view in self.views.values_mut() {
            view.touch();
        }
    }

    pub(crate) fn set_limits(&mut self, limits: Limits) {
        self.log.set_limits(limits);
        self.shrink();
        for view in self.views.values_mut() {
            view.touch();
        }
    }

    /// Evicts what is beyond the bounds.
    fn shrink(&mut self) {
        let end = self.log.end();
        while self.log.is_over() {
            self.evict(end);
        }
    }

    /// Views that had seen everything before this call see what it appended.
    fn follow(&mut self, before: Seq) {
        let Self { log, topics, sessions, views, .. } = self;
        let end = log.end();
        if end == before {
            return;
        }
        for view in views.values_mut() {
            if view.is_live(before) {
                view.scan(end, log, topics, sessions);
            } else {
                view.touch();
            }
        }
    }

    fn make_room(&mut self, need: usize, before: Seq) {
        while !self.log.has_room(need) {
            self.evict(before);
        }
    }

    #[cold]
    fn evict(&mut self, before: Seq) {
        let Self { log, topics, sessions, views, pins, counted, .. } = self;
        let Some(segment) = log.oldest() else { return };
        // A batch longer than the log evicts its own entries: live views see them first.
        for view in views.values_mut().filter(|view| view.is_live(before)) {
            view.scan(segment.end(), log, topics, sessions);
        }
        for seq in views.values().flat_map(|view| view.pins()) {
            if (segment.first()..segment.end()).contains(seq) {
                pins.hold(segment.entry((seq - segment.first()) as usize));
            }
        }
        for view in views.values_mut() {
            view.evict(segment, log, |seq| pins.holds(seq));
        }
        topics.keep_values(segment);
        counted.kept -= segment.messages();
        counted.evicted += segment.messages();
        log.evict();
    }

    /// An entry of the log, or one that a view holds on to.
    pub(crate) fn entry(&self, seq: Seq) -> Option<Kept<'_>> {
        self.log.entry(seq).or_else(|| self.pins.entry(seq))
    }

    /// Looks at the first entries for a view that was opened or changed.
    pub(crate) fn begin(&mut self, id: ViewId) -> ScanNeeded {
        let Some(view) = self.views.get(&id) else { return ScanNeeded::No };
        let (generation, total) = (view.generation(), view.unscanned(&self.log));
        match self.scan_step(id, generation, SCANNED_AT_ONCE) {
            Some(step) if !step.finished => ScanNeeded::Yes { generation, total },
            _ => ScanNeeded::No,
        }
    }

    pub(crate) fn scan_step(&mut self, id: ViewId, generation: u32, entries: usize) -> Option<ScanProgress> {
        let Self { log, topics, sessions, views, .. } = self;
        let view = views.get_mut(&id).filter(|view| view.generation() == generation)?;
        let upto = (view.scanned().max(log.first()) + entries as Seq).min(log.end());
        view.scan(upto, log, topics, sessions);
        let total = log.end() - log.first();
        let left = view.unscanned(log);
        Some(ScanProgress { done: total - left, total, finished: left == 0 })
    }

    pub(crate) fn release_pins(&mut self) {
        let Self { views, pins, .. } = self;
        pins.release(|seq| views.values().any(|view| view.pins().binary_search(&seq).is_ok()));
    }
}

/// Text of our own, cut where it is longer than an entry should be.
fn cut(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST_TEXT {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("{} …", &text[..text.floor_char_boundary(LONGEST_TEXT)]))
}
