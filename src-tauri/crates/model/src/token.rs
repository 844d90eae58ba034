//! SAS tokens, and the state of every credential in one vocabulary.

use crate::{DeviceId, Error, HubId, SecretText, Text};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a SAS token opens. Source: Azure IoT Hub, "Control access with shared access signatures".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "scope")]
pub enum SasScope {
    /// A device or module of the workspace, signed with its own key.
    Device { device: DeviceId },
    /// The service API of a hub or of DPS, signed with its policy key.
    Service { hub: HubId },
    /// One device's resource (or all, without an id), signed with the policy key.
    PolicyDevice { hub: HubId, device_id: Option<String> },
    /// An Event Hubs entity, signed with the policy key as text.
    EventHubs { hub: HubId, namespace_host: String, entity: String },
}

/// When a token ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "end")]
pub enum SasEnd {
    /// Seconds from now.
    After { seconds: u32 },
    /// Unix seconds.
    At { time: i64 },
}

/// Makes a token and lets it out by one exit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SasMake {
    pub scope: SasScope,
    pub end: SasEnd,
    pub exit: SasExit,
}

/// How a made token leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SasExit {
    Reveal,
    Clipboard,
}

/// A token that was made. `token` only when it was to be revealed.
#[derive(Debug, Serialize, TS)]
pub struct MadeSas {
    pub decoded: DecodedSas,
    pub token: Option<crate::Revealed>,
}

/// A token to be read. With a device its resource and signature are compared, with a hub alone its signature.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SasDecode {
    pub token: SecretText,
    pub device: Option<DeviceId>,
    pub hub: Option<HubId>,
}

/// Whether a token's signature fits a key that the user has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SasSignature {
    /// No key to compare with.
    NotChecked,
    Primary,
    Secondary,
    /// The group's, policy's or only key.
    Key,
    /// Made with another key.
    Wrong,
}

/// What a SAS token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DecodedSas {
    /// Percent-decoded `sr`.
    pub resource: String,
    /// Unix seconds.
    pub expiry: i64,
    pub policy: Option<String>,
    /// The token with its signature replaced by dots.
    pub masked: String,
    pub expired: bool,
    /// Whether `resource` opens the device; None without one.
    pub resource_fits: Option<bool>,
    pub signature: SasSignature,
}

/// The state of a credential, the same words for every platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TokenState {
    /// Made and never used (Kaa: inactive).
    Unused,
    Active,
    /// Ends soon and is not renewed by itself.
    Expiring,
    Expired,
    Suspended,
    /// The device is disabled on the hub; the credential may be right.
    Disabled,
    Revoked,
    Unknown,
}

/// How a live session's token was renewed last. Times are Unix microseconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Renewal {
    pub at: i64,
    /// How long the session was away, microseconds.
    pub gap: Option<u64>,
    pub error: Option<Error>,
}

/// What the widget draws. Times are Unix seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "form")]
pub enum TokenForm {
    /// No credential, or one without a life of its own.
    Plain,
    /// A SAS token; of a live session, else the one that a connect would make (`issued` None).
    Sas {
        issued: Option<i64>,
        expires: i64,
        renews: Option<i64>,
        auto_renew: bool,
        last: Option<Renewal>,
    },
    Certificate {
        not_before: i64,
        not_after: i64,
    },
    /// Valid until someone replaces it.
    Endless {
        set: Option<i64>,
    },
    /// Kaa's endpoint token. `read` None: never read from the hub; `moves` can be asked for from here.
    Endpoint {
        read: Option<i64>,
        readable: bool,
        moves: Vec<TokenMove>,
    },
}

/// A change of state that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TokenMove {
    pub to: TokenState,
    /// The vendor documents it; else it is offered as a try, and the hub's answer decides.
    pub documented: bool,
}

/// One state that Hubscope saw. Time in Unix seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TokenEvent {
    pub at: i64,
    pub from: Option<TokenState>,
    pub to: TokenState,
    pub cause: TokenCause,
    /// What the user gave as reason, or what the hub said.
    #[serde(default, deserialize_with = "text_or_words")]
    pub note: Option<Text>,
}

/// How a state came to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TokenCause {
    /// Stored or replaced here.
    Set,
    /// Came with an import.
    Imported,
    /// The first connection or message was accepted.
    FirstUse,
    Renewed,
    /// The clock.
    Time,
    /// Read from the hub.
    Read,
    /// Asked for here, and the hub agreed.
    Asked,
    /// The hub refused it at CONNECT.
    RefusedByHub,
}

/// The state of one device's credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TokenStatus {
    pub device: DeviceId,
    pub state: TokenState,
    /// Unix seconds; None when it cannot be known.
    pub since: Option<i64>,
    pub form: TokenForm,
}

/// Before notes could be translated they were stored as plain words.
fn text_or_words<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<Text>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Stored {
        Text(Text),
        Words(String),
    }
    Ok(Option::<Stored>::deserialize(from)?.map(|stored| match stored {
        Stored::Text(text) => text,
        Stored::Words(words) => Text::verbatim(words),
    }))
}

/// Newest last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TokenHistory {
    pub events: Vec<TokenEvent>,
}

/// All devices', for the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TokenStatuses {
    pub statuses: Vec<TokenStatus>,
}

/// Asks a Kaa hub to change an endpoint token's state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TokenChange {
    pub device: DeviceId,
    pub to: TokenState,
    /// To revoke, the device's name as the user typed it.
    pub typed_name: Option<String>,
    pub reason: Option<String>,
}
