//! Writes the TypeScript side of the contract: every type of the command table and the table itself.

use std::any::TypeId;
use std::collections::HashSet;
use ts_rs::{Config, TS, TypeVisitor};

/// Receives the command table, one call a command.
pub(crate) trait Describe {
    fn command<Request: TS + 'static, Response: TS + 'static>(&mut self, name: &str);
    fn bytes<Request: TS + 'static>(&mut self, name: &str);
}

struct Writer {
    config: Config,
    seen: HashSet<TypeId>,
    declarations: Vec<(String, String)>,
    json: String,
    bytes: String,
}

impl TypeVisitor for Writer {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
        // Primitives and containers have no file of their own, and so no declaration.
        if T::output_path().is_none() {
            return;
        }
        let docs = T::docs().unwrap_or_default();
        let declaration = format!("{docs}export {}\n", T::decl(&self.config));
        self.declarations.push((T::ident(&self.config), declaration));
    }
}

impl Describe for Writer {
    fn command<Request: TS + 'static, Response: TS + 'static>(&mut self, name: &str) {
        self.visit::<Request>();
        self.visit::<Response>();
        let (request, response) = (Request::name(&self.config), Response::name(&self.config));
        self.json += &format!("  \"{name}\": {{ request: {request}; response: {response} }};\n");
    }

    fn bytes<Request: TS + 'static>(&mut self, name: &str) {
        self.visit::<Request>();
        self.bytes += &format!("  \"{name}\": {{ request: {} }};\n", Request::name(&self.config));
    }
}

/// The whole of `ui/src/contract/index.ts`.
pub fn typescript() -> String {
    let mut writer = Writer {
        config: Config::new().with_large_int("number"),
        seen: HashSet::new(),
        declarations: Vec::new(),
        json: String::new(),
        bytes: String::new(),
    };
    crate::command::describe(&mut writer);
    writer.visit::<crate::Tick>();
    writer.visit::<crate::Error>();
    writer.declarations.sort();
    let mut text = String::from("// Generated from src-tauri/crates/model by `cargo xtask contract`. Do not edit.\n\n");
    for (_, declaration) in &writer.declarations {
        text += declaration;
        text.push('\n');
    }
    text += "/** Commands answered with JSON. */\nexport interface CommandTable {\n";
    text += &writer.json;
    text += "}\n\n/** Commands answered with bytes. */\nexport interface BytesTable {\n";
    text += &writer.bytes;
    text += "}\n";
    text
}
