//! The engine seen by a page: calls by name, ticks through a face.

mod certificates;
mod clients;
#[cfg(target_os = "linux")]
mod moving;
mod page;
mod secrets;
mod sessions;
mod settings;
mod ticks;
mod transfer;
mod undo;
mod vault;
