//! Certificates and TLS: what to trust, what a CA file holds, what a failed handshake means, and a
//! certificate authority of our own for the sandbox.

mod authority;
mod ca;
mod explain;
mod trust;

pub use authority::{Authority, ServerIdentity};
pub use ca::{Ca, read_ca};
pub use explain::explain;
pub use trust::{Trust, client_config, install_crypto_provider};
