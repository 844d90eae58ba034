//! The workspace with real files.

mod certificates;
mod deletion;
mod import;
mod migration;
mod opening;
mod planted_secret;
mod presets;
mod records;
mod secrets;
mod support;
