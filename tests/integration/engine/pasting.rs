//! Pasted text that means a hub that is here already.

use crate::page::Page;
use hubscope_model::Code;
use serde_json::{Value, json};

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const OTHER_KEY: &str = "//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eDf3t3c29rZ2NfW1dTT0tHQz87NzMvKycjHxsXEw8LBwA==";

fn policy(host: &str, name: &str, key: &str) -> String {
    format!("HostName={host};SharedAccessKeyName={name};SharedAccessKey={key}")
}

async fn policy_key(page: &mut Page, hub: &Value) -> Value {
    page.reveal("credential.reveal", json!({ "hub": hub, "field": "policy_key" })).await["text"].clone()
}

async fn add_hub(page: &mut Page, kind: &str, host: &str, details: Value) -> Value {
    let draft = json!({ "id": null, "kind": kind, "name": format!("my {kind}"), "host": host, "port": 8883, "transport": "mqtts",
                        "trust": { "change": "set", "mode": "system" }, "details": details });
    page.call("hub.save", draft).await["id"].clone()
}

async fn hubs(page: &mut Page) -> usize {
    page.call("tree.get", json!({})).await["hubs"].as_array().unwrap().len()
}

#[tokio::test]
async fn a_policy_that_is_here_is_replaced_only_when_that_is_asked_for() {
    let mut page = Page::open().await;
    let host = "lab.azure-devices.net";
    let first = policy(host, "service", KEY);
    assert_eq!(page.call("paste.recognise", json!({ "text": first })).await["policy_here"], Value::Null);
    let hub = page.call("paste.add", json!({ "text": first, "ca": null })).await["hub"].clone();
    let again = page.call("paste.recognise", json!({ "text": first })).await;
    assert_eq!(again["policy_here"], Value::Null, "the same policy replaces nothing");

    let second = policy("LAB.azure-devices.net", "iothubowner", OTHER_KEY);
    let seen = page.call("paste.recognise", json!({ "text": second })).await["policy_here"].clone();
    assert_eq!((&seen["hub"], &seen["name"], &seen["policy"]), (&hub, &json!(host), &json!("service")));
    assert_eq!(seen["key"]["ends"], KEY[KEY.len() - 4..], "{seen}");
    let stored_name = |tree: &Value| tree["hubs"][0]["details"]["policy"].clone();
    // Without a word the one that is here stays.
    for choice in [json!({}), json!({ "policy": "keep" })] {
        let mut add = json!({ "text": second, "ca": null });
        add.as_object_mut().unwrap().extend(choice.as_object().unwrap().clone());
        assert_eq!(page.call("paste.add", add).await["hub"], hub);
        assert_eq!(policy_key(&mut page, &hub).await, KEY);
        assert_eq!(stored_name(&page.call("tree.get", json!({})).await), "service");
    }
    page.call("paste.add", json!({ "text": second, "ca": null, "policy": "replace" })).await;
    assert_eq!(policy_key(&mut page, &hub).await, OTHER_KEY);
    assert_eq!(stored_name(&page.call("tree.get", json!({})).await), "iothubowner");
    assert_eq!(hubs(&mut page).await, 1);
    page.engine.stop().await;
}

#[tokio::test]
async fn a_provisioning_services_policy_goes_to_the_service_that_is_here() {
    let mut page = Page::open().await;
    let text = policy("lab.azure-devices-provisioning.net", "provisioningserviceowner", KEY);
    let alone = page.call("paste.recognise", json!({ "text": text })).await;
    assert_eq!((&alone["kind"], &alone["missing"]), (&json!("azure_dps"), &json!(["id_scope"])));
    assert_eq!(
        page.try_call("paste.add", json!({ "text": text, "ca": null })).await.unwrap_err().code,
        Code::InvalidFields
    );

    let details = json!({ "id_scope": "0ne00000A0A", "service_host": "lab.azure-devices-provisioning.net" });
    let hub = add_hub(&mut page, "azure_dps", "global.azure-devices-provisioning.net", details).await;
    assert_eq!(page.call("paste.recognise", json!({ "text": text })).await["missing"], json!([]));
    assert_eq!(page.call("paste.add", json!({ "text": text, "ca": null })).await["hub"], hub);
    assert_eq!(policy_key(&mut page, &hub).await, KEY);
    assert_eq!(hubs(&mut page).await, 1);
    page.engine.stop().await;
}

#[tokio::test]
async fn a_pasted_certificate_is_put_on_a_hub_that_is_here() {
    let mut page = Page::open().await;
    let hub = add_hub(&mut page, "azure_iot_hub", "lab.azure-devices.net", json!({})).await;
    let kaa = add_hub(&mut page, "kaa", "mqtt.kaa.example", json!({})).await;
    let issued = hubscope_pki::self_signed_device("press-1").unwrap();
    let text = format!("{}\n{}", issued.cert_pem, *issued.key_pem);
    assert_eq!(page.call("paste.recognise", json!({ "text": text })).await["missing"], json!(["host"]));
    assert_eq!(
        page.try_call("paste.add", json!({ "text": text, "ca": null })).await.unwrap_err().code,
        Code::InvalidFields
    );
    // Kaa's endpoints need a token beside it.
    let refused = page.try_call("paste.add", json!({ "text": text, "ca": null, "hub": kaa })).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "credential.kind", "{refused:?}");

    let added = page.call("paste.add", json!({ "text": text, "ca": null, "hub": hub })).await;
    assert_eq!(added["hub"], hub);
    let tree = page.call("tree.get", json!({})).await;
    assert_eq!((tree["hubs"].as_array().unwrap().len(), tree["devices"].as_array().unwrap().len()), (2, 1));
    let device = &tree["devices"][0];
    assert_eq!((&device["id"], &device["hub"], &device["client_id"]), (&added["device"], &hub, &json!("press-1")));
    assert_eq!(device["certificate"]["common_name"], "press-1");
    assert_eq!(device["secrets"][0]["field"], "private_key");

    // Without its key, and other text, nothing is put anywhere.
    for text in [issued.cert_pem.as_str(), "mqtt://elsewhere.example"] {
        page.try_call("paste.add", json!({ "text": text, "ca": null, "hub": hub })).await.unwrap_err();
    }
    assert_eq!(page.call("tree.get", json!({})).await["devices"].as_array().unwrap().len(), 1);
    page.engine.stop().await;
}
