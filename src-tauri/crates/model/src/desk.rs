//! What lay open when the window was last used.

use crate::{Code, DeviceId, Error, Result};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

const MAX_TABS: usize = 200;
const MAX_RECENT: usize = 50;
/// Characters of one entry of [`Desk::recent`].
const MAX_NAME: usize = 100;

/// The tabs of the first window and what was used last; kept for the next start.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Desk {
    /// Devices with a tab, from left to right; at most 200.
    pub tabs: Vec<DeviceId>,
    pub current: Option<DeviceId>,
    /// Names of the page for what was chosen in the command palette, newest first; at most 50.
    pub recent: Vec<String>,
}

impl Desk {
    /// # Errors
    /// `BadRequest` for more than a page keeps.
    pub fn check(&self) -> Result<()> {
        let long = self.recent.iter().any(|name| name.chars().count() > MAX_NAME);
        if long || self.tabs.len() > MAX_TABS || self.recent.len() > MAX_RECENT {
            return Err(Error::new(Code::BadRequest, "Too many open tabs or recent entries."));
        }
        Ok(())
    }
}
