//! The vault under a passphrase, without any secret store.
#![cfg(test)]

use hubscope_model::{Code, Error, VaultLevel};
use hubscope_vault::{Secret, Vault, VaultError, for_connector};
use serde_json::Value;
use uuid::Uuid;
use zeroize::Zeroizing;

const WORKSPACE: Uuid = Uuid::from_u128(7);
const ROW: &str = "device/0190/token";

fn secret(text: &str) -> Secret<String> {
    Secret::new(Zeroizing::new(text.to_owned()))
}

/// A vault that was put under `passphrase`, its header, and something that it sealed.
async fn sealed_under(passphrase: &str) -> (Vault, String, Vec<u8>) {
    let vault = Vault::in_memory("test");
    let sealed = vault.seal(ROW, &secret("hunter2")).unwrap();
    let new = vault.set_passphrase(None, &secret(passphrase)).await.unwrap();
    let header = new.header().to_owned();
    vault.adopt(new).await.unwrap();
    assert_eq!(vault.level(), VaultLevel::Passphrase);
    (vault, header, sealed)
}

async fn open(header: &str) -> Vault {
    Vault::open(WORKSPACE, Some(header), true).await
}

fn text(vault: &Vault, sealed: &[u8]) -> Result<String, VaultError> {
    vault.unseal(ROW, sealed).map(|secret| for_connector(&secret).to_owned())
}

#[tokio::test]
async fn it_is_locked_until_the_right_passphrase_comes() {
    let (_, header, sealed) = sealed_under("correct horse").await;
    assert!(!header.contains("correct") && !header.contains("hunter2"));
    let vault = open(&header).await;
    assert_eq!(vault.level(), VaultLevel::Locked);
    assert_eq!(text(&vault, &sealed), Err(VaultError::Locked));
    assert_eq!(vault.seal(ROW, &secret("x")).err(), Some(VaultError::Locked));
    assert_eq!(Error::from(VaultError::Locked).code, Code::VaultLocked);
    for wrong in ["", "correct hors", "correct horse ", "CORRECT HORSE"] {
        assert_eq!(vault.unlock(&secret(wrong)).await, Err(VaultError::WrongPassphrase), "{wrong}");
        assert_eq!(vault.level(), VaultLevel::Locked);
    }
    assert_eq!(vault.set_passphrase(None, &secret("another one")).await.err(), Some(VaultError::Locked));
    assert_eq!(vault.begin_rotation().await.err(), Some(VaultError::Locked));

    let clone = vault.clone();
    vault.unlock(&secret("correct horse")).await.unwrap();
    assert_eq!(text(&clone, &sealed).as_deref(), Ok("hunter2"));
    vault.unlock(&secret("anything: it is open")).await.unwrap();

    clone.lock();
    assert_eq!(vault.level(), VaultLevel::Locked);
    assert_eq!(text(&vault, &sealed), Err(VaultError::Locked));
    vault.unlock(&secret("correct horse")).await.unwrap();
    assert_eq!(text(&vault, &sealed).as_deref(), Ok("hunter2"));
}

#[tokio::test]
async fn it_is_changed_by_who_knows_it_only() {
    let (vault, old, sealed) = sealed_under("correct horse").await;
    assert_eq!(vault.set_passphrase(None, &secret("battery staple")).await.err(), Some(VaultError::PassphraseNeeded));
    let wrong = vault.set_passphrase(Some(&secret("battery staple")), &secret("battery staple")).await;
    assert_eq!(wrong.err(), Some(VaultError::WrongPassphrase));
    let new = vault.set_passphrase(Some(&secret("correct horse")), &secret("battery staple")).await.unwrap();
    let header = new.header().to_owned();
    vault.lock();
    vault.unlock(&secret("correct horse")).await.unwrap();
    vault.adopt(new).await.unwrap();
    vault.lock();
    assert_eq!(vault.unlock(&secret("correct horse")).await, Err(VaultError::WrongPassphrase));

    let vault = open(&header).await;
    assert_eq!(vault.unlock(&secret("correct horse")).await, Err(VaultError::WrongPassphrase));
    vault.unlock(&secret("battery staple")).await.unwrap();
    assert_eq!(text(&vault, &sealed).as_deref(), Ok("hunter2"), "what was sealed stays as it is");
    // The old header opens as before: whoever kept a copy of it needs the rotation of the key.
    let kept = open(&old).await;
    kept.unlock(&secret("correct horse")).await.unwrap();
    assert_eq!(text(&kept, &sealed).as_deref(), Ok("hunter2"));
}

#[tokio::test]
async fn a_rotation_needs_no_passphrase_and_leaves_the_old_header_useless() {
    let (vault, old, sealed) = sealed_under("correct horse").await;
    let rotation = vault.begin_rotation().await.unwrap();
    let header = rotation.header().unwrap().to_owned();
    let resealed = rotation.reseal(ROW, &sealed).unwrap();
    assert!(rotation.is_stored(&[], Some(&header)) && !rotation.is_stored(&[], Some(&old)));
    // Cancelled: nothing changed.
    vault.cancel_rotation(rotation).await;
    assert_eq!(text(&vault, &sealed).as_deref(), Ok("hunter2"));
    assert_eq!(text(&vault, &resealed), Err(VaultError::OtherKey));

    let rotation = vault.begin_rotation().await.unwrap();
    let header = rotation.header().unwrap().to_owned();
    let resealed = rotation.reseal(ROW, &sealed).unwrap();
    assert_eq!(rotation.reseal("device/0190/other", &sealed).err(), Some(VaultError::Damaged));
    vault.finish_rotation(rotation).await;
    assert_eq!(text(&vault, &resealed).as_deref(), Ok("hunter2"));
    assert_eq!(text(&vault, &sealed), Err(VaultError::OtherKey));
    vault.lock();
    vault.unlock(&secret("correct horse")).await.unwrap();
    assert_eq!(text(&vault, &resealed).as_deref(), Ok("hunter2"));

    let vault = open(&header).await;
    vault.unlock(&secret("correct horse")).await.unwrap();
    assert_eq!(text(&vault, &resealed).as_deref(), Ok("hunter2"));
    let kept = open(&old).await;
    kept.unlock(&secret("correct horse")).await.unwrap();
    assert_eq!(text(&kept, &resealed), Err(VaultError::OtherKey));
}

#[tokio::test]
async fn a_header_that_is_damaged_or_newer_is_said_and_kept_apart_from_a_wrong_passphrase() {
    let (_, header, _) = sealed_under("correct horse").await;
    let mut changed: Value = serde_json::from_str(&header).unwrap();
    changed["key"]["kdf"]["passes"] = 99.into();
    let mut newer: Value = serde_json::from_str(&header).unwrap();
    newer["version"] = 2.into();
    newer["key"] = "of another shape".into();
    let mut other: Value = serde_json::from_str(&header).unwrap();
    other["format"] = "hubscope-sealed".into();
    let (changed, newer, other) = (changed.to_string(), newer.to_string(), other.to_string());
    let half = &header[..header.len() / 2];
    for (text, said) in [
        ("", "damaged"),
        ("{}", "damaged"),
        (half, "damaged"),
        (&*changed, "damaged"),
        (&*other, "damaged"),
        (&*newer, "newer version"),
    ] {
        let vault = open(text).await;
        let VaultLevel::Unreachable { reason } = vault.level() else { panic!("{text}: {vault:?}") };
        assert!(reason.contains(said), "{text}: {reason}");
        // Another key must not come in its place.
        vault.retry().await;
        assert!(matches!(vault.level(), VaultLevel::Unreachable { .. }));
        assert!(matches!(vault.use_os_store().await, Err(VaultError::Unreachable(_))));
        assert!(matches!(vault.seal(ROW, &secret("x")), Err(VaultError::Unreachable(_))));
    }
}

#[tokio::test]
async fn a_vault_in_memory_asks_no_store_and_has_nothing_to_rotate() {
    let vault = Vault::in_memory("asked for");
    vault.retry().await;
    let in_memory = VaultLevel::Memory { reason: "asked for".into() };
    assert_eq!(vault.level(), in_memory);
    assert_eq!(vault.use_os_store().await, Err(VaultError::Unreachable("asked for".into())));
    assert_eq!(vault.begin_rotation().await.err(), Some(VaultError::Unreachable("asked for".into())));
    vault.lock();
    vault.unlock(&secret("x")).await.unwrap();
    assert_eq!(vault.level(), in_memory);
}
