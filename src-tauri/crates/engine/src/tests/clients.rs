//! Clients own what they open, and a reload can fetch everything again.

use super::page::{Page, engine, engine_at, receive, receive_on};
use hubscope_model::{
    Code, Hub, HubKind, Job, JobState, RowTopic, Tree, ViewStatus, Window, WorkspaceInfo, WorkspaceState,
};
use serde_json::{Value, json};

fn everything() -> Value {
    json!({ "query": "", "device": null, "classes": [] })
}

fn broker(name: &str) -> Value {
    json!({ "id": null, "kind": "mqtt_broker", "name": name, "host": "broker.example", "port": 1883, "transport": "mqtt",
            "trust": { "change": "set", "mode": "system" } })
}

#[tokio::test]
async fn a_view_belongs_to_the_client_that_opened_it() {
    let (engine, _home) = engine().await;
    let (mut one, mut other) = (Page::open(&engine).await, Page::open(&engine).await);
    let view: ViewStatus = one.call("view.open", everything()).await;
    let request = json!({ "view": view.view, "from": 0, "count": 1, "preview": 10 });
    let error = other.try_call::<Window>("view.window", request.clone()).await.unwrap_err();
    assert_eq!(error.code, Code::Gone);
    engine.detach(one.client);
    assert_eq!(one.try_call::<Window>("view.window", request).await.unwrap_err().code, Code::Gone);
    assert!(engine.monitor.view_status(view.view).is_none(), "a view ends with its client");
    engine.stop().await;
}

#[tokio::test]
async fn a_reload_starts_over_and_can_fetch_all_state_again() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let hub: Hub = page.call("hub.save", broker("lab")).await;
    let view: ViewStatus = page.call("view.open", everything()).await;
    receive(&engine, 3);
    let states = ["workspace.get", "settings.get", "tree.get", "session.list", "sandbox.get"];
    let mut before = Vec::new();
    for name in states {
        before.push(page.call::<Value>(name, json!({})).await);
    }
    page.call::<Value>("client.hello", json!({})).await;
    let gone = page.try_call::<ViewStatus>("view.get", json!({ "view": view.view })).await.unwrap_err();
    assert_eq!(gone.code, Code::Gone);
    for (name, before) in states.into_iter().zip(before) {
        assert_eq!(page.call::<Value>(name, json!({})).await, before, "{name}");
    }
    let again: ViewStatus = page.call("view.open", everything()).await;
    assert_eq!((again.first, again.end, again.matching), (0, 3, 3));
    let window: Window =
        page.call("view.window", json!({ "view": again.view, "from": 0, "count": 9, "preview": 10 })).await;
    assert_eq!(window.rows.len(), 3);
    assert_eq!(window.topics.len(), 3, "a reloaded page is sent the topic texts again");
    assert_eq!(page.call::<Tree>("tree.get", json!({})).await.hubs, [hub]);
    engine.stop().await;
}

#[tokio::test]
async fn topic_texts_are_sent_once() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let view: ViewStatus = page.call("view.open", everything()).await;
    receive(&engine, 9);
    let request = json!({ "view": view.view, "from": 0, "count": 9, "preview": 10 });
    assert_eq!(page.call::<Window>("view.window", request.clone()).await.topics.len(), 3);
    assert_eq!(page.call::<Window>("view.window", request).await.topics.len(), 0);
    engine.stop().await;
}

/// More topics than the log interns: their texts come with the rows, and nothing is remembered of them, neither here
/// nor, so, in the page.
#[tokio::test]
async fn topics_beyond_the_bound_come_with_their_rows_and_are_not_remembered() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let many: Vec<String> = (0..100_000).map(|number| format!("t/{number}")).collect();
    // Longer than any row should be, and of bytes that JSON writes as six.
    let long: Vec<String> = (0..500).map(|number| format!("{number}/{}", "\u{1}".repeat(60_000))).collect();
    receive_on(&engine, &many);
    receive_on(&engine, &long);
    receive_on(&engine, &["t/new".to_owned()]);
    let view: ViewStatus = page.call("view.open", everything()).await;
    while page.call::<ViewStatus>("view.get", json!({ "view": view.view })).await.unscanned > 0 {
        tokio::task::yield_now().await;
    }
    for _ in 0..2 {
        page.crossed.clear();
        let request = json!({ "view": view.view, "from": 100_001, "count": 500, "preview": 10 });
        let window: Window = page.call("view.window", request).await;
        assert!(window.topics.is_empty());
        assert_eq!(window.rows.len(), 500);
        for (row, whole) in window.rows.iter().zip(&long[1..]) {
            assert_eq!(row.topic, Some(RowTopic::Text { text: whole[..1024].to_owned(), cut: true }));
        }
        assert_eq!(window.rows[499].topic, Some(RowTopic::Text { text: "t/new".into(), cut: false }));
        assert!(page.crossed.len() < 4 * 1024 * 1024, "{} bytes", page.crossed.len());
    }
    engine.clients.with(page.client, |client| assert!(client.topics.is_empty())).unwrap();
    engine.stop().await;
}

#[tokio::test]
async fn a_filter_over_a_full_log_is_a_job_that_ends_exact() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    for _ in 0..20 {
        receive(&engine, 15_000);
    }
    let spec = json!({ "query": "topic:lab/c/#", "device": null, "classes": [] });
    let view: ViewStatus = page.call("view.open", spec).await;
    let job = view.scan.expect("300,000 entries are not looked through at once");
    loop {
        let job: Job = page.call("job.get", json!({ "job": job })).await;
        match job.state {
            JobState::Running => tokio::task::yield_now().await,
            state => break assert_eq!((state, job.done, job.total), (JobState::Done, 300_000, 300_000)),
        }
    }
    let status: ViewStatus = page.call("view.get", json!({ "view": view.view })).await;
    assert_eq!((status.matching, status.unscanned, status.scan), (100_000, 0, None));
    engine.stop().await;
}

#[tokio::test]
async fn a_scan_can_be_cancelled() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    for _ in 0..20 {
        receive(&engine, 15_000);
    }
    let view: ViewStatus =
        page.call("view.open", json!({ "query": "nothing like it", "device": null, "classes": [] })).await;
    let job = view.scan.unwrap();
    page.call::<Value>("job.cancel", json!({ "job": job })).await;
    loop {
        let job: Job = page.call("job.get", json!({ "job": job })).await;
        match job.state {
            JobState::Running => tokio::task::yield_now().await,
            state => break assert_eq!(state, JobState::Cancelled),
        }
    }
    let status: ViewStatus = page.call("view.get", json!({ "view": view.view })).await;
    assert!(status.unscanned > 0, "what was not looked at is named: {status:?}");
    engine.stop().await;
}

#[tokio::test]
async fn forms_name_every_field_that_is_wrong() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let wrong = json!({ "id": null, "kind": "mqtt_broker", "name": "", "host": "mqtt://x", "port": 0, "transport": "mqtt",
                        "trust": { "change": "keep" } });
    let error = page.try_call::<Hub>("hub.save", wrong).await.unwrap_err();
    assert_eq!(error.code, Code::InvalidFields);
    let fields: Vec<_> = error.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(fields, ["name", "host", "port"]);
    let error = page.try_call::<Hub>("hub.save", json!({ "name": 1 })).await.unwrap_err();
    assert_eq!(error.code, Code::BadRequest);
    let error = page.try_call::<Hub>("hub.explode", json!({})).await.unwrap_err();
    assert_eq!(error.code, Code::UnknownCommand);
    engine.stop().await;
}

#[tokio::test]
async fn a_second_engine_reads_and_says_who_writes() {
    let (engine, home) = engine().await;
    let mut first = Page::open(&engine).await;
    let hub: Hub = first.call("hub.save", broker("lab")).await;
    assert_eq!(hub.kind, HubKind::MqttBroker);
    let reader = engine_at(home.path()).await;
    let mut second = Page::open(&reader).await;
    let info: WorkspaceInfo = second.call("workspace.get", json!({})).await;
    let WorkspaceState::ReadOnly { holder } = info.state else { panic!("{info:?}") };
    assert!(holder.contains(&std::process::id().to_string()), "{holder}");
    assert_eq!(second.call::<Tree>("tree.get", json!({})).await.hubs, [hub]);
    let error = second.try_call::<Hub>("hub.save", broker("other")).await.unwrap_err();
    assert_eq!(error.code, Code::WorkspaceReadOnly);
    reader.stop().await;
    engine.stop().await;
}

#[tokio::test]
async fn a_damaged_database_is_a_state_and_is_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("workspace.sqlite");
    std::fs::write(&file, b"this is not a database, but somebody may still want it").unwrap();
    let engine = engine_at(home.path()).await;
    let mut page = Page::open(&engine).await;
    let info: WorkspaceInfo = page.call("workspace.get", json!({})).await;
    assert!(matches!(info.state, WorkspaceState::Damaged { .. }), "{info:?}");
    assert_eq!(page.try_call::<Tree>("tree.get", json!({})).await.unwrap_err().code, Code::WorkspaceUnavailable);
    engine.stop().await;
    assert!(std::fs::read(&file).unwrap().starts_with(b"this is not a database"));
}
