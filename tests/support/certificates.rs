//! Certificates made by the `openssl` program, so that our TLS is not only checked against itself.

use anyhow::{Result, bail};
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A server's or client's certificate and key.
#[derive(Clone, Debug)]
pub struct Identity {
    pub chain_pem: String,
    pub key_pem: String,
}

/// A certificate authority in a temporary folder.
#[derive(Debug)]
pub struct Ca {
    folder: TempDir,
    pub pem: String,
}

/// When a certificate is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Valid {
    Now,
    /// It ended yesterday.
    Expired,
}

impl Ca {
    pub fn new(common_name: &str) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let path = folder.path();
        key(path, "ca.key")?;
        std::fs::write(
            path.join("ca.cnf"),
            "[req]\nprompt=no\ndistinguished_name=dn\nx509_extensions=v3\n[dn]\nCN=unused\n[v3]\n\
             basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n",
        )?;
        let subject = format!("/CN={common_name}");
        openssl(
            path,
            &[
                "req", "-x509", "-new", "-key", "ca.key", "-days", "30", "-subj", &subject, "-config", "ca.cnf",
                "-out", "ca.pem",
            ],
        )?;
        let pem = std::fs::read_to_string(path.join("ca.pem"))?;
        Ok(Self { folder, pem })
    }

    /// A server certificate for `names`, in openssl's words: `DNS:localhost`, `IP:127.0.0.1`.
    pub fn server(&self, names: &[&str], valid: Valid) -> Result<Identity> {
        let names = names.join(",");
        self.issue("server", &format!("extendedKeyUsage=serverAuth\nsubjectAltName={names}\n"), valid)
    }

    /// A client certificate with this common name.
    pub fn client(&self, common_name: &str) -> Result<Identity> {
        self.issue(common_name, "extendedKeyUsage=clientAuth\n", Valid::Now)
    }

    fn issue(&self, common_name: &str, extensions: &str, valid: Valid) -> Result<Identity> {
        let path = self.folder.path();
        key(path, "leaf.key")?;
        let extensions = format!(
            "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n{extensions}\
             subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"
        );
        std::fs::write(path.join("leaf.cnf"), extensions)?;
        let subject = format!("/CN={common_name}");
        openssl(path, &["req", "-new", "-key", "leaf.key", "-subj", &subject, "-out", "leaf.csr"])?;
        // openssl 3.0 takes no start date here, and takes a negative number of days for a past end.
        let days = if valid == Valid::Now { "30" } else { "-1" };
        openssl(
            path,
            &[
                "x509",
                "-req",
                "-in",
                "leaf.csr",
                "-CA",
                "ca.pem",
                "-CAkey",
                "ca.key",
                "-CAcreateserial",
                "-sha256",
                "-days",
                days,
                "-extfile",
                "leaf.cnf",
                "-out",
                "leaf.pem",
            ],
        )?;
        Ok(Identity {
            chain_pem: std::fs::read_to_string(path.join("leaf.pem"))?,
            key_pem: std::fs::read_to_string(path.join("leaf.key"))?,
        })
    }
}

fn key(folder: &Path, file: &str) -> Result<()> {
    openssl(folder, &["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", file])
}

fn openssl(folder: &Path, arguments: &[&str]) -> Result<()> {
    let output = Command::new("openssl").args(arguments).current_dir(folder).stdin(Stdio::null()).output()?;
    if !output.status.success() {
        bail!("openssl {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}
