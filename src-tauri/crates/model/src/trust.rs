//! Whom a hub's server is trusted by: the same for MQTT and for the hub's REST API. Nothing here turns the check off.

use crate::{HubDraft, HubId, PemSource, ServerCertificate, Text};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a hub's server is judged. Signatures of the handshake are checked in every mode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TrustMode {
    /// What the operating system trusts.
    #[default]
    System,
    /// That, and the hub's own CAs.
    SystemAndCa,
    /// The hub's own CAs alone.
    CaOnly,
    /// The server's own certificate is one of these, byte for byte. Its name, its dates and its issuers do not count.
    PinnedLeaf,
    /// The server sends exactly these certificates, in this order. Names and dates do not count.
    PinnedChain,
}

/// A certificate that a hub's trust is made of; its PEM is stored beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TrustedCertificate {
    /// Upper-case hex without colons.
    pub sha256: String,
    /// RFC 4514 text.
    pub subject: String,
    pub common_name: Option<String>,
    /// Unix seconds.
    pub not_after: i64,
    /// Name of the file that it came from, or `host:port` of the server that showed it.
    pub source: String,
}

/// A hub's trust as stored and shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HubTrust {
    pub mode: TrustMode,
    /// Empty for [`TrustMode::System`] alone; in order of the chain for [`TrustMode::PinnedChain`].
    pub certificates: Vec<TrustedCertificate>,
}

/// What a form does with the trust of a hub that is saved.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "change")]
pub enum TrustDraft {
    Keep,
    /// `{ mode: "system" }` alone is the system's roots.
    Set {
        mode: TrustMode,
        /// SHA-256 of those that are stored with the hub and stay.
        #[serde(default)]
        kept: Vec<String>,
        /// Files or PEM text, each with one certificate or several.
        #[serde(default)]
        added: Vec<PemSource>,
    },
    /// The one that a preset of the user was saved with.
    Preset {
        preset: String,
    },
}

/// Why a server's chain is not trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChainProblem {
    /// It ends in a root that is not trusted.
    UnknownCa,
    SelfSigned,
    /// The last issuer was neither sent nor is it trusted.
    IssuerMissing,
    /// A trusted CA has the issuer's name and another key.
    OtherKey,
    Expired,
    NotYetValid,
    /// Not what is pinned.
    NotPinned,
    /// Revoked, damaged, not for servers, signed in an old way …
    Unusable,
}

/// A root that hubs are documented to use, or used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KnownRoot {
    /// As its vendor calls it.
    pub name: String,
    /// Who uses it, and since or until when.
    pub words: Text,
    /// No hub should show it any more.
    pub retired: bool,
}

/// Whose chain is fetched.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "of")]
pub enum ChainRequest {
    Hub {
        hub: HubId,
    },
    /// A form as it stands, saved or not; its trust judges.
    Form {
        hub: Box<HubDraft>,
    },
}

/// The chain that a server shows on a connection that sends nothing, and what the hub's trust makes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FetchedChain {
    /// `host:port`, or the URL of a WebSocket.
    pub endpoint: String,
    /// As sent, the server's own first.
    pub certificates: Vec<ServerCertificate>,
    /// Chain and name.
    pub trusted: bool,
    /// None: the chain is trusted; the name may still be another.
    pub problem: Option<ChainProblem>,
    /// In words, with what to compare. None: it is trusted.
    pub explanation: Option<Text>,
    pub name_matches: bool,
    /// What the name was compared with.
    pub expected: String,
    /// The root that the chain ends in, where it is a well-known one.
    pub root: Option<KnownRoot>,
    /// The verifier's words.
    pub said: Option<String>,
    /// This machine's clock, Unix seconds.
    pub now: i64,
}

/// As what a certificate is trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TrustHow {
    /// A CA (or a server that signed itself) beside what is trusted: system roots become system and own CA. On a pinned
    /// hub only the CA is trusted from then on.
    Ca,
    /// Exactly this server certificate; beside those that are pinned already, so that a renewal can be prepared.
    PinLeaf,
    /// Exactly this chain, in the place of what was trusted.
    PinChain,
}

/// Trusts certificates for one hub, saved at once.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct TrustAdd {
    pub hub: HubId,
    pub how: TrustHow,
    /// A file, or the PEM of [`ServerCertificate`]s that were fetched (the server's own first).
    pub from: PemSource,
}

/// Trusts a certificate no longer. With the last one the hub is back to the system's roots; a pinned chain goes whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TrustRemove {
    pub hub: HubId,
    pub sha256: String,
}
