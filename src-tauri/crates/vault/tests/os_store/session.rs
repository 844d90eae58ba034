//! D-Bus sessions, and this program inside one.
#![cfg(test)]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use hubscope_vault::Secret;
use keyring_core::api::CredentialStoreApi;
use uuid::Uuid;
use zbus_secret_service_keyring_store::Store;
use zeroize::Zeroizing;

pub const WORKSPACE: Uuid = Uuid::from_u128(0x0190_4855_4253);
pub const ROW: &str = "device/0190/token";
pub const PLANTED: &str = "PLANTED-os-store-secret";
/// Starts gnome-keyring with an unlocked collection.
pub const UNLOCK: &str = "printf 'test\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null";
/// The same in place of the one that runs.
pub const REPLACE_UNLOCKED: &str =
    "printf 'test\\n' | gnome-keyring-daemon --replace --unlock --components=secrets >/dev/null";

pub type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Runs the ignored test `role` with folders of its own under `home`.
pub fn play(role: &str, home: &Path, mut command: Command) -> Outcome<Output> {
    for folder in ["run", "home"] {
        let folder = home.join(folder);
        std::fs::create_dir_all(&folder)?;
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o700))?;
    }
    let output = command
        .args(["--exact", role, "--ignored", "--nocapture"])
        .env("HOME", home.join("home"))
        .env("XDG_RUNTIME_DIR", home.join("run"))
        .env("HUBSCOPE_TEST_SEALED", home.join("sealed"))
        .env_remove("XDG_DATA_HOME")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::null())
        .output()?;
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if !output.status.success() || !text.contains("1 passed") {
        return Err(format!("{role}: {}\n{text}", output.status).into());
    }
    Ok(output)
}

/// This program, with `before` run first in a D-Bus session of its own.
pub fn in_session(before: &str) -> Outcome<Command> {
    let mut command = Command::new("dbus-run-session");
    command.args(["--", "sh", "-c", &format!("{before}\nexec \"$0\" \"$@\"")]).arg(std::env::current_exe()?);
    Ok(command)
}

pub fn unlocked() -> Outcome<Command> {
    in_session(UNLOCK)
}

/// False, said aloud, on a machine without the programs.
pub fn has_secret_service() -> bool {
    let has = |program: &str| Command::new(program).arg("--version").stdout(Stdio::null()).status().is_ok();
    let both = has("dbus-run-session") && has("gnome-keyring-daemon");
    if !both {
        eprintln!("not tested here: dbus-run-session or gnome-keyring-daemon is not installed");
    }
    both
}

pub fn secret(text: &str) -> Secret<String> {
    Secret::new(Zeroizing::new(text.to_owned()))
}

pub fn store() -> Arc<Store> {
    Store::new().unwrap()
}

/// The entries of this program: user name and text.
pub fn entries() -> Vec<(String, String)> {
    let entries = store().search(&[("service", "hubscope")].into()).unwrap();
    let mut found: Vec<_> = entries
        .iter()
        .map(|entry| (entry.get_attributes().unwrap()["username"].clone(), entry.get_password().unwrap()))
        .collect();
    found.sort();
    found
}
