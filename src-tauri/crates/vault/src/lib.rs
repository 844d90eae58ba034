//! Secrets: kept out of sight while in memory, sealed by one data key while stored, and let out by
//! named exits only. The data key lives in the operating system's secret store.

mod error;
mod exits;
mod key;
mod os_store;
mod secret;
mod vault;

pub use error::VaultError;
pub use exits::{for_connector, for_redactor};
pub use secret::Secret;
pub use vault::Vault;
