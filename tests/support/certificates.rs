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
    /// It begins in 2098.
    NotYet,
}

impl Ca {
    pub fn new(common_name: &str) -> Result<Self> {
        Self::with_subject(&format!("/CN={common_name}"))
    }

    /// `subject` in openssl's words: `/O=Lab/CN=Root`.
    pub fn with_subject(subject: &str) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let path = folder.path();
        key(path, "ca.key")?;
        std::fs::write(
            path.join("ca.cnf"),
            "[req]\nprompt=no\ndistinguished_name=dn\nx509_extensions=v3\n[dn]\nCN=unused\n[v3]\n\
             basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n",
        )?;
        openssl(
            path,
            &[
                "req", "-x509", "-new", "-key", "ca.key", "-days", "30", "-subj", subject, "-config", "ca.cnf", "-out",
                "ca.pem",
            ],
        )?;
        let pem = std::fs::read_to_string(path.join("ca.pem"))?;
        Ok(Self { folder, pem })
    }

    /// A CA that this one signed; [`Ca::pem`] is the new one's own.
    pub fn intermediate(&self, common_name: &str) -> Result<Self> {
        let extensions = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n";
        let made = self.sign(common_name, extensions, Valid::Now)?;
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("ca.pem"), &made.chain_pem)?;
        std::fs::write(folder.path().join("ca.key"), &made.key_pem)?;
        Ok(Self { folder, pem: made.chain_pem })
    }

    /// A server certificate for `names`, in openssl's words: `DNS:localhost`, `IP:127.0.0.1`.
    pub fn server(&self, names: &[&str], valid: Valid) -> Result<Identity> {
        let names = names.join(",");
        self.issue("server", &format!("extendedKeyUsage=serverAuth\nsubjectAltName={names}\n"), valid)
    }

    /// A client certificate with this common name.
    pub fn client(&self, common_name: &str) -> Result<Identity> {
        self.client_valid(common_name, Valid::Now)
    }

    pub fn client_valid(&self, common_name: &str, valid: Valid) -> Result<Identity> {
        self.issue(common_name, "extendedKeyUsage=clientAuth\n", valid)
    }

    fn issue(&self, common_name: &str, extensions: &str, valid: Valid) -> Result<Identity> {
        let leaf = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n";
        self.sign(common_name, &format!("{leaf}{extensions}"), valid)
    }

    fn sign(&self, common_name: &str, extensions: &str, valid: Valid) -> Result<Identity> {
        let path = self.folder.path();
        key(path, "leaf.key")?;
        let extensions = format!("{extensions}subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n");
        std::fs::write(path.join("leaf.cnf"), extensions)?;
        let subject = format!("/CN={common_name}");
        openssl(path, &["req", "-new", "-key", "leaf.key", "-subj", &subject, "-out", "leaf.csr"])?;
        match valid {
            Valid::Now => self.sign_for("30")?,
            // openssl 3.0 takes no start date here, and takes a negative number of days for a past end.
            Valid::Expired => self.sign_for("-1")?,
            Valid::NotYet => self.sign_later()?,
        }
        Ok(Identity {
            chain_pem: std::fs::read_to_string(path.join("leaf.pem"))?,
            key_pem: std::fs::read_to_string(path.join("leaf.key"))?,
        })
    }

    fn sign_for(&self, days: &str) -> Result<()> {
        let by = ["x509", "-req", "-in", "leaf.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-sha256"];
        let how = ["-days", days, "-extfile", "leaf.cnf", "-out", "leaf.pem"];
        openssl(self.folder.path(), &[&by[..], &how[..]].concat())
    }

    /// The list (PEM) that revokes this certificate of ours.
    pub fn revocation_list(&self, revoked: &Identity) -> Result<String> {
        let path = self.folder.path();
        self.open_books()?;
        std::fs::write(path.join("revoked.pem"), &revoked.chain_pem)?;
        let by = ["ca", "-config", "books.cnf", "-cert", "ca.pem", "-keyfile", "ca.key"];
        openssl(path, &[&by[..], &["-revoke", "revoked.pem"]].concat())?;
        openssl(path, &[&by[..], &["-gencrl", "-crldays", "30", "-out", "crl.pem"]].concat())?;
        Ok(std::fs::read_to_string(path.join("crl.pem"))?)
    }

    /// What `openssl ca` keeps of its certificates.
    fn open_books(&self) -> Result<()> {
        let path = self.folder.path();
        std::fs::write(path.join("index.txt"), "")?;
        std::fs::write(
            path.join("books.cnf"),
            "[ca]\ndefault_ca=own\n[own]\ndatabase=index.txt\nnew_certs_dir=.\nrand_serial=yes\ndefault_md=sha256\n\
             policy=any\n[any]\ncommonName=supplied\n",
        )?;
        Ok(())
    }

    /// Only `openssl ca` takes a start date.
    fn sign_later(&self) -> Result<()> {
        let path = self.folder.path();
        self.open_books()?;
        let by = ["ca", "-batch", "-notext", "-config", "books.cnf", "-cert", "ca.pem", "-keyfile", "ca.key"];
        let how = ["-in", "leaf.csr", "-extfile", "leaf.cnf", "-out", "leaf.pem"];
        let when = ["-startdate", "20980101000000Z", "-enddate", "20990101000000Z"];
        openssl(path, &[&by[..], &how[..], &when[..]].concat())
    }
}

/// A server's certificate for `names` that no CA signed; `is_ca`: as `openssl req -x509` makes it unless told otherwise.
pub fn self_signed(names: &[&str], is_ca: bool) -> Result<Identity> {
    let folder = tempfile::tempdir()?;
    let path = folder.path();
    key(path, "own.key")?;
    let ca = if is_ca { "TRUE" } else { "FALSE" };
    std::fs::write(
        path.join("own.cnf"),
        format!(
            "[req]\nprompt=no\ndistinguished_name=dn\nx509_extensions=v3\n[dn]\nCN=alone\n[v3]\n\
             basicConstraints=critical,CA:{ca}\nsubjectAltName={}\n",
            names.join(",")
        ),
    )?;
    let made = ["req", "-x509", "-new", "-key", "own.key", "-days", "30", "-config", "own.cnf", "-out", "own.pem"];
    openssl(path, &made)?;
    Ok(Identity {
        chain_pem: std::fs::read_to_string(path.join("own.pem"))?,
        key_pem: std::fs::read_to_string(path.join("own.key"))?,
    })
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
