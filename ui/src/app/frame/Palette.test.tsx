import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import type { Settings } from "@/contract";
import { DEFAULT_SETTINGS, useLive } from "@/live";
import { deviceItem, hubItem } from "../../../tests/items";
import { renderOn, testPlatform } from "../../../tests/platform";
import { Frame } from "./Frame";

const DEVICES = ["a", "b", "c"].map((id) => deviceItem({ id, name: `device-${id}` }));

/** The gate shows the frame once the engine has said hello. */
function Ready() {
  return useLive().welcome === null ? null : <Frame />;
}

function show(answers: Parameters<typeof testPlatform>[0] = {}) {
  const platform = testPlatform({
    "tree.get": () => ({ hubs: [hubItem()], devices: DEVICES }),
    "token.list": () => ({ statuses: [] }),
    "desk.get": () => ({ tabs: ["a", "gone", "b"], current: "b", recent: [] }),
    ...answers,
  });
  renderOn(platform, <Ready />);
  return platform;
}

const tabs = () => screen.queryAllByRole("tab").flatMap((tab) => tab.dataset.tab ?? []);
const press = (key: string, more: object = {}) => fireEvent.keyDown(window, { key, ...more });

beforeEach(() => {
  // What jsdom has not.
  Element.prototype.scrollIntoView = () => undefined;
});

test("tabs of the last time come back, close, reopen, move, and are kept", async () => {
  const platform = show();
  await waitFor(() => expect(tabs()).toEqual(["a", "b"]));
  press("w", { altKey: true, code: "KeyW" });
  await waitFor(() => expect(tabs()).toEqual(["a"]));
  press("T", { altKey: true, shiftKey: true, code: "KeyT" });
  await waitFor(() => expect(tabs()).toEqual(["a", "b"]));
  press("PageUp", { altKey: true, shiftKey: true });
  await waitFor(() => expect(tabs()).toEqual(["b", "a"]));
  await waitFor(() => expect(platform.calls.findLast(({ name }) => name === "desk.set")?.request).toEqual({ tabs: ["b", "a"], current: "b", recent: [] }));
});

test("Ctrl K, letters and Enter open a device; it is recent then", async () => {
  show();
  const user = userEvent.setup();
  await waitFor(() => expect(tabs()).toEqual(["a", "b"]));
  press("k", { ctrlKey: true });
  const field = await screen.findByRole("combobox", { name: "Command palette" });
  await user.type(field, "device-c");
  expect(screen.getAllByRole("option")[0]?.textContent).toContain("device-c");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(tabs()).toEqual(["a", "b", "c"]));
  await waitFor(() => expect(screen.queryByRole("combobox", { name: "Command palette" })).toBeNull());
  press("k", { ctrlKey: true });
  await screen.findByRole("combobox", { name: "Command palette" });
  expect(screen.getAllByRole("option")[0]?.textContent).toContain("device-c");
});

test("a setting is found and changed; a reset can be taken back", async () => {
  let [stored, before]: [Settings, Settings] = [DEFAULT_SETTINGS, DEFAULT_SETTINGS];
  show({
    "settings.get": () => stored,
    "settings.set": (settings) => {
      stored = settings;
      return settings;
    },
    "settings.reset": () => {
      before = stored;
      stored = DEFAULT_SETTINGS;
      return { undo: 1 };
    },
    "undo.run": () => {
      stored = before;
      return { id: 1, kind: "settings", name: "" };
    },
  });
  const user = userEvent.setup();
  await waitFor(() => expect(tabs()).toEqual(["a", "b"]));
  press("k", { ctrlKey: true });
  await user.type(await screen.findByRole("combobox", { name: "Command palette" }), "row height");
  await user.keyboard("{Enter}");
  await screen.findByRole("heading", { name: "Settings" });
  await user.click(screen.getByRole("radio", { name: "28, comfortable" }));
  await waitFor(() => expect(stored.density).toBe("comfortable"));
  await user.click(screen.getByRole("button", { name: "Reset settings" }));
  await waitFor(() => expect(stored.density).toBe("compact"));
  press("z", { ctrlKey: true, code: "KeyZ" });
  await waitFor(() => expect(stored.density).toBe("comfortable"));
});
