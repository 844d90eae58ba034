//! The list of certificates: own CAs, devices' certificates and what hubs trust, each once.

use crate::{
    Certificate, CertificateFacts, CertificateRequest, DeviceId, HubId, PossessionState, RevocationReason, Text,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Which certificate is meant: by its SHA-256, upper-case hex without colons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CertificateRef {
    pub sha256: String,
}

/// Several certificates, by their SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CertificateRefs {
    pub certificates: Vec<String>,
}

/// What a certificate is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CertificateRole {
    /// A CA of one's own that signed itself.
    Root,
    /// A CA of one's own below another.
    Issuing,
    /// A client certificate.
    Device,
    /// Trusted by a hub's form, to recognise its server. It is changed there.
    Server,
}

/// What a hub has to do with a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CertificateHub {
    pub hub: HubId,
    /// The hub's form trusts it, to recognise the server.
    pub trusts: bool,
    /// How far the proof that its key is here has come at the hub.
    pub possession: Option<Possession>,
}

/// The state of a proof of possession, since when (Unix seconds).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Possession {
    pub state: PossessionState,
    pub at: i64,
}

/// A revoked certificate, since when (Unix seconds).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Revocation {
    pub at: i64,
    pub reason: RevocationReason,
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CertificateEntry {
    pub certificate: Certificate,
    pub role: CertificateRole,
    /// SHA-256 of the CA that issued it, when that is in the list; None for what signed itself. Of a CA that was renewed
    /// it is the newest certificate, also for what was issued under an older one.
    pub issued_by: Option<String>,
    /// Its private key is stored here.
    pub has_key: bool,
    /// `certificate.renew` can replace it: the CA that issued it is here with its key, and so is the key of an own CA.
    pub renewable: bool,
    /// Devices that connect with it; they lose their credential when it is deleted.
    pub devices: Vec<DeviceId>,
    pub hubs: Vec<CertificateHub>,
    pub revoked: Option<Revocation>,
    /// SHA-256 of the one that took its place.
    pub replaced_by: Option<String>,
}

/// The list, and the requests whose certificates are still to come. Oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CertificateList {
    pub entries: Vec<CertificateEntry>,
    pub requests: Vec<CertificateRequest>,
}

/// A certificate of a chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ChainLink {
    pub facts: CertificateFacts,
    pub pem: String,
    /// It has a row of its own in the list.
    pub listed: bool,
}

/// All about one certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CertificateDetail {
    pub entry: CertificateEntry,
    pub facts: CertificateFacts,
    pub pem: String,
    /// From the highest known issuer down to the certificate itself.
    pub chain: Vec<ChainLink>,
    /// SHA-256 of those in the list that it issued, oldest first.
    pub issued: Vec<String>,
    /// What keeps it from being used, or may: of a device's certificate.
    pub remarks: Vec<Text>,
    /// Number of the latest revocation list of an own CA; 0: none was made.
    pub revocation_list: u32,
    /// Newest last; the latest 200 are kept.
    pub events: Vec<CertificateEvent>,
}

/// Something that was done with a certificate. Time in Unix seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CertificateEvent {
    pub at: i64,
    #[serde(flatten)]
    pub what: CertificateHappening,
}

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum CertificateHappening {
    /// Made here, by the CA in `issued_by` or by itself.
    Created,
    Imported,
    /// This CA issued `count` certificates at once, `common_name` the first of them.
    Issued {
        common_name: String,
        count: u32,
        days: u32,
    },
    /// It took the place of the certificate `sha256`.
    Renewed {
        sha256: String,
    },
    /// The certificate `sha256` took its place.
    Replaced {
        sha256: String,
    },
    /// It became the client certificate of a device, by its name of then.
    Given {
        device: String,
    },
    Exported {
        form: crate::CertificateForm,
    },
    Revoked {
        reason: RevocationReason,
    },
    RevocationUndone,
    /// This CA's revocation list of that number was written.
    ListWritten {
        number: u32,
    },
    /// This CA signed a hub's verification code.
    CodeSigned {
        hub: Option<HubId>,
    },
    /// A proof of possession was noted; None: the note was removed.
    PossessionMarked {
        hub: HubId,
        state: Option<PossessionState>,
    },
}
