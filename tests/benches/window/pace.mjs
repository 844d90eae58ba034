import { once } from "node:events";
import { connect } from "node:net";

const PAYLOAD_BYTES = 200;
const STEP_MS = 10;

/** Publishes QoS 0 messages evenly for `seconds`. Answers how many it sent and when it ended. */
export async function pace(port, { rate, topics, seconds }) {
  const socket = connect(port, "127.0.0.1");
  socket.setNoDelay(true);
  await once(socket, "connect");
  socket.write(connectPacket("pacer"));
  await once(socket, "data");
  const packets = Array.from({ length: topics }, (_, number) => publishPacket(number));
  const total = rate * seconds;
  const started = performance.now();
  let messages = 0;
  while (messages < total) {
    const due = Math.min(total, Math.floor(((performance.now() - started) / 1000) * rate));
    const batch = [];
    for (; messages < due; messages += 1) batch.push(packets[messages % topics]);
    if (batch.length > 0 && !socket.write(Buffer.concat(batch))) await once(socket, "drain");
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
  const ended = Date.now();
  socket.end(Buffer.from([0xe0, 0]));
  return { messages, ended };
}

/** PUBLISH, QoS 0 (MQTT 3.1.1 section 3.3), with a JSON payload. */
function publishPacket(number) {
  const topic = Buffer.from(`bench/device${String(number).padStart(5, "0")}/temp`);
  const start = `{"t":21.5,"n":${number},"pad":"`;
  const payload = Buffer.from(`${start}${"x".repeat(PAYLOAD_BYTES - start.length - 2)}"}`);
  return packet(0x30, [text(topic), payload]);
}

/** CONNECT of a clean session without keep-alive (section 3.1). */
function connectPacket(clientId) {
  return packet(0x10, [text(Buffer.from("MQTT")), Buffer.from([4, 2, 0, 0]), text(Buffer.from(clientId))]);
}

function packet(first, parts) {
  const body = Buffer.concat(parts);
  const length = [];
  for (let rest = body.length; ; ) {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    length.push(rest > 0 ? low | 0x80 : low);
    if (rest === 0) break;
  }
  return Buffer.concat([Buffer.from([first, ...length]), body]);
}

function text(bytes) {
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
}
