//! `sqlx::migrate!` embeds the folder; without this a new migration would not rebuild the crate.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
