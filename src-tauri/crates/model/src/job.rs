//! Jobs: work that may take over 300 ms.

use crate::{Error, JobId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum JobKind {
    FilterScan,
    BrokerTest,
    /// Certificates for a list of devices.
    CertificateIssue,
    /// Certificates in the place of others.
    CertificateRenewal,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum JobState {
    Running,
    Done,
    Cancelled,
    Failed { error: Error },
}

/// A job with its progress: `done` of `total` in `unit`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Job {
    pub id: JobId,
    pub kind: JobKind,
    pub state: JobState,
    pub done: u64,
    pub total: u64,
    /// What is counted, e.g. "entries".
    pub unit: String,
    /// What it is at, e.g. "scan".
    pub phase: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct JobRef {
    pub job: JobId,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Jobs {
    pub jobs: Vec<Job>,
}
