/** Far above what anything here needs; only a hang reaches it. */
const PATIENCE = 30_000;

/**
 * Waits until `check` answers something true, and answers that. What it throws on the way is the reason when it never
 * does. `patience` is in milliseconds, for what takes its time by nature.
 */
export async function until(what, check, patience = PATIENCE) {
  const deadline = Date.now() + patience;
  let reason = "";
  for (;;) {
    try {
      const answer = await check();
      if (answer) return answer;
      reason = "";
    } catch (error) {
      reason = `: ${error.message}`;
    }
    if (Date.now() > deadline) throw new Error(`never: ${what}${reason}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
