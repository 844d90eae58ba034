//! Steps of a test run: progress while they run, their output when they fail, a table at the end.

use crate::child;
use anyhow::{Context, Result};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{ExitCode, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use tokio::process::{Child, Command};

/// How often a running step says that it is alive.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// A step that takes longer hangs, and is ended: the whole cold run has an hour.
const LIMIT: Duration = Duration::from_secs(40 * 60);
/// Lines of a failed step's output that are shown; the rest is in its log.
const SHOWN_LINES: usize = 300;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Passed,
    Failed,
    /// A step that it needs failed.
    NotRun,
}

struct Done {
    name: &'static str,
    took: Duration,
    outcome: Outcome,
}

/// One check: commands that must all succeed, after the steps it needs.
pub struct Step {
    pub name: &'static str,
    /// Steps that must have passed.
    pub needs: &'static [&'static str],
    commands: Vec<Command>,
}

impl Step {
    /// A step of one command.
    pub fn new(name: &'static str, needs: &'static [&'static str], command: Command) -> Self {
        Self { name, needs, commands: vec![command] }
    }

    /// Adds a command that runs after the others.
    pub fn then(mut self, command: Command) -> Self {
        self.commands.push(command);
        self
    }
}

/// One run of several steps.
pub struct Steps {
    logs: PathBuf,
    done: Vec<Done>,
}

impl Steps {
    /// Starts a run whose output goes into `logs`.
    pub fn new(logs: PathBuf) -> Result<Self> {
        std::fs::create_dir_all(&logs).with_context(|| format!("{} cannot be made", logs.display()))?;
        Ok(Self { logs, done: Vec::new() })
    }

    /// Notes something that is done already.
    pub fn passed(&mut self, name: &'static str, took: Duration) {
        self.done.push(Done { name, took, outcome: Outcome::Passed });
    }

    /// Runs a step, unless one that it needs did not pass. Only an interruption is an error.
    pub async fn run(&mut self, step: Step) -> Result<()> {
        let Step { name, needs, commands } = step;
        if let Some(missing) = needs.iter().find(|needed| self.has_not_passed(needed)) {
            println!("- {name}: not run, {missing} did not pass");
            self.done.push(Done { name, took: Duration::ZERO, outcome: Outcome::NotRun });
            return Ok(());
        }
        println!("> {name}");
        let started = Instant::now();
        let log = self.logs.join(format!("{name}.log"));
        let passed = run_logged(name, &log, commands).await?;
        let took = started.elapsed();
        let outcome = if passed { Outcome::Passed } else { Outcome::Failed };
        if passed {
            println!("  {name} passed in {:.1} s", took.as_secs_f64());
        } else {
            show(&log);
            println!("  {name} FAILED after {:.1} s; all of its output: {}", took.as_secs_f64(), log.display());
        }
        self.done.push(Done { name, took, outcome });
        Ok(())
    }

    /// True for a step of this run that failed; one that was left out by choice holds nobody up.
    fn has_not_passed(&self, name: &str) -> bool {
        self.done.iter().any(|done| done.name == name && done.outcome != Outcome::Passed)
    }

    /// Prints the table and the sum.
    pub fn finish(self) -> ExitCode {
        println!("\n{:<12} {:>9}  result", "step", "seconds");
        for step in &self.done {
            let word = match step.outcome {
                Outcome::Passed => "passed",
                Outcome::Failed => "FAILED",
                Outcome::NotRun => "not run",
            };
            println!("{:<12} {:>9.1}  {word}", step.name, step.took.as_secs_f64());
        }
        let total: Duration = self.done.iter().map(|step| step.took).sum();
        let passed = self.done.iter().filter(|step| step.outcome == Outcome::Passed).count();
        let failed = self.done.len() - passed;
        println!("{:<12} {:>9.1}\n", "all", total.as_secs_f64());
        println!("{passed} passed, {failed} failed");
        if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

async fn run_logged(name: &str, log: &Path, commands: Vec<Command>) -> Result<bool> {
    let file = File::create(log).with_context(|| format!("{} cannot be written", log.display()))?;
    for mut command in commands {
        command.stdout(Stdio::from(file.try_clone()?)).stderr(Stdio::from(file.try_clone()?));
        let mut child = child::start(command)?;
        let Some(status) = watch(name, log, &mut child).await? else {
            println!("  {name}: ended after {} minutes", LIMIT.as_secs() / 60);
            child::end(&mut child).await;
            return Ok(false);
        };
        if !status.success() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Waits for a command and says from time to time where it is; nothing when it took too long.
async fn watch(name: &str, log: &Path, child: &mut Child) -> Result<Option<ExitStatus>> {
    let started = Instant::now();
    let mut ending = std::pin::pin!(child::wait(child));
    while started.elapsed() < LIMIT {
        tokio::select! {
            status = &mut ending => return status.map(Some),
            () = tokio::time::sleep(HEARTBEAT) => {
                println!("  {name}: {} s, {}", started.elapsed().as_secs(), last_line(log));
            }
        }
    }
    Ok(None)
}

/// The newest line of a log, cut to a terminal's width.
fn last_line(log: &Path) -> String {
    let text = std::fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let line = text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("no output yet").trim();
    line.chars().take(100).collect()
}

fn show(log: &Path) {
    let text = std::fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<_> = text.lines().collect();
    for line in &lines[lines.len().saturating_sub(SHOWN_LINES)..] {
        println!("  | {line}");
    }
}
