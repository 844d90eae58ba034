//! What an import does with what is here already.

use super::*;

#[tokio::test]
async fn nothing_is_overwritten_unless_it_is_to_be_replaced() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let Filled { thingsboard, azure, meter, gateway } = fill(&mut page).await;
    let (_, sealed) = export_all(&mut page, Some(PASSPHRASE)).await;

    // What is here changes after the export: a name, a token, a certificate.
    let edit = |device: &Device, mut draft: Value| {
        draft["id"] = json!(device.id);
        draft
    };
    let changed = device(
        &thingsboard,
        "renamed",
        json!({ "kind": "access_token" }),
        &[("token", "a newer token of this device")],
    );
    let mut changed = edit(&meter, changed);
    changed["client_id"] = "meter".into();
    page.call::<Device>("device.save", changed).await;
    let changed = device(&azure, "gateway", json!({ "kind": "x509", "trust": "itself" }), &[]);
    page.call::<Device>("device.save", with_certificate(edit(&gateway, changed), "gateway")).await;
    let before: Tree = page.call("tree.get", json!({})).await;

    let seen = preview(&mut page, &sealed, Some(PASSPHRASE)).await;
    assert_eq!(seen.hubs[0].verdict, ImportVerdict::Same);
    let differs: Vec<_> = seen.hubs.iter().flat_map(|hub| &hub.devices).map(|one| one.differences.clone()).collect();
    assert_eq!(differs, [vec!["name", "secrets"], vec![], vec!["certificate", "secrets"]]);

    for (hubs, devices) in [(&["add"][..], &[][..]), (&["skip"][..], &["add"][..])] {
        let request = request(&page, &sealed, Some(PASSPHRASE), hubs, devices);
        let error = page.try_call::<Imported>("workspace.import", request).await.unwrap_err();
        assert_eq!(error.code, Code::BadRequest);
    }
    let none = import(&mut page, &sealed, Some(PASSPHRASE), &[], &[]).await;
    assert_eq!(none, Imported::default());
    assert_eq!(page.call::<Tree>("tree.get", json!({})).await, before);

    let copies = import(&mut page, &sealed, Some(PASSPHRASE), &["add_copy", "skip"], &["add", "add_copy"]).await;
    assert_eq!((copies.hubs, copies.devices, copies.secrets), (1, 2, 3));
    let tree: Tree = page.call("tree.get", json!({})).await;
    assert_eq!((tree.hubs[..2].to_vec(), tree.devices[..3].to_vec()), (before.hubs, before.devices));
    let names = |devices: &[Device]| devices.iter().map(|device| device.name.clone()).collect::<Vec<_>>();
    assert_eq!(
        (tree.hubs[2].name.as_str(), names(&tree.devices[3..])),
        ("tb (2)", vec!["meter".into(), "edge (2)".into()])
    );
    assert_eq!((tree.devices[3].hub, tree.devices[4].hub), (tree.hubs[2].id, azure.id));
    assert_eq!(stored(&engine, tree.devices[3].id, SecretField::Token).await.as_deref(), Some(TOKEN));
    assert_eq!(stored(&engine, meter.id, SecretField::Token).await.as_deref(), Some("a newer token of this device"));

    import(&mut page, &sealed, Some(PASSPHRASE), &["skip", "skip"], &["replace", "skip", "skip"]).await;
    let tree: Tree = page.call("tree.get", json!({})).await;
    assert_eq!((tree.devices[0].id, tree.devices[0].name.as_str()), (meter.id, "meter"));
    assert_eq!(stored(&engine, meter.id, SecretField::Token).await.as_deref(), Some(TOKEN));

    // Without its key in the file, a replaced certificate leaves no key of another.
    let (_, plain) = export_all(&mut page, None).await;
    let issued = hubscope_pki::self_signed_device("gateway").unwrap();
    let mut value: Value = serde_json::from_slice(&plain).unwrap();
    value["hubs"][1]["devices"][1]["certificate"] = issued.cert_pem.into();
    let another = serde_json::to_vec(&value).unwrap();
    assert!(stored(&engine, gateway.id, SecretField::PrivateKey).await.is_some());
    import(&mut page, &plain, None, &[], &["skip", "skip", "replace"]).await;
    assert!(stored(&engine, gateway.id, SecretField::PrivateKey).await.is_some(), "the same certificate keeps its key");
    import(&mut page, &another, None, &[], &["skip", "skip", "replace"]).await;
    assert_eq!(stored(&engine, gateway.id, SecretField::PrivateKey).await, None);
    engine.stop().await;
}

#[tokio::test]
async fn a_hub_is_known_by_its_address_and_a_device_by_its_client_id() {
    let (from, _home) = engine().await;
    let mut page = Page::open(&from).await;
    fill(&mut page).await;
    let (_, bytes) = export_all(&mut page, None).await;
    from.stop().await;

    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    let here: Hub = page.call("hub.save", hub("thingsboard", "made by hand", "TB.example")).await;
    let meter = device(&here, "meter", json!({ "kind": "access_token" }), &[("token", TOKEN)]);
    let meter: Device = page.call("device.save", meter).await;
    let seen = preview(&mut page, &bytes, None).await;
    assert_eq!(
        (seen.hubs[0].verdict, &seen.hubs[0].differences[..]),
        (ImportVerdict::Differs, &["name".to_owned(), "host".into()][..])
    );
    assert_eq!(seen.hubs[0].devices[0].verdict, ImportVerdict::Same);
    assert_eq!(seen.hubs[1].verdict, ImportVerdict::New);

    import(&mut page, &bytes, None, &["replace"], &["replace"]).await;
    let tree: Tree = page.call("tree.get", json!({})).await;
    assert_eq!((tree.hubs[0].id, tree.hubs[0].name.as_str()), (here.id, "tb"));
    assert_eq!(tree.devices[0].id, meter.id);
    assert_eq!(
        stored(&engine, meter.id, SecretField::Token).await.as_deref(),
        Some(TOKEN),
        "a secret the file has not stays"
    );
    let error = refused(&mut page, &bytes, &[], &["skip", "add"]).await;
    assert!(error.message.contains("neither here nor chosen"), "{error:?}");
    assert_eq!(refused(&mut page, &bytes, &[], &["skip", "skip", "skip", "add"]).await.code, Code::BadRequest);
    engine.stop().await;
}
