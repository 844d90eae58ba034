//! Whether WebKitGTK may use its DMABUF renderer.
//!
//! Without a usable GPU that renderer paints in software at a quarter of the speed of the plain one (14 against 62
//! frames a second, 60 MB more), and with NVIDIA's own driver it can leave the window blank. WebKit reads the
//! switch from the environment when it starts, and a process cannot change its own environment safely, so the
//! program starts itself anew with the switch set.

use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

/// Read by WebKitGTK: any value turns the renderer off.
const WEBKIT_SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
/// Ours: `1` leaves the renderer on, `0` turns it off, whatever the machine looks like.
const OVERRIDE: &str = "HUBSCOPE_DMABUF";

/// Starts the program anew with the renderer off where that is better. Returns when nothing has to change.
pub fn settle() {
    // Set by the user, or by ourselves a moment ago.
    if std::env::var_os(WEBKIT_SWITCH).is_some() {
        return;
    }
    if !should_turn_off(std::env::var_os(OVERRIDE).as_deref(), gpu_is_usable(), nvidia_driver_is_loaded()) {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    // `exec` only returns when it failed; the app then runs with the slower renderer.
    let error = Command::new(program).args(std::env::args_os().skip(1)).env(WEBKIT_SWITCH, "1").exec();
    eprintln!("hubscope: the renderer could not be changed: {error}");
}

fn should_turn_off(wish: Option<&OsStr>, gpu_is_usable: bool, nvidia_driver_is_loaded: bool) -> bool {
    match wish.and_then(OsStr::to_str) {
        Some("1") => false,
        Some("0") => true,
        _ => !gpu_is_usable || nvidia_driver_is_loaded,
    }
}

/// A render node that this user may open.
fn gpu_is_usable() -> bool {
    let Ok(nodes) = std::fs::read_dir("/dev/dri") else { return false };
    nodes.flatten().any(|node| {
        node.file_name().to_string_lossy().starts_with("renderD")
            && OpenOptions::new().read(true).write(true).open(node.path()).is_ok()
    })
}

fn nvidia_driver_is_loaded() -> bool {
    Path::new("/proc/driver/nvidia/version").exists()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_machine_decides_unless_the_user_does() {
        let off = |wish: Option<&str>, gpu, nvidia| should_turn_off(wish.map(OsStr::new), gpu, nvidia);
        assert!(!off(None, true, false), "a usable GPU keeps the renderer");
        assert!(off(None, false, false), "no GPU turns it off");
        assert!(off(None, true, true), "NVIDIA's driver turns it off");
        assert!(!off(Some("1"), false, true), "1 keeps it in any case");
        assert!(off(Some("0"), true, false), "0 turns it off in any case");
        assert!(off(Some("maybe"), false, false), "an unknown word is no decision");
    }
}
