//! The engine as pages drive it, against brokers that we did not write and against the sandbox.

mod broker;
mod page;
mod sandbox;
