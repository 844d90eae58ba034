import { expect, test } from "vitest";
import type { BrokerReport } from "@/contract";
import { applyLanguage, startTexts, texts } from "@/i18n";
import { tableOf, textOf, wordsOf } from "./result";

test("every feature is one row with a cell a version, in the order of the test", () => {
  const report: BrokerReport = {
    started: 0,
    ended: 0,
    endpoint: "localhost:1883",
    prefix: "p",
    cancelled: false,
    findings: [
      { version: "3.1.1", feature: "connect", result: { is: "works" } },
      { version: "3.1.1", feature: "retained", result: { is: "fails", reason: { template: "no answer", args: {} } } },
      { version: "5", feature: "connect", result: { is: "works" } },
      { version: "5", feature: "topic_alias_maximum", result: { is: "value", value: 10 } },
    ],
    left_behind: [],
  };
  const rows = tableOf(report);
  expect(rows.map(({ feature }) => feature)).toEqual(["connect", "retained", "topic_alias_maximum"]);
  expect(rows.map(({ found }) => [...found.keys()])).toEqual([["3.1.1", "5"], ["3.1.1"], ["5"]]);
});

test("figures have units and failures reasons", () => {
  startTexts("en");
  const say = (...[feature, result]: [Parameters<typeof wordsOf>[1], Parameters<typeof wordsOf>[2]]) => wordsOf(texts.t, feature, result);
  expect(say("largest_payload", { is: "at_least", value: 1048576 })).toBe("at least 1 MB");
  expect(say("session_expiry", { is: "value", value: 3600 })).toBe("3,600 s");
  expect(say("retained", { is: "fails", reason: { template: "no answer", args: {} } })).toBe("no: no answer");
  expect(say("round_trip_qos1", { is: "round_trip", min: 100, median: 250, max: 1000, count: 20 })).toBe("0.25 ms (0.10 to 1.00, 20 messages)");
});

test("a copied report has a line a finding, in the language of the page", () => {
  const report: BrokerReport = {
    started: 0,
    ended: 0,
    endpoint: "localhost:1883",
    prefix: "p",
    cancelled: true,
    findings: [
      { version: "5", feature: "retained", result: { is: "works" } },
      { version: "3.1.1", feature: "connect", result: { is: "works" } },
    ],
    left_behind: ["p/a"],
  };
  const [endpoint, , ...lines] = textOf(texts.t, report).split("\n");
  expect(endpoint).toBe("localhost:1883");
  expect(lines).toEqual([
    "",
    "MQTT 3.1.1",
    "  Connects           yes",
    "",
    "MQTT 5",
    "  Retained messages  yes",
    "",
    "Stopped before the end.",
    "",
    "Could not be removed: p/a",
    "",
  ]);
  applyLanguage("de");
  expect(textOf(texts.t, report)).toContain("Retained-Nachrichten  ja");
  applyLanguage("en");
});
