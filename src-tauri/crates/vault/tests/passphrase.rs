//! The vault under a passphrase, without any secret store.
#![cfg(test)]

use hubscope_model::{Code, Error, VaultLevel, text};
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
    let vault = Vault::in_memory(text!("test"));
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
    for (text, level, error) in [
        ("", VaultLevel::Damaged, VaultError::HeaderDamaged),
        ("{}", VaultLevel::Damaged, VaultError::HeaderDamaged),
        (half, VaultLevel::Damaged, VaultError::HeaderDamaged),
        (&*changed, VaultLevel::Damaged, VaultError::HeaderDamaged),
        (&*other, VaultLevel::Damaged, VaultError::HeaderDamaged),
        (&*newer, VaultLevel::Newer, VaultError::NewerHeader),
    ] {
        let vault = open(text).await;
        assert_eq!(vault.level(), level, "{text}");
        // Another key must not come in its place.
        vault.retry().await;
        assert_eq!(vault.level(), level, "{text}");
        assert_eq!(vault.use_os_store().await, Err(error.clone()));
        assert_eq!(vault.unlock(&secret("correct horse")).await, Err(error.clone()));
        assert_eq!(vault.seal(ROW, &secret("x")).err(), Some(error));
    }
}

/// Whatever byte is another one than before: damage, never a wrong passphrase and never another key.
#[tokio::test]
async fn every_flipped_byte_of_the_header_is_damage() {
    let (_, header, _) = sealed_under("correct horse").await;
    for at in 0..header.len() {
        let mut bytes = header.clone().into_bytes();
        bytes[at] ^= 1;
        let Ok(text) = String::from_utf8(bytes) else { continue };
        let vault = open(&text).await;
        assert_eq!(vault.level(), VaultLevel::Damaged, "byte {at}: {text}");
        let error = Error::from(vault.seal(ROW, &secret("x")).unwrap_err());
        assert_eq!(error.code, Code::VaultDamaged);
        assert!(error.hint.is_some_and(|hint| hint.contains("workspace.sqlite")), "what to do");
    }
}

/// With the header its key is lost. A new passphrase starts a new vault, and what is stored is told apart from it.
#[tokio::test]
async fn a_new_passphrase_takes_the_place_of_a_damaged_header_and_of_no_newer_one() {
    let (_, header, sealed) = sealed_under("correct horse").await;
    let vault = open(&header[1..]).await;
    assert_eq!(vault.level(), VaultLevel::Damaged);
    let new = vault.set_passphrase(None, &secret("battery staple")).await.unwrap();
    vault.adopt(new).await.unwrap();
    assert_eq!(vault.level(), VaultLevel::Passphrase);
    assert_eq!(text(&vault, &sealed), Err(VaultError::OtherKey));
    let again = vault.seal(ROW, &secret("entered again")).unwrap();
    assert_eq!(text(&vault, &again).as_deref(), Ok("entered again"));

    let newer = open(&header.replace("\"version\":1,", "\"version\":2,")).await;
    assert_eq!(newer.set_passphrase(None, &secret("battery staple")).await.err(), Some(VaultError::NewerHeader));
}

#[tokio::test]
async fn a_vault_in_memory_asks_no_store_and_has_nothing_to_rotate() {
    let vault = Vault::in_memory(text!("asked for"));
    vault.retry().await;
    let in_memory = VaultLevel::Memory { reason: text!("asked for") };
    assert_eq!(vault.level(), in_memory);
    assert_eq!(vault.use_os_store().await, Err(VaultError::Unreachable(text!("asked for"))));
    assert_eq!(vault.begin_rotation().await.err(), Some(VaultError::Unreachable(text!("asked for"))));
    vault.lock();
    vault.unlock(&secret("x")).await.unwrap();
    assert_eq!(vault.level(), in_memory);
}
