import { act, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { refusal, renderOn, testPlatform } from "../../../tests/platform";
import { toastStore, ToastProvider, useUndo } from "./index";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTime(milliseconds));

test("a toast goes after ten seconds, not while the pointer is over it or the focus inside", () => {
  const store = toastStore();
  render(<ToastProvider store={store}>{null}</ToastProvider>);
  act(() => store.show({ tone: "ok", title: "Copied" }));
  pass(9_000);
  const toast = screen.getByRole("group", { name: "Copied" });
  fireEvent.pointerEnter(toast);
  pass(60_000);
  expect(screen.queryByText("Copied")).not.toBeNull();
  fireEvent.pointerLeave(toast);
  act(() => screen.getByRole("button", { name: "Dismiss" }).focus());
  pass(60_000);
  expect(screen.queryByText("Copied")).not.toBeNull();
  act(() => screen.getByRole("button", { name: "Dismiss" }).blur());
  pass(1_500);
  expect(screen.queryByText("Copied")).toBeNull();
});

/** Deletes two things and can take the latest back. */
function Deleting() {
  const undo = useUndo();
  return (
    <>
      <button onClick={() => undo.offer({ undo: 1 }, { title: "Deleted a" })}>a</button>
      <button onClick={() => undo.offer({ undo: 2 }, { title: "Deleted b" })}>b</button>
      <button onClick={undo.last}>last</button>
    </>
  );
}

test("a toast takes back its own, Ctrl Z the latest that the engine has; the toast of it goes", async () => {
  vi.useRealTimers();
  const left = [1, 2];
  const platform = testPlatform({
    "undo.run": ({ undo }) => {
      const id = undo ?? left.at(-1);
      if (id === undefined || !left.includes(id)) throw refusal({ code: "not_found" });
      left.splice(left.indexOf(id), 1);
      return { id, kind: "device", name: `thing ${id}` };
    },
  });
  renderOn(platform, <Deleting />);
  fireEvent.click(screen.getByText("a"));
  fireEvent.click(screen.getByText("b"));
  fireEvent.click(within(screen.getByRole("group", { name: "Deleted a" })).getByRole("button", { name: /^Undo/ }));
  await waitFor(() => expect(screen.queryByText("Deleted a")).toBeNull());
  expect(left).toEqual([2]);
  fireEvent.click(screen.getByText("last"));
  await screen.findByText("thing 2 is back");
  expect(screen.queryByText("Deleted b")).toBeNull();
  fireEvent.click(screen.getByText("last"));
  await screen.findByText("There is nothing to undo.");
});
