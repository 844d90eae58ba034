import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { end, start } from "./children.mjs";
import { until } from "./until.mjs";

const SCRIPT = fileURLToPath(new URL("../../python/notifications.py", import.meta.url));

/** The notification service of this desktop session; `shown` grows by each notification. */
export async function startNotifications() {
  const child = start(join(process.env.HUBSCOPE_PYTHON, "notifications/bin/python"), [SCRIPT]);
  const shown = [];
  let ready = false;
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { what, ...told } = JSON.parse(line);
    if (what === "ready") ready = true;
    else shown.push(told);
  });
  await until("the notification service is on the bus", () => Promise.race([ready, child.failed]));
  return { shown, end: () => end(child) };
}
