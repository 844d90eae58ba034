//! The engine as pages drive it, against brokers that we did not write and against the sandbox.

// Helpers of tests may panic as tests do: clippy takes this line for it.
#![cfg(test)]

mod broker;
mod clock;
mod diagnosing;
mod exits;
mod kaa;
mod kaa_minute;
mod kinds;
mod page;
mod pasting;
mod planted;
mod renewal;
mod sandbox;
mod sdk;
mod secrets;
mod trust;
mod ways;
mod web;
mod words;
