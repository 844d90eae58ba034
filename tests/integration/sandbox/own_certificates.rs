//! Certificates that `cert` issued, by CAs of the user's own, at the Azure and the ThingsBoard personality: shown by the
//! vendors' SDKs, by paho-mqtt and by us.

use crate::{azure_sdk, ca_file, thingsboard_sdk};
use anyhow::{Context, Result};
use hubscope_model::Personality;
use hubscope_sandbox::{Behaviour, Options, Sandbox};
use hubscope_tests::program::run_cli;
use hubscope_tests::python::Script;
use hubscope_tests::within;
use serde_json::{Value, json};
use std::path::PathBuf;
use tempfile::TempDir;

/// Below the enrolled root, below its intermediate, registered alone.
const DEVICES: [(&str, &str, &str); 3] =
    [("pump-1", "plant", "rsa2048"), ("pump-2", "plant/line", "p256"), ("gauge-1", "elsewhere", "p384")];

/// A user's CAs and devices, made by the command line.
struct Plant {
    folder: TempDir,
}

impl Plant {
    async fn new() -> Result<Self> {
        let plant = Self { folder: tempfile::tempdir()? };
        plant.makes("ca", &["--cn", "Plant", "--key", "p384", "--out", "plant"]).await?;
        plant.makes("ca", &["--cn", "Line", "--ca", "plant", "--days", "900", "--out", "plant/line"]).await?;
        plant.makes("ca", &["--cn", "Plant", "--out", "elsewhere"]).await?;
        for (id, ca, key) in DEVICES.into_iter().chain([("pump-3", "elsewhere", "p256")]) {
            plant.makes("device", &["--cn", id, "--ca", ca, "--key", key, "--days", "90", "--out", id]).await?;
        }
        Ok(plant)
    }

    async fn makes(&self, what: &str, arguments: &[&str]) -> Result<()> {
        // What follows `--out` and `--ca` is a folder here.
        let mut line = vec!["cert".to_owned(), what.to_owned()];
        let mut previous = "";
        for argument in arguments {
            let is_folder = ["--out", "--ca"].contains(&previous);
            line.push(if is_folder { self.file(argument, "") } else { (*argument).to_owned() });
            previous = argument;
        }
        let line: Vec<_> = line.iter().map(String::as_str).collect();
        let ended = run_cli(&line).await?;
        assert_eq!(ended.code, Some(0), "{line:?}: {}", ended.stderr);
        Ok(())
    }

    fn file(&self, folder: &str, name: &str) -> String {
        self.folder.path().join(folder).join(name).to_string_lossy().into_owned()
    }

    /// A hub that knows the root and one certificate from elsewhere.
    fn known(&self) -> Result<Behaviour> {
        Ok(Behaviour {
            quiet: true,
            client_ca: Some(std::fs::read_to_string(self.file("plant", "ca.pem"))?),
            client_certificates: vec![std::fs::read_to_string(self.file("gauge-1", "cert.pem"))?],
            ..Behaviour::default()
        })
    }

    /// What a client shows.
    fn shown(&self, id: &str) -> Value {
        json!({"certificate": self.file(id, "chain.pem"), "key": self.file(id, "key.pem")})
    }
}

/// A hub as clients that are no SDK reach it.
struct Hub<'a> {
    sandbox: &'a Sandbox,
    ca: PathBuf,
    user_name: fn(&str) -> Option<String>,
    topic: fn(&str) -> String,
}

impl Hub<'_> {
    /// By paho: whether the device is let in, its message arrived.
    async fn takes_paho(&self, id: &str, shown: Value) -> Result<bool> {
        let mut watch = self.sandbox.watch();
        let topic = (self.topic)(id);
        let mut argument = json!({"host": "localhost", "port": self.sandbox.mqtts().port(), "version": 4,
            "transport": "tcp", "ca": self.ca, "scenario": "telemetry", "client_id": id, "topic": topic});
        argument["user_name"] = json!((self.user_name)(id));
        let mut script = Script::start("paho", &with(argument, &shown))?;
        if script.expect("answered").await?["failure"] == true {
            return Ok(false);
        }
        script.expect("end").await?;
        let arrived = within("the message arrives", watch.next()).await.context("the hub is gone")?;
        assert_eq!((&arrived.device, &arrived.topic), (&id.to_owned(), &topic));
        Ok(true)
    }

    /// By us, as by paho.
    async fn takes_us(&self, id: &str, shown: &Value) -> Result<bool> {
        let (port, topic) = (self.sandbox.mqtts().port().to_string(), (self.topic)(id));
        let (ca, user_name) = (self.ca.to_string_lossy(), (self.user_name)(id));
        let file = |name: &str| shown[name].as_str().context("a file");
        let mut line = vec!["pub", "-h", "localhost", "-p", &port, "--cafile", &ca, "-i", id, "-t", &topic];
        line.extend(["-m", r#"{"temperature":21.5}"#, "-q", "1"]);
        line.extend(["--cert", file("certificate")?, "--key", file("key")?]);
        line.extend(user_name.iter().flat_map(|name| ["-u", name.as_str()]));
        let ended = run_cli(&line).await?;
        assert!(matches!(ended.code, Some(0 | 3)), "{id}: {}", ended.stderr);
        Ok(ended.code == Some(0))
    }

    async fn takes_ours_alone(&self, plant: &Plant) -> Result<()> {
        for (id, ..) in DEVICES {
            let shown = plant.shown(id);
            assert!(self.takes_paho(id, shown.clone()).await?, "{id}");
            assert!(self.takes_us(id, &shown).await?, "{id}");
        }
        // Neither below the root nor registered.
        assert!(!self.takes_paho("pump-3", plant.shown("pump-3")).await?);
        assert!(!self.takes_us("pump-3", &plant.shown("pump-3")).await?);
        Ok(())
    }
}

fn with(mut argument: Value, more: &Value) -> Value {
    for (name, value) in more.as_object().into_iter().flatten() {
        argument[name] = value.clone();
    }
    argument
}

#[tokio::test]
async fn azures_takes_them_by_ca_and_name_and_by_thumbprint() -> Result<()> {
    let plant = Plant::new().await?;
    let sandbox = azure_sdk::hub_on_8883(plant.known()?).await?;
    let (_folder, ca) = ca_file(&sandbox)?;
    let login = |id: &str, shown: &str| with(json!({"ca": ca, "host": "localhost", "device": id}), &plant.shown(shown));
    for (id, ..) in DEVICES {
        azure_sdk::walk(&sandbox, id, &login(id, id)).await?;
    }
    // Of another CA; another device's; registered by thumbprint, and another is shown.
    for (id, shown) in [("pump-3", "pump-3"), ("pump-2", "pump-1"), ("gauge-1", "pump-3")] {
        let mut script = Script::start("azure", &login(id, shown))?;
        assert_eq!(script.expect("refused").await?["error"], "CredentialError", "{id} {shown}");
    }
    let hub = Hub {
        sandbox: &sandbox,
        ca: ca.clone(),
        user_name: |id| Some(format!("localhost/{id}/?api-version=2021-04-12")),
        topic: |id| format!("devices/{id}/messages/events/"),
    };
    hub.takes_ours_alone(&plant).await?;
    sandbox.stop().await;
    Ok(())
}

#[tokio::test]
async fn thingsboards_takes_them_by_chain_and_by_id() -> Result<()> {
    let plant = Plant::new().await?;
    let options = Options { personality: Personality::ThingsBoard, ..Options::default() };
    let sandbox = Sandbox::start_with(options, plant.known()?).await?;
    let (_folder, ca) = ca_file(&sandbox)?;
    let login =
        |id: &str| with(json!({"host": "localhost", "port": sandbox.mqtts().port(), "ca": ca}), &plant.shown(id));
    for (id, ..) in DEVICES {
        thingsboard_sdk::walk(&sandbox, id, &login(id)).await?;
    }
    let mut script = Script::start("thingsboard", &login("pump-3"))?;
    assert_eq!(script.expect("refused").await?["code"], 0x87);
    let hub =
        Hub { sandbox: &sandbox, ca: ca.clone(), user_name: |_| None, topic: |_| "v1/devices/me/telemetry".to_owned() };
    hub.takes_ours_alone(&plant).await?;
    sandbox.stop().await;
    Ok(())
}

#[tokio::test]
async fn what_a_hub_cannot_take_is_said_at_its_start() -> Result<()> {
    let plant = Plant::new().await?;
    let file = |id: &str| plant.file(id, "cert.pem");
    let (root, own_key) = (plant.file("plant", "ca.pem"), plant.file("pump-1", "key.pem"));
    for (personality, flag, path, words) in [
        ("kaa", "--client-ca", root.clone(), "does not know devices by certificates"),
        ("broker", "--client-cert", file("pump-1"), "does not know devices by certificates"),
        ("azure", "--client-ca", own_key, "its certificate is missing"),
        ("azure", "--client-cert", plant.file("nobody", "cert.pem"), "nobody"),
    ] {
        let ended = run_cli(&["sandbox", "--personality", personality, flag, &path]).await?;
        assert_eq!(ended.code, Some(1), "{personality} {flag}: {}", ended.stderr);
        assert!(ended.stderr.contains(words) && ended.stderr.contains("next: "), "{personality}: {}", ended.stderr);
    }
    let twice =
        ["sandbox", "--personality", "azure", "--client-cert", &file("pump-1"), "--client-cert", &file("pump-1")];
    let ended = run_cli(&twice).await?;
    assert!(ended.stderr.contains("a device pump-1 already"), "{}", ended.stderr);
    Ok(())
}
