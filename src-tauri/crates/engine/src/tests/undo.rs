//! One stack takes back every delete and clear, for every window; what falls out of it is gone with its secrets.

use super::page::{Page, engine, engine_at, receive};
use super::transfer::hub;
use crate::secrets::device_row;
use hubscope_model::{
    Code, Device, Folder, Hub, Imported, LaneRows, LaneStatus, PublishHistory, SavedMessage, SavedMessages,
    SecretField, Subscription, Subscriptions, Tree, TreeItem, TreeLayout, UndoEntry, UndoKind, UndoStack, Undoable,
};
use serde_json::{Value, json};

const PASSWORD: &str = "planted-undo-password";

async fn lab(page: &mut Page) -> Hub {
    page.call("hub.save", hub("mqtt_broker", "lab", "lab.example")).await
}

async fn device(page: &mut Page, hub: &Hub, name: &str) -> Device {
    page.call(
        "device.save",
        json!({ "id": null, "hub": hub.id, "name": name, "client_id": name,
                "credential": { "kind": "basic", "user_name": "u" },
                "secrets": [{ "field": "password", "draft": { "change": "set", "value": PASSWORD } }],
                "certificate": { "change": "keep" },
                "options": { "version": "5", "clean_session": true, "keep_alive": 60, "max_packet_size": 65536 } }),
    )
    .await
}

async fn tree(page: &mut Page) -> Tree {
    page.call("tree.get", json!({})).await
}

async fn undo(page: &mut Page) -> UndoEntry {
    page.call("undo.run", json!({ "undo": null })).await
}

fn names(tree: &Tree) -> Vec<&str> {
    tree.devices.iter().map(|device| device.name.as_str()).collect()
}

#[tokio::test]
async fn deletes_come_back_latest_first_from_any_window_with_their_secrets() {
    let (engine, _home) = engine().await;
    let (mut page, mut other) = (Page::open(&engine).await, Page::open(&engine).await);
    let hub = lab(&mut page).await;
    let bench = device(&mut page, &hub, "bench").await;
    let subscription: Subscription = page
        .call(
            "subscription.save",
            json!({ "id": null, "device": bench.id, "filter": "lab/#", "qos": 0, "colour": null,
                                           "alias": null, "enabled": true }),
        )
        .await;
    let before = tree(&mut page).await;

    page.call::<Undoable>("subscription.delete", json!({ "subscription": subscription.id })).await;
    page.call::<Undoable>("device.delete", json!({ "device": bench.id })).await;
    let of_hub: Undoable = page.call("hub.delete", json!({ "hub": hub.id })).await;
    assert_eq!(tree(&mut page).await, Tree::default());

    let kinds: Vec<_> =
        other.call::<UndoStack>("undo.list", json!({})).await.entries.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [UndoKind::Subscription, UndoKind::Device, UndoKind::Hub]);
    let taken: UndoEntry = other.call("undo.run", json!({ "undo": of_hub.undo })).await;
    assert_eq!((taken.kind, taken.name.as_str()), (UndoKind::Hub, "lab"));
    assert_eq!(names(&tree(&mut page).await), [""; 0], "the device was deleted by itself");
    assert_eq!(undo(&mut other).await.kind, UndoKind::Device);
    assert_eq!(tree(&mut page).await, before);
    assert_eq!(undo(&mut page).await.name, "lab/#");
    let back: Subscriptions = page.call("subscription.list", json!({ "device": bench.id })).await;
    assert_eq!(back.subscriptions, [subscription]);
    let secret = engine.workspace.secret(&device_row(bench.id, SecretField::Password)).await.unwrap().unwrap();
    assert_eq!(hubscope_vault::for_connector(&secret), PASSWORD);
    let nothing = page.try_call::<UndoEntry>("undo.run", json!({ "undo": null })).await.unwrap_err();
    assert_eq!(nothing.code, Code::NotFound);
    engine.stop().await;
}

#[tokio::test]
async fn what_falls_out_of_the_stack_is_gone_with_its_secrets() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let hub = lab(&mut page).await;
    let first = device(&mut page, &hub, "first").await;
    let other = device(&mut page, &hub, "other").await;
    let deleted: Undoable = page.call("device.delete", json!({ "device": first.id })).await;
    let row = device_row(first.id, SecretField::Password);
    for _ in 0..50 {
        assert!(engine.workspace.secret(&row).await.unwrap().is_some(), "as long as it can come back");
        page.call::<Undoable>("messages.clear", json!({ "device": other.id })).await;
    }
    assert!(engine.workspace.secret(&row).await.unwrap().is_none());
    let gone = page.try_call::<UndoEntry>("undo.run", json!({ "undo": deleted.undo })).await.unwrap_err();
    assert_eq!(gone.code, Code::NotFound);
    assert_eq!(page.call::<UndoStack>("undo.list", json!({})).await.entries.len(), 50);
    engine.stop().await;
}

#[tokio::test]
async fn cleared_messages_leave_the_views_and_come_back_the_log_goes_on() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let hub = lab(&mut page).await;
    let bench = device(&mut page, &hub, "bench").await;
    engine.monitor.register_session(hubscope_model::SessionId(1), Some(bench.id), "bench", Vec::new());
    receive(&engine, 5);
    let spec = json!({ "query": "", "device": bench.id, "classes": [] });
    let open = |spec: Value| spec;
    let matching = async |page: &mut Page| {
        let status: Value = page.call("view.open", open(spec.clone())).await;
        page.call::<Value>("view.close", json!({ "view": status["view"] })).await;
        status["matching"].clone()
    };
    assert_eq!(matching(&mut page).await, 5);
    let before: Undoable = page.call("messages.clear", json!({ "device": bench.id })).await;
    assert_eq!(matching(&mut page).await, 0);
    receive(&engine, 2);
    assert_eq!(matching(&mut page).await, 2);
    page.call::<Undoable>("messages.clear", json!({ "device": bench.id })).await;
    assert_eq!(matching(&mut page).await, 0);
    // The earlier one first: the later one still hides.
    page.call::<UndoEntry>("undo.run", json!({ "undo": before.undo })).await;
    assert_eq!(matching(&mut page).await, 0);
    undo(&mut page).await;
    assert_eq!(matching(&mut page).await, 7);
    assert_eq!(engine.monitor.counters().kept, 7);
    engine.stop().await;
}

#[tokio::test]
async fn folders_hold_devices_and_hubs_keep_their_order_and_survive_a_restart() {
    let (engine, home) = engine().await;
    let mut page = Page::open(&engine).await;
    let hub = lab(&mut page).await;
    let (a, b, c) =
        (device(&mut page, &hub, "a").await, device(&mut page, &hub, "b").await, device(&mut page, &hub, "c").await);
    let folder: Folder = page.call("folder.save", json!({ "id": null, "hub": hub.id, "name": "ovens" })).await;
    let item = |device: &Device| json!({ "item": "device", "device": device.id });
    page.call::<Undoable>("tree.move", json!({ "item": item(&c), "folder": null, "before": item(&a) })).await;
    page.call::<Undoable>("tree.move", json!({ "item": item(&b), "folder": folder.id, "before": null })).await;
    let fold = json!({ "item": { "item": "folder", "folder": folder.id }, "folded": true });
    page.call::<Value>("tree.fold", fold).await;
    assert_eq!(names(&tree(&mut page).await), ["c", "a", "b"]);

    // A folder of hubs takes no device, and no folder of another hub does.
    let top: Folder = page.call("folder.save", json!({ "id": null, "hub": null, "name": "factory" })).await;
    let wrong = json!({ "item": item(&a), "folder": top.id, "before": null });
    assert_eq!(page.try_call::<Undoable>("tree.move", wrong).await.unwrap_err().code, Code::BadRequest);
    let hub_item = json!({ "item": "hub", "hub": hub.id });
    page.call::<Undoable>("tree.move", json!({ "item": hub_item, "folder": top.id, "before": null })).await;
    engine.stop().await;

    let engine = engine_at(home.path()).await;
    let mut page = Page::open(&engine).await;
    let layout: TreeLayout = page.call("tree.layout", json!({})).await;
    assert_eq!(layout.folders, [folder.clone(), top.clone()]);
    assert_eq!(layout.device_folders.get(&b.id), Some(&folder.id));
    assert_eq!(layout.hub_folders.get(&hub.id), Some(&top.id));
    assert_eq!(layout.folded, [folder.id.to_string()]);
    assert_eq!(names(&tree(&mut page).await), ["c", "a", "b"]);

    page.call::<Undoable>("folder.delete", json!({ "folder": folder.id })).await;
    let without: TreeLayout = page.call("tree.layout", json!({})).await;
    assert_eq!((without.folders.len(), without.device_folders.len()), (1, 0));
    assert_eq!(undo(&mut page).await.kind, UndoKind::Folder);
    assert_eq!(page.call::<TreeLayout>("tree.layout", json!({})).await, layout);
    engine.stop().await;
}

#[tokio::test]
async fn cleared_packets_come_back_one_clear_after_the_other() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let hub = lab(&mut page).await;
    let bench = device(&mut page, &hub, "bench").await;
    let lane = json!({ "device": bench.id });
    let window = json!({ "device": bench.id, "from": 0, "count": 10 });
    let mut clears = Vec::new();
    for opened in 1..=2 {
        // Each opening leaves a mark, which is a row.
        page.call::<LaneStatus>("packet.open", lane.clone()).await;
        page.call::<LaneStatus>("packet.close", lane.clone()).await;
        assert_eq!(page.call::<LaneRows>("packet.window", window.clone()).await.rows.len(), 1, "opened {opened} times");
        clears.push(page.call::<Undoable>("packet.clear", lane.clone()).await.undo);
        assert!(page.call::<LaneRows>("packet.window", window.clone()).await.rows.is_empty());
    }
    // The older one first: the newer one still hides all.
    page.call::<UndoEntry>("undo.run", json!({ "undo": clears[0] })).await;
    assert!(page.call::<LaneRows>("packet.window", window.clone()).await.rows.is_empty());
    assert_eq!(undo(&mut page).await.kind, UndoKind::Packets);
    assert_eq!(page.call::<LaneRows>("packet.window", window).await.rows.len(), 2);
    engine.stop().await;
}

#[tokio::test]
async fn a_move_is_taken_back_to_where_it_was() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let hub = lab(&mut page).await;
    let mut devices = Vec::new();
    for name in ["a", "b", "c"] {
        devices.push(device(&mut page, &hub, name).await);
    }
    let item = |at: usize| json!({ "item": "device", "device": devices[at].id });
    for (from, before) in [(0, Value::Null), (2, item(0)), (1, item(0))] {
        page.call::<Undoable>("tree.move", json!({ "item": item(from), "folder": null, "before": before })).await;
        assert_ne!(names(&tree(&mut page).await), [""; 0]);
        undo(&mut page).await;
        assert_eq!(names(&tree(&mut page).await), ["a", "b", "c"], "from {from}");
    }
    engine.stop().await;
}

#[tokio::test]
async fn a_copy_stands_behind_its_original_and_has_secrets_only_when_asked() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let hub = lab(&mut page).await;
    let a = device(&mut page, &hub, "a").await;
    device(&mut page, &hub, "b").await;
    let folder: Folder = page.call("folder.save", json!({ "id": null, "hub": hub.id, "name": "ovens" })).await;
    let item = json!({ "item": "device", "device": a.id });
    page.call::<Undoable>("tree.move", json!({ "item": item, "folder": folder.id, "before": null })).await;
    for secrets in [false, true] {
        let copy: TreeItem = page.call("tree.duplicate", json!({ "item": item, "secrets": secrets })).await;
        let TreeItem::Device { device: copy } = copy else { panic!("{copy:?}") };
        let tree = tree(&mut page).await;
        let made = tree.devices.iter().find(|one| one.id == copy).unwrap();
        assert_eq!((made.name.as_str(), made.secrets.len()), ("a (2)", usize::from(secrets)));
        assert_ne!(made.client_id, a.client_id, "two sessions would throw each other out");
    }
    assert_eq!(names(&tree(&mut page).await), ["b", "a", "a (2)", "a (2)"]);
    let layout: TreeLayout = page.call("tree.layout", json!({})).await;
    assert_eq!(layout.device_folders.len(), 3);

    let copy: TreeItem =
        page.call("tree.duplicate", json!({ "item": { "item": "hub", "hub": hub.id }, "secrets": true })).await;
    let TreeItem::Hub { hub: copy } = copy else { panic!("{copy:?}") };
    let tree = tree(&mut page).await;
    let of_copy: Vec<_> = tree.devices.iter().filter(|one| one.hub == copy).map(|one| one.name.as_str()).collect();
    assert_eq!(of_copy, ["b", "a", "a (2)", "a (2)"]);
    let layout: TreeLayout = page.call("tree.layout", json!({})).await;
    let folders: Vec<_> = layout.folders.iter().filter(|one| one.hub == Some(copy)).collect();
    assert_eq!((folders.len(), layout.device_folders.len()), (1, 6));
    assert_eq!(layout.device_folders.values().filter(|id| **id == folders[0].id).count(), 3);
    engine.stop().await;
}

#[tokio::test]
async fn saved_messages_and_drafts_survive_a_restart_and_a_draft_takes_no_secret() {
    let (engine, home) = engine().await;
    let mut page = Page::open(&engine).await;
    let hub = lab(&mut page).await;
    let bench = device(&mut page, &hub, "bench").await;
    let draft = json!({ "device": bench.id, "topic": "a/b", "payload": { "encoding": "base64", "base64": "/wA=" },
                        "qos": 1, "retain": false });
    let mut saved = Vec::new();
    for name in ["one", "two"] {
        let request = json!({ "id": null, "name": name, "draft": draft });
        saved.push(page.call::<SavedMessage>("saved.save", request).await);
    }
    let order = json!({ "device": bench.id, "order": [saved[1].id, saved[0].id] });
    page.call::<Value>("saved.order", order).await;
    page.call::<Undoable>("saved.delete", json!({ "message": saved[0].id })).await;
    assert_eq!(undo(&mut page).await.name, "one");
    page.call::<Value>("draft.set", json!({ "key": "composer/x", "json": "{\"topic\":\"a\"}" })).await;
    for json in ["{\"password\":\"x\"}", "{\"form\":{\"secrets\":{}}}", "[{\"private_key\":\"x\"}]", "nothing"] {
        let refused = page.try_call::<Value>("draft.set", json!({ "key": "k", "json": json })).await.unwrap_err();
        assert_eq!(refused.code, Code::BadRequest, "{json}");
    }
    engine.stop().await;

    let engine = engine_at(home.path()).await;
    let mut page = Page::open(&engine).await;
    let list: SavedMessages = page.call("saved.list", json!({ "device": bench.id })).await;
    assert_eq!(list.messages, [saved[1].clone(), saved[0].clone()]);
    let kept: Value = page.call("draft.get", json!({ "key": "composer/x" })).await;
    assert_eq!(kept["json"], "{\"topic\":\"a\"}");
    page.call::<Value>("draft.set", json!({ "key": "composer/x", "json": null })).await;
    assert!(page.call::<Value>("draft.get", json!({ "key": "composer/x" })).await["json"].is_null());
    let history: PublishHistory = page.call("history.list", json!({ "device": bench.id })).await;
    assert_eq!(history.entries, []);
    engine.stop().await;
}

#[tokio::test]
async fn a_foreign_file_is_previewed_imported_at_once_and_taken_back() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let file = json!([
        { "clientId": "c1", "name": "Line 4", "host": "broker.example", "port": 8883, "protocol": "mqtts", "ssl": true,
          "username": "u", "password": PASSWORD, "mqttVersion": "5.0", "clean": true, "keepalive": 30,
          "ca": "/home/someone/ca.pem", "subscriptions": [{ "topic": "line4/#", "qos": 1, "disabled": false }],
          "messages": [] },
        { "clientId": "c2", "name": "Dashboard", "host": "", "port": 8084, "protocol": "wss", "ssl": true,
          "mqttVersion": "3.1.1", "clean": true, "subscriptions": [], "messages": [] }
    ]);
    let handle = engine.hold_download(page.client, "mqttx.json".into(), file.to_string().into_bytes()).unwrap();
    let request = json!({ "file": handle, "passphrase": null });
    let preview: Value = page.call("workspace.import_preview", request).await;
    assert_eq!(preview["source"], "mqttx");
    assert_eq!(preview["left_out"], json!([{ "what": "Dashboard", "reason": "invalid" }]));
    let device = &preview["hubs"][0]["devices"][0];
    assert_eq!((&device["name"], &device["secrets"]), (&json!("Line 4"), &json!(1)));
    assert_eq!(device["left_out"], json!([{ "what": "ca", "reason": "ca_file" }]));

    let add = json!([{ "index": 0, "action": "add" }]);
    let request = json!({ "file": handle, "passphrase": null, "hubs": add, "devices": add, "settings": false });
    let imported: Imported = page.call("workspace.import", request).await;
    assert_eq!((imported.hubs, imported.devices, imported.secrets), (1, 1, 1));
    let made = tree(&mut page).await;
    let row = device_row(made.devices[0].id, SecretField::Password);
    assert!(engine.workspace.secret(&row).await.unwrap().is_some());
    assert!(!page.crossed.contains(PASSWORD));
    page.call::<UndoEntry>("undo.run", json!({ "undo": imported.undo })).await;
    assert_eq!(tree(&mut page).await, Tree::default());
    assert!(engine.workspace.secret(&row).await.unwrap().is_none());
    engine.stop().await;
}
