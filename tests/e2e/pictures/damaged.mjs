import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LARGE, makeCamera } from "../support/camera.mjs";
import { openWindow } from "../support/window.mjs";

/** The first field of a vault's header, and as many bytes that are none. */
const [MARK, SPOILED] = ["hubscope-vault", "hubscope-fault"];

/** The banner of a vault whose header was damaged on the disk, in a window of its own: the workspace is closed by now. */
export async function takeDamagedVault(home, screen) {
  const file = join(home.variables.HUBSCOPE_HOME, "workspace.sqlite");
  // A window that its driver ended leaves what it wrote last in the log of the database.
  execFileSync("python3", ["-c", "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('PRAGMA wal_checkpoint(TRUNCATE)')", file]);
  const bytes = readFileSync(file);
  for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at)) bytes.write(SPOILED, at);
  writeFileSync(file, bytes);
  const window = await openWindow(home, screen);
  try {
    const camera = makeCamera(window, screen);
    await camera.setSize(LARGE);
    await window.page.see("button", /damaged/);
    await camera.inBothThemes("vault-damaged");
  } finally {
    await window.close();
  }
}
