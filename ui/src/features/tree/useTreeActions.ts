import { useTranslation } from "react-i18next";
import { errorText } from "@/components/feedback";
import { useToasts } from "@/components/toast";
import type { Device, Hub, HubKind, Personality } from "@/contract";
import { usePlatform } from "@/platform";

/** Which personality plays a sandbox hub of a kind. */
const PERSONALITIES: Partial<Record<HubKind, Personality>> = { azure_iot_hub: "azure", thingsboard: "thingsboard", kaa: "kaa" };

/** Deletes with undo; connects and disconnects. What fails is said in a toast. */
export function useTreeActions() {
  const { t } = useTranslation();
  const platform = usePlatform();
  const toasts = useToasts();

  function failed(title: string) {
    return (thrown: unknown) => {
      const { sentence, hint } = errorText(t, thrown);
      toasts.show({ tone: "bad", title, text: hint === null ? sentence : `${sentence} ${hint}` });
    };
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
      try {
        await platform.call("hub.delete", { hub: hub.id });
        const text = devices > 0 ? t("tree.deletedHubText", { count: devices }) : undefined;
        toasts.showUndo({ tone: "neutral", icon: "trash", title: t("tree.deletedHub", { name: hub.name }), text }, t("common.undo"), () => {
          platform.call("hub.restore", { hub: hub.id }).catch(failed(t("tree.notRestored", { name: hub.name })));
        });
      } catch (thrown) {
        failed(t("tree.notDeleted", { name: hub.name }))(thrown);
      }
    },
    async deleteDevice(device: Device) {
      try {
        await platform.call("device.delete", { device: device.id });
        toasts.showUndo({ tone: "neutral", icon: "trash", title: t("tree.deletedDevice", { name: device.name }) }, t("common.undo"), () => {
          platform.call("device.restore", { device: device.id }).catch(failed(t("tree.notRestored", { name: device.name })));
        });
      } catch (thrown) {
        failed(t("tree.notDeleted", { name: device.name }))(thrown);
      }
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
