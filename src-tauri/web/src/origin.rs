//! Who may ask: only a page that this shell served itself, under exactly its own address.

use crate::Shell;
use axum::extract::{Request, State};
use axum::http::header::{HOST, HeaderMap, HeaderName, ORIGIN};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::net::SocketAddr;
use std::sync::Arc;

/// The shell's own address, as browsers write it.
pub struct Origin {
    host: String,
    origin: String,
    policy: HeaderValue,
}

impl Origin {
    /// The origin of a listener on `address`.
    pub fn of(address: SocketAddr) -> Self {
        let policy = format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
             connect-src 'self' ws://{address}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        );
        Self {
            host: address.to_string(),
            origin: format!("http://{address}"),
            // An address has only visible ASCII; without the policy nothing at all may load.
            policy: HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'")),
        }
    }

    /// A rebound name arrives with another `Host`; a request without one is not a browser's.
    fn host_is_own(&self, headers: &HeaderMap) -> bool {
        only(headers, HOST).is_some_and(|host| host == self.host.as_str())
    }

    /// Plain navigation has no `Origin`; where there is one, it must be ours.
    fn origin_is_not_foreign(&self, headers: &HeaderMap) -> bool {
        !headers.contains_key(ORIGIN) || self.origin_is_own(headers)
    }

    /// Sockets always carry an `Origin`; without it the caller is not our page.
    pub fn origin_is_own(&self, headers: &HeaderMap) -> bool {
        only(headers, ORIGIN).is_some_and(|origin| origin == self.origin.as_str())
    }
}

/// The value of a header that is there exactly once.
fn only(headers: &HeaderMap, name: HeaderName) -> Option<&HeaderValue> {
    let mut values = headers.get_all(name).into_iter();
    values.next().filter(|_| values.next().is_none())
}

/// Refuses foreign hosts and origins before any route sees the request, and puts the security headers on every answer.
pub async fn guard(State(shell): State<Arc<Shell>>, request: Request, next: Next) -> Response {
    let headers = request.headers();
    let mut response = if !shell.origin.host_is_own(headers) {
        (StatusCode::MISDIRECTED_REQUEST, "This is not the address of Hubscope.\n").into_response()
    } else if !shell.origin.origin_is_not_foreign(headers) {
        (StatusCode::FORBIDDEN, "Only Hubscope's own page may ask.\n").into_response()
    } else {
        next.run(request).await
    };
    protect(response.headers_mut(), shell.origin.policy.clone());
    response
}

fn protect(headers: &mut HeaderMap, policy: HeaderValue) {
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
