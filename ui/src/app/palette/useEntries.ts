import type { Dispatch } from "react";
import { useTranslation } from "react-i18next";
import { ACTION_IDS, actionStore, specOf, useKeys, useLiveActions } from "@/components/actions";
import { visibleString } from "@/components/text";
import { certificateName, useCertificates } from "@/features/certificates";
import { SETTING_FIELDS } from "@/features/settings";
import { HUB_ICONS, useTree } from "@/features/tree";
import { useOpenWindow } from "../actions/useFrameActions";
import type { Move } from "../navigation";
import type { Entry } from "./entries";

/**
 * Everything that the palette can find now: what is on screen first, then devices, hubs, topics and settings. Without
 * `go` devices open in windows of their own.
 */
export function useEntries(go: Dispatch<Move> | null): () => Entry[] {
  const { t } = useTranslation();
  const live = useLiveActions();
  const keys = useKeys();
  const { tree } = useTree();
  const { list: certificates } = useCertificates();
  const openWindow = useOpenWindow();

  const actions = (): Entry[] =>
    ACTION_IDS.flatMap((id) => {
      const action = live.get(id);
      if (action === undefined || action.enabled === false || id === "openPalette") return [];
      const { icon = "arrow-right", group } = specOf(id);
      const label = action.label ?? t(`actions.names.${id}`);
      return [{ id: `action:${id}`, kind: "action", label, detail: t(`actions.groups.${group}`), icon, keys: keys.name(id), run: () => void actionStore.run(id, "palette") }];
    });

  const devices = (): Entry[] =>
    tree.devices.map((device) => {
      const hub = tree.hubs.find(({ id }) => id === device.hub);
      const detail = hub === undefined ? undefined : visibleString(hub.name);
      const icon = hub === undefined ? "server" : HUB_ICONS[hub.kind];
      return { id: `device:${device.id}`, kind: "device", label: visibleString(device.name), detail, icon, run: () => (go === null ? openWindow(device.id, "device") : go({ go: "device", device: device.id })) };
    });

  const hubs = (move: Dispatch<Move>): Entry[] =>
    tree.hubs.map((hub) => ({
      id: `hub:${hub.id}`,
      kind: "hub",
      label: visibleString(hub.name),
      detail: visibleString(hub.host),
      icon: HUB_ICONS[hub.kind],
      run: () => move({ go: "dialog", dialog: { kind: "edit-hub", hub } }),
    }));

  const topics = (): Entry[] => actionStore.offered().map((offer) => ({ ...offer, kind: "topic", icon: "list" }));

  const ofCertificates = (move: Dispatch<Move>): Entry[] =>
    certificates.entries.map(({ certificate, role }) => ({
      id: `certificate:${certificate.sha256}`,
      kind: "certificate",
      label: visibleString(certificateName(certificate)),
      detail: t(`certificates.kind.${role}`),
      icon: "certificate",
      run: () => move({ go: "certificate", name: certificate.sha256 }),
    }));

  const settings = (move: Dispatch<Move>): Entry[] =>
    SETTING_FIELDS.map((field) => ({
      id: `setting:${field}`,
      kind: "setting",
      label: t(`settings.fields.${field}`),
      icon: "settings",
      run: () => move({ go: "section", section: "settings", field }),
    }));

  return () => [...actions(), ...devices(), ...topics(), ...(go === null ? [] : [...hubs(go), ...ofCertificates(go), ...settings(go)])];
}
