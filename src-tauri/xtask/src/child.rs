//! Child processes: every one in a group of its own, ended with us, and only those.

use anyhow::{Context, Result, bail};
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use tokio::process::{Child, Command};

/// How long a group may take to end politely.
const POLITE: Duration = Duration::from_secs(10);

/// Starts `command` without input, in a group of its own.
pub fn start(mut command: Command) -> Result<Child> {
    command.stdin(Stdio::null()).kill_on_drop(true);
    #[cfg(unix)]
    command.process_group(0);
    let name = command.as_std().get_program().to_string_lossy().into_owned();
    command.spawn().with_context(|| format!("{name} cannot be started"))
}

/// Waits for `child`. When we are asked to end, its whole group is ended first.
pub async fn wait(child: &mut Child) -> Result<ExitStatus> {
    tokio::select! {
        status = child.wait() => Ok(status?),
        () = asked_to_end() => {
            end(child).await;
            bail!("interrupted");
        }
    }
}

/// Ends a group: politely, then not.
pub async fn end(child: &mut Child) {
    signal_group(child, false);
    if tokio::time::timeout(POLITE, child.wait()).await.is_err() {
        signal_group(child, true);
        // Nothing more can be done about a process that even this does not end.
        let _ = child.wait().await;
    }
}

#[cfg(unix)]
fn signal_group(child: &Child, hard: bool) {
    use rustix::process::{Pid, Signal, kill_process_group};
    let group = child.id().and_then(|id| Pid::from_raw(id.cast_signed()));
    if let Some(group) = group {
        // The group may have ended a moment ago.
        let _ = kill_process_group(group, if hard { Signal::KILL } else { Signal::TERM });
    }
}

#[cfg(not(unix))]
fn signal_group(child: &mut Child, _hard: bool) {
    let _ = child.start_kill();
}

/// Runs `command` with our own output; a failure is an error.
pub async fn check(command: Command) -> Result<()> {
    let name = command.as_std().get_program().to_string_lossy().into_owned();
    let status = wait(&mut start(command)?).await?;
    if !status.success() {
        bail!("{name} ended with {status}");
    }
    Ok(())
}

/// Runs a command that may ask the user, such as sudo for a password.
pub async fn check_asking(mut command: Command) -> Result<()> {
    let name = command.as_std().get_program().to_string_lossy().into_owned();
    let status = command.status().await.with_context(|| format!("{name} cannot be started"))?;
    if !status.success() {
        bail!("{name} ended with {status}");
    }
    Ok(())
}

/// What `command` prints; a failure is an error.
pub async fn read(mut command: Command) -> Result<String> {
    let name = command.as_std().get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null()).stderr(Stdio::inherit());
    let output = command.output().await.with_context(|| format!("{name} cannot be started"))?;
    if !output.status.success() {
        bail!("{name} ended with {}", output.status);
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// Whether `command` succeeds, whatever it prints.
pub async fn succeeds(mut command: Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().await.is_ok_and(|status| status.success())
}

#[cfg(unix)]
async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()), signal(SignalKind::hangup()));
    if let (Ok(mut interrupt), Ok(mut terminate), Ok(mut hangup)) = signals {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    } else {
        std::future::pending().await
    }
}

#[cfg(not(unix))]
async fn asked_to_end() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}
