import type { ShortTopic } from "./row";

/**
 * Leaves out of a topic what the device page makes obvious: everything up to the device's own level.
 * `devices/edge-gw-07/messages/events` is `…/messages/events` on the page of edge-gw-07.
 */
export function shortTopic(deviceName: string): ShortTopic {
  const own = `/${deviceName}/`;
  return (topic) => {
    if (deviceName === "") return topic;
    if (topic.startsWith(`${deviceName}/`)) return `…/${topic.slice(deviceName.length + 1)}`;
    const at = topic.indexOf(own);
    return at < 0 ? topic : `…/${topic.slice(at + own.length)}`;
  };
}
