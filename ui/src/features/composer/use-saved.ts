import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useUndo } from "@/components/toast";
import { visibleString } from "@/components/text";
import type { Device, SavedMessage } from "@/contract";
import { useLiveQuery } from "@/live";
import { usePlatform } from "@/platform";
import { publishDraft, type Draft } from "./drafts";

const NONE: SavedMessage[] = [];

export interface Saved {
  messages: readonly SavedMessage[];
  /** What the last change was refused with. */
  error: unknown;
  add(name: string, onDone: () => void): void;
  /** Puts the draft into the place of a saved message. */
  replace(message: SavedMessage): void;
  move(from: number, to: number): void;
  remove(message: SavedMessage): void;
}

/** The saved messages of a device, and what can be done with them and the draft; `five`: it speaks MQTT 5. */
export function useSaved(device: Device, draft: Draft, five: boolean): Saved {
  const { t } = useTranslation();
  const platform = usePlatform();
  const undo = useUndo();
  const { data } = useLiveQuery("saved.list", { device: device.id });
  const [error, setError] = useState<unknown>(null);
  const messages = data?.messages ?? NONE;

  function doing(work: Promise<unknown>, onDone: () => void = () => undefined) {
    setError(null);
    work.then(onDone, setError);
  }

  return {
    messages,
    error,
    add: (name, onDone) => doing(platform.call("saved.save", { id: null, name, draft: publishDraft(device.id, draft, five) }), onDone),
    replace: ({ id, name }) => doing(platform.call("saved.save", { id, name, draft: publishDraft(device.id, draft, five) })),
    move(from, to) {
      const order = messages.map(({ id }) => id);
      const [moved] = order.splice(from, 1);
      if (moved !== undefined) order.splice(to, 0, moved);
      doing(platform.call("saved.order", { device: device.id, order }));
    },
    remove: (message) =>
      doing(
        platform
          .call("saved.delete", { message: message.id })
          .then((done) => undo.offer(done, { title: t("composer.saved.deleted"), text: visibleString(message.name) })),
      ),
  };
}
