import { expect, test } from "vitest";
import { en } from "./en";
import { pseudo } from "./pseudo";

function* leaves(value: object, path = ""): Generator<[string, unknown]> {
  for (const [key, child] of Object.entries(value)) {
    if (typeof child === "object" && child !== null) yield* leaves(child, `${path}${key}.`);
    else yield [`${path}${key}`, child];
  }
}

test("every text is a sentence worth reading: not empty, no exclamation, no please", () => {
  for (const [key, text] of leaves(en)) {
    expect(text, key).toBeTypeOf("string");
    expect(text, key).not.toMatch(/^\s|\s$|!|\bplease\b|\boops\b/i);
    expect(text, key).not.toBe("");
  }
});

test("the pseudo-locale keeps placeholders and tags and grows by a third", () => {
  expect(pseudo("Add <b>{{name}}</b>")).toBe("[Áđđ <b>{{name}}</b>~~~~~~~]");
});
