//! The part of Kaa's Credential Management REST API that is about endpoint tokens.
//!
//! Reading is documented: `GET /cm/api/v1/endpoints/{id}/tokens`. The vendor publishes no call for a change of state;
//! ours is a PATCH of the token in the same style.

use super::{HEADER, Kaa, State, tokens::NotChanged};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, patch};
use serde_json::{Value, json};
use std::sync::Arc;
use subtle::ConstantTimeEq;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// Bytes of a request's body.
const LARGEST: usize = 16 * 1024;

type Api = axum::extract::State<Arc<Kaa>>;

/// Serves the API until the sandbox stops.
pub(crate) async fn serve(listener: TcpListener, kaa: Arc<Kaa>, stop: CancellationToken) {
    let routes = Router::new()
        .route("/cm/api/v1/endpoints/{endpoint}/tokens", get(list))
        .route("/cm/api/v1/endpoints/{endpoint}/tokens/{token}", patch(change))
        .layer(middleware::from_fn_with_state(kaa.clone(), with_key))
        .layer(DefaultBodyLimit::max(LARGEST))
        .with_state(kaa);
    let server = axum::serve(listener, routes);
    tokio::select! {
        () = stop.cancelled() => {}
        ended = server => if let Err(error) = ended {
            tracing::error!(%error, "the sandbox's REST API has ended");
        },
    }
}

/// Every call carries the API key.
async fn with_key(kaa: Api, headers: HeaderMap, request: Request, next: Next) -> Response {
    let key = headers.get(HEADER).map(|key| key.as_bytes()).unwrap_or_default();
    if kaa.api_key.as_bytes().ct_eq(key).into() {
        next.run(request).await
    } else {
        refused(StatusCode::UNAUTHORIZED, "Unauthorized")
    }
}

async fn list(kaa: Api, Path(endpoint): Path<String>) -> Response {
    match kaa.tokens.list(&endpoint) {
        Some(content) => answer(StatusCode::OK, &json!({"totalElements": content.len(), "content": content})),
        None => refused(StatusCode::NOT_FOUND, "Endpoint is not known"),
    }
}

async fn change(kaa: Api, Path((endpoint, token)): Path<(String, String)>, body: Bytes) -> Response {
    let wanted = serde_json::from_slice::<Value>(&body).ok();
    let Some(to) = wanted.and_then(|wanted| State::read(wanted["status"].as_str()?)) else {
        return refused(StatusCode::BAD_REQUEST, "\"status\" must be ACTIVE, SUSPENDED or REVOKED");
    };
    match kaa.change(&endpoint, &token, to) {
        Ok(listed) => answer(StatusCode::OK, &listed),
        Err(NotChanged::NotFound) => refused(StatusCode::NOT_FOUND, "Endpoint token is not known"),
        Err(NotChanged::Conflict) => refused(StatusCode::CONFLICT, "The token cannot be changed to that state"),
    }
}

fn refused(status: StatusCode, words: &str) -> Response {
    answer(status, &json!({"statusCode": status.as_u16(), "reasonPhrase": words}))
}

fn answer(status: StatusCode, body: &Value) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}
