//! `hubscope-cli serve` on a small disk of its own and with a clock that jumps when it is told to.

use anyhow::{Context, Result, bail};
use hubscope_tests::program::{Program, cli};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// What libfaketime reads: seconds ahead of the machine's clock. It starts a day ahead, so that it can jump back without
/// coming before the day on which certificates begin.
const START: i64 = 86_400;
/// The log is small, so that entries are evicted within seconds.
const LOG: [(&str, &str); 2] = [("HUBSCOPE_LOG_ENTRIES", "500"), ("HUBSCOPE_LOG_BYTES", "4194304")];

/// The running process and what it lives on.
pub struct Process {
    program: Program,
    id: u32,
    pub url: String,
    home: TempDir,
    clock: PathBuf,
    ahead: i64,
    has_disk: bool,
}

impl Process {
    pub async fn start() -> Result<Self> {
        let home = tempfile::tempdir()?;
        let folder = home.path().join("workspace");
        std::fs::create_dir(&folder)?;
        let clock = home.path().join("clock");
        std::fs::write(&clock, format!("+{START}"))?;
        let has_disk = may_mount();
        let server = cli()?;
        let mut command = Command::new(if has_disk { "unshare" } else { "env" });
        if has_disk {
            // The shell becomes the server, so that the process id stays.
            let mount = r#"mount -t tmpfs -o size=8m hubscope "$0" && exec env "$@""#;
            command.args(["--map-root-user", "--mount", "sh", "-c", mount]).arg(&folder);
        }
        command.arg(format!("LD_PRELOAD={}", faketime()?.display()));
        command.arg(format!("FAKETIME_TIMESTAMP_FILE={}", clock.display()));
        // Timers go on as on a machine whose clock is set; the file is read every second.
        command.args(["FAKETIME_DONT_FAKE_MONOTONIC=1", "FAKETIME_CACHE_DURATION=1"]);
        command.arg(server.get_program()).arg("serve");
        command.env("HUBSCOPE_HOME", &folder).env("HUBSCOPE_VAULT", "memory").envs(LOG);
        let mut program = Program::start(command)?;
        let url = program.line().await?;
        let id = program.id()?;
        Ok(Self { program, id, url, home, clock, ahead: START, has_disk })
    }

    /// False where this user may not mount a disk in a namespace of the process.
    pub fn has_disk(&self) -> bool {
        self.has_disk
    }

    /// The folder of the workspace, as the process sees it.
    fn folder(&self) -> PathBuf {
        let path = self.home.path().join("workspace");
        match path.strip_prefix("/") {
            Ok(inside) => PathBuf::from(format!("/proc/{}/root", self.id)).join(inside),
            Err(_) => path,
        }
    }

    /// Writes until not a byte is left.
    pub fn fill_disk(&self) -> Result<()> {
        use std::io::Write as _;
        let mut file = std::fs::File::create(self.folder().join("filler"))?;
        for size in [64 * 1024, 512, 1] {
            while file.write_all(&vec![0; size]).is_ok() {}
        }
        Ok(())
    }

    pub fn free_disk(&self) -> Result<()> {
        Ok(std::fs::remove_file(self.folder().join("filler"))?)
    }

    /// The workspace's files as they are now.
    pub fn copy_workspace(&self, to: &Path) -> Result<()> {
        for entry in std::fs::read_dir(self.folder())? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with("workspace.sqlite") {
                std::fs::copy(entry.path(), to.join(entry.file_name()))?;
            }
        }
        Ok(())
    }

    /// Sets the clock by so many seconds, within the day before and after where it started.
    pub fn jump(&mut self, seconds: i64) -> Result<()> {
        self.ahead = (self.ahead + seconds).clamp(0, 2 * START);
        // Replaced as a whole: it may be read at any moment.
        let fresh = self.home.path().join("clock.new");
        std::fs::write(&fresh, format!("+{}", self.ahead))?;
        Ok(std::fs::rename(fresh, &self.clock)?)
    }

    /// A number of /proc/ID/status.
    pub fn status(&self, name: &str) -> u64 {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.id)).unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    }

    /// Open files and sockets.
    pub fn files(&self) -> u64 {
        std::fs::read_dir(format!("/proc/{}/fd", self.id)).unwrap().count() as u64
    }

    /// Asks it to end, and holds it to a polite end.
    pub async fn end(self) -> Result<()> {
        self.program.signal("INT")?;
        let ended = self.program.end().await?;
        if ended.code != Some(0) {
            bail!("it ended with {:?}: {}", ended.code, ended.stderr);
        }
        Ok(())
    }
}

fn may_mount() -> bool {
    let mut ask = Command::new("unshare");
    ask.args(["--map-root-user", "--mount", "mount", "-t", "tmpfs", "hubscope", "/mnt"]).stderr(Stdio::null());
    ask.status().is_ok_and(|status| status.success())
}

/// The library that lies about the time: below `$HUBSCOPE_FAKETIME` or `target/tools/faketime`.
fn faketime() -> Result<PathBuf> {
    let named = std::env::var_os("HUBSCOPE_FAKETIME").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| hubscope_tests::root().join("target/tools/faketime"));
    let libraries = std::fs::read_dir(folder.join("usr/lib")).context("cargo xtask unpacks libfaketime")?;
    libraries
        .filter_map(|entry| Some(entry.ok()?.path().join("faketime/libfaketimeMT.so.1")))
        .find(|path| path.is_file())
        .context("no libfaketime")
}
