//! The first packet: reading CONNECT, and the CONNACK of a refusal.
//!
//! CONNECT is judged here before the protocol library's connection exists; the library is then given one without
//! what it does not need to know. (Given every legal CONNECT as it is, 0.7.9 panics on a topic alias maximum of 0.)

use crate::frame::Frame;
use crate::message::{Message, Qos, Will};
use crate::topics;
use mqtt_protocol_core::mqtt::Version;
use mqtt_protocol_core::mqtt::packet::{Property, v3_1_1, v5_0};

/// What a client asked for when it connected. Holds a password: not printable.
pub(crate) struct Connect {
    pub version: Version,
    /// As sent; may be empty.
    pub client_id: String,
    /// Seconds; 0 is off.
    pub keep_alive: u16,
    pub user_name: Option<String>,
    pub password: Option<Vec<u8>>,
    pub will: Option<Will>,
    /// Messages of QoS 1 and 2 that the client takes at a time (MQTT 5; 65,535 if it does not say).
    pub receive_maximum: u16,
    /// Topic aliases that the client takes (MQTT 5; 0 if it does not say).
    pub topic_alias_maximum: u16,
    /// It asks where it may have answers sent to (MQTT 5 section 3.1.2.11.6).
    pub wants_response_information: bool,
    /// Largest packet that the client takes (MQTT 5).
    pub maximum_packet_size: Option<u32>,
    /// Clean session or clean start: an earlier session does not count.
    pub clean: bool,
    /// Seconds that it wants its session kept after the connection; `u32::MAX` is for ever.
    pub expiry: u32,
}

/// A CONNECT that gets no session.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Refused {
    /// To answer in.
    pub version: Version,
    pub why: Refusal,
    /// What the answer says of a session; only a hub that breaks the rules says true.
    pub session_present: bool,
}

/// Why a CONNECT gets no session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Not a CONNECT of any version; closed without an answer [MQTT-3.1.4-1].
    Malformed,
    UnknownVersion,
    ClientId,
    /// Credentials that are not good, or a refusal on demand: the hub's codes for MQTT 3.1.1 and 5.
    Coded(u8, u8),
    Busy,
    AuthenticationMethod,
    WillQos,
    WillTopic,
}

impl Refusal {
    pub const NOT_AUTHORISED: Self = Self::Coded(5, 0x87);
    pub const BAD_USER_NAME_OR_PASSWORD: Self = Self::Coded(4, 0x86);

    /// The refusal of a client that speaks `version`.
    pub fn in_version(self, version: Version) -> Refused {
        Refused { version, why: self, session_present: false }
    }
}

/// Reads the first packet.
pub(crate) fn read_connect(frame: &Frame) -> Result<Connect, Refused> {
    let malformed = Refusal::Malformed.in_version(Version::V3_1_1);
    let body = frame.body();
    if frame.kind() != 1 {
        return Err(malformed);
    }
    match body {
        [0, 4, b'M', b'Q', b'T', b'T', level @ (4 | 5), flags, ..] if flags_are_legal(*flags) => match level {
            4 => read_v3(body),
            _ => read_v5(body),
        },
        [0, 4, b'M', b'Q', b'T', b'T', 4 | 5, ..] => Err(malformed),
        // MQTT 3.1 named itself differently.
        [0, 4, b'M', b'Q', b'T', b'T', _, ..] | [0, 6, b'M', b'Q', b'I', b's', b'd', b'p', ..] => {
            Err(Refusal::UnknownVersion.in_version(Version::V3_1_1))
        }
        _ => Err(malformed),
    }
}

/// Section 3.1.2.3 of both versions: bit 0 is reserved; will QoS and will retain need a will; QoS 3 does not exist.
fn flags_are_legal(flags: u8) -> bool {
    let (will, will_qos, will_retain) = (flags & 4 != 0, (flags >> 3) & 3, flags & 0x20 != 0);
    flags & 1 == 0 && will_qos != 3 && (will || (will_qos == 0 && !will_retain))
}

fn read_v3(body: &[u8]) -> Result<Connect, Refused> {
    let refuse = |refusal: Refusal| refusal.in_version(Version::V3_1_1);
    let (connect, used) = v3_1_1::Connect::parse(body).map_err(|_| refuse(Refusal::Malformed))?;
    if used != body.len() {
        return Err(refuse(Refusal::Malformed));
    }
    if connect.client_id().is_empty() && !connect.clean_session() {
        return Err(refuse(Refusal::ClientId));
    }
    let topic = connect.will_topic();
    let will = topic.map(|t| will(t, connect.will_payload(), connect.will_qos(), connect.will_retain()));
    Ok(Connect {
        version: Version::V3_1_1,
        client_id: connect.client_id().to_owned(),
        keep_alive: connect.keep_alive(),
        user_name: connect.user_name().map(Into::into),
        password: connect.password().map(Into::into),
        will: will.transpose().map_err(refuse)?,
        receive_maximum: u16::MAX,
        topic_alias_maximum: 0,
        wants_response_information: false,
        maximum_packet_size: None,
        clean: connect.clean_session(),
        // MQTT 3.1.1 has no end of a session (MQTT 5 section 3.1.2.11.2 compares the two).
        expiry: if connect.clean_session() { 0 } else { u32::MAX },
    })
}

fn read_v5(body: &[u8]) -> Result<Connect, Refused> {
    let refuse = |refusal: Refusal| refusal.in_version(Version::V5_0);
    let (connect, used) = v5_0::Connect::parse(body).map_err(|_| refuse(Refusal::Malformed))?;
    if used != body.len() {
        return Err(refuse(Refusal::Malformed));
    }
    let topic = connect.will_topic();
    let will = topic.map(|t| will(t, connect.will_payload(), connect.will_qos(), connect.will_retain()));
    let will = will.transpose().map_err(refuse)?.map(|w| w.with_properties(connect.will_props()));
    let mut read = Connect {
        version: Version::V5_0,
        client_id: connect.client_id().to_owned(),
        keep_alive: connect.keep_alive(),
        user_name: connect.user_name().map(Into::into),
        password: connect.password().map(Into::into),
        will,
        receive_maximum: u16::MAX,
        topic_alias_maximum: 0,
        wants_response_information: false,
        maximum_packet_size: None,
        clean: connect.clean_start(),
        expiry: 0,
    };
    for property in connect.props() {
        match property {
            Property::AuthenticationMethod(_) => return Err(refuse(Refusal::AuthenticationMethod)),
            Property::ReceiveMaximum(maximum) => read.receive_maximum = maximum.val(),
            Property::TopicAliasMaximum(maximum) => read.topic_alias_maximum = maximum.val(),
            Property::RequestResponseInformation(wants) => read.wants_response_information = wants.val() == 1,
            Property::MaximumPacketSize(size) => read.maximum_packet_size = Some(size.val()),
            Property::SessionExpiryInterval(seconds) => read.expiry = seconds.val(),
            _ => {}
        }
    }
    Ok(read)
}

fn will(topic: &str, payload: Option<&[u8]>, qos: Qos, retain: bool) -> Result<Will, Refusal> {
    if !topics::is_topic_name(topic) {
        return Err(Refusal::WillTopic);
    }
    Ok(Will::new(Message::new(topic, payload.unwrap_or_default(), qos, retain)))
}

/// The CONNACK of a refusal; None where the protocol wants silence.
pub(crate) fn refusal(refused: Refused) -> Option<Vec<u8>> {
    let present = u8::from(refused.session_present);
    // A version that the hub does not speak is answered in 3.1.1 [MQTT-3.1.2-2].
    if refused.version == Version::V5_0 && refused.why != Refusal::UnknownVersion {
        let code = match refused.why {
            Refusal::Malformed | Refusal::UnknownVersion => return None,
            Refusal::ClientId => 0x85,
            Refusal::Coded(_, code) => code,
            Refusal::Busy => 0x89,
            Refusal::AuthenticationMethod => 0x8c,
            Refusal::WillQos => 0x9b,
            Refusal::WillTopic => 0x90,
        };
        return Some(vec![0x20, 3, present, code, 0]);
    }
    let code = match refused.why {
        Refusal::Malformed | Refusal::AuthenticationMethod | Refusal::WillQos | Refusal::WillTopic => return None,
        Refusal::UnknownVersion => 1,
        Refusal::ClientId => 2,
        Refusal::Coded(code, _) => code,
        Refusal::Busy => 3,
    };
    Some(vec![0x20, 2, present, code])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vectors::Vectors;
    use bytes::BytesMut;

    fn read(bytes: &[u8]) -> Result<Connect, Refused> {
        let frame = crate::frame::next(&mut BytesMut::from(bytes), 100_000).unwrap().unwrap();
        read_connect(&frame)
    }

    #[test]
    fn packets_of_a_foreign_encoder_are_understood() {
        for case in Vectors::load().rows("connect_packets") {
            let hex = case["hex"].as_str().unwrap();
            let bytes: Vec<_> =
                (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect();
            let (connect, input) = (read(&bytes).ok().unwrap(), &case["input"]);
            assert_eq!(connect.client_id, input["client_id"].as_str().unwrap());
            assert_eq!(connect.user_name.as_deref(), input["username"].as_str());
            assert_eq!(connect.password.as_deref(), input["password"].as_str().map(str::as_bytes));
            assert_eq!(u64::from(connect.keep_alive), input["keepalive"].as_u64().unwrap_or(60));
            assert_eq!(connect.version == Version::V5_0, input["level"] == 5);
            let will = connect.will.map(|will| (will.message.topic.to_string(), will.message.retain));
            let expected = input["will"]["topic"].as_str().map(|topic| (topic.to_owned(), true));
            assert_eq!(will, expected);
        }
    }

    #[test]
    fn refusals_say_what_the_protocol_allows() {
        let refused = |bytes: &[u8]| refusal(read(bytes).err().unwrap());
        // MQTT 3.1, and a version nobody knows.
        assert_eq!(refused(b"\x10\x0e\x00\x06MQIsdp\x03\x02\x00\x3c\x00\x00"), Some(vec![0x20, 2, 0, 1]));
        assert_eq!(refused(b"\x10\x0c\x00\x04MQTT\x09\x02\x00\x3c\x00\x00"), Some(vec![0x20, 2, 0, 1]));
        // A kept session without a client id [MQTT-3.1.3-8].
        assert_eq!(refused(b"\x10\x0c\x00\x04MQTT\x04\x00\x00\x3c\x00\x00"), Some(vec![0x20, 2, 0, 2]));
        // The reserved flag, will QoS without a will, another protocol, trailing bytes: silence.
        assert_eq!(refused(b"\x10\x0c\x00\x04MQTT\x04\x03\x00\x3c\x00\x00"), None);
        assert_eq!(refused(b"\x10\x0c\x00\x04MQTT\x04\x0a\x00\x3c\x00\x00"), None);
        assert_eq!(refused(b"\x10\x0c\x00\x04HTTP\x04\x02\x00\x3c\x00\x00"), None);
        assert_eq!(refused(b"\x10\x0d\x00\x04MQTT\x04\x02\x00\x3c\x00\x00x"), None);
        // MQTT 5: an authentication method.
        let method = b"\x10\x13\x00\x04MQTT\x05\x02\x00\x3c\x06\x15\x00\x03abc\x00\x00";
        assert_eq!(refused(method), Some(vec![0x20, 3, 0, 0x8c, 0]));
    }
}
