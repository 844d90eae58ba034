import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import { filledProperties, NO_PROPERTIES } from "@/components/mqtt";
import type { Device, DeviceId, HeldFile, Hub, MessageProperties, PastedMessage, PayloadDraft, PublishDraft } from "@/contract";
import { useKeptDraft } from "@/live";
import { firstDraft } from "./first-draft";

/** Bytes that are not text: a file that the engine holds, or what a saved message or the history has. */
export type Binary = { file: HeldFile } | { base64: string; size: number };

/** What is written in a composer. */
export interface Draft {
  topic: string;
  payload: string;
  /** In the place of the text. */
  binary: Binary | null;
  qos: number;
  retain: boolean;
  /** Sent by MQTT 5 only. */
  properties: MessageProperties;
}

/** Drafts of this page, by device: another tab or a lost connection does not take them away. */
const drafts = new Map<DeviceId, Draft>();
/** Pasted messages that became a draft; what was edited since must not be overwritten when the page comes back. */
const taken = new WeakSet<PastedMessage>();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function keep(device: DeviceId, draft: Draft): void {
  drafts.set(device, draft);
  for (const listener of listeners) listener();
}

/**
 * The draft of a device, beginning with a fitting first one; a pasted message takes its place once. It survives a
 * restart, but for a file, which the engine holds for this page only.
 */
export function useDraft(device: Device, hub: Hub, message: PastedMessage | null): [Draft, (part: Partial<Draft>) => void] {
  const first = useMemo(() => firstDraft(device, hub), [device, hub]);
  const written = useSyncExternalStore(subscribe, () => drafts.get(device.id));
  const draft = written ?? first;
  const { restored } = useKeptDraft<Draft>(`composer/${device.id}`, written === undefined || same(written, first) ? null : withoutFile(written));

  useEffect(() => {
    if (restored === null || restored === undefined || drafts.has(device.id)) return;
    keep(device.id, { ...firstDraft(device, hub), ...restored });
  }, [restored, device, hub]);

  useEffect(() => {
    if (message === null || taken.has(message)) return;
    taken.add(message);
    keep(device.id, { topic: message.topic, payload: message.payload, binary: null, qos: message.qos, retain: message.retain, properties: NO_PROPERTIES });
  }, [device.id, message]);

  const change = useCallback(
    (part: Partial<Draft>) => keep(device.id, { ...(drafts.get(device.id) ?? first), ...part }),
    [device.id, first],
  );
  return [draft, change];
}

function same(one: Draft, other: Draft): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function withoutFile(draft: Draft): Draft {
  return draft.binary !== null && "file" in draft.binary ? { ...draft, binary: null } : draft;
}

/** What is published of a draft; only MQTT 5 (`five`) sends its properties. */
export function publishDraft(device: DeviceId, { topic, payload, binary, qos, retain, properties }: Draft, five: boolean): PublishDraft {
  return {
    device,
    topic,
    payload: binary === null ? { encoding: "text", text: payload } : binaryDraft(binary),
    qos,
    retain,
    properties: five ? filledProperties(properties) : NO_PROPERTIES,
  };
}

function binaryDraft(binary: Binary): PayloadDraft {
  return "file" in binary ? { encoding: "file", handle: binary.file.handle } : { encoding: "base64", base64: binary.base64 };
}

/** A message of the history or a saved one as a draft. */
export function draftOf({ topic, payload, qos, retain, properties }: PublishDraft): Draft {
  const message = { topic, qos, retain, properties };
  switch (payload.encoding) {
    case "text":
      return { ...message, payload: payload.text, binary: null };
    case "base64":
      return { ...message, payload: "", binary: { base64: payload.base64, size: Math.floor((payload.base64.replace(/=+$/, "").length * 3) / 4) } };
    case "file":
      return { ...message, payload: "", binary: null };
  }
}

/** Bytes of a binary payload. */
export function binarySize(binary: Binary): number {
  return "file" in binary ? binary.file.size : binary.size;
}
