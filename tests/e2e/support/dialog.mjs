import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { until } from "./until.mjs";

const run = promisify(execFile);

/** Opens the system's file dialog of this title, types a path into it as a user does, and confirms. */
export async function chooseInDialog(screen, open, path, title = "Choose a CA certificate") {
  const xdotool = async (...args) => (await run("xdotool", args, { env: { ...process.env, DISPLAY: screen.display } })).stdout;
  // xdotool fails when it finds nothing.
  const dialog = async () => (await xdotool("search", "--onlyvisible", "--name", title).catch(() => "")).split("\n")[0];
  await open();
  await until("the file dialog is there", dialog);
  // Without a window manager nobody gives the dialog the focus.
  await xdotool("windowfocus", "--sync", await dialog());
  let text = ["type", "--delay", "20", path];
  await until("the file dialog took the path", async () => {
    await xdotool(...text);
    // Keys that came before the dialog was drawn are lost; the next time they replace what did arrive.
    text = ["key", "ctrl+a", "type", "--delay", "20", path];
    return confirmed(xdotool, dialog);
  });
}

/** Confirms until the dialog is gone; it ignores the key while it still completes the path. */
async function confirmed(xdotool, dialog) {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    if ((await dialog()) === "") return true;
    await xdotool("key", "Return");
  }
  return false;
}
