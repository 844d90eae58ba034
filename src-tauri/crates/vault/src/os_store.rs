//! The data key in the operating system's secret store: Keychain, Credential Manager, or the Secret
//! Service of a Linux desktop.
//!
//! Every call may wait for a prompt that nobody sees, so all of it runs on a thread of its own with a
//! time limit.

use std::sync::Arc;
use std::time::Duration;

#[cfg(target_os = "macos")]
use apple_native_keyring_store::keychain::Store;
use hubscope_model::{Text, text};
use keyring::{Entry, Error};
use keyring_core::api::CredentialStoreApi;
use parking_lot::Mutex;
use tokio::sync::oneshot;
use uuid::Uuid;
#[cfg(windows)]
use windows_native_keyring_store::Store;
#[cfg(all(unix, not(target_os = "macos")))]
use zbus_secret_service_keyring_store::Store;
use zeroize::Zeroizing;

use crate::key::DataKey;

/// Name of this program in the store.
const SERVICE: &str = "hubscope";
/// How long the store may take to answer.
const LIMIT: Duration = Duration::from_secs(5);
/// One call at a time: one that comes late must not undo what a later one did.
static TURN: Mutex<()> = Mutex::new(());

/// Which key of a workspace an entry holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slot {
    /// The key in force.
    Current,
    /// The key that a rotation is about to put in force.
    Next,
}

impl Slot {
    fn entry(self, store: &Store, workspace: Uuid) -> Result<Entry, Text> {
        match self {
            Self::Current => entry(store, &workspace.to_string()),
            Self::Next => entry(store, &format!("{workspace} next")),
        }
    }
}

/// What the store holds for a workspace.
pub(crate) struct Found {
    pub(crate) current: DataKey,
    /// Left by a rotation that did not end.
    pub(crate) next: Option<DataKey>,
}

/// Loads the data key of `workspace`, or makes and keeps one. The error says in words why the store
/// cannot be used.
pub(crate) async fn load_or_make(workspace: Uuid) -> Result<Found, Text> {
    ask(move || {
        let store = usable(workspace)?;
        let current = Slot::Current.entry(&store, workspace)?;
        let current = match read(&current) {
            Ok(text) => DataKey::from_text(&text)
                .ok_or_else(|| text!("the secret store's entry for this workspace does not hold a key"))?,
            Err(Error::NoEntry) => make(&current)?,
            Err(e) => return Err(text!("the key could not be read from the secret store ({why})", why = words(&e))),
        };
        let next = match read(&Slot::Next.entry(&store, workspace)?) {
            Ok(text) => DataKey::from_text(&text),
            Err(Error::NoEntry) => None,
            Err(e) => return Err(text!("the key could not be read from the secret store ({why})", why = words(&e))),
        };
        Ok(Found { current, next })
    })
    .await
}

/// Keeps keys in these places, in this order; each is read back.
pub(crate) async fn keep(workspace: Uuid, keys: Vec<(Slot, Zeroizing<String>)>) -> Result<(), Text> {
    ask(move || {
        let store = usable(workspace)?;
        for (slot, text) in keys {
            let entry = slot.entry(&store, workspace)?;
            let failed = |e: &Error| text!("the key could not be kept in the secret store ({why})", why = words(e));
            entry.set_password(&text).map_err(|e| failed(&e))?;
            if *read(&entry).map_err(|e| failed(&e))? != *text {
                return Err(text!("the secret store does not give back what it was given"));
            }
        }
        Ok(())
    })
    .await
}

/// Removes keys, in this order. One that is not there is no error.
pub(crate) async fn forget(workspace: Uuid, slots: &'static [Slot]) -> Result<(), Text> {
    ask(move || {
        let store = connect()?;
        for slot in slots {
            match slot.entry(&store, workspace)?.delete_credential() {
                Ok(()) | Err(Error::NoEntry) => {}
                Err(e) => {
                    return Err(text!("the key could not be removed from the secret store ({why})", why = words(&e)));
                }
            }
        }
        Ok(())
    })
    .await
}

async fn ask<T: Send + 'static>(work: impl FnOnce() -> Result<T, Text> + Send + 'static) -> Result<T, Text> {
    let (answer, answered) = oneshot::channel();
    // A plain thread, not one of the runtime's: a store that never answers would otherwise keep the
    // runtime, and with it the process, from ending.
    let thread = std::thread::Builder::new().name("os-secret-store".into()).spawn(move || {
        let _turn = TURN.lock();
        // The receiver is gone when the limit passed first; then nobody wants the answer.
        let _ = answer.send(work());
    });
    if let Err(e) = thread {
        return Err(text!("the secret store could not be asked: {why}", why = e.to_string()));
    }
    match tokio::time::timeout(LIMIT, answered).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) => Err(text!("the secret store failed while it was asked")),
        Err(_) => Err(text!("the secret store did not answer within {seconds} seconds", seconds = LIMIT.as_secs())),
    }
}

/// A store that takes and gives back an entry.
fn usable(workspace: Uuid) -> Result<Arc<Store>, Text> {
    let store = connect()?;
    probe(&store, workspace)?;
    Ok(store)
}

/// A new connection to the store. `keyring` alone makes one for the whole run, and one that failed would fail for good.
fn connect() -> Result<Arc<Store>, Text> {
    Store::new().map_err(|e| {
        // The library's words are long and about D-Bus: they are for the log, the short ones for the banner.
        tracing::warn!(error = %words(&e), "the secret store cannot be reached");
        text!("this system has no secret store that answers")
    })
}

/// Writes, reads and deletes an entry. A read alone proves nothing: a store without an unlocked
/// collection answers that there is no such entry. The entry's name is new each time, so that two
/// programs that start together do not trip over each other.
fn probe(store: &Store, workspace: Uuid) -> Result<(), Text> {
    let entry = entry(store, &format!("{workspace} probe {}", Uuid::new_v4()))?;
    let failed = |e: &Error| text!("the secret store is locked or takes no entries ({why})", why = words(e));
    entry.set_password("probe").map_err(|e| failed(&e))?;
    let read = entry.get_password();
    entry.delete_credential().map_err(|e| failed(&e))?;
    match read {
        Ok(text) if text == "probe" => Ok(()),
        Ok(_) => Err(text!("the secret store does not give back what it was given")),
        Err(e) => Err(failed(&e)),
    }
}

fn make(entry: &Entry) -> Result<DataKey, Text> {
    let failed = |e: &Error| text!("the key could not be kept in the secret store ({why})", why = words(e));
    let key = DataKey::generate();
    entry.set_password(&key.to_text()).map_err(|e| failed(&e))?;
    // What the store holds counts: another process may have made its key at the same moment.
    let kept = read(entry).map_err(|e| failed(&e))?;
    DataKey::from_text(&kept).ok_or_else(|| text!("the secret store does not give back what it was given"))
}

fn entry(store: &Store, user: &str) -> Result<Entry, Text> {
    let inner = store.build(SERVICE, user, None);
    inner
        .map(|inner| Entry { inner })
        .map_err(|e| text!("this system's secret store cannot be used ({why})", why = words(&e)))
}

fn read(entry: &Entry) -> Result<Zeroizing<String>, Error> {
    entry.get_password().map(Zeroizing::new)
}

/// An error of the store in words, without the bytes that some of its variants carry.
fn words(error: &Error) -> Text {
    match error {
        Error::NoEntry => text!("no such entry"),
        Error::PlatformFailure(e) | Error::NoStorageAccess(e) => Text::verbatim(e.to_string()),
        Error::BadEncoding(_) | Error::BadDataFormat(..) => text!("the entry was not written by this program"),
        Error::Ambiguous(found) => text!("{count} entries have the same name", count = found.len()),
        Error::NoDefaultStore => text!("no store is known for this system"),
        other => Text::verbatim(other.to_string()),
    }
}
