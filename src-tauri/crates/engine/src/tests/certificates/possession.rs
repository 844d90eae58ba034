//! The wizard of a proof of possession.

use super::{authority, broker, export, happenings, list, openssl};
use crate::tests::page::{Page, engine};
use hubscope_model::{Code, PossessionProof, PossessionState};
use serde_json::{Value, json};

#[tokio::test]
async fn a_code_is_signed_and_what_became_of_it_is_noted() {
    let (engine, home) = engine().await;
    let mut page = Page::saving(&engine, home.path()).await;
    let root = authority(&mut page, "Root", None).await;
    let hub = broker(&mut page).await;
    let mark = |state: Value| json!({ "authority": root, "hub": hub.id, "state": state });
    page.call::<Value>("possession.mark", mark(json!("uploaded"))).await;
    let code = "75B86466DA34D2B04C0C4C9557A119687ADAE7D4732BDDB3";
    let request = json!({ "authority": root, "code": format!(" {code}\n"), "hub": hub.id });
    let proof: PossessionProof = page.call("possession.sign", request).await;
    assert_eq!((proof.subject, proof.issuer.as_str(), proof.key.as_str()), (format!("CN={code}"), "CN=Root", "P-256"));
    std::fs::write(home.path().join("proof.pem"), &proof.pem).unwrap();
    export(&mut page, &root, "pem", None).await;
    let (ok, said) = openssl(home.path(), &["verify", "-x509_strict", "-CAfile", "Root.pem", "proof.pem"]);
    assert!(ok, "{said}");
    // It is for the hub alone and no certificate of the list.
    assert_eq!(list(&mut page).await.len(), 1);

    page.call::<Value>("possession.mark", mark(json!("verified"))).await;
    let noted = list(&mut page).await[0].hubs[0];
    assert_eq!((noted.hub, noted.trusts), (hub.id, false));
    assert_eq!(noted.possession.unwrap().state, PossessionState::Verified);
    page.call::<Value>("possession.mark", mark(Value::Null)).await;
    assert_eq!(list(&mut page).await[0].hubs, []);
    let done = ["created", "possession_marked", "code_signed", "exported", "possession_marked", "possession_marked"];
    assert_eq!(happenings(&mut page, &root).await, done);
    let empty = json!({ "authority": root, "code": "  " });
    assert_eq!(page.try_call::<Value>("possession.sign", empty).await.unwrap_err().code, Code::InvalidFields);
    engine.stop().await;
}
