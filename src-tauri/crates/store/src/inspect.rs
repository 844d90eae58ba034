//! Looks at an existing workspace file without changing a byte of it.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};

use crate::OpenError;

/// "HUBS" in ASCII; the first migration writes it.
const APPLICATION_ID: u32 = 0x4855_4253;
/// The header of SQLite's file format (sqlite.org/fileformat2.html, section 1.3).
const HEADER_BYTES: usize = 100;
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Checks that the file is a sound workspace of a version up to `known`, and answers its version.
///
/// The header is read before SQLite sees the file: SQLite would leave its own files beside one that
/// belongs to a newer version.
pub(crate) async fn inspect(path: &Path, known: u32) -> Result<u32, OpenError> {
    check_header(path, known)?;
    let options = SqliteConnectOptions::new().filename(path).read_only(true);
    let mut connection = options.connect().await?;
    let checked = check_content(&mut connection, known).await;
    // What a failed close could say, the check has said.
    let _ = connection.close().await;
    checked
}

fn check_header(path: &Path, known: u32) -> Result<(), OpenError> {
    let unusable = |e: std::io::Error| OpenError::Unusable(format!("{}: {e}", path.display()));
    let file = File::open(path).map_err(unusable)?;
    if !file.metadata().map_err(unusable)?.is_file() {
        return Err(OpenError::Damaged(format!("{} is not a file", path.display())));
    }
    let mut header = Vec::with_capacity(HEADER_BYTES);
    file.take(HEADER_BYTES as u64).read_to_end(&mut header).map_err(unusable)?;
    let Ok(header) = <[u8; HEADER_BYTES]>::try_from(header) else {
        return Err(OpenError::Damaged("the file is shorter than a database header".into()));
    };
    if !header.starts_with(MAGIC) {
        return Err(OpenError::Damaged("the file is not an SQLite database".into()));
    }
    check_marks(number_at(&header, 68), number_at(&header, 60), known)
}

async fn check_content(connection: &mut SqliteConnection, known: u32) -> Result<u32, OpenError> {
    let application: i32 = sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut *connection).await?;
    let version: i32 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *connection).await?;
    let version = version.cast_unsigned();
    check_marks(application.cast_unsigned(), version, known)?;
    // Five findings are enough to show.
    let findings: Vec<String> = sqlx::query_scalar("PRAGMA quick_check(5)").fetch_all(connection).await?;
    if findings == ["ok"] { Ok(version) } else { Err(OpenError::Damaged(findings.join("; "))) }
}

fn check_marks(application: u32, version: u32, known: u32) -> Result<(), OpenError> {
    if application != APPLICATION_ID {
        return Err(OpenError::Unusable("the file is a database of another program".into()));
    }
    if version > known {
        return Err(OpenError::Newer { found: version, known });
    }
    Ok(())
}

fn number_at(header: &[u8; HEADER_BYTES], offset: usize) -> u32 {
    header[offset..offset + 4].iter().fold(0, |number, byte| number << 8 | u32::from(*byte))
}
