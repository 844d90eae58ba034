//! What became of one step.

use hubscope_model::{DiagnoseCause, DiagnoseFix, DiagnoseStep, StepEvidence, StepReport, StepState, Text};

/// Why, and what mends it.
pub(super) struct Finding {
    pub cause: DiagnoseCause,
    /// A few words.
    pub summary: Text,
    pub explanation: Text,
    pub fixes: Vec<DiagnoseFix>,
}

pub(super) struct Outcome {
    pub state: StepState,
    micros: Option<u64>,
    summary: Text,
    finding: Option<Finding>,
    evidence: Option<StepEvidence>,
    said: Vec<String>,
}

impl Outcome {
    fn new(state: StepState, summary: Text) -> Self {
        Self { state, micros: None, summary, finding: None, evidence: None, said: Vec::new() }
    }

    pub fn ok(micros: u64, summary: Text) -> Self {
        Self { micros: Some(micros), ..Self::new(StepState::Ok, summary) }
    }

    pub fn not_needed(summary: Text) -> Self {
        Self::new(StepState::NotNeeded, summary)
    }

    pub fn failed(micros: u64, finding: Finding) -> Self {
        Self {
            micros: Some(micros),
            finding: Some(finding),
            ..Self::new(StepState::Failed, Text::verbatim(String::new()))
        }
    }

    /// It works, and this should be known.
    pub fn but(mut self, finding: Finding) -> Self {
        self.finding = Some(finding);
        self
    }

    pub fn seen(mut self, evidence: StepEvidence) -> Self {
        self.evidence = Some(evidence);
        self
    }

    pub fn said(mut self, words: impl IntoIterator<Item = String>) -> Self {
        self.said.extend(words.into_iter().filter(|words| !words.is_empty()));
        self
    }

    pub fn report(self, step: DiagnoseStep) -> StepReport {
        let Self { state, micros, summary, finding, evidence, said } = self;
        let mut report = StepReport {
            step,
            state,
            micros,
            summary,
            cause: None,
            explanation: None,
            fixes: Vec::new(),
            evidence,
            said,
        };
        if let Some(Finding { cause, summary, explanation, fixes }) = finding {
            report.summary = summary;
            report.cause = Some(cause);
            report.explanation = Some(explanation);
            report.fixes = fixes;
        }
        report
    }
}
