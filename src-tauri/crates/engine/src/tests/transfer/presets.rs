//! White-labels of the user: saved from a hub form, used by another, removed with undo, exported and imported.

use super::{Page, engine, hold, hub};
use hubscope_model::{Code, Hub, HubPreset, HubPresets, ImportPreview, ImportVerdict, Imported, TrustMode};
use serde_json::{Value, json};

/// A CA as an upload of the page.
async fn ca(page: &mut Page) -> Value {
    use base64::Engine as _;
    let pem = hubscope_pki::Authority::new("Lab CA").unwrap().pem().to_owned();
    let base64 = base64::engine::general_purpose::STANDARD.encode(pem);
    let held: Value = page.call("file.upload", json!({ "name": "lab-ca.pem", "base64": base64 })).await;
    json!({ "change": "set", "mode": "ca_only", "added": [{ "from": "file", "handle": held["handle"] }] })
}

async fn own(page: &mut Page) -> Vec<HubPreset> {
    let all: HubPresets = page.call("hub.presets", json!({})).await;
    assert!(all.presets.iter().any(|preset| preset.id == "magenta-iot-hub" && !preset.own));
    all.presets.into_iter().filter(|preset| preset.own).collect()
}

async fn save(page: &mut Page) -> HubPreset {
    let mut form = hub("thingsboard", "", "mqtt.acme.example");
    form["trust"] = ca(page).await;
    page.call("preset.save", json!({ "name": "ACME IoT", "hub": form })).await
}

#[tokio::test]
async fn a_preset_of_the_user_starts_a_hub_with_its_ca_and_can_be_removed() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let preset = save(&mut page).await;
    assert_eq!(own(&mut page).await, std::slice::from_ref(&preset));
    assert_eq!(preset.details.preset.as_deref(), Some(preset.id.as_str()));

    let mut form = hub("thingsboard", "acme", "mqtt.acme.example");
    form["trust"] = json!({ "change": "preset", "preset": preset.id });
    form["details"] = json!({ "preset": preset.id });
    let made: Hub = page.call("hub.save", form.clone()).await;
    assert_eq!((made.trust.mode, &made.trust), (TrustMode::CaOnly, &preset.trust));
    assert!(engine.hub_record(made.id).await.unwrap().trust_pem.contains("BEGIN CERTIFICATE"));

    let this = json!({ "preset": preset.id });
    page.call::<Value>("preset.delete", this.clone()).await;
    assert_eq!(own(&mut page).await, []);
    assert_eq!(page.try_call::<Hub>("hub.save", form).await.unwrap_err().code, Code::NotFound);
    page.call::<Value>("undo.run", json!({ "undo": null })).await;
    assert_eq!(own(&mut page).await, [preset]);
    engine.stop().await;
}

#[tokio::test]
async fn a_preset_needs_a_name_and_a_legal_address_and_is_of_thingsboard() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let mut form = hub("kaa", "", "mqtt://host");
    form["port"] = json!(0);
    let request = json!({ "name": " ", "hub": form });
    let refused = page.try_call::<HubPreset>("preset.save", request).await.unwrap_err();
    let fields: Vec<_> = refused.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(fields, ["preset_name", "kind", "host", "port"]);
    // The host may be the customer's own.
    let request = json!({ "name": "no host", "hub": hub("thingsboard", "", "") });
    page.call::<HubPreset>("preset.save", request).await;
    assert_eq!(
        page.try_call::<Value>("preset.delete", json!({ "preset": "magenta-iot-hub" })).await.unwrap_err().code,
        Code::NotFound
    );
    engine.stop().await;
}

#[tokio::test]
async fn presets_travel_with_an_export_and_replace_nothing_unasked() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let preset = save(&mut page).await;
    let (_, bytes) = super::export_all(&mut page, None).await;
    let (_, part) = super::export(&mut page, json!({ "hubs": [], "passphrase": null })).await;
    assert!(!String::from_utf8(part).unwrap().contains("ACME"), "a part of the workspace has no presets");

    let (elsewhere, _other_home) = super::engine().await;
    let mut other = Page::open(&elsewhere).await;
    let look: ImportPreview = super::preview(&mut other, &bytes, None).await;
    assert_eq!((look.presets[0].name.as_str(), look.presets[0].verdict), ("ACME IoT", ImportVerdict::New));
    let request = |page: &Page, bytes: &[u8], action: &str| {
        json!({ "file": hold(page, bytes), "passphrase": null, "hubs": [], "devices": [], "settings": false,
                "presets": [{ "index": 0, "action": action }] })
    };
    let add = request(&other, &bytes, "add");
    let imported: Imported = other.call("workspace.import", add).await;
    assert_eq!(imported.presets, 1);
    assert_eq!(own(&mut other).await, std::slice::from_ref(&preset));

    let look = super::preview(&mut other, &bytes, None).await;
    assert_eq!(look.presets[0].verdict, ImportVerdict::Same);
    let changed = String::from_utf8(bytes).unwrap().replace("mqtt.acme.example", "mqtt.new.example").into_bytes();
    let look = super::preview(&mut other, &changed, None).await;
    assert_eq!(
        (look.presets[0].verdict, look.presets[0].differences.as_slice()),
        (ImportVerdict::Differs, ["host".to_owned()].as_slice())
    );
    let add = request(&other, &changed, "add");
    assert_eq!(other.try_call::<Imported>("workspace.import", add).await.unwrap_err().code, Code::BadRequest);
    let copy = request(&other, &changed, "add_copy");
    other.call::<Imported>("workspace.import", copy).await;
    let names: Vec<_> = own(&mut other).await.into_iter().map(|one| (one.name, one.host)).collect();
    let named = |name: &str, host: &str| (name.to_owned(), host.to_owned());
    assert_eq!(names, [named("ACME IoT", "mqtt.acme.example"), named("ACME IoT (2)", "mqtt.new.example")]);
    let replace = request(&other, &changed, "replace");
    other.call::<Imported>("workspace.import", replace).await;
    assert_eq!(own(&mut other).await[0].host, "mqtt.new.example");
    engine.stop().await;
    elsewhere.stop().await;
}
