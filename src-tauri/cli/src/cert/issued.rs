//! What an own CA does for certificates that it issued before: a new time, or the end.

use super::files::{self, New};
use super::open_ca;
use crate::args::{CertCrlArgs, CertRenewArgs};
use crate::failure::Failure;
use hubscope_pki::inspect;
use jiff::Timestamp;

pub fn renew(args: CertRenewArgs) -> Result<(), Failure> {
    let CertRenewArgs { ca, cert, days, out } = args;
    let old = files::read(&cert)?;
    let authority = is_ca(&old)?;
    let names: &[&str] = if authority { &["ca.pem"] } else { &["cert.pem", "chain.pem"] };
    files::check_directory(&out, names)?;
    let days = days.unwrap_or(if authority { 3650 } else { 365 });
    let renewed = open_ca(&ca)?.renew(&old, days).map_err(Failure::usage)?;
    let inside = |name: &&str| {
        New::public(out.directory.join(name), if *name == "cert.pem" { &renewed.cert_pem } else { &renewed.chain_pem })
    };
    files::write(&names.iter().map(inside).collect::<Vec<_>>(), out.force)
}

/// Whether a file begins with the certificate of a CA.
fn is_ca(certificate: &[u8]) -> Result<bool, Failure> {
    let found = inspect(certificate, None).map_err(Failure::usage)?;
    Ok(found.first().is_some_and(|facts| facts.is_ca))
}

pub fn list(args: CertCrlArgs) -> Result<(), Failure> {
    let CertCrlArgs { ca, revoke, reason, number, days, out } = args;
    files::check_file(&out)?;
    let ca = open_ca(&ca)?;
    let now = Timestamp::now().as_second();
    let mut revoked = Vec::with_capacity(revoke.len());
    for file in &revoke {
        revoked.push(ca.revoke(&files::read(file)?, now, reason.into()).map_err(Failure::usage)?);
    }
    let list = ca.revocation_list(&revoked, number, days).map_err(Failure::usage)?;
    files::write(&[New::public(out.file, &list)], out.force)
}
