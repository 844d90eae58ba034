//! What is not taken in, and said in words.

use super::*;

#[tokio::test]
async fn what_is_no_export_or_a_changed_one_is_refused_in_words() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    fill(&mut page).await;
    let (_, sealed) = export_all(&mut page, Some(PASSPHRASE)).await;
    let (_, plain) = export_all(&mut page, None).await;
    let changed = |change: fn(&mut Value)| {
        let mut value: Value = serde_json::from_slice(&plain).unwrap();
        change(&mut value);
        serde_json::to_vec(&value).unwrap()
    };
    let cases: [(Vec<u8>, Option<&str>, Code); 10] = [
        (sealed.clone(), None, Code::PassphraseNeeded),
        (sealed.clone(), Some(""), Code::PassphraseNeeded),
        (sealed.clone(), Some("correct horse batter"), Code::WrongPassphrase),
        (sealed[..sealed.len() / 2].to_vec(), Some(PASSPHRASE), Code::NotAnExport),
        (b"".to_vec(), None, Code::NotAnExport),
        (b"{\"hubs\":[]}".to_vec(), None, Code::NotAnExport),
        (plain[..plain.len() - 3].to_vec(), None, Code::NotAnExport),
        (changed(|v| v["version"] = 4.into()), None, Code::NewerExport),
        (changed(|v| v["hubs"][0]["port"] = "PLANTED-in-a-damaged-file".into()), None, Code::NotAnExport),
        (changed(|v| v["hubs"][1]["id"] = v["hubs"][0]["id"].clone()), None, Code::NotAnExport),
    ];
    for (number, (bytes, passphrase, code)) in cases.into_iter().enumerate() {
        let file = hold(&page, &bytes);
        let request = json!({ "file": file, "passphrase": passphrase });
        let error = page.try_call::<ImportPreview>("workspace.import_preview", request).await.unwrap_err();
        assert_eq!(error.code, code, "case {number}: {error:?}");
    }
    assert!(!page.crossed.contains("PLANTED"));

    // Readable, but no form would take these; the rest of the file can still be imported.
    let bad: [fn(&mut Value); 6] = [
        |v| v["hubs"][0]["host"] = "mqtts://tb.example".into(),
        |v| v["hubs"][0]["ca"] = json!({ "file_name": "ca.pem", "pem": "nothing" }),
        |v| {
            v["hubs"][0]["devices"][0]["subscriptions"] =
                json!([{ "filter": "a/#/b", "qos": 0, "colour": 1, "alias": null, "enabled": true }])
        },
        |v| {
            v["hubs"][0]["devices"][0]["subscriptions"] =
                json!([{ "filter": "a", "qos": 0, "colour": 9, "alias": null, "enabled": true }])
        },
        |v| v["hubs"][0]["devices"][0]["credential"] = json!({ "kind": "shared_access_key", "sign_with": "primary", "sas": { "lifetime": 3600, "auto_renew": true } }),
        |v| v["hubs"][0]["devices"][0]["certificate"] = "nothing".into(),
    ];
    for (number, change) in bad.into_iter().enumerate() {
        let bytes = changed(change);
        let error = refused(&mut page, &bytes, &["add_copy"], &["add_copy"]).await;
        assert_eq!(error.code, Code::NotAnExport, "case {number}: {error:?}");
        assert!(error.message.contains("tb") || error.message.contains("meter"), "{error:?}");
        import(&mut page, &bytes, None, &["skip", "add_copy"], &[]).await;
    }
    engine.stop().await;
}

#[tokio::test]
async fn a_locked_vault_takes_no_secrets_and_the_import_is_whole_or_not_there() {
    let (from, _home) = engine().await;
    let mut page = Page::open(&from).await;
    fill(&mut page).await;
    let (_, sealed) = export_all(&mut page, Some(PASSPHRASE)).await;
    from.stop().await;

    let (to, _home, mut page) = under_a_passphrase().await;
    page.call::<WorkspaceInfo>("vault.lock", json!({})).await;
    let all = request(&page, &sealed, Some(PASSPHRASE), &["add", "add"], &["add", "add", "add"]);
    let error = page.try_call::<Imported>("workspace.import", all).await.unwrap_err();
    assert_eq!(error.code, Code::VaultLocked);
    assert_eq!(page.call::<Tree>("tree.get", json!({})).await, Tree::default());
    let export = page.try_call::<Exported>("workspace.export", json!({ "hubs": null, "passphrase": PASSPHRASE })).await;
    assert_eq!(export.unwrap().secrets, 0, "an empty workspace has no secret that is locked");
    page.call::<WorkspaceInfo>("vault.unlock", json!({ "passphrase": "another passphrase" })).await;
    import(&mut page, &sealed, Some(PASSPHRASE), &["add", "add"], &["add", "add", "add"]).await;
    page.call::<WorkspaceInfo>("vault.lock", json!({})).await;
    let export = page.try_call::<Exported>("workspace.export", json!({ "hubs": null, "passphrase": PASSPHRASE })).await;
    assert_eq!(export.unwrap_err().code, Code::VaultLocked);
    to.stop().await;
}

#[tokio::test]
async fn the_sandbox_stays_where_it_is() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let sandbox: Value = page.call("sandbox.start", json!({ "personality": "broker" })).await;
    let (exported, bytes) = export_all(&mut page, None).await;
    assert_eq!((exported.hubs, exported.devices), (0, 0));
    assert!(preview(&mut page, &bytes, None).await.hubs.is_empty());
    let asked = json!({ "hubs": [sandbox["hub"]], "passphrase": null });
    assert_eq!(page.try_call::<Exported>("workspace.export", asked).await.unwrap_err().code, Code::BadRequest);

    // A file that was made to look like the sandbox's hub.
    let mut value: Value = serde_json::from_slice(&bytes).unwrap();
    value["hubs"] = json!([{ "id": sandbox["hub"], "kind": "mqtt_broker", "name": "not the sandbox", "host": "h", "port": 1,
                             "transport": "mqtt", "ca": null, "details": {}, "devices": [] }]);
    let forged = serde_json::to_vec(&value).unwrap();
    for action in ["add", "replace"] {
        assert_eq!(refused(&mut page, &forged, &[action], &[]).await.code, Code::BadRequest, "{action}");
    }
    import(&mut page, &forged, None, &["add_copy"], &[]).await;
    engine.stop().await;
}
