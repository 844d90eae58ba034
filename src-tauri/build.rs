//! Generates the Tauri context; `rpc` and `ticks` are declared so that the ACL covers them.
fn main() {
    // The built page is embedded in the binary, so a new page is a new binary.
    println!("cargo:rerun-if-changed=ui/dist");
    let manifest = tauri_build::AppManifest::new().commands(&["rpc", "ticks"]);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo:error={error:#}");
        std::process::exit(1);
    }
}
