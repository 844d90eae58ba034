import { act, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { toastStore, ToastProvider } from "./index";

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

test("undo runs once, from the toast or later by Ctrl Z, the latest first", () => {
  const store = toastStore();
  const undone: string[] = [];
  render(<ToastProvider store={store}>{null}</ToastProvider>);
  act(() => store.showUndo({ tone: "neutral", title: "Deleted a" }, "Undo", () => undone.push("a")));
  act(() => store.showUndo({ tone: "neutral", title: "Deleted b" }, "Undo", () => undone.push("b")));
  pass(11_000);
  expect(screen.queryByText("Deleted a")).toBeNull();
  expect(store.undoLast()).toBe(true);
  act(() => store.showUndo({ tone: "neutral", title: "Deleted c" }, "Undo", () => undone.push("c")));
  fireEvent.click(screen.getByRole("button", { name: /^Undo/ }));
  expect(undone).toEqual(["b", "c"]);
  expect(store.undoLast()).toBe(true);
  expect(store.undoLast()).toBe(false);
  expect(undone).toEqual(["b", "c", "a"]);
});
