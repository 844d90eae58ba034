//! Certificates and TLS: what to trust, what certificate and key files hold, what a failed handshake means, and a
//! certificate authority of our own for the sandbox.

mod asking;
mod authority;
mod ca;
mod certificate;
mod explain;
mod identity;
mod name;
mod pem_text;
mod private_key;
mod server_chain;
mod trust;

pub use asking::verify_chain;
pub use authority::{Authority, Issued, ServerIdentity, self_signed_device};
pub use ca::{Ca, read_ca};
pub use certificate::{common_name, describe, sha1_thumbprint, sha256_thumbprint, thingsboard_id};
pub use explain::explain;
pub use identity::{ClientIdentity, Identity, read_chain, read_identity};
pub use server_chain::{ChainProblem, HandshakeRecord, Shown, chain_end, recorded_handshake};
pub use trust::{Trust, client_config, install_crypto_provider};
