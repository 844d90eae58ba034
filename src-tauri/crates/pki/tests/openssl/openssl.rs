//! The openssl program as a CA of the old school, and as a TLS server.

use std::error::Error;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// What `openssl ca` needs to know. Extensions are given per certificate.
const CONFIG: &str = "
[ca]
default_ca = here
[here]
database = index.txt
new_certs_dir = .
rand_serial = yes
certificate = ca.pem
private_key = ca.key
default_md = sha256
policy = anything
default_crl_days = 30
unique_subject = no
[anything]
commonName = supplied
[req]
distinguished_name = name
[name]
";

/// A directory with a CA in it: `ca.pem` and `ca.key`.
pub struct Workshop {
    dir: tempfile::TempDir,
}

/// Dates of a leaf, as openssl writes them: YYYYMMDDHHMMSSZ.
pub struct Dates(pub &'static str, pub &'static str);

/// Any time in which these tests run.
pub const VALID: Dates = Dates("20200101000000Z", "20990101000000Z");

impl Workshop {
    pub fn new(ca_name: &str) -> Outcome<Self> {
        let workshop = Self { dir: tempfile::tempdir()? };
        std::fs::write(workshop.path("ca.cnf"), CONFIG)?;
        std::fs::write(workshop.path("index.txt"), "")?;
        let subject = format!("/CN={ca_name}");
        workshop.run(&["ecparam", "-genkey", "-name", "prime256v1", "-out", "ca.key"])?;
        workshop.run(&[
            "req",
            "-utf8",
            "-new",
            "-x509",
            "-key",
            "ca.key",
            "-config",
            "ca.cnf",
            "-days",
            "3650",
            "-subj",
            &subject,
            "-addext",
            "basicConstraints=critical,CA:TRUE",
            "-addext",
            "keyUsage=critical,keyCertSign,cRLSign",
            "-out",
            "ca.pem",
        ])?;
        Ok(workshop)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn read(&self, name: &str) -> Outcome<Vec<u8>> {
        Ok(std::fs::read(self.path(name))?)
    }

    pub fn text(&self, name: &str) -> Outcome<String> {
        Ok(String::from_utf8(self.read(name)?)?)
    }

    /// Makes `name.key` and `name.pem`, signed by the CA, with `extensions` a line each.
    pub fn leaf(&self, name: &str, dates: &Dates, extensions: &str) -> Outcome<()> {
        let (key, csr, pem, ext) =
            (format!("{name}.key"), format!("{name}.csr"), format!("{name}.pem"), format!("{name}.ext"));
        std::fs::write(self.path(&ext), extensions)?;
        self.run(&["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", &key])?;
        self.run(&[
            "req",
            "-utf8",
            "-new",
            "-key",
            &key,
            "-config",
            "ca.cnf",
            "-subj",
            &format!("/CN={name}"),
            "-out",
            &csr,
        ])?;
        self.run(&[
            "ca",
            "-batch",
            "-notext",
            "-config",
            "ca.cnf",
            "-in",
            &csr,
            "-extfile",
            &ext,
            "-startdate",
            dates.0,
            "-enddate",
            dates.1,
            "-out",
            &pem,
        ])
    }

    /// Runs openssl in the directory.
    pub fn run(&self, args: &[&str]) -> Outcome<()> {
        let output = openssl(self.dir.path(), args)?;
        if output.0 { Ok(()) } else { Err(format!("openssl {args:?}: {}", output.1).into()) }
    }

    /// Starts `openssl s_server` with `name.pem` on a port that the system chooses. It answers each
    /// line with the line reversed.
    pub fn serve(&self, name: &str, more: &[&str]) -> Outcome<Server> {
        let (cert, key) = (format!("{name}.pem"), format!("{name}.key"));
        let child = Command::new("openssl")
            .args(["s_server", "-rev", "-accept", "127.0.0.1:0", "-cert", &cert, "-key", &key])
            .args(more)
            .current_dir(self.dir.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        // From here on the guard ends the process.
        let mut server = Server { child, port: 0 };
        let mut lines = BufReader::new(server.child.stdout.take().ok_or("no stdout")?).lines();
        while let Some(line) = lines.next().transpose()? {
            if let Some(address) = line.strip_prefix("ACCEPT ") {
                server.port = address.rsplit(':').next().unwrap_or_default().trim().parse()?;
                // Read on, so that the server never waits for room in the pipe.
                std::thread::spawn(move || lines.for_each(drop));
                return Ok(server);
            }
        }
        let mut said = String::new();
        server.child.stderr.take().ok_or("no stderr")?.read_to_string(&mut said)?;
        Err(format!("openssl s_server did not start: {said}").into())
    }
}

/// Runs openssl in `dir`; answers whether it succeeded and what it said.
pub fn openssl(dir: &Path, args: &[&str]) -> Outcome<(bool, String)> {
    let output = Command::new("openssl").args(args).current_dir(dir).stdin(Stdio::null()).output()?;
    let said = [output.stdout, output.stderr].concat();
    Ok((output.status.success(), String::from_utf8_lossy(&said).into_owned()))
}

/// A running s_server; ended when dropped.
pub struct Server {
    child: Child,
    pub port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail only for a process that has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
