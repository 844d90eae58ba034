//! Certificates and TLS: what to trust, what certificate and key files hold, what a failed handshake means, and a
//! certificate authority of one's own: for the sandbox, and for devices in the field.

mod asking;
mod authority;
mod batch;
mod ca;
mod certificate;
mod explain;
mod identity;
mod import;
mod inspect;
mod key_kind;
mod name;
mod own_ca;
mod pem_text;
mod pkcs12;
mod possession;
mod private_key;
mod profile;
mod remarks;
mod request;
mod revocation;
mod sealed_key;
mod serial;
mod server_chain;
mod signature;
mod trust;

pub use asking::verify_chain;
pub use authority::{Authority, Issued, ServerIdentity, self_signed_device};
pub use batch::NewDevice;
pub use ca::{Ca, read_ca};
pub use certificate::{common_name, describe, sha1_thumbprint, sha256_thumbprint, thingsboard_id};
pub use explain::explain;
pub use identity::{ClientIdentity, Identity, read_chain, read_identity};
pub use import::{Imported, read_import};
pub use inspect::{inspect, inspect_chain};
pub use own_ca::{OwnCa, Signed, new_root};
pub use pkcs12::write_pkcs12;
pub use possession::verify_possession;
pub use profile::MOST_DAYS;
pub use remarks::{authority_remarks, remarks};
pub use request::{NewRequest, Request, new_request, read_request};
pub use revocation::Revoked;
pub use sealed_key::seal_key;
pub use serial::Serial;
pub use server_chain::{ChainProblem, HandshakeRecord, Shown, chain_end, recorded_handshake};
pub use trust::{Trust, client_config, install_crypto_provider};
