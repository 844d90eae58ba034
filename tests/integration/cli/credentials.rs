//! `sas`, `connection-string parse` and `credential connect-parameters`: byte-exact tokens, secrets by every way in
//! and by none out.

use anyhow::{Context, Result};
use hubscope_tests::program::{Ended, Program, cli, run, run_cli};
use serde_json::{Value, json};
use std::process::Command;
use tokio::io::AsyncWriteExt;

/// 32 bytes counted from 0, base64; and 64 counted down from 255.
const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const POLICY_KEY: &str = "//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eDf3t3c29rZ2NfW1dTT0tHQz87NzMvKycjHxsXEw8LBwA==";
/// Computed with Microsoft's Python SDK and with openssl.
const TOKEN: &str = "SharedAccessSignature sr=contoso.azure-devices.net%2Fdevices%2FMyDevice01\
    &sig=%2F8FluI0vPTWy62CPERK%2F4zi7ST0eWEY13u6QnngfSho%3D&se=1800000000";

fn device() -> String {
    format!("HostName=contoso.azure-devices.net;DeviceId=MyDevice01;SharedAccessKey={KEY}")
}

fn policy() -> String {
    format!("HostName=contoso.azure-devices.net;SharedAccessKeyName=iothubowner;SharedAccessKey={POLICY_KEY}")
}

/// `hubscope-cli` without a secret of the environment that the tests run in.
fn command(arguments: &[&str]) -> Result<Command> {
    let mut command = cli()?;
    command.args(arguments).env_remove("HUBSCOPE_CONNECTION_STRING").env_remove("HUBSCOPE_SAS_TOKEN");
    Ok(command)
}

async fn with_input(arguments: &[&str], input: &str) -> Result<Ended> {
    let mut program = Program::start(command(arguments)?)?;
    program.stdin.as_mut().context("stdin")?.write_all(input.as_bytes()).await?;
    program.end().await
}

async fn json_of(arguments: &[&str], input: &str) -> Result<Value> {
    let ended = with_input(arguments, input).await?;
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    Ok(serde_json::from_str(&ended.text())?)
}

#[tokio::test]
async fn a_token_is_printed_alone_whatever_way_its_key_came() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("string");
    std::fs::write(&file, format!("{}\n", device()))?;
    let path = file.to_string_lossy();
    let sas = ["sas", "--expiry", "1800000000"];
    let mut by_environment = command(&sas)?;
    by_environment.env("HUBSCOPE_CONNECTION_STRING", device());
    let ways = [
        run(command(&[&sas[..], &["--connection-string", &device()]].concat())?).await?,
        run(command(&[&sas[..], &["--connection-string-file", &path]].concat())?).await?,
        with_input(&[&sas[..], &["--connection-string-file", "-"]].concat(), &device()).await?,
        with_input(&sas, &device()).await?,
        run(by_environment).await?,
    ];
    for ended in ways {
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""));
        assert_eq!(ended.text(), format!("{TOKEN}\n"));
    }
    Ok(())
}

#[tokio::test]
async fn modules_policies_and_one_device_of_a_policy() -> Result<()> {
    let resource = async |arguments: &[&str], string: &str| -> Result<(String, Option<String>)> {
        let token = with_input(&[&["sas"][..], arguments].concat(), string).await?.text();
        let decoded = json_of(&["sas", "decode", "--json"], &token).await?;
        Ok((decoded["resource"].as_str().context("resource")?.into(), decoded["policy"].as_str().map(str::to_owned)))
    };
    let host = "contoso.azure-devices.net";
    let module = device().replace(";Shared", ";ModuleId=mod1;Shared");
    assert_eq!(resource(&[], &module).await?, (format!("{host}/devices/MyDevice01/modules/mod1"), None));
    assert_eq!(resource(&[], &policy()).await?, (host.into(), Some("iothubowner".into())));
    let one = resource(&["--device", "d1", "--policy", "device"], &policy()).await?;
    assert_eq!(one, (format!("{host}/devices/d1"), Some("device".into())));
    let two = with_input(&["sas", "--device", "d1"], &device()).await?;
    assert_eq!((two.code, two.text().as_str()), (Some(1), ""));
    Ok(())
}

#[tokio::test]
async fn a_duration_counts_from_now() -> Result<()> {
    let before = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs();
    let token = with_input(&["sas", "--duration", "2h"], &device()).await?.text();
    let after = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs();
    let expiry: u64 = token.trim_end().rsplit_once("se=").context("se")?.1.parse()?;
    assert!((before + 7200..=after + 7200).contains(&expiry), "{token}");
    Ok(())
}

#[tokio::test]
async fn a_token_is_decoded_and_compared() -> Result<()> {
    let decoded = json_of(&["sas", "decode", "--json"], TOKEN).await?;
    let expected = json!({
        "resource": "contoso.azure-devices.net/devices/MyDevice01", "expiry": 1_800_000_000, "policy": null,
        "masked": TOKEN.replace("%2F8FluI0vPTWy62CPERK%2F4zi7ST0eWEY13u6QnngfSho%3D", "•••••"),
        "expired": false, "resource_fits": null, "signature": "not_checked", "expires": "2027-01-15T08:00:00Z",
    });
    assert_eq!(decoded, expected);
    for (string, fits, signature) in [
        (device(), true, "key"),
        (device().replace("MyDevice01", "other"), false, "key"),
        (device().replace(KEY, POLICY_KEY), true, "wrong"),
    ] {
        let decoded = json_of(&["sas", "decode", TOKEN, "--json", "--connection-string", &string], "").await?;
        assert_eq!((&decoded["resource_fits"], &decoded["signature"]), (&json!(fits), &json!(signature)), "{string}");
    }
    let words = with_input(&["sas", "decode"], TOKEN).await?.text();
    assert!(words.contains("expires: 2027-01-15T08:00:00Z") && !words.contains("FluI0v"), "{words}");
    Ok(())
}

#[tokio::test]
async fn connection_strings_are_read_without_their_secret() -> Result<()> {
    let parse = ["connection-string", "parse", "--json"];
    let read = json_of(&parse, &device()).await?;
    assert_eq!(
        (&read["kind"], &read["device_id"], &read["proof"]),
        (&json!("device"), &json!("MyDevice01"), &json!("key"))
    );
    assert_eq!(read["ends"], "Hh8=");
    assert!(!read.to_string().contains(KEY));
    let read = json_of(&parse, &format!(" {};GatewayHostName=edge.local; ", policy())).await?;
    assert_eq!((&read["kind"], &read["policy"]), (&json!("policy"), &json!("iothubowner")));
    assert_eq!((&read["gateway"], &read["trimmed"]), (&json!("edge.local"), &json!(true)));
    let x509 = json_of(&parse, "HostName=h.azure-devices.net;DeviceId=d;ModuleId=m;x509=true").await?;
    assert_eq!((&x509["kind"], &x509["module_id"], &x509["proof"]), (&json!("module"), &json!("m"), &json!("x509")));
    Ok(())
}

#[tokio::test]
async fn connect_parameters_of_whatever_can_be_pasted() -> Result<()> {
    let show = ["credential", "connect-parameters", "--json"];
    let azure = json_of(&show, &device()).await?;
    assert_eq!(
        (&azure["host"], &azure["port"], &azure["transport"]),
        (&json!("contoso.azure-devices.net"), &json!(8883), &json!("mqtts"))
    );
    assert_eq!(azure["client_id"], json!({ "shown": "text", "text": "MyDevice01" }));
    let user_name = "contoso.azure-devices.net/MyDevice01/?api-version=2021-04-12";
    assert_eq!(azure["user_name"], json!({ "shown": "text", "text": user_name }));
    assert_eq!(azure["password"]["shown"], "masked");
    assert_eq!(azure["max_qos"], 1);
    let x509 = json_of(&show, "HostName=h.azure-devices.net;DeviceId=d;x509=true").await?;
    assert_eq!((&x509["client_certificate"], &x509["password"]["shown"]), (&json!(true), &json!("empty")));
    let token = json_of(&show, "host: mqtt.thingsboard.cloud\ntls: yes\ntoken: Planted-Zq7x-token-7Qd2").await?;
    assert_eq!(token["user_name"], json!({ "shown": "masked", "word": "token", "ends": "7Qd2" }));
    let kaa =
        json_of(&show, "mosquitto_sub -h kaa.example -t kp1/demo-v1/dcx/Planted-Zq7x-token-7Qd2/json/+/+").await?;
    assert_eq!(kaa["topic"], "kp1/demo-v1/dcx/token •7Qd2/json");
    assert!(!format!("{azure}{token}{kaa}").contains("Zq7x"));
    let words = with_input(&show[..2], &device()).await?.text();
    assert!(words.contains(&format!("user name: {user_name}\n")), "{words}");
    Ok(())
}

#[tokio::test]
async fn what_is_wrong_is_told_with_a_next_step_and_without_the_secret() -> Result<()> {
    let key = "Planted-Zq7x";
    for (arguments, input) in [
        (&["sas"][..], format!("HostName=h.azure-devices.net;DeviceId=d;SharedAccessKey={key}")),
        (&["sas"], "HostName=h.azure-devices.net;DeviceId=d;x509=true".to_owned()),
        (&["sas"], format!("Endpoint=sb://n.servicebus.windows.net/;SharedAccessKeyName=p;SharedAccessKey={key}")),
        (&["sas", "decode"], format!("SharedAccessSignature sr=h&sig={key}&se=1")),
        (&["connection-string", "parse"], format!("HostName=h.azure-devices.net;{key}")),
        (&["credential", "connect-parameters"], format!("user: me\npassword: {key}")),
        (&["credential", "connect-parameters"], policy()),
        (&["credential", "connect-parameters"], String::new()),
    ] {
        let ended = with_input(arguments, &input).await?;
        assert_eq!((ended.code, ended.text().as_str()), (Some(1), ""), "{arguments:?} {input}");
        assert!(ended.stderr.starts_with("hubscope-cli: ") && ended.stderr.contains("\n  next: "), "{}", ended.stderr);
        assert!(!ended.stderr.contains("Zq7x") && !ended.stderr.contains(POLICY_KEY), "{}", ended.stderr);
    }
    for arguments in [
        &["sas", "--expiry", "1", "--duration", "1h"][..],
        &["sas", "--duration", "soon"],
        &["sas", "decode", "SharedAccessSignature", "sr=Zq7x"],
        &["connection-string"],
        &["credential"],
    ] {
        let ended = run_cli(arguments).await?;
        assert_eq!((ended.code, ended.text().as_str()), (Some(1), ""), "{arguments:?}");
        assert!(!ended.stderr.contains("Zq7x"), "{}", ended.stderr);
    }
    Ok(())
}
