//! What was deleted can come back until the workspace is opened again; then it is gone with its secrets.

use crate::support::{device, hub, subscription};
use hubscope_store::{Deletion, Store, StoreError};

#[tokio::test]
async fn a_hub_comes_back_with_the_devices_that_it_had() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).await.unwrap();
    let (first, second) = (hub("first"), hub("second"));
    store.save_hub(&first).await.unwrap();
    store.save_hub(&second).await.unwrap();
    let kept = device(first.hub.id, "kept");
    let gone = device(first.hub.id, "gone before");
    let other = device(second.hub.id, "other");
    for one in [&kept, &gone, &other] {
        store.save_device(one).await.unwrap();
    }
    store.delete(&Deletion::Device(gone.id)).await.unwrap();
    store.delete(&Deletion::Hub(first.hub.id)).await.unwrap();

    assert_eq!(store.hubs().await.unwrap(), std::slice::from_ref(&second));
    assert_eq!(store.devices().await.unwrap(), std::slice::from_ref(&other));
    assert_eq!(store.delete(&Deletion::Hub(first.hub.id)).await, Err(StoreError::NotFound("hub")));
    assert_eq!(store.save_hub(&first).await, Err(StoreError::NotFound("hub")));
    assert_eq!(store.save_device(&device(first.hub.id, "new")).await, Err(StoreError::NotFound("device or its hub")));

    store.restore(&Deletion::Hub(first.hub.id)).await.unwrap();
    assert_eq!(store.hubs().await.unwrap(), [first, second]);
    assert_eq!(store.devices().await.unwrap(), [kept, other]);
}

#[tokio::test]
async fn a_device_comes_back_with_its_subscriptions_and_secrets() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).await.unwrap();
    let hub = hub("hub");
    store.save_hub(&hub).await.unwrap();
    let device = device(hub.hub.id, "device");
    store.save_device(&device).await.unwrap();
    let subscription = subscription(device.id, "a/#");
    store.save_subscription(&subscription).await.unwrap();
    let row = format!("device/{}/token", device.id);
    store.put_secret(&row, b"sealed").await.unwrap();

    store.delete(&Deletion::Device(device.id)).await.unwrap();
    assert_eq!(store.devices().await.unwrap(), []);
    assert_eq!(store.save_device(&device).await, Err(StoreError::NotFound("device or its hub")));
    store.restore(&Deletion::Device(device.id)).await.unwrap();
    assert_eq!(store.subscriptions(device.id).await.unwrap(), [subscription]);
    assert_eq!(store.devices().await.unwrap(), [device]);
    assert_eq!(store.secret(&row).await.unwrap().unwrap(), b"sealed");
}

#[tokio::test]
async fn opening_again_removes_the_deleted_with_their_secrets() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).await.unwrap();
    let (kept_hub, gone_hub) = (hub("kept"), hub("gone"));
    store.save_hub(&kept_hub).await.unwrap();
    store.save_hub(&gone_hub).await.unwrap();
    for one in [&kept_hub, &gone_hub] {
        store.put_secret(&format!("hub/{}/policy_key", one.hub.id), b"sealed").await.unwrap();
    }
    let kept = device(kept_hub.hub.id, "kept");
    let gone = device(kept_hub.hub.id, "gone");
    let gone_with_hub = device(gone_hub.hub.id, "gone with its hub");
    for one in [&kept, &gone, &gone_with_hub] {
        store.save_device(one).await.unwrap();
        store.save_subscription(&subscription(one.id, "a")).await.unwrap();
        for field in ["token", "password"] {
            store.put_secret(&format!("device/{}/{field}", one.id), b"sealed").await.unwrap();
        }
    }
    store.delete(&Deletion::Device(gone.id)).await.unwrap();
    store.delete(&Deletion::Hub(gone_hub.hub.id)).await.unwrap();
    store.close().await;

    let store = Store::open(home.path()).await.unwrap();
    assert_eq!(store.restore(&Deletion::Hub(gone_hub.hub.id)).await, Err(StoreError::NotFound("hub")));
    for one in [&gone, &gone_with_hub] {
        assert_eq!(store.restore(&Deletion::Device(one.id)).await, Err(StoreError::NotFound("device")));
        assert_eq!(store.subscriptions(one.id).await.unwrap(), []);
        for field in ["token", "password"] {
            assert_eq!(store.secret(&format!("device/{}/{field}", one.id)).await.unwrap(), None);
        }
    }
    assert_eq!(store.secret(&format!("hub/{}/policy_key", gone_hub.hub.id)).await.unwrap(), None);
    assert!(store.secret(&format!("hub/{}/policy_key", kept_hub.hub.id)).await.unwrap().is_some());
    assert_eq!(store.subscriptions(kept.id).await.unwrap().len(), 1);
    assert!(store.secret(&format!("device/{}/token", kept.id)).await.unwrap().is_some());
    assert_eq!(store.devices().await.unwrap(), [kept]);
}
