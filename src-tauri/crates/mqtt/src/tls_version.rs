//! Which TLS version a handshake ended with. The library hides its TLS stream, but a `rustls` configuration
//! asks its key log by label, and the labels differ by version. The key log here keeps no key.

use rustls::{ClientConfig, KeyLog};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

#[derive(Debug, Default)]
pub(crate) struct TlsVersion(AtomicU8);

impl TlsVersion {
    /// The same configuration, watched, and with these protocols offered by ALPN too.
    pub fn watch(config: &ClientConfig, alpn: &[String]) -> (Arc<ClientConfig>, Arc<Self>) {
        let watch = Arc::new(Self::default());
        let mut config = config.clone();
        config.key_log = watch.clone();
        config.alpn_protocols.extend(alpn.iter().map(|protocol| protocol.clone().into_bytes()));
        (Arc::new(config), watch)
    }

    /// "TLS 1.3" once a handshake got far enough.
    pub fn name(&self) -> Option<&'static str> {
        match self.0.load(Ordering::Relaxed) {
            2 => Some("TLS 1.2"),
            3 => Some("TLS 1.3"),
            _ => None,
        }
    }

    fn note(&self, label: &str) {
        // The SSLKEYLOGFILE format: TLS 1.2 has this one label, TLS 1.3 several others.
        let version = if label == "CLIENT_RANDOM" { 2 } else { 3 };
        self.0.store(version, Ordering::Relaxed);
    }
}

impl KeyLog for TlsVersion {
    fn log(&self, label: &str, _client_random: &[u8], _secret: &[u8]) {
        self.note(label);
    }

    fn will_log(&self, label: &str) -> bool {
        self.note(label);
        false
    }
}
