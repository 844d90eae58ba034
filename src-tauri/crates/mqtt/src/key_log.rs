//! TLS keys in a file, for whoever must read a recording of the connection (Wireshark and the like).

use parking_lot::Mutex;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

/// Where the keys of a session's TLS handshakes go; nowhere unless [`KeyLog::start`] says so. Clones are the same log.
///
/// The format is that of NSS, "SSLKEYLOGFILE": label, client random and secret in hex, one secret a line
/// (draft-ietf-tls-keylogfile, section 2). Only handshakes that begin while it is on are in it.
#[derive(Clone, Debug, Default)]
pub struct KeyLog(Arc<Mutex<Target>>);

#[derive(Debug, Default)]
enum Target {
    #[default]
    Nowhere,
    File(File),
    /// A line could not be written; a gap in the middle would help nobody.
    Failed,
}

impl KeyLog {
    /// Appends to the file from the next handshake on; a new file can be read by its owner only.
    ///
    /// # Errors
    /// Those of opening the file.
    pub fn start(&self, path: &Path) -> io::Result<()> {
        let mut options = File::options();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        *self.0.lock() = Target::File(file);
        Ok(())
    }

    /// Writes nothing more, and closes the file.
    pub fn stop(&self) {
        *self.0.lock() = Target::Nowhere;
    }

    /// Whether a line could not be written.
    pub fn has_failed(&self) -> bool {
        matches!(*self.0.lock(), Target::Failed)
    }

    pub(crate) fn is_on(&self) -> bool {
        matches!(*self.0.lock(), Target::File(_))
    }

    /// One secret. A handshake has a handful of them, so that writing at once costs nothing that is felt.
    pub(crate) fn write(&self, label: &str, client_random: &[u8], secret: &[u8]) {
        let mut target = self.0.lock();
        if let Target::File(file) = &mut *target
            && file.write_all(line(label, client_random, secret).as_bytes()).is_err()
        {
            *target = Target::Failed;
        }
    }
}

fn line(label: &str, client_random: &[u8], secret: &[u8]) -> zeroize::Zeroizing<String> {
    let mut line =
        zeroize::Zeroizing::new(String::with_capacity(label.len() + 2 * (client_random.len() + secret.len()) + 3));
    line.push_str(label);
    for bytes in [client_random, secret] {
        line.push(' ');
        for byte in bytes {
            // Writing to a string cannot fail.
            let _infallible = write!(line, "{byte:02x}");
        }
    }
    line.push('\n');
    line
}
