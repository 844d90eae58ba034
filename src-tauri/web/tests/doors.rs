//! The web shell's doors, over real sockets: who gets in, who does not, and what happens to who leaves.

// Helpers of tests may panic as tests do: clippy takes this line for it.
#![cfg(test)]

use futures_util::{SinkExt, StreamExt};
use hubscope_engine::{Engine, EngineOptions, VaultChoice};
use hubscope_web::WebShell;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Far above what any answer needs; only a hang reaches it.
const PATIENCE: Duration = Duration::from_secs(20);

struct Fixture {
    engine: Arc<Engine>,
    shell: WebShell,
    _home: TempDir,
}

impl Fixture {
    async fn start() -> Self {
        let home = tempfile::tempdir().unwrap();
        let options = EngineOptions { vault: VaultChoice::Memory, ..EngineOptions::at(home.path().to_owned()) };
        let engine = Engine::start(options).await;
        let shell = WebShell::start(engine.clone(), 0).await.unwrap();
        Self { engine, shell, _home: home }
    }

    fn address(&self) -> SocketAddr {
        self.shell.address()
    }

    fn token(&self) -> String {
        self.shell.url().split_once('#').unwrap().1.to_owned()
    }

    /// Status line and headers of a GET with these headers.
    async fn get(&self, path: &str, headers: &str) -> String {
        let mut stream = TcpStream::connect(self.address()).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        timeout(PATIENCE, stream.read_to_end(&mut answer)).await.unwrap().unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    async fn open(&self, host: &str, origin: Option<&str>) -> Result<Socket, Error> {
        let mut request = format!("ws://{}/socket", self.address()).into_client_request().unwrap();
        request.headers_mut().insert("Host", host.parse().unwrap());
        if let Some(origin) = origin {
            request.headers_mut().insert("Origin", origin.parse().unwrap());
        }
        timeout(PATIENCE, connect_async(request)).await.unwrap().map(|(socket, _)| socket)
    }

    /// A socket as our own page opens it.
    async fn open_own(&self) -> Result<Socket, Error> {
        let host = self.address().to_string();
        self.open(&host, Some(&format!("http://{host}"))).await
    }

    async fn enter(&self) -> Socket {
        let mut socket = self.open_own().await.unwrap();
        send(&mut socket, &json!({ "token": self.token() })).await;
        socket
    }

    async fn stop(self) {
        self.shell.stop().await;
        self.engine.stop().await;
    }
}

async fn send(socket: &mut Socket, frame: &Value) {
    socket.send(Message::text(frame.to_string())).await.unwrap();
}

async fn next(socket: &mut Socket) -> Message {
    timeout(PATIENCE, socket.next()).await.expect("an answer in time").expect("an open socket").expect("a frame")
}

/// The answer to call `id`; ticks on the way are acknowledged as a page does.
async fn answer(socket: &mut Socket, id: u64) -> Value {
    loop {
        let Message::Text(text) = next(socket).await else { panic!("text expected") };
        let frame: Value = serde_json::from_str(&text).unwrap();
        if frame["id"] == id {
            return frame;
        }
        acknowledge(socket, &frame).await;
    }
}

/// Call id of acknowledgements; no test waits for their answers.
const ACK: u64 = 1_000_000;

/// Answers a tick as a page does, so that the next one can come.
async fn acknowledge(socket: &mut Socket, frame: &Value) {
    if let Some(number) = frame["tick"]["number"].as_u64() {
        send(socket, &json!({ "id": ACK, "name": "client.ack", "request": { "number": number } })).await;
    }
}

/// Waits until the shell ended the socket.
async fn ended(socket: &mut Socket) -> bool {
    loop {
        match timeout(PATIENCE, socket.next()).await.expect("an end in time") {
            None | Some(Err(_) | Ok(Message::Close(_))) => return true,
            Some(Ok(Message::Text(text))) => assert!(text.contains("\"tick\""), "answered: {text}"),
            Some(Ok(_)) => {}
        }
    }
}

fn status(refused: Result<Socket, Error>) -> u16 {
    match refused {
        Err(Error::Http(response)) => response.status().as_u16(),
        Err(other) => panic!("an HTTP answer was expected, not {other}"),
        Ok(_) => 101,
    }
}

#[tokio::test]
async fn a_foreign_host_is_refused() {
    let fixture = Fixture::start().await;
    let port = fixture.address().port();
    for host in [format!("localhost:{port}"), "127.0.0.1".to_owned(), format!("evil.example:{port}")] {
        let answer = fixture.get("/", &format!("Host: {host}\r\n")).await;
        assert!(answer.starts_with("HTTP/1.1 421"), "{host}: {answer}");
        assert_eq!(status(fixture.open(&host, Some(&format!("http://127.0.0.1:{port}"))).await), 421);
    }
    let two = fixture.get("/", &format!("Host: 127.0.0.1:{port}\r\nHost: 127.0.0.1:{port}\r\n")).await;
    assert!(two.starts_with("HTTP/1.1 4"), "two hosts: {two}");
    fixture.stop().await;
}

#[tokio::test]
async fn a_foreign_origin_is_refused() {
    let fixture = Fixture::start().await;
    let host = fixture.address().to_string();
    let port = fixture.address().port();
    for origin in [
        "http://evil.example".to_owned(),
        "null".to_owned(),
        format!("https://{host}"),
        format!("http://localhost:{port}"),
        format!("http://{host}.evil.example"),
    ] {
        assert_eq!(status(fixture.open(&host, Some(&origin)).await), 403, "{origin}");
        let answer = fixture.get("/", &format!("Host: {host}\r\nOrigin: {origin}\r\n")).await;
        assert!(answer.starts_with("HTTP/1.1 403"), "{origin}: {answer}");
    }
    assert_eq!(status(fixture.open(&host, None).await), 403, "a socket without an origin");
    fixture.stop().await;
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let fixture = Fixture::start().await;
    let host = fixture.address();
    for path in ["/", "/no-such-page", "/../../Cargo.toml"] {
        let answer = fixture.get(path, &format!("Host: {host}\r\n")).await.to_lowercase();
        assert!(
            answer.contains("content-security-policy: default-src 'none'; script-src 'self'; "),
            "{path}: {answer}"
        );
        assert!(!answer.contains("unsafe-"), "{path}: {answer}");
        for header in ["x-content-type-options: nosniff", "x-frame-options: deny", "cache-control: no-store"] {
            assert!(answer.contains(header), "{path} lacks {header}");
        }
        assert!(!answer.contains("[workspace]"), "{path} leaves the page's folder");
    }
    fixture.stop().await;
}

#[tokio::test]
async fn a_socket_that_shows_no_token_is_ended_and_counts_as_no_guess() {
    let fixture = Fixture::start().await;
    let mut sockets = Vec::new();
    for _ in 0..12 {
        sockets.push(fixture.open_own().await.unwrap());
    }
    for socket in &mut sockets {
        assert!(ended(socket).await);
    }
    assert_eq!(status(fixture.open_own().await), 101);
    fixture.stop().await;
}

#[tokio::test]
async fn a_wrong_token_tells_nothing_and_guessing_closes_the_door() {
    let fixture = Fixture::start().await;
    let wrong = "A".repeat(43);
    for attempt in 0..10 {
        let mut socket = fixture.open_own().await.unwrap_or_else(|error| panic!("guess {attempt}: {error}"));
        send(&mut socket, &json!({ "token": wrong })).await;
        // A call right behind the wrong token must not be served either.
        let _ = socket.send(Message::text(r#"{"id":1,"name":"tree.get","request":{}}"#)).await;
        assert!(ended(&mut socket).await);
    }
    assert_eq!(status(fixture.open_own().await), 429, "the door is closed, for the right token too");
    fixture.stop().await;
}

#[tokio::test]
async fn a_call_before_the_token_is_not_served() {
    let fixture = Fixture::start().await;
    let mut socket = fixture.open_own().await.unwrap();
    send(&mut socket, &json!({ "id": 1, "name": "tree.get", "request": {} })).await;
    assert!(ended(&mut socket).await);
    fixture.stop().await;
}

#[tokio::test]
async fn an_oversized_frame_ends_the_socket_and_only_that() {
    let fixture = Fixture::start().await;
    let mut large = fixture.enter().await;
    let mut other = fixture.enter().await;
    let text = "x".repeat(2 * 1024 * 1024 + 1);
    // The shell may end the socket while we still write.
    let _ = large.send(Message::text(text)).await;
    assert!(ended(&mut large).await);
    send(&mut other, &json!({ "id": 1, "name": "client.hello", "request": {} })).await;
    assert_eq!(answer(&mut other, 1).await["ok"]["shell"], "web");
    fixture.stop().await;
}

#[tokio::test]
async fn a_frame_that_is_no_call_ends_the_socket() {
    let fixture = Fixture::start().await;
    for frame in [Message::text("{}"), Message::text("not json"), Message::binary(vec![0; 8])] {
        let mut socket = fixture.enter().await;
        socket.send(frame).await.unwrap();
        assert!(ended(&mut socket).await);
    }
    fixture.stop().await;
}

#[tokio::test]
async fn the_own_page_calls_and_is_ticked() {
    let fixture = Fixture::start().await;
    let mut socket = fixture.enter().await;
    send(&mut socket, &json!({ "id": 1, "name": "client.hello", "request": {} })).await;
    assert_eq!(answer(&mut socket, 1).await["ok"]["workspace"]["state"]["state"], "ready");

    send(&mut socket, &json!({ "id": 2, "name": "no.such", "request": {} })).await;
    assert_eq!(answer(&mut socket, 2).await["error"]["code"], "unknown_command");

    send(&mut socket, &json!({ "id": 3, "name": "file.choose", "request": { "purpose": "payload" } })).await;
    assert_eq!(answer(&mut socket, 3).await["error"]["code"], "not_in_this_shell");

    let device = "0190a1b2-0000-7000-8000-000000000000";
    let exits = [
        ("credential.reveal", json!({ "device": device, "field": "token" })),
        ("credential.copy", json!({ "device": device, "what": { "what": "everything" } })),
        ("credential.reveal", json!({ "hub": device, "field": "policy_key" })),
        ("credential.copy", json!({ "hub": device, "what": { "what": "secret", "field": "policy_key" } })),
        (
            "sas.make",
            json!({ "scope": { "scope": "service", "hub": device }, "end": { "end": "after", "seconds": 60 },
                    "exit": "clipboard" }),
        ),
        (
            "sas.make",
            json!({ "scope": { "scope": "device", "device": device }, "end": { "end": "after", "seconds": 60 },
                    "exit": "reveal" }),
        ),
    ];
    for (id, (name, request)) in (10..).zip(exits) {
        send(&mut socket, &json!({ "id": id, "name": name, "request": request })).await;
        assert_eq!(answer(&mut socket, id).await["error"]["code"], "not_in_this_shell", "{name}");
    }

    // A change made by one page ticks at the other.
    let mut other = fixture.enter().await;
    send(&mut other, &json!({ "id": 1, "name": "settings.get", "request": {} })).await;
    let mut settings = answer(&mut other, 1).await["ok"].clone();
    settings["theme"] = "dark".into();
    send(&mut other, &json!({ "id": 2, "name": "settings.set", "request": settings })).await;
    assert_eq!(answer(&mut other, 2).await["ok"]["theme"], "dark");
    loop {
        let Message::Text(text) = next(&mut socket).await else { panic!("text expected") };
        let frame: Value = serde_json::from_str(&text).unwrap();
        if frame["tick"]["revisions"]["settings"].as_u64() > Some(0) {
            break;
        }
        acknowledge(&mut socket, &frame).await;
    }
    fixture.stop().await;
}

/// Calls `name` as number `id` and answers what came back.
async fn call(socket: &mut Socket, id: u64, name: &str, request: Value) -> Value {
    send(socket, &json!({ "id": id, "name": name, "request": request })).await;
    answer(socket, id).await
}

/// Uploads `bytes` in pieces as the page does, each with an id from `id` on; answers the last reply.
async fn upload(socket: &mut Socket, id: u64, bytes: &[u8]) -> Value {
    use base64::Engine as _;
    let pieces: Vec<_> = bytes.chunks(1024 * 1024).collect();
    let mut file = Value::Null;
    for (number, piece) in (id..).zip(&pieces) {
        let base64 = base64::engine::general_purpose::STANDARD.encode(piece);
        let more = number + 1 < id + pieces.len() as u64;
        let request = json!({ "name": "export.json", "base64": base64, "file": file, "more": more });
        let reply = call(socket, number, "file.upload", request).await;
        if reply.get("error").is_some() || !more {
            return reply;
        }
        file = reply["ok"]["handle"].clone();
    }
    Value::Null
}

#[tokio::test]
async fn an_import_may_be_as_large_as_in_the_desktop_app() {
    const LARGEST: usize = 16 * 1024 * 1024;
    let fixture = Fixture::start().await;
    let mut socket = fixture.enter().await;
    let mut export = json!({ "format": "hubscope-export", "version": 1, "written": 0, "program": "0.1.0",
                             "settings": null, "hubs": [] })
    .to_string()
    .into_bytes();
    // Space after the document is no part of it.
    export.resize(LARGEST, b' ');
    let held = upload(&mut socket, 1, &export).await["ok"].clone();
    assert_eq!(held["size"], LARGEST);
    let preview = json!({ "file": held["handle"], "passphrase": null });
    let looked = call(&mut socket, 50, "workspace.import_preview", preview).await;
    assert_eq!(looked["ok"]["hubs"], json!([]), "{looked}");

    export.push(b' ');
    assert_eq!(upload(&mut socket, 100, &export).await["error"]["code"], "file_too_large");

    // One that is not whole is not read, and one client holds 48 MiB at most: the oldest goes.
    let part = call(&mut socket, 200, "file.upload", json!({ "name": "a", "base64": "e30=", "more": true })).await;
    let unfinished = json!({ "file": part["ok"]["handle"], "passphrase": null });
    assert_eq!(call(&mut socket, 201, "workspace.import_preview", unfinished).await["error"]["code"], "bad_request");
    export.pop();
    for turn in 1..=3 {
        assert_eq!(upload(&mut socket, 1000 * turn, &export).await["ok"]["size"], LARGEST);
    }
    let first = json!({ "file": held["handle"], "passphrase": null });
    assert_eq!(call(&mut socket, 9000, "workspace.import_preview", first).await["error"]["code"], "gone");
    fixture.stop().await;
}

#[tokio::test]
async fn stopping_ends_sockets_and_frees_the_port() {
    let fixture = Fixture::start().await;
    let address = fixture.address();
    let mut socket = fixture.enter().await;
    send(&mut socket, &json!({ "id": 1, "name": "client.hello", "request": {} })).await;
    answer(&mut socket, 1).await;
    fixture.stop().await;
    assert!(ended(&mut socket).await);
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}
