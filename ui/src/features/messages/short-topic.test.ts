import { expect, test } from "vitest";
import { shortTopic } from "./short-topic";

test("what the device page makes obvious is left out, and nothing else", () => {
  const short = shortTopic(["edge-gw-07", "client-1"]);
  expect(short("devices/edge-gw-07/messages/events")).toBe("…/messages/events");
  expect(short("client-1/state")).toBe("…/state");
  expect(short("devices/edge-gw-071/messages")).toBe("devices/edge-gw-071/messages");
  expect(short("devices/edge-gw-07")).toBe("devices/edge-gw-07");
  expect(shortTopic([""])("a//b")).toBe("a//b");
});
