//! A real mosquitto, unpacked, never installed: started by a test on a port of 127.0.0.1 and killed with it.

use anyhow::{Context, Result, anyhow, bail};
use std::fmt::Write as _;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

use crate::certificates::Identity;

/// How a broker is set up. The default lets everyone in over plain TCP and drops nothing.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Serves TLS with this certificate instead of plain TCP.
    pub tls: Option<Identity>,
    /// Lets in only this user with this password.
    pub login: Option<(String, String)>,
    /// More lines of mosquitto.conf.
    pub extra: String,
}

impl Config {
    pub fn tls(identity: &Identity) -> Self {
        Self { tls: Some(identity.clone()), ..Self::default() }
    }

    #[must_use]
    pub fn login(mut self, user: &str, password: &str) -> Self {
        self.login = Some((user.to_owned(), password.to_owned()));
        self
    }

    #[must_use]
    pub fn line(mut self, line: &str) -> Self {
        self.extra.push_str(line);
        self.extra.push('\n');
        self
    }
}

/// A running broker. Dropping it kills it.
#[derive(Debug)]
pub struct Broker {
    port: u16,
    folder: TempDir,
    process: Option<Child>,
}

impl Broker {
    /// Starts a broker and returns when it accepts connections.
    pub fn start(config: &Config) -> Result<Self> {
        // A port that is free now may be taken when mosquitto binds it: try again with another.
        let mut last = anyhow!("no attempt was made");
        for _ in 0..5 {
            let port = free_port()?;
            let folder = write_folder(config, port)?;
            let mut broker = Self { port, folder, process: None };
            match broker.resume() {
                Ok(()) => return Ok(broker),
                Err(error) => last = error,
            }
        }
        Err(last)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// What mosquitto wrote so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Kills the broker without a word to its clients. What was retained or queued is gone.
    pub fn kill(&mut self) -> Result<()> {
        if let Some(mut process) = self.process.take() {
            process.kill()?;
            process.wait()?;
        }
        Ok(())
    }

    /// Starts it again on the same port.
    pub fn resume(&mut self) -> Result<()> {
        let log = std::fs::File::options().create(true).append(true).open(self.folder.path().join("log"))?;
        let process = tool("mosquitto")?
            .arg("-c")
            .arg(self.folder.path().join("mosquitto.conf"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .context("mosquitto could not be started")?;
        self.process = Some(process);
        let deadline = Instant::now() + Duration::from_secs(10);
        while TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_err() {
            let ended = self.process.as_mut().and_then(|process| process.try_wait().ok().flatten());
            if ended.is_some() || Instant::now() > deadline {
                bail!("mosquitto does not listen on port {}: {}", self.port, self.log());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        // A broker that is gone already needs no killing.
        let _gone = self.kill();
    }
}

/// A command of the unpacked package: `mosquitto`, `mosquitto_pub`, `mosquitto_sub` …, with its libraries.
///
/// Looked for in `$HUBSCOPE_MOSQUITTO` (a folder with `usr/`), in `target/tools/mosquitto`, then on PATH.
pub fn tool(name: &str) -> Result<Command> {
    let Some(folder) = unpacked() else {
        return Ok(Command::new(name));
    };
    let program = ["usr/sbin", "usr/bin"].iter().map(|place| folder.join(place).join(name)).find(|path| path.is_file());
    let mut command = Command::new(program.ok_or_else(|| anyhow!("{} holds no {name}", folder.display()))?);
    command.env("LD_LIBRARY_PATH", library_path(&folder)?);
    Ok(command)
}

fn unpacked() -> Option<PathBuf> {
    let named = std::env::var_os("HUBSCOPE_MOSQUITTO").map(PathBuf::from);
    let cached = crate::root().join("target/tools/mosquitto");
    named.into_iter().chain([cached]).find(|folder| folder.join("usr/sbin/mosquitto").is_file())
}

/// Debian puts libraries into one folder per architecture: `usr/lib/x86_64-linux-gnu`, `lib/…`.
fn library_path(folder: &Path) -> Result<std::ffi::OsString> {
    let mut places = Vec::new();
    for parent in [folder.join("usr/lib"), folder.join("lib")] {
        let Ok(entries) = std::fs::read_dir(&parent) else { continue };
        places.extend(entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(|path| path.is_dir()));
    }
    Ok(std::env::join_paths(places)?)
}

/// A port that nothing listens on at this moment.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

fn write_folder(config: &Config, port: u16) -> Result<TempDir> {
    let folder = tempfile::tempdir()?;
    let path = folder.path();
    let mut text = format!(
        "listener {port} 127.0.0.1\nmax_queued_messages 0\npersistence false\nset_tcp_nodelay true\nuser root\n\
         allow_anonymous {}\n{}",
        config.login.is_none(),
        config.extra
    );
    if let Some(identity) = &config.tls {
        std::fs::write(path.join("server.pem"), &identity.chain_pem)?;
        std::fs::write(path.join("server.key"), &identity.key_pem)?;
        writeln!(
            text,
            "certfile {}\nkeyfile {}",
            path.join("server.pem").display(),
            path.join("server.key").display()
        )?;
    }
    if let Some((user, password)) = &config.login {
        let passwords = path.join("passwords");
        let made = tool("mosquitto_passwd")?.args(["-b", "-c"]).arg(&passwords).args([user, password]).output()?;
        if !made.status.success() {
            bail!("mosquitto_passwd: {}", String::from_utf8_lossy(&made.stderr));
        }
        writeln!(text, "password_file {}", passwords.display())?;
    }
    std::fs::write(path.join("mosquitto.conf"), text)?;
    Ok(folder)
}
