import { expect, test } from "vitest";
import { accelerator, ariaKeys, chordName, isPressed, type Stroke } from "./chords";
import { ActionStore } from "./store";
import { ACTION_IDS, keysOf, specOf } from "./table";

const stroke = (part: Partial<Stroke>): Stroke => ({ key: "", code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...part });

test("keys are read by what they write, and by place where they write no letter", () => {
  expect(isPressed(stroke({ key: "z", code: "KeyY", ctrlKey: true }), "Mod+Z", false)).toBe(true);
  expect(isPressed(stroke({ key: "Z", code: "KeyZ", ctrlKey: true, shiftKey: true }), "Mod+Z", false)).toBe(false);
  expect(isPressed(stroke({ key: "˜", code: "KeyN", altKey: true }), "Alt+N", true)).toBe(true);
  expect(isPressed(stroke({ key: "ц", code: "KeyW", ctrlKey: true }), "Mod+W", false)).toBe(true);
  expect(isPressed(stroke({ key: "/", code: "Digit7", shiftKey: true }), "/", false)).toBe(true);
  expect(isPressed(stroke({ key: "k", metaKey: true }), "Mod+K", true)).toBe(true);
  expect(isPressed(stroke({ key: "k", ctrlKey: true }), "Mod+K", true)).toBe(false);
});

test("the same keys are written for people, for ARIA and for the system's menu", () => {
  expect(chordName("Mod+Shift+T", false)).toBe("Ctrl Shift T");
  expect(chordName("Mod+Shift+T", true)).toBe("Cmd Shift T");
  expect(ariaKeys("Mod+Shift+D", false)).toBe("Control+Shift+D");
  expect(accelerator("Mod+Shift+T")).toBe("CmdOrCtrl+Shift+T");
});

test.each([true, false])("no two actions share their keys (browser: %s)", (inBrowser) => {
  const taken = ACTION_IDS.map((id) => keysOf(id, inBrowser)).filter((keys) => keys !== null);
  expect(new Set(taken).size).toBe(taken.length);
});

test("a browser keeps its own keys", () => {
  const browsers = ["Mod+N", "Mod+T", "Mod+W", "Mod+Shift+N", "Mod+Shift+T", "Ctrl+Tab", "Ctrl+Shift+Tab", "Mod+=", "Mod+-", "Mod+0"];
  for (const id of ACTION_IDS) expect(browsers, id).not.toContain(keysOf(id, true));
});

test("keys that mean something else in a field are never the menu bar's", () => {
  for (const id of ACTION_IDS) if (specOf(id).local) expect(specOf(id).contextual, id).toBe(true);
});

test("the part that is shown last has the action; when it goes, the one before has it again", () => {
  const store = new ActionStore();
  const ran: string[] = [];
  const [page, dialog] = [{}, {}];
  store.put(page, [{ id: "closeTab", run: () => void ran.push("page") }]);
  store.put(dialog, [{ id: "closeTab", run: () => void ran.push("dialog") }]);
  expect(store.run("closeTab", "keys")).toBe(true);
  store.remove(dialog);
  expect(store.run("closeTab", "keys")).toBe(true);
  expect(ran).toEqual(["dialog", "page"]);
  expect(store.run("undo", "keys")).toBe(false);
});

test("one press that page and menu bar both tell is one wish; two presses are two", () => {
  let now = 0;
  const store = new ActionStore(() => now);
  let ran = 0;
  store.put({}, [{ id: "closeTab", run: () => void (ran += 1) }]);
  store.run("closeTab", "keys");
  now += 5;
  expect(store.run("closeTab", "menu bar")).toBe(true);
  expect(ran).toBe(1);
  now += 5;
  store.run("closeTab", "menu bar");
  expect(ran).toBe(2);
});
