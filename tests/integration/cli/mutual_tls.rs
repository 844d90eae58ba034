//! Certificates that `cert` issued, shown to a real mosquitto that asks for one: by us, by mosquitto's own client and by
//! paho-mqtt.

use crate::certificates::Bench;
use anyhow::Result;
use hubscope_tests::certificates::{Ca, Valid};
use hubscope_tests::mosquitto::{Broker, Config, Door, tool};
use hubscope_tests::program::{run, run_cli};
use hubscope_tests::python::Script;
use serde_json::json;

/// The root whose devices a door takes, the folder of the CA that signs the device, and the device's kind of key.
const DEVICES: [(&str, &str, &str); 7] = [
    ("ours-ec", "ours-ec", "p256"),
    ("ours-ec", "ours-ec", "rsa2048"),
    ("ours-ec", "line", "p384"),
    ("ours-rsa", "ours-rsa", "rsa2048"),
    ("ours-rsa", "ours-rsa", "p256"),
    ("openssls-rsa", "openssls-rsa", "rsa2048"),
    ("openssls-ec", "openssls-ec", "p256"),
];
const ROOTS: [&str; 4] = ["ours-ec", "ours-rsa", "openssls-rsa", "openssls-ec"];

async fn make_authorities(bench: &Bench) -> Result<()> {
    bench.makes("ca --cn Plant --key p384 --out ours-ec").await?;
    bench.makes("ca --cn Line --ca ours-ec --days 900 --out line").await?;
    bench.makes("ca --cn Plant --key rsa2048 --out ours-rsa").await?;
    for (folder, key) in [("openssls-rsa", "rsa:2048"), ("openssls-ec", "ec -pkeyopt ec_paramgen_curve:P-256")] {
        std::fs::create_dir(bench.path(folder))?;
        let files = format!("-keyout {folder}/ca.key -out {folder}/ca.pem");
        let usages = "-addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign,cRLSign";
        let line =
            format!("req -x509 -config none.cnf -newkey {key} -nodes -days 900 -subj /CN=Plant {files} {usages}");
        let ended = bench.openssl(&line).await?;
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    }
    Ok(())
}

/// One door a root (a file), all with the same server certificate.
fn broker(bench: &Bench, roots: &[String]) -> Result<(Broker, String)> {
    let servers = Ca::new("Servers")?;
    let identity = servers.server(&["IP:127.0.0.1"], Valid::Now)?;
    let ca_file = bench.path("servers.pem");
    std::fs::write(&ca_file, &servers.pem)?;
    let mut config = Config::default();
    for root in roots {
        let client_ca = std::fs::read_to_string(bench.path(root))?;
        config = config.door(Door { tls: Some(identity.clone()), client_ca: Some(client_ca), ..Door::default() });
    }
    Ok((Broker::start(&config)?, ca_file.to_string_lossy().into_owned()))
}

#[tokio::test]
async fn mosquitto_takes_devices_of_our_cas_and_of_openssls_also_below_an_intermediate() -> Result<()> {
    let bench = Bench::new()?;
    std::fs::write(bench.path("none.cnf"), "[req]\ndistinguished_name = name\n[name]\n")?;
    make_authorities(&bench).await?;
    let (broker, ca_file) = broker(&bench, &ROOTS.map(|root| format!("{root}/ca.pem")))?;
    for (place, (root, ca, key)) in DEVICES.into_iter().enumerate() {
        let id = format!("device-{place}");
        bench.makes(&format!("device --ca {ca} --cn {id} --key {key} --days 90 --out {id}")).await?;
        let file = |name: &str| bench.path(&id).join(name).to_string_lossy().into_owned();
        let (chain, own_key) = (file("chain.pem"), file("key.pem"));
        let door = broker.door(ROOTS.iter().position(|known| *known == root).unwrap());
        let port = door.to_string();
        let hello = ["-h", "127.0.0.1", "-p", &port, "-t", "x", "-m", "hello", "-q", "1"];
        let shown = ["--cafile", &ca_file, "--cert", &chain, "--key", &own_key];

        let ours = run_cli(&[&["pub"], &hello[..], &shown[..]].concat()).await?;
        assert_eq!(ours.code, Some(0), "{root} {ca} {key}: {}", ours.stderr);

        let mut foreign = tool("mosquitto_pub")?;
        foreign.args(hello).args(shown);
        let foreign = run(foreign).await?;
        assert_eq!(foreign.code, Some(0), "{root} {ca} {key}: {}", foreign.stderr);

        let paho = json!({"host": "127.0.0.1", "port": door, "version": 4, "transport": "tcp", "user_name": id,
            "ca": ca_file, "certificate": chain, "key": own_key, "scenario": "exactly_once"});
        let mut paho = Script::start("paho", &paho)?;
        paho.expect("granted").await?;
        paho.expect("payloads").await?;
        paho.expect("message").await?;
        paho.expect("end").await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_door_of_another_ca_of_the_same_name_refuses() -> Result<()> {
    let bench = Bench::new()?;
    std::fs::write(bench.path("none.cnf"), "[req]\ndistinguished_name = name\n[name]\n")?;
    make_authorities(&bench).await?;
    let (broker, ca_file) = broker(&bench, &ROOTS.map(|root| format!("{root}/ca.pem")))?;
    bench.makes("device --ca ours-ec --cn pump-1 --out pump-1").await?;
    let file = |name: &str| bench.path("pump-1").join(name).to_string_lossy().into_owned();
    let (port, chain, key) = (broker.door(1).to_string(), file("chain.pem"), file("key.pem"));
    let shown = ["--cafile", &ca_file, "--cert", &chain, "--key", &key];
    let ended =
        run_cli(&[&["pub", "-h", "127.0.0.1", "-p", &port, "-t", "x", "-m", "hello"], &shown[..]].concat()).await?;
    assert_eq!(ended.code, Some(2), "{}", ended.stderr);
    assert!(ended.stderr.contains("certificate") && ended.stderr.contains("next: "), "{}", ended.stderr);
    Ok(())
}

#[tokio::test]
async fn mosquitto_takes_devices_of_a_renewed_ca_by_its_old_and_by_its_new_certificate() -> Result<()> {
    let bench = Bench::new()?;
    bench.makes("ca --cn Plant --days 300 --out ca").await?;
    bench.makes("ca --cn Line --ca ca --days 200 --out line").await?;
    bench.makes("device --ca ca --cn of-root --days 90 --out of-root").await?;
    bench.makes("device --ca line --cn of-line --days 90 --out of-line").await?;
    std::fs::copy(bench.path("ca/ca.pem"), bench.path("before.pem"))?;
    bench.makes("renew --ca ca --cert ca/ca.pem --out ca --force").await?;
    bench.makes("renew --ca ca --cert line/ca.pem --days 900 --out line --force").await?;
    bench.makes("device --ca line --cn later --days 800 --out later").await?;
    let (broker, ca_file) = broker(&bench, &["before.pem".into(), "ca/ca.pem".into()])?;
    for (door, device) in [(1, "of-root"), (1, "of-line"), (1, "later"), (0, "of-root"), (0, "later")] {
        let file = |name: &str| bench.path(device).join(name).to_string_lossy().into_owned();
        let (port, chain, key) = (broker.door(door).to_string(), file("chain.pem"), file("key.pem"));
        let hello = ["pub", "-h", "127.0.0.1", "-p", &port, "-t", "x", "-m", "hello", "-q", "1"];
        let ended = run_cli(&[&hello[..], &["--cafile", &ca_file, "--cert", &chain, "--key", &key]].concat()).await?;
        assert_eq!(ended.code, Some(0), "door {door}, {device}: {}", ended.stderr);
    }
    Ok(())
}
