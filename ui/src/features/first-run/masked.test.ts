import { expect, test } from "vitest";
import { pastedParts } from "./masked";

const secrets = (text: string) => pastedParts(text).filter((part) => part.secret).map((part) => part.text);
const shown = (text: string) => pastedParts(text).filter((part) => !part.secret).map((part) => part.text).join("");

test("the password of a command is found, quoted or not, also on a further line", () => {
  expect(secrets("mosquitto_sub -h x -u bench -P s3cr3t -t 'lab/#'")).toEqual(["s3cr3t"]);
  expect(secrets("mosquitto_sub -u b \\\n  -P 'with space' -t x")).toEqual(["'with space'"]);
  expect(secrets('mosquitto_pub --pw "a \\" b" -m x')).toEqual(['"a \\" b"']);
  expect(secrets("mosquitto_pub -Pglued -m x")).toEqual(["glued"]);
  expect(secrets("mosquitto_pub -p 8883 -m x")).toEqual([]);
  expect(secrets("mqtt sub -h x --password=s3cr3t")).toEqual(["s3cr3t"]);
});

test("the password of an address is found", () => {
  expect(secrets("mqtts://bench:s3cr3t@mqtt.example:8883/lab")).toEqual(["s3cr3t"]);
  expect(secrets("mqtt://mqtt.example:1883")).toEqual([]);
});

test("keys and signatures of connection strings and tokens are found, the rest stays to be read", () => {
  const string = "HostName=hub.azure-devices.net;DeviceId=d1;SharedAccessKey=c2VjcmV0a2V5c2VjcmV0a2V5==";
  expect(secrets(string)).toEqual(["c2VjcmV0a2V5c2VjcmV0a2V5=="]);
  expect(shown(string)).toBe("HostName=hub.azure-devices.net;DeviceId=d1;SharedAccessKey=");
  const token = "SharedAccessSignature sr=hub%2Fdevices%2Fd1&sig=c2ln%3D&se=1795345540";
  expect(secrets(token)).toEqual(["c2ln%3D"]);
  expect(shown(`az iot hub device-twin show --login "${string}" -d d1`)).not.toContain("c2VjcmV0");
  expect(secrets("HostName=h;SharedAccessKeyName=service;SharedAccessKey=abc=")).toEqual(["abc="]);
});

test("passwords of lines, JSON and calls are found", () => {
  expect(secrets("host: x\nuser: bench\npassword: s3cr3t\nport: 8883")).toEqual(["s3cr3t"]);
  expect(secrets('{"host": "x", "password": "s3cr3t", "port": 1}')).toEqual(['"s3cr3t"']);
  expect(secrets("mqtt.connect('mqtts://x', { username: 'u', password: 's3cr3t' })")).toEqual(["'s3cr3t'"]);
});

test("a private key is covered as a whole, a certificate is not", () => {
  const key = "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\nAgEGCCqGSM49AwEHBG0w\n-----END PRIVATE KEY-----";
  const certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
  expect(shown(certificate + key)).toBe(`${certificate}-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----`);
});

test("nothing of the text is lost", () => {
  const text = "mosquitto_sub -h x -u b -P pw -L mqtt://a:b@c/d SharedAccessKey=abc password: x";
  expect(pastedParts(text).map((part) => part.text).join("")).toBe(text);
});
