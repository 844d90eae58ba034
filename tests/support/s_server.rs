//! `openssl s_server`: TLS in the ways that a broker does not offer.

use crate::certificates::Identity;
use crate::program::Program;
use anyhow::{Context, Result};
use std::process::Command;
use tempfile::TempDir;

/// A running server; dropping it kills it.
#[derive(Debug)]
pub struct SServer {
    pub port: u16,
    _program: Program,
    _folder: TempDir,
}

impl SServer {
    /// Listens on 127.0.0.1. `client_ca`: a client must show a certificate of this CA (PEM).
    pub async fn start(identity: &Identity, client_ca: Option<&str>, arguments: &[&str]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("server.pem"), &identity.chain_pem)?;
        std::fs::write(path("server.key"), &identity.key_pem)?;
        let mut command = Command::new("openssl");
        command.args(["s_server", "-accept", "127.0.0.1:0"]).args(arguments).current_dir(folder.path());
        command.args(["-cert", "server.pem", "-key", "server.key", "-cert_chain", "server.pem"]);
        if let Some(ca) = client_ca {
            std::fs::write(path("clients.pem"), ca)?;
            command.args(["-Verify", "1", "-verify_return_error", "-CAfile", "clients.pem"]);
        }
        let mut program = Program::start(command)?;
        let port = loop {
            // "ACCEPT 127.0.0.1:34567"
            let line = program.line().await?;
            if let Some(address) = line.strip_prefix("ACCEPT ") {
                break address.rsplit_once(':').context("a port")?.1.parse()?;
            }
        };
        Ok(Self { port, _program: program, _folder: folder })
    }
}
