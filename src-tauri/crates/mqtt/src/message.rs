//! A message on its way to a broker, the will, and what MQTT 5 lets both carry.

use crate::{properties, v5};
use bytes::Bytes;
use hubscope_model::{Code, Error, FieldProblem, Problem, Property, Result, topic};

/// A message to be published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publish {
    pub topic: String,
    pub payload: Bytes,
    /// 0 to 2.
    pub qos: u8,
    pub retain: bool,
    /// MQTT 5 only.
    pub properties: PublishProperties,
}

/// MQTT 5 properties of a PUBLISH and of a will (sections 3.3.2.3 and 3.1.3.2). The topic alias is not among them:
/// it belongs to a connection, and [`crate::ConnectProperties::use_topic_aliases`] has it chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublishProperties {
    /// Whether the payload is said to be UTF-8 text (true) or bytes (false).
    pub payload_is_text: Option<bool>,
    /// Seconds.
    pub message_expiry: Option<u32>,
    pub content_type: Option<String>,
    pub response_topic: Option<String>,
    pub correlation_data: Option<Bytes>,
    /// In the order in which they are sent; a name may come twice.
    pub user_properties: Vec<(String, String)>,
}

/// What the broker publishes for a client that goes without DISCONNECT (section 3.1.2.5).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Will {
    pub message: Publish,
    /// Seconds that the broker waits with it, for a client that comes back (MQTT 5).
    pub delay: Option<u32>,
}

impl Publish {
    /// Errors: `InvalidTopic`, `InvalidFields` (QoS, a response topic that is none).
    pub(crate) fn check(&self) -> Result<()> {
        topic::validate_name(&self.topic).map_err(|problem| {
            // Without the topic: a token may stand in it.
            Error::new(Code::InvalidTopic, format!("The topic cannot be published to: {problem}."))
        })?;
        check_qos(self.qos)?;
        self.properties.check()
    }
}

impl Will {
    /// Errors: those of a message, and a payload over 65,535 bytes.
    pub(crate) fn check(&self) -> Result<()> {
        self.message.check()?;
        check_length("will", self.message.payload.len())
    }
}

impl PublishProperties {
    /// As the properties of a received message are listed.
    pub fn listed(&self) -> Vec<Property> {
        v5::packets::publish_properties(self.clone(), None).map(properties::list).unwrap_or_default()
    }

    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn check(&self) -> Result<()> {
        if self.response_topic.as_ref().is_some_and(|response| topic::validate_name(response).is_err()) {
            return Err(refused("response_topic", Problem::NotATopic));
        }
        if let Some(content_type) = &self.content_type {
            check_text("content_type", content_type)?;
        }
        check_length("correlation_data", self.correlation_data.as_ref().map_or(0, Bytes::len))?;
        check_user_properties(&self.user_properties)
    }

    /// Bytes that they take in a packet, without their length.
    pub(crate) fn size(&self) -> usize {
        let text = |text: &Option<String>| text.as_ref().map_or(0, |text| 3 + text.len());
        let user = self.user_properties.iter().map(|(name, value)| 5 + name.len() + value.len());
        self.payload_is_text.map_or(0, |_| 2)
            + self.message_expiry.map_or(0, |_| 5)
            + text(&self.content_type)
            + text(&self.response_topic)
            + self.correlation_data.as_ref().map_or(0, |data| 3 + data.len())
            + user.sum::<usize>()
    }
}

pub(crate) fn check_qos(qos: u8) -> Result<()> {
    if qos > 2 { Err(refused("qos", Problem::QosNotAllowed)) } else { Ok(()) }
}

/// What the two bytes of a length can say (section 1.5).
fn check_length(field: &str, length: usize) -> Result<()> {
    if length > usize::from(u16::MAX) { Err(refused(field, Problem::TooLong)) } else { Ok(()) }
}

/// A UTF-8 string of MQTT has no U+0000 (section 1.5.4).
pub(crate) fn check_text(field: &str, text: &str) -> Result<()> {
    check_length(field, text.len())?;
    if text.contains('\0') { Err(refused(field, Problem::ControlCharacter)) } else { Ok(()) }
}

pub(crate) fn check_user_properties(properties: &[(String, String)]) -> Result<()> {
    properties.iter().flat_map(|(name, value)| [name, value]).try_for_each(|text| check_text("user_properties", text))
}

pub(crate) fn refused(field: &str, problem: Problem) -> Error {
    Error::fields(vec![FieldProblem { field: field.into(), problem }])
}
