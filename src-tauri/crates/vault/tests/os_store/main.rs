//! The vault with a real Secret Service (gnome-keyring on a D-Bus session of its own), with none,
//! with a locked one, and with one that never answers.
//!
//! A session is an environment of a process, so each test starts this program again inside one; the
//! part that runs there is an ignored test with a role to play.
#![cfg(target_os = "linux")]

mod levels;
mod rotation;
mod session;
