import i18next from "i18next";
import type { Text, TextArg } from "@/contract";
import german from "./de/engine.json";
import { formatNumber } from "./format";

/** Sentences of the engine by their English template. English needs none: the template is the text. */
const CATALOGUES: Record<string, Record<string, string>> = { de: german };

/** A sentence of the engine in the page's language; what has no translation stays English. */
export function renderText({ template, args }: Text): string {
  const words = CATALOGUES[i18next.language]?.[template] ?? template;
  return words.replace(/\{\{|\}\}|\{(\w+)\}/g, (place: string, name: string | undefined) => {
    if (name === undefined) return place.slice(1);
    const value = args[name];
    // A template without arguments may name a place of something else, as {token} of a topic.
    return value === undefined ? place : renderArg(value);
  });
}

function renderArg(value: TextArg): string {
  if (typeof value === "number") return formatNumber(value);
  if (typeof value === "string") return value;
  if ("template" in value) return renderText(value);
  // The engine's own sentence says more than the one of the code, but only in English.
  return i18next.language === "en" ? value.english : i18next.t(`codes.${value.code}`);
}
