//! The built page is embedded in the binary, so a new page is a new binary.
fn main() {
    println!("cargo:rerun-if-changed=../../ui/dist");
}
