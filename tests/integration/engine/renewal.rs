//! A SAS token is renewed in a live session, as the page sees it.

use crate::page::Page;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_renewal_is_seen_in_status_activity_and_history() {
    let mut page = Page::open().await;
    let sandbox = page.call("sandbox.start", json!({ "personality": "azure" })).await;
    let devices = sandbox["devices"].as_array().unwrap();
    let freezer = devices.iter().find(|device| device["id"] == "freezer-1").unwrap()["device"].clone();
    let device = json!({ "device": freezer });
    page.call("session.connect", device.clone()).await;
    page.wait_online(&freezer).await;
    let before = page.call("token.status", device.clone()).await;
    assert_eq!((&before["state"], &before["form"]["form"]), (&json!("active"), &json!("sas")));
    let issued = before["form"]["issued"].as_i64().unwrap();
    let renews = before["form"]["renews"].as_i64().unwrap();
    assert!(issued < renews && renews < before["form"]["expires"].as_i64().unwrap(), "{before}");
    assert_eq!(page.call("sas.current", device.clone()).await["signature"], "primary");

    page.call("token.renew", device.clone()).await;
    let after = page
        .until("the renewal", "token.status", device.clone(), |status| status["form"]["last"]["gap"].is_number())
        .await;
    assert!(after["form"]["expires"].as_i64() >= before["form"]["expires"].as_i64(), "{after}");
    page.wait_online(&freezer).await;
    let events = json!({ "query": "renewed", "device": freezer, "classes": ["event"] });
    assert_eq!(page.call("view.open", events).await["matching"], 1);
    page.until("the history", "token.history", device, |history| {
        history["events"].as_array().unwrap().iter().any(|event| event["cause"] == "renewed")
    })
    .await;
    page.engine.stop().await;
}
