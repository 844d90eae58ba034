import { afterEach, expect, test } from "vitest";
import type { Row } from "@/contract";
import { applyLanguage } from "@/i18n";
import { messageRows } from "./row";

afterEach(() => applyLanguage("en"));

const LOST: Row = {
  ordinal: 0,
  seq: 1,
  time: 1_795_370_792_126_965,
  class: "event",
  direction: null,
  session: 1,
  topic: null,
  size: 0,
  qos: 0,
  retain: false,
  colour: null,
  severity: "warning",
  outcome: null,
  preview: [],
  cut: false,
  unverified: false,
  text: { template: "{error} Trying again (attempt {attempt}).", args: { error: { code: "host_not_found", english: "No address is known." }, attempt: 2 } },
};

test("a row of an event says what happened, in the reader's language, also in the place of a message", () => {
  const { create, name } = messageRows((topic) => topic, 24);
  const node = create();
  const said = () => [...node.element.querySelectorAll("[data-kind]:not([hidden])")].map((piece) => piece.textContent);
  node.show({ ...LOST, class: "message", direction: "in", text: null, preview: [{ kind: "key", text: "t" }, { kind: "number", text: "21" }] });
  expect(said()).toEqual(["t", "21"]);
  node.show(LOST);
  expect(said()).toEqual(["No address is known. Trying again (attempt 2)."]);
  expect(name(LOST)).toMatch(/, No address is known\. Trying again \(attempt 2\)\.$/);
  applyLanguage("de");
  node.show(LOST);
  expect(said()).toEqual(["Host nicht gefunden. Neuer Versuch läuft (Versuch 2)."]);
});

test("a row of a session whose server was not checked is marked and says so", () => {
  const { create, name } = messageRows((topic) => topic, 24);
  const node = create();
  node.show({ ...LOST, unverified: true });
  expect(node.element.hasAttribute("data-unverified")).toBe(true);
  expect(name({ ...LOST, unverified: true })).toContain("server not checked");
  node.show(LOST);
  expect(node.element.hasAttribute("data-unverified")).toBe(false);
});
