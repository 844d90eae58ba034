import type { DiagnoseReport, DiagnoseRun, DiagnoseStep, ServerCertificate, StepReport, Text } from "@/contract";
import { CERTIFICATE } from "./items";

const words = (template: string): Text => ({ template, args: {} });

const STEPS: readonly DiagnoseStep[] = ["resolve_name", "open_port", "tls_handshake", "server_chain", "host_name", "client_certificate", "connect", "subscribe", "publish", "echo"];

export const ROOT_PRINT = "4D912A07E35C18B670FA12CD9E44038B610FD87A2599EE315BC40A761D820F3E";

const NOW = 1_800_000_000;

export function serverCertificate(name: string, part: Partial<ServerCertificate> & { self_signed?: boolean } = {}): ServerCertificate {
  const { self_signed: selfSigned = false, ...rest } = part;
  const certificate = { ...CERTIFICATE, subject: `CN=${name}`, common_name: name, not_after: NOW + 61 * 86_400, self_signed: selfSigned, sha256: selfSigned ? ROOT_PRINT : `0${name.length}`.repeat(16) };
  return { certificate, names: [], is_ca: selfSigned, pem: `-----BEGIN CERTIFICATE-----\n${name}\n-----END CERTIFICATE-----\n`, ...rest };
}

export const LAB_CHAIN = [serverCertificate("mqtt.lab.example", { names: ["mqtt.lab.example"] }), serverCertificate("Lab Issuing CA", { is_ca: true }), serverCertificate("Lab Root CA", { self_signed: true })];

/** All ten steps ok but for those that are given. */
export function report(parts: Partial<Record<DiagnoseStep, Partial<StepReport>>> = {}, part: Partial<DiagnoseReport> = {}): DiagnoseReport {
  const steps = STEPS.map((step): StepReport => ({ step, state: "ok", micros: 4_000, summary: words("done"), cause: null, explanation: null, fixes: [], evidence: null, said: [], ...parts[step] }));
  return { started: 1, ended: 2, endpoint: "mqtt.lab.example:8883", cancelled: false, steps, ...part };
}

const UNREACHED = { state: "not_reached", micros: null } as const;

/** Stopped at an unknown CA. */
export const UNKNOWN_CA = report({
  server_chain: {
    state: "failed",
    summary: words("unknown CA"),
    cause: "unknown_ca",
    explanation: words("Compare the fingerprint with one you got another way."),
    fixes: [{ fix: "trust_ca", sha256: ROOT_PRINT }, { fix: "choose_ca_file" }],
    evidence: { seen: "chain", certificates: LAB_CHAIN, trust: "system", root: null, now: NOW },
    said: ["InvalidCertificate(UnknownIssuer)"],
  },
  client_certificate: UNREACHED,
  connect: UNREACHED,
  subscribe: UNREACHED,
  publish: UNREACHED,
  echo: UNREACHED,
});

export const run = (id: string, of: DiagnoseReport, running = false): DiagnoseRun => ({ id, device: "d", running, report: of });
