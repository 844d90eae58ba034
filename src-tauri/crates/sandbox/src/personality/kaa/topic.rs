//! Topics of 1/KP: `kp1/{app version}/{service}/{endpoint token}/{resource path}[/{request id}]`.

/// The services of a Kaa cluster that clients may use.
const SERVICES: [&str; 6] = ["dcx", "bcx", "epmx", "cmx", "cmx_ota", "cex"];

/// What a client publishes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Topic<'a> {
    pub app_version: &'a str,
    pub service: &'a str,
    pub token: &'a str,
    pub path: &'a str,
    pub request_id: Option<&'a str>,
}

impl<'a> Topic<'a> {
    /// None for what is not of the protocol.
    pub fn read(topic: &'a str) -> Option<Self> {
        let mut parts = topic.splitn(5, '/');
        let (kp1, app_version, service) = (parts.next()?, parts.next()?, parts.next()?);
        let (token, rest) = (parts.next()?, parts.next()?);
        if kp1 != "kp1" || app_version.is_empty() || token.is_empty() || !SERVICES.contains(&service) {
            return None;
        }
        let (path, request_id) = match rest.rsplit_once('/') {
            Some((path, id)) if is_request_id(id) => (path, Some(id)),
            _ => (rest, None),
        };
        (!path.is_empty()).then_some(Self { app_version, service, token, path, request_id })
    }
}

/// A positive integer.
fn is_request_id(text: &str) -> bool {
    text.len() <= 19 && !text.starts_with('0') && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The application version (None: any) and the token of a filter that names its token.
pub(super) fn filter(filter: &str) -> Option<(Option<&str>, &str)> {
    let mut parts = filter.split('/');
    let (kp1, app_version, service, token) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    // With `#` the parts before the token would have ended.
    let names = kp1 == "kp1" && app_version != "#" && service != "#" && !["+", "#"].contains(&token);
    names.then_some(((app_version != "+").then_some(app_version), token))
}
