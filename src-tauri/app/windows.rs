//! The windows: made from `tauri.conf.json`, kept on their own page.

use hubscope_engine::NewWindow;
use hubscope_model::{Code, Error};
use tauri::utils::config::WindowConfig;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Url, WebviewUrl, WebviewWindowBuilder};

/// Windows beside the first one, at most. Each has a label of its own, by which its size and place are remembered.
const MAX_MORE: usize = 11;

/// Opens the first window.
pub fn open_first(app: &AppHandle) -> tauri::Result<()> {
    let Some(first) = app.config().app.windows.first().cloned() else { return Ok(()) };
    build(app, &first)
}

/// Opens one more window.
///
/// # Errors
/// `BadRequest` when there are as many as there may be; `Internal` when the system gives none.
pub fn open_more(app: &AppHandle, new: NewWindow) -> hubscope_model::Result<()> {
    let free = (2..MAX_MORE + 2)
        .map(|number| format!("window-{number}"))
        .find(|label| app.get_webview_window(label).is_none());
    let Some((label, first)) = free.zip(app.config().app.windows.first().cloned()) else {
        return Err(Error::new(Code::BadRequest, "No more windows can be opened.").hint("Close another window first."));
    };
    let url = WebviewUrl::App(format!("index.html?{}", new.query).into());
    let config = WindowConfig { label, url, title: new.title, center: false, ..first };
    build(app, &config)
        .map_err(|error| Error::new(Code::Internal, "The window could not be opened.").detail(error.to_string()))
}

/// A page cannot leave the app, open a window by itself or save a download.
fn build(app: &AppHandle, config: &WindowConfig) -> tauri::Result<()> {
    let dev_url = tauri::is_dev().then(|| app.config().build.dev_url.clone()).flatten();
    WebviewWindowBuilder::from_config(app, config)?
        .on_navigation(move |url| is_own_page(url, dev_url.as_ref()))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build()?;
    Ok(())
}

/// Brings the window to the front: a second start of the program ends here.
pub fn focus(app: &AppHandle) {
    for window in app.webview_windows().values() {
        // A window that is closing refuses; there is nothing better to do then.
        let _ = window.unminimize().and_then(|()| window.set_focus());
    }
}

/// The embedded page (`tauri://localhost`, on Windows `http://tauri.localhost`), or the Vite server under `--dev`.
fn is_own_page(url: &Url, dev_url: Option<&Url>) -> bool {
    match dev_url {
        Some(dev) => url.origin() == dev.origin(),
        None => matches!(
            (url.scheme(), url.host_str()),
            ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost"))
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(url: &str, dev: Option<&str>) -> bool {
        let dev = dev.map(|text| Url::parse(text).unwrap());
        is_own_page(&Url::parse(url).unwrap(), dev.as_ref())
    }

    #[test]
    fn only_the_own_page_may_be_opened() {
        assert!(own("tauri://localhost/index.html", None));
        assert!(own("http://tauri.localhost/", None));
        for foreign in ["https://example.com/", "file:///etc/passwd", "http://127.0.0.1:5173/", "data:text/html,x"] {
            assert!(!own(foreign, None), "{foreign} must be refused");
        }
        assert!(own("http://127.0.0.1:5173/devices", Some("http://127.0.0.1:5173/")));
        assert!(!own("http://127.0.0.1:5174/", Some("http://127.0.0.1:5173/")));
    }
}
