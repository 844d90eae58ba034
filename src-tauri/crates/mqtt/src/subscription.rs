//! How a filter is subscribed to.

use crate::message::{check_qos, check_user_properties, refused};
use hubscope_model::{Code, Error, Problem, Result, Retained, topic};

/// The largest subscription identifier: a variable byte integer of four bytes (MQTT 5 section 1.5.5).
const LARGEST_IDENTIFIER: u32 = 268_435_455;

/// QoS, and for MQTT 5 the options and properties of SUBSCRIBE (sections 3.8.3.1 and 3.8.2.1); MQTT 3.1.1 has the QoS only.
/// A bare QoS makes them: `session.subscribe("a/#", 1)`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subscription {
    /// 0 to 2, the most with which messages come.
    pub qos: u8,
    /// Messages that this client published itself do not come back. Not allowed for a shared subscription.
    pub no_local: bool,
    /// Messages keep their retain flag; else only those that were stored before the subscription have it.
    pub retain_as_published: bool,
    pub retained: Retained,
    /// Comes back with every message that matched this filter. 1 to 268,435,455.
    pub identifier: Option<u32>,
    pub user_properties: Vec<(String, String)>,
}

impl From<u8> for Subscription {
    fn from(qos: u8) -> Self {
        Self { qos, ..Self::default() }
    }
}

impl Subscription {
    /// Errors: `InvalidTopicFilter`, `InvalidFields` (QoS, identifier).
    pub(crate) fn check(&self, filter: &str) -> Result<()> {
        check_filter(filter)?;
        check_qos(self.qos)?;
        if self.identifier.is_some_and(|identifier| !(1..=LARGEST_IDENTIFIER).contains(&identifier)) {
            return Err(refused("identifier", Problem::OutOfRange));
        }
        check_user_properties(&self.user_properties)?;
        if self.no_local && filter.starts_with("$share/") {
            // MQTT 5, 3.8.3-4.
            return Err(refused("no_local", Problem::OutOfRange));
        }
        Ok(())
    }
}

pub(crate) fn check_filter(filter: &str) -> Result<()> {
    topic::validate_filter(filter).map_err(|problem| {
        Error::new(Code::InvalidTopicFilter, format!("The filter cannot be subscribed to: {problem}."))
    })
}
