//! Files of certificates and keys: read with a limit, written all or none.

use crate::args::{OutDirectory, OutFile};
use crate::connect::unreadable;
use crate::failure::Failure;
use crate::output;
use hubscope_model::{Code, Error};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;
use zeroize::Zeroizing;

/// Longest file that is read, bytes: certificates and keys take some thousands.
const LONGEST: u64 = 1024 * 1024;

/// Who may read a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Who the system lets read new files.
    All,
    /// The user alone: private keys.
    Owner,
}

/// A file to be written.
pub struct New<'a> {
    pub path: PathBuf,
    pub content: &'a [u8],
    pub readers: Readers,
}

impl<'a> New<'a> {
    pub fn public(path: PathBuf, content: &'a str) -> Self {
        Self { path, content: content.as_bytes(), readers: Readers::All }
    }

    pub fn private(path: PathBuf, content: &'a [u8]) -> Self {
        Self { path, content, readers: Readers::Owner }
    }
}

/// Reads a file that may hold a key.
pub fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let file = std::fs::File::open(path).map_err(|error| unreadable(path, &error))?;
    let mut bytes = Zeroizing::new(Vec::new());
    file.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|error| unreadable(path, &error))?;
    if bytes.len() as u64 > LONGEST {
        return Err(Failure::usage(
            Error::new(Code::FileTooLarge, format!("{} is longer than 1 MiB.", path.display()))
                .hint("Choose a file of certificates or keys."),
        ));
    }
    Ok(bytes)
}

/// Refuses early what would be refused when it is written: an RSA key would be made for nothing.
pub fn check_directory(out: &OutDirectory, names: &[&str]) -> Result<(), Failure> {
    check(out.force, names.iter().map(|name| out.directory.join(name)))
}

pub fn check_file(out: &OutFile) -> Result<(), Failure> {
    check(out.force, std::iter::once(out.file.clone()))
}

fn check(force: bool, paths: impl Iterator<Item = PathBuf>) -> Result<(), Failure> {
    for path in paths {
        if !force && path.symlink_metadata().is_ok() {
            return Err(is_there(&path));
        }
    }
    Ok(())
}

/// Writes the files and says their names. Each is whole or not there: it is written beside its place first.
pub fn write(files: &[New<'_>], force: bool) -> Result<(), Failure> {
    let ready = files.iter().map(|file| prepare(file).map(|ready| (ready, file))).collect::<Result<Vec<_>, _>>()?;
    check(force, files.iter().map(|file| file.path.clone()))?;
    for (ready, file) in ready {
        let put = if force { ready.persist(&file.path) } else { ready.persist_noclobber(&file.path) };
        put.map_err(|failed| match failed.error.kind() {
            std::io::ErrorKind::AlreadyExists => is_there(&file.path),
            _ => unwritable(&file.path, &failed.error),
        })?;
        output::line(&format!("wrote: {}", file.path.display()))?;
    }
    Ok(())
}

fn prepare(file: &New<'_>) -> Result<NamedTempFile, Failure> {
    let failed = |error: std::io::Error| unwritable(&file.path, &error);
    let directory = match file.path.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(directory).map_err(failed)?;
    let mut ready = builder(file.readers).tempfile_in(directory).map_err(failed)?;
    ready.write_all(file.content).and_then(|()| ready.as_file().sync_all()).map_err(failed)?;
    Ok(ready)
}

/// Temporary files can be read by their owner only unless told otherwise; the umask counts for the rest.
fn builder(readers: Readers) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    if readers == Readers::All {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = readers;
    builder
}

fn is_there(path: &Path) -> Failure {
    Failure::usage(
        Error::new(Code::FileUnwritable, format!("{} is there already.", path.display()))
            .hint("Give another --out, or --force to overwrite it."),
    )
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::usage(
        Error::new(Code::FileUnwritable, format!("{} cannot be written.", path.display()))
            .detail(error.to_string())
            .hint("Check the path of --out and its permissions."),
    )
}
