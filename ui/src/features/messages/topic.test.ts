import { expect, test, vi } from "vitest";
import type { Row, RowTopic } from "@/contract";
import { topics } from "@/live";
import type { Platform } from "@/platform";
import { wholeTopic } from "./actions";
import { topicOf } from "./row";

const row = (topic: RowTopic | null): Row => ({
  ordinal: 0,
  seq: 5,
  time: 0,
  class: "message",
  direction: "in",
  session: 1,
  topic,
  size: 0,
  qos: 0,
  retain: false,
  colour: null,
  severity: null,
  outcome: null,
  preview: [],
  text: null,
  cut: false,
  unverified: false,
});

/** A platform whose every entry has this topic. */
function platformOf(topic: string) {
  const call = vi.fn(() => Promise.resolve({ topic }));
  return { call, platform: { call } as unknown as Platform };
}

test("a topic that was not interned is shown from its row", () => {
  topics.take(1, [{ id: 3, text: "lab/temp" }]);
  expect(topicOf(row(3))).toBe("lab/temp");
  expect(topicOf(row(4))).toBe("");
  expect(topicOf(row(null))).toBe("");
  expect(topicOf(row({ text: "t/100001", cut: false }))).toBe("t/100001");
  expect(topicOf(row({ text: "t/very/lo", cut: true }))).toBe("t/very/lo…");
});

test("what was cut in the row is fetched before it is used", async () => {
  const { call, platform } = platformOf("t/very/long");
  expect(await wholeTopic(platform, row({ text: "t/100001", cut: false }))).toBe("t/100001");
  expect(call).not.toHaveBeenCalled();
  expect(await wholeTopic(platform, row({ text: "t/very/lo", cut: true }))).toBe("t/very/long");
  expect(call).toHaveBeenCalledExactlyOnceWith("message.get", { seq: 5 });
});
