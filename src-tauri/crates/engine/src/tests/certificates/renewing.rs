//! CAs for a new time: what they issued stays theirs, and they go on with the new certificate.

use super::{
    authority, ended, entry, export, happenings, inspect, issue, list, openssl, secret_rows, under_passphrase,
};
use crate::tests::page::{Page, engine, engine_at};
use hubscope_model::{CertificateRole, Code, JobRef, JobState, PossessionProof, UndoEntry, Undoable, WrittenFile};
use serde_json::{Value, json};
use std::path::Path;

/// Renews, and answers the SHA-256 of what took the place of the first.
async fn renew(page: &mut Page, certificates: &[&String], authority_days: u32) -> String {
    let request = json!({ "certificates": certificates, "days": 300, "authority_days": authority_days });
    let job: JobRef = page.call("certificate.renew", request).await;
    assert_eq!(ended(page, job).await.state, JobState::Done);
    let all = list(page).await;
    let old = all.into_iter().find(|one| one.certificate.sha256 == *certificates[0]).unwrap();
    old.replaced_by.unwrap()
}

/// Writes certificates and verifies the last by the first alone, as a TLS client; those between are shown by the client.
async fn verifies(page: &mut Page, home: &Path, chain: &[&String]) -> (bool, String) {
    let mut names = Vec::new();
    for (at, sha256) in chain.iter().enumerate() {
        let name = format!("{at}.pem");
        let detail = inspect(page, sha256).await;
        std::fs::write(home.join(&name), detail["pem"].as_str().unwrap()).unwrap();
        names.push(name);
    }
    let mut args = vec!["verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", &names[0]];
    for name in &names[1..names.len() - 1] {
        args.extend(["-untrusted", name]);
    }
    args.push(&names[names.len() - 1]);
    openssl(home, &args)
}

#[tokio::test]
async fn a_renewed_root_takes_over_what_the_old_one_issued() {
    let (engine, home) = engine().await;
    let mut page = Page::saving(&engine, home.path()).await;
    under_passphrase(&mut page).await;
    let old = authority(&mut page, "Root", None).await;
    issue(&mut page, &old, json!([{ "common_name": "good", "serial": "5A" }, { "common_name": "lost" }])).await;
    let (good, lost) = (entry(&mut page, "good").await.certificate, entry(&mut page, "lost").await.certificate);
    page.call::<Undoable>("certificate.revoke", json!({ "certificates": [lost.sha256], "reason": "superseded" })).await;
    page.call::<WrittenFile>("authority.revocation_list", json!({ "authority": old, "days": 30 })).await;

    let new = renew(&mut page, &[&old], 5000).await;
    let all = list(&mut page).await;
    let [before, .., after] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!((before.role, before.renewable, before.has_key), (CertificateRole::Root, false, true));
    assert_eq!((after.role, after.renewable, after.has_key), (CertificateRole::Root, true, true));
    assert!(after.certificate.not_after > before.certificate.not_after);
    assert_eq!(inspect(&mut page, &new).await["issued"], json!([good.sha256, lost.sha256]));
    assert_eq!(inspect(&mut page, &old).await["issued"], json!([]));
    let drawn = inspect(&mut page, &good.sha256).await;
    assert_eq!(drawn["chain"][0]["facts"]["sha256"], json!(new), "{drawn}");
    assert_eq!(happenings(&mut page, &new).await, ["renewed"]);
    assert_eq!(happenings(&mut page, &old).await, ["created", "issued", "list_written", "replaced"]);
    assert_eq!(verifies(&mut page, home.path(), &[&new, &good.sha256]).await, (true, "1.pem: OK\n".into()));

    // The list goes on counting, and names what was revoked before.
    let draft = json!({ "authority": new, "days": 30 });
    page.call::<WrittenFile>("authority.revocation_list", draft).await;
    export(&mut page, &new, "pem", None).await;
    let serial = inspect(&mut page, &lost.sha256).await["facts"]["serial_hex"].as_str().unwrap().to_owned();
    let args = ["crl", "-in", "Root-crl.pem", "-CAfile", "Root.pem", "-noout", "-text"];
    let (ok, said) = openssl(home.path(), &args);
    assert!(ok && said.contains("verify OK") && said.contains("Serial Number:") && said.contains(&serial), "{said}");
    assert_eq!(inspect(&mut page, &new).await["revocation_list"], 2);

    // Devices get the new chain, and no serial that the old one gave.
    let again =
        json!({ "authority": new, "devices": [{ "common_name": "x", "serial": "5a" }], "key": "p256", "days": 9 });
    let error = page.try_call::<JobRef>("certificate.issue", again).await.unwrap_err();
    assert_eq!((error.code, error.fields[0].field.as_str()), (Code::InvalidFields, "serial"));
    assert_eq!(issue(&mut page, &new, json!([{ "common_name": "later" }])).await, JobState::Done);
    let later = entry(&mut page, "later").await.certificate.sha256;
    export(&mut page, &later, "chain", None).await;
    let chain = std::fs::read_to_string(home.path().join("later-chain.pem")).unwrap();
    assert!(chain.ends_with(&std::fs::read_to_string(home.path().join("Root.pem")).unwrap()));
    page.call::<PossessionProof>("possession.sign", json!({ "authority": new, "code": "ABC" })).await;

    // The old one is there to be looked at.
    for (name, request) in [
        ("possession.sign", json!({ "authority": old, "code": "ABC" })),
        ("authority.revocation_list", json!({ "authority": old, "days": 30 })),
        (
            "certificate.issue",
            json!({ "authority": old, "devices": [{ "common_name": "x" }], "key": "p256", "days": 9 }),
        ),
        ("authority.create", json!({ "common_name": "Line", "parent": old, "key": "p256", "days": 9 })),
        ("certificate.renew", json!({ "certificates": [old], "days": 9 })),
    ] {
        assert_eq!(page.try_call::<Value>(name, request).await.unwrap_err().code, Code::BadRequest, "{name}");
    }
    engine.stop().await;
}

#[tokio::test]
async fn a_root_an_intermediate_and_a_device_are_renewed_in_one_go_from_the_top() {
    let (engine, home) = engine().await;
    let mut page = Page::saving(&engine, home.path()).await;
    let root = authority(&mut page, "Root", None).await;
    let line = authority(&mut page, "Line 4", Some(&root)).await;
    issue(&mut page, &line, json!([{ "common_name": "old" }, { "common_name": "pump" }])).await;
    let (old, pump) = (entry(&mut page, "old").await.certificate, entry(&mut page, "pump").await.certificate);

    // Longer than the old CAs: only what the new ones sign can be.
    let new_pump = renew(&mut page, &[&pump.sha256, &line, &root], 5000).await;
    let (new_root, new_line) = (entry(&mut page, "Root").await, entry(&mut page, "Line 4").await);
    assert_eq!(new_line.issued_by.as_ref(), Some(&new_root.certificate.sha256));
    assert_eq!(new_line.certificate.not_after, new_root.certificate.not_after);
    assert_eq!((new_root.renewable, new_line.renewable, new_line.has_key), (true, true, true));
    let drawn = inspect(&mut page, &new_pump).await;
    let drawn: Vec<_> = drawn["chain"].as_array().unwrap().iter().map(|link| &link["facts"]["sha256"]).collect();
    let (new_root, new_line) = (new_root.certificate.sha256, new_line.certificate.sha256);
    assert_eq!(drawn, [&json!(new_root), &json!(new_line), &json!(new_pump)]);
    assert_eq!(entry(&mut page, "pump").await.certificate.chain, 3);
    assert_eq!(inspect(&mut page, &new_line).await["issued"], json!([old.sha256, pump.sha256, new_pump]));
    assert_eq!(happenings(&mut page, &new_root).await, ["renewed", "issued"]);
    assert_eq!(happenings(&mut page, &new_line).await, ["renewed", "issued"]);
    for device in [&old.sha256, &new_pump] {
        let (ok, said) = verifies(&mut page, home.path(), &[&new_root, &new_line, device]).await;
        assert!(ok, "{said}");
    }

    // An intermediate alone ends before its root does.
    let request = json!({ "certificates": [new_line], "days": 9, "authority_days": 6000 });
    let error = page.try_call::<JobRef>("certificate.renew", request).await.unwrap_err();
    assert_eq!((error.code, error.fields[0].field.as_str()), (Code::InvalidFields, "authority_days"));
    assert_eq!(list(&mut page).await.len(), 7);
    let newest = renew(&mut page, &[&new_line], 400).await;
    issue(&mut page, &newest, json!([{ "common_name": "late" }])).await;
    assert_eq!(inspect(&mut page, &newest).await["issued"].as_array().unwrap().len(), 4);
    engine.stop().await;
}

#[tokio::test]
async fn deleting_one_of_the_two_leaves_the_other_its_key() {
    let (engine, home) = engine().await;
    let mut page = Page::saving(&engine, home.path()).await;
    under_passphrase(&mut page).await;
    let old = authority(&mut page, "Root", None).await;
    page.call::<WrittenFile>("authority.revocation_list", json!({ "authority": old, "days": 30 })).await;
    let new = renew(&mut page, &[&old], 5000).await;
    page.call::<WrittenFile>("authority.revocation_list", json!({ "authority": new, "days": 30 })).await;
    issue(&mut page, &new, json!([{ "common_name": "d" }])).await;
    let signs = json!({ "authority": new, "code": "ABC" });

    // The new one: the old one counts again, and its next list has the next number. Undo turns both round.
    page.call::<Undoable>("certificate.delete", json!({ "certificates": [new] })).await;
    let device = entry(&mut page, "d").await;
    assert_eq!((device.issued_by.as_ref(), device.renewable), (Some(&old), true));
    assert!(list(&mut page).await[0].renewable);
    page.call::<PossessionProof>("possession.sign", json!({ "authority": old, "code": "ABC" })).await;
    page.call::<UndoEntry>("undo.run", json!({ "undo": null })).await;
    assert_eq!(entry(&mut page, "d").await.issued_by.as_ref(), Some(&new));
    page.call::<PossessionProof>("possession.sign", signs.clone()).await;
    assert_eq!(inspect(&mut page, &old).await["revocation_list"], 2);

    // The old one, for good: the new one has its key also after a restart.
    page.call::<Undoable>("certificate.delete", json!({ "certificates": [old] })).await;
    engine.stop().await;
    let engine = engine_at(home.path()).await;
    let mut page = Page::open(&engine).await;
    page.call::<Value>("vault.unlock", json!({ "passphrase": "correct horse battery" })).await;
    assert_eq!(list(&mut page).await.len(), 2);
    assert!(!secret_rows(&engine).await.iter().any(|row| row.contains(&old)));
    page.call::<PossessionProof>("possession.sign", signs).await;
    engine.stop().await;
}

#[tokio::test]
async fn what_was_revoked_stays_while_one_of_the_two_could_make_a_list() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let old = authority(&mut page, "Root", None).await;
    issue(&mut page, &old, json!([{ "common_name": "lost" }])).await;
    let lost = entry(&mut page, "lost").await.certificate.sha256;
    page.call::<Undoable>("certificate.revoke", json!({ "certificates": [lost], "reason": "superseded" })).await;
    let new = renew(&mut page, &[&old], 5000).await;
    for going in [vec![&lost], vec![&lost, &new], vec![&lost, &old]] {
        let refused = page.try_call::<Undoable>("certificate.delete", json!({ "certificates": going })).await;
        assert_eq!(refused.unwrap_err().code, Code::BadRequest);
    }
    page.call::<Undoable>("certificate.delete", json!({ "certificates": [lost, new, old] })).await;
    engine.stop().await;
}
