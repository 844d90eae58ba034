//! Import and export.

use super::{authority, entry, export, issue, list, openssl};
use crate::tests::page::{Page, engine};
use crate::tests::transfer::hub;
use hubscope_model::{CertificateRef, CertificateRole, Code, HeldFile, Hub, JobState, WrittenFile};
use serde_json::{Value, json};
use std::path::Path;

const PASSPHRASE: &str = "open sesame";

async fn held(page: &mut Page, path: &Path) -> Value {
    use base64::Engine as _;
    let base64 = base64::engine::general_purpose::STANDARD.encode(std::fs::read(path).unwrap());
    let file: HeldFile = page.call("file.upload", json!({ "name": "f", "base64": base64 })).await;
    json!({ "from": "file", "handle": file.handle })
}

#[tokio::test]
async fn what_is_exported_is_read_by_openssl_and_comes_in_again() {
    let (engine, home) = engine().await;
    let mut page = Page::saving(&engine, home.path()).await;
    let root = authority(&mut page, "Root", None).await;
    let line = authority(&mut page, "Line", Some(&root)).await;
    assert_eq!(issue(&mut page, &line, json!([{ "common_name": "gate/7 ü" }])).await, JobState::Done);
    let sha256 = entry(&mut page, "gate/7 ü").await.certificate.sha256;
    for (form, passphrase, name, args) in [
        ("der", None, "gate-7-ü.der", &["x509", "-inform", "DER", "-noout", "-subject", "-in"][..]),
        ("chain", None, "gate-7-ü-chain.pem", &["x509", "-noout", "-issuer", "-in"]),
        ("pkcs12", Some(PASSPHRASE), "gate-7-ü.p12", &["pkcs12", "-passin", "pass:open sesame", "-nokeys", "-in"]),
        ("private_key", None, "gate-7-ü-key.pem", &["pkey", "-noout", "-text", "-in"]),
        (
            "encrypted_key",
            Some(PASSPHRASE),
            "gate-7-ü-key.pem",
            &["pkey", "-passin", "pass:open sesame", "-noout", "-in"],
        ),
    ] {
        assert_eq!(export(&mut page, &sha256, form, passphrase).await, name);
        let (ok, said) = openssl(home.path(), &[args, &[name]].concat());
        assert!(ok, "{form}: {said}");
    }
    let chain = std::fs::read_to_string(home.path().join("gate-7-ü-chain.pem")).unwrap();
    assert_eq!(chain.matches("BEGIN CERTIFICATE").count(), 3);
    for form in ["pkcs12", "encrypted_key"] {
        let request = json!({ "sha256": sha256, "form": form });
        assert_eq!(
            page.try_call::<Value>("certificate.export", request).await.unwrap_err().code,
            Code::PassphraseNeeded
        );
    }
    let mut browser = Page::open(&engine).await;
    let request = json!({ "sha256": sha256, "form": "private_key" });
    let refused = browser.try_call::<Value>("certificate.export", request).await.unwrap_err();
    assert_eq!(refused.code, Code::NotInThisShell);

    engine.stop().await;
    let (engine, elsewhere) = crate::tests::page::engine().await;
    let mut page = Page::saving(&engine, elsewhere.path()).await;
    let p12 = held(&mut page, &home.path().join("gate-7-ü.p12")).await;
    let mut files = json!({ "certificate": p12, "key": null, "passphrase": null });
    let needed = page.try_call::<Value>("certificate.import_check", files.clone()).await.unwrap_err();
    assert_eq!(needed.code, Code::PassphraseNeeded);
    files["passphrase"] = json!("wrong");
    let wrong = page.try_call::<Value>("certificate.import_check", files.clone()).await.unwrap_err();
    assert_eq!(wrong.code, Code::WrongPassphrase);
    files["passphrase"] = json!(PASSPHRASE);
    let check: Value = page.call("certificate.import_check", files.clone()).await;
    assert_eq!(
        (&check["role"], &check["key"], &check["known"]),
        (&json!("device"), &json!({ "key": "supplied" }), &json!(false))
    );
    assert_eq!(check["chain"].as_array().unwrap().len(), 3);
    assert_eq!(page.call::<CertificateRef>("certificate.import", json!({ "files": files })).await.sha256, sha256);
    // Its issuers came with it, but they are no CAs of one's own.
    assert_eq!(list(&mut page).await.len(), 1);
    let again: Value = page.call("certificate.import_check", files).await;
    assert_eq!(again["known"], true);
    engine.stop().await;
}

#[tokio::test]
async fn what_is_wrong_with_files_is_said_before_anything_is_kept() {
    let (engine, home) = engine().await;
    let mut page = Page::saving(&engine, home.path()).await;
    let root = authority(&mut page, "Root", None).await;
    issue(&mut page, &root, json!([{ "common_name": "a" }, { "common_name": "b" }])).await;
    for name in ["a", "b"] {
        let sha256 = entry(&mut page, name).await.certificate.sha256;
        for form in ["chain", "private_key"] {
            export(&mut page, &sha256, form, None).await;
        }
    }
    export(&mut page, &root, "pem", None).await;
    let read = |name: &str| std::fs::read_to_string(home.path().join(name)).unwrap();
    let text = |pem: &str| json!({ "from": "text", "text": pem });
    let chain = read("a-chain.pem");
    let (leaf, issuer) = chain.split_at(chain.find("-----END CERTIFICATE-----\n").unwrap() + 26);
    for (certificate, key, code) in [
        (chain.clone(), Some(read("b-key.pem")), Code::KeyDoesNotMatch),
        (format!("{issuer}{leaf}"), Some(read("a-key.pem")), Code::ChainOutOfOrder),
        (format!("{issuer}{leaf}"), None, Code::ChainOutOfOrder),
        ("nothing".into(), None, Code::NotACertificate),
    ] {
        let files = json!({ "certificate": text(&certificate), "key": key.as_deref().map(text), "passphrase": null });
        assert_eq!(page.try_call::<Value>("certificate.import_check", files).await.unwrap_err().code, code);
    }
    // A CA without its key is looked at as a CA, and no device gets it.
    let files = json!({ "certificate": text(&read("Root.pem")), "key": null, "passphrase": null });
    let check: Value = page.call("certificate.import_check", files).await;
    assert_eq!((&check["role"], &check["key"]), (&json!("root"), &json!({ "key": "stored" })));
    engine.stop().await;
}

#[tokio::test]
async fn what_hubs_trust_and_devices_carry_is_in_the_list_once() {
    let (engine, home) = engine().await;
    let mut page = Page::saving(&engine, home.path()).await;
    let root = authority(&mut page, "Root", None).await;
    export(&mut page, &root, "pem", None).await;
    let made =
        ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "s.key", "-out", "s.pem", "-subj", "/CN=Site B"];
    let (ok, said) = openssl(home.path(), &made);
    assert!(ok, "{said}");
    let mut hubs = Vec::new();
    for (name, ca) in [("one", "Root.pem"), ("two", "Root.pem"), ("three", "s.pem")] {
        let mut form = hub("mqtt_broker", name, "lab.example");
        let file = held(&mut page, &home.path().join(ca)).await;
        form["trust"] = json!({ "change": "set", "mode": "ca_only", "added": [file] });
        hubs.push(page.call::<Hub>("hub.save", form).await);
    }
    let all = list(&mut page).await;
    assert_eq!(all.iter().map(|one| one.role).collect::<Vec<_>>(), [CertificateRole::Root, CertificateRole::Server]);
    let of = |one: usize| all[one].hubs.iter().map(|hub| (hub.hub, hub.trusts)).collect::<Vec<_>>();
    assert_eq!(of(0), [(hubs[0].id, true), (hubs[1].id, true)]);
    assert_eq!(of(1), [(hubs[2].id, true)]);
    let server = json!({ "certificates": [all[1].certificate.sha256] });
    assert_eq!(page.try_call::<Value>("certificate.delete", server).await.unwrap_err().code, Code::BadRequest);
    engine.stop().await;
}

#[tokio::test]
async fn a_text_that_is_shown_goes_to_the_place_that_the_user_chooses() {
    let (engine, home) = engine().await;
    let mut page = Page::saving(&engine, home.path()).await;
    let text = "-----BEGIN CERTIFICATE-----\n";
    let written: WrittenFile = page.call("file.save", json!({ "name": "verification.pem", "text": text })).await;
    assert_eq!((written.file_name.as_deref(), written.download), (Some("verification.pem"), None));
    assert_eq!(std::fs::read_to_string(home.path().join("verification.pem")).unwrap(), text);
    let mut browser = Page::open(&engine).await;
    let offered: WrittenFile = browser.call("file.save", json!({ "name": "verification.pem", "text": text })).await;
    assert!(offered.download.is_some());
    let long = json!({ "name": "long.pem", "text": "x".repeat(1024 * 1024 + 1) });
    assert_eq!(page.try_call::<WrittenFile>("file.save", long).await.unwrap_err().code, Code::FileTooLarge);
}
