//! A query made ready to run over segments. What depends on a topic or a session only is found out once for each.

use crate::log::flags::Kinds;
use crate::log::segment::{INLINE_TOPIC, NO_SESSION, NO_TOPIC, Segment};
use crate::query::{Query, Test};
use crate::search::Needle;
use crate::sessions::{Session, Sessions};
use crate::topics::Topics;
use hubscope_model::{DeviceId, EntryClass, topic};
use std::ops::Range;

#[derive(Default)]
pub(crate) struct Filter {
    kinds: Option<Kinds>,
    sessions: Option<SessionTest>,
    topics: Option<TopicTest>,
    texts: Vec<TextTest>,
    /// One byte an entry of the range looked at: 1 while it passes.
    keep: Vec<u8>,
    hits: Vec<u8>,
}

impl Filter {
    /// None when everything passes.
    pub(crate) fn new(query: &Query, device: Option<DeviceId>, classes: &[EntryClass]) -> Option<Self> {
        let mut filter = Self::default();
        if !classes.is_empty() {
            filter.kinds = Some(Kinds::of_classes(classes));
        }
        if device.is_some() {
            filter.sessions.get_or_insert_default().device = device;
        }
        for term in &query.terms {
            match &term.test {
                Test::Direction(direction) => {
                    let kinds = Kinds::of_direction(*direction);
                    let kinds = if term.not { kinds.not() } else { kinds };
                    filter.kinds = Some(filter.kinds.unwrap_or(Kinds::ALL).and(kinds));
                }
                Test::Session(name) => {
                    filter.sessions.get_or_insert_default().names.push((name.clone(), term.not));
                }
                Test::Topic(wanted) => {
                    filter.topics.get_or_insert_default().filters.push((wanted.clone(), term.not));
                }
                Test::Text(text) => filter.texts.push(TextTest::new(text, term.not)),
            }
        }
        let everything =
            filter.kinds.is_none() && filter.sessions.is_none() && filter.topics.is_none() && filter.texts.is_empty();
        if everything { None } else { Some(filter) }
    }

    /// Looks at the topics and sessions that are new since the last call.
    pub(crate) fn learn(&mut self, topics: &Topics, sessions: &Sessions) {
        if let Some(test) = &mut self.sessions {
            let new = sessions.all().iter().skip(test.verdicts.len());
            let verdicts: Vec<bool> = new.map(|session| test.passes(Some(session))).collect();
            test.verdicts.extend(verdicts);
        }
        if let Some(test) = &mut self.topics {
            for id in test.verdicts.len()..topics.len() {
                let verdict = test.passes(topics.text(id as u32));
                test.verdicts.push(verdict);
            }
        }
        for test in &mut self.texts {
            for id in test.topics.len()..topics.len() {
                let hit = topics.text(id as u32).is_some_and(|text| test.needle.find(text.as_bytes()).is_some());
                test.topics.push(hit);
                test.any_topic |= hit;
            }
        }
    }

    /// Forgets what it found out about sessions, because a name or a device changed.
    pub(crate) fn forget_sessions(&mut self) {
        if let Some(test) = &mut self.sessions {
            test.verdicts.clear();
        }
    }

    /// Calls `found` with the index of every entry in `range` that passes. [`Filter::learn`] comes first.
    pub(crate) fn run(&mut self, segment: &Segment, range: Range<usize>, mut found: impl FnMut(u16)) {
        let Self { kinds, sessions, topics, texts, keep, hits } = self;
        keep.clear();
        keep.resize(range.len(), 1);
        if let Some(kinds) = kinds {
            for (keep, flags) in keep.iter_mut().zip(&segment.flags()[range.clone()]) {
                *keep &= u8::from(kinds.has(*flags));
            }
        }
        if let Some(test) = sessions {
            let none = test.passes(None);
            for (keep, session) in keep.iter_mut().zip(&segment.sessions()[range.clone()]) {
                let verdict = test.verdicts.get(*session as usize).copied();
                *keep &= u8::from(if *session == NO_SESSION { none } else { verdict.unwrap_or(false) });
            }
        }
        if let Some(test) = topics {
            test.narrow(segment, range.clone(), keep);
        }
        for test in texts {
            test.narrow(segment, range.clone(), keep, hits);
        }
        for (index, keep) in keep.iter().enumerate() {
            if *keep != 0 {
                found((range.start + index) as u16);
            }
        }
    }
}

#[derive(Default)]
struct SessionTest {
    device: Option<DeviceId>,
    /// Names or numbers, and whether they must not fit.
    names: Vec<(String, bool)>,
    /// By session index.
    verdicts: Vec<bool>,
}

impl SessionTest {
    fn passes(&self, session: Option<&Session>) -> bool {
        let is = |wanted: &str| {
            session.is_some_and(|session| {
                session.name.eq_ignore_ascii_case(wanted)
                    || wanted.parse().is_ok_and(|number: u32| number == session.id.0)
            })
        };
        self.names.iter().all(|(wanted, not)| is(wanted) != *not)
            && (self.device.is_none() || session.is_some_and(|session| session.device == self.device))
    }
}

#[derive(Default)]
struct TopicTest {
    /// Topic filters, and whether they must not fit.
    filters: Vec<(String, bool)>,
    /// By topic id.
    verdicts: Vec<bool>,
}

impl TopicTest {
    fn passes(&self, topic: Option<&str>) -> bool {
        self.filters.iter().all(|(wanted, not)| topic.is_some_and(|topic| topic::matches(wanted, topic)) != *not)
    }

    fn narrow(&self, segment: &Segment, range: Range<usize>, keep: &mut [u8]) {
        let none = self.passes(None);
        for (keep, index) in keep.iter_mut().zip(range) {
            *keep &= u8::from(match segment.topics()[index] {
                NO_TOPIC => none,
                INLINE_TOPIC => self.passes(segment.entry(index).inline_topic()),
                id => self.verdicts.get(id as usize).copied().unwrap_or(false),
            });
        }
    }
}

struct TextTest {
    needle: Needle,
    not: bool,
    /// By topic id: whether the topic contains the text.
    topics: Vec<bool>,
    any_topic: bool,
}

impl TextTest {
    fn new(text: &str, not: bool) -> Self {
        Self { needle: Needle::new(text), not, topics: Vec::new(), any_topic: false }
    }

    fn narrow(&self, segment: &Segment, range: Range<usize>, keep: &mut [u8], hits: &mut Vec<u8>) {
        let left = keep.iter().filter(|keep| **keep != 0).count();
        if left < keep.len() / 8 {
            for (keep, index) in keep.iter_mut().zip(range).filter(|(keep, _)| **keep != 0) {
                *keep = u8::from(self.is_in(segment, index) != self.not);
            }
            return;
        }
        hits.clear();
        hits.resize(range.len(), 0);
        if self.any_topic {
            for (hit, topic) in hits.iter_mut().zip(&segment.topics()[range.clone()]) {
                *hit = u8::from(self.topics.get(*topic as usize).is_some_and(|hit| *hit));
            }
        }
        self.search(segment, range, hits);
        for (keep, hit) in keep.iter_mut().zip(hits) {
            *keep &= *hit ^ u8::from(self.not);
        }
    }

    fn is_in(&self, segment: &Segment, index: usize) -> bool {
        let entry = segment.entry(index);
        let in_topic = match entry.inline_topic() {
            Some(topic) => self.needle.find(topic.as_bytes()).is_some(),
            None => self.topics.get(entry.head.topic as usize).is_some_and(|hit| *hit),
        };
        in_topic || self.needle.find(entry.body).is_some()
    }

    /// Marks the entries whose bytes contain the text. The arena is searched as one, and each place found is then
    /// given to its entry: where it reaches over an end or lies in properties, it is no hit.
    fn search(&self, segment: &Segment, range: Range<usize>, hits: &mut [u8]) {
        let Some(last) = range.clone().last() else { return };
        let (mut at, end) = (segment.span(range.start).start, segment.span(last).end);
        let mut index = range.start;
        while let Some(found) = self.needle.find(&segment.arena()[at..end]) {
            let place = at + found..at + found + self.needle.len();
            while segment.span(index).end <= place.start {
                index += 1;
            }
            if text_spans(segment, index)
                .into_iter()
                .flatten()
                .any(|span| span.start <= place.start && place.end <= span.end)
            {
                hits[index - range.start] = 1;
                at = segment.span(index).end;
            } else {
                at = place.start + 1;
            }
        }
    }
}

/// Where an entry's searchable text is: the body, and an inline topic.
fn text_spans(segment: &Segment, index: usize) -> [Option<Range<usize>>; 2] {
    let body = segment.body(index);
    if segment.topics()[index] != INLINE_TOPIC {
        return [Some(body), None];
    }
    // The topic's length is written before it in four bytes.
    let topic = segment.entry(index).inline_topic().map(|topic| body.end + 4..body.end + 4 + topic.len());
    [Some(body), topic]
}
