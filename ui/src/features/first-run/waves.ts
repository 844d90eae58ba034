/** The shape of what a simulated device sends, drawn as a small picture: not measured, only its character. */
const SHAPES: Record<string, (x: number) => number> = {
  "thermo-a": (x) => 0.5 + 0.28 * Math.sin(x * 0.9) + 0.16 * Math.sin(x * 2.7),
  "thermo-b": (x) => 0.5 + 0.3 * Math.sin(x * 0.7 + 2) + 0.14 * Math.sin(x * 3.1),
  "door-1": (x) => (Math.sin(x * 1.3) + Math.sin(x * 0.45) > 0.35 ? 0.85 : 0.2),
  "pump-1": (x) => 0.5 + 0.36 * Math.sign(Math.sin(x * 1.9)) * Math.abs(Math.sin(x * 1.9)) ** 0.4,
  "faulty-1": (x) => (Math.sin(x * 1.1) > 0.93 ? 1 : 0.22 + 0.08 * Math.sin(x * 5)),
};

const STEPS = 31;

/** Points of the picture of a device in a box; null of one that has no picture. */
export function wavePoints(id: string, width: number, height: number): string | null {
  const shape = SHAPES[id];
  if (shape === undefined) return null;
  return Array.from({ length: STEPS }, (_, index) => {
    const x = (index / (STEPS - 1)) * width;
    const y = height - shape(index) * height;
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  }).join(" ");
}
