//! The window: made from `tauri.conf.json`, kept on its own page.

use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Url, WebviewWindowBuilder};

/// Opens every window of the configuration. A page cannot leave the app, open a window or save a download.
pub fn open(app: &AppHandle) -> tauri::Result<()> {
    for config in &app.config().app.windows {
        let dev_url = tauri::is_dev().then(|| app.config().build.dev_url.clone()).flatten();
        WebviewWindowBuilder::from_config(app, config)?
            .on_navigation(move |url| is_own_page(url, dev_url.as_ref()))
            .on_new_window(|_, _| NewWindowResponse::Deny)
            .on_download(|_, _| false)
            .build()?;
    }
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
