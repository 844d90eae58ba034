//! Work that would hold up the tasks of a thread.

use hubscope_model::{Code, Error, Result};

/// Runs long computations beside the tasks.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let stopped = |_| Error::new(Code::Internal, "The work was broken off.");
    tokio::task::spawn_blocking(work).await.map_err(stopped)?
}
