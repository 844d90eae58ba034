//! What goes wrong with the vault, a sealed secret or a sealed file.

use hubscope_model::{Code, Error, Text, text};

/// Why a secret could not be sealed or read back. None of the variants holds any part of a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
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
    /// The cipher or the passphrase function refused; only absurd sizes or a lack of memory do that.
    #[error("the secret could not be locked")]
    SealFailed,
    /// A passphrase guards the vault and was not entered.
    #[error("the vault is locked by a passphrase")]
    Locked,
    /// The OS store keeps the key, or shall keep it, and does not answer; the text says why.
    #[error("the vault's key cannot be reached: {0}")]
    Unreachable(Text),
    /// The stored header, which holds the key under the passphrase, is cut or changed.
    #[error("the vault's header is damaged")]
    HeaderDamaged,
    #[error("the vault's header was written by a newer version of Hubscope")]
    NewerHeader,
    #[error("the passphrase is wrong")]
    WrongPassphrase,
    /// A passphrase is in force and is asked for before it is changed.
    #[error("the passphrase in force is needed")]
    PassphraseNeeded,
    /// The passphrase is in force, but the OS store did not let go of its copy of the key.
    #[error("the system's secret store still holds the key: {0}")]
    KeyLeftBehind(Text),
    /// Not a sealed file, or a changed one.
    #[error("the file is not a sealed file of Hubscope, or is damaged")]
    NotASealedFile,
    #[error("the file was written by a newer version of Hubscope")]
    NewerFile,
}

impl From<VaultError> for Error {
    fn from(error: VaultError) -> Self {
        let unreadable = |why: Text| Error::new(Code::SecretMissing, "The stored secret cannot be read.").detail(why);
        match error {
            VaultError::OtherKey => {
                unreadable(text!("the secret was locked with a key that this machine does not have"))
                    .hint("Enter the secret again.")
            }
            VaultError::Damaged => unreadable(text!("the stored secret is damaged")).hint("Enter the secret again."),
            VaultError::NewerForm => unreadable(text!("the secret was stored by a newer version of Hubscope"))
                .hint("Open the workspace with the newer version, or enter the secret again."),
            VaultError::SealFailed => Error::new(Code::VaultUnavailable, "The secret could not be stored.")
                .detail("the secret could not be locked"),
            VaultError::Locked => {
                Error::new(Code::VaultLocked, "The vault is locked.").hint("Enter the vault's passphrase.")
            }
            VaultError::Unreachable(reason) => Error::new(Code::VaultUnavailable, "The vault's key cannot be reached.")
                .detail(reason)
                .hint("Unlock the system's secret store, then try again.")
                .retryable(),
            VaultError::HeaderDamaged => Error::new(
                Code::VaultDamaged,
                "The vault's header is damaged, so no passphrase opens the stored secrets.",
            )
            .detail("hubs, devices and messages are whole; secrets that are entered now hold until Hubscope ends")
            .hint("Put workspace.sqlite back from a copy, or set a new passphrase and enter the secrets again."),
            VaultError::NewerHeader => {
                Error::new(Code::NewerVault, "The vault was locked by a newer version of Hubscope.")
                    .hint("Open the workspace with that version.")
            }
            VaultError::WrongPassphrase => Error::new(Code::WrongPassphrase, "The passphrase is wrong."),
            VaultError::PassphraseNeeded => Error::new(Code::PassphraseNeeded, "The passphrase in force is needed."),
            VaultError::KeyLeftBehind(reason) => Error::new(
                Code::VaultUnavailable,
                "The passphrase is in force, but the system's store kept the old key.",
            )
            .detail(reason)
            .hint("Change the data key, so that the old one opens nothing."),
            VaultError::NotASealedFile => Error::new(Code::NotAnExport, "The file is not an export, or is damaged."),
            VaultError::NewerFile => Error::new(Code::NewerExport, "A newer version of Hubscope wrote this file.")
                .hint("Import it with that version."),
        }
    }
}
