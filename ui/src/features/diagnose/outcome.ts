import type { TFunction } from "i18next";
import type { DiagnoseReport, DiagnoseRun, StepReport } from "@/contract";
import { formatFixed } from "@/i18n";

/** A duration in milliseconds, with a decimal where it is short. */
export function millisWords(t: TFunction, micros: number): string {
  const millis = micros / 1000;
  return t("diagnose.ms", { value: formatFixed(millis, millis >= 0.05 && millis < 10 ? 1 : 0) });
}

/** The first step that failed, with its number from 1. */
export function failureOf(report: DiagnoseReport): { step: StepReport; number: number } | null {
  const at = report.steps.findIndex(({ state }) => state === "failed");
  const step = report.steps[at];
  return step === undefined ? null : { step, number: at + 1 };
}

/** The step that a run is at, by its number from 1; null once all are known. */
export function currentOf({ running, report }: DiagnoseRun): number | null {
  if (!running) return null;
  const at = report.steps.findIndex(({ state }) => state === "not_reached");
  return at < 0 ? null : at + 1;
}

/** How a run came out, with the time that its steps took. */
export function resultWords(t: TFunction, report: DiagnoseReport): string {
  const time = millisWords(t, report.steps.reduce((sum, { micros }) => sum + (micros ?? 0), 0));
  const failure = failureOf(report);
  if (failure !== null) return t("diagnose.result.failed", { step: failure.number, time });
  return t(report.cancelled ? "diagnose.result.cancelled" : "diagnose.result.passed", { time });
}

/** How far a run went, by what left this machine. */
export type Sent = "nothing" | "handshake" | "certificate" | "connect" | "subscribe" | "publish";

/** What was sent to the hub at most. */
export function sentOf(report: DiagnoseReport): Sent {
  const stateOf = (name: StepReport["step"]) => report.steps.find(({ step }) => step === name);
  const was = (name: StepReport["step"]) => ["ok", "failed"].includes(stateOf(name)?.state ?? "not_reached");
  if (was("publish")) return "publish";
  if (was("subscribe")) return "subscribe";
  if (was("connect") && stateOf("connect")?.cause !== "credential_unusable") return "connect";
  const client = stateOf("client_certificate")?.evidence;
  if (client?.seen === "client_certificate" && client.sent) return "certificate";
  // Told to plain MQTT that the port wants TLS: CONNECT had gone out before.
  if (stateOf("tls_handshake")?.cause === "port_wants_tls") return "connect";
  return was("tls_handshake") ? "handshake" : "nothing";
}

/** The steps that are still to come, in a sentence; null when there are none. */
export function restWords(t: TFunction, report: DiagnoseReport): string | null {
  const failed = failureOf(report)?.number;
  const numbers = report.steps.flatMap(({ state }, at) => (state === "not_reached" ? [at + 1] : []));
  const [first, last] = [numbers[0], numbers.at(-1)];
  if (failed === undefined || first === undefined || last === undefined) return null;
  return first === last ? t("diagnose.restOne", { first, failed }) : t("diagnose.restMany", { first, last, failed });
}

/** The name of a step; that of the port says which, where the endpoint does. */
export function stepName(t: TFunction, step: StepReport["step"], endpoint: string): string {
  if (step !== "open_port") return t(`diagnose.step.${step}`);
  const port = /:(\d+)(?:\/|$)/.exec(endpoint)?.[1];
  if (port !== undefined) return t("diagnose.port", { port });
  return t(endpoint.startsWith("/") ? "diagnose.socket" : "diagnose.step.open_port");
}
