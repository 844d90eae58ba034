//! Requests: what comes back from another CA finds its key, and what others ask for is signed.

use super::{authority, entry, export, happenings, inspect, list, openssl};
use crate::tests::page::{Page, engine};
use hubscope_model::{
    CertificateList, CertificateRef, CertificateRequest, CertificateRequestFacts, Code, UndoEntry, UndoKind, Undoable,
};
use serde_json::{Value, json};

fn text(pem: &str) -> Value {
    json!({ "from": "text", "text": pem })
}

#[tokio::test]
async fn a_signed_request_is_joined_with_its_key() {
    let (engine, home) = engine().await;
    let mut page = Page::saving(&engine, home.path()).await;
    let draft = json!({ "common_name": "gate-7", "key": "p384" });
    let request: CertificateRequest = page.call("request.create", draft).await;
    assert_eq!((request.key.as_str(), request.has_key), ("P-384", true));
    std::fs::write(home.path().join("gate.csr"), &request.pem).unwrap();
    let (ok, said) = openssl(home.path(), &["req", "-in", "gate.csr", "-verify", "-noout", "-subject"]);
    assert!(ok && said.contains("gate-7"), "{said}");

    // Deleted and taken back, as all else.
    page.call::<Undoable>("request.delete", json!({ "request": request.id })).await;
    assert_eq!(page.call::<CertificateList>("certificate.list", json!({})).await.requests, []);
    let undone: UndoEntry = page.call("undo.run", json!({ "undo": null })).await;
    assert_eq!((undone.kind, undone.name.as_str()), (UndoKind::CertificateRequest, "gate-7"));

    for args in [
        &[
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            "ca.key",
            "-out",
            "ca.pem",
            "-subj",
            "/CN=Elsewhere",
        ][..],
        &["x509", "-req", "-in", "gate.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-days", "90", "-out", "gate.pem"],
    ] {
        let (ok, said) = openssl(home.path(), args);
        assert!(ok, "{said}");
    }
    let pem = std::fs::read_to_string(home.path().join("gate.pem")).unwrap();
    let files = json!({ "certificate": text(&pem), "key": null, "passphrase": null });
    let check: Value = page.call("certificate.import_check", files.clone()).await;
    assert_eq!(check["key"], json!({ "key": "requested", "request": request.id }));
    // `openssl x509 -req` without extensions makes version 1.
    assert!(check["remarks"].to_string().contains("version 1"), "{check}");
    let imported: CertificateRef = page.call("certificate.import", json!({ "files": files })).await;
    let shown: CertificateList = page.call("certificate.list", json!({})).await;
    assert!(shown.requests.is_empty() && shown.entries[0].has_key);
    let p12 = export(&mut page, &imported.sha256, "pkcs12", Some("open sesame")).await;
    let (ok, said) = openssl(home.path(), &["pkcs12", "-in", &p12, "-passin", "pass:open sesame", "-nodes"]);
    assert!(ok && said.contains("PRIVATE KEY") && said.contains("gate-7"), "{said}");
    engine.stop().await;
}

#[tokio::test]
async fn others_requests_are_signed_by_our_policy() {
    let (engine, home) = engine().await;
    let mut page = Page::saving(&engine, home.path()).await;
    let root = authority(&mut page, "Root", None).await;
    let asks =
        ["req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "d.key", "-out", "d.csr"];
    let more = ["-subj", "/CN=pump-9", "-addext", "basicConstraints=critical,CA:TRUE"];
    let (ok, said) = openssl(home.path(), &[&asks[..], &more[..]].concat());
    assert!(ok, "{said}");
    let csr = std::fs::read_to_string(home.path().join("d.csr")).unwrap();
    let facts: CertificateRequestFacts = page.call("request.read", json!({ "source": text(&csr) })).await;
    assert_eq!((facts.common_name.as_deref(), facts.key.as_str()), (Some("pump-9"), "P-256"));
    let sign = json!({ "authority": root, "source": text(&csr), "common_name": null, "days": 30 });
    let signed: CertificateRef = page.call("request.sign", sign).await;
    let one = entry(&mut page, "pump-9").await;
    assert_eq!((one.has_key, one.issued_by.as_deref()), (false, Some(root.as_str())));
    assert_eq!(inspect(&mut page, &signed.sha256).await["facts"]["is_ca"], false);
    assert_eq!(happenings(&mut page, &root).await, ["created", "issued"]);
    // One letter of the signature, which stands at the end.
    let mut spoilt: Vec<_> = csr.lines().map(str::to_owned).collect();
    let last = spoilt.len() - 2;
    let letter = if spoilt[last].starts_with('A') { "B" } else { "A" };
    spoilt[last].replace_range(..1, letter);
    let spoilt = spoilt.join("\n");
    let error = page.try_call::<Value>("request.read", json!({ "source": text(&spoilt) })).await.unwrap_err();
    assert_eq!(error.code, Code::BadRequest);
    assert_eq!(list(&mut page).await.len(), 2);
    engine.stop().await;
}
