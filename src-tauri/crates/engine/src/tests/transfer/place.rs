//! Where an export is written.

use super::*;

/// A desktop whose user chooses this place, or closes the dialog.
struct Desktop(Option<std::path::PathBuf>);

impl crate::Face for Desktop {
    fn kind(&self) -> hubscope_model::ShellKind {
        hubscope_model::ShellKind::Desktop
    }

    fn choose_place(
        &self,
        suggested: String,
    ) -> std::pin::Pin<Box<dyn Future<Output = hubscope_model::Result<Option<std::path::PathBuf>>> + Send + '_>> {
        Box::pin(async move { Ok(self.0.as_ref().map(|folder| folder.join(suggested))) })
    }

    fn tick(&self, _: hubscope_model::Tick) {}
}

#[tokio::test]
async fn a_desktop_writes_where_its_user_says_and_nowhere_else() {
    let (engine, _home) = engine().await;
    let mut page = Page::open(&engine).await;
    fill(&mut page).await;
    let folder = tempfile::tempdir().unwrap();
    let request = |passphrase: Option<&str>| json!({ "hubs": null, "passphrase": passphrase });
    let files = || std::fs::read_dir(folder.path()).unwrap().count();

    page.client = engine.attach(Arc::new(Desktop(None)));
    let closed: Exported = page.call("workspace.export", request(None)).await;
    assert_eq!((closed.file_name, closed.download, files()), (None, None, 0));

    page.client = engine.attach(Arc::new(Desktop(Some(folder.path().to_owned()))));
    let path = folder.path().join("hubscope-export-sealed.json");
    std::fs::write(&path, "an older export").unwrap();
    let written: Exported = page.call("workspace.export", request(Some(PASSPHRASE))).await;
    assert_eq!((written.file_name.as_deref(), written.download), (Some("hubscope-export-sealed.json"), None));
    assert_eq!(files(), 1, "nothing is left beside it");
    assert!(preview(&mut page, &std::fs::read(&path).unwrap(), Some(PASSPHRASE)).await.encrypted);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }

    page.client = engine.attach(Arc::new(Desktop(Some(folder.path().join("there is no such folder")))));
    let error = page.try_call::<Exported>("workspace.export", request(None)).await.unwrap_err();
    assert_eq!(error.code, Code::FileUnwritable);
    assert!(!page.crossed.contains(folder.path().to_str().unwrap()), "the page never learns a path");
    engine.stop().await;
}
