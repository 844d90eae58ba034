//! Kaa's REST API against a small HTTP server on loopback, written here from the vendor's papers with nothing but
//! sockets.

#![cfg(test)]

use hubscope_hubs::kaa::rest::Rest;
use hubscope_hubs::kaa::settings::default_rest;
use hubscope_model::{Code, Error, KaaRest, TokenState};
use hubscope_pki::Trust;
use hubscope_vault::Secret;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use zeroize::Zeroizing;

const KEY: &str = "Planted-Zq7x-api-key";

/// A server that knows one token of the application `demo`, and what it was asked.
struct Server {
    port: u16,
    heard: Arc<Mutex<Vec<String>>>,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Answers a request (head and body) with a status line's rest, headers and a body.
type Answer = Box<dyn FnMut(&str) -> (String, String) + Send>;

impl Server {
    async fn start(mut answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let log = heard.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A client that goes away in the middle is none of the server's business.
                let _ = serve(stream, &mut answer, &log).await;
            }
        });
        Self { port, heard, task }
    }

    /// One token, whose state `PATCH` changes when it comes from a documented state.
    async fn kaa(state: &str) -> Self {
        let mut state = state.to_owned();
        Self::start(Box::new(move |request| {
            if let Some((_, body)) = request.split_once("\r\n\r\n").filter(|_| request.starts_with("PATCH ")) {
                state = serde_json::from_str::<serde_json::Value>(body).unwrap()["status"].as_str().unwrap().into();
                return ("200 OK".into(), "{}".into());
            }
            let list = format!(
                r#"{{"content":[{{"status":"{state}","endpointTokenId":"t-1","createdDate":"2026-01-01T00:00:00Z","applicationName":"demo"}}],"totalElements":1}}"#
            );
            ("200 OK".into(), list)
        }))
        .await
    }

    async fn answering(status: &str, body: &str) -> Self {
        let answer = (status.to_owned(), body.to_owned());
        Self::start(Box::new(move |_| answer.clone())).await
    }

    fn settings(&self) -> KaaRest {
        default_rest(&format!("http://127.0.0.1:{}", self.port))
    }

    fn rest(&self) -> Rest {
        rest(&self.settings())
    }

    fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, answer: &mut Answer, log: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut bytes = Vec::new();
    let request = loop {
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let length =
            text.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
        if text.split_once("\r\n\r\n").is_some_and(|(_, body)| body.len() >= length.unwrap_or(0usize)) {
            break text;
        }
    };
    log.lock().unwrap().push(request.clone());
    let (status, body) = answer(&request);
    let (status, headers) = status.split_once('\n').unwrap_or((&status, ""));
    let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await?;
    stream.shutdown().await
}

fn rest(settings: &KaaRest) -> Rest {
    hubscope_pki::install_crypto_provider();
    Rest::new(settings, &Trust::System, None, &key(KEY)).unwrap()
}

fn key(text: &str) -> Secret<String> {
    Secret::new(Zeroizing::new(text.to_owned()))
}

fn says_no_key(error: &Error) {
    assert!(!format!("{error:?}").contains("Zq7x"), "{error:?}");
}

#[tokio::test]
async fn the_state_is_read_with_the_key_in_its_header() {
    let server = Server::kaa("SUSPENDED").await;
    assert_eq!(server.rest().read("e/1 x", "demo-v1").await.unwrap(), TokenState::Suspended);
    let heard = server.heard();
    let head = heard[0].to_ascii_lowercase();
    assert!(heard[0].starts_with("GET /cm/api/v1/endpoints/e%2F1%20x/tokens?limit=100 HTTP/1.1\r\n"), "{}", heard[0]);
    assert!(head.contains("\r\nx-iamcore-api-key: planted-zq7x-api-key\r\n"), "{head}");
    assert!(!heard[0].lines().next().unwrap().contains("Zq7x"));
}

#[tokio::test]
async fn a_state_is_changed_and_read_again() {
    let server = Server::kaa("ACTIVE").await;
    let rest = server.rest();
    let state = rest.change("e1", "demo-v1", TokenState::Suspended, Some("a \"quoted\" reason")).await.unwrap();
    assert_eq!(state, TokenState::Suspended);
    let heard = server.heard();
    let verbs: Vec<_> = heard.iter().map(|request| request.split(' ').next().unwrap()).collect();
    assert_eq!(verbs, ["GET", "PATCH", "GET"]);
    assert!(heard[1].starts_with("PATCH /cm/api/v1/endpoints/e1/tokens/t%2D1 "), "{}", heard[1]);
    let body: serde_json::Value = serde_json::from_str(heard[1].split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(body, serde_json::json!({ "status": "SUSPENDED", "reason": "a \"quoted\" reason" }));
    assert_eq!(rest.change("e1", "demo-v1", TokenState::Active, None).await.unwrap(), TokenState::Active);
    assert_eq!(rest.change("e1", "demo-v1", TokenState::Revoked, None).await.unwrap(), TokenState::Revoked);
}

#[tokio::test]
async fn what_is_so_already_is_not_asked_for_and_what_cannot_be_is_refused_here() {
    let server = Server::kaa("REVOKED").await;
    let rest = server.rest();
    assert_eq!(rest.change("e1", "demo-v1", TokenState::Revoked, None).await.unwrap(), TokenState::Revoked);
    let error = rest.change("e1", "demo-v1", TokenState::Active, None).await.unwrap_err();
    assert_eq!((error.code, error.message.contains("revoked")), (Code::RestFailed, true), "{error:?}");
    assert!(server.heard().iter().all(|request| request.starts_with("GET ")));
}

#[tokio::test]
async fn a_hub_that_agrees_and_changes_nothing_is_found_out() {
    let list = r#"[{"status":"ACTIVE","endpointTokenId":7}]"#;
    let server = Server::answering("200 OK", list).await;
    let error = server.rest().change("e1", "demo-v1", TokenState::Suspended, None).await.unwrap_err();
    assert_eq!(error.code, Code::RestFailed);
    assert!(error.message.contains("active"), "{error:?}");
}

#[tokio::test]
async fn refusals_carry_the_hub_s_words_without_the_key() {
    for (status, retryable) in
        [("401 Unauthorized", false), ("404 Not Found", false), ("503 Busy", true), ("429 X", true)]
    {
        let server = Server::answering(status, &format!("{{\"message\":\"no right for\\n {KEY}\"}}")).await;
        let error = server.rest().read("e1", "demo-v1").await.unwrap_err();
        assert_eq!((error.code, error.retryable), (Code::RestFailed, retryable), "{status}");
        let detail = error.detail.clone().unwrap().to_string();
        assert!(detail.starts_with(&format!("HTTP {}", &status[..3])) && detail.contains("no right for"), "{detail}");
        says_no_key(&error);
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let target = Server::kaa("ACTIVE").await;
    let status = format!("302 Found\nLocation: http://127.0.0.1:{}/elsewhere\r\n", target.port);
    let server = Server::answering(&status, "").await;
    let error = server.rest().read("e1", "demo-v1").await.unwrap_err();
    assert_eq!(error.code, Code::RestFailed);
    assert_eq!(target.heard(), Vec::<String>::new());
}

#[tokio::test]
async fn an_endless_answer_ends() {
    let server = Server::answering("200 OK", &"x".repeat(2 * 1024 * 1024)).await;
    let error = server.rest().read("e1", "demo-v1").await.unwrap_err();
    assert_eq!((error.code, error.message.contains("1 MiB")), (Code::RestFailed, true), "{error:?}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_from_one_that_refuses() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let rest = rest(&default_rest(&format!("http://127.0.0.1:{closed}")));
    let error = rest.read("e1", "demo-v1").await.unwrap_err();
    assert_eq!(error.code, Code::ConnectionRefused, "{error:?}");
    assert!(error.retryable);
    says_no_key(&error);
}

#[tokio::test]
async fn templates_of_the_user_s_own() {
    let server = Server::kaa("INACTIVE").await;
    let mut settings = server.settings();
    settings.header = "Authorization".into();
    settings.read.path = "/api/{application}/{endpoint_id}?state=any".into();
    settings.base_url.push_str("/base/");
    assert_eq!(rest(&settings).read("e1", "demo-v1").await.unwrap(), TokenState::Unused);
    let heard = server.heard();
    assert!(heard[0].starts_with("GET /base/api/demo/e1?state=any "), "{}", heard[0]);
    assert!(heard[0].contains(&format!("uthorization: Bearer {KEY}\r\n")), "{}", heard[0]);
}

#[test]
fn settings_and_keys_that_cannot_be_sent() {
    hubscope_pki::install_crypto_provider();
    let new = |settings: &KaaRest, text: &str| Rest::new(settings, &Trust::System, None, &key(text)).unwrap_err();
    assert_eq!(new(&default_rest(""), KEY).code, Code::RestFailed);
    assert_eq!(new(&default_rest("http://kaa.example"), KEY).code, Code::InvalidFields);
    let error = new(&default_rest("https://kaa.example"), "Zq7x\nline");
    assert_eq!(error.fields[0].field, "api_key");
    says_no_key(&error);
}
