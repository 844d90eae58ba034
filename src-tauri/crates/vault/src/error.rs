//! What goes wrong with a sealed secret.

use hubscope_model::{Code, Error};

/// Why a secret could not be sealed or read back. None of the variants holds any part of a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// Sealed by another data key: the OS store lost the key, or the workspace came from another machine.
    #[error("the secret was locked with a key that this machine does not have")]
    OtherKey,
    /// Cut, changed, or moved from another row.
    #[error("the stored secret is damaged")]
    Damaged,
    /// Sealed in a form that a newer version of Hubscope introduced.
    #[error("the secret was stored by a newer version of Hubscope")]
    NewerForm,
    /// The cipher refused to seal; only a text beyond its length limit (256 GiB) does that.
    #[error("the secret could not be locked")]
    SealFailed,
}

impl From<VaultError> for Error {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::OtherKey | VaultError::Damaged => {
                Error::new(Code::SecretMissing, "The stored secret cannot be read.")
                    .detail(error.to_string())
                    .hint("Enter the secret again.")
            }
            VaultError::NewerForm => Error::new(Code::SecretMissing, "The stored secret cannot be read.")
                .detail(error.to_string())
                .hint("Open the workspace with the newer version, or enter the secret again."),
            VaultError::SealFailed => {
                Error::new(Code::VaultUnavailable, "The secret could not be stored.").detail(error.to_string())
            }
        }
    }
}
