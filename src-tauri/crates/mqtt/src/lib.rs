//! Hubscope's `mqtt` crate.
