//! Hubscope's `pki` crate.
