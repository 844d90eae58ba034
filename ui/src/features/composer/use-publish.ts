import { useEffect, useState } from "react";
import type { PublishDraft, PublishOutcome } from "@/contract";
import { useLiveStore } from "@/live";
import { usePlatform } from "@/platform";

/** What became of the latest publish. */
export type Result = { seq: number; outcome: PublishOutcome } | { error: unknown };

/** Publishes messages and follows the latest one to its outcome. */
export function usePublish(): { busy: boolean; result: Result | null; publish: (draft: PublishDraft) => void } {
  const platform = usePlatform();
  const store = useLiveStore();
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<Result | null>(null);
  const waiting = result !== null && "seq" in result && result.outcome.outcome === "pending" ? result.seq : null;

  useEffect(() => {
    if (waiting === null) return undefined;
    let left = false;
    let asking = false;
    async function ask(seq: number) {
      if (asking) return;
      asking = true;
      const entry = await platform.call("message.get", { seq }).catch(() => null);
      asking = false;
      const outcome = entry?.outcome ?? { outcome: "unknown" as const };
      if (!left && outcome.outcome !== "pending") setResult((old) => (old !== null && "seq" in old && old.seq === seq ? { seq, outcome } : old));
    }
    void ask(waiting);
    const stop = store.subscribe(() => void ask(waiting));
    return () => {
      left = true;
      stop();
    };
  }, [waiting, platform, store]);

  async function publish(draft: PublishDraft) {
    setBusy(true);
    try {
      const { seq } = await platform.call("session.publish", draft);
      setResult({ seq, outcome: { outcome: draft.qos === 0 ? "sent" : "pending" } });
    } catch (thrown) {
      setResult({ error: thrown });
    }
    setBusy(false);
  }

  return { busy, result, publish: (draft) => void publish(draft) };
}
