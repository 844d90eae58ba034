//! Hubscope's `hubs` crate.
