//! The one error that crosses the wire. The page branches on `code`, never on text.

use crate::{Evidence, Hint, Text};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What went wrong, as a code that both sides know. Every code has a sentence in the UI catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The request does not have the shape of its command.
    BadRequest,
    UnknownCommand,
    /// One or more fields were refused; `fields` says which and why.
    InvalidFields,
    NotFound,
    /// A view, job or client of another client, or one that has ended.
    Gone,
    /// Another process writes this workspace; this one only reads.
    WorkspaceReadOnly,
    /// The database cannot be used; `workspace.get` says why.
    WorkspaceUnavailable,
    /// The secret store did not answer or refused.
    VaultUnavailable,
    /// A secret that the credential needs was never stored, or was stored for another run only.
    SecretMissing,
    /// The vault is locked by a passphrase; `vault.unlock` opens it.
    VaultLocked,
    /// The vault's header is damaged: nothing that it locks can be opened.
    VaultDamaged,
    /// A newer version of Hubscope locked the vault.
    NewerVault,
    WrongPassphrase,
    /// This shell cannot do that (no dialogs in a browser, no clipboard exit …).
    NotInThisShell,
    FileUnreadable,
    FileUnwritable,
    FileTooLarge,
    /// The file holds no certificate.
    NotACertificate,
    /// The file holds no private key that can be read.
    NotAPrivateKey,
    /// The key is encrypted and no passphrase came.
    PassphraseNeeded,
    /// The key does not belong to the certificate.
    KeyDoesNotMatch,
    /// Leaf first, then each issuer.
    ChainOutOfOrder,
    /// A CA certificate in the place of a device's.
    CertificateIsCa,
    /// Not a SAS token, or one with a part missing; `detail` says which.
    InvalidSasToken,
    /// A connection string with a part missing, unknown, twice or contradicting another; `detail` says which.
    InvalidConnectionString,
    /// An Event Hubs connection string where a hub's or device's belongs.
    EventHubsConnectionString,
    /// Not base64 of 16 to 64 bytes.
    InvalidKey,
    /// The SAS token's time is over.
    TokenExpired,
    TokenSuspended,
    TokenRevoked,
    /// This machine's clock and the hub's differ by more than the hub forgives.
    ClockSkew,
    /// A hub's REST API refused or failed; `detail` has its words.
    RestFailed,
    /// Not an export of Hubscope, or a damaged one.
    NotAnExport,
    /// An export of a newer version.
    NewerExport,
    HostNotFound,
    ConnectionRefused,
    ConnectionTimeout,
    NetworkUnreachable,
    /// The proxy could not be reached, does not let us through, or made no connection; `detail` says which.
    ProxyFailed,
    /// The server answered the request for a WebSocket with something else, or with another subprotocol.
    WebSocketRefused,
    /// The other side closed before it answered CONNECT.
    ClosedBeforeAnswer,
    /// A connection that was online broke.
    ConnectionLost,
    /// The broker did not answer a PING in time.
    KeepAliveTimeout,
    /// We spoke TLS, the port does not.
    PortIsNotTls,
    /// We spoke plain MQTT, the port wants TLS.
    PortWantsTls,
    TlsUnknownCa,
    TlsExpired,
    TlsNotYetValid,
    TlsNameMismatch,
    TlsClientCertificateRequired,
    TlsRefusedByPeer,
    TlsFailed,
    /// The server shows another certificate than the one that is pinned.
    TlsNotPinned,
    /// Connecting once without a check would send credentials, and nobody said that it may.
    CredentialsUnconfirmed,
    ProtocolVersionRefused,
    ClientIdRefused,
    BadUserNameOrPassword,
    NotAuthorised,
    ServerUnavailable,
    /// The server refused CONNECT for a reason without a code of its own; `detail` has it.
    Refused,
    /// Another client connected with the same client id.
    SessionTakenOver,
    /// The server closed the session with a reason (MQTT 5 DISCONNECT).
    ClosedByServer,
    PacketTooLarge,
    /// The peer broke the protocol.
    ProtocolError,
    NotConnected,
    OutboxFull,
    SubscriptionRefused,
    PublishRefused,
    InvalidTopic,
    InvalidTopicFilter,
    /// The filter text of a view cannot be read; `detail` names the place.
    InvalidFilter,
    PortInUse,
    SandboxFailed,
    NotRecognised,
    Cancelled,
    Internal,
}

/// Why a field was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    Required,
    TooLong,
    NotAHost,
    NotAPort,
    /// A host with a scheme, a path or a port in it.
    HostHasExtra,
    NotATopic,
    NotATopicFilter,
    OutOfRange,
    Duplicate,
    /// MQTT 3.1.1 allows no password without a user name.
    PasswordNeedsUserName,
    /// A session that is kept needs a client id.
    ClientIdNeeded,
    /// An id that this hub cannot have given to a device, module or registration.
    NotAnId,
    ControlCharacter,
    QosNotAllowed,
    /// The hub takes no credential of this kind.
    NotOnThisHub,
    /// Not base64 of 16 to 64 bytes.
    NotAKey,
    NotASasToken,
    CertificateNeeded,
    /// A certificate needs TLS.
    NeedsTls,
    NotAUrl,
    /// The typed name is another.
    NameDiffers,
    TooShort,
    /// The certificate's common name must be the device's (registration's) id.
    CommonNameDiffers,
    NotJson,
    /// Path and query of a URL, beginning with a slash.
    NotAPath,
    /// Lines of `Name: value`, and none of the protocol's own names.
    NotAHeader,
    /// This system has no such thing.
    NotOnThisSystem,
    /// Azure takes a will as telemetry only.
    NotATelemetryTopic,
    /// A shared subscription cannot leave out what its own client published.
    NotWhenShared,
}

/// One refused field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldProblem {
    /// The field's name in the request, dotted when nested.
    pub field: String,
    pub problem: Problem,
}

/// What a command answers when it fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    pub code: Code,
    /// One English sentence for logs and the command line; the page has its own by `code`.
    pub message: String,
    /// Evidence for the activity log: what the system or the server said.
    pub detail: Option<Box<Text>>,
    /// The next step, in words.
    pub hint: Option<Box<Text>>,
    pub retryable: bool,
    pub fields: Vec<FieldProblem>,
}

impl Error {
    /// An error with a code and a sentence; add the rest with the builder methods.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), detail: None, hint: None, retryable: false, fields: Vec::new() }
    }

    pub fn detail(mut self, detail: impl Into<Evidence>) -> Self {
        self.detail = Some(Box::new(detail.into().0));
        self
    }

    pub fn hint(mut self, hint: impl Into<Hint>) -> Self {
        self.hint = Some(Box::new(hint.into().0));
        self
    }

    /// The same call can succeed later without a change.
    pub fn retryable(mut self) -> Self {
        self.retryable = true;
        self
    }

    /// Refuses a form; `fields` must not be empty.
    pub fn fields(fields: Vec<FieldProblem>) -> Self {
        let names: Vec<_> = fields.iter().map(|f| f.field.as_str()).collect();
        let mut error = Self::new(Code::InvalidFields, format!("These fields need a change: {}.", names.join(", ")));
        error.fields = fields;
        error
    }
}

/// Result of every command.
pub type Result<T> = std::result::Result<T, Error>;
