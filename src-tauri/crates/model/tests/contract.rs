//! The committed TypeScript contract is what the model says today.

#[test]
fn typescript_contract_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/src/contract/index.ts");
    let committed = std::fs::read_to_string(path).expect("ui/src/contract/index.ts is committed");
    assert!(
        committed == hubscope_model::contract::typescript(),
        "ui/src/contract/index.ts is stale: run `cargo xtask contract`"
    );
}
