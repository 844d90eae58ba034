// As many MQTT.js clients as asked for at a time; prints what they saw, one JSON object a line.
// Argument: {"url", "version": 4 | 5, "user_name", "clients"}

import mqtt from "mqtt";

const wanted = JSON.parse(process.argv[2]);

function connect(number) {
  return mqtt.connectAsync(wanted.url, {
    protocolVersion: wanted.version,
    clientId: `many-${number}`,
    username: wanted.user_name,
    reconnectPeriod: 0,
  });
}

function say(what, fields) {
  console.log(JSON.stringify({ what, ...fields }));
}

const clients = [];
for (let number = 0; number < wanted.clients; number += 1) clients.push(await connect(number));

const heard = new Set();
const all = new Promise((resolve) => {
  clients[0].on("message", (topic) => {
    heard.add(topic);
    if (heard.size === wanted.clients) resolve();
  });
});
await clients[0].subscribeAsync("many/+", { qos: 2 });
await Promise.all(clients.map((client, number) => client.publishAsync(`many/${number}`, "x", { qos: 2 })));
await all;
say("heard", { of: heard.size });

const refused = await connect("more").then(
  () => undefined,
  (error) => error,
);
say("refused", { code: refused?.code });
await Promise.all(clients.map((client) => client.endAsync()));
say("end", {});
