import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** How long a child may take to end politely. */
const POLITE = 5_000;

/** Starts a program; its standard error goes to ours. Ends with `end(child)`. */
export function start(program, args, env = {}) {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, ...env } });
  child.failed = once(child, "error").then(([error]) => {
    throw error;
  });
  // Whoever waits for the child learns of it; nobody else has to.
  child.failed.catch(() => {});
  return child;
}

/** The first line of a child's output that `pick` answers something for. The rest of its output is thrown away. */
export async function firstLine(child, pick) {
  const lines = createInterface({ input: child.stdout });
  const found = (async () => {
    for await (const line of lines) {
      const picked = pick(line);
      if (picked) return picked;
    }
    throw new Error(`${child.spawnfile} ended without saying what was awaited`);
  })();
  const answer = await Promise.race([found, child.failed]);
  child.stdout.resume();
  return answer;
}

/** Ends this child, and only it: politely, then not. */
export async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), POLITE);
  await ended;
  clearTimeout(timer);
}
