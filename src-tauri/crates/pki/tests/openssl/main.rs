//! Certificates and handshakes against the openssl program: an implementation that is not ours.

mod authority;
mod ca_files;
mod clients;
mod handshakes;
mod identities;
mod openssl;
