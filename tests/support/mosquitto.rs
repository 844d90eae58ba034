//! A real mosquitto, unpacked, never installed: started by a test on a port of 127.0.0.1 and killed with it.

use anyhow::{Context, Result, anyhow, bail};
use std::fmt::Write as _;
use std::net::{IpAddr, Ipv4Addr, TcpListener, TcpStream};
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
    /// Listeners besides the first.
    pub doors: Vec<Door>,
}

/// One more listener of a broker.
#[derive(Clone, Debug)]
pub struct Door {
    /// The address that it binds; a Unix socket has none, and its file is named `socket`.
    pub bind: Option<IpAddr>,
    pub web_socket: bool,
    pub tls: Option<Identity>,
    /// Asks clients for a certificate of this CA (PEM).
    pub client_ca: Option<String>,
}

impl Default for Door {
    fn default() -> Self {
        Self { bind: Some(Ipv4Addr::LOCALHOST.into()), web_socket: false, tls: None, client_ca: None }
    }
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

    #[must_use]
    pub fn door(mut self, door: Door) -> Self {
        self.doors.push(door);
        self
    }
}

/// A running broker. Dropping it kills it.
#[derive(Debug)]
pub struct Broker {
    port: u16,
    /// Of the doors, in their order; 0 for a Unix socket.
    doors: Vec<(Option<IpAddr>, u16)>,
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
            let free = |door: &Door| Ok((door.bind, door.bind.map_or(Ok(0), free_port_at)?));
            let doors = config.doors.iter().map(free).collect::<Result<Vec<_>>>()?;
            let folder = write_folder(config, port, &doors)?;
            let mut broker = Self { port, doors, folder, process: None };
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

    /// The port of a door of the configuration, by its place.
    pub fn door(&self, place: usize) -> u16 {
        self.doors[place].1
    }

    /// The file of the door that is a Unix socket.
    pub fn socket(&self) -> PathBuf {
        self.folder.path().join("socket")
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

    /// Sends it a signal by its name, such as `STOP`.
    pub fn signal(&self, name: &str) -> Result<()> {
        let process = self.process.as_ref().context("it was killed")?;
        crate::program::signal(process.id(), name)
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
        while !self.is_open() {
            let ended = self.process.as_mut().and_then(|process| process.try_wait().ok().flatten());
            if ended.is_some() || Instant::now() > deadline {
                bail!("mosquitto does not listen on port {}: {}", self.port, self.log());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    fn is_open(&self) -> bool {
        let first = (Some(Ipv4Addr::LOCALHOST.into()), self.port);
        self.doors.iter().chain([&first]).all(|(bind, port)| match bind {
            Some(address) => TcpStream::connect((*address, *port)).is_ok(),
            None => self.socket().exists(),
        })
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
    free_port_at(Ipv4Addr::LOCALHOST.into())
}

fn free_port_at(address: IpAddr) -> Result<u16> {
    Ok(TcpListener::bind((address, 0))?.local_addr()?.port())
}

fn write_folder(config: &Config, port: u16, doors: &[(Option<IpAddr>, u16)]) -> Result<TempDir> {
    let folder = tempfile::tempdir()?;
    let path = folder.path();
    let mut text = format!(
        "listener {port} 127.0.0.1\nmax_queued_messages 0\npersistence false\nset_tcp_nodelay true\nuser root\n\
         allow_anonymous {}\n{}",
        config.login.is_none(),
        config.extra
    );
    if let Some(identity) = &config.tls {
        write_identity(path, "server", identity, &mut text)?;
    }
    if let Some((user, password)) = &config.login {
        let passwords = path.join("passwords");
        let made = tool("mosquitto_passwd")?.args(["-b", "-c"]).arg(&passwords).args([user, password]).output()?;
        if !made.status.success() {
            bail!("mosquitto_passwd: {}", String::from_utf8_lossy(&made.stderr));
        }
        writeln!(text, "password_file {}", passwords.display())?;
    }
    for (place, (door, (bind, port))) in config.doors.iter().zip(doors).enumerate() {
        write_door(path, place, door, *bind, *port, &mut text)?;
    }
    std::fs::write(path.join("mosquitto.conf"), text)?;
    Ok(folder)
}

fn write_door(
    path: &Path,
    place: usize,
    door: &Door,
    bind: Option<IpAddr>,
    port: u16,
    text: &mut String,
) -> Result<()> {
    match bind {
        Some(address) => writeln!(text, "listener {port} {address}")?,
        None => writeln!(text, "listener 0 {}", path.join("socket").display())?,
    }
    if door.web_socket {
        text.push_str("protocol websockets\n");
    }
    if let Some(identity) = &door.tls {
        write_identity(path, &format!("door{place}"), identity, text)?;
    }
    if let Some(ca) = &door.client_ca {
        let file = path.join(format!("door{place}.ca"));
        std::fs::write(&file, ca)?;
        writeln!(text, "cafile {}\nrequire_certificate true", file.display())?;
    }
    Ok(())
}

fn write_identity(path: &Path, name: &str, identity: &Identity, text: &mut String) -> Result<()> {
    let (certificate, key) = (path.join(format!("{name}.pem")), path.join(format!("{name}.key")));
    std::fs::write(&certificate, &identity.chain_pem)?;
    std::fs::write(&key, &identity.key_pem)?;
    writeln!(text, "certfile {}\nkeyfile {}", certificate.display(), key.display())?;
    Ok(())
}
