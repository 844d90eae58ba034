//! Identifiers. Stored things have UUIDv7 strings, things of this run have small numbers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

macro_rules! stored_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        pub struct $name(#[ts(type = "string")] pub Uuid);

        impl $name {
            /// A new id; ids made later sort later.
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

macro_rules! run_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        pub struct $name(pub u32);
    )+};
}

stored_id! {
    /// A hub in the workspace.
    HubId,
    /// A device in the workspace.
    DeviceId,
    /// A subscription of a device in the workspace.
    SubscriptionId,
    /// A folder of the tree.
    FolderId,
    /// A message that was saved to be published again.
    SavedMessageId,
    /// A certificate request whose key waits for its certificate.
    CertificateRequestId,
}

run_id! {
    /// One live or past MQTT connection of this run. Reconnects keep the id.
    SessionId,
    /// A view of one client.
    ViewId,
    /// A job of one client.
    JobId,
    /// A window or a web socket.
    ClientId,
    /// A topic as the log interned it; never reused in a run.
    TopicId,
    /// A publish on its way; unique within its session.
    PublishId,
    /// A file that a dialog or an upload handed to the engine; the page never sees its path.
    FileHandle,
    /// Something that can be taken back; never used again in a run.
    UndoId,
}
