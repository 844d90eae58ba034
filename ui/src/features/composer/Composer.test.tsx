import { File as NodeFile } from "node:buffer";
import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, expect, test, vi } from "vitest";
import { NO_CONNECT_PROPERTIES, NO_PROPERTIES } from "@/components/mqtt";
import type { HistoryEntry, PublishDraft, SavedMessage } from "@/contract";
import { deviceItem, hubItem } from "../../../tests/items";
import { Greeted, renderOn, testPlatform } from "../../../tests/platform";
import { Composer } from "./Composer";
import { draftOf, publishDraft } from "./drafts";
import { droppedPayload } from "./dropped";
import { savedDigit } from "./use-saved-keys";

beforeAll(() => {
  // The editor measures text, which jsdom does not.
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
});

let devices = 0;

function show(answers: Parameters<typeof testPlatform>[0] = {}) {
  devices += 1;
  const device = deviceItem({ id: `d${devices}`, options: { version: "5", clean_session: true, keep_alive: 60, max_packet_size: 1_048_576, properties: NO_CONNECT_PROPERTIES, will: null } });
  const platform = testPlatform({ "session.publish": () => ({ seq: 7, publish: 1 }), "message.get": () => Promise.reject(new Error("gone")), ...answers });
  renderOn(platform, <Greeted><Composer device={device} hub={hubItem()} online off={null} message={null} confirmKeys="Ctrl Enter" /></Greeted>);
  const published = () => platform.calls.findLast(({ name }) => name === "session.publish")?.request as PublishDraft | undefined;
  return { platform, device, published };
}

const topic = () => screen.getByRole("textbox", { name: "Topic to publish to" });
const message = (device: string, name: string, text: string): SavedMessage => ({
  id: name,
  name,
  draft: { device, topic: `t/${name}`, payload: { encoding: "text", text }, qos: 1, retain: true, properties: NO_PROPERTIES },
});

test("Alt and a digit load a saved message, and the draft is saved under a name", async () => {
  const { platform, device, published } = show({ "saved.list": (of) => ({ messages: [message(of.device, "one", "1"), message(of.device, "two", "2")] }), "saved.save": (draft) => ({ ...draft, id: "new" }) });
  await screen.findByText("two");
  fireEvent.keyDown(window, { code: "Digit2", key: "2", altKey: true });
  await waitFor(() => expect(topic()).toHaveProperty("value", "t/two"));
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: /^Publish/ }));
  await waitFor(() => expect(published()).toEqual({ device: device.id, topic: "t/two", payload: { encoding: "text", text: "2" }, qos: 1, retain: true, properties: NO_PROPERTIES }));
  await user.click(screen.getByRole("button", { name: "Save this message" }));
  await user.type(screen.getByRole("textbox", { name: "Name of the message" }), "again{Enter}");
  await waitFor(() => expect(platform.calls.findLast(({ name }) => name === "saved.save")?.request).toMatchObject({ id: null, name: "again", draft: { topic: "t/two" } }));
});

test("a digit alone, or with Ctrl, is no saved message", () => {
  const key = { altKey: true, ctrlKey: false, metaKey: false, shiftKey: false, code: "Digit9" };
  expect(savedDigit(key)).toBe(9);
  expect(savedDigit({ ...key, altKey: false })).toBeNull();
  expect(savedDigit({ ...key, ctrlKey: true })).toBeNull();
  expect(savedDigit({ ...key, code: "Digit0" })).toBeNull();
});

test("the history is loaded back, published again, and cleared with undo; what was too large cannot be", async () => {
  const entry = (device: string, id: number, kept: boolean): HistoryEntry => ({
    id,
    publish: { time: 1_800_000_000_000_000 + id, draft: { ...message(device, `m${id}`, kept ? "{}" : "").draft }, size: kept ? 2 : 99_999, kept },
  });
  const { platform, published } = show({ "history.list": ({ device }) => ({ entries: [entry(device, 2, true), entry(device, 1, false)] }), "history.clear": () => ({ undo: 3 }) });
  const user = userEvent.setup();
  await user.click(await screen.findByRole("button", { name: "History of publishes" }));
  await screen.findByText("t/m2");
  expect(screen.getByRole("button", { name: "Payload too large to keep" }).getAttribute("aria-disabled")).toBe("true");
  await user.click(screen.getByRole("button", { name: "Publish again" }));
  await waitFor(() => expect(published()?.topic).toBe("t/m2"));
  await user.click(screen.getByRole("button", { name: "Clear history" }));
  await screen.findByRole("group", { name: "Cleared the publish history" });
  expect(platform.calls.some(({ name }) => name === "history.clear")).toBe(true);
  await user.click(screen.getByText("t/m2"));
  await waitFor(() => expect(topic()).toHaveProperty("value", "t/m2"));
});

test("what was written is kept over a restart, and comes back", async () => {
  const kept = new Map<string, string | null>();
  const drafts = {
    "draft.get": ({ key }: { key: string }) => ({ key, json: kept.get(key) ?? null }),
    "draft.set": ({ key, json }: { key: string; json: string | null }) => {
      kept.set(key, json);
      return {};
    },
  };
  const first = show(drafts);
  await waitFor(() => expect(first.platform.calls.some(({ name }) => name === "draft.get")).toBe(true));
  await userEvent.setup().type(topic(), "lab/x");
  cleanup();
  await vi.waitFor(() => expect(JSON.parse(kept.get(`composer/${first.device.id}`) ?? "{}")).toMatchObject({ topic: "lab/x" }));

  // Another page: it knows nothing of the first but what was kept.
  kept.set(`composer/d${devices + 1}`, kept.get(`composer/${first.device.id}`) ?? null);
  show(drafts);
  await waitFor(() => expect(topic()).toHaveProperty("value", "lab/x"));
});

test("a dropped text goes into the editor, all else is held as a file; what is too large is refused", async () => {
  const platform = testPlatform({ "file.upload": ({ name }) => ({ handle: 5, name, size: 3 }) });
  const file = (bytes: Uint8Array<ArrayBuffer>, name: string) => new NodeFile([bytes], name) as unknown as File;
  expect(await droppedPayload(platform, file(new TextEncoder().encode('{"a":"é"}'), "a.json"))).toEqual({ payload: '{"a":"é"}', binary: null });
  expect(await droppedPayload(platform, file(new Uint8Array([0xff, 0, 1]), "a.bin"))).toEqual({ payload: "", binary: { file: { handle: 5, name: "a.bin", size: 3 } } });
  expect(await droppedPayload(platform, { size: 17 * 1024 * 1024 } as File)).toBeNull();
});

test("bytes go out as they came back from the history", () => {
  const draft: PublishDraft = { device: "d", topic: "t", payload: { encoding: "base64", base64: "/wA=" }, qos: 0, retain: false, properties: NO_PROPERTIES };
  expect(draftOf(draft).binary).toEqual({ base64: "/wA=", size: 2 });
  expect(publishDraft("d", draftOf(draft), true)).toEqual(draft);
});
