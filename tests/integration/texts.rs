//! Every sentence that Rust sends to the page has a German one, and the catalogue has no other.

// Helpers of tests may panic as tests do: clippy takes this line for it.
#![cfg(test)]

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Where sentences for the page are written; the command line speaks English only.
const SOURCES: [&str; 3] = ["src-tauri/crates", "src-tauri/app", "src-tauri/web"];
const CATALOGUE: &str = "ui/src/i18n/de/engine.json";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Rust files below `folder`, without tests.
fn sources(folder: &Path, to: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if name == "tests" || name.ends_with("_tests") || name == "benches" {
            continue;
        }
        if path.is_dir() {
            sources(&path, to);
        } else if path.extension().is_some_and(|end| end == "rs") {
            to.push(path);
        }
    }
}

/// What was found in one file: templates, and hints that nobody can translate.
#[derive(Default)]
struct Found {
    templates: BTreeSet<String>,
    /// Names that have the type `Text`, or come from `text!`.
    texts: BTreeSet<String>,
    hints: Vec<String>,
}

impl Found {
    fn read(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            let word = |back: usize| at.checked_sub(back).map(|at| tokens[at].to_string()).unwrap_or_default();
            match token {
                // The tests of a file stand last in it.
                TokenTree::Ident(name) if name == "tests" && word(1) == "mod" => return,
                // `name: Text`, as parameter, field or constant.
                TokenTree::Ident(name) if name == "Text" && word(1) == ":" => {
                    self.texts.insert(word(2));
                }
                TokenTree::Group(group) => {
                    if group.delimiter() == Delimiter::Parenthesis {
                        self.call(group.stream(), &word(1), &word(2));
                    }
                    self.read(group.stream());
                }
                _ => {}
            }
        }
    }

    /// The arguments of a call whose name and the sign before it are given.
    fn call(&mut self, arguments: TokenStream, name: &str, before: &str) {
        let is_macro = name == "!" && before == "text";
        let is_hint = before == "." && name == "hint";
        let is_detail = before == "." && name == "detail";
        if !(is_macro || is_hint || is_detail) {
            return;
        }
        let mut arguments = arguments.into_iter();
        match arguments.next() {
            Some(TokenTree::Literal(literal)) => {
                let text: syn::LitStr = syn::parse2(TokenTree::Literal(literal).into()).unwrap();
                self.templates.insert(text.value());
            }
            Some(TokenTree::Ident(word)) if is_hint && word != "text" && word != "self" => {
                self.hints.push(word.to_string());
            }
            _ => {}
        }
    }
}

fn places(template: &str) -> BTreeSet<&str> {
    template.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

/// Whether anything of the template can be translated: `{error} {hint}` cannot.
fn has_words(template: &str) -> bool {
    let mut depth = 0;
    template.chars().any(|letter| {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        depth == 0 && letter.is_alphabetic()
    })
}

#[test]
fn every_sentence_is_translated_and_keeps_its_places() {
    let mut files = Vec::new();
    for folder in SOURCES {
        sources(&root().join(folder), &mut files);
    }
    let (mut templates, mut wrong) = (BTreeSet::new(), Vec::new());
    for path in files {
        let source = std::fs::read_to_string(&path).unwrap();
        let mut found = Found::default();
        found.read(source.parse().unwrap());
        for hint in &found.hints {
            // A local `hint` made of `text!` stands in a `let`; everything else names its type.
            let local =
                source.contains("let hint =") || source.contains("hint) = match") || source.contains("Some(hint)");
            if !found.texts.contains(hint) && !local {
                wrong.push(format!("{}: .hint({hint}) needs a `Text`, made by text!(…)", path.display()));
            }
        }
        templates.extend(found.templates.into_iter().filter(|template| has_words(template)));
    }
    let catalogue = std::fs::read_to_string(root().join(CATALOGUE)).unwrap();
    let german: BTreeMap<String, String> = serde_json::from_str(&catalogue).unwrap();
    for template in &templates {
        match german.get(template) {
            None => wrong.push(format!("not in {CATALOGUE}: {template:?}")),
            Some(german) if places(german) != places(template) => {
                wrong.push(format!("other places than the English text: {german:?}"));
            }
            Some(_) => {}
        }
    }
    wrong.extend(german.keys().filter(|key| !templates.contains(*key)).map(|key| format!("no longer used: {key:?}")));
    assert!(wrong.is_empty(), "{} to mend:\n{}", wrong.len(), wrong.join("\n"));
    assert!(templates.len() > 300, "the sources were read");
}
