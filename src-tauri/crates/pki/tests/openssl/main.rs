//! Certificates and handshakes against the openssl program: an implementation that is not ours.

mod authority;
mod batches;
mod ca_files;
mod clients;
mod handshakes;
mod identities;
mod openssl;
mod own_ca;
mod pkcs12;
mod renewals;
mod requests;
mod revocations;
mod trusts;
