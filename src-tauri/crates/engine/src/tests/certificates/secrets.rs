//! Private keys: sealed in rows of their own, and in nothing that comes out unless they are exported.

use super::{authority, broker, device, ended, entry, export, inspect, issue, list, secret_rows, under_passphrase};
use crate::tests::page::{Page, engine, engine_at};
use crate::tests::secrets::{files_below, holds};
use hubscope_model::{CertificateRef, CertificateRequest, Code, JobRef, Undoable};
use hubscope_vault::for_connector;
use serde_json::{Value, json};

const PASSPHRASE: &str = "correct horse battery";

#[tokio::test]
async fn keys_are_sealed_and_in_no_answer_and_in_no_file() {
    let (engine, home) = engine().await;
    let mut page = Page::open(&engine).await;
    under_passphrase(&mut page).await;
    let root = authority(&mut page, "Root", None).await;
    let lab = broker(&mut page).await;
    let bench = device(&mut page, &lab, "bench", json!({ "kind": "none" })).await;
    issue(&mut page, &root, json!([{ "common_name": "bench", "device": bench.id }, { "common_name": "other" }])).await;
    let sha256 = entry(&mut page, "bench").await.certificate.sha256;
    let job: JobRef = page.call("certificate.renew", json!({ "certificates": [sha256], "days": 400 })).await;
    ended(&mut page, job).await;
    page.call::<CertificateRequest>("request.create", json!({ "common_name": "asked", "key": "p256" })).await;
    inspect(&mut page, &sha256).await;
    list(&mut page).await;
    // What a browser downloads is sealed, too.
    export(&mut page, &sha256, "pkcs12", Some(PASSPHRASE)).await;
    page.call::<Undoable>("certificate.delete", json!({ "certificates": [sha256] })).await;

    let rows = secret_rows(&engine).await;
    assert_eq!(rows.iter().filter(|row| row.starts_with("certificate/")).count(), 4, "{rows:?}");
    assert_eq!(rows.iter().filter(|row| row.starts_with("request/")).count(), 1, "{rows:?}");
    assert!(rows.contains(&format!("device/{}/private_key", bench.id)));
    let mut keys = Vec::new();
    for row in &rows {
        let key = engine.workspace.secret(row).await.unwrap().unwrap();
        // A line from the middle: the first ones are the same in all keys of a kind.
        keys.push(for_connector(&key).lines().nth(2).unwrap().to_owned());
    }
    while let Ok(tick) = page.ticks.try_recv() {
        page.crossed += &serde_json::to_string(&tick).unwrap();
    }
    engine.stop().await;
    assert!(!page.crossed.contains("PRIVATE KEY"));
    let files = files_below(home.path());
    for key in keys {
        assert!(!page.crossed.contains(&key), "a key crossed to the page");
        assert!(!holds(&files, &key), "a key is in a file");
    }
}

#[tokio::test]
async fn while_the_vault_is_locked_nothing_is_signed_and_all_is_listed() {
    let (engine, home) = engine().await;
    let mut page = Page::open(&engine).await;
    under_passphrase(&mut page).await;
    let root = authority(&mut page, "Root", None).await;
    engine.stop().await;
    let engine = engine_at(home.path()).await;
    let mut page = Page::open(&engine).await;
    engine.workspace.vault().await.unwrap();
    assert!(list(&mut page).await[0].has_key);
    let draft = json!({ "common_name": "Next", "parent": null, "key": "p256", "days": 10 });
    let locked = page.try_call::<CertificateRef>("authority.create", draft).await.unwrap_err();
    assert_eq!(locked.code, Code::VaultLocked);
    let request = json!({ "authority": root, "code": "ABC" });
    assert_eq!(page.try_call::<Value>("possession.sign", request).await.unwrap_err().code, Code::VaultLocked);
    assert_eq!(list(&mut page).await.len(), 1);
    engine.stop().await;
}

/// A vault in memory keeps keys for this run: what is left then is a certificate without its key.
#[tokio::test]
async fn a_key_in_memory_ends_with_the_run() {
    let (engine, home) = engine().await;
    let mut page = Page::open(&engine).await;
    let root = authority(&mut page, "Root", None).await;
    assert!(list(&mut page).await[0].has_key);
    assert_eq!(secret_rows(&engine).await, Vec::<String>::new());
    engine.stop().await;
    let engine = engine_at(home.path()).await;
    let mut page = Page::open(&engine).await;
    engine.workspace.vault().await.unwrap();
    assert!(!list(&mut page).await[0].has_key);
    let request = json!({ "authority": root, "code": "ABC" });
    assert_eq!(page.try_call::<Value>("possession.sign", request).await.unwrap_err().code, Code::SecretMissing);
    engine.stop().await;
}
