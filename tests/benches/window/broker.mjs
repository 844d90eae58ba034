import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { libraries, tool } from "../../e2e/support/broker.mjs";
import { end, start } from "../../e2e/support/children.mjs";
import { freePort, listens } from "../../e2e/support/ports.mjs";
import { until } from "../../e2e/support/until.mjs";
import { cpuSeconds } from "./usage.mjs";

/** A mosquitto that lets everyone in and drops nothing. */
export async function startPlainBroker(folder) {
  const port = await freePort();
  const settings = [`listener ${port} 127.0.0.1`, "allow_anonymous true", "max_queued_messages 0", "set_tcp_nodelay true", "log_dest none", `user ${process.env.USER ?? "root"}`];
  writeFileSync(join(folder, "plain.conf"), `${settings.join("\n")}\n`);
  const child = start(tool("mosquitto"), ["-c", join(folder, "plain.conf")], libraries());
  await until("mosquitto listens", () => Promise.race([listens(port), child.failed]));
  return { port, cpu: () => cpuSeconds(child.pid), end: () => end(child) };
}
