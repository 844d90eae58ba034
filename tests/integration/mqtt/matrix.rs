//! Every combination of protocol version, transport, QoS and kind of session, over one broker.

use crate::{VERSIONS, once, publish, start};
use hubscope_model::{MqttVersion, PublishOutcome, SessionState};
use hubscope_mqtt::{Options, Transport, WebSocket};
use hubscope_pki::{ClientIdentity, Trust, client_config};
use hubscope_sandbox::{Behaviour, Login, Sandbox};
use hubscope_tests::certificates::{Ca, Identity, Valid};
use hubscope_tests::mosquitto::{Broker, Config, Door};
use hubscope_tests::recorder::{Recorder, Told};
use hubscope_vault::Secret;
use std::sync::Arc;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Tcp,
    Tls,
    MutualTls,
    Ws,
    Wss,
}

const WAYS: [Way; 5] = [Way::Tcp, Way::Tls, Way::MutualTls, Way::Ws, Way::Wss];

/// A broker that the matrix runs over.
struct Target {
    name: &'static str,
    /// In the order of [`WAYS`].
    ports: [u16; 5],
    /// What clients trust.
    ca_pem: String,
    /// What they show where they are asked.
    client: Identity,
    /// The user name of who shows no certificate.
    user_name: Option<Secret<String>>,
}

impl Target {
    fn options(&self, way: Way, version: MqttVersion) -> Options {
        let mut options = once(self.ports[way as usize], version);
        let identity = (way == Way::MutualTls).then(|| ClientIdentity {
            chain_pem: self.client.chain_pem.clone(),
            key: Secret::new(self.client.key_pem.clone().into()),
        });
        if identity.is_none() {
            options.user_name_secret = self.user_name.clone();
        }
        if !matches!(way, Way::Tcp | Way::Ws) {
            let trust = Trust::CaPem(self.ca_pem.clone());
            options.tls = Some(client_config(&trust, identity.as_ref()).unwrap());
        }
        if matches!(way, Way::Ws | Way::Wss) {
            options.transport = Transport::WebSocket(WebSocket::default());
        }
        options
    }
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    version: MqttVersion,
    way: Way,
    qos: u8,
    kept: bool,
}

impl Cell {
    fn all() -> Vec<Self> {
        let mut cells = Vec::new();
        for version in VERSIONS {
            for way in WAYS {
                for qos in 0..=2 {
                    cells.extend([false, true].map(|kept| Self { version, way, qos, kept }));
                }
            }
        }
        cells
    }

    fn name(self) -> String {
        let Self { version, way, qos, kept } = self;
        format!("{version:?}-{way:?}-{qos}-{}", if kept { "kept" } else { "clean" }).to_lowercase()
    }

    /// Messages go out and come back; then the session is left and found again, with what came meanwhile, or new.
    async fn run(self, target: &Target) {
        let options =
            Options { client_id: self.name(), clean_session: !self.kept, ..target.options(self.way, self.version) };
        let topic = format!("matrix/{}", self.name());
        let (session, recorder) = start(options.clone());
        session.subscribe(&topic, self.qos).unwrap();
        recorder.wait_subscribed(&topic, 1).await;
        assert!(!was_present(&recorder).await);
        for id in 0..10 {
            publish(&session, id, &topic, id.to_string(), self.qos).unwrap();
        }
        self.check(&recorder, 10).await;
        for (_, outcome) in recorder.wait_outcomes(10).await {
            let is_done = matches!(outcome, PublishOutcome::Acknowledged { .. });
            assert!(if self.qos > 0 { is_done } else { outcome == PublishOutcome::Sent }, "{outcome:?}");
        }
        session.close().await;

        let other = Options { client_id: format!("{}-other", self.name()), ..target.options(Way::Tcp, self.version) };
        let (writer, written) = start(other);
        publish(&writer, 1, &topic, "0", self.qos).unwrap();
        written.wait_outcomes(1).await;
        writer.close().await;

        let (session, recorder) = start(options);
        assert_eq!(was_present(&recorder).await, self.kept);
        // A broker stores no QoS 0 messages for who is away; nothing is stored for a session that ended.
        if self.kept && self.qos > 0 {
            self.check(&recorder, 1).await;
        }
        session.close().await;
    }

    /// So many messages came, in order, once each.
    async fn check(self, recorder: &Recorder, count: usize) {
        let messages = recorder.wait_messages(count).await;
        assert_eq!(messages.len(), count);
        for (id, message) in messages.iter().enumerate() {
            assert_eq!((message.payload.as_ref(), message.qos), (id.to_string().as_bytes(), self.qos));
        }
    }
}

async fn was_present(recorder: &Recorder) -> bool {
    let online = |told: &Told| match told {
        Told::Event(hubscope_mqtt::Event::State(SessionState::Online { session_present, .. })) => {
            Some(*session_present)
        }
        _ => None,
    };
    recorder.until("online", |told| told.iter().find_map(online)).await
}

/// Runs all cells side by side, prints the table and fails with the names of those that did.
async fn run(target: Target) {
    let target = Arc::new(target);
    let cells = Cell::all().into_iter().map(|cell| {
        let target = target.clone();
        (cell, tokio::spawn(async move { cell.run(&target).await }))
    });
    // All are started before the first is waited for.
    let cells: Vec<_> = cells.collect();
    let (mut failed, mut table) = (Vec::new(), String::new());
    for (cell, running) in cells {
        let is_green = running.await.is_ok();
        if cell.qos == 0 && !cell.kept {
            table += &format!("\n{:>5} {:<10}", format!("{:?}", cell.version), format!("{:?}", cell.way));
        }
        table += if is_green { "    ok" } else { "  FAIL" };
        if !is_green {
            failed.push(cell.name());
        }
    }
    println!("{}: QoS 0, 1, 2, each with a clean and a kept session{table}", target.name);
    assert!(failed.is_empty(), "{failed:?}");
}

#[tokio::test]
async fn mosquitto() {
    hubscope_pki::install_crypto_provider();
    let ca = Ca::new("Test CA").unwrap();
    let identity = ca.server(&["IP:127.0.0.1"], Valid::Now).unwrap();
    let tls = Door { tls: Some(identity), ..Door::default() };
    let mutual = Door { client_ca: Some(ca.pem.clone()), ..tls.clone() };
    let ws = Door { web_socket: true, ..Door::default() };
    let wss = Door { web_socket: true, ..tls.clone() };
    let broker = Broker::start(&Config::default().door(tls).door(mutual).door(ws).door(wss)).unwrap();
    let ports = [broker.port(), broker.door(0), broker.door(1), broker.door(2), broker.door(3)];
    let client = ca.client("device").unwrap();
    run(Target { name: "mosquitto", ports, client, ca_pem: ca.pem, user_name: None }).await;
}

/// A certificate is a login here, and who shows none needs the token of a device.
#[tokio::test(flavor = "multi_thread")]
async fn sandbox() {
    hubscope_pki::install_crypto_provider();
    let ca = Ca::new("Test CA").unwrap();
    let behaviour = Behaviour { quiet: true, client_ca: Some(ca.pem.clone()), ..Behaviour::default() };
    let sandbox = Sandbox::start_with(Default::default(), behaviour).await.unwrap();
    let port = |url: Option<String>| http_port(&url.unwrap());
    let tls = sandbox.mqtts().port();
    let ports = [sandbox.mqtt().unwrap().port(), tls, tls, port(sandbox.ws()), port(sandbox.wss())];
    let Login::Token { token } = &sandbox.devices()[0].login else { panic!("a broker's devices have tokens") };
    let (ca_pem, user_name) = (sandbox.ca_pem().to_owned(), Some(token.clone()));
    run(Target { name: "sandbox", ports, client: ca.client("device").unwrap(), ca_pem, user_name }).await;
    sandbox.stop().await;
}

fn http_port(url: &str) -> u16 {
    url.split(['/', ':']).find_map(|part| part.parse().ok()).unwrap()
}
