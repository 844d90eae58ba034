//! What a client says first, and the files it hands over.

use crate::{FileHandle, Revisions, Settings, WorkspaceInfo};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ShellKind {
    Desktop,
    Web,
    CommandLine,
}

/// First call of a page, also after a reload: ends what an earlier page of this client owned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Hello {}

/// What a page needs before it can draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Welcome {
    pub version: String,
    pub shell: ShellKind,
    /// "linux", "macos", "windows".
    pub platform: String,
    pub workspace: WorkspaceInfo,
    pub settings: Settings,
    pub revisions: Revisions,
}

/// Why a file is asked for; decides the dialog's title and filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FilePurpose {
    CaCertificate,
    Payload,
    ClientCertificate,
    PrivateKey,
    CertificateRequest,
    Import,
}

/// A file of this client, made by the engine (a browser's export).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FileRef {
    pub file: FileHandle,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FileRequest {
    pub purpose: FilePurpose,
}

/// A file the engine holds for a client; None when the user closed the dialog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChosenFile {
    pub file: Option<HeldFile>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HeldFile {
    pub handle: FileHandle,
    pub name: String,
    pub size: u64,
}

/// A text that the page shows, to be written to a file: a certificate, a request. At most 1 MiB.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TextFile {
    /// Suggested to the user.
    pub name: String,
    pub text: String,
}

/// Where a file went: to one of this name, to a download (`file.download`), or nowhere because the dialog was closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WrittenFile {
    pub file_name: Option<String>,
    pub download: Option<FileHandle>,
}

/// A piece of a file that a page in a browser uploads. A piece is at most 1 MiB, a file at most 16 MiB.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Upload {
    pub name: String,
    pub base64: String,
    /// The upload that this piece goes on with; None begins one.
    #[serde(default)]
    pub file: Option<FileHandle>,
    /// Another piece follows; the file can be read once it is whole.
    #[serde(default)]
    pub more: bool,
}
