//! One process writes a workspace at a time. The operating system drops the lock when a process
//! ends in any way, so it never has to be cleared by hand.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use crate::OpenError;

/// Longest description of a holder that is read.
const HOLDER_MAX: u64 = 200;

/// What came of asking for the lock.
pub(crate) enum Lock {
    /// Ours until the file is unlocked or dropped.
    Held(File),
    /// Another process has it: "pid program" where that can be read.
    Elsewhere(String),
}

/// Tries to lock `path`; never waits.
pub(crate) fn take(path: &Path) -> Result<Lock, OpenError> {
    let unusable = |e: std::io::Error| OpenError::Unusable(format!("{}: {e}", path.display()));
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => {
            sign(&mut file).map_err(unusable)?;
            Ok(Lock::Held(file))
        }
        Err(TryLockError::WouldBlock) => Ok(Lock::Elsewhere(holder(&mut file))),
        Err(TryLockError::Error(e)) => Err(unusable(e)),
    }
}

/// Writes who holds the lock, for whoever finds it taken.
fn sign(file: &mut File) -> std::io::Result<()> {
    let program = std::env::current_exe().ok();
    let program = program
        .as_deref()
        .and_then(Path::file_name)
        .map_or_else(|| "hubscope".into(), |name| name.to_string_lossy().into_owned());
    file.set_len(0)?;
    file.seek(SeekFrom::Start(0))?;
    writeln!(file, "{} {program}", std::process::id())?;
    file.flush()
}

/// Windows refuses to read a locked file, so this can fail; the lock itself is what counts.
fn holder(file: &mut File) -> String {
    let mut text = String::new();
    match file.take(HOLDER_MAX).read_to_string(&mut text) {
        Ok(_) if !text.trim().is_empty() => text.trim().to_owned(),
        _ => "another program".to_owned(),
    }
}
