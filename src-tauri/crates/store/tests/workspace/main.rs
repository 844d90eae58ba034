//! The workspace with real files.

mod deletion;
mod opening;
mod planted_secret;
mod records;
mod support;
