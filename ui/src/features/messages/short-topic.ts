import type { ShortTopic } from "./row";

/**
 * Leaves out of a topic what the device page makes obvious: everything up to the device's own level, which is
 * called by its name or its client id. `devices/edge-gw-07/messages/events` is `…/messages/events` on the page of
 * edge-gw-07.
 */
export function shortTopic(names: readonly string[]): ShortTopic {
  const own = names.filter((name) => name !== "");
  return (topic) => {
    for (const name of own) {
      const at = `/${topic}`.indexOf(`/${name}/`);
      if (at >= 0) return `…/${topic.slice(at + name.length + 1)}`;
    }
    return topic;
  };
}
