import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Device, LaneStatus } from "@/contract";
import { errorText } from "@/components/feedback";
import { useToasts, useUndo } from "@/components/toast";
import { formatNumber } from "@/i18n";
import { useEpoch, useLiveQuery } from "@/live";
import { downloadFile, usePlatform } from "@/platform";
import { LaneSource } from "./source";

/** A device's lane, watched as long as this is mounted. */
export function useLane(device: Device): { source: LaneSource; status: LaneStatus | null; error: unknown } {
  const platform = usePlatform();
  const epoch = useEpoch();
  const ref = useMemo(() => ({ device: device.id }), [device.id]);
  const source = useMemo(() => new LaneSource(platform, device.id), [platform, device.id]);
  const { data, error } = useLiveQuery("packet.window", { device: device.id, from: 0, count: 0 });
  const status = data?.status ?? null;
  useEffect(() => {
    // What keeps it from opening keeps its rows from being fetched too, and is said there.
    platform.call("packet.open", ref).catch(() => undefined);
    return () => void platform.call("packet.close", ref).catch(() => undefined);
  }, [platform, ref, epoch]);
  useEffect(() => {
    if (status !== null) source.take(status);
  }, [source, status]);
  return { source, status, error };
}

/** Clears with undo, and exports. */
export function useLaneActions(device: Device): { clear: () => void; exportLines: () => void } {
  const { t } = useTranslation();
  const platform = usePlatform();
  const toasts = useToasts();
  const undo = useUndo();
  return useMemo(() => {
    const ref = { device: device.id };
    const failed = (title: string) => (thrown: unknown) => {
      toasts.show({ tone: "bad", title, text: errorText(t, thrown).sentence });
    };
    async function exportLines() {
      const { download, file_name: file, packets } = await platform.call("packet.export", ref);
      if (file === null) return;
      if (download !== null) await downloadFile(platform, download, file);
      toasts.show({ tone: "ok", title: t("packets.exported", { number: formatNumber(packets), file }) });
    }
    async function clear() {
      undo.offer(await platform.call("packet.clear", ref), { title: t("packets.cleared") });
    }
    return {
      clear: () => void clear().catch(failed(t("packets.notCleared"))),
      exportLines: () => void exportLines().catch(failed(t("packets.notExported"))),
    };
  }, [device.id, platform, toasts, undo, t]);
}
