//! A rotation of the data key, ended, cancelled, and broken off between any two of its steps.
#![cfg(test)]

use crate::session::{PLANTED, ROW, WORKSPACE, entries, has_secret_service, play, secret, store, unlocked};
use hubscope_model::VaultLevel;
use hubscope_vault::{Rotation, Vault, VaultError, for_connector};
use keyring_core::api::CredentialStoreApi;

type Rows = Vec<(String, Vec<u8>)>;

async fn open() -> Vault {
    let vault = Vault::open(WORKSPACE, None, true).await;
    assert_eq!(vault.level(), VaultLevel::OsStore);
    vault
}

fn reseal(rotation: &Rotation, rows: &Rows) -> Rows {
    rows.iter().map(|(row, sealed)| (row.clone(), rotation.reseal(row, sealed).unwrap())).collect()
}

fn text(vault: &Vault, rows: &Rows) -> Result<String, VaultError> {
    vault.unseal(&rows[0].0, &rows[0].1).map(|secret| for_connector(&secret).to_owned())
}

/// What was stored opens at once, after settling, and after another start; one key is left.
async fn recovers(rows: &Rows) {
    let vault = open().await;
    assert_eq!(text(&vault, rows).as_deref(), Ok(PLANTED));
    vault.settle(rows).await;
    assert_eq!(text(&vault, rows).as_deref(), Ok(PLANTED));
    assert_eq!(entries().len(), 1, "{:?}", entries().iter().map(|(user, _)| user.clone()).collect::<Vec<_>>());
    let vault = open().await;
    assert_eq!(text(&vault, rows).as_deref(), Ok(PLANTED));
    vault.seal(ROW, &secret(PLANTED)).unwrap();
}

#[test]
fn a_rotation_can_be_broken_off_anywhere() {
    if !has_secret_service() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    play("rotation::rotates", home.path(), unlocked().unwrap()).unwrap();
}

#[tokio::test]
#[ignore = "a role: run by other tests in an unlocked session"]
async fn rotates() {
    let vault = Vault::open(WORKSPACE, None, false).await;
    let first: Rows = vec![(ROW.to_owned(), vault.seal(ROW, &secret(PLANTED)).unwrap())];

    // To its end.
    let rotation = vault.begin_rotation().await.unwrap();
    assert_eq!(rotation.header(), None);
    assert!(!rotation.is_stored(&first, None));
    let second = reseal(&rotation, &first);
    assert!(rotation.is_stored(&second, None));
    assert_eq!(text(&vault, &first).as_deref(), Ok(PLANTED), "while it is on, either opens");
    assert_eq!(text(&vault, &second).as_deref(), Ok(PLANTED));
    vault.finish_rotation(rotation).await;
    assert_eq!(text(&vault, &first), Err(VaultError::OtherKey));
    recovers(&second).await;

    // Cancelled.
    let rotation = vault.begin_rotation().await.unwrap();
    vault.cancel_rotation(rotation).await;
    assert_eq!(entries().len(), 1);
    recovers(&second).await;

    // Broken off before anything was stored; a process that only reads changes nothing.
    drop(open().await.begin_rotation().await.unwrap());
    assert_eq!(text(&open().await, &second).as_deref(), Ok(PLANTED));
    assert_eq!(entries().len(), 2);
    recovers(&second).await;

    // Broken off after it was stored.
    let rotation = open().await.begin_rotation().await.unwrap();
    let third = reseal(&rotation, &second);
    drop(rotation);
    recovers(&third).await;
    assert_eq!(text(&open().await, &second), Err(VaultError::OtherKey));

    // Broken off while the new key took its place.
    let rotation = open().await.begin_rotation().await.unwrap();
    let fourth = reseal(&rotation, &third);
    drop(rotation);
    let next = entries().into_iter().find(|(user, _)| user.ends_with(" next")).unwrap().1;
    let current = store().build("hubscope", &WORKSPACE.to_string(), None).unwrap();
    current.set_password(&next).unwrap();
    recovers(&fourth).await;

    // What no one crash leads to: both are kept until it is clear.
    let vault = open().await;
    let rotation = vault.begin_rotation().await.unwrap();
    let mixed = [fourth.clone(), reseal(&rotation, &fourth)].concat();
    vault.settle(&mixed).await;
    assert_eq!(entries().len(), 2);
    assert!(matches!(vault.begin_rotation().await, Err(VaultError::Unreachable(_))));
    recovers(&fourth).await;
}
