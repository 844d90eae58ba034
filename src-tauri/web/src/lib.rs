//! Loopback web shell.
