//! `cargo xtask test`: everything that is checked, in one run and from one debug build.

use crate::places::{Places, cargo, npm};
use crate::step::{Step, Steps};
use crate::{child, needs, npm as packages, python, tools};
use anyhow::{Context, Result, bail};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;
use tokio::process::Command;

/// Steps that compile or run the app.
const RUST: &[&str] = &["clippy", "build", "contract", "rust", "browser", "window", "pictures"];
/// Steps that need the page's packages.
const PAGE: &[&str] = &["eslint", "tsc", "ui-unit", "rows", "ui-build"];
/// Steps that need a broker, a browser, a screen.
const WORLD: &[&str] = &["rows", "rust", "browser", "window", "pictures"];

/// For one test of the browser or the window, in milliseconds; only a hang reaches it.
const TEST_LIMIT: &str = "--test-timeout=180000";

/// What the one debug build comes from.
const BUILT: &[&str] = &["ui-build", "build"];

/// Runs the steps of `only`, or all.
pub async fn test(places: &Places, yes: bool, only: &[String]) -> Result<ExitCode> {
    let all = plan(places, &World::default());
    if let Some(unknown) = only.iter().find(|name| all.iter().all(|step| step.name != **name)) {
        let names: Vec<_> = all.iter().map(|step| step.name).collect();
        bail!("{unknown} is no step. The steps are {}", names.join(", "));
    }
    let chosen = all.iter().filter(|step| only.is_empty() || only.iter().any(|name| name == step.name));
    // What a chosen step needs runs too: it would judge an old build otherwise.
    let chosen: Vec<_> = chosen.flat_map(|step| step.needs.iter().copied().chain([step.name])).collect();
    run(places, yes, &chosen, plan).await
}

/// Takes the pictures of `docs/pictures` from a fresh build.
pub async fn pictures(places: &Places, yes: bool) -> Result<ExitCode> {
    run(places, yes, &["ui-build", "build", "pictures"], |places, world| {
        let mut steps = plan(places, world);
        steps.push(Step::new("pictures", BUILT, in_session(places, world, &["pictures.mjs"])));
        steps
    })
    .await
}

/// Writes `ui/src/contract/index.ts`.
pub async fn write_contract(places: &Places) -> Result<ExitCode> {
    let mut print = cargo();
    print.args(["run", "--quiet", "-p", "hubscope-model", "--example", "contract"]).current_dir(&places.root);
    let text = child::read(print).await?;
    let file = contract_file(places);
    std::fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))?;
    println!("wrote {}", file.display());
    Ok(ExitCode::SUCCESS)
}

fn contract_file(places: &Places) -> PathBuf {
    places.ui().join("src/contract/index.ts")
}

async fn run(
    places: &Places,
    yes: bool,
    chosen: &[&str],
    plan: impl FnOnce(&Places, &World) -> Vec<Step>,
) -> Result<ExitCode> {
    let started = Instant::now();
    let world = prepare(places, yes, chosen).await?;
    let mut steps = Steps::new(places.logs())?;
    steps.passed("set-up", started.elapsed());
    for step in plan(places, &world) {
        if chosen.contains(&step.name) {
            steps.run(step).await?;
        }
    }
    Ok(steps.finish())
}

/// What the tests use and this repository does not make.
#[derive(Default)]
struct World {
    nextest: bool,
    /// Variables that tell tests and scripts where everything is.
    variables: Vec<(&'static str, OsString)>,
}

/// Provides what the chosen steps need: system packages, tools, the page's packages.
async fn prepare(places: &Places, yes: bool, chosen: &[&str]) -> Result<World> {
    let wants = |steps: &[&str]| steps.iter().any(|step| chosen.contains(step));
    let mut sets: Vec<&[needs::Need]> = Vec::new();
    if wants(RUST) {
        sets.extend([needs::COMPILER, needs::APP]);
    }
    if wants(WORLD) {
        sets.push(needs::TESTS);
    }
    if wants(&["pictures"]) {
        sets.push(needs::PICTURES);
    }
    needs::provide(&sets, yes).await?;
    if wants(PAGE) {
        packages::install(&places.ui()).await?;
    }
    let mut world = World::default();
    if wants(WORLD) {
        packages::install(&places.e2e()).await?;
        let mut ask = cargo();
        ask.args(["nextest", "--version"]);
        world.nextest = child::succeeds(ask).await;
        let python = python::environments(places).await?;
        world.variables = vec![
            ("HUBSCOPE_PYTHON", python.into()),
            ("HUBSCOPE_MOSQUITTO", tools::mosquitto(places).await?.into()),
            ("HUBSCOPE_FAKETIME", tools::faketime(places).await?.into()),
            ("HUBSCOPE_CHROMIUM", tools::browser()?.into()),
            ("HUBSCOPE_APP", places.debug("hubscope").into()),
            ("HUBSCOPE_CLI", places.debug("hubscope-cli").into()),
        ];
    }
    if wants(&["window", "pictures"]) {
        world.variables.push(("TAURI_DRIVER", tools::tauri_driver(places).await?.into()));
    }
    Ok(world)
}

/// All steps in the order in which they run: what is quick comes first, what others need comes before them.
fn plan(places: &Places, world: &World) -> Vec<Step> {
    let cargo = |arguments: &[&str]| {
        let mut command = cargo();
        command.args(arguments).current_dir(&places.root).envs(world.variables.iter().cloned());
        command
    };
    let page = |script: &str| {
        let mut command = npm();
        command.args(["run", "--silent", script]).current_dir(places.ui());
        command
    };
    let mut contract = Command::new(places.target.join("debug").join("examples").join("contract"));
    contract.arg(contract_file(places));
    let mut rows = page("test:rows");
    rows.envs(world.variables.iter().cloned());
    let mut browser = Command::new("node");
    browser
        .args(["--test", TEST_LIMIT, "browser.test.mjs"])
        .current_dir(places.e2e())
        .envs(world.variables.iter().cloned());
    // Always the whole workspace: with another choice of packages cargo unifies features anew and builds all again.
    let all = ["--workspace", "--lib", "--bins", "--examples", "--tests"];
    let tests = if world.nextest {
        cargo(&["nextest", "run", "--workspace", "--no-fail-fast"])
    } else {
        cargo(&[&["test", "--no-fail-fast"], &all[..]].concat())
    };
    vec![
        Step::new("rustfmt", &[], cargo(&["fmt", "--all", "--", "--check"])),
        Step::new("eslint", &[], page("lint")),
        Step::new("tsc", &[], page("typecheck")),
        Step::new("ui-unit", &[], page("test")),
        Step::new("rows", &[], rows),
        Step::new("ui-build", &[], page("build")),
        Step::new("clippy", &[], cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])),
        Step::new("build", &["ui-build"], cargo(&[&["build"], &all[..]].concat())),
        Step::new("contract", BUILT, contract),
        Step::new("rust", BUILT, tests).then(cargo(&["test", "--quiet", "--workspace", "--doc"])),
        Step::new("browser", BUILT, browser),
        Step::new("window", BUILT, in_session(places, world, &["--test", TEST_LIMIT, "window.test.mjs"])),
    ]
}

/// A script of tests/e2e in a desktop session of its own, so that it neither sees nor touches the user's.
fn in_session(places: &Places, world: &World, script: &[&str]) -> Command {
    let mut command = Command::new("dbus-run-session");
    command.args(["--", "node"]).args(script).current_dir(places.e2e()).envs(world.variables.iter().cloned());
    command
}
