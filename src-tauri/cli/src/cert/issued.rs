//! What an own CA does for certificates that it issued before: a new time, or the end.

use super::files::{self, New};
use super::open_ca;
use crate::args::{CertCrlArgs, CertRenewArgs};
use crate::failure::Failure;
use jiff::Timestamp;

pub fn renew(args: CertRenewArgs) -> Result<(), Failure> {
    let CertRenewArgs { ca, cert, days, out } = args;
    files::check_directory(&out, &["cert.pem", "chain.pem"])?;
    let renewed = open_ca(&ca)?.renew(&files::read(&cert)?, days).map_err(Failure::usage)?;
    let all = [
        New::public(out.directory.join("cert.pem"), &renewed.cert_pem),
        New::public(out.directory.join("chain.pem"), &renewed.chain_pem),
    ];
    files::write(&all, out.force)
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
