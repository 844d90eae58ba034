//! A secret that is stored must not be found in any byte of the workspace's files.

use std::path::Path;

use crate::support::{device, hub};
use hubscope_model::text;
use hubscope_store::Store;
use hubscope_vault::{Secret, Vault, for_connector};
use zeroize::Zeroizing;

const PLANTED: &str = "PLANTED-q7Zx-0192837465-secret";

/// Files of `home` in which a piece of the secret stands, as UTF-8 or UTF-16.
fn leaks(home: &Path) -> std::io::Result<Vec<String>> {
    let utf16: Vec<u8> = PLANTED.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut found = Vec::new();
    for entry in std::fs::read_dir(home)? {
        let path = entry?.path();
        let bytes = std::fs::read(&path)?;
        // Half of it would be too much already.
        for needle in [&PLANTED.as_bytes()[..12], &PLANTED.as_bytes()[12..], &utf16[..24]] {
            if bytes.windows(needle.len()).any(|window| window == needle) {
                found.push(path.display().to_string());
            }
        }
    }
    Ok(found)
}

#[tokio::test]
async fn no_file_of_the_workspace_holds_the_secret() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).await.unwrap();
    let vault = Vault::in_memory(text!("test"));
    let hub = hub("hub");
    store.save_hub(&hub).await.unwrap();
    let device = device(hub.hub.id, "device");
    store.save_device(&device).await.unwrap();
    for field in ["token", "password"] {
        let row = format!("device/{}/{field}", device.id);
        let secret = Secret::new(Zeroizing::new(PLANTED.to_owned()));
        store.put_secret(&row, &vault.seal(&row, &secret).unwrap()).await.unwrap();
        let sealed = store.secret(&row).await.unwrap().unwrap();
        assert_eq!(for_connector(&vault.unseal(&row, &sealed).unwrap()), PLANTED);
    }
    // While the write-ahead log is there, and after it was moved into the file.
    assert!(home.path().join("workspace.sqlite-wal").exists());
    assert_eq!(leaks(home.path()).unwrap(), Vec::<String>::new());
    store.close().await;
    assert_eq!(leaks(home.path()).unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn the_search_finds_what_is_there() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).await.unwrap();
    store.put_secret("device/x/token", PLANTED.as_bytes()).await.unwrap();
    assert!(!leaks(home.path()).unwrap().is_empty());
    store.close().await;
    assert!(!leaks(home.path()).unwrap().is_empty());
}

#[tokio::test]
async fn a_cleared_secret_leaves_no_sealed_copy() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).await.unwrap();
    store.put_secret("device/x/token", PLANTED.as_bytes()).await.unwrap();
    store.close().await;
    let store = Store::open(home.path()).await.unwrap();
    store.delete_secret("device/x/token").await.unwrap();
    store.close().await;
    assert_eq!(leaks(home.path()).unwrap(), Vec::<String>::new());
}
