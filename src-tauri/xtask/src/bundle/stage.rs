//! What the packages hold beside the app: everything that is generated, and where it goes.

use crate::bundle::third_party;
use crate::child;
use crate::places::Places;
use anyhow::Result;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, SystemTime};
use tokio::process::Command;

/// Shells with the place where Debian and Fedora look for their completions.
const SHELLS: [(&str, &str); 3] = [
    ("bash", "/usr/share/bash-completion/completions/hubscope-cli"),
    ("zsh", "/usr/share/zsh/vendor-completions/_hubscope-cli"),
    ("fish", "/usr/share/fish/vendor_completions.d/hubscope-cli.fish"),
];

/// Files that are as they are in the repository.
const KEPT: [(&str, &str); 3] = [
    ("src-tauri/app/package/io.hubscope.app.metainfo.xml", "/usr/share/metainfo/io.hubscope.app.metainfo.xml"),
    ("src-tauri/app/package/io.hubscope.app.mime.xml", "/usr/share/mime/packages/io.hubscope.app.xml"),
    ("icons/icon.svg", "/usr/share/icons/hicolor/scalable/apps/hubscope.svg"),
];

/// Fills `target/bundle/stage`; answers each file's place in the package and on this machine.
pub async fn fill(places: &Places) -> Result<Vec<(String, PathBuf)>> {
    let folder = places.target.join("bundle");
    let stage = folder.join("stage");
    if stage.exists() {
        std::fs::remove_dir_all(&stage)?;
    }
    std::fs::create_dir_all(&stage)?;
    let cli = places.release("hubscope-cli");
    let mut files = vec![("/usr/bin/hubscope-cli".to_owned(), copy(&cli, &stage)?)];
    for (from, to) in KEPT {
        files.push((to.to_owned(), copy(&places.root.join(from), &stage)?));
    }
    for (shell, to) in SHELLS {
        let mut command = Command::new(&cli);
        command.args(["completions", shell]);
        files.push((to.to_owned(), write(&stage, &format!("completions.{shell}"), &child::read(command).await?)?));
    }
    files.extend(manual(places, &cli, &stage).await?);
    let third_party = third_party::find(places).await?;
    write(&folder, "hubscope.cdx.json", &third_party.bill_of_materials())?;
    let notices = compress(write(&stage, "third-party-licences", &third_party.notices())?).await?;
    files.push(("/usr/share/doc/hubscope/third-party-licences.gz".to_owned(), notices));
    let copyright = write(&stage, "copyright", &copyright(places)?)?;
    files.push(("/usr/share/doc/hubscope/copyright".to_owned(), copyright));
    let changelog = compress(write(&stage, "changelog", &changelog(places).await?)?).await?;
    files.push(("/usr/share/doc/hubscope/changelog.gz".to_owned(), changelog));
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(epoch(places).await?);
    for (_, file) in &files {
        std::fs::File::options().append(true).open(file)?.set_modified(time)?;
    }
    Ok(files)
}

/// Pages of the command line from its flags, and the one of the app, all compressed as Debian wants them.
async fn manual(places: &Places, cli: &Path, stage: &Path) -> Result<Vec<(String, PathBuf)>> {
    let folder = stage.join("man");
    std::fs::create_dir(&folder)?;
    let mut command = Command::new(cli);
    command.arg("manual").arg(&folder);
    child::check(command).await?;
    copy(&places.root.join("src-tauri/app/package/hubscope.1"), &folder)?;
    let mut pages = Vec::new();
    for page in std::fs::read_dir(&folder)? {
        let page = page?;
        let to = format!("/usr/share/man/man1/{}.gz", page.file_name().to_string_lossy());
        pages.push((to, compress(page.path()).await?));
    }
    pages.sort();
    Ok(pages)
}

fn copy(from: &Path, folder: &Path) -> Result<PathBuf> {
    let to = folder.join(from.file_name().unwrap_or_default());
    std::fs::copy(from, &to)?;
    Ok(to)
}

fn write(folder: &Path, name: &str, text: &str) -> Result<PathBuf> {
    let file = folder.join(name);
    std::fs::write(&file, text)?;
    Ok(file)
}

/// Without name and time, so that the same text becomes the same file.
async fn compress(file: PathBuf) -> Result<PathBuf> {
    let mut command = Command::new("gzip");
    command.args(["--best", "--no-name", "--force"]).arg(&file).stdout(Stdio::null());
    child::check(command).await?;
    let mut name = file.into_os_string();
    name.push(".gz");
    Ok(name.into())
}

/// In the form of debian.org/doc/packaging-manuals/copyright-format/1.0.
fn copyright(places: &Places) -> Result<String> {
    let mit = std::fs::read_to_string(places.root.join("LICENSE-MIT"))?;
    let mut text = "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\
                    Upstream-Name: Hubscope\n\
                    Comment: The packages that are linked in, with their licences, are listed in\n \
                    /usr/share/doc/hubscope/third-party-licences.gz\n\n\
                    Files: *\nCopyright: The Hubscope founders\nLicense: MIT or Apache-2.0\n\n\
                    License: Apache-2.0\n The full text is in /usr/share/common-licenses/Apache-2.0\n\nLicense: MIT\n"
        .to_owned();
    for line in mit.lines() {
        text += &format!(" {}\n", if line.trim().is_empty() { "." } else { line });
    }
    Ok(text)
}

/// Debian's form; what changed is told in CHANGELOG.md.
async fn changelog(places: &Places) -> Result<String> {
    let mut date = Command::new("date");
    date.args(["--utc", "-R", "-d", &format!("@{}", epoch(places).await?)]).env("LC_ALL", "C");
    Ok(format!(
        "hubscope ({}) unstable; urgency=medium\n\n  * Changes are listed in CHANGELOG.md of the sources.\n\n -- {}  {}\n",
        env!("CARGO_PKG_VERSION"),
        env!("CARGO_PKG_AUTHORS"),
        child::read(date).await?.trim()
    ))
}

/// The time that files carry: `SOURCE_DATE_EPOCH`, else that of the last commit.
async fn epoch(places: &Places) -> Result<u64> {
    let text = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(given) => given,
        Err(_) => {
            let mut ask = Command::new("git");
            ask.args(["log", "-1", "--format=%ct"]).current_dir(&places.root);
            child::read(ask).await?
        }
    };
    Ok(text.trim().parse()?)
}
