//! The data key in the operating system's secret store: Keychain, Credential Manager, or the Secret
//! Service of a Linux desktop.
//!
//! Every call may wait for a prompt that nobody sees, so all of it runs on a thread of its own with a
//! time limit.

use std::time::Duration;

use keyring::{Entry, Error};
use tokio::sync::oneshot;
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::key::DataKey;

/// Name of this program in the store.
const SERVICE: &str = "hubscope";
/// How long the store may take to answer.
const LIMIT: Duration = Duration::from_secs(5);

/// Loads the data key of `workspace`, or makes and keeps one. The error says in words why the store
/// cannot be used.
pub(crate) async fn data_key(workspace: Uuid) -> Result<DataKey, String> {
    let (answer, answered) = oneshot::channel();
    // A plain thread, not one of the runtime's: a store that never answers would otherwise keep the
    // runtime, and with it the process, from ending.
    let thread = std::thread::Builder::new().name("os-secret-store".into()).spawn(move || {
        // The receiver is gone when the limit passed first; then nobody wants the key.
        let _ = answer.send(load_or_make(workspace));
    });
    if let Err(e) = thread {
        return Err(format!("the secret store could not be asked: {e}"));
    }
    match tokio::time::timeout(LIMIT, answered).await {
        Ok(Ok(key)) => key,
        Ok(Err(_)) => Err("the secret store failed while it was asked".into()),
        Err(_) => Err(format!("the secret store did not answer within {} seconds", LIMIT.as_secs())),
    }
}

fn load_or_make(workspace: Uuid) -> Result<DataKey, String> {
    if let Err(e) = Entry::store_status() {
        // The library's words are long and about D-Bus: they are for the log, the short ones for the banner.
        tracing::warn!(error = words(e), "the secret store cannot be reached");
        return Err("this system has no secret store that answers".into());
    }
    probe(workspace)?;
    let entry = entry(&workspace.to_string())?;
    match read(&entry) {
        Ok(text) => DataKey::from_text(&text)
            .ok_or_else(|| "the secret store's entry for this workspace does not hold a key".into()),
        Err(Error::NoEntry) => make(&entry),
        Err(e) => Err(format!("the key could not be read from the secret store ({})", words(&e))),
    }
}

/// Writes, reads and deletes an entry. A read alone proves nothing: a store without an unlocked
/// collection answers that there is no such entry. The entry's name is new each time, so that two
/// programs that start together do not trip over each other.
fn probe(workspace: Uuid) -> Result<(), String> {
    let entry = entry(&format!("{workspace} probe {}", Uuid::new_v4()))?;
    let failed = |e: &Error| format!("the secret store is locked or takes no entries ({})", words(e));
    entry.set_password("probe").map_err(|e| failed(&e))?;
    let read = entry.get_password();
    entry.delete_credential().map_err(|e| failed(&e))?;
    match read {
        Ok(text) if text == "probe" => Ok(()),
        Ok(_) => Err("the secret store does not give back what it was given".into()),
        Err(e) => Err(failed(&e)),
    }
}

fn make(entry: &Entry) -> Result<DataKey, String> {
    let failed = |e: &Error| format!("the key could not be kept in the secret store ({})", words(e));
    let key = DataKey::generate();
    entry.set_password(&key.to_text()).map_err(|e| failed(&e))?;
    // What the store holds counts: another process may have made its key at the same moment.
    let kept = read(entry).map_err(|e| failed(&e))?;
    DataKey::from_text(&kept).ok_or_else(|| "the secret store does not give back what it was given".into())
}

fn entry(user: &str) -> Result<Entry, String> {
    Entry::new(SERVICE, user).map_err(|e| format!("this system's secret store cannot be used ({})", words(&e)))
}

fn read(entry: &Entry) -> Result<Zeroizing<String>, Error> {
    entry.get_password().map(Zeroizing::new)
}

/// An error of the store in words, without the bytes that some of its variants carry.
fn words(error: &Error) -> String {
    match error {
        Error::NoEntry => "no such entry".into(),
        Error::PlatformFailure(e) | Error::NoStorageAccess(e) => e.to_string(),
        Error::BadEncoding(_) | Error::BadDataFormat(..) => "the entry was not written by this program".into(),
        Error::Ambiguous(found) => format!("{} entries have the same name", found.len()),
        Error::NoDefaultStore => "no store is known for this system".into(),
        other => other.to_string(),
    }
}
