//! Sealed secrets as a whole: listed, and replaced together with the vault's header.

use hubscope_store::{Store, StoreError};

fn rows(pairs: &[(&str, &[u8])]) -> Vec<(String, Vec<u8>)> {
    pairs.iter().map(|(row, sealed)| ((*row).to_owned(), sealed.to_vec())).collect()
}

#[tokio::test]
async fn a_rotation_replaces_rows_and_header_together() {
    let home = tempfile::tempdir().unwrap();
    let store = Store::open(home.path()).await.unwrap();
    assert_eq!(store.secret_rows().await.unwrap(), []);
    for (row, sealed) in rows(&[("device/b/token", b"old b"), ("device/a/token", b"old a"), ("hub/c/x", b"old c")]) {
        store.put_secret(&row, &sealed).await.unwrap();
    }
    store.delete_secret("hub/c/x").await.unwrap();
    let new = rows(&[("device/a/token", b"new a"), ("hub/c/x", b"new c")]);
    store.replace_secrets(&new, Some("header")).await.unwrap();
    let expected = rows(&[("device/a/token", b"new a"), ("device/b/token", b"old b")]);
    assert_eq!(store.secret_rows().await.unwrap(), expected, "a row that is gone stays gone");
    assert_eq!(store.vault_header().await.unwrap().as_deref(), Some("header"));

    store.close().await;
    let store = Store::open(home.path()).await.unwrap();
    assert_eq!(store.secret_rows().await.unwrap(), expected);
    store.set_vault_header(Some("another")).await.unwrap();
    assert_eq!(store.vault_header().await.unwrap().as_deref(), Some("another"));
    store.set_vault_header(None).await.unwrap();
    assert_eq!(store.vault_header().await.unwrap(), None);
    assert_eq!(store.secret_rows().await.unwrap(), expected);
}

#[tokio::test]
async fn a_reader_cannot_replace() {
    let home = tempfile::tempdir().unwrap();
    let writer = Store::open(home.path()).await.unwrap();
    writer.set_vault_header(Some("header")).await.unwrap();
    let reader = Store::open(home.path()).await.unwrap();
    assert_eq!(reader.vault_header().await.unwrap().as_deref(), Some("header"));
    assert!(matches!(reader.replace_secrets(&[], None).await, Err(StoreError::ReadOnly { .. })));
    assert!(matches!(reader.set_vault_header(None).await, Err(StoreError::ReadOnly { .. })));
    assert_eq!(writer.vault_header().await.unwrap().as_deref(), Some("header"));
}
