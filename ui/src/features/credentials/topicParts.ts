/** A piece of a topic; a chip stands for a secret in it. */
export interface TopicPart {
  text: string;
  chip: boolean;
}

/** Takes a topic apart at its masked secrets: `token •7Qd2` or, of a short one, `token •`. */
export function topicParts(topic: string): TopicPart[] {
  return topic
    .split(/(token •[^/]*)/)
    .filter((text) => text !== "")
    .map((text) => ({ text, chip: text.startsWith("token •") }));
}
