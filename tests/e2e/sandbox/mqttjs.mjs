// Drives the sandbox with MQTT.js and prints what it saw, one JSON object a line.
// Argument: {"url", "ca"?, "version": 4 | 5, "user_name", "password"?, "wrong"?: true}

import { readFileSync } from "node:fs";
import mqtt from "mqtt";

const wanted = JSON.parse(process.argv[2]);

function say(what, fields) {
  console.log(JSON.stringify({ what, ...fields }));
}

const options = {
  protocolVersion: wanted.version,
  username: wanted.user_name,
  password: wanted.password,
  reconnectPeriod: 0,
  ca: wanted.ca && readFileSync(wanted.ca),
};

if (wanted.wrong) {
  const error = await mqtt.connectAsync(wanted.url, options).then(
    () => undefined,
    (error) => error,
  );
  say("refused", { code: error?.code, message: error?.message });
  process.exit(0);
}

const client = await mqtt.connectAsync(wanted.url, options);
const inbox = [];
let wake = () => {};
client.on("message", (topic, payload, packet) => {
  inbox.push({
    topic,
    payload: payload.toString(),
    qos: packet.qos,
    retain: packet.retain,
    properties: packet.properties && {
      content_type: packet.properties.contentType,
      user: packet.properties.userProperties && { ...packet.properties.userProperties },
      subscription: packet.properties.subscriptionIdentifier,
    },
  });
  wake();
});

async function message(matches) {
  for (;;) {
    const at = inbox.findIndex(matches);
    if (at >= 0) return inbox.splice(at, 1)[0];
    await new Promise((resolve) => (wake = resolve));
  }
}

const grants = await client.subscribeAsync({
  "js/#": { qos: 1 },
  "js/two": { qos: 2 },
  "devices/pump-1/replies/+": { qos: 1 },
});
say("granted", { grants: grants.map((grant) => [grant.topic, grant.qos]) });

const properties =
  wanted.version === 5
    ? { contentType: "application/json", userProperties: { unit: "°C", site: ["a", "b"] } }
    : undefined;
await client.publishAsync("js/one", '{"n":1}', { qos: 1, properties });
say("message", await message((m) => m.topic === "js/one"));
await client.publishAsync("js/zero", "", { qos: 0 });
say("message", await message((m) => m.topic === "js/zero"));

await client.publishAsync("js/kept", "still here", { qos: 1, retain: true });
await message((m) => m.topic === "js/kept");
await client.unsubscribeAsync("js/#");
await client.subscribeAsync("js/kept", { qos: 1 });
say("message", await message((m) => m.topic === "js/kept"));
await client.publishAsync("js/kept", "", { qos: 1, retain: true });

const large = "x".repeat(500_000);
await client.subscribeAsync("js/large", { qos: 1 });
await client.publishAsync("js/large", large, { qos: 1 });
say("large", { same: (await message((m) => m.topic === "js/large")).payload === large });

for (const [name, params] of [
  ["echo", '{"hello":[1,2]}'],
  ["set_speed", '{"speed":1500}'],
  ["set_speed", '{"speed":9999}'],
  ["explode", "{}"],
]) {
  await client.publishAsync(`devices/pump-1/commands/${name}`, params, { qos: 1 });
  const reply = await message((m) => m.topic === `devices/pump-1/replies/${name}`);
  say("reply", { name, reply: JSON.parse(reply.payload) });
}

await client.endAsync();
say("end", {});
