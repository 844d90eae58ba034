//! Hubscope's `monitor` crate.
