import { useEffect, type Dispatch } from "react";
import { useTranslation } from "react-i18next";
import { useActions, type Action } from "@/components/actions";
import { errorText } from "@/components/feedback";
import { useToasts, useUndo } from "@/components/toast";
import type { DeviceId, WindowPart } from "@/contract";
import { useSettings } from "@/live";
import { usePlatform } from "@/platform";
import { isTyping, shownTab, type Move, type Navigation } from "../navigation";
import { focusFilter, focusPane, rememberPaneFocus } from "../panes";

const [SMALLEST, NORMAL, LARGEST, STEP] = [90, 100, 130, 10];

/** What can be done everywhere in the frame: sections, panes, tabs, windows, text size. */
export function useFrameActions(navigation: Navigation, go: Dispatch<Move>): void {
  useEffect(() => rememberPaneFocus(), []);
  useActions([...useGoActions(go), ...useTabActions(navigation, go), ...useZoomActions(), ...useWindowActions(navigation.current)]);
}

function useGoActions(go: Dispatch<Move>): Action[] {
  const deletes = useUndo();

  function undo() {
    // From a menu: a field's own undo, which its key does by itself.
    if (isTyping(document.activeElement)) return false;
    deletes.last();
    return true;
  }

  return [
    { id: "showDevices", run: () => go({ go: "section", section: "devices" }) },
    { id: "showCertificates", run: () => go({ go: "section", section: "certificates" }) },
    { id: "showSettings", run: () => go({ go: "section", section: "settings" }) },
    { id: "showShortcuts", run: () => go({ go: "section", section: "settings", field: "shortcuts" }) },
    { id: "showStartPage", run: () => go({ go: "start-page" }) },
    { id: "addHub", run: () => go({ go: "dialog", dialog: { kind: "add-hub", hubKind: "mqtt_broker" } }) },
    { id: "paste", run: () => go({ go: "start-page", paste: true }) },
    { id: "nextPane", run: () => focusPane(1) },
    { id: "previousPane", run: () => focusPane(-1) },
    { id: "filterPane", run: () => !isTyping(document.activeElement) && focusFilter() },
    { id: "undo", run: undo },
  ];
}

function useTabActions(navigation: Navigation, go: Dispatch<Move>): Action[] {
  const { tabs, closed } = navigation;
  const shown = shownTab(navigation);
  const at = shown === null ? -1 : tabs.indexOf(shown);

  function move(step: 1 | -1) {
    if (shown !== null) go({ go: "move-tab", device: shown, to: at + step });
  }

  return [
    { id: "nextTab", enabled: tabs.length > 0, run: () => go({ go: "next-tab", step: 1 }) },
    { id: "previousTab", enabled: tabs.length > 0, run: () => go({ go: "next-tab", step: -1 }) },
    { id: "closeTab", enabled: shown !== null, run: () => shown !== null && go({ go: "close-tab", device: shown }) },
    { id: "reopenTab", enabled: closed.length > 0, run: () => go({ go: "reopen-tab" }) },
    { id: "moveTabLeft", enabled: at > 0, run: () => move(-1) },
    { id: "moveTabRight", enabled: at >= 0 && at < tabs.length - 1, run: () => move(1) },
  ];
}

/** Larger and smaller text. */
export function useZoomActions(): Action[] {
  const [{ font_scale: scale }, change] = useSettings();
  const set = (next: number) => change((old) => ({ ...old, font_scale: Math.min(LARGEST, Math.max(SMALLEST, next)) }));
  return [
    { id: "zoomIn", enabled: scale < LARGEST, run: () => set(scale + STEP) },
    { id: "zoomOut", enabled: scale > SMALLEST, run: () => set(scale - STEP) },
    { id: "zoomReset", enabled: scale !== NORMAL, run: () => set(NORMAL) },
  ];
}

/** Opens windows beside this one; `device` is the one whose page is shown. */
export function useWindowActions(device: DeviceId | null): Action[] {
  const open = useOpenWindow();
  return [
    { id: "newWindow", run: () => open(null, "device") },
    { id: "deviceWindow", enabled: device !== null, run: () => open(device, "device") },
    { id: "messagesWindow", enabled: device !== null, run: () => open(device, "messages") },
  ];
}

/** Opens another window with a device, with its messages alone, or with nothing open yet. */
export function useOpenWindow(): (device: DeviceId | null, part: WindowPart) => void {
  const { t } = useTranslation();
  const platform = usePlatform();
  const toasts = useToasts();
  return (device, part) => {
    platform.openWindow({ device, part }).catch((thrown: unknown) => {
      const { sentence, hint } = errorText(t, thrown);
      toasts.show({ tone: "bad", title: t("app.noWindow"), text: hint === null ? sentence : `${sentence} ${hint}` });
    });
  };
}
