//! Windows of the desktop app: what a page asks its shell for.

use crate::{Code, DeviceId, Error, Result, Theme};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How much of a device a window of its own shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WindowPart {
    /// The whole page.
    Device,
    /// Only its messages.
    Messages,
}

/// A new window; without a device it starts with nothing open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WindowOpen {
    pub device: Option<DeviceId>,
    pub part: WindowPart,
}

/// How a window looks around and beneath its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WindowLook {
    /// Zoom of the whole page in percent, 50 to 300.
    pub zoom: u32,
    /// Of what the system draws: the menu bar, the title bar.
    pub theme: Theme,
    /// Of what the shell says itself: file dialogs, notifications.
    pub language: SpokenLanguage,
}

/// A language that there are texts in. The page finds out which one "as the system" is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SpokenLanguage {
    #[default]
    En,
    De,
}

/// The menu bar of a window, whole. The page knows words, keys and states; the shell only draws it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MenuBar {
    pub menus: Vec<Menu>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Menu {
    pub label: String,
    pub items: Vec<MenuItem>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "item", rename_all = "snake_case")]
pub enum MenuItem {
    /// An action of the page, told by `id` when it is chosen.
    Action {
        id: String,
        label: String,
        /// As `CmdOrCtrl+Shift+T`; None: no key.
        keys: Option<String>,
        enabled: bool,
    },
    Separator,
    /// What the system does by itself.
    System {
        what: SystemItem,
        label: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SystemItem {
    Cut,
    Copy,
    Paste,
    SelectAll,
    Hide,
    HideOthers,
    ShowAll,
    Minimize,
    Quit,
}

/// Entries of a menu bar, and characters of one text, at most.
const MAX_ITEMS: usize = 200;
const MAX_TEXT: usize = 200;

impl MenuBar {
    /// # Errors
    /// `BadRequest` for more than any window needs.
    pub fn check(&self) -> Result<()> {
        let items = || self.menus.iter().flat_map(|menu| &menu.items);
        let long = items().any(|item| match item {
            MenuItem::Action { id, label, .. } => id.len() > MAX_TEXT || label.len() > MAX_TEXT,
            MenuItem::System { label, .. } => label.len() > MAX_TEXT,
            MenuItem::Separator => false,
        });
        if long || items().count() + self.menus.len() > MAX_ITEMS {
            return Err(Error::new(Code::BadRequest, "The menu bar is too large."));
        }
        Ok(())
    }
}

/// Zooms that a page may ask for: the font scales, and what a reader needs (WCAG 2.2, 1.4.4 asks for 200 %).
const ZOOM: std::ops::RangeInclusive<u32> = 50..=300;

impl WindowLook {
    /// # Errors
    /// `BadRequest` below 50 and above 300 percent.
    pub fn check(&self) -> Result<()> {
        if ZOOM.contains(&self.zoom) {
            return Ok(());
        }
        Err(Error::new(Code::BadRequest, "A page is zoomed to 50 to 300 percent."))
    }
}
