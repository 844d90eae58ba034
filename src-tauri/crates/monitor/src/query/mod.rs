//! The filter language as a tree, independent of what it is run on.

mod parse;

pub(crate) use parse::parse;

use hubscope_model::Direction;

/// A filter: an entry passes when every term does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Query {
    pub(crate) terms: Vec<Term>,
}

/// One condition, or its opposite when it was written after `not`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) not: bool,
    pub(crate) test: Test,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    /// Payload, event text or topic contains this; ASCII letters of either case are the same.
    Text(String),
    /// The topic falls under this filter, wildcards as in MQTT.
    Topic(String),
    Direction(Direction),
    /// A session's name, letters of either case, or its number.
    Session(String),
}
