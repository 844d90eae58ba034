//! System packages: which are missing and why they are needed; installed only after a yes.

use crate::child;
use crate::places::find_program;
use anyhow::{Result, bail};
use std::io::{BufRead, IsTerminal, Write};
use tokio::process::Command;

/// How to tell that a package is there.
enum Sign {
    /// One of these programs is on the path.
    Program(&'static [&'static str]),
    /// Python finds this module.
    Imports(&'static str),
    /// The package manager says so.
    Package,
}

/// What other package managers call it.
struct Elsewhere {
    dnf: &'static str,
    pacman: &'static str,
}

/// A package of Debian and Ubuntu.
pub struct Need {
    package: &'static str,
    elsewhere: Elsewhere,
    why: &'static str,
    sign: Sign,
}

/// To compile Rust at all.
pub const COMPILER: &[Need] = &[
    Need {
        package: "build-essential",
        elsewhere: Elsewhere { dnf: "gcc-c++ make", pacman: "base-devel" },
        why: "compiles and links",
        sign: Sign::Program(&["cc"]),
    },
    Need {
        package: "pkg-config",
        elsewhere: Elsewhere { dnf: "pkgconf-pkg-config", pacman: "pkgconf" },
        why: "finds the libraries of the desktop",
        sign: Sign::Program(&["pkg-config"]),
    },
];

/// To build the app.
pub const APP: &[Need] = &[Need {
    package: "libwebkit2gtk-4.1-dev",
    elsewhere: Elsewhere { dnf: "webkit2gtk4.1-devel", pacman: "webkit2gtk-4.1" },
    why: "is the webview of the window",
    sign: Sign::Package,
}];

/// To test it in a real browser and a real window.
pub const TESTS: &[Need] = &[
    Need {
        package: "chromium",
        elsewhere: Elsewhere { dnf: "chromium", pacman: "chromium" },
        why: "runs the browser tests",
        sign: Sign::Program(&["chromium", "chromium-browser", "google-chrome"]),
    },
    Need {
        package: "xvfb",
        elsewhere: Elsewhere { dnf: "xorg-x11-server-Xvfb", pacman: "xorg-server-xvfb" },
        why: "is the screen of the window test",
        sign: Sign::Program(&["Xvfb"]),
    },
    Need {
        package: "webkit2gtk-driver",
        elsewhere: Elsewhere { dnf: "webkit2gtk-driver", pacman: "webkit2gtk-4.1" },
        why: "drives the real window",
        sign: Sign::Program(&["WebKitWebDriver"]),
    },
    Need {
        package: "dbus",
        elsewhere: Elsewhere { dnf: "dbus-daemon", pacman: "dbus" },
        why: "gives the window test a session of its own",
        sign: Sign::Program(&["dbus-run-session"]),
    },
    Need {
        package: "gnome-keyring",
        elsewhere: Elsewhere { dnf: "gnome-keyring", pacman: "gnome-keyring" },
        why: "is the secret store of the tests",
        sign: Sign::Program(&["gnome-keyring-daemon"]),
    },
    Need {
        package: "xdotool",
        elsewhere: Elsewhere { dnf: "xdotool", pacman: "xdotool" },
        why: "types into the system's file dialog",
        sign: Sign::Program(&["xdotool"]),
    },
    Need {
        package: "xclip",
        elsewhere: Elsewhere { dnf: "xclip", pacman: "xclip" },
        why: "reads what was copied",
        sign: Sign::Program(&["xclip"]),
    },
    Need {
        package: "openssl",
        elsewhere: Elsewhere { dnf: "openssl", pacman: "openssl" },
        why: "makes the certificates of the test broker",
        sign: Sign::Program(&["openssl"]),
    },
    Need {
        package: "python3-venv",
        elsewhere: Elsewhere { dnf: "python3", pacman: "python" },
        why: "runs the vendors' SDKs against the sandbox, and receives notifications",
        sign: Sign::Imports("ensurepip"),
    },
    Need {
        package: "imagemagick",
        elsewhere: Elsewhere { dnf: "ImageMagick", pacman: "imagemagick" },
        why: "takes pictures of the window",
        sign: Sign::Program(&["import"]),
    },
    Need {
        package: "fonts-dejavu-core",
        elsewhere: Elsewhere { dnf: "dejavu-sans-fonts", pacman: "ttf-dejavu" },
        why: "gives the window letters",
        sign: Sign::Package,
    },
];

/// To take pictures that look the same on every machine.
pub const PICTURES: &[Need] = &[
    Need {
        package: "fonts-inter",
        elsewhere: Elsewhere { dnf: "rsms-inter-fonts", pacman: "inter-font" },
        why: "stands in for the system's font in pictures",
        sign: Sign::Package,
    },
    Need {
        package: "fonts-jetbrains-mono",
        elsewhere: Elsewhere { dnf: "jetbrains-mono-fonts", pacman: "ttf-jetbrains-mono" },
        why: "stands in for the system's fixed font in pictures",
        sign: Sign::Package,
    },
];

/// To check packages.
pub const PACKAGES: &[Need] = &[
    Need {
        package: "mmdebstrap",
        elsewhere: Elsewhere { dnf: "mmdebstrap", pacman: "mmdebstrap" },
        why: "makes a clean root to install into",
        sign: Sign::Program(&["mmdebstrap"]),
    },
    Need {
        package: "rpm",
        elsewhere: Elsewhere { dnf: "rpm", pacman: "rpm-tools" },
        why: "reads the rpm",
        sign: Sign::Program(&["rpm"]),
    },
    Need {
        package: "lintian",
        elsewhere: Elsewhere { dnf: "lintian", pacman: "lintian" },
        why: "judges the deb",
        sign: Sign::Program(&["lintian"]),
    },
    Need {
        package: "desktop-file-utils",
        elsewhere: Elsewhere { dnf: "desktop-file-utils", pacman: "desktop-file-utils" },
        why: "judges the desktop entry",
        sign: Sign::Program(&["desktop-file-validate"]),
    },
    Need {
        package: "appstream",
        elsewhere: Elsewhere { dnf: "appstream", pacman: "appstream" },
        why: "judges the metainfo",
        sign: Sign::Program(&["appstreamcli"]),
    },
];

/// Makes sure that everything of `sets` is there: installs it, or says how and stops.
pub async fn provide(sets: &[&[Need]], yes: bool) -> Result<()> {
    if !cfg!(target_os = "linux") {
        return elsewhere_than_linux();
    }
    let mut missing = Vec::new();
    for need in sets.iter().copied().flatten() {
        if !is_there(need).await {
            missing.push(need);
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    println!("System packages that are missing:");
    for need in &missing {
        println!("  {:<24} {}", need.package, need.why);
    }
    if find_program("apt-get").is_none() {
        bail!("run this, then the same command again:\n  {}", foreign_command(&missing));
    }
    let names: Vec<_> = missing.iter().map(|need| need.package).collect();
    install(&names, yes).await
}

/// The command for a Linux that is neither Debian nor Ubuntu. Nothing is run there: the names were never tried.
fn foreign_command(missing: &[&Need]) -> String {
    let names = |name: fn(&Elsewhere) -> &'static str| {
        missing.iter().map(|need| name(&need.elsewhere)).collect::<Vec<_>>().join(" ")
    };
    if find_program("dnf").is_some() {
        format!("sudo dnf install {}", names(|elsewhere| elsewhere.dnf))
    } else if find_program("pacman").is_some() {
        format!("sudo pacman -S --needed {}", names(|elsewhere| elsewhere.pacman))
    } else {
        let debian: Vec<_> = missing.iter().map(|need| need.package).collect();
        format!("install what your system calls these packages of Debian: {}", debian.join(" "))
    }
}

/// macOS and Windows bring the webview; only the compiler may be missing.
fn elsewhere_than_linux() -> Result<()> {
    if cfg!(target_os = "macos") && find_program("cc").is_none() {
        bail!("the compiler is missing; run this, then the same command again:\n  xcode-select --install");
    }
    Ok(())
}

async fn is_there(need: &Need) -> bool {
    match need.sign {
        Sign::Program(names) => names.iter().any(|name| find_program(name).is_some()),
        Sign::Imports(module) => {
            let mut python = Command::new("python3");
            python.args(["-c", &format!("import {module}")]);
            child::succeeds(python).await
        }
        // Without dpkg nobody can tell; the build will, with the name of what it lacks.
        Sign::Package => find_program("dpkg").is_none() || is_installed(need.package).await,
    }
}

async fn is_installed(package: &str) -> bool {
    let mut ask = Command::new("dpkg-query");
    ask.args(["-W", "-f", "${db:Status-Status}", package]).stderr(std::process::Stdio::null());
    ask.output().await.is_ok_and(|answer| answer.stdout == b"installed")
}

async fn install(names: &[&str], yes: bool) -> Result<()> {
    let root = is_root();
    let before = if root { "" } else { "sudo " };
    let commands =
        format!("  {before}apt-get update\n  {before}apt-get install --no-install-recommends {}", names.join(" "));
    let terminal = std::io::stdin().is_terminal();
    let may_ask = terminal || !root;
    if may_ask && !yes {
        if !terminal {
            bail!("run these commands, or give --yes:\n{commands}");
        }
        println!("These commands install them:\n{commands}");
        if !agrees()? {
            bail!("nothing was installed");
        }
    }
    child::check_asking(apt(root, &["update"])).await?;
    let mut arguments = vec!["install", "--yes", "--no-install-recommends"];
    arguments.extend(names);
    child::check_asking(apt(root, &arguments)).await
}

fn agrees() -> Result<bool> {
    print!("Run them now? [y/N] ");
    std::io::stdout().flush()?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

/// apt-get with the rights it needs and without questions of its own.
pub fn apt(root: bool, arguments: &[&str]) -> Command {
    let mut command = if root {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    } else {
        let mut command = Command::new("sudo");
        command.args(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
        command
    };
    command.args(arguments);
    command
}

#[cfg(unix)]
pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(unix))]
pub fn is_root() -> bool {
    false
}
