//! The workspace database: hubs, devices, subscriptions, settings, and secrets as the vault sealed
//! them. One process writes at a time; a damaged or newer file is reported and left as it is.

mod database;
mod devices;
mod error;
mod hubs;
mod inspect;
mod lock;
mod purge;
mod secrets;
mod settings;
mod store;
mod subscriptions;

pub use devices::{DeviceRecord, StoredCredential};
pub use error::{OpenError, StoreError};
pub use hubs::HubRecord;
pub use store::Store;
