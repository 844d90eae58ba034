import { useTranslation } from "react-i18next";
import { errorText } from "@/components/feedback";
import { useToasts, useUndo } from "@/components/toast";
import type { Device, Folder, Hub, HubKind, Personality, TreeItem, TreeMove, Undoable } from "@/contract";
import { usePlatform } from "@/platform";

/** Which personality plays a sandbox hub of a kind. */
const PERSONALITIES: Partial<Record<HubKind, Personality>> = { azure_iot_hub: "azure", thingsboard: "thingsboard", kaa: "kaa" };

/** Changes of the tree, deletes with undo; connects and disconnects. What fails is said in a toast. */
export function useTreeActions() {
  const { t } = useTranslation();
  const platform = usePlatform();
  const toasts = useToasts();
  const undo = useUndo();

  function failed(title: string) {
    return (thrown: unknown) => {
      const { sentence, hint } = errorText(t, thrown);
      toasts.show({ tone: "bad", title, text: hint === null ? sentence : `${sentence} ${hint}` });
    };
  }

  /** Says what was deleted, with undo. */
  async function deleted(name: string, title: string, text: string | undefined, doing: Promise<Undoable>) {
    try {
      undo.offer(await doing, { title, text });
    } catch (thrown) {
      failed(t("tree.notDeleted", { name }))(thrown);
    }
  }

  /** Whether it runs now. */
  async function startSandbox(hub: Hub): Promise<boolean> {
    try {
      await platform.call("sandbox.start", { personality: PERSONALITIES[hub.kind] ?? "broker" });
      return true;
    } catch (thrown) {
      failed(t("tree.sandboxNotStarted"))(thrown);
      return false;
    }
  }

  return {
    startSandbox,
    stopSandbox() {
      platform.call("sandbox.stop", {}).catch(failed(t("tree.sandboxNotStopped")));
    },
    async deleteHub(hub: Hub, devices: number) {
      const text = devices > 0 ? t("tree.deletedHubText", { count: devices }) : undefined;
      await deleted(hub.name, t("tree.deletedHub", { name: hub.name }), text, platform.call("hub.delete", { hub: hub.id }));
    },
    async deleteDevice(device: Device) {
      await deleted(device.name, t("tree.deletedDevice", { name: device.name }), undefined, platform.call("device.delete", { device: device.id }));
    },
    async deleteFolder(folder: Folder, items: number) {
      const text = items > 0 ? t("tree.deletedFolderText") : undefined;
      await deleted(folder.name, t("tree.deletedFolder", { name: folder.name }), text, platform.call("folder.delete", { folder: folder.id }));
    },
    move(move: TreeMove) {
      platform.call("tree.move", move).catch(failed(t("tree.notMoved")));
    },
    fold(item: TreeItem, folded: boolean) {
      platform.call("tree.fold", { item, folded }).catch(failed(t("tree.notRemembered")));
    },
    duplicate(name: string, item: TreeItem, secrets: boolean) {
      platform.call("tree.duplicate", { item, secrets }).catch(failed(t("tree.notDuplicated", { name })));
    },
    /** A device of the sandbox needs it running. */
    async connect(device: Device, hub: Hub, sandboxRuns: boolean) {
      if (hub.sandbox && !sandboxRuns && !(await startSandbox(hub))) return;
      await platform.call("session.connect", { device: device.id }).catch(failed(t("tree.notConnected", { name: device.name })));
    },
    disconnect(device: Device) {
      platform.call("session.disconnect", { device: device.id }).catch(failed(t("tree.notDisconnected", { name: device.name })));
    },
  };
}

export type TreeActions = ReturnType<typeof useTreeActions>;
