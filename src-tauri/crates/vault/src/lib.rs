//! Hubscope's `vault` crate.
