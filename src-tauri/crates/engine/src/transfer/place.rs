//! Writing an export where its user wants it.

use crate::Engine;
use hubscope_model::{ClientId, Code, Error, FileHandle, Result, TextFile, WrittenFile};
use std::path::{Path, PathBuf};
use tokio::io::AsyncWriteExt;

/// A text of the page, bytes at most.
const MOST_TEXT: usize = 1024 * 1024;

/// Where an export went.
pub enum Placed {
    /// The user closed the dialog.
    Nowhere,
    File(String),
    /// The page downloads it.
    Download(String, FileHandle),
}

impl Engine {
    /// Asks for a place and writes there; a shell without dialogs gets a download.
    pub(crate) async fn place(&self, client: ClientId, name: &str, bytes: Vec<u8>) -> Result<Placed> {
        match self.clients.face(client)?.choose_place(name.to_owned()).await {
            Ok(None) => Ok(Placed::Nowhere),
            Ok(Some(path)) => {
                write(&path, &bytes).await.map_err(unwritable)?;
                let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
                Ok(Placed::File(name.unwrap_or_default()))
            }
            Err(error) if error.code == Code::NotInThisShell => {
                Ok(Placed::Download(name.to_owned(), self.hold_download(client, name.to_owned(), bytes)?))
            }
            Err(error) => Err(error),
        }
    }

    /// The same, as the page is told of it.
    pub(crate) async fn write_file(&self, client: ClientId, name: &str, bytes: Vec<u8>) -> Result<WrittenFile> {
        Ok(match self.place(client, name, bytes).await? {
            Placed::Nowhere => WrittenFile::default(),
            Placed::File(name) => WrittenFile { file_name: Some(name), download: None },
            Placed::Download(name, handle) => WrittenFile { file_name: Some(name), download: Some(handle) },
        })
    }

    pub(crate) async fn save_text(&self, client: ClientId, file: TextFile) -> Result<WrittenFile> {
        if file.text.len() > MOST_TEXT {
            return Err(Error::new(Code::FileTooLarge, "The text is larger than 1 MiB."));
        }
        self.write_file(client, &file.name, file.text.into_bytes()).await
    }
}

/// Writes beside the place and moves it there when it is whole, so that an older export is never half overwritten.
async fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut draft = path.as_os_str().to_owned();
    draft.push(format!(".{}.part", uuid::Uuid::new_v4()));
    let draft = PathBuf::from(draft);
    let written = write_new(&draft, bytes).await;
    let moved = match written {
        Ok(()) => tokio::fs::rename(&draft, path).await,
        Err(error) => Err(error),
    };
    if moved.is_err() {
        // The first error counts; what is left has a name that says what it is.
        let _ = tokio::fs::remove_file(&draft).await;
    }
    moved
}

async fn write_new(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = tokio::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    options.mode(0o600);
    let mut file = options.open(path).await?;
    file.write_all(bytes).await?;
    file.sync_all().await
}

fn unwritable(error: std::io::Error) -> Error {
    Error::new(Code::FileUnwritable, "The file could not be written.").detail(error.to_string())
}
