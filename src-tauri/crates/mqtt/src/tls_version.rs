//! Which TLS version a handshake ended with. The library hides its TLS stream, but a `rustls` configuration
//! asks its key log by label, and the labels differ by version. Keys go on to the session's key log, if that is on.

use crate::KeyLog;
use rustls::ClientConfig;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

#[derive(Debug)]
pub(crate) struct TlsVersion {
    seen: AtomicU8,
    keys: KeyLog,
}

impl TlsVersion {
    /// The same configuration, watched, and with these protocols offered by ALPN too.
    pub fn watch(config: &ClientConfig, alpn: &[String], keys: &KeyLog) -> (Arc<ClientConfig>, Arc<Self>) {
        let watch = Arc::new(Self { seen: AtomicU8::new(0), keys: keys.clone() });
        let mut config = config.clone();
        config.key_log = watch.clone();
        config.alpn_protocols.extend(alpn.iter().map(|protocol| protocol.clone().into_bytes()));
        (Arc::new(config), watch)
    }

    /// "TLS 1.3" once a handshake got far enough.
    pub fn name(&self) -> Option<&'static str> {
        match self.seen.load(Ordering::Relaxed) {
            2 => Some("TLS 1.2"),
            3 => Some("TLS 1.3"),
            _ => None,
        }
    }

    fn note(&self, label: &str) {
        // The SSLKEYLOGFILE format: TLS 1.2 has this one label, TLS 1.3 several others.
        let version = if label == "CLIENT_RANDOM" { 2 } else { 3 };
        self.seen.store(version, Ordering::Relaxed);
    }
}

impl rustls::KeyLog for TlsVersion {
    fn log(&self, label: &str, client_random: &[u8], secret: &[u8]) {
        self.note(label);
        self.keys.write(label, client_random, secret);
    }

    fn will_log(&self, label: &str) -> bool {
        self.note(label);
        self.keys.is_on()
    }
}
