import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test, vi } from "vitest";
import type { MenuBar } from "@/contract";
import { applyLanguage } from "@/i18n";
import { useSettings } from "@/live";
import { Greeted, renderOn, testPlatform } from "../../../tests/platform";
import { useLook } from "../useLook";
import { useMenuBar } from "./useMenuBar";

afterEach(() => applyLanguage("en"));

function Page() {
  const [settings, change] = useSettings();
  useLook(settings);
  useMenuBar();
  return <button onClick={() => change((old) => ({ ...old, language: "de" }))}>{settings.language}</button>;
}

test("the window's menu bar speaks another language as soon as it is chosen", async () => {
  const platform = testPlatform({}, "desktop");
  const shown = () => {
    const last = platform.calls.filter(({ name }) => name === "window.menu").at(-1)?.request as MenuBar | undefined;
    return last?.menus.flatMap(({ label, items }) => [label, ...items.map((item) => ("label" in item ? item.label : null))]) ?? [];
  };
  renderOn(platform, <Greeted><Page /></Greeted>);
  await waitFor(() => expect(shown()).toEqual(expect.arrayContaining(["File", "Quit", "Command palette"])));
  await userEvent.click(screen.getByRole("button"));
  await waitFor(() => expect(shown()).toEqual(expect.arrayContaining(["Datei", "Beenden", "Befehlspalette"])));
});

test("bars are handed over one after the other, and the newest is the last", async () => {
  const platform = testPlatform({}, "desktop");
  const call = platform.call.bind(platform);
  const open: (() => void)[] = [];
  let most = 0;
  const bars: MenuBar[] = [];
  vi.spyOn(platform, "call").mockImplementation(async (name, request) => {
    if (name === "window.menu") {
      bars.push(request as MenuBar);
      await new Promise<void>((done) => (most = Math.max(most, open.push(done))));
    }
    return call(name, request);
  });
  renderOn(platform, <Greeted><Page /></Greeted>);
  await waitFor(() => expect(open).toHaveLength(1));
  await userEvent.click(screen.getByRole("button"));
  await screen.findByText("de");
  expect(bars).toHaveLength(1);
  while (bars.at(-1)?.menus[0]?.label !== "Datei") {
    open.pop()?.();
    await waitFor(() => expect(open).toHaveLength(1));
  }
  expect(most).toBe(1);
});
