//! What of a hub or device may leave: its secrets, tokens of its policy, and all that a client needs.

use crate::page::Page;
use hubscope_hubs::azure::sas;
use hubscope_model::Code;
use hubscope_vault::Secret;
use serde_json::{Value, json};
use zeroize::Zeroizing;

const KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const OTHER_KEY: &str = "//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eDf3t3c29rZ2NfW1dTT0tHQz87NzMvKycjHxsXEw8LBwA==";

fn hub(kind: &str, host: &str, details: Value, secrets: &[(&str, &str)]) -> Value {
    let secrets: Vec<_> = (secrets.iter())
        .map(|(field, value)| json!({ "field": field, "draft": { "change": "set", "value": value } }))
        .collect();
    json!({ "id": null, "kind": kind, "name": format!("my {kind}"), "host": host, "port": 8883, "transport": "mqtts",
            "trust": { "change": "set", "mode": "system" }, "details": details, "secrets": secrets })
}

fn device(hub: &Value, name: &str, credential: Value, secrets: Value, certificate: Value) -> Value {
    json!({ "id": null, "hub": hub["id"], "name": name, "client_id": name, "credential": credential,
            "secrets": secrets, "certificate": certificate,
            "options": { "version": "3.1.1", "clean_session": true, "keep_alive": 60, "max_packet_size": 65536 } })
}

/// All lines of the activity.
async fn activity(page: &mut Page) -> String {
    let view = page.call("view.open", json!({ "query": "", "device": null, "classes": ["event"] })).await;
    let window = page.rows(serde_json::from_value(view).unwrap()).await;
    window.rows.iter().filter_map(|row| row.text.as_ref()).map(|text| format!("{text}\n")).collect()
}

fn is_signed_by(token: &str, key: &str) -> bool {
    sas::is_signed_by(&sas::decode(token).unwrap(), &Secret::new(Zeroizing::new(key.to_owned())))
}

#[tokio::test]
async fn a_hubs_secrets_are_shown_and_copied_as_a_devices_are() {
    let mut page = Page::open().await;
    let details = json!({ "policy": "iothubowner" });
    let azure =
        page.call("hub.save", hub("azure_iot_hub", "a.azure-devices.net", details, &[("policy_key", KEY)])).await;
    let shown = page.reveal("credential.reveal", json!({ "hub": azure["id"], "field": "policy_key" })).await;
    assert_eq!(shown["text"], KEY);
    let what = json!({ "what": "secret", "field": "policy_key" });
    page.call("credential.copy", json!({ "hub": azure["id"], "what": what })).await;
    assert_eq!(page.clipboard(), KEY);
    let lines = activity(&mut page).await;
    for line in ["my azure_iot_hub: Policy key shown", "my azure_iot_hub: Policy key copied to the clipboard"] {
        assert!(lines.contains(line), "{lines}");
    }
    assert!(!lines.contains(KEY) && !page.crossed.contains(KEY));

    // A hub has no other secrets, and only secrets.
    for what in [json!({ "what": "secret", "field": "token" }), json!({ "what": "everything" })] {
        let error = page.try_call("credential.copy", json!({ "hub": azure["id"], "what": what })).await.unwrap_err();
        assert_eq!(error.code, Code::BadRequest);
    }
    let missing = page.try_call("credential.reveal", json!({ "hub": azure["id"], "field": "api_key" })).await;
    assert_eq!(missing.unwrap_err().code, Code::SecretMissing);
    page.engine.stop().await;
}

#[tokio::test]
async fn a_hubs_policy_signs_tokens_without_any_device() {
    let mut page = Page::open().await;
    let details = json!({ "policy": "iothubowner" });
    let azure =
        page.call("hub.save", hub("azure_iot_hub", "a.azure-devices.net", details, &[("policy_key", KEY)])).await;
    let id = &azure["id"];
    let scopes = [
        (json!({ "scope": "service", "hub": id }), "a.azure-devices.net"),
        (json!({ "scope": "policy_device", "hub": id, "device_id": null }), "a.azure-devices.net/devices"),
        (json!({ "scope": "policy_device", "hub": id, "device_id": "d/m" }), "a.azure-devices.net/devices/d/modules/m"),
        (
            json!({ "scope": "event_hubs", "hub": id, "namespace_host": "n.servicebus.windows.net", "entity": "e" }),
            "sb://n.servicebus.windows.net/e",
        ),
    ];
    for (scope, resource) in scopes {
        let make =
            |exit: &str| json!({ "scope": scope, "end": { "end": "at", "time": 4_102_444_800_i64 }, "exit": exit });
        let made = page.reveal("sas.make", make("reveal")).await;
        let token = made["token"]["text"].as_str().unwrap().to_owned();
        assert!(is_signed_by(&token, KEY), "{resource}");
        page.call("sas.make", make("clipboard")).await;
        assert_eq!(page.clipboard(), token, "the same key and end give the same token");
        let read = page.call("sas.decode", json!({ "token": token, "device": null, "hub": id })).await;
        assert_eq!((read["resource"].as_str(), read["signature"].as_str()), (Some(resource), Some("key")));
        assert_eq!((&read["policy"], &read["resource_fits"]), (&json!("iothubowner"), &Value::Null));
    }
    let lines = activity(&mut page).await;
    assert!(lines.contains("my azure_iot_hub: SAS token for a.azure-devices.net/devices copied"), "{lines}");

    let secret = Secret::new(Zeroizing::new(OTHER_KEY.to_owned()));
    let foreign = sas::make("a.azure-devices.net", &secret, 4_102_444_800, Some("service")).unwrap();
    let foreign = hubscope_vault::for_connector(&foreign);
    let read = page.call("sas.decode", json!({ "token": foreign, "device": null, "hub": id })).await;
    assert_eq!(read["signature"], "wrong");
    page.engine.stop().await;
}

#[tokio::test]
async fn a_provisioning_services_policy_opens_its_own_host_and_no_device() {
    let mut page = Page::open().await;
    let global = "global.azure-devices-provisioning.net";
    let details = json!({ "id_scope": "0ne00000A0A", "policy": "provisioningserviceowner" });
    let mut draft = hub("azure_dps", global, details, &[("policy_key", KEY)]);
    let dps = page.call("hub.save", draft.clone()).await;
    let service = json!({ "scope": { "scope": "service", "hub": dps["id"] }, "end": { "end": "after", "seconds": 600 },
                          "exit": "reveal" });
    let error = page.try_call("sas.make", service.clone()).await.unwrap_err();
    assert_eq!(error.fields[0].field, "details.service_host", "the global host belongs to no service");

    draft["id"] = dps["id"].clone();
    draft["details"]["service_host"] = json!("lab.azure-devices-provisioning.net");
    draft["secrets"] = json!([]);
    page.call("hub.save", draft).await;
    let made = page.reveal("sas.make", service.clone()).await;
    assert_eq!(made["decoded"]["resource"], "lab.azure-devices-provisioning.net");
    assert_eq!(
        (&made["decoded"]["policy"], &made["decoded"]["signature"]),
        (&json!("provisioningserviceowner"), &json!("key"))
    );
    let mut device_scope = service;
    device_scope["scope"] = json!({ "scope": "policy_device", "hub": dps["id"], "device_id": "d" });
    assert_eq!(page.try_call("sas.make", device_scope).await.unwrap_err().code, Code::BadRequest);

    // A registration signs with its own key, as the policy `registration`: the service's key has no say in it.
    let keys = json!({ "kind": "shared_access_key", "sign_with": "primary",
                       "sas": { "lifetime": 3600, "auto_renew": true } });
    let secrets = json!([{ "field": "primary_key", "draft": { "change": "set", "value": OTHER_KEY } }]);
    let one = page.call("device.save", device(&dps, "dev-1", keys, secrets, json!({ "change": "keep" }))).await;
    let read = page.call("sas.current", json!({ "device": one["id"] })).await;
    assert_eq!((&read["policy"], &read["signature"]), (&json!("registration"), &json!("primary")));
    page.engine.stop().await;
}

#[tokio::test]
async fn all_of_a_kaa_endpoint_holds_version_token_and_topics() {
    let mut page = Page::open().await;
    let kaa = page.call("hub.save", hub("kaa", "mqtt.kaa.example", json!({}), &[])).await;
    let credential = json!({ "kind": "endpoint_token", "app_version": "demo-v2", "endpoint_id": null,
                             "user_name": "client@tenant" });
    let secrets = json!([{ "field": "token", "draft": { "change": "set", "value": "tok-1" } },
                         { "field": "password", "draft": { "change": "set", "value": "pass-1" } }]);
    let one = page.call("device.save", device(&kaa, "boiler", credential, secrets, json!({ "change": "keep" }))).await;
    page.call("credential.copy", json!({ "device": one["id"], "what": { "what": "everything" } })).await;
    let copied = page.clipboard();
    for line in [
        "host: mqtt.kaa.example",
        "user name: client@tenant",
        "password: pass-1",
        "app version: demo-v2",
        "endpoint token: tok-1",
        "topic prefix: kp1/demo-v2/dcx/tok-1/",
    ] {
        assert!(copied.lines().any(|each| each == line), "{line} is not in\n{copied}");
    }
    assert!(activity(&mut page).await.contains("boiler: Connection data with its secrets copied to the clipboard"));
    assert!(!page.crossed.contains("tok-1") && !page.crossed.contains("pass-1"));
    page.engine.stop().await;
}

#[tokio::test]
async fn all_of_a_device_with_a_certificate_holds_it_and_its_key() {
    let mut page = Page::open().await;
    let azure = page.call("hub.save", hub("azure_iot_hub", "a.azure-devices.net", json!({}), &[])).await;
    let issued = hubscope_pki::self_signed_device("press-1").unwrap();
    let text = |text: &str| json!({ "from": "text", "text": text });
    let files = json!({ "certificate": text(&issued.cert_pem), "key": text(&issued.key_pem), "passphrase": null });
    let x509 = json!({ "kind": "x509", "trust": "itself" });
    let certificate = json!({ "change": "set", "files": files });
    let one = page.call("device.save", device(&azure, "press-1", x509, json!([]), certificate)).await;
    page.call("credential.copy", json!({ "device": one["id"], "what": { "what": "everything" } })).await;
    let copied = page.clipboard();
    assert!(copied.contains("client id: press-1\n"), "{copied:.60}");
    // What was copied is a working pair.
    let at = copied.find("-----BEGIN CERTIFICATE").unwrap();
    let pair = hubscope_pki::read_identity(&copied.as_bytes()[at..], None, None).unwrap();
    assert_eq!(pair.summary.common_name.as_deref(), Some("press-1"));
    assert!(!page.crossed.contains("PRIVATE KEY"));
    page.engine.stop().await;
}
