import { end, firstLine, start } from "./children.mjs";

/** A screen without a monitor. Xvfb chooses a free display itself and says which. */
export async function startScreen(width, height) {
  const child = start("Xvfb", ["-displayfd", "1", "-screen", "0", `${width}x${height}x24`, "-nolisten", "tcp"]);
  const number = await firstLine(child, (line) => /^\d+$/.test(line) && line);
  return { display: `:${number}`, end: () => end(child) };
}
