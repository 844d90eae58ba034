//! Kaa: topics that carry the endpoint's token, the token's states, and the REST API that knows them.

mod answer;
pub mod rest;
pub mod settings;
pub mod state;
mod template;
pub mod topic;

/// The application that a version belongs to: `c9k2m4d8q` of `c9k2m4d8q-v1` (Kaa, "Application and application
/// versions": names are the application's with a suffix behind a dash).
pub fn application(app_version: &str) -> &str {
    app_version.rsplit_once('-').map_or(app_version, |(application, _)| application)
}
