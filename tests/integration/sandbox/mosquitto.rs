//! mosquitto_sub and mosquitto_pub, over both doors and both versions.

mod delivery;

use crate::{ca_file, plain, quiet, token};
use anyhow::{Context, Result, bail};
use hubscope_sandbox::{Options, Sandbox};
use hubscope_tests::mosquitto::tool;
use hubscope_tests::within;
use std::collections::VecDeque;
use std::path::Path;
use std::process::{Output, Stdio};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// How a client comes in.
#[derive(Clone, Copy, Debug)]
struct Way<'a> {
    sandbox: &'a Sandbox,
    /// The file to trust, for the TLS door.
    ca: Option<&'a Path>,
    version: &'a str,
}

const VERSIONS: [&str; 2] = ["mqttv311", "mqttv5"];

impl Way<'_> {
    /// A command of mosquitto that comes in this way, without a login.
    fn anonymous(&self, name: &str) -> Result<Command> {
        let mut command = Command::from(tool(name)?);
        let port = if self.ca.is_some() { self.sandbox.mqtts() } else { plain(self.sandbox) }.port();
        command.args(["-h", "127.0.0.1", "-p", &port.to_string(), "-V", self.version]);
        if let Some(ca) = self.ca {
            command.arg("--cafile").arg(ca);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
        Ok(command)
    }

    /// The same with the token of thermo-a as user name.
    fn client(&self, name: &str) -> Result<Command> {
        let mut command = self.anonymous(name)?;
        command.args(["-u", &token(self.sandbox, "thermo-a")]);
        Ok(command)
    }

    async fn publish(&self, arguments: &[&str]) -> Result<()> {
        let output = run(self.client("mosquitto_pub")?.args(arguments)).await?;
        if !output.status.success() {
            bail!("{self:?}: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(())
    }
}

async fn run(command: &mut Command) -> Result<Output> {
    Ok(within("a mosquitto client ends", command.output()).await?)
}

/// A mosquitto_sub whose subscriptions were granted.
struct Subscriber {
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
    /// What the hub granted, as mosquitto tells it.
    granted: String,
    /// Messages that came before [`READY`]: retained ones.
    early: VecDeque<String>,
}

/// A topic with a retained message, subscribed last: when it arrives the other subscriptions are there.
/// (mosquitto_sub itself tells of a subscription only when its output buffer is flushed, with a message.)
const READY: &str = "ready";

impl Subscriber {
    /// `format` is mosquitto's: what to print of a message.
    async fn start(way: &Way<'_>, format: &str, arguments: &[&str]) -> Result<Self> {
        way.publish(&["-r", "-q", "1", "-t", READY, "-m", "go"]).await?;
        let mut subscribe = way.client("mosquitto_sub")?;
        subscribe.args(["-d", "-F", &format!("MESSAGE %t {format}")]).args(arguments).args(["-t", READY]);
        let mut process = subscribe.spawn()?;
        let lines = BufReader::new(process.stdout.take().context("its output is a pipe")?).lines();
        let mut subscriber = Self { process, lines, granted: String::new(), early: VecDeque::new() };
        loop {
            match subscriber.any().await? {
                (topic, _) if topic == READY => return Ok(subscriber),
                (_, message) => subscriber.early.push_back(message),
            }
        }
    }

    /// The next message: its topic, and the rest as formatted.
    async fn any(&mut self) -> Result<(String, String)> {
        loop {
            let Some(line) = within("a message", self.lines.next_line()).await? else { bail!("mosquitto_sub ended") };
            if line.starts_with("Subscribed") {
                self.granted = line;
            } else if let Some((topic, rest)) = line.strip_prefix("MESSAGE ").and_then(|line| line.split_once(' ')) {
                return Ok((topic.to_owned(), rest.to_owned()));
            }
        }
    }

    /// The next message, as formatted.
    async fn next(&mut self) -> Result<String> {
        if let Some(message) = self.early.pop_front() {
            return Ok(message);
        }
        loop {
            let (topic, message) = self.any().await?;
            if topic != READY {
                return Ok(message);
            }
        }
    }

    async fn end(mut self) -> Result<()> {
        Ok(self.process.kill().await?)
    }
}

/// Runs a test for every way in.
async fn every_way(test: impl AsyncFn(Way<'_>) -> Result<()>) -> Result<()> {
    let sandbox = quiet().await?;
    let (_folder, ca) = ca_file(&sandbox)?;
    for ca in [None, Some(ca.as_path())] {
        for version in VERSIONS {
            test(Way { sandbox: &sandbox, ca, version }).await?;
        }
    }
    sandbox.stop().await;
    Ok(())
}

#[tokio::test]
async fn messages_arrive_in_order_with_qos_1() -> Result<()> {
    every_way(async |way| {
        let mut subscriber = Subscriber::start(&way, "%q %t %p", &["-q", "1", "-t", "order/#"]).await?;
        assert_eq!(subscriber.granted, "Subscribed (mid: 1): 1, 1");
        let mut publisher = way.client("mosquitto_pub")?;
        let mut publisher = publisher.args(["-q", "1", "-l", "-t", "order/a"]).stdin(Stdio::piped()).spawn()?;
        let lines: String = (0..2000).map(|i| format!("line {i}\n")).collect();
        let mut input = publisher.stdin.take().unwrap();
        let write = async {
            input.write_all(lines.as_bytes()).await?;
            drop(input);
            anyhow::Ok(())
        };
        let read = async {
            for i in 0..2000 {
                assert_eq!(subscriber.next().await?, format!("1 order/a line {i}"));
            }
            anyhow::Ok(())
        };
        tokio::try_join!(write, read)?;
        assert!(within("mosquitto_pub ends", publisher.wait()).await?.success());
        subscriber.end().await
    })
    .await
}

#[tokio::test]
async fn retained_messages_are_there_for_who_comes_later() -> Result<()> {
    every_way(async |way| {
        let topic = format!("keep/{}/{}", way.version, way.ca.is_some());
        way.publish(&["-r", "-q", "1", "-t", &topic, "-m", "kept"]).await?;
        let mut late = Subscriber::start(&way, "%r %q %p", &["-q", "0", "-t", &topic, "-t", "keep/#"]).await?;
        assert_eq!(late.next().await?, "1 0 kept");
        // Once for each of the two subscriptions when subscribing, once for both when published.
        assert_eq!(late.next().await?, "1 0 kept");
        way.publish(&["-r", "-t", &topic, "-m", "newer"]).await?;
        assert_eq!(late.next().await?, "0 0 newer");
        way.publish(&["-r", "-n", "-t", &topic]).await?;
        assert_eq!(late.next().await?, "0 0 ");
        late.end().await
    })
    .await
}

#[tokio::test]
async fn a_kept_session_finds_what_came_meanwhile() -> Result<()> {
    every_way(async |way| {
        // In MQTT 5 `-c` asks for the longest expiry.
        let session = ["-c", "-i", "keeper", "-q", "1", "-t", "kept/+", "-F", "%t %p"];
        let subscribed = run(way.client("mosquitto_sub")?.args(session).arg("-E")).await?;
        assert!(subscribed.status.success(), "{}", String::from_utf8_lossy(&subscribed.stderr));
        for payload in ["one", "two"] {
            way.publish(&["-q", "1", "-t", "kept/a", "-m", payload]).await?;
        }
        let back = run(way.client("mosquitto_sub")?.args(session).args(["-C", "2"])).await?;
        assert_eq!(String::from_utf8_lossy(&back.stdout), "kept/a one\nkept/a two\n", "{way:?}");
        // A clean one ends it for the next way in.
        let clean = run(way.client("mosquitto_sub")?.args(["-i", "keeper", "-t", "x", "-E"])).await?;
        assert!(clean.status.success());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn wildcards_leave_dollar_topics_alone() -> Result<()> {
    every_way(async |way| {
        let mut all = Subscriber::start(&way, "%t", &["-q", "1", "-t", "#", "-t", "+/x"]).await?;
        let mut dollar = Subscriber::start(&way, "%t", &["-q", "1", "-t", "$hub/#"]).await?;
        for topic in ["$hub/x", "a/x"] {
            way.publish(&["-q", "1", "-t", topic, "-m", "m"]).await?;
        }
        assert_eq!(dollar.next().await?, "$hub/x");
        assert_eq!(all.next().await?, "a/x");
        all.end().await?;
        dollar.end().await
    })
    .await
}

#[tokio::test]
async fn logins_are_checked() -> Result<()> {
    every_way(async |way| {
        let pair = token(way.sandbox, "pump-1");
        let publish = ["-q", "1", "-t", "t", "-m", "m"];
        let good = run(way.anonymous("mosquitto_pub")?.args(["-u", "pump-1", "-P", &pair]).args(publish)).await?;
        assert!(good.status.success(), "{}", String::from_utf8_lossy(&good.stderr));
        let bad_login = "bad user name or password";
        let not_authorised = if way.version == "mqttv5" { "not authorized" } else { "not authorised" };
        for (login, reason) in [
            (vec!["-u", "pump-1", "-P", "wrong"], bad_login),
            (vec!["-u", "wrong"], not_authorised),
            (vec![], not_authorised),
        ] {
            let refused = run(way.anonymous("mosquitto_pub")?.args(login).args(publish)).await?;
            let said = String::from_utf8_lossy(&refused.stderr).to_lowercase();
            assert!(!refused.status.success() && said.contains(reason), "{way:?}: {said}");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn properties_of_mqtt_5_come_through() -> Result<()> {
    let sandbox = quiet().await?;
    let way = Way { sandbox: &sandbox, ca: None, version: "mqttv5" };
    let identifier = ["-D", "subscribe", "subscription-identifier", "7"];
    let mut subscriber = Subscriber::start(&way, "%C|%R|%D|%P|%F|%S|%p", &["-t", "props"]).await?;
    let mut identified = Subscriber::start(&way, "%S", &[&["-t", "props"][..], &identifier].concat()).await?;
    let properties = [
        ["-D", "publish", "content-type", "text/plain"].as_slice(),
        &["-D", "publish", "response-topic", "answers/here"],
        &["-D", "publish", "correlation-data", "c1"],
        &["-D", "publish", "user-property", "unit", "°C"],
        &["-D", "publish", "payload-format-indicator", "1"],
        &["-t", "props", "-m", "payload"],
    ];
    way.publish(&properties.concat()).await?;
    assert_eq!(subscriber.next().await?, "text/plain|answers/here|c1|unit:°C|1||payload");
    assert_eq!(identified.next().await?, "7");
    subscriber.end().await?;
    identified.end().await
}

#[tokio::test]
async fn versions_talk_to_each_other_through_both_doors() -> Result<()> {
    let sandbox = quiet().await?;
    let (_folder, ca) = ca_file(&sandbox)?;
    let plain = Way { sandbox: &sandbox, ca: None, version: "mqttv311" };
    let secure = Way { sandbox: &sandbox, ca: Some(&ca), version: "mqttv5" };
    for (from, to) in [(plain, secure), (secure, plain)] {
        let mut subscriber = Subscriber::start(&to, "%q %p", &["-q", "1", "-t", "across"]).await?;
        from.publish(&["-q", "1", "-t", "across", "-m", "hello"]).await?;
        assert_eq!(subscriber.next().await?, "1 hello");
        subscriber.end().await?;
    }
    Ok(())
}

#[tokio::test]
async fn another_authority_is_not_trusted() -> Result<()> {
    let (sandbox, other) = (quiet().await?, quiet().await?);
    let (_folder, ca) = ca_file(&other)?;
    let way = Way { sandbox: &sandbox, ca: Some(&ca), version: "mqttv311" };
    let refused = run(way.client("mosquitto_pub")?.args(["-t", "t", "-m", "m"])).await?;
    let said = String::from_utf8_lossy(&refused.stderr).to_string();
    assert!(!refused.status.success() && said.contains("TLS"), "{said}");
    Ok(())
}

#[tokio::test]
async fn the_simulated_devices_are_heard_at_once() -> Result<()> {
    let sandbox = Sandbox::start(Options::default()).await?;
    let way = Way { sandbox: &sandbox, ca: None, version: "mqttv5" };
    let mut subscriber = Subscriber::start(&way, "%t", &["-t", "devices/#"]).await?;
    let mut missing: Vec<_> = sandbox.devices().iter().map(|device| format!("devices/{}/state", device.id)).collect();
    missing.push("devices/thermo-a/telemetry".to_owned());
    let heard = async {
        while !missing.is_empty() {
            let topic = subscriber.next().await?;
            missing.retain(|missing| *missing != topic);
        }
        anyhow::Ok(())
    };
    within("all devices are heard", heard).await?;
    subscriber.end().await?;
    sandbox.stop().await;
    Ok(())
}
