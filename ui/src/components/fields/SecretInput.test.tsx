import { act, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SecretDraft } from "@/contract";
import { Field, SecretInput } from "./index";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function Stored({ onChange }: { onChange?: (draft: SecretDraft) => void }) {
  const [draft, setDraft] = useState<SecretDraft>({ change: "keep" });
  return (
    <Field label="Key">
      <SecretInput
        value={draft}
        stored={{ ends: "Q8w=" }}
        mayClear
        generate={() => "made-here"}
        reveal={() => Promise.resolve("s3cr3t-of-the-vault")}
        onChange={(next) => {
          setDraft(next);
          onChange?.(next);
        }}
      />
    </Field>
  );
}

const box = () => screen.getByLabelText<HTMLInputElement>("Key");
const press = (name: string) => act(async () => fireEvent.click(screen.getByRole("button", { name })));
const pass = (millis: number) => act(async () => vi.advanceTimersByTime(millis));

test("a stored secret is in sight for 30 s and no longer", async () => {
  render(<Stored />);
  expect(box().value).toBe("");
  await press("Show for 30 s");
  expect(box().value).toBe("s3cr3t-of-the-vault");
  expect(box().type).toBe("text");
  await pass(29_000);
  expect(screen.getByText("hides in 1 s")).not.toBeNull();
  await pass(1_000);
  expect(box().value).toBe("");
  expect(document.body.innerHTML).not.toContain("s3cr3t");
});

test.each([
  ["the window loses the focus", () => fireEvent.blur(window)],
  ["the page is hidden", () => fireEvent(document, new Event("visibilitychange"))],
  ["the field is left", () => fireEvent.blur(box())],
])("it goes out of sight when %s", async (_, leave) => {
  render(<Stored />);
  await press("Show for 30 s");
  expect(box().value).toBe("s3cr3t-of-the-vault");
  await act(async () => leave());
  expect(document.body.innerHTML).not.toContain("s3cr3t");
});

test("typing takes the stored one's place, taking it all away brings it back, and clearing asks for it", async () => {
  const drafts: SecretDraft[] = [];
  render(<Stored onChange={(draft) => drafts.push(draft)} />);
  fireEvent.change(box(), { target: { value: "new" } });
  expect(box().type).toBe("password");
  fireEvent.change(box(), { target: { value: "" } });
  await press("Clear");
  await press("Keep the stored one");
  expect(drafts).toEqual([{ change: "set", value: "new" }, { change: "keep" }, { change: "clear" }, { change: "keep" }]);
});

test("a made secret is shown at once and hidden when the field is left", async () => {
  render(<Stored />);
  await press("Make a new one");
  expect(box().value).toBe("made-here");
  expect(box().type).toBe("text");
  fireEvent.blur(box());
  expect(box().type).toBe("password");
});
