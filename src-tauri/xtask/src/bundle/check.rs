//! Both packages as a user meets them: the deb in a root where nothing else is, the rpm unpacked.

use crate::child;
use crate::needs::is_root;
use crate::places::Places;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use tokio::process::Command;

/// What happens inside the clean root.
const STEPS: &str = include_str!("clean-root.sh");
/// What of Debian's rules tauri's bundler or a package outside the archive cannot keep; docs/PACKAGES.md says why.
const TOLERATED: &str = "initial-upload-closes-no-bugs,bogus-mail-host,bad-distribution-in-changes-file";

/// Judges, installs, uses and removes them.
pub async fn check(places: &Places, deb: &Path, rpm: &Path) -> Result<()> {
    let folder = places.target.join("bundle").join("check");
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    judge(&folder, deb).await?;
    read_rpm(&folder, rpm).await?;
    if !is_root() {
        bail!("a clean root needs the rights of root: run this command as root");
    }
    in_clean_root(places, &folder, deb).await
}

/// What the tools of the distributions say to the deb's content.
async fn judge(folder: &Path, deb: &Path) -> Result<()> {
    let there = folder.join("deb");
    run("dpkg-deb", &["--extract".as_ref(), deb.as_os_str(), there.as_os_str()]).await?;
    for size in ["usr/bin/hubscope", "usr/bin/hubscope-cli"] {
        println!("{:>7.2} MiB  {size}", std::fs::metadata(there.join(size))?.len() as f64 / f64::from(1 << 20));
    }
    let entry = there.join("usr/share/applications/Hubscope.desktop");
    run("desktop-file-validate", &[entry.as_os_str()]).await?;
    let metainfo = there.join("usr/share/metainfo/io.hubscope.app.metainfo.xml");
    run("appstreamcli", &["validate".as_ref(), "--no-net".as_ref(), metainfo.as_os_str()]).await?;
    let tolerated = format!("--suppress-tags={TOLERATED}");
    run("lintian", &["--no-cfg".as_ref(), "--fail-on=none".as_ref(), tolerated.as_ref(), deb.as_os_str()]).await
}

/// Content and needs of the rpm; its programs run from where they were unpacked.
async fn read_rpm(folder: &Path, rpm: &Path) -> Result<()> {
    for question in ["--requires", "--list"] {
        run("rpm", &["-qp".as_ref(), question.as_ref(), rpm.as_os_str()]).await?;
    }
    let there = folder.join("rpm");
    std::fs::create_dir(&there)?;
    let mut unpack = Command::new("sh");
    unpack.args(["-c", r#"rpm2archive - <"$0" | tar -xz"#]).arg(rpm).current_dir(&there);
    child::check(unpack).await?;
    for program in ["hubscope", "hubscope-cli"] {
        if !there.join("usr/bin").join(program).is_file() {
            bail!("the rpm has no {program}");
        }
    }
    run(there.join("usr/bin/hubscope-cli"), &["--version".as_ref()]).await
}

/// Debian as it is right after its installation, with the deb put into it.
async fn in_clean_root(places: &Places, folder: &Path, deb: &Path) -> Result<()> {
    let root = folder.join("root");
    std::fs::create_dir(&root)?;
    println!("> a clean root in {}", root.display());
    let archive = clean_root(places).await?;
    run("tar", &["-xf".as_ref(), archive.as_os_str(), "-C".as_ref(), root.as_os_str()]).await?;
    std::fs::copy("/etc/resolv.conf", root.join("etc/resolv.conf"))?;
    std::fs::copy(deb, root.join("root/hubscope.deb"))?;
    std::fs::write(root.join("root/steps.sh"), STEPS)?;
    // The mounts are in a namespace of their own, and end with it.
    let enter =
        r#"mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && exec chroot "$0" sh -eu /root/steps.sh"#;
    let mut command = Command::new("unshare");
    command.args(["--mount", "--pid", "--fork", "sh", "-c", enter]).arg(&root);
    // Nothing of this machine's user gets in.
    command.env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").env("HOME", "/root").env("LC_ALL", "C.UTF-8");
    child::check(command).await
}

/// Made once; the packages come from where this machine takes its own.
async fn clean_root(places: &Places) -> Result<PathBuf> {
    let archive = places.tools().join("clean-root.tar");
    if archive.is_file() {
        return Ok(archive);
    }
    let release = std::fs::read_to_string("/etc/os-release")?;
    let name = release.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME="));
    let sources = ["/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list"].into_iter().map(Path::new);
    let sources = sources.into_iter().find(|file| file.is_file()).context("no sources of apt")?;
    let fresh = archive.with_extension("new.tar");
    let name = name.context("/etc/os-release names no release")?;
    let arguments = ["--variant=apt".as_ref(), name.as_ref(), fresh.as_os_str(), sources.as_os_str()];
    run("mmdebstrap", &arguments).await?;
    std::fs::rename(&fresh, &archive)?;
    Ok(archive)
}

async fn run(program: impl AsRef<std::ffi::OsStr>, arguments: &[&std::ffi::OsStr]) -> Result<()> {
    let mut command = Command::new(program.as_ref());
    command.args(arguments);
    println!("> {}", program.as_ref().to_string_lossy());
    child::check(command).await
}
