//! The menu bar: drawn as the page says, told to the page when something is chosen. The page runs every action itself.

use crate::commands::Shell;
use hubscope_model::{Menu, MenuBar, MenuItem, SystemItem};
use parking_lot::Mutex;
use std::collections::HashMap;
use tauri::menu::{IsMenuItem, Menu as NativeMenu, MenuItem as NativeItem, PredefinedMenuItem, Submenu};
use tauri::{AppHandle, Manager, WebviewWindow, Wry};

const QUIT: &str = "quit";

/// What is shown in each window, by its label.
#[derive(Default)]
pub struct MenuBars(Mutex<HashMap<String, Shown>>);

struct Shown {
    bar: MenuBar,
    menu: NativeMenu<Wry>,
    actions: HashMap<String, NativeItem<Wry>>,
}

impl MenuBars {
    pub fn forget(&self, label: &str) {
        self.0.lock().remove(label);
    }
}

/// Shows `bar` in a window. When only words and states differ from what is there, only those change: an open menu
/// stays open.
pub fn show(window: &WebviewWindow, bar: MenuBar) -> tauri::Result<()> {
    let bars = window.state::<MenuBars>();
    let shown = bars.0.lock().remove(window.label());
    let shown = match shown {
        Some(shown) if same_shape(&shown.bar, &bar) => shown.change(bar)?,
        _ => Shown::build(window, bar)?,
    };
    bars.0.lock().insert(window.label().to_owned(), shown);
    Ok(())
}

/// On macOS the app has one menu bar: that of the window in front.
pub fn follow_focus(app: &AppHandle, label: &str) {
    if !cfg!(target_os = "macos") {
        return;
    }
    let menu = app.state::<MenuBars>().0.lock().get(label).map(|shown| shown.menu.clone());
    if let Some(Err(error)) = menu.map(|menu| app.set_menu(menu)) {
        tracing::warn!(%error, "the menu bar could not follow the window");
    }
}

/// Tells the page of a window what was chosen in its menu bar.
pub fn tell(app: &AppHandle, id: &str) {
    if id == QUIT {
        app.exit(0);
    } else if let Some((label, action)) = id.split_once('/') {
        app.state::<Shell>().choose(label, action);
    }
}

impl Shown {
    fn build(window: &WebviewWindow, bar: MenuBar) -> tauri::Result<Self> {
        let menu = NativeMenu::new(window)?;
        let mut actions = HashMap::new();
        for each in &bar.menus {
            menu.append(&submenu(window, each, &mut actions)?)?;
        }
        if cfg!(target_os = "macos") {
            window.app_handle().set_menu(menu.clone())?;
        } else {
            window.set_menu(menu.clone())?;
        }
        Ok(Self { bar, menu, actions })
    }

    fn change(self, bar: MenuBar) -> tauri::Result<Self> {
        let pairs = self.bar.menus.iter().zip(&bar.menus).flat_map(|(old, new)| old.items.iter().zip(&new.items));
        for (_, new) in pairs.filter(|(old, new)| old != new) {
            let MenuItem::Action { id, label, enabled, .. } = new else { continue };
            if let Some(item) = self.actions.get(id) {
                item.set_text(label)?;
                item.set_enabled(*enabled)?;
            }
        }
        Ok(Self { bar, ..self })
    }
}

fn submenu(
    window: &WebviewWindow,
    menu: &Menu,
    actions: &mut HashMap<String, NativeItem<Wry>>,
) -> tauri::Result<Submenu<Wry>> {
    let native = Submenu::new(window, &menu.label, true)?;
    for item in &menu.items {
        match item {
            MenuItem::Action { id, label, keys, enabled } => {
                let name = format!("{}/{id}", window.label());
                let item = NativeItem::with_id(window, name, label, *enabled, keys.as_deref())?;
                native.append(&item)?;
                actions.insert(id.clone(), item);
            }
            MenuItem::Separator => native.append(&PredefinedMenuItem::separator(window)?)?,
            MenuItem::System { what, label } => native.append(&*system(window, *what, label)?)?,
        }
    }
    Ok(native)
}

fn system(window: &WebviewWindow, what: SystemItem, label: &str) -> tauri::Result<Box<dyn IsMenuItem<Wry>>> {
    let text = Some(label);
    let item = match what {
        // The system's own would end the process at once, before the sessions close.
        SystemItem::Quit => {
            return Ok(Box::new(NativeItem::with_id(window, QUIT, label, true, Some("CmdOrCtrl+Q"))?));
        }
        SystemItem::Cut => PredefinedMenuItem::cut(window, text),
        SystemItem::Copy => PredefinedMenuItem::copy(window, text),
        SystemItem::Paste => PredefinedMenuItem::paste(window, text),
        SystemItem::SelectAll => PredefinedMenuItem::select_all(window, text),
        SystemItem::Hide => PredefinedMenuItem::hide(window, text),
        SystemItem::HideOthers => PredefinedMenuItem::hide_others(window, text),
        SystemItem::ShowAll => PredefinedMenuItem::show_all(window, text),
        SystemItem::Minimize => PredefinedMenuItem::minimize(window, text),
    };
    Ok(Box::new(item?))
}

/// Whether both have the same entries at the same places, so that one can become the other by words and states.
fn same_shape(one: &MenuBar, other: &MenuBar) -> bool {
    one.menus.len() == other.menus.len()
        && one.menus.iter().zip(&other.menus).all(|(one, other)| {
            one.label == other.label
                && one.items.len() == other.items.len()
                && one.items.iter().zip(&other.items).all(|pair| match pair {
                    (MenuItem::Action { id, keys, .. }, MenuItem::Action { id: other_id, keys: other_keys, .. }) => {
                        id == other_id && keys == other_keys
                    }
                    (one, other) => one == other,
                })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(label: &str, id: &str, enabled: bool) -> MenuBar {
        let action = MenuItem::Action { id: id.into(), label: label.into(), keys: None, enabled };
        MenuBar { menus: vec![Menu { label: "File".into(), items: vec![action, MenuItem::Separator] }] }
    }

    #[test]
    fn words_and_states_change_in_place_and_entries_do_not() {
        let one = bar("Connect", "device.toggle", true);
        assert!(same_shape(&one, &bar("Disconnect", "device.toggle", false)));
        assert!(!same_shape(&one, &bar("Connect", "device.diagnose", true)));
        assert!(!same_shape(&one, &MenuBar::default()));
    }
}
