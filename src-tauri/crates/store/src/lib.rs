//! The workspace database: hubs and devices with the tree around them, subscriptions, presets, messages, drafts,
//! certificates, settings, what was seen of credentials, runs of "Diagnose", and secrets as the vault sealed them. One
//! process writes at a time; a damaged or newer file is reported and left as it is.

mod certificate_deletion;
mod certificate_events;
mod certificate_requests;
mod certificates;
mod database;
mod deletion;
mod desk;
mod devices;
mod diagnoses;
mod drafts;
mod error;
mod folders;
mod hubs;
mod import;
mod inspect;
mod json;
mod lock;
mod newest;
mod presets;
mod publishes;
mod purge;
mod secrets;
mod settings;
mod store;
mod subscriptions;
mod token_events;
mod trust;

pub use certificate_deletion::LostCertificate;
pub use certificate_events::PossessionRecord;
pub use certificates::{CertificateChange, CertificateRecord};
pub use deletion::Deletion;
pub use devices::{DeviceRecord, StoredCertificate};
pub use error::{OpenError, StoreError};
pub use hubs::HubRecord;
pub use import::Import;
pub use presets::PresetRecord;
pub use store::Store;
