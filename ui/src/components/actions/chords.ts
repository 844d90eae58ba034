/**
 * Keys as they are written in the table of actions: "Mod+Shift+T". Mod is Ctrl, on macOS Cmd; the last part is a letter,
 * a digit, a sign, or the name of a key as `KeyboardEvent.key` has it.
 */
interface Chord {
  mod: boolean;
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
  key: string;
}

/** What of a pressed key counts. */
export type Stroke = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

const parsed = new Map<string, Chord>();

function parse(text: string): Chord {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const parts = text.split("+");
  const has = (name: string) => parts.slice(0, -1).includes(name);
  const chord = { mod: has("Mod"), ctrl: has("Ctrl"), alt: has("Alt"), shift: has("Shift"), key: parts.at(-1) ?? "" };
  parsed.set(text, chord);
  return chord;
}

/** Whether a stroke is this chord. */
export function isPressed(stroke: Stroke, text: string, macos: boolean): boolean {
  const chord = parse(text);
  const ctrl = chord.ctrl || (chord.mod && !macos);
  const meta = chord.mod && macos;
  if (stroke.ctrlKey !== ctrl || stroke.metaKey !== meta || stroke.altKey !== chord.alt) return false;
  // Some layouts have signs only with Shift.
  const sign = chord.key.length === 1 && !/[A-Z0-9]/.test(chord.key);
  return (sign || stroke.shiftKey === chord.shift) && isKey(stroke, chord.key);
}

/** By what the key writes; by its place where it writes no Latin letter, as Alt does on macOS and other scripts do. */
function isKey(stroke: Stroke, key: string): boolean {
  if (/^[A-Z]$/.test(key)) return /^[a-z]$/i.test(stroke.key) ? stroke.key.toUpperCase() === key : stroke.code === `Key${key}`;
  if (/^[0-9]$/.test(key)) return stroke.key === key || stroke.code === `Digit${key}`;
  if (key === "Space") return stroke.key === " ";
  return stroke.key === key;
}

/** As printed on the keys: "Ctrl Shift T". */
export function chordName(text: string, macos: boolean): string {
  const { mod, ctrl, alt, shift, key } = parse(text);
  const named = { "=": "+", ArrowUp: "Up", ArrowDown: "Down", Delete: "Del", Escape: "Esc" }[key] ?? key;
  return [mod && (macos ? "Cmd" : "Ctrl"), ctrl && "Ctrl", alt && (macos ? "Option" : "Alt"), shift && "Shift", named].filter(Boolean).join(" ");
}

/** As ARIA writes it: "Control+Shift+T". */
export function ariaKeys(text: string, macos: boolean): string {
  const { mod, ctrl, alt, shift, key } = parse(text);
  return [mod && (macos ? "Meta" : "Control"), ctrl && "Control", alt && "Alt", shift && "Shift", key].filter(Boolean).join("+");
}

/** As the shell's menu bar takes it: "CmdOrCtrl+Shift+T". */
export function accelerator(text: string): string {
  return text.replace("Mod", "CmdOrCtrl");
}
