import { readFileSync, readdirSync } from "node:fs";

/** Kernel ticks a second of the times in /proc (USER_HZ). */
const TICKS = 100;
/** The app and what WebKit starts for it; the drivers that watch it do not count. Names are cut to 15 characters. */
const NAMES = new Set(["hubscope", "WebKitWebProces", "WebKitNetworkPr"]);

/** Proportional memory in MB and processor seconds of all processes of the app that lives in `home`. */
export function usage(home) {
  let [pss, cpu] = [0, 0];
  for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const read = (file) => readFileSync(`/proc/${id}/${file}`, "utf8");
    try {
      if (!NAMES.has(read("comm").trim()) || !read("environ").includes(home)) continue;
      pss += Number(/^Pss:\s+(\d+) kB/m.exec(read("smaps_rollup"))?.[1] ?? 0) / 1024;
      cpu += cpuSeconds(id);
    } catch {
      // It ended while it was looked at.
    }
  }
  return { pss, cpu };
}

/** Processor seconds of one process (proc(5), stat fields 14 and 15). */
export function cpuSeconds(id) {
  const fields = readFileSync(`/proc/${id}/stat`, "utf8").split(") ").at(-1).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}
