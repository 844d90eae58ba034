import { expect, test } from "vitest";
import type { Device, TokenForm, TokenState, TokenStatus } from "@/contract";
import { texts } from "@/i18n";
import { deviceItem } from "../../../tests/items";
import { pillFace } from "./face";

const DAY = 86_400;
const NOW = 1_795_000_000;
const KEY = deviceItem({ credential: { kind: "shared_access_key", sign_with: "primary", sas: { lifetime: 3_600, auto_renew: true } } });
const CERTIFICATE = deviceItem({ credential: { kind: "x509", trust: "itself" } });
const KAA = deviceItem({ credential: { kind: "endpoint_token", app_version: "v1", endpoint_id: null, user_name: null } });

const face = (device: Device, state: TokenState, form: TokenForm) => pillFace(texts.t, device, { device: device.id, state, since: null, form } satisfies TokenStatus, NOW);
const sas = (left: number, part: Partial<Extract<TokenForm, { form: "sas" }>> = {}): TokenForm => ({
  form: "sas",
  issued: NOW + left - 3_600,
  expires: NOW + left,
  renews: null,
  auto_renew: true,
  last: null,
  ...part,
});
const certificate = (days: number): TokenForm => ({ form: "certificate", not_before: NOW - 10 * DAY, not_after: NOW + days * DAY });

test("a live SAS token shows what is left; it warns near its end, and all the time when it does not renew itself", () => {
  expect(face(KEY, "active", sas(1_403))).toMatchObject({ text: "SAS 23 min", tone: "ok", name: "SAS 23 min left" });
  expect(face(KEY, "active", sas(300))).toMatchObject({ tone: "warn" });
  expect(face(KEY, "active", sas(100))).toMatchObject({ tone: "bad" });
  expect(face(KEY, "active", sas(1_403, { auto_renew: false }))).toMatchObject({ tone: "warn" });
  const error = { code: "connection_lost", message: "", detail: null, hint: null, retryable: true, fields: [] } as const;
  expect(face(KEY, "active", sas(1_403, { last: { at: 1, gap: null, error: { ...error, fields: [] } } }))).toMatchObject({ tone: "warn" });
});

test("a SAS token that is yet to be made is only a key", () => {
  expect(face(KEY, "unused", sas(3_600, { issued: null }))).toMatchObject({ text: "Key", tone: "neutral", share: null });
});

test.each([
  [214, "ok"],
  [30, "warn"],
  [7, "bad"],
] as const)("a certificate with %d days left is %s", (days, tone) => {
  expect(face(CERTIFICATE, "active", certificate(days))).toMatchObject({ text: `cert ${days} d`, tone });
});

test.each(["expired", "suspended", "disabled", "revoked"] as const)("%s goes before whatever time is left", (state) => {
  expect(face(KEY, state, sas(1_403))?.text).toBe(texts.t(`token.state.${state}`));
});

test("an endpoint token shows its state once it is known", () => {
  const form: TokenForm = { form: "endpoint", read: null, readable: true, moves: [] };
  expect(face(KAA, "unused", form)).toMatchObject({ text: "Unused", tone: "outline" });
  expect(face(KAA, "unknown", form)).toMatchObject({ text: "Token", tone: "neutral" });
});

test("without a credential there is no pill", () => {
  expect(pillFace(texts.t, deviceItem({ credential: { kind: "none" } }), undefined, NOW)).toBeNull();
});
