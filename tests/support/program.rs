//! Programs as a user runs them: started with arguments, watched by what they write, ended by a signal.

use crate::{DEADLINE, within};
use anyhow::{Context, Result, bail, ensure};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStderr, ChildStdin, ChildStdout};

/// `hubscope-cli`: the one that `HUBSCOPE_CLI` names, else built first and taken from this test's target folder.
pub fn cli() -> Result<Command> {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    if let Some(program) = PROGRAM.get() {
        return Ok(Command::new(program));
    }
    let program = match std::env::var_os("HUBSCOPE_CLI") {
        Some(program) => PathBuf::from(program),
        None => build()?,
    };
    Ok(Command::new(PROGRAM.get_or_init(|| program)))
}

fn build() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--package", "hubscope-cli"])
        .current_dir(crate::root())
        .status()?;
    ensure!(built.success(), "hubscope-cli does not build");
    // A test is …/debug/deps/NAME-HASH.
    let itself = std::env::current_exe()?;
    let folder = itself.parent().and_then(std::path::Path::parent).context("the target folder")?;
    Ok(folder.join("hubscope-cli"))
}

/// How a program ended and all that it wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// None: by a signal.
    pub code: Option<i32>,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

impl Ended {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.stdout).into_owned()
    }
}

/// A running program. Dropping it kills it.
#[derive(Debug)]
pub struct Program {
    child: Child,
    pub stdin: Option<ChildStdin>,
    /// Taken by who reads it; else [`Program::end`] collects it.
    pub stdout: Option<BufReader<ChildStdout>>,
    stderr: Lines<BufReader<ChildStderr>>,
    said: Vec<String>,
}

impl Program {
    /// Starts `command` with all three streams piped. Neither a password nor a workspace of the user gets in.
    pub fn start(mut command: Command) -> Result<Self> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut command = tokio::process::Command::from(command);
        let mut child = command.kill_on_drop(true).spawn().with_context(|| format!("{command:?}"))?;
        Ok(Self {
            stdin: child.stdin.take(),
            stdout: Some(BufReader::new(child.stdout.take().context("stdout")?)),
            stderr: BufReader::new(child.stderr.take().context("stderr")?).lines(),
            said: Vec::new(),
            child,
        })
    }

    /// Waits for `line` on standard error.
    pub async fn says(&mut self, line: &str) -> Result<()> {
        within("the line on standard error", async {
            loop {
                match self.stderr.next_line().await? {
                    Some(said) if said == line => return Ok(()),
                    Some(said) => self.said.push(said),
                    None => bail!("{line:?} was never said, but {:?}", self.said),
                }
            }
        })
        .await
    }

    /// The next line of standard output.
    pub async fn line(&mut self) -> Result<String> {
        let output = self.stdout.as_mut().context("standard output was taken")?;
        let mut line = String::new();
        within("a line on standard output", output.read_line(&mut line)).await?;
        ensure!(line.ends_with('\n'), "standard output ended: {line:?}");
        Ok(line.trim_end().to_owned())
    }

    /// Sends a signal by its name, such as `INT`.
    pub fn signal(&self, name: &str) -> Result<()> {
        signal(self.id()?, name)
    }

    /// Of the process.
    pub fn id(&self) -> Result<u32> {
        self.child.id().context("it has ended")
    }

    /// Closes its standard input and waits until it ends by itself.
    pub async fn end(self) -> Result<Ended> {
        let Self { mut child, stdin, stdout, mut stderr, mut said } = self;
        drop(stdin);
        let output = async {
            let mut bytes = Vec::new();
            if let Some(mut stdout) = stdout {
                stdout.read_to_end(&mut bytes).await?;
            }
            anyhow::Ok(bytes)
        };
        let errors = async {
            while let Some(line) = stderr.next_line().await? {
                said.push(line);
            }
            anyhow::Ok(said.join("\n"))
        };
        let all = async { tokio::try_join!(output, errors, async { Ok(child.wait().await?) }) };
        let (stdout, stderr, status) =
            tokio::time::timeout(DEADLINE, all).await.context("the program did not end")??;
        Ok(Ended { code: status.code(), stdout, stderr })
    }
}

/// Sends a signal to a process that this test started.
pub(crate) fn signal(id: u32, name: &str) -> Result<()> {
    let sent = Command::new("kill").args(["-s", name, &id.to_string()]).status()?;
    ensure!(sent.success(), "kill failed");
    Ok(())
}

/// Runs a command to its end without input.
pub async fn run(command: Command) -> Result<Ended> {
    Program::start(command)?.end().await
}

/// Runs `hubscope-cli` to its end without input.
pub async fn run_cli(arguments: &[&str]) -> Result<Ended> {
    let mut command = cli()?;
    command.args(arguments);
    run(command).await
}
