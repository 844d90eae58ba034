//! How an engine is started.

use hubscope_hubs::ProxyVariables;
use hubscope_monitor::Limits;
use std::path::PathBuf;

/// Which vault to open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VaultChoice {
    /// The operating system's secret store; memory only when there is none.
    System,
    /// Memory only, on request.
    Memory,
}

/// How an engine is started.
#[derive(Clone, Debug)]
pub struct EngineOptions {
    /// Directory of the workspace.
    pub home: PathBuf,
    pub vault: VaultChoice,
    /// Bounds of the log.
    pub limits: Limits,
    /// Port of the hubs' HTTPS side, whose answers carry their time.
    pub https_port: u16,
    /// The proxy that the environment names.
    pub proxies: ProxyVariables,
}

const LOG_BYTES: u64 = 256 * 1024 * 1024;
const LOG_ENTRIES: u64 = 2_000_000;
/// RFC 9110 section 4.2.2.
const HTTPS: u16 = 443;

impl EngineOptions {
    /// The user's data directory and the default bounds, with these overrides from the environment:
    /// `HUBSCOPE_HOME` (directory), `HUBSCOPE_VAULT=memory`, `HUBSCOPE_LOG_BYTES`, `HUBSCOPE_LOG_ENTRIES`.
    pub fn from_environment() -> Self {
        let home = std::env::var_os("HUBSCOPE_HOME").map(PathBuf::from).unwrap_or_else(data_directory);
        Self { home, ..Self::at(PathBuf::new()) }
    }

    /// A workspace in `home`; vault and bounds as [`EngineOptions::from_environment`] says.
    pub fn at(home: PathBuf) -> Self {
        let vault = match std::env::var("HUBSCOPE_VAULT") {
            Ok(choice) if choice == "memory" => VaultChoice::Memory,
            _ => VaultChoice::System,
        };
        let limits = Limits {
            bytes: number("HUBSCOPE_LOG_BYTES").unwrap_or(LOG_BYTES),
            entries: number("HUBSCOPE_LOG_ENTRIES").unwrap_or(LOG_ENTRIES),
        };
        Self { home, vault, limits, https_port: HTTPS, proxies: ProxyVariables::of_process() }
    }
}

fn data_directory() -> PathBuf {
    match directories::ProjectDirs::from("io", "Hubscope", "Hubscope") {
        Some(directories) => directories.data_dir().to_path_buf(),
        // Without a home directory the current one is the only place left.
        None => PathBuf::from("hubscope-data"),
    }
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok().filter(|value| *value > 0)
}
