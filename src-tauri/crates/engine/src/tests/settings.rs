//! Settings name what is wrong with them and hold at once; what lay open is kept beside them.

use super::page::{Page, engine, engine_at, receive};
use hubscope_model::{Code, Desk, DeviceId, Settings, UndoEntry, UndoKind, Undoable};
use serde_json::{Value, json};

#[tokio::test]
async fn values_out_of_range_are_named_and_nothing_is_stored() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let wrong = json!({ "theme": "dark", "font_scale": 140, "log_mebibytes": 1, "vault_idle_minutes": 0 });
    let error = page.try_call::<Value>("settings.set", wrong).await.unwrap_err();
    assert_eq!(error.code, Code::InvalidFields);
    let fields: Vec<_> = error.fields.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["font_scale", "log_mebibytes", "vault_idle_minutes"]);
    assert_eq!(page.call::<Settings>("settings.get", json!({})).await, Settings::default());
    engine.stop().await;
}

#[tokio::test]
async fn a_smaller_budget_evicts_at_once_and_none_is_the_one_of_the_start() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let started = engine.monitor.counters().log_budget;
    receive(&engine, 200_000);
    let before = engine.monitor.counters();
    page.call::<Value>("settings.set", json!({ "log_mebibytes": 16 })).await;
    let after = engine.monitor.counters();
    assert_eq!(after.log_budget, 16 * 1024 * 1024);
    assert!(after.kept < before.kept && after.kept + after.evicted == after.received, "{before:?} {after:?}");
    page.call::<Value>("settings.set", json!({})).await;
    assert_eq!(engine.monitor.counters().log_budget, started);
    engine.stop().await;
}

#[tokio::test]
async fn a_reset_keeps_panes_and_the_vault_s_guard_and_is_taken_back() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let chosen =
        json!({ "theme": "dark", "log_mebibytes": 16, "panes": { "device.left": 400 }, "vault_idle_minutes": 5 });
    let chosen: Settings = page.call("settings.set", chosen).await;
    page.call::<Undoable>("settings.reset", json!({})).await;
    let reset: Settings = page.call("settings.get", json!({})).await;
    let Settings { panes, vault_idle_minutes, .. } = chosen.clone();
    assert_eq!(reset, Settings { panes, vault_idle_minutes, ..Settings::default() });
    assert_eq!(page.call::<UndoEntry>("undo.run", json!({ "undo": null })).await.kind, UndoKind::Settings);
    assert_eq!(page.call::<Settings>("settings.get", json!({})).await, chosen);
    assert_eq!(engine.monitor.counters().log_budget, 16 * 1024 * 1024);
    engine.stop().await;
}

#[tokio::test]
async fn what_lay_open_is_there_after_a_start() {
    let (engine, home) = engine().await;
    let mut page = Page::open(&engine).await;
    let tabs = vec![DeviceId(uuid::Uuid::now_v7()), DeviceId(uuid::Uuid::now_v7())];
    let desk = Desk { current: Some(tabs[1]), tabs, recent: vec!["palette.settings".into()] };
    page.call::<Value>("desk.set", serde_json::to_value(&desk).unwrap()).await;
    engine.stop().await;
    let engine = engine_at(home.path()).await;
    let mut page = Page::open(&engine).await;
    assert_eq!(page.call::<Desk>("desk.get", json!({})).await, desk);
    let long = json!({ "recent": ["x".repeat(101)] });
    assert_eq!(page.try_call::<Value>("desk.set", long).await.unwrap_err().code, Code::BadRequest);
    engine.stop().await;
}

#[tokio::test]
async fn windows_and_menus_are_the_shells_and_only_the_desktop_has_them() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    for (name, request) in [
        ("window.open", json!({ "device": null, "part": "device" })),
        ("window.menu", json!({ "menus": [] })),
        ("window.look", json!({ "zoom": 120, "theme": "dark", "language": "de" })),
    ] {
        assert_eq!(page.try_call::<Value>(name, request).await.unwrap_err().code, Code::NotInThisShell, "{name}");
    }
    let error = page
        .try_call::<Value>("window.look", json!({ "zoom": 900, "theme": "dark", "language": "en" }))
        .await
        .unwrap_err();
    assert_eq!(error.code, Code::BadRequest);
    engine.stop().await;
}
