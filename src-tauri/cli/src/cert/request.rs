//! Certificate requests: made here, and signed here.

use super::files::{self, New};
use super::{open_ca, sealed};
use crate::args::{CertCsrArgs, CertSignArgs};
use crate::failure::Failure;
use hubscope_pki::{new_request, read_request};

pub fn make(args: CertCsrArgs) -> Result<(), Failure> {
    let CertCsrArgs { cn, key, seal, out } = args;
    files::check_directory(&out, &["key.pem", "request.pem"])?;
    let made = new_request(&cn, key.into()).map_err(Failure::usage)?;
    let key = sealed(made.key_pem, &seal)?;
    let all = [
        New::private(out.directory.join("key.pem"), key.as_bytes()),
        New::public(out.directory.join("request.pem"), &made.request_pem),
    ];
    files::write(&all, out.force)
}

pub fn sign(args: CertSignArgs) -> Result<(), Failure> {
    let CertSignArgs { ca, csr, cn, days, out } = args;
    files::check_directory(&out, &["cert.pem", "chain.pem"])?;
    let request = read_request(&files::read(&csr)?).map_err(Failure::usage)?;
    let signed = open_ca(&ca)?.sign_request(&request, cn.as_deref(), days).map_err(Failure::usage)?;
    let all = [
        New::public(out.directory.join("cert.pem"), &signed.cert_pem),
        New::public(out.directory.join("chain.pem"), &signed.chain_pem),
    ];
    files::write(&all, out.force)
}
