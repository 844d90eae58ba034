//! What each hub platform means: which forms are legal, how a credential becomes CONNECT, and what
//! a pasted address or command line says.

pub mod check;
pub mod client_id;
pub mod connect;
pub mod host;
pub mod paste;
pub mod suggest;

pub use check::{check_device, check_hub, check_subscription};
pub use client_id::generate_client_id;
pub use connect::connect_options;
pub use suggest::suggested_subscriptions;
