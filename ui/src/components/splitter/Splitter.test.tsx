import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderOn, testPlatform, WELCOME } from "../../../tests/platform";
import { Splitter, usePaneSize } from "./index";

function Pane({ after }: { after?: boolean }) {
  const pane = usePaneSize({ name: "left", initial: 300, min: 200, max: 400 });
  return <Splitter pane={pane} what="left column" orientation="vertical" after={after} />;
}

const size = () => Number(screen.getByRole("separator").getAttribute("aria-valuenow"));
const press = (key: string, shiftKey = false) => fireEvent.keyDown(screen.getByRole("separator"), { key, shiftKey });

test("arrows move by 8, with Shift by 32, Home and End to the limits, Enter back", async () => {
  renderOn(testPlatform(), <Pane />);
  await waitFor(() => expect(size()).toBe(300));
  press("ArrowRight");
  await waitFor(() => expect(size()).toBe(308));
  press("ArrowLeft", true);
  await waitFor(() => expect(size()).toBe(276));
  press("End");
  await waitFor(() => expect(size()).toBe(400));
  press("ArrowRight");
  press("Home");
  await waitFor(() => expect(size()).toBe(200));
  press("Enter");
  await waitFor(() => expect(size()).toBe(300));
  expect(screen.getByRole("separator").getAttribute("aria-label")).toBe("Resize left column");
});

test("a line before its pane moves the other way", async () => {
  renderOn(testPlatform(), <Pane after />);
  await waitFor(() => expect(size()).toBe(300));
  press("ArrowRight");
  await waitFor(() => expect(size()).toBe(292));
});

test("the size is remembered with the other settings", async () => {
  const platform = testPlatform({ "settings.get": () => ({ ...WELCOME.settings, theme: "dark", panes: { left: 250, other: 9 } }) });
  renderOn(platform, <Pane />);
  await waitFor(() => expect(size()).toBe(250));
  press("ArrowRight");
  press("ArrowRight");
  await waitFor(() => expect(platform.calls.filter(({ name }) => name === "settings.set")).toHaveLength(1));
  expect(platform.calls.at(-1)?.request).toEqual({ ...WELCOME.settings, theme: "dark", panes: { left: 266, other: 9 } });
});
