//! The topic tree: level texts interned once, and a node for each level of each path.

use super::secrets::Secrets;
use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

pub(crate) const NONE: u32 = u32::MAX;

/// What a new node may cost at most besides its level's text.
pub(crate) const NODE_BYTES: usize = size_of::<Node>() + size_of::<Level>() + 32;

/// One level of a topic as text: what lies between two slashes.
struct Level {
    /// As shown; a secret's mask for a secret.
    text: Box<str>,
    secret: u32,
}

struct Node {
    parent: u32,
    level: u32,
    next_sibling: u32,
    first_child: u32,
    topic: u32,
}

#[derive(Default)]
pub(crate) struct Tree {
    levels: Vec<Level>,
    level_ids: HashTable<u32>,
    nodes: Vec<Node>,
    /// Nodes by parent and level.
    children: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Tree {
    /// A root, for the topics of one scope.
    pub(crate) fn add_root(&mut self) -> u32 {
        self.nodes.push(Node { parent: NONE, level: NONE, next_sibling: NONE, first_child: NONE, topic: NONE });
        self.nodes.len() as u32 - 1
    }

    /// Makes the path of a new topic under `root`; answers its node.
    pub(crate) fn insert(&mut self, root: u32, raw: &str, topic: u32, secrets: &Secrets) -> u32 {
        let node = raw.split('/').fold(root, |parent, level| {
            let level = self.level(level, secrets);
            self.child(parent, level)
        });
        self.nodes[node as usize].topic = topic;
        node
    }

    fn level(&mut self, raw: &str, secrets: &Secrets) -> u32 {
        let Self { levels, level_ids, hasher, .. } = self;
        let secret = secrets.find(raw).unwrap_or(NONE);
        let text = if secret == NONE { raw } else { secrets.mask(secret) };
        let hash = hasher.hash_one((secret, text));
        let same = |id: &u32| levels[*id as usize].secret == secret && *levels[*id as usize].text == *text;
        if let Some(id) = level_ids.find(hash, same) {
            return *id;
        }
        let id = levels.len() as u32;
        levels.push(Level { text: text.into(), secret });
        level_ids.insert_unique(hash, id, |id| {
            let level = &levels[*id as usize];
            hasher.hash_one((level.secret, &*level.text))
        });
        id
    }

    fn child(&mut self, parent: u32, level: u32) -> u32 {
        let Self { nodes, children, hasher, .. } = self;
        let hash = hasher.hash_one((parent, level));
        let same = |id: &u32| nodes[*id as usize].parent == parent && nodes[*id as usize].level == level;
        if let Some(id) = children.find(hash, same) {
            return *id;
        }
        let id = nodes.len() as u32;
        let next_sibling = std::mem::replace(&mut nodes[parent as usize].first_child, id);
        nodes.push(Node { parent, level, next_sibling, first_child: NONE, topic: NONE });
        children.insert_unique(hash, id, |id| {
            let node = &nodes[*id as usize];
            hasher.hash_one((node.parent, node.level))
        });
        id
    }

    /// Whether the path that ends in `node` is `raw`, secrets compared by their text.
    pub(crate) fn is(&self, mut node: u32, raw: &str, secrets: &Secrets) -> bool {
        for raw in raw.rsplit('/') {
            let at = &self.nodes[node as usize];
            let Some(level) = self.levels.get(at.level as usize) else { return false };
            let same = if level.secret == NONE { *level.text == *raw } else { secrets.is(level.secret, raw) };
            if !same {
                return false;
            }
            node = at.parent;
        }
        self.nodes[node as usize].level == NONE
    }

    /// The path that ends in `node`, as shown; and whether a secret is in it.
    pub(crate) fn path(&self, mut node: u32) -> (String, bool) {
        let mut levels = Vec::new();
        while let Some(level) = self.levels.get(self.nodes[node as usize].level as usize) {
            levels.push(level);
            node = self.nodes[node as usize].parent;
        }
        let texts: Vec<&str> = levels.iter().rev().map(|level| &*level.text).collect();
        (texts.join("/"), levels.iter().any(|level| level.secret != NONE))
    }

    /// Nodes right under `node`, newest first; none when there is no such node.
    pub(crate) fn children_of(&self, node: u32) -> impl Iterator<Item = u32> {
        let first = self.nodes.get(node as usize).map(|node| node.first_child);
        let first = first.filter(|id| *id != NONE);
        std::iter::successors(first, |id| Some(self.nodes[*id as usize].next_sibling).filter(|next| *next != NONE))
    }

    /// A node's text, its topic or [`NONE`], and whether it has children.
    pub(crate) fn describe(&self, node: u32) -> (&str, u32, bool) {
        let at = &self.nodes[node as usize];
        let text = self.levels.get(at.level as usize).map_or("", |level| &*level.text);
        (text, at.topic, at.first_child != NONE)
    }
}
