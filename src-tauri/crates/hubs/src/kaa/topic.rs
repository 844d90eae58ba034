//! Topics of the Kaa protocol: `kp1/{app_version}/{service}/{token}/{path}[/{request_id}][/status|/error]`
//! (kaa-rfcs, 1/KP "Kaa Protocol").

use hubscope_model::{Code, Error, Result, Text, text};
use hubscope_vault::Secret;
use std::borrow::Cow;
use std::fmt;
use zeroize::Zeroizing;

/// Stands for the endpoint's token in topics and filters that are stored or shown. It is filled in only on the way
/// to the broker.
pub const TOKEN: &str = "{token}";

/// How a broker answered a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Response {
    Status,
    Error,
}

impl Response {
    /// The last level of its topic.
    pub fn word(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Error => "error",
        }
    }
}

/// A topic taken apart. The token is a secret: this type does not print it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Topic<'a> {
    pub app_version: &'a str,
    /// The extension service: `dcx`, `cmx`, `cex` …
    pub service: &'a str,
    pub token: &'a str,
    /// The resource, of one or more levels.
    pub path: &'a str,
    /// Without one nothing is answered.
    pub request_id: Option<u64>,
    pub response: Option<Response>,
}

impl fmt::Debug for Topic<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { app_version, service, path, request_id, response, .. } = self;
        write!(f, "Topic(kp1/{app_version}/{service}/…/{path}, {request_id:?}, {response:?})")
    }
}

/// Builds a topic to publish to; [`TOKEN`] as token for one that is stored.
///
/// # Errors
/// `InvalidTopic` when a part is empty or not legal in a topic, or when `path` ends in a number, which the broker
/// would take for the request id.
pub fn build(app_version: &str, service: &str, token: &str, path: &str, request_id: Option<u64>) -> Result<String> {
    for (name, part) in
        [(text!("application version"), app_version), (text!("service"), service), (text!("token"), token)]
    {
        if part.is_empty() || part.contains(['/', '+', '#', '\0']) {
            return Err(not_legal(text!("The {name} is empty or holds a character that a topic cannot.", name)));
        }
    }
    if path.split('/').any(str::is_empty) || path.contains(['+', '#', '\0']) {
        return Err(not_legal(text!("The resource path has an empty level or a wildcard.")));
    }
    if path.rsplit('/').next().is_some_and(|last| number(last).is_some()) {
        return Err(not_legal(text!("A name that is a number would be taken for the request id.")));
    }
    let topic = format!("kp1/{app_version}/{service}/{token}/{path}");
    match request_id {
        None => Ok(topic),
        Some(0) => Err(not_legal(text!("A request id is 1 or more."))),
        Some(id) => Ok(format!("{topic}/{id}")),
    }
}

/// Takes a topic apart.
///
/// # Errors
/// `InvalidTopic` when it is none of this protocol; the text is not repeated, it may hold a token.
pub fn parse(topic: &str) -> Result<Topic<'_>> {
    let rest = topic.strip_prefix("kp1/").ok_or_else(|| not_legal(text!("It does not begin with kp1/.")))?;
    let mut parts = rest.splitn(4, '/');
    let mut part = || parts.next().filter(|part| !part.is_empty());
    let (Some(app_version), Some(service), Some(token), Some(rest)) = (part(), part(), part(), part()) else {
        return Err(not_legal(text!("It ends before the resource.")));
    };
    let (rest, response) = match rest.rsplit_once('/') {
        Some((path, "status")) => (path, Some(Response::Status)),
        Some((path, "error")) => (path, Some(Response::Error)),
        _ => (rest, None),
    };
    let (path, request_id) = match rest.rsplit_once('/') {
        Some((path, last)) if number(last).is_some() => (path, number(last)),
        _ => (rest, None),
    };
    Ok(Topic { app_version, service, token, path, request_id, response })
}

/// A topic or filter as it is shown: of this protocol's the token masked, others as they are.
pub fn masked(topic: &str) -> Cow<'_, str> {
    if !topic.starts_with("kp1/") {
        return Cow::Borrowed(topic);
    }
    let mut levels: Vec<_> = topic.splitn(5, '/').collect();
    let Some(token) = levels.get_mut(3).filter(|token| !matches!(**token, "" | "+" | "#" | TOKEN)) else {
        return Cow::Borrowed(topic);
    };
    let mask = chip(Secret::new(Zeroizing::new((*token).to_owned())).ends().as_deref());
    *token = &mask;
    Cow::Owned(levels.join("/"))
}

/// What stands for a token that ends so; None: too short to show its end, or not known.
pub(crate) fn chip(ends: Option<&str>) -> String {
    format!("token •{}", ends.unwrap_or("••"))
}

/// Where telemetry goes, the token left open.
pub fn telemetry(app_version: &str) -> String {
    format!("kp1/{app_version}/dcx/{TOKEN}/json")
}

/// What shows an endpoint its answers and what the hub pushes: results of telemetry, configuration and commands
/// (2/DCP, 7/CMP, 11/CEP). The token is left open.
pub fn filters(app_version: &str) -> Vec<String> {
    ["dcx/{token}/json/+/+", "cmx/{token}/config/json/+", "cex/{token}/command/+/+"]
        .map(|tail| format!("kp1/{app_version}/{tail}"))
        .to_vec()
}

/// A request id: a positive number without leading zeros.
fn number(text: &str) -> Option<u64> {
    (!text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn not_legal(why: Text) -> Error {
    Error::new(Code::InvalidTopic, "This is not a topic of the Kaa protocol.")
        .detail(why)
        .hint("Topics read kp1/APP-VERSION/SERVICE/TOKEN/RESOURCE.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_of_a_shown_topic_is_masked_and_nothing_else() {
        for (topic, shown) in [
            ("kp1/app-v1/dcx/abcdefghijklmno7Qd2/json/7", "kp1/app-v1/dcx/token •7Qd2/json/7"),
            ("kp1/app-v1/+/abcdefghijklmno7Qd2/#", "kp1/app-v1/+/token •7Qd2/#"),
            ("kp1/app-v1/dcx/abcdefghijklmno7Qd2", "kp1/app-v1/dcx/token •7Qd2"),
            ("kp1/app-v1/dcx/short/json", "kp1/app-v1/dcx/token •••/json"),
        ] {
            assert_eq!(masked(topic), shown);
        }
        for topic in ["kp1/app-v1/dcx/{token}/json", "kp1/+/+/+/json", "kp1/app-v1/#", "lab/a/b/c/d", "kp1", ""] {
            assert_eq!(masked(topic), topic);
        }
    }
}
