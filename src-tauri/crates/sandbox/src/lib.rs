//! Hubscope's `sandbox` crate.
