import { expect, test } from "vitest";
import { texts } from "@/i18n";
import { report, run, UNKNOWN_CA } from "../../../tests/diagnose";
import { changesOf } from "./compare";
import { currentOf, resultWords, restWords, sentOf, stepName } from "./outcome";

const { t } = texts;
const UNREACHED = { state: "not_reached", micros: null } as const;

test("the result counts the time of the steps, up to the one that failed", () => {
  expect(resultWords(t, UNKNOWN_CA)).toBe("Stopped at step 4 after 20 ms");
  expect(resultWords(t, report())).toBe("All steps passed in 40 ms");
  expect(resultWords(t, report({ echo: UNREACHED }, { cancelled: true }))).toBe("Stopped by you after 36 ms");
});

test("the steps that are left are named by their numbers", () => {
  expect(restWords(t, UNKNOWN_CA)).toBe("Steps 6 to 10 run as soon as step 4 passes.");
  expect(restWords(t, report({ publish: { state: "failed" }, echo: UNREACHED }))).toBe("Step 10 runs as soon as step 9 passes.");
  expect(restWords(t, report())).toBeNull();
});

test("what was sent is what the last step that was done sends", () => {
  const after = (...done: Parameters<typeof report>) => sentOf(report(...done));
  expect(sentOf(UNKNOWN_CA)).toBe("handshake");
  expect(after()).toBe("publish");
  const nothing = { tls_handshake: UNREACHED, connect: UNREACHED, subscribe: UNREACHED, publish: UNREACHED, echo: UNREACHED };
  expect(after({ ...nothing, open_port: { state: "failed" } })).toBe("nothing");
  const talk = { subscribe: UNREACHED, publish: UNREACHED, echo: UNREACHED };
  expect(after({ ...talk, connect: { state: "failed", cause: "not_authorised" } })).toBe("connect");
  expect(after({ ...talk, connect: { state: "failed", cause: "credential_unusable" } })).toBe("handshake");
  const evidence = { seen: "client_certificate", asked: true, sent: true, accepted: false, certificate: null, cas: [] } as const;
  expect(after({ ...talk, connect: UNREACHED, client_certificate: { state: "failed", evidence: { ...evidence, cas: [] } } })).toBe("certificate");
  // The credential went out before it was known that the port wants TLS.
  expect(after({ ...talk, connect: UNREACHED, tls_handshake: { state: "failed", cause: "port_wants_tls" } })).toBe("connect");
});

test("a run is at its first step that is not known; one that ended is at none", () => {
  expect(currentOf(run("r", report({ subscribe: UNREACHED, publish: UNREACHED, echo: UNREACHED }), true))).toBe(8);
  expect(currentOf(run("r", UNKNOWN_CA))).toBeNull();
});

test("the port's step says which port", () => {
  expect(stepName(t, "open_port", "mqtt.lab.example:8883")).toBe("Open TCP port 8883");
  expect(stepName(t, "open_port", "wss://mqtt.lab.example:443/mqtt")).toBe("Open TCP port 443");
  expect(stepName(t, "open_port", "/run/mosquitto.sock")).toBe("Open socket file");
});

test("steps that came out otherwise are compared with what they were, never by their times", () => {
  const now = report({ resolve_name: { micros: 9 }, client_certificate: { state: "not_needed" } });
  const changes = changesOf(now, UNKNOWN_CA);
  expect([...changes.keys()]).toEqual(["server_chain", "client_certificate", "connect", "subscribe", "publish", "echo"]);
  expect(changes.get("server_chain")?.cause).toBe("unknown_ca");
  expect(changesOf(now, now).size).toBe(0);
});
