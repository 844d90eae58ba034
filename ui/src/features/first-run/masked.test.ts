import { expect, test } from "vitest";
import { pastedParts } from "./masked";

const secrets = (text: string) => pastedParts(text).filter((part) => part.secret).map((part) => part.text);

test("the password of a command is found, quoted or not, also on a further line", () => {
  expect(secrets("mosquitto_sub -h x -u bench -P s3cr3t -t 'lab/#'")).toEqual(["s3cr3t"]);
  expect(secrets("mosquitto_sub -u b \\\n  -P 'with space' -t x")).toEqual(["'with space'"]);
  expect(secrets('mosquitto_pub --pw "a \\" b" -m x')).toEqual(['"a \\" b"']);
  expect(secrets("mosquitto_pub -Pglued -m x")).toEqual(["glued"]);
  expect(secrets("mosquitto_pub -p 8883 -m x")).toEqual([]);
});

test("the password of an address is found", () => {
  expect(secrets("mqtts://bench:s3cr3t@mqtt.example:8883/lab")).toEqual(["s3cr3t"]);
  expect(secrets("mqtt://mqtt.example:1883")).toEqual([]);
});

test("nothing of the text is lost", () => {
  const text = "mosquitto_sub -h x -u b -P pw -L mqtt://a:b@c/d";
  expect(pastedParts(text).map((part) => part.text).join("")).toBe(text);
});
