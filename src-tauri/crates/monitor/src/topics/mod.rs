//! Topics: each is interned once, per scope (a device, or a session without one), and counted in a tree.

mod secrets;
mod tree;
mod values;

pub(crate) use secrets::Secrets;
use tree::{NODE_BYTES, NONE, Tree};
use values::Values;

use crate::log::Log;
use crate::log::segment::{INLINE_TOPIC, Segment};
use hashbrown::{DefaultHashBuilder, HashTable};
use hubscope_model::{Seq, TopicId};
use std::hash::BuildHasher;

/// Most topics that are interned, and most bytes they may cost.
const TOPICS: usize = 100_000;
const TOPIC_BYTES: usize = 48 * 1024 * 1024;
/// Most bytes of values that outlive their entries.
const VALUE_BYTES: usize = 16 * 1024 * 1024;
/// Values a topic remembers, its last one included.
const HISTORY: usize = 6;
const NO_VALUE: Seq = Seq::MAX;

/// What names a topic; read when a message's topic is looked up.
struct Name {
    hash: u64,
    text: Box<str>,
    scope: u32,
    node: u32,
    /// A level is a secret: `text` is not what the broker sent.
    masked: bool,
}

/// What passes on a topic; written with every message.
pub(crate) struct Passing {
    count: u64,
    /// Sequences of the newest values, a ring; the newest is at `(count - 1) % HISTORY`.
    history: [Seq; HISTORY],
    /// The route that the session with this epoch found for it; see `Sessions`.
    pub(crate) epoch: u32,
    pub(crate) route: u32,
}

impl Passing {
    fn last(&self) -> Seq {
        self.history[(self.count.wrapping_sub(1) % HISTORY as u64) as usize]
    }
}

pub(crate) struct Topics {
    names: Vec<Name>,
    ids: HashTable<u32>,
    hasher: DefaultHashBuilder,
    /// The topic of the message before.
    latest: u32,
    passing: Vec<Passing>,
    tree: Tree,
    scopes: Vec<Scope>,
    values: Values,
    bytes: usize,
    most: usize,
    most_bytes: usize,
    pub(crate) secrets: Secrets,
}

struct Scope {
    root: u32,
    /// Messages on topics beyond the bound.
    overflow: u64,
}

/// A node of the topic tree: one level of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NodeId(u32);

/// What a node of the tree shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeNode {
    pub node: NodeId,
    /// The level's text; a secret reads `token •7Qd2`.
    pub text: String,
    /// The topic that ends here, if messages came on it.
    pub topic: Option<TopicId>,
    /// Messages on that topic, in both directions.
    pub messages: u64,
    pub has_children: bool,
}

/// A value of a topic, still known when its entry is long evicted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicValue {
    pub seq: Seq,
    /// Unix microseconds.
    pub time: i64,
    /// Payload bytes of the message.
    pub size: u32,
    /// The payload; cut to 64 KiB once the entry was evicted.
    pub payload: Vec<u8>,
}

impl Topics {
    pub(crate) fn new() -> Self {
        Self::bounded(TOPICS, TOPIC_BYTES, VALUE_BYTES)
    }

    fn bounded(most: usize, most_bytes: usize, value_bytes: usize) -> Self {
        Self {
            names: Vec::new(),
            ids: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            latest: NONE,
            passing: Vec::new(),
            tree: Tree::default(),
            scopes: Vec::new(),
            values: Values::new(value_bytes),
            bytes: 0,
            most,
            most_bytes,
            secrets: Secrets::default(),
        }
    }

    /// A new scope: topics of different scopes are different topics.
    pub(crate) fn add_scope(&mut self) -> u32 {
        self.scopes.push(Scope { root: self.tree.add_root(), overflow: 0 });
        self.scopes.len() as u32 - 1
    }

    /// The topic's id; [`INLINE_TOPIC`] when it is new and the bound is reached.
    pub(crate) fn intern(&mut self, scope: u32, raw: &str) -> u32 {
        if let Some(name) = self.names.get(self.latest as usize)
            && name.scope == scope
            && !name.masked
            && *name.text == *raw
        {
            return self.latest;
        }
        let Self { names, ids, tree, secrets, .. } = self;
        let hash = self.hasher.hash_one((scope, raw));
        let same = |id: &u32| {
            let name = &names[*id as usize];
            name.hash == hash
                && name.scope == scope
                && if name.masked { tree.is(name.node, raw, secrets) } else { *name.text == *raw }
        };
        match ids.find(hash, same) {
            Some(id) => {
                self.latest = *id;
                *id
            }
            None => self.add(scope, raw, hash),
        }
    }

    #[cold]
    fn add(&mut self, scope: u32, raw: &str, hash: u64) -> u32 {
        let levels = 1 + raw.bytes().filter(|byte| *byte == b'/').count();
        let cost = size_of::<Name>() + size_of::<Passing>() + 2 * raw.len() + levels * NODE_BYTES;
        if self.names.len() >= self.most || self.bytes + cost > self.most_bytes {
            return INLINE_TOPIC;
        }
        self.bytes += cost;
        let id = self.names.len() as u32;
        let node = self.tree.insert(self.scopes[scope as usize].root, raw, id, &self.secrets);
        let (text, masked) = self.tree.path(node);
        self.names.push(Name { hash, text: text.into(), scope, node, masked });
        self.passing.push(Passing { count: 0, history: [NO_VALUE; HISTORY], epoch: 0, route: 0 });
        let names = &self.names;
        self.ids.insert_unique(hash, id, |id| names[*id as usize].hash);
        self.latest = id;
        id
    }

    /// How a topic beyond the bound is kept: as shown.
    pub(crate) fn shown_text(&self, raw: &str) -> String {
        let levels: Vec<&str> = raw
            .split('/')
            .map(|level| self.secrets.find(level).map_or(level, |secret| self.secrets.mask(secret)))
            .collect();
        levels.join("/")
    }

    /// Counts a message; `first` is the oldest sequence that the log keeps.
    pub(crate) fn pass(&mut self, topic: u32, scope: u32, seq: Seq, first: Seq) {
        let Some(passing) = self.passing.get_mut(topic as usize) else {
            self.scopes[scope as usize].overflow += 1;
            return;
        };
        let last = passing.last();
        let oldest = std::mem::replace(&mut passing.history[(passing.count % HISTORY as u64) as usize], seq);
        passing.count += 1;
        if last < first {
            self.values.supersede(last);
        }
        if oldest < first {
            self.values.forget(oldest);
        }
    }

    /// Copies what the tree remembers of a segment that is about to go.
    pub(crate) fn keep_values(&mut self, segment: &Segment) {
        for (index, topic) in segment.topics().iter().enumerate() {
            let Some(passing) = self.passing.get(*topic as usize) else { continue };
            let seq = segment.first() + index as Seq;
            if passing.history.contains(&seq) {
                self.values.keep(segment.entry(index), passing.last() == seq);
            }
        }
    }

    pub(crate) fn passing(&mut self, topic: u32) -> Option<&mut Passing> {
        self.passing.get_mut(topic as usize)
    }

    /// Interned topics; their ids are below this.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// An interned topic as shown.
    pub(crate) fn text(&self, topic: u32) -> Option<&str> {
        self.names.get(topic as usize).map(|name| &*name.text)
    }

    /// Messages of a scope on topics beyond the bound.
    pub(crate) fn overflow(&self, scope: u32) -> u64 {
        self.scopes[scope as usize].overflow
    }

    /// The nodes under `parent`, or the scope's top level; newest first.
    pub(crate) fn nodes(&self, scope: u32, parent: Option<NodeId>) -> Vec<TreeNode> {
        let parent = parent.map_or(self.scopes[scope as usize].root, |node| node.0);
        let describe = |node| {
            let (text, topic, has_children) = self.tree.describe(node);
            let messages = self.passing.get(topic as usize).map_or(0, |passing| passing.count);
            let topic = (topic != NONE).then_some(TopicId(topic));
            TreeNode { node: NodeId(node), text: text.to_owned(), topic, messages, has_children }
        };
        self.tree.children_of(parent).map(describe).collect()
    }

    /// A topic's values that are still known, oldest first.
    pub(crate) fn values(&self, topic: TopicId, log: &Log) -> Vec<TopicValue> {
        let Some(passing) = self.passing.get(topic.0 as usize) else { return Vec::new() };
        let mut seqs = passing.history;
        seqs.sort_unstable();
        let value = |seq: Seq| match log.entry(seq) {
            Some(entry) => {
                let payload = entry.body.to_vec();
                Some(TopicValue { seq, time: entry.head.time, size: payload.len() as u32, payload })
            }
            None => {
                let value = self.values.get(seq)?;
                Some(TopicValue { seq, time: value.time, size: value.size, payload: value.payload.to_vec() })
            }
        };
        seqs.into_iter().filter_map(value).collect()
    }
}
