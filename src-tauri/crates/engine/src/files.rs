//! Files that a dialog or an upload handed over. The page holds a number, never a path.

use crate::Engine;
use hubscope_model::{ChosenFile, ClientId, Code, Error, FileHandle, FileRequest, HeldFile, Result, Upload};
use std::collections::VecDeque;
use std::path::PathBuf;

/// Files one client holds; the oldest goes first.
const MAX_FILES: usize = 16;
/// Certificates and payloads are far smaller.
pub const MAX_FILE_BYTES: u64 = 16 * 1024 * 1024;
/// Largest piece of an upload, in bytes: it fits the socket's frame.
const MAX_PIECE_BYTES: usize = 1024 * 1024;
/// Bytes that one client holds in memory; the oldest file goes first.
const MAX_HELD_BYTES: usize = 48 * 1024 * 1024;

#[derive(Clone)]
enum Content {
    Path(PathBuf),
    Bytes(Vec<u8>),
    /// An upload that is not whole yet.
    Growing(Vec<u8>),
}

impl Content {
    fn in_memory(&self) -> usize {
        match self {
            Self::Path(_) => 0,
            Self::Bytes(bytes) | Self::Growing(bytes) => bytes.len(),
        }
    }
}

/// The files of one client.
#[derive(Default)]
pub struct HeldFiles {
    next: u32,
    files: VecDeque<(FileHandle, String, Content)>,
}

impl HeldFiles {
    fn hold(&mut self, name: String, content: Content) -> FileHandle {
        let handle = FileHandle(self.next);
        self.next += 1;
        if self.files.len() == MAX_FILES {
            self.files.pop_front();
        }
        self.files.push_back((handle, name, content));
        self.make_room();
        handle
    }

    /// The newest stays in any case: alone it is within the bound of a file.
    fn make_room(&mut self) {
        while self.files.len() > 1
            && self.files.iter().map(|(_, _, content)| content.in_memory()).sum::<usize>() > MAX_HELD_BYTES
        {
            self.files.pop_front();
        }
    }

    /// Appends a piece to an upload, and answers its name and size. One that would be too large is dropped.
    fn grow(&mut self, handle: FileHandle, piece: &[u8], more: bool) -> Result<(String, u64)> {
        // To the end, so that it is the newest when room is made.
        let place =
            self.files.iter().position(|(held, _, content)| *held == handle && matches!(content, Content::Growing(_)));
        let Some((_, name, Content::Growing(mut bytes))) = place.and_then(|place| self.files.remove(place)) else {
            return Err(gone().hint("Choose the file again."));
        };
        let size = (bytes.len() + piece.len()) as u64;
        if size > MAX_FILE_BYTES {
            return Err(too_large(MAX_FILE_BYTES));
        }
        bytes.extend_from_slice(piece);
        let content = if more { Content::Growing(bytes) } else { Content::Bytes(bytes) };
        self.files.push_back((handle, name.clone(), content));
        self.make_room();
        Ok((name, size))
    }
}

impl Engine {
    pub(crate) async fn choose_file(&self, client: ClientId, request: FileRequest) -> Result<ChosenFile> {
        let face = self.clients.face(client)?;
        let Some(path) = face.choose_file(request.purpose).await? else {
            return Ok(ChosenFile { file: None });
        };
        let size = tokio::fs::metadata(&path).await.map_err(unreadable)?.len();
        if size > MAX_FILE_BYTES {
            return Err(too_large(MAX_FILE_BYTES));
        }
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let handle = self.clients.with(client, |client| client.files.hold(name.clone(), Content::Path(path)))?;
        Ok(ChosenFile { file: Some(HeldFile { handle, name, size }) })
    }

    pub(crate) fn upload_file(&self, client: ClientId, upload: Upload) -> Result<HeldFile> {
        use base64::Engine as _;
        if upload.base64.len() > MAX_PIECE_BYTES / 3 * 4 + 4 {
            return Err(too_large(MAX_PIECE_BYTES as u64).hint("Send it in pieces."));
        }
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(&upload.base64)
            .map_err(|error| Error::new(Code::BadRequest, "The upload is not base64.").detail(error.to_string()))?;
        let Upload { name, file, more, .. } = upload;
        self.clients.with(client, |client| match file {
            Some(handle) => {
                let (name, size) = client.files.grow(handle, &bytes, more)?;
                Ok(HeldFile { handle, name, size })
            }
            None => {
                let size = bytes.len() as u64;
                let content = if more { Content::Growing(bytes) } else { Content::Bytes(bytes) };
                Ok(HeldFile { handle: client.files.hold(name.clone(), content), name, size })
            }
        })?
    }

    /// Holds bytes that the engine made, until the page downloads them.
    pub(crate) fn hold_download(&self, client: ClientId, name: String, bytes: Vec<u8>) -> Result<FileHandle> {
        self.clients.with(client, |client| client.files.hold(name, Content::Bytes(bytes)))
    }

    /// The bytes of a held file, which is held no longer. Files of the user's disk stay where they are.
    pub(crate) fn download(&self, client: ClientId, handle: FileHandle) -> Result<Vec<u8>> {
        let taken = self.clients.with(client, |client| {
            let files = &mut client.files.files;
            let place =
                files.iter().position(|(held, _, content)| *held == handle && matches!(content, Content::Bytes(_)))?;
            files.remove(place)
        })?;
        match taken {
            Some((_, _, Content::Bytes(bytes))) => Ok(bytes),
            _ => Err(gone().hint("Export again.")),
        }
    }

    /// Name and bytes of a held file.
    pub(crate) async fn read_file(&self, client: ClientId, handle: FileHandle) -> Result<(String, Vec<u8>)> {
        let found = self.clients.with(client, |client| {
            let held = client.files.files.iter().find(|(held, ..)| *held == handle);
            held.map(|(_, name, content)| (name.clone(), content.clone()))
        })?;
        match found {
            None => Err(gone().hint("Choose the file again.")),
            Some((_, Content::Growing(_))) => {
                Err(Error::new(Code::BadRequest, "That file is not here as a whole yet."))
            }
            Some((name, Content::Bytes(bytes))) => Ok((name, bytes)),
            Some((name, Content::Path(path))) => {
                // The file may have grown since it was chosen, so the bound is on what is read.
                use tokio::io::AsyncReadExt;
                let mut bytes = Vec::new();
                let file = tokio::fs::File::open(&path).await.map_err(unreadable)?;
                file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).await.map_err(unreadable)?;
                match bytes.len() as u64 > MAX_FILE_BYTES {
                    true => Err(too_large(MAX_FILE_BYTES)),
                    false => Ok((name, bytes)),
                }
            }
        }
    }
}

fn gone() -> Error {
    Error::new(Code::Gone, "That file is no longer held.")
}

fn unreadable(error: std::io::Error) -> Error {
    Error::new(Code::FileUnreadable, "The file could not be read.").detail(error.to_string())
}

fn too_large(limit: u64) -> Error {
    Error::new(Code::FileTooLarge, format!("The file is larger than {} MiB.", limit / 1024 / 1024))
}
