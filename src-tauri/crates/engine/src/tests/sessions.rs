//! Sessions and the end of the engine.

use super::page::{Page, engine};
use hubscope_model::{Code, PasteAdded, Session};
use serde_json::json;
use std::net::{Ipv4Addr, TcpListener};

/// A connect reads the workspace first; when the engine stops meanwhile, nobody would close what it starts.
#[tokio::test]
async fn a_connect_that_is_under_way_while_the_engine_stops_is_refused() {
    // Takes connections and never answers them.
    let silent = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let text = format!("mosquitto_sub -h 127.0.0.1 -p {} -t lab/x", silent.local_addr().unwrap().port());
    let added: PasteAdded = page.call("paste.add", json!({ "text": text, "ca": null })).await;
    let request = json!({ "device": added.device });
    page.call::<Session>("session.connect", request.clone()).await;
    assert_eq!(engine.sessions.list().len(), 1);

    let connect = page.try_call::<Session>("session.connect", request.clone());
    let (connect, ()) = tokio::join!(connect, engine.sessions.close_all());
    assert_eq!(connect.unwrap_err().code, Code::Cancelled);
    let late = page.try_call::<Session>("session.connect", request).await;
    assert_eq!(late.unwrap_err().code, Code::Cancelled);
    assert!(engine.sessions.list().is_empty());
    engine.stop().await;
}
