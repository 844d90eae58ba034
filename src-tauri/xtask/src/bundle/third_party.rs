//! Packages of others that are in the programs, from cargo's graph and npm's lock file: their licences, and a bill of
//! materials (CycloneDX 1.5). Nothing is fetched: texts come from the unpacked packages.

use crate::child;
use crate::places::{Places, cargo};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The programs that are packed.
const PROGRAMS: [&str; 2] = ["hubscope", "hubscope-cli"];
/// How the names of files with licences begin.
const TEXTS: [&str; 6] = ["license", "licence", "copying", "notice", "copyright", "unlicense"];

/// One package.
struct Part {
    name: String,
    version: String,
    licence: String,
    /// `cargo` or `npm`, as package URLs name them.
    kind: &'static str,
    texts: Vec<String>,
}

/// All of them, by name.
pub struct ThirdParty(Vec<Part>);

/// Reads both graphs.
pub async fn find(places: &Places) -> Result<ThirdParty> {
    let mut parts = crates(places).await?;
    parts.extend(page(places)?);
    parts.sort_by(|one, other| (&one.name, &one.version).cmp(&(&other.name, &other.version)));
    Ok(ThirdParty(parts))
}

impl ThirdParty {
    /// The list, then each text once with the packages that carry it.
    pub fn notices(&self) -> String {
        let mut text = format!("Hubscope contains {} packages of others.\n\n", self.0.len());
        let mut users: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for part in &self.0 {
            let bare = if part.texts.is_empty() { " (the package carries no text)" } else { "" };
            text += &format!("{} {}: {}{bare}\n", part.name, part.version, part.licence);
            for licence in &part.texts {
                users.entry(licence).or_default().push(format!("{} {}", part.name, part.version));
            }
        }
        for (licence, users) in users {
            text += &format!("\n{}\n{}\n\n{licence}\n", "-".repeat(78), users.join(", "));
        }
        text
    }

    /// cyclonedx.org/docs/1.5/json
    pub fn bill_of_materials(&self) -> String {
        let components: Vec<_> = self.0.iter().map(Part::component).collect();
        let version = env!("CARGO_PKG_VERSION");
        let itself = json!({ "type": "application", "name": "hubscope", "version": version });
        json!({ "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "metadata": { "component": itself },
                "components": components })
        .to_string()
    }
}

impl Part {
    fn component(&self) -> Value {
        // github.com/package-url/purl-spec: the @ of a scope is written %40.
        let purl = format!("pkg:{}/{}@{}", self.kind, self.name.replace('@', "%40"), self.version);
        json!({ "type": "library", "name": self.name, "version": self.version, "purl": purl, "bom-ref": purl,
                "licenses": [{ "expression": self.licence }] })
    }
}

/// Crates that are linked in on this system: neither what builds them nor what tests them.
async fn crates(places: &Places) -> Result<Vec<Part>> {
    let mut ask = cargo();
    ask.args(["metadata", "--format-version", "1", "--locked", "--filter-platform", &host().await?]);
    ask.current_dir(&places.root);
    let graph: Value = serde_json::from_str(&child::read(ask).await?)?;
    let packages: BTreeMap<_, _> = list(&graph["packages"]).map(|package| (text(&package["id"]), package)).collect();
    let nodes: BTreeMap<_, _> = list(&graph["resolve"]["nodes"]).map(|node| (text(&node["id"]), node)).collect();
    let is_program = |package: &&Value| PROGRAMS.contains(&text(&package["name"])) && package["source"].is_null();
    let mut open: Vec<_> = packages.values().copied().filter(is_program).map(|package| text(&package["id"])).collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            let linked = |dep: &&Value| list(&dep["dep_kinds"]).any(|kind| kind["kind"].is_null());
            open.extend(list(&nodes[id]["deps"]).filter(linked).map(|dep| text(&dep["pkg"])));
        }
    }
    let foreign = seen.iter().map(|id| packages[id]).filter(|package| !package["source"].is_null());
    foreign.map(from_cargo).collect()
}

async fn host() -> Result<String> {
    let mut ask = tokio::process::Command::new("rustc");
    ask.arg("-vV");
    let answer = child::read(ask).await?;
    Ok(answer.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names no host")?.to_owned())
}

fn from_cargo(package: &Value) -> Result<Part> {
    let folder = Path::new(text(&package["manifest_path"])).parent().context("a crate's folder")?;
    Ok(Part {
        name: text(&package["name"]).to_owned(),
        version: text(&package["version"]).to_owned(),
        licence: package["license"].as_str().unwrap_or("see its text").replace('/', " OR "),
        kind: "cargo",
        texts: texts(folder)?,
    })
}

/// What the page is built of, by the lock file.
fn page(places: &Places) -> Result<Vec<Part>> {
    let lock: Value = serde_json::from_slice(&std::fs::read(places.ui().join("package-lock.json"))?)?;
    let packages = lock["packages"].as_object().context("a lock file of version 3")?;
    // Types are peers of the page's packages and are in no page.
    let beside = |package: &Value| ["dev", "devOptional", "optional", "peer"].iter().any(|word| package[word] == true);
    let ours = |(path, package): &(&String, &Value)| !path.is_empty() && !beside(package);
    packages.iter().filter(ours).map(|(path, package)| from_npm(places, path, package)).collect()
}

fn from_npm(places: &Places, path: &str, package: &Value) -> Result<Part> {
    let name = path.rsplit_once("node_modules/").map_or(path, |(_, name)| name);
    let folder = places.ui().join(path);
    Ok(Part {
        name: name.to_owned(),
        version: text(&package["version"]).to_owned(),
        licence: package["license"].as_str().unwrap_or("see its text").to_owned(),
        kind: "npm",
        texts: texts(&folder)?,
    })
}

fn texts(folder: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let file = entry?.path();
        let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        if file.is_file() && TEXTS.iter().any(|start| name.starts_with(start)) {
            files.push(file);
        }
    }
    files.sort();
    let read = |file| anyhow::Ok(String::from_utf8_lossy(&std::fs::read(file)?).trim().replace("\r\n", "\n"));
    files.into_iter().map(read).collect()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
