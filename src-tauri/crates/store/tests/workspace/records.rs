//! What is put into a workspace comes back, also after it was closed, left open, or crowded.

use crate::support::{device, hard_name, hub, settings, subscription};
use hubscope_model::{
    CertificateTrust, Credential, DeviceId, HubDefaults, HubDetails, HubId, HubKind, HubTrust, KaaRest, KeyChoice,
    RequestTemplate, SasOptions, Settings, SubscriptionId, Text, TokenCause, TokenEvent, TokenState, Transport,
};
use hubscope_store::{Deletion, Store, StoreError};

#[tokio::test]
async fn everything_round_trips_and_survives_a_reopen() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).await.unwrap();
    let id = store.workspace();
    assert_eq!(store.settings().await.unwrap(), Settings::default());

    let mut plain = hub("");
    plain.hub.kind = HubKind::Sandbox;
    plain.hub.trust = HubTrust::default();
    plain.hub.transport = Transport::Mqtt;
    plain.trust_pem.clear();
    let hubs = vec![hub(&hard_name()), plain];
    for one in &hubs {
        store.save_hub(one).await.unwrap();
    }
    let mut devices =
        vec![device(hubs[0].hub.id, &hard_name()), device(hubs[1].hub.id, "b"), device(hubs[0].hub.id, "c")];
    devices[1].credential = Credential::AccessToken;
    devices[1].certificate = None;
    devices[2].credential = Credential::None;
    devices[2].credential_set = None;
    for one in &devices {
        store.save_device(one).await.unwrap();
    }
    let subscriptions = vec![subscription(devices[0].id, "a/+/#"), subscription(devices[0].id, &hard_name())];
    for one in &subscriptions {
        store.save_subscription(one).await.unwrap();
    }
    store.set_settings(&settings()).await.unwrap();
    store.put_secret("device/x/token", b"sealed \0 bytes").await.unwrap();

    for round in 0..2 {
        let reopened;
        let store = if round == 0 {
            &store
        } else {
            store.close().await;
            reopened = Store::open(home.path()).await.unwrap();
            &reopened
        };
        assert_eq!(store.workspace(), id);
        assert_eq!(store.holder(), None);
        assert_eq!(store.hubs().await.unwrap(), hubs);
        assert_eq!(store.devices().await.unwrap(), devices);
        assert_eq!(store.subscriptions(devices[0].id).await.unwrap(), subscriptions);
        assert_eq!(store.subscriptions(devices[1].id).await.unwrap(), []);
        assert_eq!(store.all_subscriptions().await.unwrap(), subscriptions);
        assert_eq!(store.settings().await.unwrap(), settings());
        assert_eq!(store.secret("device/x/token").await.unwrap().unwrap(), b"sealed \0 bytes");
        assert_eq!(store.secret("device/y/token").await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_change_keeps_the_place() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).await.unwrap();
    let mut hubs = vec![hub("one"), hub("two"), hub("three")];
    for one in &hubs {
        store.save_hub(one).await.unwrap();
    }
    hubs[0].hub.name = "changed".into();
    hubs[0].hub.trust = HubTrust::default();
    store.save_hub(&hubs[0]).await.unwrap();
    assert_eq!(store.hubs().await.unwrap(), hubs);

    let mut devices = vec![device(hubs[0].hub.id, "one"), device(hubs[1].hub.id, "two")];
    for one in &devices {
        store.save_device(one).await.unwrap();
    }
    devices[0].hub = hubs[2].hub.id;
    devices[0].credential = Credential::None;
    store.save_device(&devices[0]).await.unwrap();
    assert_eq!(store.devices().await.unwrap(), devices);

    let mut subscriptions = vec![subscription(devices[0].id, "one"), subscription(devices[0].id, "two")];
    for one in &subscriptions {
        store.save_subscription(one).await.unwrap();
    }
    subscriptions[0].alias = None;
    subscriptions[0].enabled = true;
    store.save_subscription(&subscriptions[0]).await.unwrap();
    assert_eq!(store.subscriptions(devices[0].id).await.unwrap(), subscriptions);
    let first = Deletion::Subscription(subscriptions[0].id);
    assert_eq!(store.owner(&first).await.unwrap(), devices[0].id);
    store.delete(&first).await.unwrap();
    assert_eq!(store.subscriptions(devices[0].id).await.unwrap(), subscriptions[1..]);
}

#[tokio::test]
async fn every_kind_of_hub_and_credential_round_trips() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).await.unwrap();
    let kinds = [
        HubKind::MqttBroker,
        HubKind::ThingsBoard,
        HubKind::AzureIotHub,
        HubKind::AzureDps,
        HubKind::Kaa,
        HubKind::Sandbox,
    ];
    let template = || RequestTemplate { method: "POST".into(), path: "/{endpoint_id}".into(), body: "{}".into() };
    let rest =
        KaaRest { base_url: "https://kaa.example".into(), header: "X".into(), read: template(), change: template() };
    let mut hubs = Vec::new();
    for kind in kinds {
        let mut one = hub("hub");
        one.hub.kind = kind;
        one.hub.sandbox = kind == HubKind::AzureIotHub;
        one.hub.details = HubDetails {
            service_host: Some("lab.azure-devices-provisioning.net".into()),
            preset: Some("magenta".into()),
            id_scope: Some(hard_name()),
            policy: None,
            gateway: Some("gateway.example".into()),
            kaa: (kind == HubKind::Kaa).then(|| rest.clone()),
            defaults: Some(HubDefaults { filter: Some("lab/#".into()), retain: true, ..HubDefaults::default() }),
        };
        store.save_hub(&one).await.unwrap();
        hubs.push(one);
    }
    assert_eq!(store.hubs().await.unwrap(), hubs);

    let sas = SasOptions { lifetime: 60, auto_renew: false };
    let credentials = [
        Credential::None,
        Credential::AccessToken,
        Credential::Basic { user_name: hard_name() },
        Credential::SharedAccessKey { sign_with: KeyChoice::Secondary, sas },
        Credential::SasToken,
        Credential::GroupKey { sas },
        Credential::X509 { trust: CertificateTrust::Authority },
        Credential::Provision,
        Credential::EndpointToken { app_version: "a-v1".into(), endpoint_id: None, user_name: Some("u".into()) },
    ];
    let mut devices = Vec::new();
    for credential in credentials {
        let mut one = device(hubs[0].hub.id, "device");
        one.credential = credential;
        store.save_device(&one).await.unwrap();
        devices.push(one);
    }
    assert_eq!(store.devices().await.unwrap(), devices);
}

fn event(number: i64) -> TokenEvent {
    TokenEvent {
        at: number,
        from: Some(TokenState::Active),
        to: TokenState::Suspended,
        cause: TokenCause::Asked,
        note: Some(Text::verbatim("Wärme")),
    }
}

#[tokio::test]
async fn the_newest_two_hundred_token_events_of_a_device_are_kept() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).await.unwrap();
    let hub = hub("hub");
    store.save_hub(&hub).await.unwrap();
    let (busy, quiet) = (device(hub.hub.id, "busy"), device(hub.hub.id, "quiet"));
    store.save_device(&busy).await.unwrap();
    store.save_device(&quiet).await.unwrap();
    store.add_token_event(quiet.id, &event(1)).await.unwrap();
    for number in 0..205 {
        store.add_token_event(busy.id, &event(number)).await.unwrap();
    }
    assert_eq!(store.token_events(busy.id).await.unwrap(), (5..205).map(event).collect::<Vec<_>>());
    assert_eq!(store.token_events(quiet.id).await.unwrap(), [event(1)]);
    assert_eq!(store.add_token_event(DeviceId::new(), &event(1)).await, Err(StoreError::NotFound("device")));

    store.delete(&Deletion::Device(quiet.id)).await.unwrap();
    store.close().await;
    let store = Store::open(home.path()).await.unwrap();
    assert_eq!(store.token_events(quiet.id).await.unwrap(), []);
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).await.unwrap();
    let orphan = device(HubId::new(), "orphan");
    assert_eq!(store.save_device(&orphan).await, Err(StoreError::NotFound("device or its hub")));
    assert_eq!(store.save_subscription(&subscription(orphan.id, "a")).await, Err(StoreError::NotFound("device")));
    assert_eq!(store.delete(&Deletion::Hub(HubId::new())).await, Err(StoreError::NotFound("hub")));
    assert_eq!(store.restore(&Deletion::Hub(HubId::new())).await, Err(StoreError::NotFound("hub")));
    assert_eq!(store.delete(&Deletion::Device(DeviceId::new())).await, Err(StoreError::NotFound("device")));
    assert_eq!(store.restore(&Deletion::Device(DeviceId::new())).await, Err(StoreError::NotFound("device")));
    assert_eq!(
        store.delete(&Deletion::Subscription(SubscriptionId::new())).await,
        Err(StoreError::NotFound("subscription"))
    );
    store.delete_secret("device/none/token").await.unwrap();
}

#[tokio::test]
async fn values_out_of_range_are_refused_and_nothing_is_written() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).await.unwrap();
    let hub = hub("hub");
    store.save_hub(&hub).await.unwrap();
    let device = device(hub.hub.id, "device");
    store.save_device(&device).await.unwrap();
    for (qos, colour) in [(3, 1), (0, 0), (0, 9)] {
        let mut bad = subscription(device.id, "a");
        (bad.qos, bad.colour) = (qos, colour);
        assert!(matches!(store.save_subscription(&bad).await, Err(StoreError::Unavailable(_))), "{qos} {colour}");
    }
    assert_eq!(store.subscriptions(device.id).await.unwrap(), []);
}

#[tokio::test]
async fn five_thousand_devices_are_listed_in_order() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).await.unwrap();
    let hub = hub("crowd");
    store.save_hub(&hub).await.unwrap();
    let mut expected = Vec::new();
    for n in 0..5_000 {
        let one = device(hub.hub.id, &format!("device {n}"));
        store.save_device(&one).await.unwrap();
        expected.push(one);
    }
    assert!(store.devices().await.unwrap() == expected);
}

#[tokio::test]
async fn calls_may_run_side_by_side() {
    let home = tempfile::tempdir().unwrap();
    let store = std::sync::Arc::new(Store::open(home.path()).await.unwrap());
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..64 {
        let store = store.clone();
        tasks.spawn(async move {
            store.save_hub(&hub(&n.to_string())).await.unwrap();
            store.hubs().await.unwrap().len()
        });
    }
    while let Some(seen) = tasks.join_next().await {
        assert!(seen.unwrap() >= 1);
    }
    let names: std::collections::BTreeSet<_> =
        store.hubs().await.unwrap().into_iter().map(|record| record.hub.name).collect();
    assert_eq!(names.len(), 64);
}
