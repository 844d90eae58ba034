import { expect, test } from "vitest";
import { keyNames, shortcutOf } from "./shortcuts";

const press = (init: KeyboardEventInit) => new KeyboardEvent("keydown", init);

test("a browser keeps its own keys: Alt takes the place of Ctrl", () => {
  expect(shortcutOf(press({ code: "KeyN", key: "n", ctrlKey: true }), false)).toBe("add-hub");
  expect(shortcutOf(press({ code: "KeyN", key: "n", ctrlKey: true }), true)).toBeNull();
  expect(shortcutOf(press({ code: "KeyN", key: "n", altKey: true }), true)).toBe("add-hub");
  expect(shortcutOf(press({ code: "KeyN", key: "n", altKey: true }), false)).toBeNull();
  expect(keyNames("linux", true).add).toBe("Alt N");
  expect(keyNames("macos", false)).toEqual({ add: "Cmd N", confirm: "Cmd Enter" });
});

test("F6 goes through the panes, / to the filter, Ctrl Z takes back", () => {
  expect(shortcutOf(press({ key: "F6" }), true)).toBe("next-pane");
  expect(shortcutOf(press({ key: "F6", shiftKey: true }), true)).toBe("previous-pane");
  expect(shortcutOf(press({ key: "/" }), true)).toBe("filter");
  expect(shortcutOf(press({ key: "z", ctrlKey: true }), true)).toBe("undo");
  expect(shortcutOf(press({ key: "z", ctrlKey: true, shiftKey: true }), true)).toBeNull();
});
