//! TLS keys of a device's connections in a file that the user chose: off unless asked for, and never remembered.

use crate::Engine;
use crate::changes::Area;
use hubscope_model::{ClientId, Code, DeviceId, EntryClass, Error, KeyLog, Result, Sessions, Severity, Text, text};
use parking_lot::Mutex;
use std::collections::HashMap;

/// One log a device, which its sessions share.
#[derive(Default)]
pub struct KeyLogs(Mutex<HashMap<DeviceId, Entry>>);

#[derive(Default)]
struct Entry {
    log: hubscope_mqtt::KeyLog,
    /// Of the file, while it is on.
    file_name: Option<String>,
}

impl KeyLogs {
    /// The log of a device, for its next session.
    pub fn of(&self, device: DeviceId) -> hubscope_mqtt::KeyLog {
        self.0.lock().entry(device).or_default().log.clone()
    }

    /// Those that are on.
    pub fn list(&self) -> Vec<KeyLog> {
        let logs = self.0.lock();
        let on = logs.iter().filter_map(|(device, entry)| {
            let file_name = entry.file_name.clone()?;
            Some(KeyLog { device: *device, file_name, failed: entry.log.has_failed() })
        });
        on.collect()
    }
}

impl Engine {
    pub(crate) async fn start_key_log(&self, client: ClientId, device: DeviceId) -> Result<Sessions> {
        let name = self.device_record(device).await?.name;
        let suggested = "tls-keys.txt".to_owned();
        let Some(path) = self.clients.face(client)?.choose_place(suggested).await? else {
            return Ok(self.all_sessions());
        };
        let log = self.key_logs.of(device);
        log.start(&path).map_err(|error| {
            Error::new(Code::FileUnwritable, "The file could not be written.").detail(error.to_string())
        })?;
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        self.key_logs.0.lock().entry(device).or_default().file_name = Some(file_name);
        self.note_key_log(
            device,
            Severity::Warning,
            text!("TLS keys of {name} are written to a file from its next connection on", name),
        );
        Ok(self.all_sessions())
    }

    pub(crate) async fn stop_key_log(&self, device: DeviceId) -> Result<Sessions> {
        self.key_logs.of(device).stop();
        let was_on = self.key_logs.0.lock().entry(device).or_default().file_name.take().is_some();
        if was_on {
            self.note_key_log(device, Severity::Info, text!("TLS keys are written no more"));
        }
        Ok(self.all_sessions())
    }

    pub(crate) fn all_sessions(&self) -> Sessions {
        Sessions { sessions: self.sessions.list(), key_logs: self.key_logs.list() }
    }

    fn note_key_log(&self, device: DeviceId, severity: Severity, text: Text) {
        let session = self.sessions.live(device).map(|live| live.facts.id);
        self.monitor.append_event(crate::now(), session, EntryClass::Event, severity, text);
        self.changes.bump(Area::Sessions);
    }
}
