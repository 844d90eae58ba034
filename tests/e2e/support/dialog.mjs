import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { until } from "./until.mjs";

const run = promisify(execFile);

/** Opens the system's file dialog, types a path into it as a user does, and confirms. */
export async function chooseInDialog(screen, open, path) {
  const xdotool = (...args) => run("xdotool", args, { env: { ...process.env, DISPLAY: screen.display } });
  await open();
  const id = await until("the file dialog", async () => {
    const { stdout } = await xdotool("search", "--onlyvisible", "--name", "Choose a CA certificate");
    return stdout.trim().split("\n")[0];
  });
  // Without a window manager nobody gives the dialog the focus.
  await xdotool("windowfocus", "--sync", id);
  await xdotool("type", "--delay", "5", path);
  await xdotool("key", "Return");
}
