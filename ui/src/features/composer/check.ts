/** Why a topic cannot be published to (MQTT 3.1.1 section 4.7.3); the engine decides, this is its early word. */
export type TopicProblem = "empty" | "wildcard" | "null" | "too_long";

/** Texts above this are not checked while typing. */
const CHECK_MAX = 1024 * 1024;

const encoder = new TextEncoder();

export function topicProblem(topic: string): TopicProblem | null {
  if (topic === "") return "empty";
  if (/[+#]/.test(topic)) return "wildcard";
  if (topic.includes("\0")) return "null";
  if (topic.length > 21_845 && encoder.encode(topic).length > 65_535) return "too_long";
  return null;
}

/** What a payload reads as. `text` is what does not even begin like JSON. */
export type PayloadCheck = { kind: "empty" | "json" | "text" | "unchecked" } | { kind: "not_json"; line: number | null };

export function checkPayload(text: string): PayloadCheck {
  if (text === "") return { kind: "empty" };
  if (text.length > CHECK_MAX) return { kind: "unchecked" };
  try {
    JSON.parse(text);
    return { kind: "json" };
  } catch (error) {
    return /^\s*[[{"]/.test(text) ? { kind: "not_json", line: lineOf(error, text) } : { kind: "text" };
  }
}

/** The line an engine's message points to, by "position N" or "line N"; null when it names none. */
function lineOf(error: unknown, text: string): number | null {
  if (!(error instanceof Error)) return null;
  const line = /line (\d+)/.exec(error.message)?.[1];
  if (line !== undefined) return Number(line);
  const position = /position (\d+)/.exec(error.message)?.[1];
  return position === undefined ? null : text.slice(0, Number(position)).split("\n").length;
}

/** Bytes of a text in UTF-8. */
export function byteLength(text: string): number {
  return encoder.encode(text).length;
}
