//! Hubscope's `engine` crate.
