//! Why a workspace cannot be opened, and what goes wrong in an open one.

use hubscope_model::{Code, Error, text};

/// Why a workspace was not opened. The file is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Made by a newer version of Hubscope.
    #[error("the workspace has version {found}, this program knows {known}")]
    Newer { found: u32, known: u32 },
    /// Not a database, cut short, or inconsistent; the text says what SQLite found.
    #[error("the workspace is damaged: {0}")]
    Damaged(String),
    /// Rights, a full disk, a foreign lock, or a file of another program.
    #[error("the workspace cannot be used: {0}")]
    Unusable(String),
}

/// What goes wrong in an open workspace.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Another process writes; this one only reads.
    #[error("the workspace is being written by {holder}")]
    ReadOnly { holder: String },
    /// No such hub, device or subscription, or it was deleted.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// A row holds what this version cannot have written.
    #[error("the workspace is damaged: {0}")]
    Damaged(String),
    /// The database refused: disk full, file gone, closed.
    #[error("the workspace cannot be used: {0}")]
    Unavailable(String),
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::ReadOnly { holder } => {
                Error::new(Code::WorkspaceReadOnly, "Another program has this workspace open.")
                    .detail(text!("It is held by {holder}.", holder))
                    .hint("Close the other program, then start this one again.")
            }
            StoreError::NotFound(what) => Error::new(Code::NotFound, format!("This {what} no longer exists.")),
            StoreError::Damaged(detail) => Error::new(Code::WorkspaceUnavailable, "The workspace is damaged.")
                .detail(detail)
                .hint("Restore the workspace file from a backup."),
            StoreError::Unavailable(detail) => Error::new(Code::WorkspaceUnavailable, "The workspace cannot be used.")
                .detail(detail)
                .hint("Check that the disk has room and that the file may be written."),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match (&error, result_code(&error)) {
            (sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_), _) | (_, Some(CORRUPT | NOT_A_DATABASE)) => {
                Self::Damaged(error.to_string())
            }
            _ => Self::Unavailable(error.to_string()),
        }
    }
}

impl From<sqlx::Error> for OpenError {
    fn from(error: sqlx::Error) -> Self {
        StoreError::from(error).into()
    }
}

impl From<StoreError> for OpenError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Damaged(detail) => Self::Damaged(detail),
            StoreError::Unavailable(detail) => Self::Unusable(detail),
            other => Self::Unusable(other.to_string()),
        }
    }
}

/// SQLITE_CORRUPT and SQLITE_NOTADB (sqlite.org/rescode.html).
const CORRUPT: u32 = 11;
const NOT_A_DATABASE: u32 = 26;

/// The primary result code of SQLite, without the extension in its upper bits.
fn result_code(error: &sqlx::Error) -> Option<u32> {
    let code: u32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xff)
}
