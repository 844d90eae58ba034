import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { end, start } from "./children.mjs";
import { until } from "./until.mjs";

const run = promisify(execFile);

/** A home of its own for one program under test: nothing of the user's is read or written. */
export function makeHome() {
  const home = mkdtempSync(join(tmpdir(), "hubscope-"));
  const runtime = join(home, "run");
  mkdirSync(runtime, { mode: 0o700 });
  const variables = {
    HOME: home,
    HUBSCOPE_HOME: join(home, "workspace"),
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_CACHE_HOME: join(home, "cache"),
    XDG_DATA_HOME: join(home, "data"),
    XDG_RUNTIME_DIR: runtime,
  };
  return { path: home, variables, remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 5 }) };
}

/** The secret store of the session, unlocked, as it is on a desktop after login. */
export async function unlockKeyring(home) {
  const child = start("gnome-keyring-daemon", ["--unlock", "--components=secrets", "--foreground"], home.variables);
  child.stdin.end("password of a test\n");
  await until("the secret store is on the bus", () => Promise.race([isOnBus("org.freedesktop.secrets"), child.failed]));
  return { end: () => end(child) };
}

async function isOnBus(name) {
  const question = ["--session", "--print-reply=literal", "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner"];
  const { stdout } = await run("dbus-send", [...question, `string:${name}`]);
  return stdout.includes("true");
}
