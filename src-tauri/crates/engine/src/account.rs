//! What a session acts for: hub, device and secrets as they were when it was started.

use hubscope_hubs::Secrets;
use hubscope_model::{Device, Error, Hub};

/// The hub and the device behind a session, with the secrets that its topics need.
pub struct Account {
    pub hub: Hub,
    pub device: Device,
    pub secrets: Secrets,
}

impl Account {
    /// A topic or filter as it is sent: `{token}` and the like filled in.
    pub fn expand(&self, text: &str) -> String {
        hubscope_hubs::expand_topic(&self.device, &self.secrets, text)
    }

    /// The other way round, for what is stored and shown.
    pub fn fold(&self, text: &str) -> String {
        hubscope_hubs::fold_topic(&self.device, &self.secrets, text)
    }

    /// A failure in this hub's words.
    pub fn explain(&self, error: Error) -> Error {
        hubscope_hubs::explain_refusal(&self.hub, &self.device, error)
    }
}
