import { describe, expect, test } from "vitest";
import css from "@/styles/tokens.css?raw";

function tokensOf(theme: string): Map<string, string> {
  const block = new RegExp(`\\[data-theme="${theme}"\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? "";
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((found) => [found[1] ?? "", found[2] ?? ""]));
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const PANES = ["chrome", "surface", "raised", "sunken"];
const ROWS = [...PANES, "hover", "selected", "selected-idle"];
const TEXT: [string, string[]][] = [
  ["text", [...ROWS, "neutral-tint", "accent-tint", "warn-tint", "bad-tint", "ok-tint"]],
  ["text-2", [...ROWS, "neutral-tint", "accent-tint", "warn-tint", "bad-tint"]],
  ["text-3", ROWS],
  ["accent", [...ROWS, "accent-tint"]],
  ["ok", [...PANES, "ok-tint"]],
  ["warn", [...ROWS, "warn-tint"]],
  ["bad", [...ROWS, "bad-tint"]],
  ["on-accent", ["accent-solid", "accent-hover", "bad-solid"]],
  ...["j-key", "j-str", "j-num", "j-lit", "j-pun", "j-var"].map((token): [string, string[]] => [token, PANES]),
];
const SHAPES: [string, string[]][] = [
  ["ctl-line", PANES],
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((colour): [string, string[]] => [`s${colour}`, ROWS]),
];

describe.each(["dark", "light"])("%s theme", (theme) => {
  const tokens = tokensOf(theme);
  const pairs = (list: [string, string[]][]) => list.flatMap(([front, backs]) => backs.map((back): [string, string] => [front, back]));

  function ratio(front: string, back: string): number {
    return contrast(tokens.get(front) ?? "", tokens.get(back) ?? "");
  }

  test.each(pairs(TEXT))("%s on %s can be read", (front, back) => {
    expect(ratio(front, back)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(pairs(SHAPES))("%s on %s can be seen", (front, back) => {
    expect(ratio(front, back)).toBeGreaterThanOrEqual(3);
  });
});

test("both themes define the same tokens", () => {
  expect([...tokensOf("dark").keys()]).toEqual([...tokensOf("light").keys()]);
});
