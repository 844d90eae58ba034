//! Presets of the user: kept, removed, brought back until the workspace is opened again.

use crate::support::trust;
use hubscope_model::{Connection, HubDetails, HubKind, HubPreset, Transport};
use hubscope_store::{Deletion, Import, PresetRecord, Store, StoreError};

fn preset(name: &str) -> PresetRecord {
    let preset = HubPreset {
        id: uuid::Uuid::now_v7().to_string(),
        name: name.to_owned(),
        kind: HubKind::ThingsBoard,
        host: "mqtt.example".into(),
        port: 8883,
        transport: Transport::Mqtts,
        connection: Connection::default(),
        trust: trust(),
        details: HubDetails::default(),
        own: true,
    };
    PresetRecord { preset, trust_pem: "PEM".into() }
}

#[tokio::test]
async fn a_removed_preset_comes_back_until_the_workspace_is_opened_again() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).await.unwrap();
    let (one, two) = (preset("one"), preset("two"));
    for record in [&one, &two] {
        store.save_preset(record).await.unwrap();
    }
    store.delete(&Deletion::Preset(one.preset.id.clone())).await.unwrap();
    assert_eq!(store.presets().await.unwrap(), std::slice::from_ref(&two));
    assert_eq!(store.delete(&Deletion::Preset(one.preset.id.clone())).await, Err(StoreError::NotFound("preset")));
    store.restore(&Deletion::Preset(one.preset.id.clone())).await.unwrap();
    assert_eq!(store.presets().await.unwrap(), [one.clone(), two.clone()]);

    store.delete(&Deletion::Preset(one.preset.id.clone())).await.unwrap();
    store.close().await;
    let store = Store::open(home.path()).await.unwrap();
    assert_eq!(store.presets().await.unwrap(), std::slice::from_ref(&two));
    assert_eq!(store.restore(&Deletion::Preset(one.preset.id.clone())).await, Err(StoreError::NotFound("preset")));

    // An import brings it back, and takes the place of what has its id.
    let mut changed = two;
    changed.preset.name = "changed".into();
    let import = Import { presets: vec![changed.clone(), one.clone()], ..Import::default() };
    store.import(&import).await.unwrap();
    assert_eq!(store.presets().await.unwrap(), [changed, one]);
}
