//! An import is whole or not there, and takes the place of what has its ids.

use crate::support::{device, hub, subscription};
use hubscope_model::{DeviceId, HubId};
use hubscope_store::{Deletion, Import, Store, StoreError};

fn token(device: DeviceId) -> String {
    format!("device/{device}/token")
}

#[tokio::test]
async fn new_things_come_after_those_that_are_there() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).await.unwrap();
    let here = hub("here");
    store.save_hub(&here).await.unwrap();
    let device_here = device(here.hub.id, "here");
    store.save_device(&device_here).await.unwrap();

    let hubs = vec![hub("one"), hub("two")];
    // A device may go to a hub that is there already.
    let devices = vec![device(hubs[1].hub.id, "a"), device(here.hub.id, "b")];
    let subscriptions = vec![subscription(devices[0].id, "x"), subscription(devices[0].id, "y")];
    let import = Import {
        hubs: hubs.clone(),
        devices: devices.clone(),
        subscriptions: subscriptions.clone(),
        secrets: vec![(token(devices[0].id), b"sealed".to_vec())],
        ..Import::default()
    };
    store.import(&import).await.unwrap();
    assert_eq!(store.hubs().await.unwrap(), [vec![here], hubs].concat());
    assert_eq!(store.devices().await.unwrap(), [vec![device_here], devices.clone()].concat());
    assert_eq!(store.subscriptions(devices[0].id).await.unwrap(), subscriptions);
    assert_eq!(store.secret(&token(devices[0].id)).await.unwrap().unwrap(), b"sealed");
}

#[tokio::test]
async fn an_import_that_fails_at_its_end_leaves_nothing() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).await.unwrap();
    let new = hub("new");
    let good = device(new.hub.id, "good");
    let import = Import {
        hubs: vec![new],
        subscriptions: vec![subscription(good.id, "a"), subscription(DeviceId::new(), "b")],
        secrets: vec![(token(good.id), b"sealed".to_vec())],
        devices: vec![good],
        ..Import::default()
    };
    assert_eq!(store.import(&import).await, Err(StoreError::NotFound("device")));
    let orphan = Import { devices: vec![device(HubId::new(), "orphan")], ..Import::default() };
    assert_eq!(store.import(&orphan).await, Err(StoreError::NotFound("device or its hub")));
    assert_eq!(store.hubs().await.unwrap(), []);
    assert_eq!(store.devices().await.unwrap(), []);
    assert_eq!(store.secret_rows().await.unwrap(), []);
}

#[tokio::test]
async fn what_has_the_same_id_is_replaced_in_its_place() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).await.unwrap();
    let mut hub = hub("before");
    store.save_hub(&hub).await.unwrap();
    let mut device = device(hub.hub.id, "before");
    store.save_device(&device).await.unwrap();
    store.save_subscription(&subscription(device.id, "before")).await.unwrap();
    store.put_secret(&token(device.id), b"unused").await.unwrap();
    let password = format!("device/{}/password", device.id);
    store.put_secret(&password, b"before").await.unwrap();

    hub.hub.name = "after".into();
    device.name = "after".into();
    let after = subscription(device.id, "after");
    let import = Import {
        hubs: vec![hub.clone()],
        devices: vec![device.clone()],
        subscriptions: vec![after.clone()],
        secrets: vec![(password.clone(), b"after".to_vec())],
        unused_secrets: vec![token(device.id)],
        ..Import::default()
    };
    store.import(&import).await.unwrap();
    assert_eq!(store.hubs().await.unwrap(), [hub]);
    assert_eq!(store.subscriptions(device.id).await.unwrap(), [after]);
    assert_eq!(store.devices().await.unwrap(), [device]);
    assert_eq!(store.secret_rows().await.unwrap(), [(password, b"after".to_vec())]);
}

#[tokio::test]
async fn what_was_deleted_does_not_come_back_with_an_import_of_its_id() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).await.unwrap();
    let (gone, stays) = (hub("gone"), hub("stays"));
    store.save_hub(&gone).await.unwrap();
    store.save_hub(&stays).await.unwrap();
    let with_hub = device(gone.hub.id, "deleted with its hub");
    let moved = device(gone.hub.id, "comes again, at another hub");
    let alone = device(stays.hub.id, "deleted alone");
    for one in [&with_hub, &moved, &alone] {
        store.save_device(one).await.unwrap();
        store.put_secret(&token(one.id), b"before").await.unwrap();
    }
    store.put_secret(&format!("hub/{}/policy_key", gone.hub.id), b"before").await.unwrap();
    store.delete(&Deletion::Hub(gone.hub.id)).await.unwrap();
    store.delete(&Deletion::Device(alone.id)).await.unwrap();

    let mut moved_now = moved.clone();
    moved_now.hub = stays.hub.id;
    let devices = vec![moved_now.clone(), alone.clone()];
    store.import(&Import { devices, ..Import::default() }).await.unwrap();
    assert_eq!(store.devices().await.unwrap(), [moved_now.clone(), alone.clone()]);
    store.import(&Import { hubs: vec![gone.clone()], ..Import::default() }).await.unwrap();
    assert_eq!(store.hubs().await.unwrap(), [stays, gone]);
    assert_eq!(store.devices().await.unwrap(), [moved_now, alone]);
    assert_eq!(store.restore(&Deletion::Device(with_hub.id)).await, Err(StoreError::NotFound("device")));
    assert_eq!(store.secret_rows().await.unwrap(), [], "old secrets do not come back either");
}
