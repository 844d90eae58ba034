/** Functions that run in the page. Each is self-contained: WebDriver sends its text. */

/** Watches animation frames until `bench.stop()`, which answers how they came. */
export function startProbe() {
  const gaps = [];
  let running = true;
  let last = performance.now();
  const frame = (now) => {
    gaps.push(now - last);
    last = now;
    if (running) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const started = last;
  window.bench = {
    painted: null,
    stop() {
      running = false;
      const sorted = [...gaps].sort((a, b) => a - b);
      const long = gaps.filter((gap) => gap > 100);
      return {
        fps: (gaps.length / (performance.now() - started)) * 1000,
        p99: sorted[Math.floor(sorted.length * 0.99)] ?? NaN,
        longest: sorted.at(-1) ?? NaN,
        inLongGaps: long.reduce((sum, gap) => sum + gap, 0) / 1000,
      };
    },
  };
}

/** Notes when the status bar's own `received` reaches `total`, looking every 20 ms. */
export function watchCounter(total) {
  // A cell of the status bar is a word and its number; the text of the elements costs no layout.
  const read = (word) => {
    const cells = [...document.querySelectorAll("footer[aria-label=Status] button")].map((cell) => cell.textContent);
    const cell = cells.find((text) => text.startsWith(word)) ?? "";
    return Number(cell.replace(/\D/g, ""));
  };
  let reached = null;
  const timer = setInterval(() => {
    if (read("received") < total) return;
    reached = Date.now();
    clearInterval(timer);
  }, 20);
  window.bench.counter = () => ({ reached, received: read("received"), kept: read("kept") });
}

/** Measures the next key press: from the event to the frame after the one that drew its effect. */
export function keyToPaint() {
  window.bench.painted = null;
  const heard = (event) => {
    const pressed = event.timeStamp;
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        window.bench.painted = performance.now() - pressed;
      }),
    );
  };
  addEventListener("keydown", heard, { capture: true, once: true });
}
