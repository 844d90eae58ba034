// One MQTT.js client that does what it is told and prints what it saw, one JSON object a line. It ends with its
// connection. Argument: {"url", "version": 4 | 5, "user_name", "client_id", "connect_timeout"?, "steps": [...]}; a step is
// {"subscribe": filter}, {"publish": topic, "payload"?, "qos", "wait"?: false} or {"receive": true}.

import mqtt from "mqtt";

const wanted = JSON.parse(process.argv[2]);

function say(what, fields) {
  console.log(JSON.stringify({ what, ...fields }));
}

const client = mqtt.connect(wanted.url, {
  protocolVersion: wanted.version,
  clientId: wanted.client_id,
  username: wanted.user_name,
  reconnectPeriod: 0,
  connectTimeout: wanted.connect_timeout ?? 30_000,
});
client.on("error", (error) => {
  say("error", { code: error.code, message: error.message });
  client.end(true);
});
client.on("close", () => {
  say("close", {});
  process.exit(0);
});
const inbox = [];
let wake = () => {};
client.on("message", (topic, payload) => {
  inbox.push({ topic, length: payload.length });
  wake();
});

const connack = await new Promise((resolve) => client.once("connect", resolve));
say("connected", { present: connack.sessionPresent });

async function subscribe(step) {
  const grants = await client.subscribeAsync(step.subscribe, { qos: 2 });
  say("granted", { codes: grants.map((grant) => grant.qos) });
}

async function publish(step) {
  await client.publishAsync(step.publish, step.payload ?? "x", { qos: step.qos });
  say("acknowledged", { topic: step.publish });
}

async function receive() {
  while (inbox.length === 0) await new Promise((resolve) => (wake = resolve));
  say("message", inbox.shift());
}

for (const step of wanted.steps) {
  const done = step.subscribe ? subscribe(step) : step.publish ? publish(step) : receive();
  const told = done.catch((error) => say("refused", { code: error.code, message: error.message }));
  if (step.wait !== false) await told;
}
// Without waiting for what is never acknowledged.
client.end(true);
