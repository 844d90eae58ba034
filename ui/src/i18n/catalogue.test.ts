import { expect, test } from "vitest";
import { de } from "./de";
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

test("a text that counts has both forms", () => {
  for (const catalogue of [en, de]) {
    const keys = new Set([...leaves(catalogue)].map(([key]) => key));
    for (const key of keys) {
      if (key.endsWith("_one")) expect(keys, key).toContain(key.replace(/_one$/, "_other"));
      if (key.endsWith("_other")) expect(keys, key).toContain(key.replace(/_other$/, "_one"));
    }
  }
});

test("the German catalogue has the English one's keys and places", () => {
  const places = (text: unknown) => [...new Set(String(text).match(/\{\{\w+\}\}|<\w+\/?>/g))].sort();
  const german = new Map(leaves(de));
  for (const [key, text] of leaves(en)) {
    expect(german.get(key), key).toBeTypeOf("string");
    expect(places(german.get(key)), key).toEqual(places(text));
    expect(german.get(key), key).not.toMatch(/^$|^\s|\s$|!|\bbitte\b/i);
  }
  expect(german.size).toBe([...leaves(en)].length);
});
