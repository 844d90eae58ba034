//! What each hub platform means: which forms are legal, how a credential becomes CONNECT, and what
//! a pasted address or command line says.

pub mod aws;
pub mod azure;
pub mod broker_test;
mod check;
mod client_id;
pub mod clock;
mod connect;
pub mod diagnose;
pub mod foreign;
mod headers;
pub mod host;
mod http;
pub mod kaa;
mod limits;
mod line;
mod message;
pub mod paste;
mod presets;
mod preview;
mod reach;
mod refusal;
mod suggest;
mod system_proxy;
pub mod thingsboard;
mod topics;

pub use check::{
    check_address, check_device, check_folder, check_hub, check_preset, check_saved_message, check_subscription,
};
pub use client_id::generate_client_id;
pub use connect::{Secrets, connect_options};
pub use limits::{default_options, options_in_force};
pub use message::{payload, publish_properties, subscription};
pub use presets::presets;
pub use preview::preview;
pub use reach::{endpoint, proxy, reach, through};
pub use refusal::explain_refusal;
pub use suggest::{first_subscriptions, suggested_subscriptions};
pub use system_proxy::ProxyVariables;
pub use topics::{expand_topic, fold_topic, topic_secrets};
