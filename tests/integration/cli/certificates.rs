//! `cert`: what it makes is judged by openssl and by Python's `cryptography`, and what they make is read by it.

use anyhow::{Context, Result};
use hubscope_tests::program::{Ended, cli, run};
use hubscope_tests::python;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

const CODE: &str = "75B86466DA34D2B04C0C4C9557A119687ADAE7D4732BDDB3";
const PASSPHRASE: &str = "grün";

/// A folder in which commands run.
pub struct Bench {
    folder: TempDir,
}

impl Bench {
    pub fn new() -> Result<Self> {
        let bench = Self { folder: tempfile::tempdir()? };
        std::fs::write(bench.path("passphrase"), format!("{PASSPHRASE}\n"))?;
        Ok(bench)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `hubscope-cli cert …`, the words apart by blanks.
    async fn cert(&self, line: &str) -> Result<Ended> {
        let mut command = cli()?;
        command.arg("cert").args(line.split(' ')).current_dir(self.folder.path()).env_remove("HUBSCOPE_PASSPHRASE");
        run(command).await
    }

    /// The same, which must succeed.
    pub async fn makes(&self, line: &str) -> Result<Ended> {
        let ended = self.cert(line).await?;
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{line}");
        assert!(!ended.text().contains("PRIVATE KEY"), "{line}: {}", ended.text());
        Ok(ended)
    }

    /// Refused as usage, with a reason and a next step.
    async fn refuses(&self, line: &str, words: &str) -> Result<()> {
        let ended = self.cert(line).await?;
        assert_eq!(ended.code, Some(1), "{line}: {}", ended.stderr);
        assert!(ended.stderr.contains(words) && ended.stderr.contains("next: "), "{line}: {}", ended.stderr);
        Ok(())
    }

    pub async fn openssl(&self, line: &str) -> Result<Ended> {
        let mut command = Command::new("openssl");
        command.args(line.split(' ')).current_dir(self.folder.path());
        run(command).await
    }

    async fn inspect(&self, line: &str) -> Result<Value> {
        Ok(serde_json::from_str(&self.makes(&format!("inspect --json {line}")).await?.text())?)
    }
}

#[cfg(unix)]
fn mode(path: &Path) -> Result<u32> {
    use std::os::unix::fs::PermissionsExt;
    Ok(std::fs::metadata(path)?.permissions().mode() & 0o777)
}

#[tokio::test]
async fn openssl_accepts_the_chain_from_root_to_device() -> Result<()> {
    let bench = Bench::new()?;
    let made = bench.makes("ca --cn Plant --key p384 --out ca").await?;
    assert_eq!(made.text(), "wrote: ca/ca.pem\nwrote: ca/ca.key\n");
    bench.makes("ca --cn Line-4 --ca ca --days 900 --out line").await?;
    bench.makes("device --ca line --cn pump-1 --days 90 --out pump-1").await?;
    bench.makes(&format!("verify-possession --ca ca --code {CODE} --out proof.pem")).await?;
    for verified in ["-untrusted line/ca.pem pump-1/cert.pem", "proof.pem"] {
        let line = format!("verify -x509_strict -purpose sslclient -CAfile ca/ca.pem {verified}");
        let ended = bench.openssl(&line).await?;
        assert_eq!(ended.code, Some(0), "{verified}: {}", ended.stderr);
    }
    let subject = bench.openssl("x509 -in proof.pem -noout -subject").await?.text();
    assert_eq!(subject.trim_end(), format!("subject=CN = {CODE}"));
    #[cfg(unix)]
    for (file, wanted) in [("ca/ca.key", 0o600), ("pump-1/key.pem", 0o600)] {
        assert_eq!(mode(&bench.path(file))?, wanted, "{file}");
    }
    #[cfg(unix)]
    assert_ne!(mode(&bench.path("pump-1/cert.pem"))? & 0o044, 0, "others may read the certificate");
    Ok(())
}

#[tokio::test]
async fn nothing_is_overwritten_without_force_and_nothing_is_half_made() -> Result<()> {
    let bench = Bench::new()?;
    bench.makes("ca --cn Plant --out ca").await?;
    let before = std::fs::read(bench.path("ca/ca.key"))?;
    bench.refuses("ca --cn Other --out ca", "is there already").await?;
    assert_eq!(std::fs::read(bench.path("ca/ca.key"))?, before);
    std::fs::create_dir(bench.path("pump-1"))?;
    std::fs::write(bench.path("pump-1/chain.pem"), "mine")?;
    bench.refuses("device --ca ca --cn pump-1 --out pump-1", "chain.pem is there already").await?;
    assert_eq!(std::fs::read_dir(bench.path("pump-1"))?.count(), 1);
    bench.makes("device --ca ca --cn pump-1 --out pump-1 --force").await?;
    bench.makes("ca --cn Other --out ca --force").await?;
    assert_ne!(std::fs::read(bench.path("ca/ca.key"))?, before);
    assert_eq!(std::fs::read_dir(bench.path("ca"))?.count(), 2, "no temporary file stays");
    Ok(())
}

#[tokio::test]
async fn what_is_wrong_is_named_with_the_next_step() -> Result<()> {
    let bench = Bench::new()?;
    bench.makes("ca --cn Plant --days 100 --out ca").await?;
    bench.makes("device --ca ca --cn pump-1 --days 50 --out pump-1").await?;
    bench.makes("device --ca ca --cn pump-2 --days 50 --out pump-2").await?;
    bench.refuses(&format!("device --ca ca --cn {} --days 5 --out x", "x".repeat(65)), "65 characters").await?;
    bench.refuses("device --ca ca --cn d --days 101 --out x", "The CA ends on").await?;
    bench.refuses("device --ca nowhere --cn d --out x", "cannot be read").await?;
    bench.refuses("sign --ca ca --csr pump-1/cert.pem --out x", "no certificate request").await?;
    bench.refuses("import pump-1/cert.pem --key pump-2/key.pem --out x", "does not belong").await?;
    bench.refuses("import ca/ca.pem --key ca/ca.key --out x", "of a CA").await?;
    bench.refuses("import pump-1/cert.pem --out x", "without its private key").await?;
    bench.refuses("export-p12 --cert pump-1/chain.pem --key pump-1/key.pem --out d.p12", "needs a passphrase").await?;
    bench.refuses("inspect ca/ca.key", "private key").await?;
    let mixed = [std::fs::read(bench.path("ca/ca.pem"))?, std::fs::read(bench.path("pump-1/cert.pem"))?].concat();
    std::fs::write(bench.path("mixed.pem"), mixed)?;
    bench.refuses("import mixed.pem --key pump-1/key.pem --out x", "not to the first").await?;
    bench.openssl("ec -in pump-1/key.pem -aes256 -passout pass:x -out old.key").await?;
    bench.refuses("import pump-1/cert.pem --key old.key --out x", "openssl pkcs8 -topk8").await?;
    let legacy = "pkcs12 -export -legacy -in pump-1/cert.pem -inkey pump-1/key.pem -passout pass:x -out old.p12";
    assert_eq!(bench.openssl(legacy).await?.code, Some(0));
    bench.refuses("import old.p12 --passphrase-file passphrase --out x", "openssl pkcs12 -legacy").await?;
    for line in ["device --ca ca --cn d --days 0 --out x", "ca --cn d --key rsa1024 --out x", "ca --out x"] {
        assert_eq!(bench.cert(line).await?.code, Some(1), "{line}");
    }
    assert!(!bench.path("x").exists());
    Ok(())
}

#[tokio::test]
async fn a_certificate_is_inspected_and_a_doubtful_one_remarked_on() -> Result<()> {
    let bench = Bench::new()?;
    bench.makes("ca --cn Plant --out ca").await?;
    bench.makes("device --ca ca --cn pump-1 --out pump-1").await?;
    let answer = bench.inspect("pump-1/chain.pem").await?;
    let [device, ca] = answer["certificates"].as_array().context("a list")?.as_slice() else {
        anyhow::bail!("two certificates were expected: {answer}")
    };
    assert_eq!(
        (&device["subject"], &device["issuer"], &device["is_ca"]),
        (&"CN=pump-1".into(), &"CN=Plant".into(), &false.into())
    );
    assert_eq!((&ca["is_ca"], &ca["path_length"], &ca["self_signed"]), (&true.into(), &1.into(), &true.into()));
    assert_eq!(device["authority_key_id"], ca["subject_key_id"]);
    assert_eq!((&device["extended_key_usages"][0], &device["version"]), (&"clientAuth".into(), &3.into()));
    assert_eq!(device["remarks"], Value::Array(Vec::new()));
    for (field, question) in
        [("sha1", "-fingerprint -sha1"), ("sha256", "-fingerprint -sha256"), ("serial_hex", "-serial")]
    {
        let said = bench.openssl(&format!("x509 -in pump-1/cert.pem -noout {question}")).await?.text();
        let expected = said.trim_end().split_once('=').context("an answer")?.1.replace(':', "");
        assert_eq!(device[field], expected, "{field}");
    }
    let words = bench.makes("inspect pump-1/cert.pem").await?.text();
    for part in ["subject: CN=pump-1", "key: P-256", "ThingsBoard credentials id: ", "Kaa issuer and serial: CN=Plant "]
    {
        assert!(words.contains(part), "{part} is missing in {words}");
    }

    // Version 1, as openssl signs without extensions.
    bench.makes("csr --cn old --out old").await?;
    let sign = "x509 -req -in old/request.pem -CA ca/ca.pem -CAkey ca/ca.key -CAcreateserial -days 9 -out old/cert.pem";
    assert_eq!(bench.openssl(sign).await?.code, Some(0));
    let imported = bench.makes("import old/cert.pem --key old/key.pem --out read").await?.text();
    assert!(imported.contains("note: It is of X.509 version 1"), "{imported}");
    Ok(())
}

#[tokio::test]
async fn pkcs12_goes_out_and_comes_back() -> Result<()> {
    let bench = Bench::new()?;
    bench.makes("ca --cn Plant --key-passphrase-file passphrase --out ca").await?;
    bench.refuses("device --ca ca --cn pump-1 --out pump-1", "encrypted").await?;
    bench.makes("device --ca ca --passphrase-file passphrase --cn pump-1 --out pump-1").await?;
    let export = "export-p12 --cert pump-1/chain.pem --key pump-1/key.pem --passphrase-file passphrase --out d.p12";
    bench.makes(export).await?;
    #[cfg(unix)]
    assert_eq!(mode(&bench.path("d.p12"))?, 0o600);
    let opened = bench.openssl(&format!("pkcs12 -in d.p12 -passin pass:{PASSPHRASE} -noout -info")).await?;
    assert!(opened.code == Some(0) && opened.stderr.contains("MAC: sha256"), "{}", opened.stderr);
    bench.makes("import d.p12 --passphrase-file passphrase --out back").await?;
    for file in ["cert.pem", "key.pem", "chain.pem"] {
        let (there, back) = (bench.path("pump-1").join(file), bench.path("back").join(file));
        assert_eq!(std::fs::read_to_string(there)?, std::fs::read_to_string(back)?, "{file}");
    }
    let mut by_environment = cli()?;
    by_environment.args(["cert", "inspect", "d.p12", "--json"]).current_dir(bench.folder.path());
    by_environment.env("HUBSCOPE_PASSPHRASE", PASSPHRASE);
    let found: Value = serde_json::from_str(&run(by_environment).await?.text())?;
    assert_eq!(found["certificates"].as_array().map(Vec::len), Some(2));
    Ok(())
}

#[tokio::test]
async fn python_reads_ours_and_we_read_pythons() -> Result<()> {
    let bench = Bench::new()?;
    let kinds = ["p256", "p384", "rsa2048", "ed25519"];
    for kind in kinds {
        bench.makes(&format!("ca --cn Größe --key {kind} --out {kind}/ca")).await?;
        bench.makes(&format!("device --ca {kind}/ca --cn Gerät --key {kind} --out {kind}/device")).await?;
        bench.makes(&format!("verify-possession --ca {kind}/ca --code {CODE} --out {kind}/proof.pem")).await?;
        let seal = "--key-passphrase-file passphrase";
        bench.makes(&format!("csr --cn asked --key {kind} {seal} --out {kind}/request")).await?;
        bench.makes(&format!("sign --ca {kind}/ca --csr {kind}/request/request.pem --out {kind}/signed")).await?;
        let files = format!("--cert {kind}/device/chain.pem --key {kind}/device/key.pem --out {kind}/device.p12");
        bench.makes(&format!("export-p12 {files} --passphrase-file passphrase")).await?;
    }
    let mut python = python::script("certificates")?;
    python.arg(bench.folder.path());
    let ended = run(python).await?;
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let said: Value = serde_json::from_str(&ended.text())?;
    for kind in kinds {
        let shown = bench.inspect(&format!("{kind}/device/cert.pem")).await?;
        assert_eq!(shown["certificates"][0]["sha256"], said["read"][kind]);
        let mut forms = vec!["pem --key KIND-pkcs8-pem.key", "der --key KIND-pkcs8-der.key"];
        if kind != "ed25519" {
            forms.extend(["pem --key KIND-traditional-pem.key", "pem --key KIND-traditional-der.key"]);
        }
        let passphrase = "--passphrase-file passphrase";
        let (sealed, store) = (format!("pem --key KIND-sealed.key {passphrase}"), format!("p12 {passphrase}"));
        forms.extend([sealed.as_str(), store.as_str()]);
        for form in forms {
            let form = form.replace("KIND", kind);
            bench.makes(&format!("import {kind}.{form} --force --out back")).await?;
            let back = bench.inspect("back/cert.pem").await?;
            assert_eq!(back["certificates"][0]["sha256"], said["made"][kind], "{kind} {form}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_list_of_devices_renewals_and_a_revocation_list() -> Result<()> {
    let bench = Bench::new()?;
    bench.makes("ca --cn Plant --out ca").await?;
    std::fs::write(bench.path("ids.txt"), "pump-2\n\n  pump-3\n")?;
    bench.makes("batch --ca ca pump-1 --ids ids.txt --out pumps").await?;
    for id in ["pump-1", "pump-2", "pump-3"] {
        let verified = bench
            .openssl(&format!("verify -x509_strict -purpose sslclient -CAfile ca/ca.pem pumps/{id}/cert.pem"))
            .await?;
        assert_eq!(verified.code, Some(0), "{}", verified.stderr);
    }
    bench.refuses("batch --ca ca pump-4 pump-1 --out pumps", "is there already").await?;
    assert!(!bench.path("pumps/pump-4").exists());
    bench.refuses("batch --ca ca ../pump-5 --out pumps", "cannot name a directory").await?;

    bench.makes("renew --ca ca --cert pumps/pump-1/cert.pem --days 700 --out again").await?;
    let (old, new) = (bench.inspect("pumps/pump-1/cert.pem").await?, bench.inspect("again/cert.pem").await?);
    let of = |all: &Value, name: &str| all["certificates"][0][name].clone();
    assert_eq!(of(&old, "subject_key_id"), of(&new, "subject_key_id"), "the key is the same");
    assert_ne!(of(&old, "serial"), of(&new, "serial"));

    // The CA in place of itself: it goes on with its key, and what it issued before is of the new one, too.
    bench.refuses("renew --ca ca --cert ca/ca.pem --out ca", "is there already").await?;
    std::fs::copy(bench.path("ca/ca.pem"), bench.path("old-ca.pem"))?;
    let renewed = bench.makes("renew --ca ca --cert ca/ca.pem --days 5000 --out ca --force").await?;
    assert_eq!(renewed.text(), "wrote: ca/ca.pem\n");
    let (old, new) = (bench.inspect("old-ca.pem").await?, bench.inspect("ca/ca.pem").await?);
    for same in ["subject", "subject_key_id", "path_length", "key_usages", "is_ca"] {
        assert_eq!(of(&old, same), of(&new, same), "{same}");
    }
    assert_ne!(of(&old, "serial"), of(&new, "serial"));
    bench.makes("ca --cn Line-4 --ca ca --days 90 --out line").await?;
    bench.makes("device --ca line --cn press-1 --days 80 --out press-1").await?;
    bench.makes("renew --ca ca --cert line/ca.pem --out line --force").await?;
    for verified in ["pumps/pump-1/cert.pem", "-untrusted line/ca.pem press-1/cert.pem"] {
        let line = format!("verify -x509_strict -purpose sslclient -CAfile ca/ca.pem {verified}");
        let ended = bench.openssl(&line).await?;
        assert_eq!(ended.code, Some(0), "{verified}: {}", ended.stderr);
    }
    let days = |all: &Value| of(all, "not_after").as_i64().unwrap() - of(all, "not_before").as_i64().unwrap();
    assert_eq!(days(&bench.inspect("line/ca.pem").await?).div_euclid(86_400), 3650);
    bench.refuses("renew --ca line --cert line/ca.pem --out elsewhere", "did not issue").await?;

    bench.makes("crl --ca ca --revoke pumps/pump-2/cert.pem --reason key-compromise --number 3 --out list.pem").await?;
    let said = bench.openssl("crl -in list.pem -CAfile ca/ca.pem -noout -text").await?;
    assert!(said.text().contains("Key Compromise"), "{}", said.text());
    for (id, code) in [("pump-2", Some(2)), ("pump-3", Some(0))] {
        let line = format!("verify -x509_strict -crl_check -CAfile ca/ca.pem -CRLfile list.pem pumps/{id}/cert.pem");
        assert_eq!(bench.openssl(&line).await?.code, code, "{id}");
    }
    Ok(())
}
