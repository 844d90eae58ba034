import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Row } from "@/contract";
import { useKeys } from "@/components/actions";
import type { MenuEntry } from "@/components/overlay";
import { useToasts } from "@/components/toast";
import { formatNumber } from "@/i18n";
import { usePlatform, type Platform } from "@/platform";
import { COPY_MAX, messageJson, payloadForClipboard, readPayload } from "./copy";
import { topicOf } from "./row";

/** What can be done with a message. */
export interface MessageActions {
  open(row: Row): void;
  copyPayload(rows: readonly Row[]): void;
  copyMessage(row: Row): void;
  copyTopic(row: Row): void;
  /** Narrows the filter to the message's topic. */
  onlyTopic(row: Row): void;
  onlyDirection(direction: "in" | "out"): void;
}

/** A topic as it is written in the filter. */
export function topicFilter(topic: string): string {
  return /[\s"]/.test(topic) ? `topic:"${topic.replaceAll('"', '\\"')}"` : `topic:${topic}`;
}

/** A topic to work with: a row has only the beginning of a very long one. */
export async function wholeTopic(platform: Platform, row: Row): Promise<string> {
  const cut = typeof row.topic === "object" && row.topic?.cut;
  return cut ? ((await platform.call("message.get", { seq: row.seq })).topic ?? "") : topicOf(row);
}

/** The actions of a table whose filter is set by `setQuery`. */
export function useMessageActions(open: (row: Row) => void, setQuery: (query: string) => void): MessageActions {
  const { t } = useTranslation();
  const platform = usePlatform();
  const toasts = useToasts();
  return useMemo(() => {
    async function copy(make: () => Promise<string>, title: string) {
      try {
        await navigator.clipboard.writeText(await make());
        toasts.show({ tone: "ok", title });
      } catch {
        toasts.show({ tone: "bad", title: t("messages.copied.failed"), text: t("messages.copied.failedText") });
      }
    }
    async function payload(row: Row): Promise<Uint8Array> {
      return (await readPayload(platform, row.seq, row.size)) ?? new Uint8Array();
    }
    return {
      open,
      copyPayload(rows) {
        const messages = rows.filter((row) => row.class === "message");
        if (messages.reduce((sum, row) => sum + row.size, 0) > COPY_MAX) {
          toasts.show({ tone: "bad", title: t("messages.copied.failed"), text: t("messages.copied.tooLarge") });
          return;
        }
        const many = messages.length > 1;
        const title = many ? t("messages.copied.payloads", { number: formatNumber(messages.length) }) : t("messages.copied.payload");
        if (messages.length > 0) {
          void copy(async () => (await Promise.all(messages.map(payload))).map(payloadForClipboard).join("\n"), title);
        }
      },
      copyMessage(row) {
        void copy(async () => {
          const entry = await platform.call("message.get", { seq: row.seq });
          return messageJson(entry, await payload(row));
        }, t("messages.copied.message"));
      },
      copyTopic(row) {
        void copy(() => wholeTopic(platform, row), t("messages.copied.topic"));
      },
      onlyTopic(row) {
        if (row.topic === null) return;
        wholeTopic(platform, row)
          .then((topic) => setQuery(topicFilter(topic)))
          // The entry left the log, and with it the rest of its topic: there is nothing to narrow to.
          .catch(() => undefined);
      },
      onlyDirection(direction) {
        setQuery(`dir:${direction}`);
      },
    };
  }, [open, setQuery, platform, toasts, t]);
}

/** The menu of a message. */
export function useMessageMenu(row: Row | null, actions: MessageActions): MenuEntry[] {
  const { t } = useTranslation();
  const keys = useKeys();
  if (row === null) return [];
  return [
    { label: t("messages.menu.open"), icon: "eye", keys: "Enter", onSelect: () => actions.open(row) },
    "separator",
    { label: t("messages.menu.copyPayload"), icon: "copy", keys: keys.name("copyPayload"), onSelect: () => actions.copyPayload([row]) },
    { label: t("messages.menu.copyMessage"), icon: "braces", keys: keys.name("copyMessage"), onSelect: () => actions.copyMessage(row) },
    { label: t("messages.menu.copyTopic"), icon: "list", onSelect: () => actions.copyTopic(row) },
    "separator",
    { label: t("messages.menu.onlyTopic"), icon: "funnel", keys: keys.name("onlyTopic"), onSelect: () => actions.onlyTopic(row) },
    { label: t("messages.menu.onlyIn"), icon: "arrow-down", onSelect: () => actions.onlyDirection("in") },
    { label: t("messages.menu.onlyOut"), icon: "arrow-up", onSelect: () => actions.onlyDirection("out") },
  ];
}
