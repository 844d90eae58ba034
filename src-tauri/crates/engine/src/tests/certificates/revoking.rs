//! Revocation lists that openssl obeys.

use super::{authority, entry, export, happenings, inspect, issue, openssl};
use crate::tests::page::{Page, engine};
use hubscope_model::{Code, RevocationReason, UndoEntry, Undoable, WrittenFile};
use serde_json::json;

#[tokio::test]
async fn a_list_names_what_was_revoked_and_its_number_rises() {
    let (engine, home) = engine().await;
    let mut page = Page::saving(&engine, home.path()).await;
    let root = authority(&mut page, "Root", None).await;
    issue(&mut page, &root, json!([{ "common_name": "good" }, { "common_name": "lost" }])).await;
    let lost = entry(&mut page, "lost").await.certificate.sha256;
    let request = json!({ "certificates": [lost], "reason": "key_compromise" });
    page.call::<Undoable>("certificate.revoke", request.clone()).await;
    let revoked = entry(&mut page, "lost").await;
    assert_eq!(revoked.revoked.unwrap().reason, RevocationReason::KeyCompromise);
    assert!(!revoked.renewable);
    let again = page.try_call::<Undoable>("certificate.revoke", request).await;
    assert_eq!(again.unwrap_err().code, Code::BadRequest);

    for sha256 in [&root, &lost, &entry(&mut page, "good").await.certificate.sha256] {
        export(&mut page, sha256, "pem", None).await;
    }
    let verify = |device: &str| {
        let args = ["verify", "-x509_strict", "-crl_check", "-CAfile", "Root.pem", "-CRLfile", "Root-crl.pem", device];
        openssl(home.path(), &args)
    };
    let draft = json!({ "authority": root, "days": 30 });
    let written: WrittenFile = page.call("authority.revocation_list", draft.clone()).await;
    assert_eq!(written.file_name.as_deref(), Some("Root-crl.pem"));
    let (ok, said) =
        openssl(home.path(), &["crl", "-in", "Root-crl.pem", "-CAfile", "Root.pem", "-noout", "-crlnumber"]);
    assert!(ok && said.contains("verify OK") && said.contains("crlNumber=0x01"), "{said}");
    assert!(verify("good.pem").0);
    let (ok, said) = verify("lost.pem");
    assert!(!ok && said.contains("certificate revoked"), "{said}");

    let undone: UndoEntry = page.call("undo.run", json!({ "undo": null })).await;
    assert_eq!(undone.name, "lost");
    assert_eq!(entry(&mut page, "lost").await.revoked, None);
    page.call::<WrittenFile>("authority.revocation_list", draft).await;
    assert!(verify("lost.pem").0);
    assert_eq!(inspect(&mut page, &root).await["revocation_list"], 2);
    assert_eq!(happenings(&mut page, &root).await, ["created", "issued", "exported", "list_written", "list_written"]);
    assert_eq!(happenings(&mut page, &lost).await, ["created", "revoked", "exported", "revocation_undone"]);
    let foreign =
        page.try_call::<Undoable>("certificate.revoke", json!({ "certificates": [root], "reason": "unspecified" }));
    assert_eq!(foreign.await.unwrap_err().code, Code::BadRequest);
    engine.stop().await;
}
