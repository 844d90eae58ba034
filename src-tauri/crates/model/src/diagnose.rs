//! "Diagnose": the ten steps from a host name to an echoed message, what was seen at each, why one failed, and what
//! mends it.

use crate::{Certificate, DeviceId, DiagnoseRunId, JobId, KnownRoot, MqttVersion, PacketReason, Text, TrustMode};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The steps, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DiagnoseStep {
    ResolveName,
    OpenPort,
    TlsHandshake,
    ServerChain,
    HostName,
    ClientCertificate,
    Connect,
    Subscribe,
    Publish,
    /// Our own message or the hub's answer to it comes back; the acknowledgement where a hub sends nothing back.
    Echo,
}

impl DiagnoseStep {
    /// All, in their order.
    pub const ALL: [Self; 10] = [
        Self::ResolveName,
        Self::OpenPort,
        Self::TlsHandshake,
        Self::ServerChain,
        Self::HostName,
        Self::ClientCertificate,
        Self::Connect,
        Self::Subscribe,
        Self::Publish,
        Self::Echo,
    ];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    Ok,
    Failed,
    /// A step before it failed, and without that it cannot be judged.
    NotReached,
    /// This connection has no such step.
    NotNeeded,
}

/// Why a step failed; with a step that is ok, what should be known about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DiagnoseCause {
    NameNotFound,
    ConnectionRefused,
    ConnectionTimeout,
    /// Nothing comes from this port, but 443 of the same host opens.
    PortBlocked,
    NetworkUnreachable,
    ProxyFailed,
    PortIsNotTls,
    PortWantsTls,
    /// HTTP, SSH or another protocol answers on the port.
    WrongService,
    /// A login page of the network answers in the broker's place.
    CaptivePortal,
    TlsVersion,
    /// The server wants another protocol by ALPN, or does not know the name.
    TlsRefused,
    TlsBroken,
    /// The chain ends in a root that is not trusted.
    UnknownCa,
    SelfSigned,
    /// The issuer of the last certificate was neither sent nor is it trusted.
    IncompleteChain,
    /// A trusted CA has the issuer's name and another key.
    OtherCaKey,
    CertificateExpired,
    CertificateNotYetValid,
    CertificateUnusable,
    /// Not the pinned certificate or chain.
    NotPinned,
    /// With a step that is ok: the chain ends in a root that its vendor gave up.
    RetiredRoot,
    /// Something between this machine and the hub opens TLS.
    TlsInspection,
    HostNameMismatch,
    ClientCertificateMissing,
    ClientCertificateUnknownCa,
    ClientCertificateExpired,
    ClientCertificateRefused,
    ClientKeyMismatch,
    ClientCertificateUnusable,
    VersionRefused,
    ClientIdRefused,
    CredentialRefused,
    NotAuthorised,
    ServerUnavailable,
    /// CONNACK with another code.
    Refused,
    /// The credential cannot make a CONNECT.
    CredentialUnusable,
    ClockSkew,
    ClosedBeforeConnack,
    NoConnack,
    NotMqtt,
    WebSocketRefused,
    TakenOver,
    ConnectionLost,
    SubscribeRefused,
    NoSuback,
    PublishRefused,
    NoAcknowledgement,
    NoEcho,
}

/// What a button does about a cause, the best first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "fix")]
pub enum DiagnoseFix {
    /// Trust the certificate of the chain with this SHA-256 for this hub.
    TrustCa {
        sha256: String,
    },
    /// Pin the server certificate with this SHA-256 for this hub.
    PinLeaf {
        sha256: String,
    },
    ChooseCaFile,
    /// None: nobody knows which.
    EnterHost {
        host: Option<String>,
    },
    ChangePort,
    UseWebSocket {
        port: u16,
    },
    ChangePath,
    ChangeProxy,
    TurnTlsOn,
    TurnTlsOff,
    SetClock,
    EditCredential,
    ChooseClientCertificate,
    ChangeClientId,
    ChangeVersion {
        version: MqttVersion,
    },
    /// Sign in to the network with a browser.
    SignIn,
    RunAgain,
}

/// One address that was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OpenAttempt {
    /// `address:port`.
    pub address: String,
    pub micros: u64,
    /// The system's words; None: it opened.
    pub error: Option<String>,
}

/// A certificate that a server showed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ServerCertificate {
    pub certificate: Certificate,
    /// Host names and addresses that it is for.
    pub names: Vec<String>,
    pub is_ca: bool,
    pub pem: String,
}

/// What was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "seen")]
pub enum StepEvidence {
    Addresses {
        host: String,
        addresses: Vec<String>,
        /// The name is the proxy's; the proxy resolves the broker's.
        proxy: bool,
    },
    Attempts {
        attempts: Vec<OpenAttempt>,
        proxy: Option<String>,
        /// Another port of the host that was tried because this one is silent, and whether it opens.
        other_port: Option<(u16, bool)>,
    },
    Tls {
        /// "TLS 1.3"; None: the handshake did not get so far.
        version: Option<String>,
        cipher: Option<String>,
        alpn: Option<String>,
        /// The name that was asked for.
        server_name: String,
        /// What came in the place of TLS, at most 64 characters.
        answer: Option<String>,
    },
    Chain {
        /// As sent, the server's own first.
        certificates: Vec<ServerCertificate>,
        trust: TrustMode,
        /// The root that the chain ends in, where it is a well-known one.
        root: Option<KnownRoot>,
        /// This machine's clock, Unix seconds.
        now: i64,
    },
    Names {
        expected: String,
        names: Vec<String>,
    },
    ClientCertificate {
        asked: bool,
        sent: bool,
        /// None: nothing was judged.
        accepted: Option<bool>,
        certificate: Option<Certificate>,
        /// Names of CAs that the server takes, if it says so.
        cas: Vec<String>,
    },
    Connack {
        version: MqttVersion,
        code: Option<PacketReason>,
        session_present: Option<bool>,
    },
    Subscription {
        /// Secrets masked.
        filter: String,
        granted: Option<u8>,
    },
    Publication {
        topic: String,
        qos: u8,
        /// Of the payload.
        bytes: u32,
    },
    Echo {
        topic: String,
        /// False: this hub sends nothing back, so the acknowledgement counts.
        echoes: bool,
    },
}

/// One step of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StepReport {
    pub step: DiagnoseStep,
    pub state: StepState,
    /// None: it was not done.
    pub micros: Option<u64>,
    /// A few words beside the name of the step.
    pub summary: Text,
    pub cause: Option<DiagnoseCause>,
    /// What the cause means and what to compare.
    pub explanation: Option<Text>,
    pub fixes: Vec<DiagnoseFix>,
    pub evidence: Option<StepEvidence>,
    /// The words of libraries, system and server.
    pub said: Vec<String>,
}

/// One run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DiagnoseReport {
    /// Unix microseconds.
    pub started: i64,
    pub ended: i64,
    /// `host:port`, the URL of a WebSocket, or the file of a socket.
    pub endpoint: String,
    /// It was stopped before the end.
    pub cancelled: bool,
    /// All ten.
    pub steps: Vec<StepReport>,
}

impl DiagnoseReport {
    /// The first step that failed.
    pub fn failure(&self) -> Option<&StepReport> {
        self.steps.iter().find(|step| step.state == StepState::Failed)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DiagnoseStart {
    pub device: DeviceId,
}

/// A run on its way: `job` stops it, `run` has what is known so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DiagnoseStarted {
    pub job: JobId,
    pub run: DiagnoseRunId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DiagnoseRunRef {
    pub run: DiagnoseRunId,
}

/// A run, on its way or kept with its device. Two runs are compared step by step: each has all ten, in their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DiagnoseRun {
    pub id: DiagnoseRunId,
    pub device: DeviceId,
    /// Steps that are not known yet are `not_reached`; `ended` is the time of the last step.
    pub running: bool,
    pub report: DiagnoseReport,
}

/// A run in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DiagnoseSummary {
    pub id: DiagnoseRunId,
    pub running: bool,
    /// Unix microseconds.
    pub started: i64,
    pub ended: i64,
    pub endpoint: String,
    pub cancelled: bool,
    /// The first step that failed, and why.
    pub failed: Option<(DiagnoseStep, Option<DiagnoseCause>)>,
}

/// The runs of a device, newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DiagnoseRuns {
    pub runs: Vec<DiagnoseSummary>,
}

/// A report to be copied: no secrets, and of topics only their first level. English, as bug reports are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DiagnoseText {
    pub text: String,
}
