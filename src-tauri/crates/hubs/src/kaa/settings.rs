//! The settings of Kaa's REST API: defaults, and what is wrong with those of a form.
//!
//! Reading is documented (Credential Management REST API, `GET /endpoints/{id}/tokens`). The call that changes a
//! state is not published, so the default is a guess in the same style, and both requests can be edited.

use super::template::{self, Values};
use hubscope_model::{FieldProblem, KaaRest, Problem, RequestTemplate};
use reqwest::Method;
use reqwest::header::{HeaderName, HeaderValue};
use url::{Host, Url};

/// The REST API of a Kaa at `base_url` with the requests that we believe in.
pub fn default_rest(base_url: &str) -> KaaRest {
    let request = |method: &str, path: &str, body: &str| RequestTemplate {
        method: method.to_owned(),
        path: path.to_owned(),
        body: body.to_owned(),
    };
    KaaRest {
        base_url: base_url.to_owned(),
        header: "x-iamcore-api-key".to_owned(),
        read: request("GET", "/cm/api/v1/endpoints/{endpoint_id}/tokens?limit=100", ""),
        change: request(
            "PATCH",
            "/cm/api/v1/endpoints/{endpoint_id}/tokens/{token_id}",
            r#"{"status":"{state}","reason":"{reason}"}"#,
        ),
    }
}

/// What is wrong with the settings; field names as in a hub form. Without a base URL the API is not used, and nothing
/// is wrong.
pub fn check(rest: &KaaRest) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    if !is_used(rest) {
        return problems;
    }
    let mut add = |field: &str, problem: Problem| {
        problems.push(FieldProblem { field: format!("details.kaa.{field}"), problem });
    };
    if let Err(problem) = base(&rest.base_url) {
        add("base_url", problem);
    }
    if header(&rest.header).is_none() {
        add("header", Problem::OutOfRange);
    }
    for (name, request) in [("read", &rest.read), ("change", &rest.change)] {
        if method(&request.method).is_none() {
            add(&format!("{name}.method"), Problem::OutOfRange);
        }
        if !request.path.starts_with('/') {
            add(&format!("{name}.path"), Problem::NotAUrl);
        }
        if !is_json(&request.body) {
            add(&format!("{name}.body"), Problem::NotJson);
        }
    }
    problems
}

/// Whether the hub has a REST API to ask.
pub fn is_used(rest: &KaaRest) -> bool {
    !rest.base_url.trim().is_empty()
}

/// Host and port of the API; None when its address is none.
pub fn server(rest: &KaaRest) -> Option<(String, u16)> {
    let base = base(&rest.base_url).ok()?;
    Some((base.host_str()?.trim_matches(['[', ']']).to_owned(), base.port_or_known_default()?))
}

/// HTTPS, or HTTP to this machine: an API key does not cross a network in the clear. No query, and no credentials,
/// which would end up in logs.
pub(super) fn base(text: &str) -> std::result::Result<Url, Problem> {
    let url = Url::parse(text.trim()).map_err(|_| Problem::NotAUrl)?;
    let plain = !url.username().is_empty() || url.password().is_some() || url.query().is_some();
    if plain || url.fragment().is_some() || url.host().is_none() {
        return Err(Problem::NotAUrl);
    }
    match (url.scheme(), url.host()) {
        ("https", _) => Ok(url),
        ("http", Some(Host::Domain("localhost"))) => Ok(url),
        ("http", Some(Host::Ipv4(address))) if address.is_loopback() => Ok(url),
        ("http", Some(Host::Ipv6(address))) if address.is_loopback() => Ok(url),
        ("http", _) => Err(Problem::NeedsTls),
        _ => Err(Problem::NotAUrl),
    }
}

/// Headers that the connection itself needs are not for keys.
pub(super) fn header(name: &str) -> Option<HeaderName> {
    const TAKEN: [&str; 7] =
        ["host", "content-length", "content-type", "transfer-encoding", "connection", "accept", "user-agent"];
    let name = HeaderName::from_bytes(name.trim().as_bytes()).ok()?;
    (!TAKEN.contains(&name.as_str())).then_some(name)
}

/// The header's value, marked so that the library prints it nowhere; none when no header can carry it.
/// `Authorization` takes a scheme; a bare key there is a bearer token (RFC 6750 section 2.1).
pub(super) fn key(header: &HeaderName, api_key: &str) -> Option<HeaderValue> {
    let bare = header == reqwest::header::AUTHORIZATION && !api_key.contains(' ');
    let value = zeroize::Zeroizing::new(if bare { format!("Bearer {api_key}") } else { api_key.to_owned() });
    let mut value = HeaderValue::from_str(&value).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// The methods of a request that changes or reads something.
pub(super) fn method(name: &str) -> Option<Method> {
    [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE]
        .into_iter()
        .find(|method| method.as_str() == name)
}

/// Whether a body is JSON once its places are filled.
fn is_json(body: &str) -> bool {
    let values = Values { token_id: Some(""), ..Values::default() };
    body.is_empty()
        || template::body(body, &values).is_ok_and(|text| serde_json::from_str::<serde_json::Value>(&text).is_ok())
}
