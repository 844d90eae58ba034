//! Kaa's MQTT communication service.
//!
//! Sources: RFCs 1/KP (topics), 2/DCP (data collection), 16/ECAP (endpoint tokens), 22/CAP (client credentials), and the
//! pages "MQTT-based device API", "Endpoint tokens", "Client credentials". What the papers leave open (the codes of a
//! refused CONNECT, how a suspended token is refused) is marked. Only data collection answers yet.

mod rest;
mod tokens;
mod topic;

pub(crate) use rest::serve;
pub(crate) use tokens::{Endpoint, State, Tokens};

use super::{Admission, Grant, Hub, Member, Peer, Verdict};
use crate::broker::{Broker, SubscribeProblem};
use crate::handshake::{Connect, Refusal};
use crate::message::{Message, Qos};
use hubscope_pki as pki;
use serde_json::{Value, json};
use std::sync::Arc;
use subtle::ConstantTimeEq;
use tokens::NotUsable;
use topic::Topic;
use zeroize::Zeroizing;

/// Header of the REST API that carries the key.
pub(crate) const HEADER: &str = "x-iamcore-api-key";

/// What the tenant asks of every client.
pub(crate) struct Clients {
    pub user_name: String,
    pub password: Zeroizing<String>,
    /// Issuer and decimal serial of a registered certificate (22/CAP).
    pub certificate: (String, String),
}

pub(crate) struct Kaa {
    /// To end sessions when a token is withdrawn.
    pub broker: Arc<Broker>,
    pub tokens: Tokens,
    /// None: "client credentials" are switched off, and nothing is looked at.
    pub clients: Option<Clients>,
    pub api_key: Zeroizing<String>,
}

impl Hub for Kaa {
    fn admit(&self, connect: &Connect, peer: &Peer) -> Result<Admission, Refusal> {
        if self.clients.as_ref().is_some_and(|clients| !clients.know(connect, peer)) {
            // The papers only say that the connection is refused.
            return Err(Refusal::NOT_AUTHORISED);
        }
        // CONNECT names no endpoint; the client id is "anything unique".
        Ok(Admission { device: None, session: None, keeps: false, keep_alive: connect.keep_alive, valid_for: None })
    }

    fn subscribe(&self, member: &Member, filter: &str) -> Grant {
        // A filter that reaches over the token would show other endpoints' messages.
        let used = topic::filter(filter).map(|(app_version, token)| self.use_token(member, app_version, token));
        match used {
            Some(Ok(_)) => Grant::Given,
            _ => Grant::Refused(SubscribeProblem::NotAuthorised),
        }
    }

    fn publish(&self, member: &Member, message: &Message) -> Verdict {
        let Some(topic) = Topic::read(&message.topic) else { return Verdict::Close };
        match self.use_token(member, Some(topic.app_version), topic.token) {
            Ok(device) => Verdict::Keep { device, reply: reply(&topic, message) },
            // A request is answered on its error topic (1/KP); without a request id there is only the connection's end.
            Err(why) if topic.request_id.is_some() => Verdict::Answer(error(&message.topic, 403, why.words())),
            Err(_) => Verdict::Close,
        }
    }
}

impl Kaa {
    /// The endpoint of a token that is good; a new token becomes active.
    fn use_token(&self, member: &Member, app_version: Option<&str>, token: &str) -> Result<Arc<str>, NotUsable> {
        // Entered before it is judged: a withdrawal in between finds the session.
        if let Some(device) = self.tokens.owner(token) {
            self.broker.speaks_for(member.key, &device);
        }
        self.tokens.use_one(app_version, token)
    }

    /// Changes a token's state. Sessions that use it end unless it is active (16/ECAP).
    pub fn change(&self, endpoint_id: &str, token_id: &str, to: State) -> Result<Value, tokens::NotChanged> {
        let (device, listed) = self.tokens.change(endpoint_id, token_id, to)?;
        if to != State::Active {
            self.broker.withdraw(&device);
        }
        Ok(listed)
    }
}

impl Clients {
    fn know(&self, connect: &Connect, peer: &Peer) -> bool {
        let user_name = connect.user_name.as_deref().unwrap_or_default();
        let password = connect.password.as_deref().unwrap_or_default();
        let basic = self.user_name.as_bytes().ct_eq(user_name.as_bytes()) & self.password.as_bytes().ct_eq(password);
        let leaf = peer.certificates.first().and_then(|der| pki::describe(der).ok());
        bool::from(basic) || leaf.is_some_and(|leaf| (leaf.issuer, leaf.serial) == self.certificate)
    }
}

/// The answer of data collection (2/DCP): an empty payload on the status topic, or an error. Requests without a
/// request id get none.
fn reply(topic: &Topic<'_>, message: &Message) -> Option<Message> {
    topic.request_id?;
    let payload = message.payload.as_slice();
    let understood = match topic.path {
        "json" => matches!(serde_json::from_slice(payload), Ok(Value::Object(_) | Value::Array(_))),
        path if path.starts_with("plain/") => std::str::from_utf8(payload).is_ok(),
        _ => false,
    };
    match topic.service {
        "dcx" if understood => Some(Message::new(&format!("{}/status", message.topic), "", Qos::AtLeastOnce, false)),
        "dcx" => Some(error(&message.topic, 400, "Bad Request")),
        _ => None,
    }
}

/// `{"statusCode":…,"reasonPhrase":"…"}` on the error topic (1/KP).
fn error(topic: &str, code: u16, phrase: &str) -> Message {
    let payload = json!({"statusCode": code, "reasonPhrase": phrase}).to_string();
    Message::new(&format!("{topic}/error"), payload, Qos::AtLeastOnce, false)
}
