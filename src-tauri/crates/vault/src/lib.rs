//! Secrets: kept out of sight while in memory, sealed by one data key while stored, and let out by
//! named exits only. The data key lives in the operating system's secret store or under a passphrase.

mod error;
mod exits;
mod file;
mod header;
mod key;
mod locking;
mod os_store;
mod passphrase;
mod rotation;
mod secret;
mod state;
mod vault;

pub use error::VaultError;
pub use exits::{for_connector, for_redactor, for_signing, reveal, to_clipboard, to_export, to_terminal};
pub use file::{is_sealed_file, open_file, seal_file};
pub use locking::NewPassphrase;
pub use rotation::Rotation;
pub use secret::Secret;
pub use vault::Vault;
