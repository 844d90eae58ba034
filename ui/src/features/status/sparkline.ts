/** The last `length` samples, the newest at the end. */
export function pushSample(samples: readonly number[], value: number, length: number): number[] {
  return [...samples, value].slice(-length);
}

/** Points of a line through the samples in a box; the newest sample is at the right edge, 0 at the bottom. */
export function sparkPoints(samples: readonly number[], length: number, width: number, height: number): string {
  const highest = Math.max(1, ...samples);
  const step = width / (length - 1);
  const first = width - (samples.length - 1) * step;
  return samples
    .map((value, index) => {
      const x = first + index * step;
      const y = height - (value / highest) * height;
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(" ");
}
