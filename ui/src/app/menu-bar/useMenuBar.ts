import type { TFunction } from "i18next";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { accelerator, keysOf, specOf, useLiveActions, type Action, type ActionId } from "@/components/actions";
import type { MenuBar, MenuItem, SystemItem } from "@/contract";
import { useWelcome } from "@/live";
import { usePlatform } from "@/platform";

type Entry = ActionId | "separator" | { system: SystemItem };
type Live = ReadonlyMap<ActionId, Action>;

const QUIT: Entry = { system: "quit" };
/** Only where the system does these by itself in a web page. */
const CLIPBOARD: Entry[] = ["separator", { system: "cut" }, { system: "copy" }, { system: "paste" }, { system: "select_all" }];

/** The menus by system: macOS keeps settings and quit in the app's own menu, Linux has no clipboard of its own to offer. */
function menus(t: TFunction, system: string): [string, Entry[]][] {
  const macos = system === "macos";
  const file: Entry[] = ["addHub", "paste", "showStartPage", "separator", "newWindow", "deviceWindow", "messagesWindow", "separator", "closeTab", "reopenTab"];
  return [
    ...(macos ? [[t("app.name"), ["showSettings", "separator", { system: "hide" }, { system: "hide_others" }, { system: "show_all" }, "separator", QUIT]] as [string, Entry[]]] : []),
    [t("menuBar.file"), macos ? file : [...file, "separator", QUIT]],
    [t("menuBar.edit"), ["undo", ...(system === "linux" ? [] : CLIPBOARD), "separator", "findMessages", "filterPane"]],
    [t("menuBar.view"), ["openPalette", "separator", "showDevices", "showCertificates", ...(macos ? [] : ["showSettings" as const]), "separator", "zoomIn", "zoomOut", "zoomReset", "separator", "nextPane", "previousPane"]],
    [t("menuBar.device"), ["toggleConnection", "editDevice", "saveCredentials", "separator", "confirm", "pause", "follow"]],
    [t("certificates.title"), ["newRootCa", "newIssuingCa", "issueCertificates", "separator", "newRequest", "signRequest", "importCertificate", "separator", "renewCertificate", "renewEnding", "provePossession"]],
    [t("menuBar.window"), [...(macos ? [{ system: "minimize" as const }, "separator" as const] : []), "nextTab", "previousTab", "moveTabLeft", "moveTabRight"]],
    [t("menuBar.help"), ["showShortcuts"]],
  ];
}

function itemOf(t: TFunction, live: Live, entry: Entry): MenuItem {
  if (entry === "separator") return { item: "separator" };
  if (typeof entry === "object") return { item: "system", what: entry.system, label: t(`menuBar.system.${entry.system}`) };
  const action = live.get(entry);
  const keys = specOf(entry).contextual ? null : keysOf(entry, false);
  return {
    item: "action",
    id: entry,
    // The parts that are not shown have no say in their names.
    label: action?.label ?? t(`actions.names.${entry}`),
    keys: keys === null ? null : accelerator(keys),
    enabled: action !== undefined && action.enabled !== false,
  };
}

/** Keeps the window's menu bar as the actions of the page are; a browser has none. */
export function useMenuBar(): void {
  const { t } = useTranslation();
  const platform = usePlatform();
  const { platform: system } = useWelcome();
  const live = useLiveActions();
  const bar: MenuBar = { menus: menus(t, system).map(([label, entries]) => ({ label, items: entries.map((entry) => itemOf(t, live, entry)) })) };
  const text = JSON.stringify(bar);
  const wanted = useRef(text);
  const before = useRef<Promise<unknown>>(Promise.resolve());

  useEffect(() => {
    if (platform.kind !== "desktop") return;
    wanted.current = text;
    // One after the other, else a slow one would put a second bar beside that of the next; and only the newest.
    before.current = before.current.then(() => {
      if (wanted.current !== text) return;
      // A window without a menu bar still has its keys and the palette.
      return platform.call("window.menu", JSON.parse(text) as MenuBar).catch(() => undefined);
    });
  }, [platform, text]);
}
