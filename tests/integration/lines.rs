//! The lines never crossed that can be checked from outside: who may depend on what, and what no source file holds.

// Helpers of tests may panic as tests do: clippy takes this line for it.
#![cfg(test)]

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Packages of this workspace by floor. A crate imports only from floors below its own.
const FLOORS: &[&[&str]] = &[
    &["hubscope-model"],
    &["hubscope-vault"],
    &["hubscope-pki"],
    &["hubscope-mqtt", "hubscope-store", "hubscope-monitor"],
    &["hubscope-hubs", "hubscope-sandbox"],
    &["hubscope-engine"],
    &["hubscope-web"],
    &["hubscope", "hubscope-cli"],
];

/// Beside the building: they check or measure it and nobody imports them.
const OUTSIDE: &[&str] = &["hubscope-tests", "xtask"];

/// The only package that may name a library. Tests may name it too where they measure against it.
const OWNERS: &[(&str, &str)] = &[
    ("rumqttc", "hubscope-mqtt"),
    ("sqlx", "hubscope-store"),
    ("keyring", "hubscope-vault"),
    ("keyring-core", "hubscope-vault"),
    ("apple-native-keyring-store", "hubscope-vault"),
    ("windows-native-keyring-store", "hubscope-vault"),
    ("zbus-secret-service-keyring-store", "hubscope-vault"),
    ("rcgen", "hubscope-pki"),
    ("x509-parser", "hubscope-pki"),
];

/// The benchmark compares with a bare loop of the library.
const MEASURED_AGAINST: &[(&str, &str)] = &[("rumqttc", "hubscope-tests")];

/// The generated contract grows with the command table.
const GENERATED: &str = "ui/src/contract/index.ts";

const MAX_LINES: usize = 500;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

fn metadata() -> Metadata {
    MetadataCommand::new().manifest_path(root().join("Cargo.toml")).no_deps().exec().unwrap()
}

fn floors() -> BTreeMap<&'static str, usize> {
    FLOORS.iter().enumerate().flat_map(|(floor, names)| names.iter().map(move |name| (*name, floor))).collect()
}

/// Dependencies that end up in what is built; tests may reach up.
fn built(package: &Package) -> impl Iterator<Item = &str> {
    package.dependencies.iter().filter(|d| d.kind != DependencyKind::Development).map(|d| d.name.as_str())
}

#[test]
fn crates_import_only_from_floors_below() {
    let floors = floors();
    for package in &metadata().packages {
        let name = package.name.as_str();
        if OUTSIDE.contains(&name) {
            continue;
        }
        let floor = floors.get(name).unwrap_or_else(|| panic!("{name} has no floor: give it one here"));
        for dependency in built(package) {
            assert!(!OUTSIDE.contains(&dependency), "{name} imports {dependency}");
            if let Some(below) = floors.get(dependency) {
                assert!(below < floor, "{name} (floor {floor}) imports {dependency} (floor {below})");
            }
        }
    }
}

#[test]
fn only_the_app_names_tauri() {
    for package in metadata().packages.iter().filter(|package| package.name.as_str() != "hubscope") {
        for dependency in &package.dependencies {
            let is_tauri = dependency.name == "tauri" || dependency.name.starts_with("tauri-");
            assert!(!is_tauri, "{} names {}", package.name, dependency.name);
        }
    }
}

#[test]
fn each_owned_library_is_named_by_its_owner_only() {
    let packages = metadata().packages;
    for (library, owner) in OWNERS {
        let mut named_by: Vec<_> = packages
            .iter()
            .filter(|package| package.dependencies.iter().any(|dependency| dependency.name == *library))
            .map(|package| package.name.as_str())
            .filter(|name| !MEASURED_AGAINST.contains(&(*library, *name)))
            .collect();
        named_by.sort_unstable();
        assert_eq!(named_by, [*owner], "who names {library}");
    }
}

#[test]
fn every_package_inherits_the_lints() {
    for package in &metadata().packages {
        let manifest = std::fs::read_to_string(&package.manifest_path).unwrap();
        assert!(manifest.contains("[lints]\nworkspace = true"), "{} has lints of its own", package.name);
    }
}

#[test]
fn no_source_file_is_too_long() {
    for file in sources() {
        let lines = std::fs::read_to_string(root().join(&file)).unwrap().lines().count();
        assert!(lines <= MAX_LINES, "{} has {lines} lines: it holds more than one idea", file.display());
    }
}

#[test]
fn no_source_file_silences_a_lint_or_leaves_work_behind() {
    // Written in pieces, so that this file does not find itself.
    let refused = [
        concat!("#[", "allow("),
        concat!("#![", "allow("),
        concat!("#[", "expect("),
        concat!("@ts-", "ignore"),
        concat!("@ts-", "expect-error"),
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
    ];
    for file in sources() {
        let text = std::fs::read_to_string(root().join(&file)).unwrap();
        for (number, line) in text.lines().enumerate() {
            for word in refused {
                assert!(!line.contains(word), "{}:{}: {word}", file.display(), number + 1);
            }
            // One line, one rule; ESLint itself reports a comment that silences nothing.
            let silenced =
                line.contains(concat!("eslint-", "disable")) && !line.contains(concat!("-disable-", "next-line "));
            assert!(!silenced, "{}:{}: a rule is off for more than a line", file.display(), number + 1);
        }
    }
}

/// Every source file that a person wrote, relative to the repository.
fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in ["src-tauri", "ui", "tests"] {
        collect(&root(), Path::new(folder), &mut found);
    }
    assert!(found.len() > 50, "the walk over the sources finds them");
    found
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(root.join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = folder.join(entry.file_name());
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type().unwrap().is_dir() {
            if !["node_modules", "dist", "target", "fixtures"].contains(&name.as_str()) {
                collect(root, &path, found);
            }
        } else if ["rs", "ts", "tsx", "mjs", "js", "css"].iter().any(|ending| name.ends_with(&format!(".{ending}")))
            && path != Path::new(GENERATED)
        {
            found.push(path);
        }
    }
}
