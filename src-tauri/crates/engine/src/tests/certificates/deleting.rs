//! What is deleted comes back with its keys and to its devices, or goes for good.

use super::{authority, broker, device, device_named, entry, issue, list, secret_rows, under_passphrase};
use crate::secrets::device_row;
use crate::tests::page::{Page, engine, engine_at};
use hubscope_model::{Code, JobState, SecretField, Tree, UndoEntry, UndoKind, Undoable};
use serde_json::json;

#[tokio::test]
async fn a_deleted_certificate_leaves_its_device_and_comes_back_with_its_key() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    under_passphrase(&mut page).await;
    let root = authority(&mut page, "Root", None).await;
    let lab = broker(&mut page).await;
    let bench = device(&mut page, &lab, "bench", json!({ "kind": "none" })).await;
    assert_eq!(issue(&mut page, &root, json!([{ "common_name": "bench", "device": bench.id }])).await, JobState::Done);
    let one = entry(&mut page, "bench").await;
    let before = (list(&mut page).await, page.call::<Tree>("tree.get", json!({})).await);

    let request = json!({ "certificates": [one.certificate.sha256, root] });
    page.call::<Undoable>("certificate.delete", request.clone()).await;
    assert_eq!(list(&mut page).await, []);
    let lost = device_named(&mut page, "bench").await;
    assert_eq!((lost.certificate, lost.secrets), (None, Vec::new()));
    let undone: UndoEntry = page.call("undo.run", json!({ "undo": null })).await;
    assert_eq!((undone.kind, undone.name.as_str()), (UndoKind::Certificates, "bench, Root"));
    assert_eq!((list(&mut page).await, page.call::<Tree>("tree.get", json!({})).await), before);
    let record = engine.device_record(bench.id).await.unwrap();
    engine.client_identity(&record).await.unwrap().unwrap();
    // The CA signs again: its key is back, too.
    assert_eq!(issue(&mut page, &root, json!([{ "common_name": "next" }])).await, JobState::Done);
    engine.stop().await;
}

#[tokio::test]
async fn a_device_that_got_another_certificate_meanwhile_keeps_it() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let root = authority(&mut page, "Root", None).await;
    let lab = broker(&mut page).await;
    let bench = device(&mut page, &lab, "bench", json!({ "kind": "none" })).await;
    issue(&mut page, &root, json!([{ "common_name": "old", "device": bench.id }])).await;
    let old = entry(&mut page, "old").await.certificate.sha256;
    page.call::<Undoable>("certificate.delete", json!({ "certificates": [old] })).await;
    issue(&mut page, &root, json!([{ "common_name": "new", "device": bench.id }])).await;
    page.call::<UndoEntry>("undo.run", json!({ "undo": null })).await;
    let now = device_named(&mut page, "bench").await.certificate.unwrap();
    assert_eq!(now.common_name.as_deref(), Some("new"));
    assert_eq!(entry(&mut page, "old").await.devices, []);
    engine.stop().await;
}

#[tokio::test]
async fn what_falls_out_of_the_stack_or_outlives_the_run_goes_with_its_keys() {
    let (engine, home) = engine().await;
    let mut page = Page::open(&engine).await;
    under_passphrase(&mut page).await;
    let root = authority(&mut page, "Root", None).await;
    let lab = broker(&mut page).await;
    let bench = device(&mut page, &lab, "bench", json!({ "kind": "none" })).await;
    issue(&mut page, &root, json!([{ "common_name": "bench", "device": bench.id }])).await;
    let sha256 = entry(&mut page, "bench").await.certificate.sha256;
    let (own, of_device) = (format!("certificate/{sha256}/private_key"), device_row(bench.id, SecretField::PrivateKey));
    page.call::<Undoable>("certificate.delete", json!({ "certificates": [sha256] })).await;
    let rows = secret_rows(&engine).await;
    assert!(rows.contains(&own) && rows.contains(&of_device), "they wait for the undo");
    for _ in 0..50 {
        page.call::<Undoable>("history.clear", json!({ "device": bench.id })).await;
    }
    let rows = secret_rows(&engine).await;
    assert!(!rows.contains(&own) && !rows.contains(&of_device), "{rows:?}");

    page.call::<Undoable>("certificate.delete", json!({ "certificates": [root] })).await;
    engine.stop().await;
    let engine = engine_at(home.path()).await;
    assert_eq!(secret_rows(&engine).await, Vec::<String>::new());
    engine.stop().await;
}

#[tokio::test]
async fn what_hubs_trust_and_what_lists_must_name_is_not_deleted() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let root = authority(&mut page, "Root", None).await;
    issue(&mut page, &root, json!([{ "common_name": "lost" }])).await;
    let lost = entry(&mut page, "lost").await.certificate.sha256;
    page.call::<Undoable>("certificate.revoke", json!({ "certificates": [lost], "reason": "key_compromise" })).await;
    let refused = page.try_call::<Undoable>("certificate.delete", json!({ "certificates": [lost] })).await;
    assert_eq!(refused.unwrap_err().code, Code::BadRequest);
    page.call::<Undoable>("certificate.delete", json!({ "certificates": [lost, root] })).await;
    assert_eq!(list(&mut page).await, []);
    engine.stop().await;
}
