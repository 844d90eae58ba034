//! What a CA makes: itself, certificates of devices, and the proof that its key is here.

use super::{files, open_ca, read_ca, read_passphrase, sealed};
use crate::args::{CertCaArgs, CertDeviceArgs, CertPossessionArgs, IssueArgs};
use crate::failure::Failure;
use files::New;
use hubscope_pki::new_root;

pub fn ca(args: CertCaArgs) -> Result<(), Failure> {
    let CertCaArgs { cn, key, days, ca, passphrase, seal, out } = args;
    files::check_directory(&out, &["ca.pem", "ca.key"])?;
    let made = match ca {
        Some(parent) => {
            let passphrase = read_passphrase(&passphrase)?;
            read_ca(&parent, passphrase.as_ref())?.issue_intermediate(&cn, key.into(), days)
        }
        None => new_root(&cn, key.into(), days),
    }
    .map_err(Failure::usage)?;
    let key = sealed(made.key_pem, &seal)?;
    let all = [
        // With the issuers of an intermediate: devices show them, too.
        New::public(out.directory.join("ca.pem"), &made.chain_pem),
        New::private(out.directory.join("ca.key"), key.as_bytes()),
    ];
    files::write(&all, out.force)
}

pub fn device(args: CertDeviceArgs) -> Result<(), Failure> {
    let CertDeviceArgs { cn, issue: IssueArgs { ca, key, days, seal, out } } = args;
    files::check_directory(&out, &["cert.pem", "key.pem", "chain.pem"])?;
    let made = open_ca(&ca)?.issue_device(&cn, key.into(), days).map_err(Failure::usage)?;
    let key = sealed(made.key_pem, &seal)?;
    let inside = |name: &str| out.directory.join(name);
    let all = [
        New::public(inside("cert.pem"), &made.cert_pem),
        New::private(inside("key.pem"), key.as_bytes()),
        New::public(inside("chain.pem"), &made.chain_pem),
    ];
    files::write(&all, out.force)
}

pub fn possession(args: CertPossessionArgs) -> Result<(), Failure> {
    let CertPossessionArgs { ca, code, out } = args;
    files::check_file(&out)?;
    let pem = open_ca(&ca)?.prove_possession(&code).map_err(Failure::usage)?;
    files::write(&[New::public(out.file, &pem)], out.force)
}
