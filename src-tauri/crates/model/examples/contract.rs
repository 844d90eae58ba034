//! Prints the TypeScript contract; `cargo xtask contract` writes it into the page's sources.
fn main() {
    print!("{}", hubscope_model::contract::typescript());
}
