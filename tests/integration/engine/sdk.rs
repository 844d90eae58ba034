//! The vendors' SDKs, unchanged, with what Hubscope shows of a device: copied, revealed, and nothing else.

use crate::page::Page;
use anyhow::{Context, Result};
use hubscope_store::{DeviceRecord, Store};
use hubscope_tests::python::Script;
use hubscope_tests::{fail, within};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::path::PathBuf;
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio_util::task::AbortOnDropHandle;

/// A started sandbox with its devices in the workspace, and files for SDKs that want files.
struct Shown {
    page: Page,
    sandbox: Value,
    folder: TempDir,
}

impl Shown {
    async fn start(personality: &str) -> Self {
        let mut page = Page::open().await;
        let sandbox = page.call("sandbox.start", json!({ "personality": personality })).await;
        Self { page, sandbox, folder: tempfile::tempdir().unwrap() }
    }

    fn device(&self, id: &str) -> Value {
        let devices = self.sandbox["devices"].as_array().unwrap();
        devices.iter().find(|device| device["id"] == id).unwrap()["device"].clone()
    }

    /// The port of a door, as the page shows it.
    fn port(&self, door: &str) -> u16 {
        let address = self.sandbox["state"][door].as_str().unwrap();
        address.rsplit_once(':').unwrap().1.parse().unwrap()
    }

    async fn copy(&mut self, id: &str, what: &str) -> String {
        let request = json!({ "device": self.device(id), "what": { "what": what } });
        self.page.call("credential.copy", request).await;
        self.page.clipboard()
    }

    /// Public parts lie in the workspace as they are.
    async fn record(&self, id: &str) -> Result<DeviceRecord> {
        let device = self.device(id);
        let records = Store::open(self.page.home.path()).await?.devices().await?;
        records.into_iter().find(|record| json!(record.id) == device).context("a stored device")
    }

    async fn ca(&self) -> Result<PathBuf> {
        let hubs = Store::open(self.page.home.path()).await?.hubs().await?;
        let pems = hubs.into_iter().map(|record| record.trust_pem);
        let pem = pems.into_iter().find(|pem| !pem.is_empty()).context("the sandbox's CA")?;
        self.file("ca.pem", &pem)
    }

    /// The certificate's chain and its revealed key.
    async fn certificate(&mut self, id: &str) -> Result<(PathBuf, PathBuf)> {
        let chain = self.record(id).await?.certificate.context("a certificate")?.chain_pem;
        let request = json!({ "device": self.device(id), "field": "private_key" });
        let key = self.page.reveal("credential.reveal", request).await;
        let key = key["text"].as_str().context("the key")?;
        Ok((self.file("device.pem", &chain)?, self.file("device.key", key)?))
    }

    fn file(&self, name: &str, text: &str) -> Result<PathBuf> {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text)?;
        Ok(path)
    }
}

/// Runs the script of an SDK until it has connected and the hub has acknowledged a message.
async fn connects(sdk: &str, login: &Value) -> Result<()> {
    let mut script = Script::start(sdk, login)?;
    for what in ["connected", "sent", "end"] {
        script.expect(what).await?;
    }
    Ok(())
}

/// Azure's SDK knows no other port than 8883: whoever connects there gets to the sandbox. Another run of such a test may
/// have it: it is waited for.
async fn port_8883_leads_to(port: u16) -> AbortOnDropHandle<()> {
    let listener = within("port 8883 is free", async {
        loop {
            match TcpListener::bind("127.0.0.1:8883").await {
                Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => tokio::task::yield_now().await,
                Err(error) => fail(&error.to_string()),
                Ok(listener) => return listener,
            }
        }
    })
    .await;
    AbortOnDropHandle::new(tokio::spawn(async move {
        while let Ok((mut from, _)) = listener.accept().await {
            let Ok(mut to) = TcpStream::connect(("127.0.0.1", port)).await else { return };
            // Ends with its client.
            tokio::spawn(async move { tokio::io::copy_bidirectional(&mut from, &mut to).await });
        }
    }))
}

#[tokio::test(flavor = "multi_thread")]
async fn azure_iot_device_connects_with_the_copied_connection_string() -> Result<()> {
    let mut shown = Shown::start("azure").await;
    let _door = port_8883_leads_to(shown.port("mqtts")).await;
    let ca = shown.ca().await?;
    for id in ["freezer-1", "gateway-1", "gateway-1/meter"] {
        let text = shown.copy(id, "connection_string").await;
        connects("azure", &json!({ "ca": ca, "connection_string": text, "receive": false })).await?;
    }
    for id in ["camera-1", "robot-1"] {
        let (certificate, key) = shown.certificate(id).await?;
        let text = shown.copy(id, "connection_string").await;
        let device = format!("HostName=localhost;DeviceId={id};x509=true");
        assert_eq!(text, device, "it holds no secret, and says where");
        let login = json!({ "ca": ca, "host": "localhost", "device": id, "certificate": certificate, "key": key,
                            "receive": false });
        connects("azure", &login).await?;
    }
    let disabled = shown.copy("retired-1", "connection_string").await;
    let mut script = Script::start("azure", &json!({ "ca": ca, "connection_string": disabled }))?;
    // The SDK's word for CONNACK 5.
    assert_eq!(script.expect("refused").await?["error"], "CredentialError");
    shown.page.engine.stop().await;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn tb_mqtt_client_connects_with_the_revealed_token_and_the_copied_login() -> Result<()> {
    let mut shown = Shown::start("thingsboard").await;
    let open = json!({ "host": "127.0.0.1", "port": shown.port("mqtt"), "receive": false });
    let secure = json!({ "host": "localhost", "port": shown.port("mqtts"), "ca": shown.ca().await?, "receive": false });
    let with = |mut login: Value, door: &Value| {
        login.as_object_mut().unwrap().extend(door.as_object().unwrap().clone());
        login
    };

    let request = json!({ "device": shown.device("valve-1"), "field": "token" });
    let token = shown.page.reveal("credential.reveal", request).await["text"].clone();
    for door in [&open, &secure] {
        connects("thingsboard", &with(json!({ "user_name": token }), door)).await?;
    }
    for id in ["valve-1", "lamp-1", "lamp-2", "lamp-3"] {
        let text = shown.copy(id, "everything").await;
        let fields: HashMap<_, _> = text.lines().filter_map(|line| line.split_once(": ")).collect();
        let login = json!({ "client_id": fields.get("client id").unwrap_or(&""),
                            "user_name": fields.get("user name").unwrap_or(&""),
                            "password": fields.get("password").filter(|password| !password.is_empty()) });
        connects("thingsboard", &with(login, &secure)).await.with_context(|| id.to_owned())?;
    }
    let (certificate, key) = shown.certificate("meter-1").await?;
    connects("thingsboard", &with(json!({ "certificate": certificate, "key": key }), &secure)).await?;
    shown.page.engine.stop().await;
    Ok(())
}
