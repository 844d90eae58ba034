//! Folders, order and a hub's defaults go along.

use super::*;
use hubscope_model::{Folder, HubDefaults, TreeLayout, Undoable};

#[tokio::test]
async fn folders_order_and_defaults_go_along_and_folders_of_a_name_are_one() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let mut form = hub("mqtt_broker", "lab", "lab.example");
    form["details"] =
        json!({ "defaults": { "filter": "lab/#", "subscribe_qos": 1, "topic": "lab/out", "retain": true } });
    let lab: Hub = page.call("hub.save", form).await;
    let mut devices: Vec<Device> = Vec::new();
    for name in ["a", "b", "c"] {
        devices.push(page.call("device.save", device(&lab, name, json!({ "kind": "none" }), &[])).await);
    }
    let subscribed: hubscope_model::Subscriptions =
        page.call("subscription.list", json!({ "device": devices[0].id })).await;
    assert_eq!((subscribed.subscriptions[0].filter.as_str(), subscribed.subscriptions[0].qos), ("lab/#", 1));
    let top: Folder = page.call("folder.save", json!({ "id": null, "hub": null, "name": "factory" })).await;
    let ovens: Folder = page.call("folder.save", json!({ "id": null, "hub": lab.id, "name": "ovens" })).await;
    let item = |at: usize| json!({ "item": "device", "device": devices[at].id });
    for to in [
        json!({ "item": item(2), "folder": null, "before": item(0) }),
        json!({ "item": item(1), "folder": ovens.id, "before": null }),
        json!({ "item": { "item": "hub", "hub": lab.id }, "folder": top.id, "before": null }),
    ] {
        page.call::<Undoable>("tree.move", to).await;
    }
    let (_, bytes) = export_all(&mut page, None).await;

    let (other, _other_home) = super::engine().await;
    let mut page = Page::open(&other).await;
    page.call::<Folder>("folder.save", json!({ "id": null, "hub": null, "name": "factory" })).await;
    import(&mut page, &bytes, None, &["add"], &["add", "add", "add"]).await;
    let tree: Tree = page.call("tree.get", json!({})).await;
    let names: Vec<_> = tree.devices.iter().map(|device| device.name.as_str()).collect();
    assert_eq!(names, ["c", "a", "b"]);
    let defaults: HubDefaults = tree.hubs[0].details.defaults.clone().unwrap();
    assert_eq!((defaults.topic.as_deref(), defaults.retain), (Some("lab/out"), true));
    let layout: TreeLayout = page.call("tree.layout", json!({})).await;
    let folders: Vec<_> = layout.folders.iter().map(|folder| (folder.name.as_str(), folder.hub.is_some())).collect();
    assert_eq!(folders, [("factory", false), ("ovens", true)]);
    assert_eq!(layout.hub_folders.get(&lab.id), Some(&layout.folders[0].id));
    assert_eq!(layout.device_folders.get(&devices[1].id), Some(&layout.folders[1].id));
    engine.stop().await;
    other.stop().await;
}

#[tokio::test]
async fn defaults_that_no_form_would_take_are_refused_by_their_fields() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let mut form = hub("mqtt_broker", "lab", "lab.example");
    let session = json!({ "version": "5", "clean_session": true, "keep_alive": 1, "max_packet_size": 65536 });
    form["details"] =
        json!({ "defaults": { "filter": "a/#/b", "topic": "a/+", "publish_qos": 3, "session": session } });
    let refused = page.try_call::<Hub>("hub.save", form).await.unwrap_err();
    let mut fields: Vec<_> = refused.fields.iter().map(|one| one.field.as_str()).collect();
    fields.sort_unstable();
    assert_eq!(
        fields,
        [
            "details.defaults.filter",
            "details.defaults.publish_qos",
            "details.defaults.session.keep_alive",
            "details.defaults.topic",
        ]
    );
    engine.stop().await;
}
