//! Hubscope's `store` crate.
