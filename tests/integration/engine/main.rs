//! The engine as pages drive it, against brokers that we did not write and against the sandbox.

// Helpers of tests may panic as tests do: clippy takes this line for it.
#![cfg(test)]

mod broker;
mod exits;
mod kaa;
mod kinds;
mod page;
mod pasting;
mod planted;
mod renewal;
mod sandbox;
mod secrets;
